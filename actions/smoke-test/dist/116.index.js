export const id = 116;
export const ids = [116];
export const modules = {
	3116: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, {
			parseAddress: () => parseAddress,
			parseBaseAddress: () => parseBaseAddress,
		});
		var _forbidden_address_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4376);
		function parseAddress(text) {
			const url = URL.canParse(text) ? new URL(text) : void 0;
			if (void 0 === url || !/^https?:$/.test(url.protocol)) {
				const hint = "Write it like https://shop.example.com.";
				return {
					mistake: { is: "is not an address", hint, ...(text.includes("@") ? {} : { got: JSON.stringify(text) }) },
				};
			}
			if ("" !== url.username || "" !== url.password)
				return { mistake: { is: "holds credentials", hint: "Addresses are logged: send credentials in a header." } };
			const why = (0, _forbidden_address_js__WEBPACK_IMPORTED_MODULE_0__.g)(url.hostname.replace(/^\[|\]$/g, ""));
			if (void 0 === why) return { url };
			return {
				mistake: {
					is: `leads to ${why}, which is never asked`,
					got: url.hostname,
					hint: "Give the address that users have.",
				},
			};
		}
		function parseBaseAddress(text) {
			const parsed = parseAddress(text);
			if ("mistake" in parsed) return { mistakes: [parsed.mistake] };
			const { origin, pathname, search, hash } = parsed.url;
			if ("" === search && "" === hash) return { value: origin + pathname.replace(/\/+$/, "") };
			return { mistakes: [{ is: "has more than host and path", hint: "Write queries into the paths of the checks." }] };
		}
	},
	4376: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { g: () => forbiddenAddress });
		var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
		const metadata = "a cloud's metadata service";
		const metadataNames = new Set([
			"metadata",
			"metadata.google.internal",
			"metadata.goog",
			"instance-data",
			"instance-data.ec2.internal",
		]);
		const rules = [
			[
				"a link-local address",
				subnets(
					["169.254.0.0", 16],
					["fe80::", 10],
					["::169.254.0.0", 112],
					["64:ff9b::169.254.0.0", 112],
					["2002:a9fe::", 32],
				),
			],
			[
				metadata,
				subnets(
					["fd00:ec2::", 32],
					["fd20:ce::254", 128],
					["100.100.100.200", 32],
					["168.63.129.16", 32],
					["192.0.0.192", 32],
				),
			],
		];
		function forbiddenAddress(host) {
			const version = (0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host);
			if (0 === version) return metadataNames.has(host.toLowerCase().replace(/\.$/, "")) ? metadata : void 0;
			return rules.find(([, addresses]) => addresses.check(host, 4 === version ? "ipv4" : "ipv6"))?.[0];
		}
		function subnets(...networks) {
			const list = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
			for (const [network, prefix] of networks)
				list.addSubnet(
					network,
					prefix,
					4 === (0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(network) ? "ipv4" : "ipv6",
				);
			return list;
		}
	},
};
