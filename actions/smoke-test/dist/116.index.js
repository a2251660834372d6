export const id = 116;
export const ids = [116];
export const modules = {

/***/ 3116:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseAddress: () => (/* binding */ parseAddress),
/* harmony export */   parseBaseAddress: () => (/* binding */ parseBaseAddress)
/* harmony export */ });
/* harmony import */ var _forbidden_address_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4376);

/** An address that a check may ask. A mistake never shows more of it than the host: the rest may hold credentials. */
function parseAddress(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
        const hint = "Write it like https://shop.example.com.";
        return { mistake: { is: "is not an address", hint, ...(text.includes("@") ? {} : { got: JSON.stringify(text) }) } };
    }
    if (url.username !== "" || url.password !== "") {
        return { mistake: { is: "holds credentials", hint: "Addresses are logged: send credentials in a header." } };
    }
    const why = (0,_forbidden_address_js__WEBPACK_IMPORTED_MODULE_0__/* .forbiddenAddress */ .g)(url.hostname.replace(/^\[|\]$/g, ""));
    if (why === undefined)
        return { url };
    return {
        mistake: {
            is: `leads to ${why}, which is never asked`,
            got: url.hostname,
            hint: "Give the address that users have.",
        },
    };
}
/** The input `url`: the address that the checks' paths are added to, without a slash at its end. */
function parseBaseAddress(text) {
    const parsed = parseAddress(text);
    if ("mistake" in parsed)
        return { mistakes: [parsed.mistake] };
    const { origin, pathname, search, hash } = parsed.url;
    if (search === "" && hash === "")
        return { value: origin + pathname.replace(/\/+$/, "") };
    return { mistakes: [{ is: "has more than host and path", hint: "Write queries into the paths of the checks." }] };
}


/***/ }),

/***/ 4376:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ forbiddenAddress)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);

const metadata = "a cloud's metadata service";
/** Where clouds answer with credentials of the machine itself, by name. Names lead to addresses, but a proxy would not tell us which. */
const metadataNames = new Set([
    "metadata",
    "metadata.google.internal",
    "metadata.goog",
    "instance-data",
    "instance-data.ec2.internal",
]);
/** The same by address. Where a rule is for IPv4, it also holds for the IPv4-mapped form, ::ffff:a.b.c.d. */
const rules = [
    [
        "a link-local address",
        subnets(["169.254.0.0", 16], ["fe80::", 10], ["::169.254.0.0", 112], // IPv4-compatible
        ["64:ff9b::169.254.0.0", 112], // NAT64 (RFC 6052)
        ["2002:a9fe::", 32]),
    ],
    [
        metadata,
        subnets(["fd00:ec2::", 32], // AWS
        ["fd20:ce::254", 128], // Google Cloud
        ["100.100.100.200", 32], // Alibaba Cloud
        ["168.63.129.16", 32], // Azure
        ["192.0.0.192", 32]),
    ],
];
/**
 * Why a smoke test must not ask this host: a check's address can come from an event's payload, and what the machine's own metadata
 * service answers would end in a report. Undefined for every other host; private networks are allowed, staging lives there.
 */
function forbiddenAddress(host) {
    const version = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host);
    if (version === 0)
        return metadataNames.has(host.toLowerCase().replace(/\.$/, "")) ? metadata : undefined;
    return rules.find(([, addresses]) => addresses.check(host, version === 4 ? "ipv4" : "ipv6"))?.[0];
}
function subnets(...networks) {
    const list = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
    for (const [network, prefix] of networks)
        list.addSubnet(network, prefix, (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(network) === 4 ? "ipv4" : "ipv6");
    return list;
}


/***/ })

};
