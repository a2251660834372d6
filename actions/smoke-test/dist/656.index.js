export const id = 656;
export const ids = [656];
export const modules = {

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


/***/ }),

/***/ 5656:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hostAndPort: () => (/* binding */ hostAndPort),
/* harmony export */   parseResolve: () => (/* binding */ parseResolve)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _forbidden_address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4376);


/** The input `resolve`: lines of curl's `host:port:address`. */
function parseResolve(text) {
    const resolved = new Map();
    const mistakes = [];
    for (const [index, entry] of text.split("\n").entries()) {
        const given = entry.trim();
        const [, host = "", port = "", address = ""] = /^([^:]+):(\d+):\[?([^[\]]+)\]?$/.exec(given) ?? [];
        const why = (0,_forbidden_address_js__WEBPACK_IMPORTED_MODULE_1__/* .forbiddenAddress */ .g)(address);
        const wrong = (is, hint) => mistakes.push({ is, hint, got: given, line: index + 1 });
        if (given === "")
            continue;
        if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address) === 0)
            wrong("it is not host:port:address", "Write it like shop.example.com:443:203.0.113.7.");
        else if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) !== 0)
            wrong("it names an address, not a host", "Write that address into the input url instead.");
        else if (why !== undefined)
            wrong(`it leads to ${why}, which is never asked`, "Write a public or private address.");
        else
            resolved.set(`${host.toLowerCase()}:${port}`, address);
    }
    return mistakes.length > 0 ? { mistakes } : { value: resolved };
}
/** The key under which an address may be resolved. */
function hostAndPort({ protocol, hostname, port }) {
    return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}


/***/ })

};
