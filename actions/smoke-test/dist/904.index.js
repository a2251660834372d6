export const id = 904;
export const ids = [904, 727, 630, 116, 656];
export const modules = {
	3727: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { parseDocumentInput: () => parseDocumentInput });
		var dist = __webpack_require__(7934);
		var yaml_dist = __webpack_require__(8815);
		var nearest = __webpack_require__(4140);
		function describeIssue(issue, context, above = []) {
			const path = [...above, ...pathOf(issue)];
			const alternatives = deepest(issue.issues ?? []);
			if (alternatives.length > 0)
				return alternatives.flatMap((alternative) => describeIssue(alternative, context, path));
			if ("schema" === issue.kind && isAboutKey(issue))
				return "never" === issue.expected ? unknownKeys(issue, path.slice(0, -1), context.schema) : [missingKey(path)];
			return [wrongValue(issue, path, context.mayShow)];
		}
		function deepest(alternatives) {
			return alternatives.filter((issue) => pathOf(issue).length > 0);
		}
		function isAboutKey(issue) {
			const last = issue.path?.at(-1);
			return void 0 !== last && "origin" in last && "key" === last.origin && "record" !== issue.type;
		}
		function unknownKeys(issue, path, schema) {
			const known = keysAt(schema, path);
			const given = issue.path?.at(-1)?.input;
			const unknown =
				"object" == typeof given && null !== given ? Object.keys(given).filter((key) => !known.includes(key)) : [];
			return unknown.map((key) => {
				const meant = (0, nearest.p)(key, known);
				const list = `Known here: ${known.join(", ")}.`;
				return {
					is: `the key ${key} is not known`,
					hint: meant ? `Did you mean ${meant}? ${list}` : list,
					path: [...path, key],
				};
			});
		}
		function missingKey(path) {
			const key = String(path.at(-1));
			return { is: `${key} is missing`, hint: `Add ${key}.`, path: path.slice(0, -1) };
		}
		function wrongValue(issue, path, mayShow) {
			const last = path.at(-1);
			const subject = void 0 === last ? "it" : "number" == typeof last ? "the entry" : last;
			const got = plain(issue.received);
			const expected = null === issue.expected ? "another value" : plain(issue.expected);
			if ("schema" === issue.kind) {
				const isUnquoted = "string" === issue.expected && ["number", "boolean"].includes(typeof issue.input);
				return {
					is: `${subject} is not ${expected}`,
					got,
					hint: isUnquoted ? "Put it in quotes." : `Write ${expected}.`,
					path,
				};
			}
			const mayQuote = mayShow || !issue.message.startsWith("Invalid ");
			const hint = mayQuote ? issue.message.replace(/\.?$/, ".") : `Write ${expected}.`;
			return { is: `${subject} is not allowed`, got, hint, path };
		}
		const words = {
			Object: "a map",
			Array: "a list",
			string: "text",
			number: "a number",
			boolean: "true or false",
			null: "nothing",
			undefined: "nothing",
		};
		function plain(valibotWords) {
			const choices = valibotWords.replace(/^\((.*)\)$/, "$1").split(" | ");
			return choices.map((choice) => words[choice] ?? choice).join(" or ");
		}
		function pathOf(issue) {
			return (issue.path ?? []).map(({ key }) => ("number" == typeof key ? key : String(key)));
		}
		function keysAt(schema, path) {
			const [step, ...rest] = path;
			const inner = [schema.wrapped, ...(schema.options ?? [])].filter(isSchema).flatMap((one) => keysAt(one, path));
			if (void 0 === step) return [...new Set([...Object.keys(schema.entries ?? {}), ...inner])];
			const below = [schema.entries?.[step], schema.item, schema.value]
				.filter(isSchema)
				.flatMap((one) => keysAt(one, rest));
			return [...new Set([...below, ...inner])];
		}
		function isSchema(value) {
			return "object" == typeof value && null !== value && "kind" in value;
		}
		function parseDocumentInput(input) {
			const { text, format, schema, asWritten, mayShow } = input;
			const notJson = "JSON" === format ? jsonError(text) : void 0;
			if (void 0 !== notJson)
				return { mistakes: [{ is: "is not JSON", hint: mayShow ? `${notJson}.` : "A JSON parser shows where." }] };
			const lineCounter = new yaml_dist.HN();
			const lineAt = (offset) => lineCounter.linePos(offset).line;
			const document = (0, yaml_dist.Tp)(text, {
				lineCounter,
				prettyErrors: false,
				schema: asWritten ? "failsafe" : "core",
			});
			const broken = document.errors
				.slice(0, 3)
				.map(({ pos, message, code }) => ({
					is: `this is not ${format}`,
					line: lineAt(pos[0]),
					hint: `${mayShow ? message : code}.`,
				}));
			if (broken.length > 0) return { mistakes: broken };
			const plain = toPlain(document);
			if ("mistakes" in plain) return plain;
			const result = (0, dist.xLC)(schema, plain.value);
			if (result.success) return { value: result.output };
			const described = result.issues.flatMap((issue) => describeIssue(issue, { schema, mayShow }));
			return {
				mistakes: described.map(({ path, ...mistake }) => ({ ...mistake, line: lineAt(offsetOf(document, path)) })),
			};
		}
		function jsonError(text) {
			try {
				JSON.parse(text);
				return;
			} catch (error) {
				return error instanceof Error ? error.message : String(error);
			}
		}
		function toPlain(document) {
			try {
				return { value: document.toJS() };
			} catch {
				return {
					mistakes: [
						{
							is: "has an alias (*name) that leads nowhere",
							hint: "Define its anchor (&name) above it, or write the value out.",
						},
					],
				};
			}
		}
		function offsetOf(document, path) {
			let node = document.contents;
			let offset = startOf(node) ?? 0;
			for (const step of path) {
				const value = (0, yaml_dist.Vj)(node) ? node.resolve(document) : node;
				const pair = (0, yaml_dist.jh)(value)
					? value.items.find(({ key }) => String((0, yaml_dist.jn)(key) ? key.value : key) === String(step))
					: void 0;
				node = (0, yaml_dist.oP)(value) ? value.items[Number(step)] : pair?.value;
				offset = startOf(pair?.key ?? node) ?? offset;
			}
			return offset;
		}
		function startOf(node) {
			return (0, yaml_dist.Ll)(node) ? node.range?.[0] : void 0;
		}
	},
	4140: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { p: () => nearest });
		function nearest(word, candidates) {
			let best;
			let bestDistance = 1 / 0;
			for (const candidate of candidates) {
				const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
				const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
				if (distance <= allowed && distance < bestDistance) {
					best = candidate;
					bestDistance = distance;
				}
			}
			return best;
		}
		function editDistance(a, b) {
			let beforePrevious = [];
			let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
			for (let row = 1; row <= a.length; row++) {
				const current = [row];
				for (let column = 1; column <= b.length; column++) {
					const same = a[row - 1] === b[column - 1];
					const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
					current[column] = Math.min(
						at(previous, column) + 1,
						at(current, column - 1) + 1,
						at(previous, column - 1) + (same ? 0 : 1),
						swapped ? at(beforePrevious, column - 2) + 1 : 1 / 0,
					);
				}
				beforePrevious = previous;
				previous = current;
			}
			return at(previous, b.length);
		}
		function at(row, column) {
			return row[column] ?? 1 / 0;
		}
	},
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
	3630: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, { checksSchema: () => checksSchema });
		var jsonpath_rfc9535__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4525);
		var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);
		var _runner_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1008);
		function isStatus(value) {
			if ("string" == typeof value) return /^[1-5]xx$/.test(value);
			return "number" == typeof value && Number.isInteger(value) && value >= 100 && value <= 599;
		}
		const status = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.L5J(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(
				(value) => toList(value).every(isStatus) && toList(value).length > 0,
				"It is a status such as 200, a class of them such as 2xx, or a list of those",
			),
			valibot__WEBPACK_IMPORTED_MODULE_1__.pdi((value) => toList(value).filter(isStatus)),
		);
		function toList(value) {
			return Array.isArray(value) ? value : [value];
		}
		const duration = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.L5J(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(
				(value) => toDuration(value) > 0,
				"It is a duration such as 500ms or 2s",
			),
			valibot__WEBPACK_IMPORTED_MODULE_1__.pdi(toDuration),
		);
		function toDuration(value) {
			return "string" == typeof value ? ((0, _runner_duration_js__WEBPACK_IMPORTED_MODULE_2__.E)(value) ?? 0) : 0;
		}
		const jsonPath = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.YjP(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(isJsonPath, "It is a JSONPath such as $.status or $.items[0].name"),
		);
		function isJsonPath(text) {
			try {
				(0, jsonpath_rfc9535__WEBPACK_IMPORTED_MODULE_0__.P)(null, text);
				return true;
			} catch {
				return false;
			}
		}
		const headerName = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.YjP(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.yGV(/^[-!#$%&'*+.^_`|~\w]+$/, "It is a header's name such as x-version"),
		);
		const count = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.aig(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(
				(value) => Number.isInteger(value) && value >= 1 && value <= 1e3,
				"It is a whole number from 1 to 1000",
			),
		);
		const expectSchema = valibot__WEBPACK_IMPORTED_MODULE_1__.rej({
			status: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(status),
			headers: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(
				valibot__WEBPACK_IMPORTED_MODULE_1__.g1P(headerName, valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
			),
			body: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
			json: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(
				valibot__WEBPACK_IMPORTED_MODULE_1__.g1P(jsonPath, valibot__WEBPACK_IMPORTED_MODULE_1__.L5J()),
			),
			latency: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(duration),
		});
		const versionSchema = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.rej({
				json: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(jsonPath),
				header: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(headerName),
				equals: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
				connections: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(count),
			}),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(
				({ json, header }) => (void 0 === json) !== (void 0 === header),
				"It takes either json or header, where the version stands",
			),
		);
		const checksSchema = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.YOg(
				valibot__WEBPACK_IMPORTED_MODULE_1__.rej({
					name: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
					path: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
					method: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(
						valibot__WEBPACK_IMPORTED_MODULE_1__.KIO(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
					),
					headers: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(
						valibot__WEBPACK_IMPORTED_MODULE_1__.g1P(headerName, valibot__WEBPACK_IMPORTED_MODULE_1__.L5J()),
					),
					body: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
					expect: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(expectSchema),
					consecutive: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(count),
					retry: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.zMY()),
					version: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(versionSchema),
				}),
			),
			valibot__WEBPACK_IMPORTED_MODULE_1__.BpQ(1, "Write at least one check"),
		);
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
	8904: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { run: () => run });
		var clock = __webpack_require__(1984);
		var duration = __webpack_require__(1008);
		var src_error = __webpack_require__(1557);
		async function within_within(options, work) {
			const { clock, signal, ms, doing } = options;
			const isUp = new AbortController();
			const isDone = new AbortController();
			const timer = clock.sleep(ms, AbortSignal.any([signal, isDone.signal])).then(
				() => isUp.abort(timeUp(doing, ms)),
				() => void 0,
			);
			const both = AbortSignal.any([signal, isUp.signal]);
			const ended = new Promise((_resolve, reject) => {
				both.addEventListener("abort", () => reject(both.reason), { once: true, signal: isDone.signal });
			});
			try {
				both.throwIfAborted();
				return await Promise.race([work(both), ended]);
			} finally {
				ended.catch(() => void 0);
				isDone.abort();
				await timer;
			}
		}
		function timeUp(doing, ms) {
			return new src_error.G(`Cannot ${doing} because the time is up: got no end within ${(0, duration.a)(ms)}`, {
				code: "timeout",
				hint: "Nothing was changed. Look at why the other side is slow, or raise the input timeout.",
			});
		}
		function describeMismatch({ is, got }) {
			return void 0 === got ? is : `${is}: got ${got}`;
		}
		var masks = __webpack_require__(6555);
		const telling = /auth|cookie|token|secret|passw|credential|session|signature|^sig$|key/i;
		const tellingField =
			/((?:auth|cookie|token|secret|passw|credential|session|signature|key)\w{0,20}\\{0,3}"\s{0,3}:\s{0,3}\\{0,3}")[^"\\]+/gi;
		const credentials_hidden = "***";
		function credentialsIn(headers, url) {
			const inHeaders = Object.entries(headers).filter(([name]) => telling.test(name));
			const inQuery = [...url.searchParams].filter(([name]) => telling.test(name));
			return [...inHeaders.flatMap(([, value]) => [value, ...partsOf(value)]), ...inQuery.map(([, value]) => value)];
		}
		function partsOf(value) {
			const [scheme = "", rest = ""] = /^(\S+) +(\S+)$/.exec(value)?.slice(1) ?? [];
			const password = /^basic$/i.test(scheme)
				? Buffer.from(rest, "base64")
						.toString()
						.replace(/^[^:]*:/, "")
				: "";
			const cookies = value.split(/; */).map((pair) => pair.slice(pair.indexOf("=") + 1));
			return [rest, password, ...cookies].filter((part) => "" !== part);
		}
		function hider(credentials) {
			const forms = credentials
				.flatMap(masks.JF)
				.flatMap((form) => [form, JSON.stringify(form).slice(1, -1), encodeURIComponent(form)]);
			const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
			return (text) =>
				longestFirst
					.reduce((rest, form) => rest.replaceAll(form, credentials_hidden), text)
					.replace(tellingField, `$1${credentials_hidden}`);
		}
		function shownAddress(url) {
			const shown = new URL(url);
			for (const name of url.searchParams.keys())
				if (telling.test(name)) shown.searchParams.set(name, credentials_hidden);
			return shown.href;
		}
		var address = __webpack_require__(3116);
		var smoke_test_resolve = __webpack_require__(5656);
		const defaultConnections = 10;
		function planChecks({ url, checks, file, release, resolved }) {
			const problems = [];
			const planned = checks.flatMap((check, index) => {
				const name = check.name ?? nameOf(check.path ?? "/") ?? `check ${index + 1}`;
				const report = (message, hint) =>
					problems.push({ message: `Input checks, ${name}: ${message}`, hint, ...(void 0 === file ? {} : { file }) });
				const target = toUrl(check.path ?? "", url, report);
				const headers = toHeaders(check.headers ?? {}, report);
				const version = void 0 === check.version ? void 0 : toVersionCheck(check.version, release, report);
				return void 0 === target ? [] : [toCheck(check, { name, url: target, headers, version })];
			});
			if (0 === problems.length) problems.push(...neverAsked(resolved, planned));
			if (0 === problems.length) return planned;
			throw new src_error.G("Cannot test because of the inputs: nothing was asked", {
				code: "configuration",
				problems,
			});
		}
		function toCheck(check, filledIn) {
			return {
				...filledIn,
				method: check.method ?? (void 0 === check.body ? "GET" : "POST"),
				body: check.body,
				expect: toExpectation(check.expect ?? {}),
				consecutive: check.consecutive ?? 1,
				retry: check.retry ?? true,
			};
		}
		function toExpectation({ status, headers, body, json, latency }) {
			const names = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
			return {
				status: status ?? ["2xx"],
				headers: Object.fromEntries(names),
				body,
				json: json ?? {},
				latencyMs: latency,
			};
		}
		function nameOf(path) {
			if (!isWhole(path)) return path.replace(/[?#].*/s, "") || "/";
			const url = URL.canParse(path) ? new URL(path) : void 0;
			return url && url.host + url.pathname;
		}
		function isWhole(path) {
			return /^[a-z][-+.a-z0-9]*:\/\//i.test(path);
		}
		function toUrl(path, base, report) {
			if (!isWhole(path) && void 0 === base)
				return void report("it has no address", 'Give the input "url", or a whole address as the path of the check.');
			const parsed = (0, address.parseAddress)(isWhole(path) ? path : `${base ?? ""}/${path.replace(/^\/+/, "")}`);
			if ("url" in parsed) return parsed.url;
			const { is, got, hint } = parsed.mistake;
			report(`its address ${is}${void 0 === got ? "" : `: got ${got}`}`, hint);
		}
		const sendable = /^[\t\x20-\x7e\x80-\xff]*$/;
		function toHeaders(headers, report) {
			const entries = Object.entries(headers).map(([name, value]) => {
				if ("string" != typeof value) report(`the value of its header ${name} is not text`, "Put it in quotes.");
				else if (!sendable.test(value))
					report(
						`the value of its header ${name} cannot be sent`,
						"Look for a line break or a letter beyond Latin in it.",
					);
				return [name, String(value)];
			});
			return Object.fromEntries(entries);
		}
		function toVersionCheck({ json, header, equals, connections }, release, report) {
			const expected = void 0 === equals ? versionsOf(release) : [equals];
			if (0 === expected.length)
				report(
					"it is not known which version should answer",
					'Give "equals", or the input "revision" of a release that has a commit or images.',
				);
			return {
				from: void 0 === json ? { header: (header ?? "").toLowerCase() } : { json },
				equals: expected,
				connections: connections ?? defaultConnections,
			};
		}
		function versionsOf(release) {
			const { commit = "", images = {} } = release ?? {};
			const digests = Object.values(images).map((reference) => reference.slice(reference.indexOf("@") + 1));
			return [...("" === commit ? [] : [commit]), ...digests];
		}
		function neverAsked(resolved, checks) {
			const asked = new Set(checks.map(({ url }) => (0, smoke_test_resolve.hostAndPort)(url)));
			return [...resolved.keys()]
				.filter((host) => !asked.has(host))
				.map((host) => ({
					message: `Input resolve: no check asks ${host}`,
					hint: `The checks ask ${[...asked].join(", ")}.`,
				}));
		}
		var external_node_dns_ = __webpack_require__(610);
		var external_node_dns_default = __webpack_require__.n(external_node_dns_);
		var external_node_http_ = __webpack_require__(7067);
		var external_node_http_default = __webpack_require__.n(external_node_http_);
		var external_node_https_ = __webpack_require__(4708);
		var external_node_https_default = __webpack_require__.n(external_node_https_);
		var external_node_net_ = __webpack_require__(7030);
		class SilenceError extends Error {
			code;
			constructor(code) {
				super("no sign of life in time");
				this.code = code;
			}
		}
		const checkAddress = "Check the address, and that the other side runs and lets this runner in.";
		const checkFirewall =
			"A firewall or an allow-list may keep this runner out; the other side may also be overloaded.";
		const checkCa =
			"Check that the address and the CA certificate belong together; an extra CA can be given by NODE_EXTRA_CA_CERTS.";
		const table = [
			[/^ECONNREFUSED$/, row("nothing listens there (connection refused)", checkAddress, "transient", "unsent")],
			[/^ENOTFOUND$/, row("DNS does not know that name", "Check the spelling of the address.", "transient", "unsent")],
			[/^EAI_/, row("DNS did not answer", "Check the network and DNS of this runner.", "transient", "unsent")],
			[
				/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
				row("there is no route to it", "Check the network and proxy settings of this runner.", "transient", "unsent"),
			],
			[/^SLIPWAY_CONNECT_TIMEOUT$/, row("no connection could be made in time", checkFirewall, "transient", "unsent")],
			[/^(SLIPWAY_SILENCE|ETIMEDOUT|ESOCKETTIMEDOUT)$/, row("it went silent", checkFirewall, "transient", "sent")],
			[/^(ECONNRESET|EPIPE|ECONNABORTED)$/, row("the connection was cut", checkFirewall, "transient", "sent")],
			[
				/^ERR_PROXY/,
				row("the proxy refused the connection", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.", "final", "unsent"),
			],
			[/^ERR_TLS_CERT_ALTNAME_INVALID$/, row("its certificate is for another name", checkCa, "final", "unsent")],
			[/^CERT_HAS_EXPIRED$/, row("its certificate has expired", "The other side has to renew it.", "final", "unsent")],
			[
				/^CERT_NOT_YET_VALID$/,
				row("its certificate is not valid yet", "Check the clocks of both sides.", "final", "unsent"),
			],
			[
				/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|INVALID_CA|ERR_OSSL)/,
				row("its certificate is not signed by a CA that is trusted here", checkCa, "final", "unsent"),
			],
			[/^(EPROTO|ERR_SSL_)/, row("it does not speak TLS as expected", checkAddress, "final", "unsent")],
			[/^HPE_HEADER_OVERFLOW$/, row("its headers are larger than 16 KiB", checkAddress, "final", "sent")],
			[/^HPE_/, row("what it answered is not HTTP", checkAddress, "final", "sent")],
		];
		function row(why, hint, lasts, reached) {
			return { why, hint, transient: "transient" === lasts, sent: "sent" === reached };
		}
		function explainNetworkFailure(error) {
			const { code, message } = isSystemError(error) ? error : { code: "", message: "" };
			const failure = table.find(([codes]) => codes.test(code))?.[1];
			if (void 0 === failure) return;
			const isTelling = /^(EPROTO|ERR_SSL_|ERR_PROXY|HPE_|ERR_TLS)/.test(code);
			return isTelling ? { ...failure, why: `${failure.why}: ${firstLine(message)}` } : failure;
		}
		function isSystemError(error) {
			return "object" == typeof error && null !== error && "code" in error && "message" in error;
		}
		function firstLine(text) {
			return (text.split("\n", 1)[0] ?? "").slice(0, 200);
		}
		var forbidden_address = __webpack_require__(4376);
		const bodyLimit = 1048576;
		async function probe(request, options) {
			options.signal.throwIfAborted();
			const started = performance.now();
			const outgoing = probe_open(request, options);
			const ending = endEarly(outgoing, options);
			try {
				const answer = await Promise.race([exchange(outgoing, request.body, ending), ending.happened]);
				return { ...answer, latencyMs: performance.now() - started };
			} catch (error) {
				throw explain(error);
			} finally {
				ending.stop();
				outgoing.destroy();
			}
		}
		async function exchange(outgoing, sent, ending) {
			const response = await new Promise((resolve, reject) => {
				outgoing.once("response", resolve).on("error", reject);
				outgoing.once("upgrade", (_response, socket) => {
					socket.destroy();
					reject(new src_error.G("it switched to another protocol (status 101)", { code: "unreachable" }));
				});
				outgoing.end(sent);
			});
			ending.isAnswering();
			const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")]);
			return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), ...(await readBody(response)) };
		}
		function probe_open({ url, method, headers }, { resolved, env }) {
			const pinned = resolved.get((0, smoke_test_resolve.hostAndPort)(url));
			const { Agent, request } =
				"https:" === url.protocol ? external_node_https_default() : external_node_http_default();
			return request(url, {
				method,
				headers: { "user-agent": "slipway-smoke-test", "accept-encoding": "identity", ...headers },
				agent: new Agent({ keepAlive: false, proxyEnv: void 0 === pinned ? { ...env } : {} }),
				lookup: lookupWith(pinned),
			});
		}
		function endEarly(outgoing, { signal, timeoutMs }) {
			const { promise: happened, reject } = Promise.withResolvers();
			let missing = "no connection could be made";
			const end = (why) => {
				reject(why);
				outgoing.destroy();
			};
			const onAbort = () => end(signal.reason);
			const timer = setTimeout(() => {
				end(new src_error.G(`${missing} within ${(0, duration.a)(timeoutMs)}`, { code: "unreachable" }));
			}, timeoutMs);
			signal.addEventListener("abort", onAbort, { once: true });
			outgoing.once("finish", () => (missing = "nothing came"));
			return {
				happened,
				isAnswering: () => (missing = "it did not end"),
				stop() {
					clearTimeout(timer);
					signal.removeEventListener("abort", onAbort);
				},
			};
		}
		function explain(error) {
			const failure = error instanceof src_error.G ? void 0 : explainNetworkFailure(error);
			if (void 0 === failure) return error;
			return new src_error.G(failure.why, { code: "unreachable", hint: failure.hint, cause: error });
		}
		function lookupWith(pinned) {
			return (hostname, options, callback) => {
				const answer = (error, addresses) => {
					const bad = addresses.map(({ address }) => (0, forbidden_address.g)(address)).find((why) => void 0 !== why);
					const refused = void 0 === bad ? error : forbidden(hostname, bad);
					const [first] = addresses;
					true === options.all || void 0 === first || null !== refused
						? callback(refused, addresses)
						: callback(null, first.address, first.family);
				};
				if (void 0 !== pinned) answer(null, [{ address: pinned, family: (0, external_node_net_.isIP)(pinned) }]);
				else
					external_node_dns_default().lookup(hostname, { ...options, all: true }, (error, found) =>
						answer(error, null === error ? found : []),
					);
			};
		}
		function forbidden(hostname, why) {
			return new src_error.G(`Cannot ask ${hostname} because it leads to ${why}, which is never asked`, {
				code: "refused",
				hint: "Give the address that users have.",
			});
		}
		async function readBody(response) {
			const chunks = [];
			let size = 0;
			for await (const chunk of response) {
				chunks.push(chunk);
				size += chunk.length;
				if (size > bodyLimit) break;
			}
			return { body: Buffer.concat(chunks).subarray(0, bodyLimit).toString(), isCut: size > bodyLimit };
		}
		var external_node_path_ = __webpack_require__(6760);
		var external_node_buffer_ = __webpack_require__(4573);
		var external_node_fs_ = __webpack_require__(3024);
		var promises_ = __webpack_require__(1455);
		const maxBytes = 0x1000000;
		function readTextFile(path, workspace) {
			try {
				const real = external_node_fs_.realpathSync.native(path);
				if (isInside(path, workspace) && !isInside(real, external_node_fs_.realpathSync.native(workspace)))
					return { reason: "it is a link that leaves the workspace" };
				return readRegularFile(real);
			} catch (error) {
				const isThere = void 0 !== (0, external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
				return { reason: reasonOf(error, isThere) };
			}
		}
		function readRegularFile(path) {
			const file = (0, external_node_fs_.openSync)(
				path,
				external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK,
			);
			try {
				const info = (0, external_node_fs_.fstatSync)(file);
				if (!info.isFile()) return { reason: "it is not a regular file" };
				if (info.size > maxBytes) return { reason: `it has ${info.size} bytes, and at most ${maxBytes} are read` };
				return decode((0, external_node_fs_.readFileSync)(file));
			} finally {
				(0, external_node_fs_.closeSync)(file);
			}
		}
		function reasonOf({ code, message }, isThere) {
			switch (code) {
				case "ENOENT":
					return isThere ? "it is a link that leads nowhere" : "there is no such file";
				case "ELOOP":
					return "it is a link that leads to itself";
				case "EACCES":
					return "this user may not read it";
				default:
					return message;
			}
		}
		function isInside(path, folder) {
			const way = (0, external_node_path_.relative)(folder, path);
			return (
				".." !== way && !way.startsWith(`..${external_node_path_.sep}`) && !(0, external_node_path_.isAbsolute)(way)
			);
		}
		function decode(bytes) {
			const encoding = bytes.length > 1 ? utf16Of(bytes) : void 0;
			if (void 0 !== encoding) return { reason: `it is in ${encoding}: save it as UTF-8` };
			if (bytes.includes(0)) return { reason: "it is not text in UTF-8: it holds a zero byte" };
			return (0, external_node_buffer_.isUtf8)(bytes)
				? new TextDecoder().decode(bytes)
				: { reason: "it is not text in UTF-8" };
		}
		function utf16Of(bytes) {
			const mark = bytes.readUInt16BE(0);
			return 65534 === mark || 65279 === mark ? "UTF-16" : void 0;
		}
		var document_input = __webpack_require__(3727);
		var check_schema = __webpack_require__(3630);
		function readChecks(workspace, given) {
			if (!("file" in given)) return { checks: given };
			const { file } = given;
			const text = readTextFile((0, external_node_path_.resolve)(workspace, file), workspace);
			if ("string" != typeof text)
				throw new src_error.G(`Cannot read the checks in ${file} because ${text.reason}`, {
					code: "configuration",
					hint: 'The input "checks" is a YAML list, or the path of one in the workspace, which an earlier step checks out.',
				});
			const parsed = (0, document_input.parseDocumentInput)({
				text,
				format: "YAML",
				schema: check_schema.checksSchema,
				asWritten: false,
				mayShow: true,
			});
			if ("value" in parsed) return { checks: parsed.value, file };
			const problems = parsed.mistakes.map(({ is, hint, got, line = 1 }) => ({
				message: `${is}${void 0 === got ? "" : `: got ${got}`}`,
				hint,
				file,
				line,
			}));
			throw new src_error.G(`Cannot read the checks in ${file}`, { code: "configuration", problems });
		}
		class api_error_ApiError extends src_error.G {
			status;
			reason;
			body;
			retryAfterMs;
			constructor(status, body, options = {}) {
				const message = body?.message || describe(status, options.text ?? "");
				const hint = hintFor(status, message);
				super(message, { code: codeOf(status, message), ...(void 0 === hint ? {} : { hint }) });
				this.status = status;
				this.reason = body?.reason ?? "";
				this.body = body;
				this.retryAfterMs = options.retryAfterMs;
			}
		}
		function isStatus(body) {
			return "object" == typeof body && null !== body && "kind" in body && "Status" === body.kind;
		}
		function describe(status, text) {
			const words = text
				.replace(/<[^>]*>/g, " ")
				.replace(/\s+/g, " ")
				.trim()
				.slice(0, 300);
			return "" === words ? `the server answered ${status}` : `the server answered ${status}: ${words}`;
		}
		function codeOf(status, message) {
			if (401 === status) return "denied";
			if (403 === status) return isPermission(message) ? "denied" : "refused";
			if (502 === status || 503 === status || 504 === status) return "unreachable";
			return "refused";
		}
		function isPermission(message) {
			return /is forbidden: User ".*" cannot /.test(message);
		}
		function hintFor(status, message) {
			if (401 === status)
				return "The token or certificate is wrong or has expired: renew the credentials of this workflow.";
			if (403 === status && isPermission(message))
				return "Someone who administers the cluster has to grant this user that permission (a Role and a RoleBinding).";
			if (403 === status && message.includes("exceeded quota")) return "Raise the ResourceQuota or ask for less.";
		}
		function exactInteger(value) {
			const number = Number(value);
			return Number.isSafeInteger(number) ? number : JSON.rawJSON(String(value));
		}
		function isExactInteger(value) {
			return JSON.isRawJSON(value);
		}
		const mayHoldLongInteger = /\d{16}/;
		const longInteger = /^-?\d{16,}$/;
		function parseExactJson(text) {
			if (!mayHoldLongInteger.test(text)) return JSON.parse(text);
			return JSON.parse(text, (_key, value, { source }) =>
				"number" == typeof value && void 0 !== source && longInteger.test(source)
					? exactInteger(BigInt(source))
					: value,
			);
		}
		function parseBody(answer, request) {
			if (!String(answer.headers["content-type"]).includes("json")) return answer.text;
			try {
				return parseExactJson(answer.text);
			} catch (cause) {
				const got = answer.text.slice(0, 100);
				throw new src_error.G(
					`Cannot read the API server's answer to ${request.method} ${request.path} because it is not JSON: got ${got}`,
					{ code: "refused", cause },
				);
			}
		}
		function toApiError({ status, headers, text }) {
			return new api_error_ApiError(status, parseStatus(text), {
				text,
				retryAfterMs: parseRetryAfter(headers["retry-after"], headers.date),
			});
		}
		function parseStatus(text) {
			try {
				const body = JSON.parse(text);
				return isStatus(body) ? body : void 0;
			} catch {
				return;
			}
		}
		function parseRetryAfter(value, date) {
			if ("string" != typeof value) return;
			if (/^\d+$/.test(value.trim())) return 1e3 * Number(value);
			const waitMs = Date.parse(value) - Date.parse(String(date));
			return Number.isNaN(waitMs) ? void 0 : Math.max(0, waitMs);
		}
		function parseWarnings(headers) {
			return headers.flatMap((header) =>
				[...header.matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? "").replace(/\\(.)/g, "$1")),
			);
		}
		async function inParallel(items, limit, work) {
			const results = [];
			const errors = [];
			let next = 0;
			const worker = async () => {
				while (next < items.length && 0 === errors.length) {
					const index = next++;
					try {
						results[index] = await work(items[index], index);
					} catch (error) {
						errors.push(error);
					}
				}
			};
			await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
			if (errors.length > 0) throw errors[0];
			return results;
		}
		var untrusted = __webpack_require__(1012);
		var external_node_util_ = __webpack_require__(7975);
		var esm = __webpack_require__(4525);
		const longestWanted = 100;
		function evaluate(answer, expect) {
			const { body, latencyMs } = expect;
			return [
				...checkStatus(answer, expect),
				...checkHeaders(answer, expect),
				...(void 0 === body || answer.body.includes(body)
					? []
					: [{ is: `the body does not contain ${brief(body)}`, got: quoteBody(answer) }]),
				...checkJson(answer, expect),
				...(void 0 === latencyMs || answer.latencyMs <= latencyMs
					? []
					: [{ is: `the answer took longer than ${latencyMs} ms`, got: `${Math.round(answer.latencyMs)} ms` }]),
			];
		}
		function checkStatus(answer, { status: expected }) {
			const { status, headers } = answer;
			const matches = (one) => ("number" == typeof one ? one === status : one.startsWith(String(status)[0] ?? "?"));
			if (expected.some(matches)) return [];
			const is = `the status is not ${expected.join(" or ")}`;
			if (status >= 300 && status < 400 && void 0 !== headers.location)
				return [{ is, got: `${status} to ${quote(headers.location)}, and redirects are not followed` }];
			const isPlain = /^(?:text\/plain|application\/(?:.*\+)?json)\b/.test(headers["content-type"] ?? "");
			return [{ is, got: isPlain && "" !== answer.body ? `${status} ${quoteBody(answer)}` : String(status) }];
		}
		function checkHeaders({ headers }, { headers: expected }) {
			return Object.entries(expected).flatMap(([name, value]) => {
				const found = headers[name];
				if (found === value) return [];
				return [{ is: `the header ${name} is not ${brief(value)}`, got: void 0 === found ? "none" : quote(found) }];
			});
		}
		function checkJson(answer, { json }) {
			const expected = Object.entries(json);
			if (0 === expected.length) return [];
			const document = parseJson(answer.body);
			if (void 0 === document) return [{ is: "the body is not JSON", got: quoteBody(answer) }];
			return expected.flatMap(([path, wanted]) => {
				const found = matchesOf(document.value, path);
				if (void 0 === found) return [{ is: `${path} cannot be looked for, the body is nested too deeply` }];
				const wrong = found.find((value) => !(0, external_node_util_.isDeepStrictEqual)(value, wanted));
				if (found.length > 0 && void 0 === wrong) return [];
				return [{ is: `${path} is not ${brief(wanted)}`, got: void 0 === wrong ? "nothing there" : quote(wrong) }];
			});
		}
		function versionIn(answer, { from }) {
			if ("header" in from) return answer.headers[from.header];
			const document = parseJson(answer.body);
			const [found] = void 0 === document ? [] : (matchesOf(document.value, from.json) ?? []);
			return "string" == typeof found || "number" == typeof found ? String(found) : void 0;
		}
		function isVersion(told, { equals }) {
			if (void 0 === told) return false;
			const isShortCommit = /^[0-9a-f]{7,}$/.test(told);
			return equals.some(
				(each) => each === told || (isShortCommit && /^[0-9a-f]{40}$/.test(each) && each.startsWith(told)),
			);
		}
		function parseJson(text) {
			try {
				return { value: JSON.parse(text) };
			} catch {
				return;
			}
		}
		function matchesOf(document, path) {
			try {
				return (0, esm.P)(document, path);
			} catch (error) {
				if (error instanceof RangeError) return;
				throw error;
			}
		}
		function quoteBody({ body, isCut }) {
			if ("" === body) return "an empty one";
			const text = /^\s*[[{]/.test(body) ? body.replace(/\s+/g, " ") : quote(body);
			return isCut ? `more than ${body.length} characters, beginning with ${text}` : text;
		}
		function brief(wanted) {
			const text = quote(wanted);
			return text.length > longestWanted ? `${text.slice(0, longestWanted)}…` : text;
		}
		function quote(value) {
			try {
				return JSON.stringify(value);
			} catch {
				return "a value that is nested too deeply to show";
			}
		}
		const firstWaitMs = 200;
		const longestWaitMs = 3e3;
		const betweenPassesMs = 250;
		const parallelConnections = 5;
		const longestGot = 160;
		async function runCheck(check, options) {
			const { clock, signal, deadline } = options;
			const started = clock.now();
			let wrong;
			let inARow = 0;
			for (let attempts = 1; ; attempts++) {
				signal.throwIfAborted();
				const attempt = await tryOnce(check, options);
				const passes = 0 === attempt.mismatches.length;
				const leftMs = deadline - clock.now();
				inARow = passes ? inARow + 1 : 0;
				if (!passes && (void 0 !== attempt.answer || leftMs > 0)) wrong = attempt;
				const passed = inARow >= check.consecutive;
				if (passed || leftMs <= 0 || (!passes && !check.retry)) {
					const ended = { passed, attempts, inARow, durationMs: clock.now() - started };
					return result(check, passed ? attempt : (wrong ?? attempt), ended);
				}
				if (!passes) options.onWrong(check, attempt.mismatches);
				await clock.sleep(Math.min(passes ? betweenPassesMs : nextWait(attempts, attempt.answer), leftMs), signal);
			}
		}
		function result({ name, method, url, consecutive }, { mismatches, answer, hint, share }, { inARow, ...ended }) {
			const tooFew = { is: `it did not pass ${consecutive} times in a row`, got: `${inARow} when the time was up` };
			return {
				name,
				target: `${method} ${shownAddress(url)}`,
				mismatches: consecutive > 1 && !ended.passed ? [...mismatches, tooFew] : mismatches,
				hint,
				...ended,
				latencyMs: answer?.latencyMs,
				share,
			};
		}
		async function tryOnce(check, { ask }) {
			const { version } = check;
			const of = version?.connections ?? 1;
			const replies = await inParallel(Array.from({ length: of }), parallelConnections, () => reply(check, ask));
			const wrong = replies.filter(({ mismatches }) => mismatches.length > 0);
			const { mismatches = [], hint, answer } = wrong[0] ?? replies[0] ?? {};
			const suffix = of > 1 ? `, on ${wrong.length} of ${of} connections` : "";
			const told = mismatches.map((mismatch) => ({ ...mismatch, is: mismatch.is + suffix }));
			const tell = teller(check);
			const isAnswered = replies.some((each) => void 0 !== each.answer);
			if (void 0 === version || !isAnswered) return { mismatches: told.map(tell), hint, answer };
			const { share, mismatches: wrongVersions } = compareVersions(replies, version);
			return { mismatches: [...wrongVersions, ...told].map(tell), hint, answer, share };
		}
		async function reply(check, ask) {
			try {
				const answer = await ask(check);
				return { answer, mismatches: evaluate(answer, check.expect) };
			} catch (error) {
				if (!(error instanceof src_error.G) || "unreachable" !== error.code) throw error;
				return { mismatches: [{ is: `there was no answer because ${error.message}` }], hint: error.hint };
			}
		}
		function compareVersions(replies, version) {
			const told = replies.map(({ answer }) => answer && versionIn(answer, version));
			const others = told.filter((each) => !isVersion(each, version));
			const share = { right: told.length - others.length, of: told.length };
			if (0 === others.length) return { mismatches: [], share };
			const different = [...new Set(others.map((each) => each ?? "none"))].slice(0, 3).join(", ");
			const is = `not every connection reached version ${version.equals[0] ?? ""}`;
			return { mismatches: [{ is, got: `${share.right} of ${share.of}, the others ${different}` }], share };
		}
		function teller(check) {
			const hide = hider(credentialsIn(check.headers, check.url));
			const shorten = (text) => (text.length > longestGot ? `${text.slice(0, longestGot)}…` : text);
			const tell = (text) => (0, untrusted.$)(hide(text));
			return ({ is, got }) => ({ is: tell(is), ...(void 0 === got ? {} : { got: shorten(tell(got)) }) });
		}
		function nextWait(attempts, answer) {
			const grown = Math.min(firstWaitMs * 2 ** (attempts - 1), longestWaitMs);
			const jittered = grown * (0.75 + Math.random() / 2);
			return Math.max(jittered, parseRetryAfter(answer?.headers["retry-after"], answer?.headers.date) ?? 0);
		}
		const ActionOnInvalid = { THROW: "throw", FILTER: "filter" };
		function defaultNewConfigOptions() {
			return { onInvalidEntry: ActionOnInvalid.THROW };
		}
		function newClusters(a, opts) {
			if (!Array.isArray(a)) return [];
			const options = Object.assign(defaultNewConfigOptions(), opts || {});
			return a.map(clusterIterator(options.onInvalidEntry)).filter(Boolean);
		}
		function clusterIterator(onInvalidEntry) {
			return (elt, i, list) => {
				try {
					if (!elt.name) throw new Error(`clusters[${i}].name is missing`);
					if (!elt.cluster) throw new Error(`clusters[${i}].cluster is missing`);
					if (!elt.cluster.server) throw new Error(`clusters[${i}].cluster.server is missing`);
					return {
						caData: elt.cluster["certificate-authority-data"],
						caFile: elt.cluster["certificate-authority"],
						name: elt.name,
						server: elt.cluster.server.replace(/\/$/, ""),
						skipTLSVerify: true === elt.cluster["insecure-skip-tls-verify"],
						tlsServerName: elt.cluster["tls-server-name"],
						proxyUrl: elt.cluster["proxy-url"],
					};
				} catch (err) {
					switch (onInvalidEntry) {
						case ActionOnInvalid.FILTER:
							return null;
						default:
						case ActionOnInvalid.THROW:
							throw err;
					}
				}
			};
		}
		function newUsers(a, opts) {
			if (!Array.isArray(a)) return [];
			const options = Object.assign(defaultNewConfigOptions(), opts || {});
			return a.map(userIterator(options.onInvalidEntry)).filter(Boolean);
		}
		function userIterator(onInvalidEntry) {
			return (elt, i, list) => {
				try {
					if (!elt.name) throw new Error(`users[${i}].name is missing`);
					return {
						authProvider: elt.user ? elt.user["auth-provider"] : null,
						certData: elt.user ? elt.user["client-certificate-data"] : null,
						certFile: elt.user ? elt.user["client-certificate"] : null,
						exec: elt.user ? elt.user.exec : null,
						keyData: elt.user ? elt.user["client-key-data"] : null,
						keyFile: elt.user ? elt.user["client-key"] : null,
						name: elt.name,
						token: findToken(elt.user),
						password: elt.user ? elt.user.password : null,
						username: elt.user ? elt.user.username : null,
						impersonateUser: elt.user ? elt.user.as : null,
					};
				} catch (err) {
					switch (onInvalidEntry) {
						case ActionOnInvalid.FILTER:
							return null;
						default:
						case ActionOnInvalid.THROW:
							throw err;
					}
				}
			};
		}
		function findToken(user) {
			if (user) {
				if (user.token) return user.token;
				if (user["token-file"]) return external_node_fs_.readFileSync(user["token-file"]).toString();
			}
		}
		function newContexts(a, opts) {
			if (!Array.isArray(a)) return [];
			const options = Object.assign(defaultNewConfigOptions(), opts || {});
			return a.map(contextIterator(options.onInvalidEntry)).filter(Boolean);
		}
		function contextIterator(onInvalidEntry) {
			return (elt, i, list) => {
				try {
					if (!elt.name) throw new Error(`contexts[${i}].name is missing`);
					if (!elt.context) throw new Error(`contexts[${i}].context is missing`);
					if (!elt.context.cluster) throw new Error(`contexts[${i}].context.cluster is missing`);
					return {
						cluster: elt.context.cluster,
						name: elt.name,
						user: elt.context.user || void 0,
						namespace: elt.context.namespace || void 0,
					};
				} catch (err) {
					switch (onInvalidEntry) {
						case ActionOnInvalid.FILTER:
							return null;
						default:
						case ActionOnInvalid.THROW:
							throw err;
					}
				}
			};
		}
		var dist = __webpack_require__(8815);
		var runner_nearest = __webpack_require__(4140);
		const content = "Give the content of a kubeconfig, such as `kubectl config view --minify --flatten` prints.";
		function refusal(why, hint = content) {
			return new src_error.G(`Cannot use the kubeconfig because ${why}`, { code: "configuration", hint });
		}
		function parseKubeconfig(text) {
			const lines = new dist.HN();
			const document = (0, dist.Tp)(text, { lineCounter: lines, prettyErrors: false });
			const [error] = document.errors;
			if (void 0 !== error) throw refusal(`it is not YAML: see its line ${lines.linePos(error.pos[0]).line}`);
			const config = access_entry_resolve(document);
			if (isFields(config)) return config;
			const words = text.trim();
			if ("" === words) throw refusal("it is empty");
			if (/^[A-Za-z0-9+/=\s]+$/.test(words) && atobOrEmpty(words).includes("clusters"))
				throw refusal("it is encoded in base64", "Store it as it is: GitHub keeps secrets of several lines.");
			throw refusal(words.includes("\n") ? "it is not a map" : "it is one line of text, such as a path");
		}
		function access_entry_resolve(document) {
			try {
				return document.toJS({ maxAliasCount: 10 });
			} catch {
				throw refusal("it is not YAML: its aliases do not resolve");
			}
		}
		function pickEntry(config, kind, name) {
			if ("string" != typeof name || "" === name)
				throw refusal("context" === kind ? "it has no current-context" : `its current context names no ${kind}`);
			const list = config[`${kind}s`];
			const entries = Array.isArray(list) ? list.filter(isFields) : [];
			const raw = entries.find((entry) => entry.name === name);
			const fields = raw?.[kind];
			if (void 0 === raw || !isFields(fields)) {
				const known = entries.map((entry) => String(entry.name));
				const meant = (0, runner_nearest.p)(name, known) ?? known.join(", ");
				throw refusal(`it has no ${kind} "${name}"`, "" === meant ? content : `The nearest it has: ${meant}.`);
			}
			return { title: `${kind} "${name}"`, raw, fields };
		}
		function isFields(value) {
			return "object" == typeof value && null !== value && !Array.isArray(value);
		}
		function atobOrEmpty(text) {
			return Buffer.from(text, "base64").toString("utf8");
		}
		const token =
			"Use a kubeconfig that holds the token of a ServiceAccount or, for DOKS, the inputs `cluster` and `digitalocean-token`.";
		const file = "names a file, which is not taken from the runner's disk";
		const inline = (key) => `Give its content as \`${key}-data\`: \`kubectl config view --flatten\` prints it so.`;
		const refusals = {
			"certificate-authority": [file, inline("certificate-authority")],
			"client-certificate": [file, inline("client-certificate")],
			"client-key": [file, inline("client-key")],
			tokenFile: [file, token],
			"token-file": [file, token],
			exec: ["gets its credentials from a command, which is never run", token],
			"auth-provider": ["gets its credentials from an auth provider, which is never run", token],
			username: ["logs in with a password, which Kubernetes no longer knows", token],
			password: ["logs in with a password, which Kubernetes no longer knows", token],
			"insecure-skip-tls-verify": [
				"turns off TLS verification, so that anybody on the way could take the credentials",
				"Give the cluster's CA as `certificate-authority-data` and, for another name, `tls-server-name`.",
			],
			"proxy-url": ["has a proxy of its own", "Set HTTPS_PROXY in the environment of the job instead."],
		};
		function refuseKeys(entry, known) {
			for (const [key, value] of Object.entries(entry.fields))
				if (null !== value && false !== value && "" !== value) {
					if (known.includes(key)) {
						if ("string" != typeof value) throw refusal(`${key} of ${entry.title} is not a string`);
					} else if ("extensions" !== key && "disable-compression" !== key) {
						const [why, hint] = refusals[key] ?? [
							"has a key that is not understood",
							`Slipway knows ${known.join(", ")}.`,
						];
						throw refusal(`${entry.title} ${why} (${key})`, hint);
					}
				}
		}
		function pemOf(entry, key) {
			const value = entry.fields[key];
			if ("string" != typeof value || "" === value) return;
			const isBase64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value);
			const text = isBase64 ? Buffer.from(value, "base64").toString("latin1") : "";
			if (/^-----BEGIN [A-Z ]+-----$/m.test(text.replaceAll("\r", ""))) return text;
			const problem = isBase64 ? "is not PEM once decoded" : "is not base64";
			throw refusal(`${key} of ${entry.title} ${problem}`, "It was cut or changed when it was copied: copy it again.");
		}
		function readKubeconfig(text) {
			const config = parseKubeconfig(text);
			const contextEntry = pickEntry(config, "context", config["current-context"]);
			refuseKeys(contextEntry, ["cluster", "user", "namespace"]);
			const context = complete(contextEntry, newContexts);
			const clusterEntry = pickEntry(config, "cluster", context.cluster);
			refuseKeys(clusterEntry, ["server", "certificate-authority-data", "tls-server-name"]);
			const userEntry = pickEntry(config, "user", context.user);
			refuseKeys(userEntry, ["token", "client-certificate-data", "client-key-data"]);
			const { server, tlsServerName } = complete(clusterEntry, newClusters);
			const { token, certData, keyData } = complete(userEntry, newUsers);
			if (!token && !(certData && keyData))
				throw refusal(`${userEntry.title} has neither a token nor a client certificate with its key`);
			const optional = {
				ca: pemOf(clusterEntry, "certificate-authority-data"),
				token,
				clientCertificate: pemOf(userEntry, "client-certificate-data"),
				clientKey: pemOf(userEntry, "client-key-data"),
				tlsServerName,
				namespace: context.namespace,
			};
			return { server, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)) };
		}
		function complete(entry, read) {
			try {
				const [found] = read([entry.raw]);
				if (void 0 !== found) return found;
			} catch {}
			throw refusal(`${entry.title} is incomplete`);
		}
		async function retry(work, options) {
			for (let attempt = 1; ; attempt++) {
				options.signal.throwIfAborted();
				try {
					return await work(attempt);
				} catch (error) {
					const waitMs = retry_nextWait(error, attempt, options);
					if (void 0 === waitMs) throw error;
					await options.sleep(waitMs, options.signal);
				}
			}
		}
		function retry_nextWait(error, attempt, options) {
			const { signal, shouldRetry, attempts = 1 / 0, deadline = 1 / 0, now = () => performance.now() } = options;
			const verdict = shouldRetry(error);
			if (false === verdict || signal.aborted || attempt >= attempts) return;
			const waitMs = verdict.afterMs ?? backOff(attempt, options);
			return now() + waitMs > deadline ? void 0 : waitMs;
		}
		function backOff(attempt, options) {
			const { firstDelayMs = 500, longestDelayMs = 3e4, random = Math.random } = options;
			const full = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
			return full / 2 + (full / 2) * random();
		}
		class AbortGuard {
			#groups = new WeakMap();
			guard(outgoing, signal) {
				const group = this.#groups.get(signal) ?? new Group(signal);
				this.#groups.set(signal, group);
				group.add(outgoing);
				outgoing.on("close", () => group.remove(outgoing));
			}
		}
		class Group {
			#signal;
			#members = [];
			constructor(signal) {
				this.#signal = signal;
			}
			add(outgoing) {
				this.#members.push(outgoing);
				if (1 === this.#members.length) this.#signal.addEventListener("abort", this.#cut);
			}
			remove(outgoing) {
				const index = this.#members.indexOf(outgoing);
				if (-1 === index) return;
				this.#members.splice(index, 1);
				if (0 === this.#members.length) this.#signal.removeEventListener("abort", this.#cut);
			}
			#cut = () => {
				for (const outgoing of [...this.#members]) outgoing.destroy(this.#signal.reason);
			};
		}
		function parseServer(server) {
			const url = URL.parse(server);
			if (null === url || ("https:" !== url.protocol && "http:" !== url.protocol))
				throw configuration(`Cannot connect to the cluster because its server is not an https:// URL: got ${server}`);
			if ("" !== url.username || "" !== url.password || "" !== url.search || "" !== url.hash)
				throw configuration(`Cannot connect to ${url.origin} because its URL holds more than host, port and path`);
			const secure = "https:" === url.protocol;
			if (!secure && !isLoopback(url.hostname))
				throw configuration(`Cannot connect to ${url.origin} because credentials would travel unencrypted over http`);
			return {
				origin: url.origin,
				secure,
				host: url.hostname.replace(/^\[|\]$/g, ""),
				port: Number(url.port) || (secure ? 443 : 80),
				prefix: url.pathname.replace(/\/+$/, ""),
			};
		}
		function isLoopback(hostname) {
			return "localhost" === hostname || "[::1]" === hostname || /^127\.\d+\.\d+\.\d+$/.test(hostname);
		}
		function authorization(token) {
			if (void 0 === token) return {};
			if (!/^[\x21-\x7e]+$/.test(token))
				throw configuration("Cannot connect to the cluster because its token holds characters that no token has");
			return { authorization: `Bearer ${token}` };
		}
		function configuration(message) {
			return new src_error.G(message, { code: "configuration", hint: "Mend this entry of the kubeconfig." });
		}
		const retryBudgetMs = 6e4;
		const firstContactBudgetMs = 8e3;
		function isIdempotent(request) {
			if ("GET" === request.method || request.query?.dryRun === "All" || true === request.repeatable) return true;
			return "PATCH" === request.method && "application/apply-patch+yaml" === request.contentType;
		}
		function retryDecision(request, error) {
			if (error instanceof api_error_ApiError) {
				if (!isRetryableAnswer(request, error)) return false;
				return void 0 === error.retryAfterMs ? {} : { afterMs: jittered(error.retryAfterMs) };
			}
			const failure = explainNetworkFailure(error);
			if (!failure?.transient) return false;
			return !failure.sent || isIdempotent(request) ? {} : false;
		}
		function isRetryableAnswer(request, error) {
			if (429 === error.status) return true;
			if (![500, 502, 503, 504].includes(error.status)) return false;
			if (error.message.includes("failed calling webhook")) return true;
			return isIdempotent(request) && !isUsersMistake(error);
		}
		function isUsersMistake(error) {
			return (
				/^failed to (create typed|convert|prune) /.test(error.message) || error.message.includes("denied the request")
			);
		}
		function jittered(ms) {
			return Math.max(100, ms) * (1 + 0.2 * Math.random());
		}
		const connectLimitMs = 1e4;
		const silenceLimitMs = 35e3;
		const answerLimitMs = 9e4;
		const lookEveryMs = 1e3;
		class SilenceGuard {
			#clock;
			#awaited = [];
			#connected = new WeakSet();
			#idle = new AbortController();
			constructor(clock) {
				this.#clock = clock;
			}
			guard(outgoing, pool) {
				const onConnected = () => {
					if ("streams" === pool) this.#forget(outgoing);
					else this.#await(outgoing, "SLIPWAY_SILENCE", silenceLimitMs);
				};
				outgoing.on("socket", (socket) => {
					if (this.#connected.has(socket)) return void onConnected();
					this.#await(outgoing, "SLIPWAY_CONNECT_TIMEOUT", connectLimitMs);
					socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
						this.#connected.add(socket);
						onConnected();
					});
				});
				outgoing.on("response", (response) => response.prependListener("data", () => this.#beat(outgoing)));
				outgoing.on("close", () => this.#forget(outgoing));
			}
			#await(outgoing, code, limitMs) {
				const now = this.#clock.now();
				this.#remove(outgoing);
				this.#awaited.push({ outgoing, code, limitMs, lastSignMs: now, endMs: now + answerLimitMs });
				if (1 === this.#awaited.length) this.#watch();
			}
			#beat(outgoing) {
				const awaited = this.#awaited.find((each) => each.outgoing === outgoing);
				if (void 0 !== awaited) awaited.lastSignMs = this.#clock.now();
			}
			#forget(outgoing) {
				if (this.#remove(outgoing) && 0 === this.#awaited.length) this.#idle.abort();
			}
			#remove(outgoing) {
				const index = this.#awaited.findIndex((each) => each.outgoing === outgoing);
				if (-1 !== index) this.#awaited.splice(index, 1);
				return -1 !== index;
			}
			async #watch() {
				this.#idle.abort();
				const idle = new AbortController();
				this.#idle = idle;
				while (!idle.signal.aborted) {
					await this.#clock.sleep(lookEveryMs, idle.signal).catch(() => void 0);
					const now = this.#clock.now();
					for (const { outgoing, code, limitMs, lastSignMs, endMs } of [...this.#awaited])
						if (now - lastSignMs >= limitMs || now >= endMs) outgoing.destroy(new SilenceError(code));
				}
			}
		}
		function joinedWith(outer) {
			const joined = new WeakMap();
			return (signal = outer) => {
				const known = signal === outer ? outer : joined.get(signal);
				if (void 0 !== known) return known;
				const both = AbortSignal.any([signal, outer]);
				joined.set(signal, both);
				return both;
			};
		}
		const client_bodyLimit = 0x10000000;
		const maxSockets = 24;
		const idleSocketMs = 2e4;
		function connect(connection, options = {}) {
			return new Client(connection, options);
		}
		class Client {
			#link;
			#links = [];
			#renewal;
			#hasAnswered = false;
			#options;
			#clock;
			#silence;
			#aborts = new AbortGuard();
			#signalOf;
			constructor(connection, options) {
				this.#options = options;
				this.#signalOf = joinedWith(options.signal ?? new AbortController().signal);
				this.#link = this.#open(connection);
				this.#clock = options.clock ?? clock.m;
				this.#silence = new SilenceGuard(this.#clock);
			}
			async request(request) {
				const read = async (response) => parseBody(await readAnswer(response), request);
				return await this.#send(request, "requests", read);
			}
			async *stream(request) {
				const response = await this.#send(request, "streams", (head) => Promise.resolve(head));
				try {
					for await (const chunk of response) yield chunk;
				} catch (error) {
					this.#signalOf(request.signal).throwIfAborted();
					throw await this.#explain(request, error, 1);
				} finally {
					response.destroy();
				}
			}
			close() {
				for (const { agents } of this.#links) {
					agents.requests.destroy();
					agents.streams.destroy();
				}
			}
			async #send(request, pool, read) {
				const signal = this.#signalOf(request.signal);
				const start = this.#clock.now();
				let attempts = 0;
				const shouldRetry = (error) => {
					const late = !this.#hasAnswered && this.#clock.now() - start > firstContactBudgetMs;
					return !late && retryDecision(request, error);
				};
				const attempt = (number) => {
					attempts = number;
					return this.#renewing(() => this.#attempt({ request, pool, read, signal }));
				};
				try {
					return await retry(attempt, {
						signal,
						shouldRetry,
						sleep: (ms, until) => this.#clock.sleep(ms, until),
						now: () => this.#clock.now(),
						deadline: Math.min(start + retryBudgetMs, request.deadlineMs ?? 1 / 0),
						firstDelayMs: 200,
						longestDelayMs: 5e3,
					});
				} catch (error) {
					signal.throwIfAborted();
					throw await this.#explain(request, error, attempts);
				}
			}
			async #renewing(work) {
				const used = this.#link;
				try {
					return await work();
				} catch (error) {
					const renew = this.#options.renew;
					if (!(error instanceof api_error_ApiError) || 401 !== error.status || void 0 === renew) throw error;
					if (this.#link === used) await (this.#renewal ??= this.#renew(renew));
					return work();
				}
			}
			async #renew(renew) {
				try {
					this.#link = this.#open(await renew());
				} catch (error) {
					throw notRenewed(error);
				} finally {
					this.#renewal = void 0;
				}
			}
			#open(connection) {
				const link = openLink(connection, this.#options.env);
				this.#links.push(link);
				return link;
			}
			async #attempt(how) {
				const link = this.#link;
				this.#options.onRequest?.(how.request);
				const response = await send(link, { ...how, silence: this.#silence, aborts: this.#aborts });
				this.#hasAnswered = true;
				for (const text of parseWarnings(response.headersDistinct.warning ?? []))
					(how.request.onWarning ?? this.#options.onWarning)?.(text, how.request);
				const status = response.statusCode ?? 0;
				if (status >= 200 && status < 300) return how.read(response);
				const { text, ...answer } = await readAnswer(response);
				throw toApiError({ ...answer, text: void 0 === link.token ? text : text.replaceAll(link.token, "***") });
			}
			async #explain(request, error, attempts) {
				const failure = explainNetworkFailure(error);
				if (void 0 === failure) return error;
				const tries = attempts > 1 ? ` (tried ${attempts} times)` : "";
				const explained = new src_error.G(
					`Cannot ${request.method} ${request.path} because the API server ${this.#link.address.origin} gave no answer: ${failure.why}${tries}`,
					{ code: "unreachable", hint: failure.hint, cause: error },
				);
				return failure.transient ? ((await this.#options.explainSilence?.(explained)) ?? explained) : explained;
			}
		}
		function notRenewed(error) {
			if (!(error instanceof src_error.G) || "cancelled" === error.code) return error;
			const { message, code, hint, cause } = error;
			return new src_error.G(`${message}; those that it had have expired`, {
				code,
				outcome: "unknown",
				...(void 0 === hint ? {} : { hint }),
				cause,
			});
		}
		function openLink(connection, env) {
			const address = parseServer(connection.server);
			const options = {
				keepAlive: true,
				keepAliveMsecs: 5e3,
				timeout: idleSocketMs,
				proxyEnv: proxiesOf(env),
				...(void 0 === connection.ca ? {} : { ca: connection.ca }),
				...(void 0 === connection.clientCertificate ? {} : { cert: connection.clientCertificate }),
				...(void 0 === connection.clientKey ? {} : { key: connection.clientKey }),
				...(void 0 === connection.tlsServerName ? {} : { servername: connection.tlsServerName }),
			};
			const Agent = address.secure ? external_node_https_default().Agent : external_node_http_default().Agent;
			return {
				address,
				token: connection.token,
				headers: { "user-agent": "slipway", ...authorization(connection.token) },
				agents: { requests: new Agent({ ...options, maxSockets }), streams: new Agent(options) },
			};
		}
		function proxiesOf(env) {
			const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];
			return Object.fromEntries(names.map((name) => [name, env?.[name]]));
		}
		function send(link, how) {
			const { request, pool, signal } = how;
			signal.throwIfAborted();
			const body = void 0 === request.body ? void 0 : JSON.stringify(request.body);
			return new Promise((resolve, reject) => {
				const outgoing = (link.address.secure ? external_node_https_default() : external_node_http_default()).request({
					host: link.address.host,
					port: link.address.port,
					method: request.method,
					path: link.address.prefix + request.path + encodeQuery(request.query),
					headers: { ...link.headers, ...headersOf(request, body) },
					agent: link.agents[pool],
				});
				how.aborts.guard(outgoing, signal);
				how.silence.guard(outgoing, pool);
				outgoing.on("error", reject);
				outgoing.on("response", resolve);
				outgoing.end(body);
			});
		}
		function headersOf(request, body) {
			const accept = { accept: request.accept ?? "application/json" };
			if (void 0 === body) return accept;
			return {
				...accept,
				"content-type": request.contentType ?? "application/json",
				"content-length": Buffer.byteLength(body),
			};
		}
		function encodeQuery(query) {
			const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
				void 0 === value ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
			);
			return 0 === pairs.length ? "" : `?${pairs.join("&")}`;
		}
		function readAnswer(response) {
			return new Promise((resolve, reject) => {
				const chunks = [];
				let size = 0;
				const refuseOver = (bytes) => {
					if (bytes > client_bodyLimit) response.destroy(tooLarge());
				};
				refuseOver(Number(response.headers["content-length"] ?? 0));
				response.on("data", (chunk) => {
					refuseOver((size += chunk.byteLength));
					chunks.push(chunk);
				});
				response.on("error", reject);
				response.on("end", () => {
					const text = Buffer.concat(chunks).toString("utf8");
					resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
				});
			});
		}
		function tooLarge() {
			const message = `Cannot read the API server's answer because it is too large: got more than ${client_bodyLimit >> 20} MiB`;
			return new src_error.G(message, { code: "refused" });
		}
		var valibot_dist = __webpack_require__(7934);
		function answer_readAnswer({ doing }, schema, body) {
			const read = (0, valibot_dist.xLC)(schema, body);
			if (read.success) return read.output;
			const [issue] = read.issues;
			const place = (0, valibot_dist.BuJ)(issue) ?? "the whole answer";
			throw new src_error.G(
				`Cannot ${doing} because DigitalOcean's answer is not what its API promises: got ${kindOf(issue.input)} for ${place}`,
				{
					code: "refused",
					hint: "Something on the way may have answered instead: check DIGITALOCEAN_API_URL and the proxy.",
				},
			);
		}
		function kindOf(value) {
			if (null == value) return "nothing";
			if (Array.isArray(value)) return "a list";
			return "string" == typeof value ? "text" : `a${"object" == typeof value ? "n" : ""} ${typeof value}`;
		}
		class DigitalOceanError extends src_error.G {
			status;
			id;
			retryAfterMs;
			constructor(purpose, answer) {
				const body = error_parseBody(answer.text);
				const { why, hint, code } = error_explain(purpose, answer, body);
				super(`Cannot ${purpose.doing} because ${why}${body.requestId}`, { code, hint });
				this.status = answer.status;
				this.id = body.id;
				this.retryAfterMs = retryAfterMs(answer);
			}
		}
		function error_parseBody(text) {
			const fields = parseObject(text);
			const requestId = textOf(fields.request_id);
			return {
				id: textOf(fields.id),
				message:
					textOf(fields.message) ||
					text
						.replace(/(<[^>]*>|\s)+/g, " ")
						.trim()
						.slice(0, 200),
				requestId: "" === requestId ? "" : ` (request ${requestId})`,
			};
		}
		function parseObject(text) {
			try {
				const value = JSON.parse(text);
				return "object" == typeof value && null !== value ? { ...value } : {};
			} catch {
				return {};
			}
		}
		function textOf(value) {
			return "string" == typeof value ? value : "";
		}
		function error_explain({ scope }, answer, { message }) {
			const said = `DigitalOcean answered ${answer.status}: ${message || "nothing more"}`;
			switch (answer.status) {
				case 401:
					return {
						why: "DigitalOcean does not accept the token",
						hint: "digitalocean-token is wrong, has expired or was revoked: make a new one in the control panel under API.",
						code: "denied",
					};
				case 403:
					return {
						why: said,
						hint: `Give the token of digitalocean-token ${void 0 === scope ? "the right to do so" : `the scope ${scope}`}.`,
						code: "denied",
					};
				case 404:
					return {
						why: said,
						hint: "Check the name, and that the token belongs to the same team.",
						code: "configuration",
					};
				case 429:
					return { ...explainLimit(answer), code: "refused" };
				default:
					return answer.status >= 500
						? { why: said, hint: "See https://status.digitalocean.com, and run this again later.", code: "unreachable" }
						: { why: said, hint: "Check the inputs of this action.", code: "refused" };
			}
		}
		function explainLimit(answer) {
			const reset = 1e3 * Number(answer.headers["ratelimit-reset"]);
			if (void 0 !== answer.headers["retry-after"] || !(reset > 0))
				return { why: "this token has sent too many requests within a minute", hint: "Run this again in a minute." };
			const limit = textOf(answer.headers["ratelimit-limit"]) || "all";
			const waitMs = untilReset(answer);
			const wait = void 0 === waitMs ? "" : `, in ${(0, duration.a)(waitMs)}`;
			const time = new Date(reset).toISOString().slice(11, 16);
			return {
				why: `this token has used up ${limit} requests of this hour`,
				hint: `DigitalOcean takes its requests again at ${time} UTC${wait}. Give other jobs tokens of their own.`,
			};
		}
		function retryAfterMs(answer) {
			if (429 !== answer.status) return;
			const seconds = answer.headers["retry-after"];
			if (void 0 === seconds) return untilReset(answer);
			return "string" == typeof seconds && /^\d+$/.test(seconds) ? 1e3 * Number(seconds) : void 0;
		}
		function untilReset({ headers }) {
			const ms = 1e3 * Number(headers["ratelimit-reset"]) - Date.parse(textOf(headers.date));
			return Number.isFinite(ms) ? Math.max(0, ms) : void 0;
		}
		function startWatchdog(o) {
			const stopped = new AbortController();
			let lastBeat = o.clock.now();
			const watch = async () => {
				while (!stopped.signal.aborted) {
					const restMs = lastBeat + o.limitMs - o.clock.now();
					if (restMs <= 0) {
						stopped.abort();
						o.onSilence();
					} else await o.clock.sleep(restMs, stopped.signal).catch(() => void 0);
				}
			};
			watch();
			return { beat: () => (lastBeat = o.clock.now()), stop: () => stopped.abort() };
		}
		const defaultLimitMs = 3e4;
		const http_exchange_idleSocketMs = 2e4;
		const http_exchange_bodyLimit = 0x2000000;
		function openPool(protocol, env) {
			const Agent = "https:" === protocol ? external_node_https_default().Agent : external_node_http_default().Agent;
			return new Agent({ keepAlive: true, timeout: http_exchange_idleSocketMs, proxyEnv: env });
		}
		async function http_exchange_exchange(call, how) {
			how.signal.throwIfAborted();
			const transport = "https:" === call.url.protocol ? external_node_https_default() : external_node_http_default();
			const outgoing = transport.request(call.url, {
				method: call.method,
				headers: http_exchange_headersOf(call),
				agent: how.agent,
				signal: how.signal,
			});
			const onSilence = () => {
				const code = outgoing.socket?.connecting === false ? "SLIPWAY_SILENCE" : "SLIPWAY_CONNECT_TIMEOUT";
				outgoing.destroy(new SilenceError(code));
			};
			const dog = startWatchdog({ clock: how.clock, limitMs: how.limitMs ?? defaultLimitMs, onSilence });
			try {
				const response = await new Promise((resolve, reject) => {
					outgoing.on("error", reject).on("response", resolve).end(call.body);
				});
				const text = await readText(response);
				return {
					status: response.statusCode ?? 0,
					headers: response.headers,
					text: text.replaceAll(call.token, "***"),
				};
			} finally {
				dog.stop();
			}
		}
		function http_exchange_headersOf(call) {
			return {
				authorization: `Bearer ${call.token}`,
				accept: "application/json",
				"user-agent": "slipway",
				...(void 0 === call.contentType ? {} : { "content-type": call.contentType }),
				...(void 0 === call.body ? {} : { "content-length": Buffer.byteLength(call.body) }),
				...call.headers,
			};
		}
		async function readText(response) {
			const chunks = [];
			let size = 0;
			for await (const chunk of response) {
				size += chunk.byteLength;
				if (size > http_exchange_bodyLimit)
					throw new src_error.G("The answer is too large to be one of an API", { code: "refused" });
				chunks.push(chunk);
			}
			return Buffer.concat(chunks).toString("utf8");
		}
		const publicUrl = "https://api.digitalocean.com";
		const publicRevokeUrl = "https://cloud.digitalocean.com/v1/oauth/revoke";
		const client_retryBudgetMs = 6e4;
		const mostPages = 50;
		function openDigitalOcean(options) {
			return new client_Client(options);
		}
		class client_Client {
			#token;
			#base;
			#clock;
			#signal;
			#pool;
			constructor(options) {
				if (!/^[\x21-\x7e]+$/.test(options.token))
					throw client_configuration("Cannot use digitalocean-token because it holds characters that no token has");
				this.#token = options.token;
				this.#base = parseBase(options.env?.DIGITALOCEAN_API_URL || publicUrl);
				this.#clock = options.clock ?? clock.m;
				this.#signal = options.signal ?? new AbortController().signal;
				this.#pool = openPool(this.#base.protocol, { ...options.env });
			}
			async request(request) {
				return answer_readAnswer(request, request.answer, await this.#send(request, this.#callOf(request)));
			}
			async list(request) {
				const items = [];
				let call = this.#callOf({ ...request, query: { per_page: 200, ...request.query } });
				for (let page = 0; void 0 !== call; page++) {
					if (page === mostPages) throw endless(request);
					const body = await this.#send(request, call);
					items.push(
						...(answer_readAnswer(
							request,
							(0, valibot_dist._H3)({ [request.key]: (0, valibot_dist.mee)((0, valibot_dist.YOg)(request.item)) }),
							body,
						)[request.key] ?? []),
					);
					call = nextPage(call, answer_readAnswer(request, linksSchema, body).links?.pages?.next);
				}
				return items;
			}
			async revoke(token) {
				const url = isLoopback(this.#base.hostname) ? below(this.#base, "/v1/oauth/revoke") : new URL(publicRevokeUrl);
				const purpose = { doing: "revoke a credential" };
				const form = new URLSearchParams({ token }).toString();
				await this.#send(purpose, {
					method: "POST",
					url,
					token,
					contentType: "application/x-www-form-urlencoded",
					body: form,
				});
			}
			close() {
				this.#pool.destroy();
			}
			#callOf(request) {
				const url = below(this.#base, request.path);
				for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value));
				const call = { method: request.method ?? "GET", url, token: this.#token };
				if (void 0 === request.body) return call;
				return { ...call, contentType: "application/json", body: JSON.stringify(request.body) };
			}
			async #send(purpose, call) {
				let attempts = 0;
				const attempt = async (number) => {
					attempts = number;
					const answer = await http_exchange_exchange(call, {
						agent: this.#pool,
						signal: this.#signal,
						clock: this.#clock,
					});
					if (answer.status < 200 || answer.status > 299) throw new DigitalOceanError(purpose, answer);
					return "" === answer.text ? void 0 : client_parseJson(purpose, answer.text);
				};
				try {
					return await retry(attempt, {
						signal: this.#signal,
						shouldRetry: (error) => client_retryDecision(call, error),
						sleep: (ms, signal) => this.#clock.sleep(ms, signal),
						now: () => this.#clock.now(),
						deadline: this.#clock.now() + client_retryBudgetMs,
					});
				} catch (error) {
					this.#signal.throwIfAborted();
					throw explainSilence({ purpose, call, error, attempts });
				}
			}
		}
		const linksSchema = (0, valibot_dist._H3)({
			links: (0, valibot_dist.cl6)(
				(0, valibot_dist._H3)({
					pages: (0, valibot_dist.cl6)((0, valibot_dist._H3)({ next: (0, valibot_dist.lqM)((0, valibot_dist.YjP)()) })),
				}),
			),
		});
		function nextPage(call, link) {
			const search = void 0 === link ? "" : (URL.parse(link, call.url.href)?.search ?? "");
			return "" === search ? void 0 : { ...call, url: new URL(search, call.url) };
		}
		function endless({ doing }) {
			return new src_error.G(`Cannot ${doing} because DigitalOcean's list has no end: got ${mostPages} pages`, {
				code: "refused",
			});
		}
		function client_retryDecision(call, error) {
			if (error instanceof DigitalOceanError) {
				const canPass = 429 === error.status || (error.status >= 500 && "GET" === call.method);
				if (!canPass) return false;
				return void 0 === error.retryAfterMs ? {} : { afterMs: error.retryAfterMs };
			}
			const failure = explainNetworkFailure(error);
			return failure?.transient === true && (!failure.sent || "GET" === call.method) && {};
		}
		function explainSilence(o) {
			const failure = explainNetworkFailure(o.error);
			if (void 0 === failure) return o.error;
			const tries = o.attempts > 1 ? ` (tried ${o.attempts} times)` : "";
			const message = `Cannot ${o.purpose.doing} because ${o.call.url.origin} gave no answer: ${failure.why}${tries}`;
			return new src_error.G(message, { code: "unreachable", hint: failure.hint, cause: o.error });
		}
		function client_parseJson({ doing }, text) {
			try {
				return JSON.parse(text);
			} catch (cause) {
				const message = `Cannot ${doing} because DigitalOcean's answer is not JSON: got ${text.slice(0, 100)}`;
				throw new src_error.G(message, { code: "refused", cause });
			}
		}
		function parseBase(text) {
			const url = URL.parse(text);
			if (null === url || ("https:" !== url.protocol && "http:" !== url.protocol))
				throw client_configuration(`Cannot use DIGITALOCEAN_API_URL because it is not an https:// URL: got ${text}`);
			if ("http:" === url.protocol && !isLoopback(url.hostname))
				throw client_configuration(
					`Cannot use DIGITALOCEAN_API_URL because the token would travel unencrypted: got ${url.origin}`,
				);
			return url;
		}
		function client_configuration(message) {
			return new src_error.G(message, { code: "configuration" });
		}
		function below(base, path) {
			return new URL(base.pathname.replace(/\/+$/, "") + path, base);
		}
		const clusterSchema = (0, valibot_dist._H3)({
			id: (0, valibot_dist.YjP)(),
			name: (0, valibot_dist.YjP)(),
			status: (0, valibot_dist.cl6)(
				(0, valibot_dist._H3)({
					state: (0, valibot_dist.cl6)((0, valibot_dist.YjP)()),
					message: (0, valibot_dist.cl6)((0, valibot_dist.YjP)()),
				}),
			),
			control_plane_firewall: (0, valibot_dist.cl6)(
				(0, valibot_dist._H3)({
					enabled: (0, valibot_dist.cl6)((0, valibot_dist.zMY)()),
					allowed_addresses: (0, valibot_dist.cl6)((0, valibot_dist.YOg)((0, valibot_dist.YjP)())),
				}),
			),
		});
		const mostAddresses = 5;
		function refusalOf(cluster) {
			const because = wordsOf(cluster);
			const refuse = (why, hint) =>
				new src_error.G(`Cannot use the cluster ${cluster.name} because ${why}${because}`, { code: "refused", hint });
			switch (cluster.status?.state) {
				case "provisioning":
					return refuse("it is still being created", "Run this again in a few minutes.");
				case "deleting":
				case "deleted":
					return refuse("it is being deleted", "Set `cluster` to another one.");
				case "error":
					return refuse("it is in error", "See the cluster in DigitalOcean's control panel.");
				default:
					return;
			}
		}
		function noticeOf(cluster) {
			switch (cluster.status?.state) {
				case "upgrading":
					return `The cluster ${cluster.name} is being upgraded: its API may be away for a minute at a time, and pods move between nodes.`;
				case "degraded":
					return `The cluster ${cluster.name} is degraded${wordsOf(cluster)}: parts of it may not work.`;
				default:
					return;
			}
		}
		function silenceOf(cluster, cause) {
			const refusal = refusalOf(cluster);
			if (void 0 !== refusal) return refusal;
			const unreachable = (why, hint) =>
				new src_error.G(`Cannot reach the cluster ${cluster.name} because ${why}`, {
					code: "unreachable",
					hint,
					cause,
				});
			const again = "Run this again when it is over: what was begun is taken up, and nothing is done twice.";
			switch (cluster.status?.state) {
				case "upgrading":
					return unreachable("it is being upgraded, and its API is away meanwhile", again);
				case "degraded":
					return unreachable(`it is degraded${wordsOf(cluster)}, and its API is away`, again);
				default:
					return cluster.control_plane_firewall?.enabled === true
						? unreachable(
								`nothing answers there, and its control-plane firewall lets in only ${addressesOf(cluster)}`,
								"Run the job on a runner that has one of these addresses, or let this runner's address in. GitHub's own runners have another one in every job.",
							)
						: void 0;
			}
		}
		function addressesOf({ control_plane_firewall: firewall }) {
			const addresses = firewall?.allowed_addresses ?? [];
			if (0 === addresses.length) return "the cluster's own nodes";
			const rest = addresses.length - mostAddresses;
			return `${addresses.slice(0, mostAddresses).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
		}
		function wordsOf({ status }) {
			return status?.message ? ` (${status.message})` : "";
		}
		const credentialsSchema = (0, valibot_dist._H3)({
			server: (0, valibot_dist.cl6)((0, valibot_dist.YjP)()),
			certificate_authority_data: (0, valibot_dist.cl6)((0, valibot_dist.YjP)()),
			token: (0, valibot_dist.cl6)((0, valibot_dist.YjP)()),
			expires_at: (0, valibot_dist.cl6)((0, valibot_dist.YjP)()),
		});
		const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
		async function findCluster(api, nameOrId) {
			const cluster = uuid.test(nameOrId) ? await readCluster(api, nameOrId) : await clusterByName(api, nameOrId);
			const refusal = refusalOf(cluster);
			if (void 0 !== refusal) throw refusal;
			return cluster;
		}
		async function readCluster(api, id) {
			const { kubernetes_cluster: cluster } = await api.request({
				path: `/v2/kubernetes/clusters/${id.toLowerCase()}`,
				answer: (0, valibot_dist._H3)({ kubernetes_cluster: clusterSchema }),
				doing: `find the cluster ${id}`,
				scope: "kubernetes:read",
			});
			return cluster;
		}
		async function clusterConnection(api, { id, name }, expirySeconds) {
			const credentials = await api.request({
				path: `/v2/kubernetes/clusters/${id}/credentials`,
				query: { expiry_seconds: expirySeconds },
				answer: credentialsSchema,
				doing: `get credentials for the cluster ${name}`,
				scope: "kubernetes:access_cluster",
			});
			const { server, certificate_authority_data: ca, token, expires_at: expiresAt } = credentials;
			if (!server || !ca || !token || !expiresAt)
				throw new src_error.G(
					`Cannot use the credentials of the cluster ${name} because they are not complete: got ${Object.keys(credentials).join(", ")}`,
					{ code: "refused", hint: "A cluster that is new may need a few more minutes." },
				);
			return { server, ca: Buffer.from(ca, "base64").toString("utf8"), token, expiresAt };
		}
		async function clusterByName(api, name) {
			const doing = `find the cluster ${name}`;
			const clusters = await api.list({
				path: "/v2/kubernetes/clusters",
				key: "kubernetes_clusters",
				item: clusterSchema,
				doing,
				scope: "kubernetes:read",
			});
			const found = clusters.find((cluster) => cluster.name === name);
			if (void 0 !== found) return found;
			const names = clusters.map((cluster) => cluster.name);
			throw new src_error.G(`Cannot ${doing} because this account has no cluster of that name: got ${listOf(names)}`, {
				code: "configuration",
				hint: cluster_hintFor(name, names),
			});
		}
		function listOf(names) {
			if (0 === names.length) return "none at all";
			const rest = names.length - 10;
			return `${names.slice(0, 10).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
		}
		function cluster_hintFor(name, names) {
			const meant = (0, runner_nearest.p)(name, names);
			if (void 0 !== meant) return `Did you mean ${meant}?`;
			return "Set `cluster` to a name or id of the team that digitalocean-token belongs to.";
		}
		const explainLimitMs = 5e3;
		async function openDoks(runner, options) {
			const { log } = runner;
			const ask = (question, signal = runner.signal) => askOnce({ ...runner, signal }, options.token, question);
			const { cluster, connection } = await ask(async (api) => {
				const found = await findCluster(api, options.cluster);
				return { cluster: found, connection: await clusterConnection(api, found, options.expirySeconds) };
			});
			const notice = noticeOf(cluster);
			if (void 0 !== notice) log.warning(notice);
			const look = once(() => {
				const limit = AbortSignal.any([runner.signal, AbortSignal.timeout(explainLimitMs)]);
				return ask((api) => readCluster(api, cluster.id), limit).catch(() => void 0);
			});
			return {
				connection,
				async renew() {
					log.info(`The credentials for the cluster ${cluster.name} have expired, and are minted anew.`);
					return ask((api) => clusterConnection(api, cluster, options.expirySeconds));
				},
				async explainSilence(error) {
					const now = await look();
					return (now && silenceOf(now, error)) ?? error;
				},
			};
		}
		function once(work) {
			let underWay;
			return () =>
				(underWay ??= work().finally(() => {
					underWay = void 0;
				}));
		}
		async function askOnce(ports, token, question) {
			const api = openDigitalOcean({ ...ports, token });
			try {
				return await question(api);
			} finally {
				api.close();
			}
		}
		var cluster_inputs = __webpack_require__(9789);
		const slackMs = 9e5;
		async function openApi(runner, inputs, timeoutMs) {
			const way = (0, cluster_inputs.T)(inputs);
			const options = {
				clock: runner.clock,
				env: runner.env,
				onWarning: (text, { method }) => {
					const said = `The API server says: ${text}`;
					if ("GET" === method) runner.log.debug(said);
					else runner.log.warning(said);
				},
			};
			if ("kubeconfig" === way.by) return connect(masked(runner, readKubeconfig(way.kubeconfig)), options);
			const expirySeconds = Math.ceil((timeoutMs + slackMs) / 1e3);
			const doks = await openDoks(runner, { ...way, expirySeconds });
			return connect(masked(runner, doks.connection), {
				...options,
				renew: async () => masked(runner, await doks.renew()),
				explainSilence: (error) => doks.explainSilence(error),
			});
		}
		function masked(runner, connection) {
			if (void 0 !== connection.token) runner.mask(connection.token);
			if (void 0 !== connection.clientKey) runner.mask(connection.clientKey);
			return connection;
		}
		function newest(history) {
			return history.at(-1);
		}
		const recordLabel = "slipway.dev/record";
		const recordType = "slipway.dev/release";
		const labels_fieldManager = "slipway";
		new Set(["Namespace", "CustomResourceDefinition"]);
		var external_node_crypto_ = __webpack_require__(7598);
		function canonical(value) {
			if (null === value || "object" != typeof value || isExactInteger(value)) return JSON.stringify(value);
			if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join()}]`;
			const entries = Object.entries(value).filter(([, inner]) => void 0 !== inner);
			entries.sort(([a], [b]) => (a < b ? -1 : 1));
			return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
		}
		const parallelRequests = 16;
		var external_node_zlib_ = __webpack_require__(8522);
		function encodeObjects({ objects }) {
			return pack({ objects: objects.map(({ applied, uid, ...asked }) => asked) });
		}
		function encodeLive({ objects, leftovers = [] }) {
			const became = objects.map(({ applied, uid }) => ({ ...(applied && { applied }), ...(uid && { uid }) }));
			const live = { objects: became, leftovers };
			return pack(live);
		}
		function decodeRecord(encoded) {
			const { objects } = unpack(encoded.objects);
			const live = unpack(encoded.live);
			if (live.objects.length !== objects.length) throw new Error("its two halves do not match");
			const whole = objects.map((object, index) => ({ ...object, ...live.objects[index] }));
			return { objects: whole, leftovers: live.leftovers };
		}
		function pack(content) {
			return (0, external_node_zlib_.gzipSync)(JSON.stringify({ version: 1, ...content }));
		}
		function unpack(bytes) {
			const content = parseExactJson((0, external_node_zlib_.gunzipSync)(bytes).toString());
			if (1 !== content.version)
				throw new Error(`it has version ${String(content.version)}, and this Slipway reads version 1`);
			return content;
		}
		const outcomes = new Set(["pending", "succeeded", "failed", "timed-out", "cancelled", "unknown"]);
		const isFalse = (value) => false === value;
		const isText = (value) => "string" == typeof value;
		const isTime = (value) => "string" == typeof value && !Number.isNaN(Date.parse(value));
		const isCount = (value) => Number.isSafeInteger(value) && Number(value) > 0;
		const isRunId = (value) => "string" == typeof value && /^\d{0,20}$/.test(value);
		const optional = (check) => (value) => void 0 === value || check(value);
		function isTextMap(value) {
			return "object" == typeof value && null !== value && !Array.isArray(value) && Object.values(value).every(isText);
		}
		const shape = {
			app: isText,
			revision: isCount,
			outcome: (value) => outcomes.has(value),
			verified: optional(isTime),
			startedAt: isTime,
			finishedAt: optional(isTime),
			commit: isText,
			actor: isText,
			repository: isText,
			run: isText,
			runId: isRunId,
			runAttempt: optional(isCount),
			confirmedBy: optional(isRunId),
			images: isTextMap,
			restores: optional(isCount),
			replaces: optional(isCount),
			reason: optional(isText),
			pruned: optional(isFalse),
			watched: optional(isFalse),
			damaged: (value) => void 0 === value,
		};
		function writeSummary({ damaged, ...summary }) {
			return JSON.stringify(summary);
		}
		function readSummary(text) {
			if (void 0 === text) throw new Error("it has no summary");
			const found = parse(text);
			const wrong = Object.entries(shape).find(([field, check]) => !check(found[field]));
			if (void 0 !== wrong) {
				const [field] = wrong;
				const got = field in found ? JSON.stringify(found[field]).slice(0, 40) : "nothing";
				throw new Error(`its summary has no good "${field}": got ${got}`);
			}
			return found;
		}
		function parse(text) {
			try {
				const found = JSON.parse(text);
				if ("object" == typeof found && null !== found) return found;
			} catch {}
			throw new Error(`its summary is no JSON object: got ${text.slice(0, 40)}`);
		}
		const summaryAnnotation = "slipway.dev/release";
		const partsAnnotation = "slipway.dev/parts";
		const partBytes = 7e5;
		const maxParts = 99;
		const liveBytes = 64;
		function recordName(app, revision) {
			return `slipway.${app}.r${revision}`;
		}
		function toSecrets(record, { app, namespace }) {
			const { revision } = record.summary;
			const [objects, live] = [encodeObjects(record), encodeLive(record)];
			const reserved = (record.objects.length + (record.leftovers?.length ?? 0)) * liveBytes;
			if (reserved > partBytes || objects.length > maxParts * partBytes)
				throw record_secrets_tooLarge(app, record, objects.length);
			const secret = (name, data) => {
				const labels = { [recordLabel]: app, "app.kubernetes.io/managed-by": "slipway" };
				const encoded = Object.entries(data).map(([key, bytes]) => [key, bytes.toString("base64")]);
				const metadata = { name, namespace, labels };
				return { apiVersion: "v1", kind: "Secret", type: recordType, metadata, data: Object.fromEntries(encoded) };
			};
			const name = recordName(app, revision);
			const chunks = objects.length + reserved <= partBytes ? [] : split(objects);
			const set = setOf(objects);
			const head = secret(name, 0 === chunks.length ? { release: objects, live } : { live });
			const parts = 0 === chunks.length ? {} : { [partsAnnotation]: `${set} ${chunks.length}` };
			const annotations = { [summaryAnnotation]: writeSummary(record.summary), ...parts };
			return {
				head: { ...head, metadata: { ...head.metadata, annotations } },
				parts: chunks.map((part, index) => secret(partName(name, set, index + 1), { part })),
			};
		}
		function split(bytes) {
			const count = Math.ceil(bytes.length / partBytes);
			return Array.from({ length: count }, (_, index) => bytes.subarray(index * partBytes, (index + 1) * partBytes));
		}
		function setOf(bytes) {
			return (0, external_node_crypto_.createHash)("sha256").update(bytes).digest("hex").slice(0, 16);
		}
		function partName(head, set, part) {
			return `${head}.${set}.${part}`;
		}
		function record_secrets_tooLarge(app, { objects }, bytes) {
			const got = `got ${objects.length} objects, of ${Math.ceil(bytes / 1e6)} MB when compressed`;
			return new src_error.G(`Cannot keep a record of ${app} because it is too large: ${got}`, {
				code: "configuration",
				hint: `Split the manifests into several apps, each of ${Math.floor(partBytes / liveBytes)} objects and ${(maxParts * partBytes) / 1e6} MB at most.`,
			});
		}
		function toEndingPatch(record) {
			return { ...toSummaryPatch(record.summary), data: { live: encodeLive(record).toString("base64") } };
		}
		function toSummaryPatch(summary) {
			return { metadata: { annotations: { [summaryAnnotation]: writeSummary(summary) } } };
		}
		function partNames({ metadata }) {
			const [, set = "", count = "0"] =
				/^([0-9a-f]{16}) (\d{1,2})$/.exec(metadata.annotations?.[partsAnnotation] ?? "") ?? [];
			return Array.from({ length: Number(count) }, (_, index) => partName(metadata.name, set, index + 1));
		}
		function summaryOf({ metadata }, app) {
			const summary = readSummary(metadata.annotations?.[summaryAnnotation]);
			if (recordName(app, summary.revision) !== metadata.name || summary.app !== app)
				throw new Error(`its summary is that of ${summary.app} r${summary.revision}`);
			return summary;
		}
		function contentOf([head, ...parts]) {
			const objects =
				0 === parts.length ? bytesOf(head, "release") : Buffer.concat(parts.map((each) => bytesOf(each, "part")));
			const set = head?.metadata.annotations?.[partsAnnotation]?.split(" ")[0];
			if (void 0 !== set && setOf(objects) !== set) throw new Error("its parts are not as they were written");
			return decodeRecord({ objects, live: bytesOf(head, "live") });
		}
		function bytesOf(secret, key) {
			const data = secret?.data;
			return Buffer.from(data?.[key] ?? "", "base64");
		}
		function listRecords(secrets, app) {
			const names = new Set(secrets.map(({ metadata }) => metadata.name));
			const heads = secrets.flatMap((secret) => {
				const revision = revisionOf(secret.metadata.name, app);
				return void 0 === revision ? [] : [{ secret, revision, parts: partNames(secret) }];
			});
			const known = new Set(heads.flatMap(({ parts }) => parts));
			const isPart = (name) => /^\.r\d+\.[0-9a-f]{16}\.\d+$/.test(name.slice(`slipway.${app}`.length));
			const releases = heads.map(({ secret, revision, parts }) => {
				const missing = parts.filter((name) => !names.has(name));
				return {
					...readOrDescribe(secret, { app, revision }),
					...(0 === missing.length ? {} : { damaged: lacks(missing) }),
				};
			});
			return {
				releases: releases.sort((a, b) => a.revision - b.revision),
				parts: new Map(heads.filter(({ parts }) => parts.length > 0).map(({ revision, parts }) => [revision, parts])),
				orphans: [...names].filter((name) => name.startsWith(`slipway.${app}.`) && isPart(name) && !known.has(name)),
			};
		}
		function lacks(missing) {
			return `it lacks ${1 === missing.length ? "its part" : "its parts"} ${missing.join(", ")}`;
		}
		function revisionOf(name, app) {
			const start = `slipway.${app}.r`;
			const digits = name.startsWith(start) ? name.slice(start.length) : "";
			return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : void 0;
		}
		function readOrDescribe(secret, { app, revision }) {
			try {
				return summaryOf(secret, app);
			} catch (error) {
				const startedAt = secret.metadata.creationTimestamp ?? new Date(0).toISOString();
				const nothing = { commit: "", actor: "", repository: "", run: "", runId: "", images: {} };
				return { app, revision, outcome: "unknown", startedAt, ...nothing, damaged: error.message };
			}
		}
		function releaseStore(api, owner) {
			return new SecretStore(api, owner);
		}
		class SecretStore {
			#api;
			#owner;
			#collection;
			#parts = new Map();
			constructor(api, owner) {
				this.#api = api;
				this.#owner = owner;
				this.#collection = `/api/v1/namespaces/${owner.namespace}/secrets`;
			}
			async history() {
				return [...(await this.list()).releases];
			}
			async list() {
				const { items } = await this.#api.request({
					method: "GET",
					path: this.#collection,
					query: { labelSelector: `${recordLabel}=${this.#owner.app}` },
					accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json",
				});
				const listing = listRecords(items ?? [], this.#owner.app);
				this.#parts = listing.parts;
				return listing;
			}
			async read(revision) {
				const head = await this.#get(recordName(this.#owner.app, revision));
				try {
					const summary = summaryOf(head, this.#owner.app);
					const parts = await inParallel(partNames(head), parallelRequests, (name) => this.#getPart(name));
					return { summary, ...contentOf([head, ...parts]) };
				} catch (cause) {
					if (cause instanceof src_error.G) throw cause;
					throw damaged(head.metadata.name, this.#owner.namespace, cause);
				}
			}
			async create(record) {
				const { head, parts } = toSecrets(record, this.#owner);
				await inParallel(parts, parallelRequests, (part) =>
					this.#post(part, (stored) => canonical(stored.data) === canonical(part.data)),
				);
				await this.#post(head, (stored) => isRecordOf(stored, record.summary));
			}
			async update(record, signal) {
				await this.#patch(record.summary, toEndingPatch(record), signal);
			}
			async annotate(summary) {
				await this.#patch(summary, toSummaryPatch(summary));
			}
			async remove(revision) {
				await this.#delete(recordName(this.#owner.app, revision));
				await this.removeOrphans(this.#parts.get(revision) ?? []);
			}
			async removeOrphans(names) {
				await inParallel(names, parallelRequests, (name) => this.#delete(name));
			}
			#get(name) {
				return this.#api.request({ method: "GET", path: `${this.#collection}/${name}` });
			}
			async #getPart(name) {
				try {
					return await this.#get(name);
				} catch (error) {
					if (error instanceof api_error_ApiError && 404 === error.status) throw new Error(`it lacks its part ${name}`);
					throw error;
				}
			}
			async #post(body, isDone) {
				const query = { fieldManager: labels_fieldManager };
				const stored = this.#api.request({ method: "POST", path: this.#collection, query, body, repeatable: true });
				await unlessAnswered(409, stored, async () => isDone(await this.#get(body.metadata.name)));
			}
			async #patch({ revision }, body, signal) {
				await this.#api.request({
					method: "PATCH",
					path: `${this.#collection}/${recordName(this.#owner.app, revision)}`,
					query: { fieldManager: labels_fieldManager },
					contentType: "application/merge-patch+json",
					body,
					repeatable: true,
					...(signal && { signal }),
				});
			}
			async #delete(name) {
				const gone = this.#api.request({ method: "DELETE", path: `${this.#collection}/${name}`, repeatable: true });
				await unlessAnswered(404, gone, () => Promise.resolve(true));
			}
		}
		function isRecordOf(secret, summary) {
			try {
				return canonical(summaryOf(secret, summary.app)) === canonical(summary);
			} catch {
				return false;
			}
		}
		async function unlessAnswered(status, write, isDone) {
			try {
				await write;
			} catch (error) {
				if (!(error instanceof api_error_ApiError) || error.status !== status || !(await isDone())) throw error;
			}
		}
		function damaged(name, namespace, { message }) {
			return new src_error.G(`Cannot read the release record ${name} because it is damaged: ${message}`, {
				code: "refused",
				hint: `Look at it with "kubectl get secret ${name} -n ${namespace} -o yaml". Once it is deleted, Slipway goes on without that release.`,
			});
		}
		async function openRelease(runner, inputs) {
			const release = namedRelease(inputs);
			if (void 0 === release) return;
			const { app, revision } = release;
			const api = await openApi(runner, inputs, inputs.timeout);
			try {
				const store = releaseStore(api, release);
				const history = await store.history();
				const summary = history.find((each) => each.revision === revision);
				if (void 0 === summary) throw noRelease(release, history);
				if ("succeeded" !== summary.outcome) throw notDeployed(app, summary);
				return { summary, store, close: () => api.close() };
			} catch (error) {
				api.close();
				throw error;
			}
		}
		function namedRelease({ app, namespace, revision, cluster, kubeconfig }) {
			if (void 0 === revision && void 0 === cluster && void 0 === kubeconfig) return;
			if (void 0 !== app && void 0 !== namespace && void 0 !== revision) return { app, namespace, revision };
			const given = { app, namespace, revision };
			const missing = Object.entries(given).flatMap(([name, value]) => (void 0 === value ? [name] : []));
			throw new src_error.G(`Cannot tell which release to mark verified: got no ${missing.join(", no ")}`, {
				code: "configuration",
				hint: 'Give "app", "namespace" and "revision" as the outputs of deploy-doks have them, or none of them and no cluster.',
			});
		}
		async function markVerified({ summary, store }) {
			const release = `r${summary.revision}`;
			try {
				const history = await store.history();
				const latest = newest(history);
				const current = history.find(({ revision }) => revision === summary.revision);
				if (void 0 === current) return notMarked(release, "its record is gone");
				if (void 0 !== latest && latest !== current) {
					const actor = "" === latest.actor ? "" : ` by ${latest.actor}`;
					return notMarked(release, `r${latest.revision}${actor} was deployed meanwhile`);
				}
				await store.annotate({ ...current, verified: new Date().toISOString() });
				return { verified: true, text: `${release} is verified` };
			} catch (error) {
				if (!(error instanceof src_error.G)) throw error;
				return { verified: false, text: `${release} could not be marked verified`, error };
			}
		}
		function notMarked(release, why) {
			return { verified: false, text: `${release} is not marked verified, because ${why}` };
		}
		function noRelease({ app, namespace, revision }, history) {
			const known = history.map((each) => `r${each.revision}`).join(", ") || "no release at all";
			return new src_error.G(
				`Cannot test ${app} because there is no release r${revision} in the namespace ${namespace}: got ${known}`,
				{ code: "configuration", hint: 'Pass the output "revision" of deploy-doks.' },
			);
		}
		function notDeployed(app, { revision, outcome }) {
			return new src_error.G(`Cannot test ${app} r${revision} because its deploy did not succeed: got ${outcome}`, {
				code: "refused",
				hint: "Test a release that was deployed.",
			});
		}
		function junitReport(suite, results) {
			const failures = results.filter(({ passed }) => !passed).length;
			const longest = Math.max(0, ...results.map(({ durationMs }) => durationMs));
			const counts = `tests="${results.length}" failures="${failures}" errors="0" time="${seconds(longest)}"`;
			return [
				'<?xml version="1.0" encoding="UTF-8"?>',
				`<testsuite name="${escapeXml(suite)}" ${counts}>`,
				...results.map((result) => testCase(suite, result)),
				"</testsuite>\n",
			].join("\n");
		}
		function testCase(suite, { name, target, passed, mismatches, durationMs }) {
			const start = `  <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}" time="${seconds(durationMs)}"`;
			if (passed) return `${start}/>`;
			const message = escapeXml(mismatches.map(describeMismatch).join("; "));
			return `${start}>\n    <failure message="${message}">${escapeXml(target)}</failure>\n  </testcase>`;
		}
		function seconds(ms) {
			return (ms / 1e3).toFixed(3);
		}
		const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
		function escapeXml(text) {
			return (0, untrusted.$)(text)
				.toWellFormed()
				.replace(/[\ufffe\uffff]/g, "")
				.replace(/[&<>"']/g, (character) => entities[character] ?? character);
		}
		function smokeSubject({ app, revision, url }) {
			if (void 0 !== app) return void 0 === revision ? ` of ${app}` : ` of ${app} r${revision}`;
			return void 0 === url ? "" : ` of ${new URL(url).host}`;
		}
		function smokeJson({ app, revision, url, outcome, results, verdict, durationMs }) {
			const passed = results.filter((each) => each.passed).length;
			const document = {
				outcome,
				app,
				revision,
				verified: verdict?.verified ?? false,
				url,
				passed,
				failed: results.length - passed,
				durationMs: Math.round(durationMs),
				checks: results.map(({ hint, latencyMs, ...result }) => ({
					...result,
					durationMs: Math.round(result.durationMs),
					latencyMs: void 0 === latencyMs ? void 0 : Math.round(latencyMs),
				})),
			};
			return `${JSON.stringify(document, void 0, 2)}\n`;
		}
		const style = `
  :root { color-scheme: light dark; --page: light-dark(#fff, #0d1117); --text: light-dark(#1f2328, #f0f6fc);
    --quiet: light-dark(#59636e, #9198a1); --line: light-dark(#d1d9e0, #3d444d); --box: light-dark(#f6f8fa, #151b23);
    --good: light-dark(#1a7f37, #3fb950); --bad: light-dark(#cf222e, #f85149); }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 54rem; margin: 3rem auto; padding: 0 1.5rem;
    background: var(--page); color: var(--text); }
  h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; }
  h2 { font-size: 1rem; margin: 0; flex: 1 1 16rem; }
  p { color: var(--quiet); margin: .25rem 0 0; }
  section { border-top: 1px solid var(--line); padding: 1rem 0; margin-left: 1.75rem; }
  header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; }
  h1 + p { margin-bottom: 2rem; }
  h2::before { float: left; margin-left: -1.75rem; }
  .good h2::before { content: "✓"; color: var(--good); } .bad h2::before { content: "✗"; color: var(--bad); }
  ul { margin: .75rem 0 0; padding: .75rem 1rem; background: var(--box); border-radius: 6px; list-style: none; }
  li + li { margin-top: .5rem; }
  code { font: 12.5px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
  p, li code { color: var(--quiet); }
  h1 .good { color: var(--good); } h1 .bad { color: var(--bad); }
`;
		function smokePage(report) {
			const { outcome, results, verdict, durationMs } = report;
			const failed = results.filter(({ passed }) => !passed);
			const passed = results.filter((each) => each.passed);
			const title = `Smoke test${escapeXml(smokeSubject(report))}`;
			const verdicts = void 0 === verdict ? [] : [escapeXml(verdict.text)];
			const facts = [`${passed.length} of ${results.length} checks passed`, (0, duration.a)(durationMs), ...verdicts];
			return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: ${outcome}</title>
<style>${style}</style>
<h1>${title} <span class="${"succeeded" === outcome ? "good" : "bad"}">${outcome}</span></h1>
<p>${facts.join(" \xb7 ")}</p>
${[...failed, ...passed].map(section).join("\n")}
</html>
`;
		}
		function section({ name, target, passed, mismatches, attempts, latencyMs, share }) {
			const facts = [
				...(void 0 !== share && passed ? [`expected version on ${share.right} of ${share.of} connections`] : []),
				1 === attempts ? "1 try" : `${attempts} tries`,
				...(void 0 === latencyMs ? [] : [(0, duration.a)(latencyMs)]),
			];
			return `<section class="${passed ? "good" : "bad"}">
<header><h2>${escapeXml(name)}</h2><p>${facts.join(" \xb7 ")}</p></header>
<p><code>${escapeXml(target)}</code></p>${passed ? "" : `\n<ul>${mismatches.map(item).join("")}</ul>`}
</section>`;
		}
		function item({ is, got }) {
			return `<li>${escapeXml(is)}${void 0 === got ? "" : `<br><code>got ${escapeXml(got)}</code>`}`;
		}
		const seam = "\x3c!-- --\x3e";
		function escapeMarkdown(text) {
			return oneLine(text)
				.replace(/[&<>]/g, (character) => markdown_entities[character] ?? character)
				.replace(/[\\`*_{}[\]()!|~$^]/g, "\\$&")
				.replace(/@|#|:(?=\/\/)|www(?=\.)/gi, `$&${seam}`)
				.replace(/^(?:[-+=#]|\d+(?=\.))/, (start) =>
					1 === start.length && /\D/.test(start) ? `\\${start}` : `${start}${seam}`,
				);
		}
		const markdown_entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
		function code(text) {
			const line = oneLine(text);
			if ("" === line) return "";
			const fence = "`".repeat(longestRun(line) + 1);
			const padding = /^`|`$|^ .* $/.test(line) ? " " : "";
			return `${fence}${padding}${line}${padding}${fence}`;
		}
		function markdown_table(headers, rows) {
			const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
			return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
		}
		function cell(markdown) {
			return oneLine(markdown).replace(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|");
		}
		function oneLine(text) {
			return (0, untrusted.R)(text).replace(/\s+/g, " ").trim();
		}
		function longestRun(text) {
			return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
		}
		const signs = { succeeded: "✅", failed: "❌", "timed-out": "⌛", cancelled: "\uD83D\uDEAB", unknown: "❔" };
		function outcomeHeading(step) {
			return `## ${signs[step.outcome]} ${escapeMarkdown(step.title)}: ${step.outcome} in ${(0, duration.a)(step.durationMs)}`;
		}
		function smokeSummary(report) {
			const { outcome, results, verdict, durationMs } = report;
			const failed = results.filter(({ passed }) => !passed);
			const passed = results.filter((each) => each.passed);
			const facts = [
				`${passed.length} of ${results.length} checks passed`,
				...(void 0 === verdict ? [] : [verdict.text]),
			];
			const sections = [
				outcomeHeading({ outcome, title: `Smoke test${smokeSubject(report)}`, durationMs }),
				escapeMarkdown(facts.join(" \xb7 ")),
				markdown_table(["Check", "Result", "Tries", "Latency"], [...failed, ...passed].map(smoke_summary_row)),
			];
			return `${sections.join("\n\n")}\n`;
		}
		function smoke_summary_row({ name, target, passed, mismatches, attempts, latencyMs, share }) {
			const wrong = mismatches.map(({ is, got }) => escapeMarkdown(is) + (void 0 === got ? "" : `: got ${code(got)}`));
			const version =
				void 0 === share ? "passed" : `passed, the expected version on ${share.right} of ${share.of} connections`;
			return [
				`${passed ? "✅" : "❌"} ${escapeMarkdown(name)}<br>${code(target)}`,
				passed ? version : wrong.join("<br>"),
				String(attempts),
				void 0 === latencyMs ? "" : (0, duration.a)(latencyMs),
			];
		}
		async function writeSmokeReports(runner, report) {
			const stem = (0, external_node_path_.join)(
				runner.temp,
				`slipway-smoke-test-${(0, external_node_crypto_.randomUUID)().slice(0, 8)}`,
			);
			const paths = { report: `${stem}.html`, junit: `${stem}.xml`, summary: `${stem}.json` };
			const options = { flag: "wx", mode: 384 };
			const junit = junitReport(`Smoke test${smokeSubject(report)}`, report.results);
			await (0, promises_.writeFile)(paths.report, runner.redact(smokePage(report)), options);
			await (0, promises_.writeFile)(paths.junit, runner.redact(junit), options);
			await (0, promises_.writeFile)(paths.summary, runner.redact(smokeJson(report)), options);
			runner.addSummary(smokeSummary(report));
			return paths;
		}
		const longestRequestMs = 1e4;
		const graceMs = 1e3;
		const tellAgainMs = 5e3;
		async function run(runner, inputs) {
			const started = clock.m.now();
			const given = readChecks(runner.workspace, inputs.checks);
			const { signal } = runner;
			const reach = { clock: clock.m, signal, ms: inputs.timeout, doing: "read the release's record" };
			const release = await within_within(reach, () => openRelease(runner, inputs));
			try {
				const resolved = inputs.resolve ?? new Map();
				const checks = planChecks({ ...given, url: inputs.url, release: release?.summary, resolved });
				for (const { headers, url } of checks) credentialsIn(headers, url).forEach((secret) => runner.mask(secret));
				const results = await runChecks(runner, checks, { resolved, deadline: started + inputs.timeout });
				for (const each of results) announce(runner.log, each);
				const isGood = results.every(({ passed }) => passed);
				const verdict = isGood && void 0 !== release ? await markVerified(release) : void 0;
				if (void 0 !== verdict) announceVerdict(runner.log, inputs, verdict);
				const outcome = isGood ? (verdict?.error?.outcome ?? "succeeded") : "failed";
				await report(runner, inputs, { outcome, results, verdict, durationMs: clock.m.now() - started });
				if (verdict?.error !== void 0) throw verdict.error;
				return outcome;
			} finally {
				release?.close();
			}
		}
		async function runChecks(runner, checks, { resolved, deadline }) {
			const stopped = new AbortController();
			const signal = AbortSignal.any([runner.signal, stopped.signal]);
			const ask = (check) => {
				const leftMs = deadline + graceMs - clock.m.now();
				const mayTakeMs = Math.max(longestRequestMs, check.expect.latencyMs ?? 0);
				const timeoutMs = Math.max(1, Math.min(leftMs, mayTakeMs));
				return probe(check, { signal, env: runner.env, resolved, timeoutMs });
			};
			const onWrong = tellWaiting(runner.log);
			try {
				const run = (check) => runCheck(check, { clock: clock.m, signal, deadline, ask, onWrong });
				const ofVersions = checks.filter(({ version }) => void 0 !== version);
				const versions = new Map(ofVersions.map((check) => [check, run(check)]));
				await Promise.all(versions.values());
				return await Promise.all(checks.map((check) => versions.get(check) ?? run(check)));
			} finally {
				stopped.abort();
			}
		}
		function tellWaiting(log) {
			const told = new Map();
			return (check, mismatches) => {
				const text = mismatches.map(describeMismatch).join("; ");
				const before = told.get(check);
				const now = clock.m.now();
				if (void 0 !== before && (before.text === text || now - before.at < tellAgainMs)) return;
				told.set(check, { text, at: now });
				log.info(`waiting for ${check.name}: ${text}`);
			};
		}
		function announce(log, { name, target, passed, mismatches, hint, ...numbers }) {
			const { attempts, durationMs, share } = numbers;
			const tries = 1 === attempts ? [] : [`${attempts} tries`];
			const shares =
				void 0 !== share && passed ? [`the expected version on ${share.right} of ${share.of} connections`] : [];
			const facts = [(0, duration.a)(durationMs), ...tries, ...shares].join(", ");
			if (passed) log.info(`passed  ${name} (${facts})`);
			else {
				const lines = [`${name}: ${mismatches.map(describeMismatch).join("; ")}`, `${target} (${facts})`];
				log.error([...lines, ...(void 0 === hint ? [] : [hint])].join("\n"), { title: "Smoke test failed" });
			}
		}
		function announceVerdict(log, { app }, { verified, text }) {
			const sentence = `${app ?? ""} ${text}`;
			if (verified) log.notice(sentence);
			else log.warning(sentence);
		}
		async function report(runner, { app, revision, url }, done) {
			const paths = await writeSmokeReports(runner, { app, revision, url, ...done });
			const passed = done.results.filter((each) => each.passed).length;
			runner.setOutput("passed", passed);
			runner.setOutput("failed", done.results.length - passed);
			runner.setOutput("report", paths.report);
			runner.setOutput("junit", paths.junit);
			runner.setOutput("summary", paths.summary);
		}
	},
};
