export const id = 656;
export const ids = [656];
export const modules = {
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
	5656: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, { hostAndPort: () => hostAndPort, parseResolve: () => parseResolve });
		var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
		var _forbidden_address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4376);
		function parseResolve(text) {
			const resolved = new Map();
			const mistakes = [];
			for (const [index, entry] of text.split("\n").entries()) {
				const given = entry.trim();
				const [, host = "", port = "", address = ""] = /^([^:]+):(\d+):\[?([^[\]]+)\]?$/.exec(given) ?? [];
				const why = (0, _forbidden_address_js__WEBPACK_IMPORTED_MODULE_1__.g)(address);
				const wrong = (is, hint) => mistakes.push({ is, hint, got: given, line: index + 1 });
				if ("" !== given)
					if (0 === (0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address))
						wrong("it is not host:port:address", "Write it like shop.example.com:443:203.0.113.7.");
					else if (0 !== (0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host))
						wrong("it names an address, not a host", "Write that address into the input url instead.");
					else if (void 0 !== why)
						wrong(`it leads to ${why}, which is never asked`, "Write a public or private address.");
					else resolved.set(`${host.toLowerCase()}:${port}`, address);
			}
			return mistakes.length > 0 ? { mistakes } : { value: resolved };
		}
		function hostAndPort({ protocol, hostname, port }) {
			return `${hostname}:${port || ("https:" === protocol ? "443" : "80")}`;
		}
	},
};
