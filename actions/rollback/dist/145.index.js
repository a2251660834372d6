export const id = 145;
export const ids = [145];
export const modules = {
	4305: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { c: () => exchange, x: () => openPool });
		var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
		var node_http__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(node_http__WEBPACK_IMPORTED_MODULE_0__);
		var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
		var node_https__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(
			node_https__WEBPACK_IMPORTED_MODULE_1__,
		);
		var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1557);
		var _network_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1862);
		var _watchdog_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(724);
		const defaultLimitMs = 3e4;
		const idleSocketMs = 2e4;
		const bodyLimit = 0x2000000;
		function openPool(protocol, env) {
			const Agent =
				"https:" === protocol
					? node_https__WEBPACK_IMPORTED_MODULE_1___default().Agent
					: node_http__WEBPACK_IMPORTED_MODULE_0___default().Agent;
			return new Agent({ keepAlive: true, timeout: idleSocketMs, proxyEnv: env });
		}
		async function exchange(call, how) {
			how.signal.throwIfAborted();
			const transport =
				"https:" === call.url.protocol
					? node_https__WEBPACK_IMPORTED_MODULE_1___default()
					: node_http__WEBPACK_IMPORTED_MODULE_0___default();
			const outgoing = transport.request(call.url, {
				method: call.method,
				headers: headersOf(call),
				agent: how.agent,
				signal: how.signal,
			});
			const onSilence = () => {
				const code = outgoing.socket?.connecting === false ? "SLIPWAY_SILENCE" : "SLIPWAY_CONNECT_TIMEOUT";
				outgoing.destroy(new _network_failure_js__WEBPACK_IMPORTED_MODULE_3__.e(code));
			};
			const dog = (0, _watchdog_js__WEBPACK_IMPORTED_MODULE_4__.M)({
				clock: how.clock,
				limitMs: how.limitMs ?? defaultLimitMs,
				onSilence,
			});
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
		function headersOf(call) {
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
				if (size > bodyLimit)
					throw new _error_js__WEBPACK_IMPORTED_MODULE_2__.G("The answer is too large to be one of an API", {
						code: "refused",
					});
				chunks.push(chunk);
			}
			return Buffer.concat(chunks).toString("utf8");
		}
	},
	5684: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			U9: () => isLoopback,
			it: () => authorization,
			ld: () => parseServer,
		});
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
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
			return new _error_js__WEBPACK_IMPORTED_MODULE_0__.G(message, {
				code: "configuration",
				hint: "Mend this entry of the kubeconfig.",
			});
		}
	},
	1862: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { N: () => explainNetworkFailure, e: () => SilenceError });
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
	},
	3716: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { H: () => inParallel });
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
	},
	4285: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			DV: () => codeBlock,
			FV: () => escapeMarkdown,
			aY: () => code,
			nf: () => link,
			tp: () => table,
			zH: () => details,
		});
		var _runner_untrusted_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1012);
		const seam = "\x3c!-- --\x3e";
		function escapeMarkdown(text) {
			return oneLine(text)
				.replace(/[&<>]/g, (character) => entities[character] ?? character)
				.replace(/[\\`*_{}[\]()!|~$^]/g, "\\$&")
				.replace(/@|#|:(?=\/\/)|www(?=\.)/gi, `$&${seam}`)
				.replace(/^(?:[-+=#]|\d+(?=\.))/, (start) =>
					1 === start.length && /\D/.test(start) ? `\\${start}` : `${start}${seam}`,
				);
		}
		const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
		function code(text) {
			const line = oneLine(text);
			if ("" === line) return "";
			const fence = "`".repeat(longestRun(line) + 1);
			const padding = /^`|`$|^ .* $/.test(line) ? " " : "";
			return `${fence}${padding}${line}${padding}${fence}`;
		}
		function link(markdown, address) {
			if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return markdown;
			const safe = new URL(address).href.replace(/[()<>|`\\*_[\]]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
			return `[${markdown}](${safe})`;
		}
		function codeBlock(text, language = "") {
			const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
			return `${fence}${language}\n${(0, _runner_untrusted_js__WEBPACK_IMPORTED_MODULE_0__.R)(text).trimEnd()}\n${fence}`;
		}
		function table(headers, rows) {
			const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
			return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
		}
		function details(summary, body) {
			const title = oneLine(summary).replace(/[&<>]/g, (character) => entities[character] ?? character);
			return `<details><summary>${title}</summary>\n\n${body.trim()}\n\n</details>`;
		}
		function cell(markdown) {
			return oneLine(markdown).replace(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|");
		}
		function oneLine(text) {
			return (0, _runner_untrusted_js__WEBPACK_IMPORTED_MODULE_0__.R)(text).replace(/\s+/g, " ").trim();
		}
		function longestRun(text) {
			return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
		}
	},
	145: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { run: () => run });
		var src_error = __webpack_require__(1557);
		var external_node_fs_ = __webpack_require__(3024);
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
		var nearest = __webpack_require__(4140);
		const content = "Give the content of a kubeconfig, such as `kubectl config view --minify --flatten` prints.";
		function refusal(why, hint = content) {
			return new src_error.G(`Cannot use the kubeconfig because ${why}`, { code: "configuration", hint });
		}
		function parseKubeconfig(text) {
			const lines = new dist.HN();
			const document = (0, dist.Tp)(text, { lineCounter: lines, prettyErrors: false });
			const [error] = document.errors;
			if (void 0 !== error) throw refusal(`it is not YAML: see its line ${lines.linePos(error.pos[0]).line}`);
			const config = resolve(document);
			if (isFields(config)) return config;
			const words = text.trim();
			if ("" === words) throw refusal("it is empty");
			if (/^[A-Za-z0-9+/=\s]+$/.test(words) && atobOrEmpty(words).includes("clusters"))
				throw refusal("it is encoded in base64", "Store it as it is: GitHub keeps secrets of several lines.");
			throw refusal(words.includes("\n") ? "it is not a map" : "it is one line of text, such as a path");
		}
		function resolve(document) {
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
				const meant = (0, nearest.p)(name, known) ?? known.join(", ");
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
		class ApiError extends src_error.G {
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
		var external_node_http_ = __webpack_require__(7067);
		var external_node_http_default = __webpack_require__.n(external_node_http_);
		var external_node_https_ = __webpack_require__(4708);
		var external_node_https_default = __webpack_require__.n(external_node_https_);
		var network_failure = __webpack_require__(1862);
		var clock = __webpack_require__(1984);
		var retry = __webpack_require__(1804);
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
		var client_address = __webpack_require__(5684);
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
			return new ApiError(status, parseStatus(text), {
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
		const retryBudgetMs = 6e4;
		const firstContactBudgetMs = 8e3;
		function isIdempotent(request) {
			if ("GET" === request.method || request.query?.dryRun === "All" || true === request.repeatable) return true;
			return "PATCH" === request.method && "application/apply-patch+yaml" === request.contentType;
		}
		function retryDecision(request, error) {
			if (error instanceof ApiError) {
				if (!isRetryableAnswer(request, error)) return false;
				return void 0 === error.retryAfterMs ? {} : { afterMs: jittered(error.retryAfterMs) };
			}
			const failure = (0, network_failure.N)(error);
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
						if (now - lastSignMs >= limitMs || now >= endMs) outgoing.destroy(new network_failure.e(code));
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
		const bodyLimit = 0x10000000;
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
					return await (0, retry.L)(attempt, {
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
					if (!(error instanceof ApiError) || 401 !== error.status || void 0 === renew) throw error;
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
				const failure = (0, network_failure.N)(error);
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
			const address = (0, client_address.ld)(connection.server);
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
				headers: { "user-agent": "slipway", ...(0, client_address.it)(connection.token) },
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
					if (bytes > bodyLimit) response.destroy(tooLarge());
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
			const message = `Cannot read the API server's answer because it is too large: got more than ${bodyLimit >> 20} MiB`;
			return new src_error.G(message, { code: "refused" });
		}
		var external_node_util_ = __webpack_require__(7975);
		function readAggregated(document) {
			if (!hasKind(document, "APIGroupDiscoveryList")) return;
			const { items = [] } = document;
			const versions = items.flatMap((item) =>
				(item.versions ?? []).map((version) => ({ ...version, group: item.metadata?.name ?? "" })),
			);
			return {
				kinds: versions.flatMap(({ group, version, resources }) =>
					(resources ?? []).map((resource) => aggregatedKind(group, version, resource)),
				),
				unavailable: versions
					.filter(({ freshness, resources }) => "Stale" === freshness && !resources?.length)
					.map(({ group, version }) => ("" === group ? version : `${group}/${version}`)),
			};
		}
		function aggregatedKind(group, version, resource) {
			return {
				group,
				version,
				kind: resource.responseKind?.kind ?? "",
				plural: resource.resource,
				namespaced: "Namespaced" === resource.scope,
				verbs: resource.verbs ?? [],
				subresources: (resource.subresources ?? []).map(({ subresource }) => subresource),
			};
		}
		function isGroupList(document) {
			return hasKind(document, "APIVersions") || hasKind(document, "APIGroupList");
		}
		function readGroupList(document) {
			if (hasKind(document, "APIVersions")) return document.versions ?? [];
			if (!hasKind(document, "APIGroupList")) return [];
			const { groups = [] } = document;
			return groups.flatMap((group) => (group.versions ?? []).map(({ groupVersion }) => groupVersion));
		}
		function readResourceList(document) {
			if (!hasKind(document, "APIResourceList")) return [];
			const { groupVersion, resources = [] } = document;
			const [group, version] = groupVersion.includes("/") ? splitOnce(groupVersion) : ["", groupVersion];
			return resources
				.filter(({ name }) => !name.includes("/"))
				.map(({ name, kind, namespaced, verbs }) => ({
					group,
					version,
					kind,
					plural: name,
					namespaced,
					verbs: verbs ?? [],
					subresources: resources.flatMap((other) =>
						other.name.startsWith(`${name}/`) ? [other.name.slice(name.length + 1)] : [],
					),
				}));
		}
		function splitOnce(text) {
			const at = text.indexOf("/");
			return [text.slice(0, at), text.slice(at + 1)];
		}
		function hasKind(document, kind) {
			return "object" == typeof document && null !== document && "kind" in document && document.kind === kind;
		}
		const accept =
			"application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";
		async function discover(api) {
			const roots = await Promise.all(["/api", "/apis"].map((path) => api.request({ method: "GET", path, accept })));
			const found = await Promise.all(
				roots.map(async (root) => readAggregated(root) ?? (await readUnaggregated(api, root))),
			);
			return makeDiscovery(
				found.flatMap((part) => part.kinds),
				found.flatMap((part) => part.unavailable),
			);
		}
		async function readUnaggregated(api, root) {
			if (!isGroupList(root)) throw notKubernetes(root);
			const unavailable = [];
			const lists = readGroupList(root).map(async (groupVersion) => {
				const path = groupVersion.includes("/") ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
				try {
					return readResourceList(await api.request({ method: "GET", path }));
				} catch (error) {
					if (!(error instanceof ApiError) || (error.status < 500 && 404 !== error.status)) throw error;
					unavailable.push(groupVersion);
					return [];
				}
			});
			return { kinds: (await Promise.all(lists)).flat(), unavailable };
		}
		function notKubernetes(root) {
			const got =
				"string" == typeof root ? root : (0, external_node_util_.inspect)(root, { depth: 1, breakLength: 1 / 0 });
			return new src_error.G(
				`Cannot ask the server what kinds it has because it does not answer as Kubernetes does: got ${got.slice(0, 100) || "an empty answer"}`,
				{ code: "refused", hint: "Check the server's address. A proxy on the way may have answered in its place." },
			);
		}
		function makeDiscovery(kinds, unavailable = []) {
			const byName = new Map(kinds.map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, kind]));
			return {
				kinds,
				unavailable,
				find: (apiVersion, kind) => byName.get(`${apiVersion} ${kind}`),
				nearest: (apiVersion, kind) => {
					const found = nearestKind(kinds, apiVersion, kind);
					return found && `${found.kind} in ${apiVersionOf(found)}`;
				},
			};
		}
		function apiVersionOf({ group, version }) {
			return "" === group ? version : `${group}/${version}`;
		}
		function nearestKind(kinds, apiVersion, kind) {
			const near = [...kinds].sort((a, b) => remoteness(a, apiVersion) - remoteness(b, apiVersion));
			const word = kind.toLowerCase();
			const same = near.find((candidate) => candidate.kind.toLowerCase() === word || candidate.plural === word);
			if (void 0 !== same) return same;
			const name = (0, nearest.p)(kind, new Set(near.map((candidate) => candidate.kind)));
			return near.find((candidate) => candidate.kind === name);
		}
		function remoteness(kind, apiVersion) {
			const unstable = /alpha|beta/.test(kind.version) ? 1 : 0;
			if (apiVersionOf(kind) === apiVersion) return 0;
			if (apiVersion.startsWith(`${kind.group}/`)) return 2 + unstable;
			if ("" === kind.group || !kind.group.includes(".")) return 4 + unstable;
			return (kind.group.endsWith(".k8s.io") ? 6 : 8) + unstable;
		}
		function collectionPath(kind, namespace) {
			const root = "" === kind.group ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
			const scope = kind.namespaced && namespace ? `/namespaces/${segment(namespace)}` : "";
			return `${root}${scope}/${kind.plural}`;
		}
		function objectPath(kind, namespace, name, subresource) {
			const path = `${collectionPath(kind, namespace)}/${segment(name)}`;
			return void 0 === subresource ? path : `${path}/${subresource}`;
		}
		function segment(name) {
			if ("" === name || "." === name || ".." === name)
				throw new RangeError(`not a name of an object: ${JSON.stringify(name)}`);
			return encodeURIComponent(name);
		}
		var within = __webpack_require__(3247);
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
		var duration = __webpack_require__(1008);
		class DigitalOceanError extends src_error.G {
			status;
			id;
			retryAfterMs;
			constructor(purpose, answer) {
				const body = error_parseBody(answer.text);
				const { why, hint, code } = explain(purpose, answer, body);
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
		function explain({ scope }, answer, { message }) {
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
		var http_exchange = __webpack_require__(4305);
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
					throw configuration("Cannot use digitalocean-token because it holds characters that no token has");
				this.#token = options.token;
				this.#base = parseBase(options.env?.DIGITALOCEAN_API_URL || publicUrl);
				this.#clock = options.clock ?? clock.m;
				this.#signal = options.signal ?? new AbortController().signal;
				this.#pool = (0, http_exchange.x)(this.#base.protocol, { ...options.env });
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
				const url = (0, client_address.U9)(this.#base.hostname)
					? below(this.#base, "/v1/oauth/revoke")
					: new URL(publicRevokeUrl);
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
					const answer = await (0, http_exchange.c)(call, {
						agent: this.#pool,
						signal: this.#signal,
						clock: this.#clock,
					});
					if (answer.status < 200 || answer.status > 299) throw new DigitalOceanError(purpose, answer);
					return "" === answer.text ? void 0 : parseJson(purpose, answer.text);
				};
				try {
					return await (0, retry.L)(attempt, {
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
			const failure = (0, network_failure.N)(error);
			return failure?.transient === true && (!failure.sent || "GET" === call.method) && {};
		}
		function explainSilence(o) {
			const failure = (0, network_failure.N)(o.error);
			if (void 0 === failure) return o.error;
			const tries = o.attempts > 1 ? ` (tried ${o.attempts} times)` : "";
			const message = `Cannot ${o.purpose.doing} because ${o.call.url.origin} gave no answer: ${failure.why}${tries}`;
			return new src_error.G(message, { code: "unreachable", hint: failure.hint, cause: o.error });
		}
		function parseJson({ doing }, text) {
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
				throw configuration(`Cannot use DIGITALOCEAN_API_URL because it is not an https:// URL: got ${text}`);
			if ("http:" === url.protocol && !(0, client_address.U9)(url.hostname))
				throw configuration(
					`Cannot use DIGITALOCEAN_API_URL because the token would travel unencrypted: got ${url.origin}`,
				);
			return url;
		}
		function configuration(message) {
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
			const meant = (0, nearest.p)(name, names);
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
		async function openCluster(runner, inputs, timeoutMs) {
			const { clock, signal } = runner;
			return (0, within.u)({ clock, signal, ms: timeoutMs, doing: "reach the cluster" }, async () => {
				const api = await openApi(runner, inputs, timeoutMs);
				return { api, discovery: await discoverOrClose(api) };
			});
		}
		async function discoverOrClose(api) {
			try {
				return await discover(api);
			} catch (error) {
				api.close();
				if (!(error instanceof ApiError)) throw error;
				const { message, code, hint } = error;
				const why = `Cannot read what the cluster has because the API server refused: got ${error.status}, ${message}`;
				throw new src_error.G(why, { code, ...(void 0 === hint ? {} : { hint }) });
			}
		}
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
		const silent = { begin: () => void 0, comment: () => void 0, during: (work) => work() };
		async function openTelling(runner, options) {
			const { token } = options;
			if (void 0 === token) return silent;
			const { tellGitHub } = await __webpack_require__.e(998).then(__webpack_require__.bind(__webpack_require__, 9998));
			return tellGitHub(runner, { ...options, token });
		}
		var external_node_crypto_ = __webpack_require__(7598);
		var promises_ = __webpack_require__(1455);
		var external_node_path_ = __webpack_require__(6760);
		const kinds = {
			config: "ConfigMap",
			configmap: "ConfigMap",
			secret: "Secret",
			persistentvolumeclaim: "PersistentVolumeClaim",
		};
		function absenceIn(message, volumes = []) {
			if (/failed to sync|timed out/.test(message)) return;
			const volume = /for volume "([^"]*)"/.exec(message)?.[1];
			const absence = (kind = "", name = "", key) => ({
				kind: kinds[kind.toLowerCase()] ?? "ConfigMap",
				name,
				...(void 0 === key ? {} : { key }),
				...(void 0 === volume ? {} : { volume }),
			});
			const inEnv = /couldn't find key (\S+) in (ConfigMap|Secret) (?:[^/\s]*\/)?(\S+)/.exec(message);
			if (null !== inEnv) return absence(inEnv[2], inEnv[3], inEnv[1]);
			const inVolume = /references non-existent (config|secret) key: (\S+)/.exec(message);
			if (null !== inVolume) {
				const { configMap, secret } = volumes.find(({ name }) => name === volume) ?? {};
				return absence(inVolume[1], configMap?.name ?? secret?.secretName, inVolume[2]);
			}
			const object = /(configmap|secret|persistentvolumeclaim)s? "([^"]*)" not found/i.exec(message);
			return null === object ? void 0 : absence(object[1], object[2]);
		}
		const meanings = {
			0: "it ended, though it should go on",
			1: "the program gave up on an error",
			2: "wrong use of a command, or an error of the program",
			125: "the container could not be run",
			126: "the command cannot be executed",
			127: "the command was not found",
			128: "the container could not be started",
			130: "interrupted (SIGINT)",
			132: "illegal instruction (SIGILL): built for another kind of processor, perhaps",
			134: "aborted (SIGABRT)",
			136: "arithmetic error (SIGFPE)",
			135: "bus error (SIGBUS)",
			137: "killed (SIGKILL): out of memory, or it did not stop in time",
			139: "segmentation fault (SIGSEGV)",
			141: "wrote to where nobody reads (SIGPIPE)",
			143: "asked to stop (SIGTERM)",
		};
		function describeExit({ exitCode, reason }) {
			const meaning = "OOMKilled" === reason ? "out of memory" : (meanings[exitCode] ?? signalOf(exitCode));
			return `exit code ${exitCode}${void 0 === meaning ? "" : ` (${meaning})`}`;
		}
		function signalOf(exitCode) {
			return exitCode > 128 && exitCode < 193 ? `killed by signal ${exitCode - 128}` : void 0;
		}
		const passing =
			/\b(429|too ?many ?requests|timeout|timed out|deadline exceeded|connection re(fused|set)|broken pipe|unexpected eof|eof|server misbehaving|tls handshake|temporar|unavailable|bad gateway|internal server error|status code[^:]*: 5\d\d|5\d\d status|unexpected status[^:]*: 5\d\d)\b/i;
		const image_pull_final =
			/\b(not found|manifest unknown|name unknown|does not exist|unauthorized|authentication required|authorization failed|no basic auth credentials|insufficient.scope|denied|forbidden|401|403|404|no match for platform|invalid reference|x509|HTTP response to HTTPS client)\b/i;
		const doubtful = /\bno such host\b/i;
		const image_pull_refusal =
			/\b(unauthorized|authentication required|authorization|no basic auth credentials|insufficient.scope|denied|forbidden|401|403)\b/i;
		function weighPullError(message) {
			const words = withoutNames(message);
			if (passing.test(words)) return "passing";
			if (doubtful.test(words)) return "doubtful";
			return image_pull_final.test(words) ? "final" : "passing";
		}
		function isRefusedPull(message) {
			return image_pull_refusal.test(withoutNames(message));
		}
		function withoutNames(message) {
			return message.replace(/"[^"]*"|[^\s"]*[/@][^\s"]*/g, (name) => (/^i\/o$/i.test(name) ? name : " "));
		}
		const wrappers = [
			/^Back-off pulling image "[^"]*":? ?/,
			/^ErrImagePull: /,
			/^rpc error: code = \w+ desc = /,
			/^failed to pull and unpack image "[^"]*": /,
			/^failed to resolve reference "[^"]*": /,
			/^failed to (create|start) containerd task: /,
			/^failed to create shim task: /,
			/^OCI runtime create failed: /,
			/^runc create failed: /,
			/^unable to start container process: /,
		];
		function causeOf(message, image = "") {
			const text = wrappers.reduce((rest, wrapper) => rest.replace(wrapper, ""), message).replace(/: unknown$/, "");
			return "" !== image && text.startsWith(`${image}: `) ? text.slice(image.length + 2) : text;
		}
		function schedulingCause(message) {
			return (message.split(/\. (?=no new claims|preemption)/, 1)[0] ?? "").replace(/\.$/, "");
		}
		function statusOf(object) {
			return fieldsOf(object.status);
		}
		function specOf(object) {
			return fieldsOf(object.spec);
		}
		function fieldsOf(value) {
			return "object" == typeof value && null !== value ? { ...value } : {};
		}
		function numberOf(value) {
			if ("number" == typeof value) return value;
			return "string" == typeof value && /^\d+$/.test(value) ? Number(value) : void 0;
		}
		function conditionOf(object, type) {
			const { conditions } = statusOf(object);
			return Array.isArray(conditions) ? conditions.find((one) => one.type === type) : void 0;
		}
		function freshConditionOf(object, type) {
			const condition = conditionOf(object, type);
			const observed = numberOf(condition?.observedGeneration);
			return void 0 === observed || observed === object.metadata.generation ? condition : void 0;
		}
		function lastChange({ metadata }) {
			const times = (metadata.managedFields ?? []).filter(({ subresource }) => void 0 === subresource);
			return times
				.map(({ time = "" }) => time)
				.sort()
				.at(-1);
		}
		function isOwnedBy(object, owner) {
			const { uid } = owner.metadata;
			return void 0 !== uid && (object.metadata.ownerReferences ?? []).some((reference) => reference.uid === uid);
		}
		function msSince(time, now) {
			const since = now.getTime() - Date.parse(time ?? "");
			return Number.isNaN(since) ? 0 : since;
		}
		function probeBudgetMs({ startupProbe, readinessProbe }) {
			return (budgetSeconds(startupProbe) + budgetSeconds(readinessProbe)) * 1e3;
		}
		function budgetSeconds(probe) {
			if (void 0 === probe) return 0;
			const { initialDelaySeconds = 0, timeoutSeconds = 1, periodSeconds = 10 } = probe;
			const { failureThreshold = 3, successThreshold = 1 } = probe;
			const rounds = Math.max(0, failureThreshold + successThreshold - 3);
			return initialDelaySeconds + timeoutSeconds + (rounds + 0.5) * periodSeconds;
		}
		const patience = { pull: 18e4, doubtful: 3e4, credentials: 3e4, config: 6e4, create: 6e4 };
		const certain = /runAsNonRoot|non-numeric user|no command specified/;
		const always = () => "final";
		const counted = ({ failures }) => (failures > 1 ? "repeated" : "passing");
		const pull = ({ message, ageMs, hasCredentials }) => {
			if (ageMs > patience.pull) return "final";
			switch (weighPullError(message)) {
				case "passing":
					return "passing";
				case "doubtful":
					return ageMs > patience.doubtful ? "final" : "passing";
				case "final":
					return hasCredentials && isRefusedPull(message) && ageMs <= patience.credentials ? "passing" : "final";
			}
		};
		const create = (facts) => {
			if (certain.test(facts.message)) return "final";
			return facts.failures <= 1 && facts.ageMs > patience.create ? "final" : counted(facts);
		};
		const config = ({ message, ageMs }) => {
			const isCertain = certain.test(message) || void 0 !== absenceIn(message);
			return isCertain || ageMs > patience.config ? "final" : "passing";
		};
		const rules = {
			InvalidImageName: always,
			ErrImageNeverPull: always,
			SignatureValidationFailed: always,
			ErrImagePull: pull,
			ImagePullBackOff: pull,
			RegistryUnavailable: pull,
			ImageInspectError: pull,
			CreateContainerConfigError: config,
			CreateContainerError: create,
			RunContainerError: create,
			ContainerCannotRun: create,
			PostStartHookError: counted,
			CrashLoopBackOff: counted,
		};
		const imageReasons = ["ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"];
		function containerTrouble(pod, container, o) {
			const { status, isLasting } = container;
			const { waiting, running, terminated } = status.state ?? {};
			if (void 0 !== running) return probeTrouble(pod, container, o.now);
			const hasFailed = void 0 !== terminated && (isLasting || 0 !== terminated.exitCode);
			const reason = hasFailed ? "CrashLoopBackOff" : (waiting?.reason ?? "");
			const rule = Object.hasOwn(rules, reason) ? rules[reason] : void 0;
			if (void 0 === rule) return;
			const isPull = rule === pull;
			const message = (isPull && pullAnswer(status, o.events)) || (waiting?.message ?? "");
			const failures = (status.restartCount ?? 0) + 1;
			const ageMs = msSince(pod.status?.startTime ?? pod.metadata.creationTimestamp, o.now);
			const hasCredentials = (pod.spec?.imagePullSecrets ?? []).length > 0;
			const absence = rule === config ? absenceIn(message) : void 0;
			return {
				weight: rule({ message, ageMs, failures, hasCredentials }),
				...container_trouble_explain(status, { reason, message, failures }),
				pod,
				container: status,
				...(void 0 === absence ? {} : { absence }),
				...(isPull && ageMs <= patience.doubtful ? { isLocal: true } : {}),
			};
		}
		function pullAnswer({ name, state }, events) {
			if (state?.waiting?.reason !== "ImagePullBackOff" || "" !== causeOf(state.waiting.message ?? "")) return;
			const failed = events.findLast(
				({ message = "", involvedObject }) =>
					message.startsWith("Failed to pull image ") && involvedObject?.fieldPath?.includes(`{${name}}`) === true,
			);
			return failed?.message?.replace(/^Failed to pull image "[^"]*": /, "");
		}
		function container_trouble_explain(status, o) {
			const { reason, message, failures } = o;
			const last = status.state?.terminated ?? status.lastState?.terminated;
			const name = `container ${status.name}`;
			if ("CrashLoopBackOff" !== reason || void 0 === last) {
				const verb = imageReasons.includes(reason) ? ` cannot get its image ${status.image ?? ""}` : "";
				return { reason, message: `${name}${verb}: ${causeOf(message, status.image) || reason}` };
			}
			if ("StartError" === last.reason || "ContainerCannotRun" === last.reason)
				return { reason: "RunContainerError", message: `${name} cannot start: ${causeOf(last.message ?? "")}` };
			const often = failures > 1 ? `keeps failing (${failures} times so far)` : "failed";
			return {
				reason: "OOMKilled" === last.reason ? last.reason : reason,
				message: `${name} ${often}: ${describeExit(last)}`,
			};
		}
		function probeTrouble(pod, { status, spec }, now) {
			if (true === status.ready || void 0 === spec) return;
			const probe = false === status.started ? spec.startupProbe : spec.readinessProbe;
			const runningMs = msSince(status.state?.running?.startedAt, now);
			if (void 0 === probe || runningMs <= probeBudgetMs(spec)) return;
			const name = false === status.started ? "startup" : "readiness";
			return {
				weight: "passing",
				reason: "ProbeNotPassing",
				message: `container ${status.name} runs, but its ${name} probe does not pass`,
				pod,
				container: status,
			};
		}
		const weights = ["final", "repeated", "passing"];
		function troubleOf(pod, related) {
			const { now, events = [] } = related;
			const own = events.filter(({ involvedObject }) => involvedObject?.uid === pod.metadata.uid);
			const found = [
				schedulingTrouble(pod, now),
				mountTrouble(pod, own),
				...podContainers(pod).map((container) => containerTrouble(pod, container, { now, events: own })),
			].filter((trouble) => void 0 !== trouble);
			return found.sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight))[0];
		}
		function podContainers({ spec, status }) {
			const restarts = (spec?.restartPolicy ?? "Always") === "Always";
			const initial = (status?.initContainerStatuses ?? []).map((one) => {
				const itsSpec = spec?.initContainers?.find(({ name }) => name === one.name);
				return { status: one, spec: itsSpec, isLasting: itsSpec?.restartPolicy === "Always" };
			});
			const main = (status?.containerStatuses ?? []).map((one) => ({
				status: one,
				spec: spec?.containers?.find(({ name }) => name === one.name),
				isLasting: restarts,
			}));
			return [...initial, ...main];
		}
		const schedulePatienceMs = 3e5;
		const youngMs = 15e3;
		function schedulingTrouble(pod, now) {
			const condition = conditionOf(pod, "PodScheduled");
			if (condition?.status !== "False" || "Unschedulable" !== condition.reason) return;
			const ageMs = msSince(condition.lastTransitionTime, now);
			const absence = absenceIn(condition.message ?? "");
			return {
				weight: void 0 !== absence || ageMs > schedulePatienceMs ? "final" : "passing",
				reason: "Unschedulable",
				message: `no node takes it: ${schedulingCause(condition.message ?? "")}`,
				pod,
				isYoung: ageMs <= youngMs,
				...(void 0 === absence ? {} : { absence }),
			};
		}
		function mountTrouble(pod, events) {
			if (podContainers(pod).some(({ status }) => hasRun(status))) return;
			const event = events.findLast(({ reason }) => "FailedMount" === reason || "FailedAttachVolume" === reason);
			if (void 0 === event) return;
			const message = event.message ?? "";
			const absence = absenceIn(message, pod.spec?.volumes);
			return {
				weight: void 0 === absence ? "passing" : "final",
				reason: event.reason ?? "FailedMount",
				message,
				pod,
				...(void 0 === absence ? {} : { absence }),
			};
		}
		function hasRun({ state, lastState, restartCount = 0 }) {
			return (
				state?.running !== void 0 ||
				state?.terminated !== void 0 ||
				lastState?.terminated !== void 0 ||
				restartCount > 0
			);
		}
		function specsOf(pod) {
			return [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])];
		}
		function inContainer({ pod, container, spec }, ...field) {
			const name = container?.name ?? spec?.name;
			const isInitial = pod?.spec?.initContainers?.some((each) => each.name === name) === true;
			return [isInitial ? "initContainers" : "containers", { name }, ...field];
		}
		function locate(value, hint) {
			const path = [];
			let here = value;
			for (const step of hint) {
				const key = "string" == typeof step ? step : indexOf(here, step);
				const next = "object" == typeof here && null !== here ? Reflect.get(here, key) : void 0;
				if (void 0 === next) break;
				path.push(key);
				here = next;
			}
			return path;
		}
		function indexOf(list, wanted) {
			return Array.isArray(list) ? list.findIndex((item) => holds(item, wanted)) : -1;
		}
		function holds(value, wanted) {
			if ("object" != typeof wanted || null === wanted) return value === wanted;
			if ("object" != typeof value || null === value) return false;
			return Object.entries(wanted).every(([key, each]) => holds(Reflect.get(value, key), each));
		}
		function absent(facts) {
			const { verdict, container, pod } = facts;
			const said = [
				container?.state?.waiting?.message ?? "",
				verdict.message,
				...facts.events.map(({ message }) => message ?? ""),
			];
			const absence =
				verdict.absence ?? said.map((text) => absenceIn(text, pod?.spec?.volumes)).find((one) => void 0 !== one);
			if (void 0 === absence) return;
			const { kind, name, key, volume } = absence;
			const field = fieldFor(facts, absence);
			const need = void 0 === volume ? "" : `, and the volume ${volume} needs it`;
			if (void 0 !== key) {
				const remedy =
					void 0 === volume ? "Add the key, or mend the container's env." : "Add the key, or mend the volume's items.";
				return { cause: `the ${kind} ${name} has no key ${key}${need}`, remedy, ...(field && { field }) };
			}
			return {
				cause: `the ${kind} ${name} does not exist${need}`,
				remedy: "Add it to what is deployed, or mend its name. It has to be in the pod's namespace.",
				...(field && { field }),
			};
		}
		function fieldFor(facts, { kind, name, key, volume }) {
			if (void 0 !== volume)
				return ["volumes", { name: volume }, ...("Secret" === kind ? ["secret", "secretName"] : ["configMap", "name"])];
			if ("PersistentVolumeClaim" === kind)
				return ["volumes", { persistentVolumeClaim: { claimName: name } }, "persistentVolumeClaim", "claimName"];
			const container = facts.spec ?? specsOf(facts.pod)[0];
			const reference = "Secret" === kind ? "secretKeyRef" : "configMapKeyRef";
			const variable = container?.env?.find((one) => refersTo(one, { reference, name, key }));
			if (void 0 !== variable)
				return inContainer(
					facts,
					"env",
					{ name: variable.name },
					"valueFrom",
					reference,
					void 0 === key ? "name" : "key",
				);
			const source = "Secret" === kind ? "secretRef" : "configMapRef";
			return inContainer(facts, "envFrom", { [source]: { name } }, source, "name");
		}
		function refersTo({ valueFrom }, o) {
			const found = valueFrom?.[o.reference];
			return found?.name === o.name && (void 0 === o.key || found.key === o.key);
		}
		function cannotBeMade(facts) {
			const words = facts.container?.state?.waiting?.message ?? "";
			const name = facts.container?.name ?? "";
			if (/runAsNonRoot|non-numeric user/.test(words))
				return {
					cause: `container ${name} may not run as root (runAsNonRoot), and its image does`,
					remedy: "Set a numeric USER in the image, or runAsUser in the manifest.",
					field: securityContext(facts.pod) ?? inContainer(facts, "securityContext"),
				};
			if (!words.includes("no command specified")) return;
			return {
				cause: `neither the image nor the manifest says what container ${name} is to run`,
				remedy: "Set command, or CMD or ENTRYPOINT in the image.",
				field: inContainer(facts, "image"),
			};
		}
		function securityContext(pod) {
			return pod?.spec?.securityContext?.runAsNonRoot === true ? ["securityContext", "runAsNonRoot"] : void 0;
		}
		function outOfMemory(facts) {
			const limit = facts.spec?.resources?.limits?.memory;
			return {
				cause: `container ${facts.container?.name ?? ""} ran out of memory${void 0 === limit ? "" : ` (its limit is ${limit})`}`,
				remedy: "Raise resources.limits.memory, or make it use less.",
				field: inContainer(facts, "resources", "limits", "memory"),
			};
		}
		function cannotStart(facts) {
			const { container, spec } = facts;
			const { waiting } = container?.state ?? {};
			const ended = container?.state?.terminated ?? container?.lastState?.terminated;
			const words = causeOf(waiting?.message || (ended?.message ?? ""));
			const name = container?.name ?? "";
			const command = /exec: "([^"]*)"/.exec(words)?.[1];
			if ("" === words) return;
			if (words.includes("exec format error"))
				return {
					cause: `container ${name} cannot start: its program is made for another kind of processor`,
					remedy: "Build the image for the platform of the nodes.",
					field: inContainer(facts, "image"),
				};
			const field = inContainer(facts, ...whatRuns(spec));
			if (void 0 !== command && /no such file|executable file not found/.test(words))
				return {
					cause: `container ${name} cannot start: its command ${command} is not in the image`,
					remedy: "Check command and args of the container, and ENTRYPOINT and CMD of the image.",
					field,
				};
			if (void 0 !== command && words.includes("permission denied"))
				return {
					cause: `container ${name} cannot start: its command ${command} may not be executed`,
					remedy: "Make the file executable in the image, or let the container run as a user who may.",
					field,
				};
			return { cause: `container ${name} cannot start: ${words}`, field };
		}
		function whatRuns(spec) {
			return spec?.command === void 0 ? (spec?.args === void 0 ? ["image"] : ["args"]) : ["command"];
		}
		const remedies = {
			0: "The container of a service must go on: a program that ends belongs into a Job.",
			126: "Make what it calls executable, or check command and args of the container.",
			127: "Check command and args of the container, and what its script calls: the image lacks it.",
			137: "Nobody said why: look at the memory of container and node, and whether it stops in time when it is asked to.",
			139: "The program itself is broken, or built for other libraries than the image has.",
		};
		function endsAgain(facts) {
			const { container, verdict } = facts;
			const ended = container?.state?.terminated ?? container?.lastState?.terminated;
			if (void 0 === container || void 0 === ended) return;
			if ("OOMKilled" === ended.reason) return outOfMemory(facts);
			const often = "BackoffLimitExceeded" === verdict.reason ? `: ${verdict.message}` : "";
			const times = (container.restartCount ?? 0) + 1;
			const again = "" === often && times > 1 ? `, ${times} times so far` : "";
			const remedy = remedies[ended.exitCode];
			return {
				cause: `container ${container.name} ends with ${describeExit(ended)}${again}${often}`,
				...(void 0 === remedy ? {} : { remedy }),
				field: inContainer(facts, ...(126 === ended.exitCode || 127 === ended.exitCode ? whatRuns(facts.spec) : [])),
			};
		}
		function registryOf(image) {
			const [first = "", ...rest] = image.split("/");
			return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : "docker.io";
		}
		function shortImage(image) {
			return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/g, "$1");
		}
		const answers = [
			[
				/no match for platform/i,
				({ image }) => ({
					cause: `the image ${image} is not made for the platform of the node`,
					remedy: "Add that platform to `platforms` where the image is built.",
				}),
			],
			[
				/\b(429|too ?many ?requests)\b/i,
				({ image, registry, words }) => ({
					cause: `${registry} gives out no more images for now, so ${image} cannot be pulled: ${words}`,
					remedy: "Pull with credentials (imagePullSecrets), for which registries allow more, or wait.",
				}),
			],
			[
				/no such host/i,
				({ image, registry }) => ({
					cause: `no name server knows the registry ${registry} of the image ${image}`,
					remedy: "Check the name of the registry.",
				}),
			],
			[
				/x509|certificate/i,
				({ registry, words }) => ({
					cause: `the node does not trust the certificate of the registry ${registry}: ${words}`,
					remedy: "Give the nodes the authority that signed it, or use a registry with a public certificate.",
				}),
			],
			[
				/HTTP response to HTTPS client/i,
				({ registry }) => ({
					cause: `the registry ${registry} speaks plain HTTP, and the node wants HTTPS`,
					remedy: "Give the registry a certificate, or tell the container runtime of the nodes about it.",
				}),
			],
			[
				/\b(401|403|unauthorized|forbidden|denied|authentication|authorization|basic auth)\b/i,
				({ image, registry, words }) => ({
					cause: `${registry} refuses to give out the image ${image}: ${words}`,
					remedy: "Give the pod credentials for it (imagePullSecrets), or renew those that it has.",
				}),
			],
			[
				/\b(not found|unknown|does not exist|404)\b/i,
				({ image, registry }) => ({
					cause: `the image ${image} is not in its registry`,
					remedy: `Check its name and its tag or digest, and that it was pushed to ${registry} and not cleaned up since.`,
				}),
			],
		];
		function pullRefused(facts) {
			const { container, events } = facts;
			const failed = events.findLast(({ message = "" }) => message.startsWith("Failed to pull image "));
			const waiting = container?.state?.waiting?.message ?? "";
			const words =
				causeOf(waiting, container?.image) ||
				causeOf(failed?.message?.replace(/^Failed to pull image "[^"]*": /, "") ?? "", container?.image);
			const image = shortImage(container?.image ?? "");
			const [, cause] = answers.find(([said]) => said.test(words)) ?? [];
			return {
				...(cause?.({ image, registry: registryOf(image), words }) ?? {
					cause: `the image ${image} cannot be pulled from ${registryOf(image)}: ${words}`,
				}),
				field: inContainer(facts, "image"),
			};
		}
		function podsRefused(facts) {
			const { message } = facts.verdict;
			return quota(message, facts) ?? range(message) ?? security(message) ?? policy(message) ?? account(message);
		}
		function amounts(text) {
			return new Map(text.split(",").map((pair) => [pair.replace(/=.*$/, ""), pair.replace(/^[^=]*=/, "")]));
		}
		function quota(message, { pod }) {
			const found = /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)$/.exec(message);
			if (null === found) return;
			const [, name = "", requested = "", used = "", limited = ""] = found;
			const [asked, inUse, hard] = [amounts(requested), amounts(used), amounts(limited)];
			const each = [...hard].map(
				([resource, most]) =>
					`${resource}: ${inUse.get(resource) ?? "?"} of ${most} in use, and a pod asks for ${asked.get(resource) ?? "?"}`,
			);
			return {
				cause: `the quota ${name} is used up (${each.join("; ")})`,
				remedy: "Raise the ResourceQuota, ask for less, or run fewer replicas.",
				...(hard.has("pods") ? {} : { field: fieldOf([...hard.keys()][0] ?? "", specsOf(pod)[0]?.name) }),
			};
		}
		function fieldOf(resource, name) {
			const [list = "requests", what = list] = resource.split(".");
			const bounds = resource.includes(".") ? list : "requests";
			return ["containers", void 0 === name ? {} : { name }, "resources", bounds, what];
		}
		function range(message) {
			const found =
				/(minimum|maximum) (\S+) usage per (Container|Pod) is ([^,\]]+?)(?:, but (request|limit) is ([^,\].]+)|\. {2}No (limit|request) is specified)/.exec(
					message,
				);
			if (null === found) return;
			const [, bound = "", resource = "", holder = "", most = "", which = "limit", got, missing] = found;
			const rule = `a LimitRange wants ${"minimum" === bound ? "at least" : "at most"} ${most} ${resource} for each ${holder.toLowerCase()}`;
			const what = missing ?? which;
			return {
				cause: void 0 === got ? `${rule}, and there is no ${what}` : `${rule}, and the ${what} is ${got}`,
				remedy: `Change resources.${what}s.${resource}, or the LimitRange of the namespace.`,
				field: ["containers", {}, "resources", `${what}s`, resource],
			};
		}
		function security(message) {
			const found = /violates PodSecurity "([^"]*)": (.*)$/s.exec(message);
			if (null === found) return;
			const [, level = "", what = ""] = found;
			return {
				cause: `the namespace takes only pods of the security level ${level}, and these are not: ${what}`,
				remedy: "Set what it names in securityContext, or another level on the namespace.",
				field: ["containers", {}, "securityContext"],
			};
		}
		function policy(message) {
			const webhook = /admission webhook "([^"]*)" denied the request: ?(.*)$/s.exec(message);
			if (null !== webhook)
				return { cause: `the admission webhook ${webhook[1] ?? ""} refuses the pods: ${webhook[2] ?? ""}` };
			const admission = /ValidatingAdmissionPolicy '([^']*)' with binding '[^']*' denied request: (.*)$/s.exec(message);
			return null === admission
				? void 0
				: { cause: `the policy ${admission[1] ?? ""} refuses the pods: ${admission[2] ?? ""}` };
		}
		function account(message) {
			const name = /serviceaccount "([^"]*)" not found/.exec(message)?.[1];
			if (void 0 === name) return;
			return {
				cause: `the ServiceAccount ${name} does not exist`,
				remedy: "Add it to what is deployed, or mend serviceAccountName.",
				field: ["serviceAccountName"],
			};
		}
		function killedByProbe(facts) {
			const { container, events } = facts;
			const name = container?.name ?? "";
			const killing = events.findLast(
				({ reason, message = "" }) => "Killing" === reason && message.startsWith(`Container ${name} failed `),
			);
			const probe = /failed (liveness|startup) probe/.exec(killing?.message ?? "")?.[1];
			if (void 0 === probe) return;
			return {
				cause: `container ${name} is stopped again and again because its ${probe} probe fails${answerOf(probe, events)}`,
				remedy:
					"Check path and port of the probe, and that it gives the program enough time (failureThreshold, startupProbe).",
				field: inContainer(facts, `${probe}Probe`),
			};
		}
		function probeAnswer(facts) {
			const { container, spec, events, verdict, pod } = facts;
			const probe = ["startup", "readiness"].find((one) => "" !== answerOf(one, events));
			if (void 0 === probe || void 0 === pod) return;
			const probed = container ?? spec ?? specsOf(pod).find((one) => void 0 !== one.readinessProbe);
			const name = probed?.name ?? "";
			const deadline =
				"ProgressDeadlineExceeded" === verdict.reason ? `${verdict.message.split(":", 1)[0] ?? ""}: ` : "";
			return {
				cause: `${deadline}container ${name} runs, but its ${probe} probe does not pass${answerOf(probe, events)}`,
				remedy: "Check path and port of the probe, and what the program waits for.",
				field: ["containers", { name }, `${probe}Probe`],
			};
		}
		function answerOf(probe, events) {
			const start = `${probe.charAt(0).toUpperCase()}${probe.slice(1)} probe failed: `;
			const message = events.findLast((event) => event.message?.startsWith(start))?.message;
			return void 0 === message ? "" : `: ${message.slice(start.length).trim()}`;
		}
		const FACTORS = {
			n: 1e-9,
			u: 1e-6,
			m: 0.001,
			"": 1,
			k: 1e3,
			M: 1e6,
			G: 1e9,
			T: 1e12,
			P: 1e15,
			E: 1e18,
			Ki: 1024,
			Mi: 2 ** 20,
			Gi: 2 ** 30,
			Ti: 2 ** 40,
			Pi: 2 ** 50,
			Ei: 2 ** 60,
		};
		const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
		function milliValue(quantity) {
			const match = QUANTITY.exec(String(quantity));
			if (null === match) return;
			const [, mantissa, suffix, exponent] = match;
			const factor = void 0 === exponent ? FACTORS[suffix ?? ""] : 10 ** Number(exponent);
			if (void 0 === factor) return;
			return Math.ceil(Number((Number(mantissa) * factor * 1e3).toPrecision(15)));
		}
		function requestOf({ spec }, resource) {
			const { containers = [], initContainers = [] } = spec ?? {};
			const sidecars = initContainers.filter(({ restartPolicy }) => "Always" === restartPolicy);
			const together = [...containers, ...sidecars].reduce((sum, one) => sum + requestedBy(one, resource), 0);
			return Math.max(together, ...initContainers.map((one) => requestedBy(one, resource)));
		}
		function requestedBy({ resources }, resource) {
			return milliValue(resources?.requests?.[resource] ?? resources?.limits?.[resource] ?? 0) ?? 0;
		}
		const binary = [
			["Ti", 2 ** 40],
			["Gi", 2 ** 30],
			["Mi", 2 ** 20],
			["Ki", 1024],
		];
		function formatAmount(resource, milli) {
			if ("cpu" === resource) return milli % 1e3 === 0 || milli > 1e4 ? String(Math.round(milli / 1e3)) : `${milli}m`;
			const value = milli / 1e3;
			if (!/memory|storage|hugepages/.test(resource)) return String(Math.floor(value));
			const [unit, size] = binary.find(([, bytes]) => value >= bytes) ?? ["", 1];
			return `${Number((value / size).toFixed(1))}${unit}`;
		}
		function lackingResources(message) {
			return [...message.matchAll(/Insufficient ([\w./-]*\w)/g)].map(([, resource = ""]) => resource);
		}
		function noNode(facts) {
			const { pod } = facts;
			if (void 0 === pod) return;
			const words = schedulingCause(conditionOf(pod, "PodScheduled")?.message ?? "");
			const lacking = lackingResources(words);
			if (lacking.length > 0) return tooLittle(facts, { pod, words, lacking });
			const missing = absent({ ...facts, events: [] });
			if (void 0 !== missing) return missing;
			const cause = `no node takes pod ${pod.metadata.name}: ${words}`;
			if (/affinity|selector/.test(words)) {
				const field = Object.keys(pod.spec?.nodeSelector ?? {}).length > 0 ? ["nodeSelector"] : ["affinity"];
				return { cause, remedy: "Check nodeSelector and affinity against the labels of the nodes.", field };
			}
			if (words.includes("taint"))
				return { cause, remedy: "Add a toleration for the taint, or use other nodes.", field: ["tolerations"] };
			return { cause };
		}
		function tooLittle({ mostFree }, { pod, words, lacking }) {
			const each = lacking.map((resource) => {
				const free = mostFree?.get(resource);
				const most =
					void 0 === free ? "" : `, and the most that is free is ${formatAmount(resource, free.milli)} on ${free.node}`;
				return `it asks for ${resource}: ${formatAmount(resource, requestOf(pod, resource))}${most}`;
			});
			return {
				cause: `no node has enough ${lacking.join(" and ")} free for pod ${pod.metadata.name} (${each.join("; ")}): ${words}`,
				remedy: "Ask for less in resources.requests, or add nodes or larger ones to the cluster.",
				field: greediest(pod, lacking[0] ?? ""),
			};
		}
		function greediest(pod, resource) {
			const asking = specsOf(pod)
				.map((spec) => ({ name: spec.name, milli: requestOf({ spec: { containers: [spec] } }, resource) }))
				.sort((a, b) => b.milli - a.milli)[0];
			const list =
				pod.spec?.initContainers?.some(({ name }) => name === asking?.name) === true ? "initContainers" : "containers";
			return [list, { name: asking?.name }, "resources", "requests", resource];
		}
		const cause_rules = {
			ErrImagePull: pullRefused,
			ImagePullBackOff: pullRefused,
			RegistryUnavailable: pullRefused,
			ErrImageNeverPull: (facts) => ({
				cause: `the image ${facts.container?.image ?? ""} is not on the node, and its pull policy is Never`,
				remedy: "Set imagePullPolicy to IfNotPresent.",
				field: inContainer(facts, "imagePullPolicy"),
			}),
			InvalidImageName: (facts) => ({
				cause: `"${facts.container?.image ?? ""}" is not the name of an image`,
				remedy: "It reads registry/path:tag or registry/path@sha256:digest, in lower case.",
				field: inContainer(facts, "image"),
			}),
			OOMKilled: outOfMemory,
			RunContainerError: cannotStart,
			CreateContainerError: (facts) => cannotBeMade(facts) ?? cannotStart(facts),
			CrashLoopBackOff: (facts) => killedByProbe(facts) ?? endsAgain(facts),
			CreateContainerConfigError: (facts) => absent(facts) ?? cannotBeMade(facts),
			FailedMount: absent,
			FailedAttachVolume: absent,
			FailedCreate: podsRefused,
			Unschedulable: noNode,
			ProbeNotPassing: probeAnswer,
			BackoffLimitExceeded: endsAgain,
		};
		function probableCause(request) {
			const { verdict } = request;
			const found = findCause(request) ?? { cause: warned(request) ?? verdict.message };
			return void 0 === verdict.limit ? found : { ...found, cause: `${verdict.limit}: ${found.cause}` };
		}
		function findCause({ verdict, pods, events, mostFree }) {
			const [pod] = pods;
			const trouble = pod && troubleOf(pod, { events, now: new Date() });
			const container = trouble?.container ?? lastEnded(pod);
			const facts = {
				verdict,
				pod,
				container,
				spec: specsOf(pod).find(({ name }) => name === container?.name),
				events: events.filter(({ involvedObject }) => involvedObject?.uid === pod?.metadata.uid),
				...(void 0 === mostFree ? {} : { mostFree }),
			};
			const rule = ruleFor(verdict.reason) ?? ruleFor(trouble?.reason ?? "ProbeNotPassing");
			return rule?.(facts);
		}
		function warned({ verdict, events, object }) {
			const warning = events.findLast(
				({ type, involvedObject }) => "Warning" === type && involvedObject?.uid === object?.metadata.uid,
			);
			const said = warning?.message?.trim();
			return void 0 === said || "" === said || verdict.message.includes(said) ? void 0 : `${verdict.message}: ${said}`;
		}
		function ruleFor(reason) {
			return Object.hasOwn(cause_rules, reason) ? cause_rules[reason] : void 0;
		}
		function lastEnded(pod) {
			const all = [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
			return all.find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
		}
		function brokenContainers({ status }) {
			const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
			const broken = all.filter(({ ready, state }) => true !== ready && state?.terminated?.exitCode !== 0);
			const telling = broken.filter(({ state }) => state?.waiting?.reason !== "PodInitializing");
			return telling.length > 0 ? telling : broken;
		}
		function describeContainer(pod, status) {
			const { state = {}, lastState = {} } = status;
			const last = state.terminated ?? lastState.terminated;
			const before = void 0 === lastState.terminated ? "" : `, before that ${describeState(status, lastState)}`;
			return {
				pod,
				container: status.name,
				image: status.image ?? "",
				state: `${describeState(status, state)}${before}`,
				reason: state.terminated?.reason ?? state.waiting?.reason ?? "",
				...(void 0 === last ? {} : { exitCode: last.exitCode }),
				restarts: status.restartCount ?? 0,
			};
		}
		function describeState({ image = "" }, { waiting, running, terminated }) {
			if (void 0 !== terminated) return `ended with ${describeExit(terminated)}`;
			if (void 0 !== running) return "running, not ready";
			if (void 0 === waiting) return "not started";
			const { reason = "", message = "" } = waiting;
			const words = "CrashLoopBackOff" === reason ? "" : causeOf(message, image);
			return `waiting: ${[reason, words].filter(Boolean).join(": ")}`;
		}
		function containerLine({ pod, container, image, state, restarts }) {
			const often = 0 === restarts ? "" : `, ${restarts} ${1 === restarts ? "restart" : "restarts"}`;
			return `${pod}, container ${container} (${shortImage(image)}): ${state}${often}`;
		}
		const echo = /^Error: (ErrImagePull|ImagePullBackOff)$/;
		const mostEvents = 8;
		function newestEvents(events) {
			const merged = new Map();
			for (const { involvedObject, type = "", reason = "", message = "", count, series } of events) {
				if (echo.test(message)) continue;
				const { kind = "", name = "" } = involvedObject ?? {};
				const text = plainly(message);
				const key = `${kind} ${reason} ${text.replaceAll(name, "").replace(/-[a-z0-9]{5}"/g, "")}`;
				const before = merged.get(key)?.count ?? 0;
				merged.delete(key);
				merged.set(key, {
					object: `${kind}/${name}`,
					type,
					reason,
					message: text,
					count: before + (series?.count ?? count ?? 1),
				});
			}
			const all = [...merged.values()];
			const warnings = all.filter(({ type }) => "Warning" === type);
			return (warnings.length > 0 ? warnings : all).slice(-mostEvents);
		}
		function plainly(message) {
			const pull = /^(Failed to pull image "([^"]*)"): (.*)$/s.exec(message);
			if (null !== pull) return `${pull[1] ?? ""}: ${causeOf(pull[3] ?? "", pull[2])}`;
			return message.replace(/^\(combined from similar events\): /, "").replace(/ in pod \S+\([0-9a-f-]+\)$/, "");
		}
		function byTime(a, b) {
			return Date.parse(timeOf(a)) - Date.parse(timeOf(b));
		}
		function timeOf({ series, lastTimestamp, eventTime, firstTimestamp, metadata }) {
			return (
				series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp ?? ""
			);
		}
		function eventLines(events) {
			return events.map(({ object, type, reason, message, count }) => {
				const often = count > 1 ? ` (${count} times)` : "";
				return `  ${"Warning" === type ? "!" : " "} ${object} ${reason}${often}: ${message}`;
			});
		}
		const pageSize = 500;
		async function listObjects(options) {
			try {
				return await readPages(options, pageSize);
			} catch (error) {
				if (!isExpired(error)) throw error;
				return readPages(options, void 0);
			}
		}
		function isExpired(error) {
			return error instanceof ApiError && 410 === error.status;
		}
		async function readPages({ api, path, query, signal }, limit) {
			const items = [];
			for (let next; ;) {
				const page = await api.request({
					method: "GET",
					path,
					query: { ...query, limit, continue: next },
					...(signal && { signal }),
				});
				for (const item of page.items ?? []) items.push(item);
				next = page.metadata?.continue || void 0;
				const { apiVersion, kind } = page;
				if (void 0 === next) return { apiVersion, kind, items, resourceVersion: page.metadata?.resourceVersion };
			}
		}
		async function readMostFree(api, o) {
			try {
				const running = "status.phase!=Succeeded,status.phase!=Failed,spec.nodeName!=";
				const [nodes, pods] = await Promise.all([
					readAll(api, "/api/v1/nodes", { signal: o.signal }),
					readAll(api, "/api/v1/pods", { fieldSelector: running, signal: o.signal }),
				]);
				return mostFree(o.resources, nodes, pods);
			} catch (error) {
				o.signal.throwIfAborted();
				if (error instanceof src_error.G) return;
				throw error;
			}
		}
		function mostFree(resources, nodes, pods) {
			const open = nodes.filter(
				(node) => node.spec?.unschedulable !== true && conditionOf(node, "Ready")?.status === "True",
			);
			const byNode = Map.groupBy(pods, ({ spec }) => spec?.nodeName ?? "");
			const found = resources.flatMap((resource) => {
				const free = open.map(({ metadata: { name }, status }) => {
					const taken = (byNode.get(name) ?? []).reduce((sum, pod) => sum + requestOf(pod, resource), 0);
					return { node: name, milli: Math.max(0, (milliValue(status?.allocatable?.[resource] ?? 0) ?? 0) - taken) };
				});
				const [most] = free.sort((a, b) => b.milli - a.milli);
				return void 0 === most ? [] : [[resource, most]];
			});
			return new Map(found);
		}
		async function readAll(api, path, { fieldSelector, signal }) {
			return (await listObjects({ api, path, query: { fieldSelector }, signal })).items;
		}
		const mostLines = 40;
		const mostBytes = 16384;
		const patienceMs = 5e3;
		async function readLogs(source, status) {
			const hasEnded = status.lastState?.terminated !== void 0;
			const order = hasEnded && status.state?.running !== void 0 ? [true, false] : hasEnded ? [false, true] : [false];
			const logs = await Promise.all(
				order.map(async (previous) => {
					const lines = await readTail(source, { container: status.name, previous });
					return { pod: source.pod, container: status.name, previous, lines };
				}),
			);
			const [first, second] = logs.filter(({ lines }) => lines.length > 0);
			const isSame = first?.lines.join("\n") === second?.lines.join("\n");
			return [first, isSame ? void 0 : second].filter((log) => void 0 !== log);
		}
		async function readTail({ api, namespace, pod, signal }, { container, previous }) {
			const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
			const query = { container, previous: previous || void 0, tailLines: mostLines };
			const limit = AbortSignal.timeout(patienceMs);
			let tail = Buffer.alloc(0);
			try {
				for await (const chunk of api.stream({ method: "GET", path, query, signal: AbortSignal.any([signal, limit]) }))
					tail = Buffer.concat([tail, chunk]).subarray(-mostBytes);
			} catch (error) {
				signal.throwIfAborted();
				if (!(error instanceof src_error.G) && !limit.aborted) throw error;
			}
			const text = tail.toString("utf8");
			const lines = (tail.length < mostBytes ? text : text.replace(/^\S*\s/, "")).split("\n");
			return lines.map((line) => line.trimEnd()).filter((line) => "" !== line);
		}
		function current(reason = "Current", message = "current") {
			return { status: "current", reason, message };
		}
		function inProgress(reason, message) {
			return { status: "in-progress", reason, message };
		}
		function failed(reason, message) {
			return { status: "failed", reason, message };
		}
		const mostFailures = 4;
		function verdictOfPods(pods, progress, related) {
			const living = pods.filter((pod) => !isLeaving(pod)).sort(byName);
			const troubles = living.map((pod) => troubleOf(pod, related)).filter((trouble) => void 0 !== trouble);
			const doom = troubles.find((trouble) => isDoom(trouble, living)) ?? endlessLoop(troubles, living.length);
			if (void 0 !== doom) return failure(doom);
			const trouble = troubles.find(({ isYoung }) => true !== isYoung);
			if (void 0 === trouble) return inProgress("InProgress", progress);
			return inProgress(trouble.reason, `${progress}; ${pods_textOf(trouble)}`);
		}
		function failure(trouble) {
			const { reason, absence } = trouble;
			return {
				...failed(reason, pods_textOf(trouble)),
				...(mayRecover(trouble) && { mayRecover: true }),
				...(void 0 === absence ? {} : { absence }),
			};
		}
		function isDoom({ weight, isLocal, container }, living) {
			if ("final" !== weight || true !== isLocal) return "final" === weight;
			return !living.some(({ status }) =>
				[...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].some(
					({ name, state }) => name === container?.name && (state?.running ?? state?.terminated) !== void 0,
				),
			);
		}
		function byName(a, b) {
			return a.metadata.name < b.metadata.name ? -1 : 1;
		}
		function endlessLoop(troubles, living) {
			const looping = troubles.filter(({ weight }) => "repeated" === weight);
			if (looping.length === living) return looping[0];
			return looping.find(({ container }) => failuresOf(container) >= mostFailures);
		}
		function mayRecover({ weight, container }) {
			const { reason, exitCode = 0 } = container?.state?.terminated ?? container?.lastState?.terminated ?? {};
			const hasGivenUp = "Error" === reason && exitCode > 0 && exitCode < 126;
			return "repeated" === weight && hasGivenUp && failuresOf(container) < mostFailures;
		}
		function failuresOf(container) {
			return (container?.restartCount ?? 0) + 1;
		}
		function pods_textOf({ pod, message }) {
			return `pod ${pod.metadata.name}: ${message}`;
		}
		function isLeaving(pod) {
			return void 0 !== pod.metadata.deletionTimestamp || pod.status?.phase === "Failed";
		}
		function isReady({ status }) {
			return (status?.conditions ?? []).some(({ type, status }) => "Ready" === type && "True" === status);
		}
		function readyText(ready, want) {
			return `${Math.min(ready, want)} of ${want} new ${1 === want ? "pod" : "pods"} ready`;
		}
		const evictions = ["Evicted", "Preempting", "Preempted", "Terminated", "NodeShutdown", "NodeLost"];
		function pod(object, related) {
			const { phase, reason = "", message = "" } = object.status ?? {};
			if ("Succeeded" === phase) return current("Succeeded", "ran to its end");
			if (isReady(object)) return current("Ready", "ready");
			const trouble = troubleOf(object, related);
			if ("Failed" === phase && !evictions.includes(reason))
				return failed(reason || "PodFailed", trouble?.message ?? (message || "the pod failed"));
			if ("Failed" === phase) return inProgress(reason, `thrown out by its node: ${message || reason}`);
			if (void 0 === trouble) return inProgress("NotReady", "Running" === phase ? "not ready yet" : "starting");
			if ("passing" === trouble.weight) return inProgress(trouble.reason, trouble.message);
			return { ...failure(trouble), message: trouble.message };
		}
		const replica_failure_patience = { passing: 6e4, quota: 18e4 };
		const replica_failure_passing =
			/serviceaccount "default" not found|status unknown for quota|failed calling webhook|timed out|timeout|connection refused|etcdserver|object has been modified/;
		function replicaFailure(creator, o) {
			const refusal = replica_failure_refusalOf(creator, o.related);
			if (void 0 === refusal) return;
			const ageMs = msSince(refusal.since, o.related.now);
			const mayPass = replica_failure_passing.test(refusal.message)
				? ageMs < replica_failure_patience.passing
				: o.mayFree && refusal.message.includes("exceeded quota") && ageMs < replica_failure_patience.quota;
			return mayPass
				? inProgress("FailedCreate", `${o.progress}; ${refusal.message}`)
				: failed("FailedCreate", refusal.message);
		}
		function replica_failure_refusalOf(creator, { events = [] }) {
			const condition = conditionOf(creator, "ReplicaFailure");
			if (condition?.status === "True")
				return { message: condition.message ?? "pods cannot be created", since: condition.lastTransitionTime };
			const changed = lastChange(creator);
			const event = events.findLast(
				(one) =>
					"FailedCreate" === one.reason &&
					one.involvedObject?.uid === creator.metadata.uid &&
					msBetween(changed, one.lastTimestamp ?? one.eventTime) >= 0,
			);
			if (void 0 === event || void 0 === creator.metadata.uid) return;
			const message = (event.message ?? "")
				.replace(/^\(combined from similar events\): /, "")
				.replace(/^(Error creating: |create Pod \S+ in StatefulSet \S+ failed error: )/, "");
			return { message, since: event.firstTimestamp ?? event.eventTime ?? void 0 };
		}
		function msBetween(from, to) {
			const ms = Date.parse(to ?? "") - Date.parse(from ?? "");
			return Number.isNaN(ms) ? 0 : ms;
		}
		const revisionAnnotation = "deployment.kubernetes.io/revision";
		function deployment(object, related) {
			const want = wanted(object);
			if (isComplete(object, want)) return current("Current", readyText(want, want));
			if (true === specOf(object).paused) return current("Paused", "paused: nothing is rolled out until it is resumed");
			const latest = byReplicaSet(object, related);
			const seconds = numberOf(specOf(object).progressDeadlineSeconds) ?? 600;
			if ("failed" === latest.status || !isOverdue(object, { seconds, now: related.now })) return latest;
			return failed("ProgressDeadlineExceeded", `no progress within ${seconds} s: ${latest.message}`);
		}
		function byReplicaSet(object, related) {
			const want = wanted(object);
			const newest = newestReplicaSet(object, related.replicaSets);
			const old = countOf(object, "replicas") - countOf(object, "updatedReplicas");
			const progress = progressText({ ready: newest?.status?.readyReplicas ?? 0, want, old });
			if (void 0 === newest) return inProgress("InProgress", progress);
			const pods = related.pods.filter((pod) => isOwnedBy(pod, newest));
			const byPods = verdictOfPods(pods, progress, related);
			if ("failed" === byPods.status) return byPods;
			return replicaFailure(newest, { progress, mayFree: mayFree(object, related), related }) ?? byPods;
		}
		function wanted(object) {
			return numberOf(specOf(object).replicas) ?? 1;
		}
		function isComplete(object, want) {
			const counts = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas"];
			const progress = conditionOf(object, "Progressing")?.reason ?? "NewReplicaSetAvailable";
			return (
				counts.every((name) => countOf(object, name) === want) &&
				["NewReplicaSetAvailable", "DeploymentPaused"].includes(progress) &&
				conditionOf(object, "Available")?.status !== "False"
			);
		}
		function isOverdue(object, { seconds, now }) {
			const { reason, status, lastUpdateTime } = conditionOf(object, "Progressing") ?? {};
			if ("False" !== status || "ProgressDeadlineExceeded" !== reason) return false;
			const changed = lastChange(object);
			const isOfToday = void 0 === changed || void 0 === lastUpdateTime || lastUpdateTime > changed;
			return isOfToday || msSince(changed, now) > 1e3 * seconds;
		}
		function mayFree(object, related) {
			if (related.pods.some(({ metadata }) => void 0 !== metadata.deletionTimestamp)) return true;
			const old = countOf(object, "replicas") - countOf(object, "updatedReplicas");
			const strategy = fieldsOf(specOf(object).strategy);
			if (old <= 0 || "Recreate" === strategy.type) return old > 0;
			const want = wanted(object);
			const spare = Math.floor(shareOf(fieldsOf(strategy.rollingUpdate).maxUnavailable ?? "25%", want));
			return spare > 0 || countOf(object, "replicas") > want;
		}
		function shareOf(value, whole) {
			const percent = /^(\d+)%$/.exec(String(value))?.[1];
			return void 0 === percent ? (numberOf(value) ?? 0) : (Number(percent) / 100) * whole;
		}
		function countOf(object, name) {
			return numberOf(statusOf(object)[name]) ?? 0;
		}
		function progressText({ ready, want, old }) {
			const left = old > 0 ? `, ${old} old ${1 === old ? "one" : "ones"} left` : "";
			return readyText(ready, want) + left;
		}
		function newestReplicaSet(object, replicaSets) {
			const revision = object.metadata.annotations?.[revisionAnnotation];
			if (void 0 === revision) return;
			return replicaSets.find(
				(one) => isOwnedBy(one, object) && one.metadata.annotations?.[revisionAnnotation] === revision,
			);
		}
		const told_pods_weights = ["final", "repeated", "passing", void 0];
		function ownerOfPods(object, replicaSets) {
			return newestReplicaSet(object, replicaSets) ?? object;
		}
		function podsToTell(object, owner, pods) {
			const now = new Date();
			const own = pods
				.filter((pod) => pod.metadata.uid === object.metadata.uid || isOwnedBy(pod, owner))
				.filter((pod) => void 0 === pod.metadata.deletionTimestamp)
				.map((pod) => ({ pod, weight: troubleOf(pod, { now })?.weight }))
				.sort((a, b) => told_pods_weights.indexOf(a.weight) - told_pods_weights.indexOf(b.weight));
			const inTrouble = own.filter(({ weight }) => void 0 !== weight);
			return (inTrouble.length > 0 ? inTrouble : own.filter(({ pod }) => !told_pods_isReady(pod))).map(
				({ pod }) => pod,
			);
		}
		function told_pods_isReady({ status }) {
			return (status?.conditions ?? []).some((condition) => "Ready" === condition.type && "True" === condition.status);
		}
		const template = ["spec", "template"];
		const templatePaths = {
			Pod: [],
			Deployment: template,
			ReplicaSet: template,
			StatefulSet: template,
			DaemonSet: template,
			ReplicationController: template,
			Job: template,
			CronJob: ["spec", "jobTemplate", "spec", "template"],
		};
		const customPaths = [template, ["spec", "jobTargetRef", "template"]];
		function podTemplatePath(object) {
			if (!isCustom(object)) return Object.hasOwn(templatePaths, object.kind) ? templatePaths[object.kind] : void 0;
			return customPaths.find((path) => Array.isArray(valueAt(object, [...path, "spec", "containers"])));
		}
		function isCustom({ apiVersion }) {
			const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
			return group.includes(".") && !group.endsWith(".k8s.io");
		}
		function podTemplateOf(object) {
			const path = podTemplatePath(object);
			const value = void 0 === path ? void 0 : valueAt(object, path);
			return null !== value && "object" == typeof value ? value : void 0;
		}
		function valueAt(object, path) {
			let value = object;
			for (const key of path) {
				if (null === value || "object" != typeof value) return;
				value = value[key];
			}
			return value;
		}
		function containersOf(podTemplate) {
			return ["initContainers", "containers"].flatMap((list) => {
				const containers = podTemplate.spec?.[list];
				if (!Array.isArray(containers)) return [];
				return containers.map((container, index) => ({ container, path: ["spec", list, index] }));
			});
		}
		const mostValues = 30;
		function selectByName(objects) {
			const [only, ...others] = objects;
			return void 0 === only || others.length > 0 ? {} : { fieldSelector: `metadata.name=${only.metadata.name}` };
		}
		function selectByLabels(workloads) {
			const all = workloads.map(labelsSelectedBy);
			const [first = {}] = all;
			for (const key of Object.keys(first)) {
				const values = new Set(all.map((labels) => labels[key]));
				if (values.size <= mostValues && [...values].every((value) => "string" == typeof value))
					return { labelSelector: `${key} in (${[...values].join(",")})` };
			}
			return {};
		}
		function labelsSelectedBy(workload) {
			const selector = fieldsOf(specOf(workload).selector);
			return "ReplicationController" === workload.kind ? selector : fieldsOf(selector.matchLabels);
		}
		var watchdog = __webpack_require__(724);
		class MalformedLineError extends Error {}
		const longestLine = 0x2000000;
		const newline = 10;
		const utf8 = new TextDecoder("utf-8", { fatal: true });
		async function* watchEvents(stream, onSign = () => void 0) {
			for await (const line of splitLines(stream, onSign)) if (line.byteLength > 0) yield parseEvent(line);
		}
		async function* splitLines(stream, onSign) {
			let parts = [];
			let size = 0;
			for await (const chunk of stream) {
				onSign();
				let start = 0;
				for (let end = chunk.indexOf(newline); -1 !== end; end = chunk.indexOf(newline, start)) {
					yield Buffer.concat([...parts, chunk.subarray(start, end)]);
					parts = [];
					size = 0;
					start = end + 1;
				}
				parts.push(chunk.subarray(start));
				size += chunk.byteLength - start;
				if (size > longestLine)
					throw new MalformedLineError(`A line of the watch is longer than ${longestLine >> 20} MiB`);
			}
		}
		function parseEvent(line) {
			try {
				const event = JSON.parse(utf8.decode(line));
				if (isEvent(event)) return event;
			} catch (cause) {
				throw malformed(line, cause);
			}
			throw malformed(line);
		}
		function isEvent(value) {
			if ("object" != typeof value || null === value || !("type" in value) || !("object" in value)) return false;
			const { type, object } = value;
			if ("ERROR" === type) return isStatus(object);
			if ("ADDED" !== type && "MODIFIED" !== type && "DELETED" !== type && "BOOKMARK" !== type) return false;
			return "object" == typeof object && null !== object && "metadata" in object && "object" == typeof object.metadata;
		}
		function malformed(line, cause) {
			const start = Buffer.from(line.subarray(0, 80)).toString("utf8");
			return new MalformedLineError(`A line of the watch is not an event: got ${JSON.stringify(start)}`, { cause });
		}
		const watchSeconds = 240;
		const watch_silenceLimitMs = 75e3;
		const shortestPauseMs = 100;
		const longestPauseMs = 1e4;
		async function startInformer(options) {
			const reflector = new Reflector(options);
			await reflector.list();
			reflector.follow();
			return reflector;
		}
		class Reflector {
			objects = new Map();
			#failure = new AbortController();
			#stop = new AbortController();
			#options;
			#clock;
			#signal;
			#resourceVersion;
			#pauseMs = 0;
			constructor(options) {
				this.#options = options;
				this.#clock = options.clock ?? clock.m;
				this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
			}
			get failed() {
				return this.#failure.signal;
			}
			stop() {
				this.#stop.abort(new Error("the informer was stopped"));
			}
			async follow() {
				while (!this.#signal.aborted && !this.failed.aborted)
					try {
						if (this.#pauseMs > 0) await this.#clock.sleep(this.#pauseMs, this.#signal);
						if (void 0 === this.#resourceVersion) await this.list();
						await this.#watch();
					} catch (error) {
						this.#interrupted(error);
					}
			}
			async list() {
				const { api, path, query } = this.#options;
				const list = await listObjects({ api, path, query: { ...query }, signal: this.#signal });
				const objects = new Map(list.items.map((item) => [keyOf(item), withKind(item, list)]));
				for (const [key, known] of [...this.objects]) if (!objects.has(key)) this.#remove(key, known);
				for (const [key, object] of objects) this.#put(key, object);
				this.#resourceVersion = list.resourceVersion;
			}
			async #watch() {
				const start = this.#clock.now();
				const request = {
					method: "GET",
					path: this.#options.path,
					query: {
						...this.#options.query,
						watch: true,
						allowWatchBookmarks: true,
						resourceVersion: this.#resourceVersion,
						timeoutSeconds: watchSeconds,
					},
				};
				const silence = new AbortController();
				const onSilence = () => silence.abort(silenceError(this.#options.path));
				const dog = (0, watchdog.M)({ clock: this.#clock, limitMs: watch_silenceLimitMs, onSilence });
				try {
					const stream = this.#options.api.stream({
						...request,
						signal: AbortSignal.any([this.#signal, silence.signal]),
					});
					for await (const event of watchEvents(stream, () => dog.beat())) this.#take(event);
				} finally {
					dog.stop();
				}
				if (this.#clock.now() - start < 1e3) this.#growPause();
			}
			#take(event) {
				switch (event.type) {
					case "ERROR":
						throw new ApiError(event.object.code ?? 500, event.object);
					case "DELETED":
						this.#remove(keyOf(event.object), event.object);
						break;
					case "ADDED":
					case "MODIFIED":
						this.#put(keyOf(event.object), event.object);
						break;
					case "BOOKMARK":
						break;
				}
				this.#resourceVersion = event.object.metadata.resourceVersion ?? this.#resourceVersion;
				this.#pauseMs = 0;
			}
			#put(key, object) {
				let known = this.objects.get(key);
				if (void 0 !== known && known.metadata.uid !== object.metadata.uid) {
					this.#remove(key, known);
					known = void 0;
				}
				if (void 0 !== known && known.metadata.resourceVersion === object.metadata.resourceVersion) return;
				this.objects.set(key, object);
				this.#options.onEvent?.({ type: void 0 === known ? "ADDED" : "MODIFIED", object });
			}
			#remove(key, object) {
				if (this.objects.delete(key)) this.#options.onEvent?.({ type: "DELETED", object });
			}
			#interrupted(error) {
				if (this.#signal.aborted) return;
				if (!isPassing(error)) return void this.#failure.abort(error);
				if (error instanceof MalformedLineError || isExpired(error)) this.#resourceVersion = void 0;
				this.#options.onInterruption?.(error);
				this.#growPause();
			}
			#growPause() {
				this.#pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, 2 * this.#pauseMs));
			}
		}
		function withKind(item, list) {
			return { ...item, apiVersion: list.apiVersion, kind: list.kind.replace(/List$/, "") };
		}
		function keyOf({ metadata }) {
			return void 0 === metadata.namespace ? metadata.name : `${metadata.namespace}/${metadata.name}`;
		}
		function isPassing(error) {
			if (error instanceof ApiError) return 410 === error.status || 429 === error.status || error.status >= 500;
			return error instanceof MalformedLineError || (error instanceof src_error.G && "unreachable" === error.code);
		}
		function silenceError(path) {
			const seconds = watch_silenceLimitMs / 1e3;
			return new src_error.G(`Cannot watch ${path} because the API server went silent: got nothing for ${seconds} s`, {
				code: "unreachable",
			});
		}
		const podKind = watches_kindOf("", "Pod", "pods");
		const replicaSetKind = watches_kindOf("apps", "ReplicaSet", "replicasets");
		const workloadKinds = [
			"apps/v1 Deployment",
			"apps/v1 StatefulSet",
			"apps/v1 DaemonSet",
			"apps/v1 ReplicaSet",
			"v1 ReplicationController",
			"batch/v1 Job",
		];
		function isWorkload({ apiVersion, kind }) {
			return workloadKinds.includes(`${apiVersion} ${kind}`);
		}
		class Watches {
			#options;
			#targets = new Map();
			#pods = [];
			#replicaSets = [];
			constructor(options) {
				this.#options = options;
			}
			async start(objects) {
				const groups = Map.groupBy(objects, groupKey);
				const workloads = Map.groupBy(objects.filter(isWorkload), ({ metadata }) => metadata.namespace ?? "");
				await Promise.all([
					...[...groups].map(([key, group]) => this.#startTargets(key, group)),
					...[...workloads].map(([namespace, group]) => this.#startRelated(namespace, group)),
				]);
			}
			find(object) {
				const { namespace, name } = object.metadata;
				const key = void 0 === namespace ? name : `${namespace}/${name}`;
				return this.#targets.get(groupKey(object))?.objects.get(key);
			}
			throwIfFailed() {
				for (const { failed } of this.#targets.values()) failed.throwIfAborted();
			}
			get pods() {
				return this.#pods.flatMap((informer) => [...informer.objects.values()]);
			}
			get replicaSets() {
				return this.#replicaSets.flatMap((informer) => [...informer.objects.values()]);
			}
			stop() {
				for (const informer of [...this.#targets.values(), ...this.#pods, ...this.#replicaSets]) informer.stop();
			}
			async #startTargets(key, objects) {
				const [first] = objects;
				const kind = first && this.#options.kinds.find(first.apiVersion, first.kind);
				if (void 0 === kind) return;
				this.#targets.set(key, await this.#inform(kind, first?.metadata.namespace, selectByName(objects)));
			}
			async #startRelated(namespace, workloads) {
				const deployments = workloads.filter(({ kind }) => "Deployment" === kind);
				await Promise.all([
					this.#unlessForbidden("pods", async () => {
						this.#pods.push(await this.#inform(podKind, namespace, selectByLabels(workloads)));
					}),
					this.#unlessForbidden("replicasets", async () => {
						if (0 === deployments.length) return;
						this.#replicaSets.push(await this.#inform(replicaSetKind, namespace, selectByLabels(deployments)));
					}),
				]);
			}
			async #unlessForbidden(what, start) {
				try {
					await start();
				} catch (error) {
					if (!(error instanceof ApiError) || 403 !== error.status) throw error;
					this.#options.onBlind(what, error);
				}
			}
			#inform(kind, namespace, query) {
				const { api, clock, signal, onChange } = this.#options;
				const path = collectionPath(kind, namespace);
				const onEvent = ({ object }) => {
					forgetOwners(object);
					onChange(object);
				};
				return startInformer({ api, path, query, clock, signal, onEvent });
			}
		}
		function forgetOwners({ metadata }) {
			if (void 0 === metadata.managedFields) return;
			metadata.managedFields = metadata.managedFields.map(({ fieldsV1: _, ...entry }) => entry);
		}
		function groupKey({ apiVersion, kind, metadata }) {
			return `${apiVersion} ${kind} ${metadata.namespace ?? ""}`;
		}
		function watches_kindOf(group, kind, plural) {
			return { group, version: "v1", kind, plural, namespaced: true, verbs: [], subresources: [] };
		}
		const mostPods = 2;
		async function collectEvidence(request) {
			const { api, object, verdict, signal = new AbortController().signal } = request;
			const { namespace } = object.metadata;
			if (void 0 === namespace) return { cause: verdict.message, containers: [], events: [], logs: [] };
			const read = reader(api, namespace, signal);
			const { pods, owner } = await readPods(object, read);
			const told = podsToTell(object, owner, pods).slice(0, mostPods);
			const [events, logs, mostFree] = await Promise.all([
				readEvents([object, owner, ...told], read),
				readLogsOf(told[0], { api, namespace, signal }),
				readLacking(told[0], { api, signal }),
			]);
			const { field, ...cause } = probableCause({ verdict, pods: told, events, object, mostFree });
			const root = podTemplatePath(object);
			return {
				...cause,
				...(void 0 === field || void 0 === root ? {} : { field: [...root, "spec", ...field] }),
				containers: told.flatMap((pod) =>
					brokenContainers(pod).map((one) => describeContainer(pod.metadata.name, one)),
				),
				events: newestEvents(events),
				logs,
			};
		}
		const evidence_podKind = ["/api/v1", "pods"];
		const eventKind = ["/api/v1", "events"];
		const evidence_replicaSetKind = ["/apis/apps/v1", "replicasets"];
		function reader(api, namespace, signal) {
			return async ([root, plural], query) => {
				try {
					const request = { method: "GET", path: `${root}/namespaces/${namespace}/${plural}`, query, signal };
					return (await api.request(request)).items ?? [];
				} catch (error) {
					signal.throwIfAborted();
					if (error instanceof src_error.G) return [];
					throw error;
				}
			};
		}
		async function readPods(object, read) {
			if ("Pod" === object.kind) return { pods: await read(evidence_podKind, selectByName([object])), owner: object };
			if (!isWorkload(object)) return { pods: [], owner: object };
			const selection = selectByLabels([object]);
			const [pods, replicaSets] = await Promise.all([
				read(evidence_podKind, selection),
				"Deployment" === object.kind ? read(evidence_replicaSetKind, selection) : [],
			]);
			return { pods, owner: ownerOfPods(object, replicaSets) };
		}
		async function readEvents(about, read) {
			const uids = new Set(about.flatMap(({ metadata }) => metadata.uid ?? []));
			const lists = [...uids].map((uid) => read(eventKind, { fieldSelector: `involvedObject.uid=${uid}` }));
			return (await Promise.all(lists)).flat().sort(byTime);
		}
		async function readLacking(pod, o) {
			const { status, message = "" } = (pod && conditionOf(pod, "PodScheduled")) ?? {};
			const resources = "False" === status ? lackingResources(message) : [];
			return 0 === resources.length ? void 0 : readMostFree(o.api, { resources, signal: o.signal });
		}
		async function readLogsOf(pod, source) {
			if (void 0 === pod) return [];
			const logs = brokenContainers(pod).map((status) => readLogs({ ...source, pod: pod.metadata.name }, status));
			return (await Promise.all(logs)).flat();
		}
		function lastWords({ logs }) {
			const lines = logs[0]?.lines ?? [];
			const error = lines.findLast((line) =>
				/^\s*(?:[\w.$]*(?:Error|Exception)\b|(?:uncaught|fatal|panic|error)\b)/i.test(line),
			);
			return (error ?? lines.at(-1))?.trim();
		}
		function describeEvidence({ containers, events, logs }) {
			return [
				...containers.map(containerLine),
				...(0 === events.length ? [] : ["Events:", ...eventLines(events)]),
				...logs.flatMap(({ pod, container, previous, lines }) => [
					`Last lines of ${pod}, container ${container}${previous ? ", the run before" : ""}:`,
					...lines.map((line) => `  ${line}`),
				]),
			];
		}
		const brief = { containers: 3, events: 4, logs: [14, 5], columns: 240 };
		function inBrief({ containers, events, logs, ...rest }) {
			const cut = (text) => (text.length > brief.columns ? `${text.slice(0, brief.columns - 1)}…` : text);
			return {
				...rest,
				containers: containers.slice(0, brief.containers).map((each) => ({ ...each, state: cut(each.state) })),
				events: events.slice(-brief.events).map((each) => ({ ...each, message: cut(each.message) })),
				logs: brief.logs.flatMap((most, index) => {
					const log = logs[index];
					return void 0 === log ? [] : [{ ...log, lines: log.lines.slice(-most).map(cut) }];
				}),
			};
		}
		function conceal(evidence, hide) {
			const { cause, remedy, containers, events, logs } = evidence;
			return {
				...evidence,
				cause: hide(cause),
				...(void 0 === remedy ? {} : { remedy: hide(remedy) }),
				containers: containers.map((each) => ({ ...each, state: hide(each.state) })),
				events: events.map((each) => ({ ...each, message: hide(each.message) })),
				logs: logs.map((each) => ({ ...each, lines: each.lines.map(hide) })),
			};
		}
		function release_object_nameOf(object) {
			return `${object.kind}/${object.metadata.name}`;
		}
		function release_object_keyOf(object) {
			const group = object.apiVersion.includes("/") ? object.apiVersion.slice(0, object.apiVersion.indexOf("/")) : "";
			return `${group}/${object.kind}/${object.metadata.namespace ?? ""}/${object.metadata.name}`;
		}
		const mostCells = 1e6;
		function diffLines(before, after) {
			let start = 0;
			while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
			let end = 0;
			const most = Math.min(before.length, after.length) - start;
			while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
			const both = (lines) => lines.map((text) => ({ sign: " ", text }));
			return [
				...both(before.slice(0, start)),
				...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
				...both(before.slice(before.length - end)),
			];
		}
		function diffMiddle(before, after) {
			const removed = (texts) => texts.map((text) => ({ sign: "-", text }));
			const added = (texts) => texts.map((text) => ({ sign: "+", text }));
			if (before.length * after.length > mostCells) return [...removed(before), ...added(after)];
			const common = commonLengths(before, after);
			const lines = [];
			let [i, j] = [0, 0];
			while (i < before.length && j < after.length)
				if (before[i] === after[j]) {
					lines.push({ sign: " ", text: before[i] ?? "" });
					i++;
					j++;
				} else if ((common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) lines.push(...removed(before.slice(i, ++i)));
				else lines.push(...added(after.slice(j, ++j)));
			return [...lines, ...removed(before.slice(i)), ...added(after.slice(j))];
		}
		function commonLengths(before, after) {
			const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
			for (let i = before.length - 1; i >= 0; i--)
				for (let j = after.length - 1; j >= 0; j--) {
					const [row, next] = [rows[i], rows[i + 1]];
					if (void 0 !== row && void 0 !== next)
						row[j] = before[i] === after[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
				}
			return rows;
		}
		function withContext(lines, around = 2) {
			const isNear = (index) =>
				lines.slice(Math.max(0, index - around), index + around + 1).some(({ sign }) => " " !== sign);
			const result = [];
			for (const [index, line] of lines.entries())
				if (0 === index || isNear(index)) result.push(line);
				else if (result.at(-1)?.text.trim() !== "…")
					result.push({ sign: " ", text: `${/^\s*/.exec(line.text)?.[0] ?? ""}…` });
			return result;
		}
		const maxFields = 8;
		const maxObjects = 60;
		const maxValue = 100;
		function countChanges(changes) {
			const words = {
				create: "to create",
				update: "to update",
				delete: "to delete",
				skip: "left alone",
				unchanged: "unchanged",
			};
			const counts = Object.entries(words).flatMap(([action, word]) => {
				const count = changes.filter((change) => change.action === action).length;
				return 0 === count ? [] : [`${count} ${word}`];
			});
			return 0 === counts.length ? "nothing to do" : counts.join(", ");
		}
		function planLines(changes) {
			const told = changes.filter(({ action }) => "unchanged" !== action);
			const width = Math.max(0, ...told.map(({ object }) => object.length));
			const lines = told.slice(0, maxObjects).flatMap((change) => {
				const fields = change.fields
					.slice(0, maxFields)
					.flatMap((field) => fieldLines(field).map((line) => `            ${line}`));
				const more =
					change.fields.length > maxFields ? [`            and ${change.fields.length - maxFields} more fields`] : [];
				return [
					`  ${change.action.padEnd(8)}${change.object.padEnd(width)}  ${noteOf(change)}`.trimEnd(),
					...fields,
					...more,
				];
			});
			return told.length > maxObjects ? [...lines, `  and ${told.length - maxObjects} more objects`] : lines;
		}
		function noteOf({ action, file, line, reason, adopted, rolls }) {
			const where = void 0 === file || "skip" === action ? void 0 : `${file}:${line ?? 1}`;
			const owner = void 0 === adopted ? void 0 : `taken over from ${adopted}`;
			return [where, reason, owner, true === rolls ? "its pods are replaced" : void 0]
				.filter((note) => void 0 !== note)
				.join(", ");
		}
		function fieldLines(field) {
			const { path, before, after } = field;
			if ("string" != typeof before || "string" != typeof after || !/\n.*\n/s.test(`${before}${after}`))
				return [describeField(field)];
			const changed = diffLines(before.split("\n"), after.split("\n")).filter(({ sign }) => " " !== sign);
			const shown = changed.slice(0, maxFields).map(({ sign, text }) => `${sign} ${text.slice(0, maxValue)}`);
			const more = changed.length > maxFields ? [`and ${changed.length - maxFields} more lines`] : [];
			return [`${path}:`, ...shown, ...more];
		}
		function describeField({ path, before, after, hidden }) {
			if (void 0 !== hidden) return `${path}: ${hidden} (values of Secrets are not shown)`;
			const [was, becomes] = withoutCommonRepository(before, after);
			return `${path}: ${describeValue(was)} → ${describeValue(becomes)}`;
		}
		function withoutCommonRepository(before, after) {
			if ("string" != typeof before || "string" != typeof after) return [before, after];
			const repository = /^[^@\s]+@(?=sha256:)/.exec(before)?.[0];
			if (void 0 === repository || !after.startsWith(repository)) return [before, after];
			return [before.slice(repository.length), after.slice(repository.length)];
		}
		function describeValue(value) {
			if (void 0 === value) return "unset";
			const whole = "string" != typeof value || /\s/.test(value) || "" === value ? JSON.stringify(value) : value;
			const text = whole.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, "$1");
			return text.length <= maxValue ? text : `${text.slice(0, maxValue)}…`;
		}
		const notShown = "***";
		const secretWords =
			"(?:passwo?r?d|passwd|passphrase|secret|token|credentials?|(?:api|access|secret|private|encryption|signing)[-_]?key(?:[-_]?base)?)s?";
		const secretName = new RegExp(`${secretWords}$`, "i");
		const namedSecret = new RegExp(
			`${secretWords}["']?[ \\t]*[:=][ \\t]*(?:"((?:[^"\\\\\n]|\\\\.)*)"|'([^'\n]*)'|([^\\s"']+))`,
			"gi",
		);
		const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
		const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
		const passwordInAddress = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)([^\s/@]+)(?=@)/gi;
		function holdsSecret(keys) {
			const [last = "", parent = "", list = ""] = keys.toReversed();
			if (last === lastApplied) return true;
			if ("value" === last && "env" === list) return secretName.test(parent);
			return "data" === parent && 2 === keys.length && secretName.test(last);
		}
		function secretsWithin(text) {
			const named = Array.from(
				text.matchAll(namedSecret),
				([, double, single, bare]) => double ?? single ?? bare ?? "",
			);
			return [...named, ...Array.from(text.matchAll(passwordInAddress), ([, , password = ""]) => password)];
		}
		function concealed(value) {
			if ("string" == typeof value)
				return privateKey.test(value) ? notShown : value.replace(passwordInAddress, `$1${notShown}`);
			if (Array.isArray(value)) return value.map(concealed);
			if (null === value || "object" != typeof value || isExactInteger(value)) return value;
			const isSecretVariable = "string" == typeof value.name && secretName.test(value.name) && "value" in value;
			const entries = Object.entries(value).map(([key, inner]) => {
				const isHidden = key === lastApplied || ("value" === key && isSecretVariable);
				return [key, isHidden ? notShown : concealed(inner)];
			});
			return Object.fromEntries(entries);
		}
		const denials = [
			{
				pattern: /^(exceeded quota: .*)$/s,
				tell: ([words = ""]) => ({ text: words, hint: "Raise the ResourceQuota, or ask for less." }),
			},
			{
				pattern: /ValidatingAdmissionPolicy '([^']+)' with binding '[^']*' denied request: (.*)$/s,
				tell: ([name = "", words = ""]) => ({
					text: `the policy ${name} of this cluster says no: ${words}`,
					hint: `Change the manifest, or ask whoever keeps the ValidatingAdmissionPolicy ${name}.`,
				}),
			},
			{
				pattern: /admission webhook "([^"]+)" denied the request:? ?(.*)$/s,
				tell: ([name = "", words = ""]) => ({
					text: `the admission webhook ${name} says no: ${words || "it gives no reason"}`,
					hint: `Change the manifest, or ask whoever keeps ${name}.`,
				}),
			},
			{
				pattern: /failed calling webhook "([^"]+)": (.*)$/s,
				tell: ([name = "", words = ""]) => ({
					text: `the admission webhook ${name} cannot be asked: ${words}`,
					hint: "Nothing of this kind can be changed until it answers: see to the pods behind it, then deploy again.",
				}),
			},
			{
				pattern: /attempting to grant RBAC permissions not currently held:\s*(.*)$/s,
				tell: ([rules = ""]) => ({
					text: `it grants what the user of this deploy may not do itself: ${rules.replace(/\s+/g, " ")}`,
					hint: 'Give that user the same permissions, or the verb "escalate" on roles and "bind" for their bindings.',
				}),
			},
		];
		function explainDenial(error) {
			const message = error.message.replace(/^\S+ "[^"]*" is forbidden: (?!User )/, "");
			for (const { pattern, tell } of denials) {
				const found = pattern.exec(message);
				if (null !== found) return tell(found.slice(1));
			}
			return { text: message, ...(void 0 === error.hint ? {} : { hint: error.hint }) };
		}
		const parts = /\.?([^.[\]]+)|\[("(?:[^"\\]|\\.)*"|[^\]]*)\]/g;
		function parseFieldPath(text, object) {
			const path = [];
			let value = object;
			for (const [, name, inside = ""] of text.matchAll(parts)) {
				const key = name ?? field_path_indexOf(value, inside);
				path.push(key);
				value = null !== value && "object" == typeof value ? value[key] : void 0;
			}
			return path;
		}
		function field_path_valueAt(object, path) {
			let value = object;
			for (const key of path) {
				if (null === value || "object" != typeof value) return;
				value = value[key];
			}
			return value;
		}
		function keysOf(text) {
			return [...text.matchAll(parts)].map(([, name, inside = ""]) => name ?? unquoted(inside.replace(/^\w+=/, "")));
		}
		function field_path_indexOf(value, inside) {
			if (!Array.isArray(value)) return unquoted(inside);
			if (/^\d+$/.test(inside)) return Number(inside);
			const named = inside.includes("=") ? inside : `name="${unquoted(inside)}"`;
			const wanted = [...named.matchAll(/(\w+)=("[^"]*"|[^,]+)/g)].map(([, key = "", text = ""]) => [
				key,
				unquoted(text),
			]);
			const index = value.findIndex((item) =>
				wanted.every(([key, text]) => item?.[key] === void 0 || unquoted(JSON.stringify(item[key])) === text),
			);
			return Math.max(index, 0);
		}
		function unquoted(text) {
			return text.replace(/^"(.*)"$/s, "$1");
		}
		const appLabel = "slipway.dev/app";
		const pruneAnnotation = "slipway.dev/prune";
		const recordLabel = "slipway.dev/record";
		const recordType = "slipway.dev/release";
		const fieldManager = "slipway";
		const sharedKinds = new Set(["Namespace", "CustomResourceDefinition"]);
		function ownedHash(live, options) {
			const entry = ownEntry(live);
			if (entry?.fieldsV1 === void 0) return;
			const owned = pick(live, entry.fieldsV1);
			if (options.withoutReplicas) dropReplicas(owned);
			return (0, external_node_crypto_.createHash)("sha256").update(canonical(owned)).digest("hex").slice(0, 32);
		}
		function ownedTemplate(applied, seen) {
			const template = asFields(ownEntry(applied)?.fieldsV1?.["f:spec"])["f:template"];
			return void 0 === template ? void 0 : pick(seen, { "f:spec": { "f:template": template } });
		}
		function ownEntry({ metadata }) {
			return metadata.managedFields?.find(
				({ manager, operation, subresource }) =>
					manager === fieldManager && "Apply" === operation && void 0 === subresource,
			);
		}
		function ownsReplicasAlone({ metadata }) {
			const owners = (metadata.managedFields ?? []).filter(({ fieldsV1 }) => {
				const spec = fieldsV1?.["f:spec"];
				return null !== spec && "object" == typeof spec && "f:replicas" in spec;
			});
			return 1 === owners.length && owners[0]?.manager === fieldManager;
		}
		function pick(value, fields) {
			const keys = Object.keys(fields).filter((key) => "." !== key);
			if (0 === keys.length) return value;
			if (Array.isArray(value)) return keys.map((key) => [key, pickItem(value, key, fields[key])]);
			const map = null !== value && "object" == typeof value ? value : {};
			return Object.fromEntries(keys.map((key) => [key, pick(map[key.slice(2)], asFields(fields[key]))]));
		}
		function pickItem(list, key, fields) {
			if (!key.startsWith("k:")) return list.find((item) => key === `v:${JSON.stringify(item)}`);
			const wanted = Object.entries(JSON.parse(key.slice(2)));
			const item = list.find((each) => wanted.every(([name, expected]) => each[name] === expected));
			return pick(item, asFields(fields));
		}
		function asFields(value) {
			return null !== value && "object" == typeof value ? value : {};
		}
		function dropReplicas(owned) {
			const spec = asFields(asFields(owned)["f:spec"]);
			delete spec["f:replicas"];
		}
		function canonical(value) {
			if (null === value || "object" != typeof value || isExactInteger(value)) return JSON.stringify(value);
			if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join()}]`;
			const entries = Object.entries(value).filter(([, inner]) => void 0 !== inner);
			entries.sort(([a], [b]) => (a < b ? -1 : 1));
			return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
		}
		const bookkeeping = new Set([
			"metadata.managedFields",
			"metadata.resourceVersion",
			"metadata.generation",
			"metadata.uid",
			"metadata.creationTimestamp",
			'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
			"status",
		]);
		function diffObjects(before, after) {
			const changes = [];
			compare({ path: "", keys: [] }, before, after, changes);
			if ("Secret" !== after.kind) return changes;
			return changes.map((change) => (isOpen(change.path) || void 0 !== change.hidden ? change : hide(change)));
		}
		function diffManifest(live, manifest) {
			return diffObjects(live, overlay(live, manifest));
		}
		function overlay(there, wanted) {
			if (isMap(there) && isMap(wanted)) {
				const entries = Object.entries(wanted).map(([key, value]) => [key, overlay(there[key], value)]);
				return { ...there, ...Object.fromEntries(entries) };
			}
			if (!Array.isArray(there) || !Array.isArray(wanted)) return wanted;
			const key = keyOfItems(there, wanted);
			if (void 0 !== key)
				return wanted.map((item) => overlay(isMap(item) ? findItem(there, key, item[key]) : void 0, item));
			return wanted.map((item, index) => (there.length === wanted.length ? overlay(there[index], item) : item));
		}
		function isOpen(path) {
			return /^(?:type|immutable|metadata\.labels)(?![\w-])/.test(path);
		}
		function hide({ path, before, after }) {
			const had = void 0 !== before;
			return { path, hidden: had ? (void 0 === after ? "unset" : "changed") : "set" };
		}
		function compare(at, before, after, changes) {
			if (bookkeeping.has(at.path) || canonical(before) === canonical(after)) return;
			const [was, becomes] = "data" === at.path ? [before ?? {}, after ?? {}] : [before, after];
			if (isMap(was) && isMap(becomes))
				for (const key of new Set([...Object.keys(was), ...Object.keys(becomes)]))
					compare(field(at, key), was[key], becomes[key], changes);
			else if (Array.isArray(before) && Array.isArray(after)) compareLists(at, before, after, changes);
			else changes.push(changeAt(at, before, after));
		}
		function changeAt(at, before, after) {
			const change = {
				path: at.path,
				...(void 0 === before ? {} : { before: concealed(before) }),
				...(void 0 === after ? {} : { after: concealed(after) }),
			};
			const isSame = void 0 !== before && canonical(change.before) === canonical(change.after);
			return isSame || holdsSecret(at.keys) ? hide(change) : change;
		}
		function compareLists(at, before, after, changes) {
			const key = keyOfItems(before, after);
			if (void 0 === key) {
				const isAligned = before.length === after.length && [...before, ...after].every(isMap);
				if (isAligned)
					before.forEach((item, index) => compare(diff_element(at, String(index)), item, after[index], changes));
				else changes.push(changeAt(at, before, after));
				return;
			}
			const names = (list) => list.flatMap((item) => (isMap(item) && isName(item[key]) ? [item[key]] : []));
			for (const name of new Set([...names(before), ...names(after)])) {
				const label = "name" === key ? String(name) : `${key}=${String(name)}`;
				compare(diff_element(at, label), findItem(before, key, name), findItem(after, key, name), changes);
			}
			const [was, becomes] = [names(before), names(after)];
			const [common, kept] = [
				was.filter((name) => becomes.includes(name)),
				becomes.filter((name) => was.includes(name)),
			];
			if (canonical(common) !== canonical(kept))
				changes.push({ path: `${at.path}[order]`, before: was, after: becomes });
		}
		function field({ path, keys }, key) {
			const plain = /^[\w$-]+$/.test(key);
			const joined = plain ? ("" === path ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`;
			return { path: joined, keys: [...keys, key] };
		}
		function diff_element({ path, keys }, label) {
			return { path: `${path}[${label}]`, keys: [...keys, label] };
		}
		const itemKeys = [
			"name",
			"containerPort",
			"port",
			"mountPath",
			"devicePath",
			"topologyKey",
			"ip",
			"host",
			"path",
			"type",
		];
		function keyOfItems(before, after) {
			if (0 === before.length || 0 === after.length) return;
			const isKey = (list, key) => {
				const values = list.map((item) => (isMap(item) ? item[key] : void 0));
				return values.every(isName) && new Set(values).size === list.length;
			};
			return itemKeys.find((key) => isKey(before, key) && isKey(after, key));
		}
		function findItem(list, key, value) {
			return list.find((item) => isMap(item) && item[key] === value);
		}
		function isName(value) {
			return "string" == typeof value || "number" == typeof value;
		}
		function isMap(value) {
			return null !== value && "object" == typeof value && !Array.isArray(value) && !isExactInteger(value);
		}
		const words =
			/field is immutable|may not change once set|immutable after creation|cannot change roleRef|updates to .+ (?:is|are) forbidden|may not change fields other than/;
		function fixedFields({ message = "", field = "" }, manifest, live) {
			if (!words.test(message) || void 0 === live) return [];
			const hint = remedyFor(manifest);
			const parent = field.replace(/s?\[\d+\]$/, "");
			const changes = diffManifest(live, manifest).filter(
				({ path }) => isBelow(path, parent) && !changeable(message, parent).some((each) => isBelow(path, each)),
			);
			if (0 === changes.length) return [{ field, text: `${field} cannot change any more`, hint }];
			return changes.map((change) => ({ field: change.path, text: immutable_describe(change), hint }));
		}
		function isBelow(path, parent) {
			return path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
		}
		function changeable(message, parent) {
			const named = [...message.matchAll(/'(\w+)'/g)].map(([, name = ""]) => `${parent}.${name}`);
			return message.includes("resources.requests") ? [...named, `${parent}.resources.requests`] : named;
		}
		function immutable_describe({ path, before, after, hidden }) {
			if (void 0 !== hidden) return `${path} cannot change any more, and the manifest has another value`;
			return `${path} cannot change any more: it is ${describeValue(before)}, and the manifest says ${describeValue(after)}`;
		}
		function remedyFor({ kind, metadata: { name, namespace } }) {
			const object = `${kind.toLowerCase()} ${name}${void 0 === namespace ? "" : ` -n ${namespace}`}`;
			const remove = `"kubectl delete ${object}"`;
			switch (kind) {
				case "StatefulSet":
					return `${remove.slice(0, -1)} --cascade=orphan" keeps its pods and volumes; deploy again after it. Volumes that are there stay as they are.`;
				case "Job":
					return `A Job runs once. Give it a new name, or make it a hook ("slipway.dev/hook"), which gets one with each release; or delete it first: ${remove}.`;
				case "Service":
					return `Take the field out of the manifest, or delete the Service first, which gives its address up: ${remove}.`;
				case "PersistentVolumeClaim":
					return "Of a claim, only spec.resources.requests may grow. Make one of another name, and move the data.";
				case "ConfigMap":
				case "Secret":
					return `Give it a new name that the pods then read, or delete it first: ${remove}.`;
				case "Pod":
					return `Let a Deployment run it, or delete it first: ${remove}.`;
				case "RoleBinding":
				case "ClusterRoleBinding":
					return `Delete it first, the deploy makes it anew: ${remove}.`;
				default:
					return `Give it a new name, or delete it first: ${remove}. What it runs ends with it, and the deploy starts it anew.`;
			}
		}
		function serverProblems(error, released, live) {
			return placed(released, findings(error, released.object, live));
		}
		function placed(released, found) {
			return found.map(({ field, text, hint }) => ({
				message: `${release_object_nameOf(released.object)}: ${text}`,
				...(void 0 === hint ? {} : { hint }),
				...place(released, field),
			}));
		}
		function place(released, field) {
			return server_problems_placeAt(released, void 0 === field ? [] : parseFieldPath(field, released.object));
		}
		function server_problems_placeAt({ source }, path) {
			if (void 0 === source) return {};
			return { file: source.file, line: 0 === path.length ? source.line : (source.locate?.(path) ?? source.line) };
		}
		function findings(error, object, live) {
			const causes = error.body?.details?.causes ?? [];
			if (409 === error.status && causes.some(({ reason }) => "FieldManagerConflict" === reason))
				return causes.map((cause) => conflict(cause, object, live));
			if (422 === error.status && causes.some(({ field = "" }) => "" !== field))
				return causes.flatMap((cause) => invalid(cause, object, live));
			const typed = /failed to create typed patch object \([^)]*\): ([\s\S]*)$/.exec(error.message)?.[1];
			if (void 0 !== typed) return typedProblems(typed);
			if (error.message.includes("illegal base64 data")) return undecodable(object, error);
			const strict = /strict decoding error: ([\s\S]*)$/.exec(error.message)?.[1];
			if (void 0 !== strict) return strict.split(/, (?=unknown field|duplicate field)/).map(strictProblem);
			return [explainDenial(error)];
		}
		function conflict({ message = "", field = "" }, object, live) {
			const owner = /conflict with "([^"]+)"/.exec(message)?.[1] ?? "another manager";
			const values = void 0 === live ? "" : describeValues(field, object, live);
			return {
				field,
				text: `${field.replace(/^\./, "")} belongs to ${owner}, who set it to another value`,
				hint: `${values}Take the field out of the manifest, or set "force-conflicts: true" to take it over.`,
			};
		}
		function describeValues(field, object, live) {
			if ("Secret" === object.kind || holdsSecret(keysOf(field))) return "";
			const [there, here] = [live, object].map((each) => field_path_valueAt(each, parseFieldPath(field, each)));
			if (void 0 === there || void 0 === here) return "";
			return `It is ${describeValue(concealed(there))} there, and ${describeValue(concealed(here))} in the manifest. `;
		}
		function invalid(cause, object, live) {
			const fixed = fixedFields(cause, object, live);
			if (fixed.length > 0) return fixed;
			const { message = "", field = "" } = cause;
			const words = "Secret" === object.kind ? message.replace(/value: .*?: /s, "value: ") : withoutDump(message);
			return [{ field, text: "" === field ? words : `${field}: ${words}` }];
		}
		function withoutDump(message) {
			return message.replace(/^(Invalid value: )(.{120,}?)(: [^:{}"]*)$/s, "$1…$3").replace(/\n[\s\S]*$/, "");
		}
		function typedProblems(text) {
			const single = text.replace(/^errors:\s*/, "");
			return single
				.split(/\n\s*/)
				.filter((line) => "" !== line)
				.map((line) => {
					const [, field, what] = /^(\.\S+?): ([\s\S]*)$/.exec(line) ?? [];
					if (void 0 === field || void 0 === what) return { text: line };
					const name = field.replace(/^\./, "");
					if ("field not declared in schema" === what) return { field, text: `there is no field ${name}` };
					return { field, ...mistyped(name, what) };
				});
		}
		function mistyped(name, what) {
			const [, value] = /^expected string, got &value\.valueUnstructured\{Value:(.*)\}$/s.exec(what) ?? [];
			if (void 0 === value) return { text: `${name}: ${what}` };
			if (/^(?:map\[|\[\])/.test(value)) return { text: `${name} must be a text, and is a map or a list` };
			const type = "true" === value || "false" === value ? "boolean" : "number";
			return { text: `${name} must be a text, and is a ${type}`, hint: "Put the value in quotes." };
		}
		function undecodable(object, error) {
			const wrong = Object.entries(object.data ?? {}).filter(([, value]) => !isBase64(value));
			if (0 === wrong.length) return [{ text: error.message }];
			const hint = 'Write the value as it is under "stringData", or encode it with "base64 -w0".';
			return wrong.map(([key]) => ({ field: `data["${key}"]`, text: `data.${key} is not base64`, hint }));
		}
		function isBase64(value) {
			if ("string" != typeof value) return false;
			const text = value.replace(/[\r\n]/g, "");
			return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
		}
		function strictProblem(text) {
			const [, what, field] = /^(unknown|duplicate) field "([^"]+)"/.exec(text) ?? [];
			if (void 0 === field) return { text };
			return { field, text: "unknown" === what ? `there is no field ${field}` : `the field ${field} is there twice` };
		}
		function reportFailure(failure) {
			const { released, verdict, evidence } = failure;
			const said = void 0 === evidence ? void 0 : lastWords(evidence);
			return {
				object: release_object_nameOf(released.object),
				...placeOf(failure),
				cause: evidence?.cause ?? verdict.message,
				...(void 0 === said ? {} : { said }),
				...(evidence?.remedy === void 0 ? {} : { remedy: evidence.remedy }),
				evidence: void 0 === evidence ? [] : describeEvidence(evidence),
			};
		}
		function placeOf({ released, evidence }) {
			const field = locate(released.object, evidence?.field ?? []);
			if (field.length > 0) return server_problems_placeAt(released, field);
			const name = evidence?.containers[0]?.container;
			const template = podTemplateOf(released.object);
			const found =
				void 0 === template ? void 0 : containersOf(template).find(({ container }) => container.name === name);
			return server_problems_placeAt(
				released,
				void 0 === found ? [] : [...(podTemplatePath(released.object) ?? []), ...found.path],
			);
		}
		function resultForReport(result) {
			const { outcome, durationMs, watched, error } = result;
			return {
				outcome,
				durationMs,
				watched,
				rollout: result.rollout.map(({ verdict, ...span }) => ({ ...span, status: verdict.status })),
				failures: result.failures.map(reportFailure),
				...(void 0 === error ? {} : { error }),
			};
		}
		function redacted(report, redact) {
			const { changes, failures, error, restored } = report;
			return {
				...report,
				changes: changes.map((change) => redactChange(change, redact)),
				failures: failures.map((failure) => redactFailure(failure, redact)),
				...(void 0 === error ? {} : { error: redactError(error, redact) }),
				...(void 0 === restored ? {} : { restored: redact(restored) }),
			};
		}
		function redactPlan(plan, redact) {
			return {
				...plan,
				changes: plan.changes.map((change) => redactChange(change, redact)),
				problems: plan.problems.map((problem) => redactProblem(problem, redact)),
			};
		}
		function redactChange(change, redact) {
			const fields = change.fields.map(({ path, before, after, ...told }) => ({
				...told,
				path: redact(path),
				...(void 0 === before ? {} : { before: redactValue(before, redact) }),
				...(void 0 === after ? {} : { after: redactValue(after, redact) }),
			}));
			const { taken, warnings, unchecked } = change;
			return {
				...change,
				fields,
				...(void 0 === taken ? {} : { taken: taken.map(redact) }),
				...(void 0 === warnings ? {} : { warnings: warnings.map((warning) => redactProblem(warning, redact)) }),
				...(void 0 === unchecked ? {} : { unchecked: redact(unchecked) }),
			};
		}
		function redactValue(value, redact) {
			if ("string" == typeof value) return redact(value);
			if (Array.isArray(value)) return value.map((each) => redactValue(each, redact));
			if (null === value || "object" != typeof value || isExactInteger(value)) return value;
			return Object.fromEntries(Object.entries(value).map(([key, each]) => [redact(key), redactValue(each, redact)]));
		}
		function redactFailure({ remedy, said, ...failure }, redact) {
			return {
				...failure,
				cause: redact(failure.cause),
				...(void 0 === remedy ? {} : { remedy: redact(remedy) }),
				...(void 0 === said ? {} : { said: redact(said) }),
				evidence: failure.evidence.map(redact),
			};
		}
		function redactError({ message, problems = [] }, redact) {
			return { message: redact(message), problems: problems.map((problem) => redactProblem(problem, redact)) };
		}
		function redactProblem({ message, hint, ...place }, redact) {
			return { ...place, message: redact(message), ...(void 0 === hint ? {} : { hint: redact(hint) }) };
		}
		var markdown = __webpack_require__(4285);
		const signs = { succeeded: "✅", failed: "❌", "timed-out": "⌛", cancelled: "\uD83D\uDEAB", unknown: "❔" };
		function outcomeHeading(step) {
			return `## ${signs[step.outcome]} ${(0, markdown.FV)(step.title)}: ${step.outcome} in ${(0, duration.a)(step.durationMs)}`;
		}
		function problemList(problems) {
			const items = problems.map(({ file, line, message, hint }) => {
				const place = void 0 === file ? "" : `${(0, markdown.aY)([file, line].filter(Boolean).join(":"))} `;
				const next = void 0 === hint ? "" : `<br>${(0, markdown.FV)(hint)}`;
				return `- ${place}${(0, markdown.FV)(message)}${next}`;
			});
			return items.join("\n");
		}
		function refusalReport(step) {
			const { outcome, message, hint, problems } = step.error;
			const sections = [
				outcomeHeading({ ...step, outcome }),
				(0, markdown.FV)(message),
				void 0 === hint ? "" : (0, markdown.FV)(hint),
				problemList(problems),
				void 0 === step.roles
					? ""
					: (0, markdown.zH)("What gives the permissions that are missing", (0, markdown.DV)(step.roles, "yaml")),
			];
			return sections.filter((section) => "" !== section).join("\n\n");
		}
		const shownReleases = 12;
		const shownImages = 3;
		function historyTable(history) {
			if (0 === history.length) return "";
			const shown = history.toReversed().slice(0, shownReleases);
			const hasReasons = shown.some(({ reason = "" }) => "" !== reason);
			const headers = ["Release", "When (UTC)", "Commit", "By", "Images", "Outcome", ...(hasReasons ? ["Reason"] : [])];
			const rows = shown.map((release) => [
				revision(release),
				release.startedAt.slice(0, 16).replace("T", " "),
				commit(release),
				(0, markdown.FV)(release.actor),
				history_table_images(release),
				outcome(release),
				...(hasReasons ? [(0, markdown.FV)(release.reason ?? "")] : []),
			]);
			const older = history.length - shown.length;
			return (0, markdown.zH)(
				"History",
				`${(0, markdown.tp)(headers, rows)}${0 === older ? "" : `\n\nand ${older} older`}`,
			);
		}
		function revision({ revision: number, run }) {
			return (0, markdown.nf)(`r${number}`, run);
		}
		function commit({ commit: hash, run, restores }) {
			const short = (0, markdown.aY)(hash.slice(0, 12));
			const repository = /^(.+)\/actions\/runs\/\d+$/.exec(run)?.[1];
			const isHash = /^[0-9a-f]{7,64}$/.test(hash);
			const linked = void 0 !== repository && isHash ? (0, markdown.nf)(short, `${repository}/commit/${hash}`) : short;
			return void 0 === restores ? linked : `${linked} back to r${restores}`.trimStart();
		}
		function history_table_images({ images: pinned }) {
			const all = Object.entries(pinned).map(([name, reference]) => {
				const digest = /@sha256:([0-9a-f]{12})[0-9a-f]*$/.exec(reference)?.[1];
				return (0, markdown.aY)(void 0 === digest ? reference : `${name}@${digest}`);
			});
			const more = all.length - shownImages;
			return [...all.slice(0, shownImages), ...(more > 0 ? [`and ${more} more`] : [])].join("<br>");
		}
		function outcome({ outcome: ended, verified, damaged }) {
			return [ended, ...(void 0 === verified ? [] : ["verified"]), ...(void 0 === damaged ? [] : ["damaged"])].join(
				", ",
			);
		}
		function changesAsYaml(fields) {
			const root = { below: new Map() };
			for (const change of fields) {
				let branch = root;
				for (const part of partsOf(change.path)) {
					const next = branch.below.get(part) ?? { below: new Map() };
					branch.below.set(part, next);
					branch = next;
				}
				branch.change = change;
			}
			return render(root, "").map(({ sign, text }) => `${sign} ${text}`);
		}
		function partsOf(path) {
			const parts = path.matchAll(/\.?([^.[\]]+)|\[("(?:[^"\\]|\\.)*")\]|(\[[^\]]*\])/g);
			return [...parts].map(
				([, name, quoted, item]) => name ?? (void 0 === quoted ? (item ?? "") : change_yaml_keyOf(quoted)),
			);
		}
		function change_yaml_keyOf(quoted) {
			return JSON.parse(quoted);
		}
		function render({ below }, indent) {
			return [...below].flatMap(([part, branch]) => {
				if (void 0 !== branch.change) return renderChange(part, branch.change, indent);
				const line = { sign: " ", text: `${indent}${headOf(part)}` };
				return [line, ...render(branch, `${indent}  `)];
			});
		}
		function headOf(part) {
			const item = itemOf(part);
			if (void 0 === item) return `${yamlKey(part)}:`;
			if (/^\d+$/.test(item)) return `- # item ${Number(item) + 1}`;
			const [, key = "name", value = item] = /^(\w+)=(.*)$/.exec(item) ?? [];
			return `- ${key}: ${value}`;
		}
		function itemOf(part) {
			return /^\[(.*)\]$/.exec(part)?.[1];
		}
		function renderChange(part, { before, after, hidden }, indent) {
			const item = itemOf(part);
			if (void 0 !== hidden) return [{ sign: "!", text: `${indent}${headOf(part)} # ${hidden}, not shown` }];
			if ("order" === item) return orderLines(before, after, indent);
			const lines = (value) =>
				void 0 === value ? [] : yamlLines(void 0 === item ? { [part]: value } : [value], indent);
			return withContext(diffLines(lines(before), lines(after)));
		}
		function orderLines(before, after, indent) {
			const names = (value) => (Array.isArray(value) ? value.map(String).join(", ") : "");
			return [
				{ sign: "-", text: `${indent}# in this order: ${names(before)}` },
				{ sign: "+", text: `${indent}# in this order: ${names(after)}` },
			];
		}
		function yamlLines(value, indent) {
			const text = (0, dist.As)(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
			return text.split("\n").map((line) => `${indent}${shortened(line)}`);
		}
		function shortened(line) {
			const text = line.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, "$1");
			return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
		}
		function yamlKey(key) {
			return (0, dist.As)(key, { lineWidth: 0 }).trimEnd();
		}
		function uncheckedReasons(changes) {
			const told = changes.filter(({ unchecked }) => void 0 !== unchecked);
			const reasons = Map.groupBy(told, ({ unchecked = "" }) => unchecked);
			return [...reasons].map(([reason, of]) => {
				const [first] = of;
				return `${reason} (${1 === of.length && void 0 !== first ? first.object : `${of.length} objects`})`;
			});
		}
		const mostRows = 100;
		const mostOpen = 10;
		const plan_markdown_mostLines = 80;
		const mostText = 4e4;
		function planMarkdown(plan) {
			const { changes, problems = [], roles } = plan;
			const told = changes.filter(({ action, warnings }) => "unchanged" !== action || void 0 !== warnings);
			const sections = [
				0 === problems.length ? "" : `**The cluster would refuse it:**\n\n${problemList(problems)}`,
				void 0 === roles
					? ""
					: `**What gives the permissions that are missing:**\n\n${(0, markdown.DV)(roles, "yaml")}`,
				0 === changes.length ? "" : `**${(0, markdown.FV)(countChanges(changes))}**`,
				changeTable(told.filter(({ action }) => "unchanged" !== action)),
				...fieldSections(told),
				takenList(told),
				warningList(told),
				uncheckedList(told),
			];
			return sections.filter((section) => "" !== section).join("\n\n");
		}
		const plan_markdown_signs = {
			create: "\uD83D\uDFE2 create",
			update: "\uD83D\uDFE1 update",
			delete: "\uD83D\uDD34 **delete**",
			skip: "⚪ left alone",
			unchanged: "unchanged",
		};
		function changeTable(changes) {
			if (0 === changes.length) return "";
			const rows = changes
				.slice(0, mostRows)
				.map((change) => [
					plan_markdown_signs[change.action],
					(0, markdown.aY)(change.object),
					plan_markdown_placeOf(change),
					plan_markdown_noteOf(change),
				]);
			const columns = rows.some(([, , , note]) => "" !== note) ? 4 : 3;
			const headers = ["", "Object", "Manifest", "Note"].slice(0, columns);
			const more = changes.length > mostRows ? `\n\nand ${changes.length - mostRows} more` : "";
			return `${(0, markdown.tp)(
				headers,
				rows.map((row) => row.slice(0, columns)),
			)}${more}`;
		}
		function plan_markdown_placeOf({ file, line }) {
			return void 0 === file ? "" : (0, markdown.aY)(`${file}:${line ?? 1}`);
		}
		function plan_markdown_noteOf({ reason, adopted, rolls }) {
			const notes = [
				reason,
				void 0 === adopted ? void 0 : `taken over from ${adopted}`,
				true === rolls ? "its pods are replaced" : void 0,
			];
			return (0, markdown.FV)(notes.filter((note) => void 0 !== note).join("; "));
		}
		function fieldSections(changes) {
			const updated = changes.filter(({ fields }) => fields.length > 0);
			const sections = [];
			let left = mostText;
			for (const [index, change] of updated.entries()) {
				const section = fieldSection(change, index < mostOpen);
				left -= section.length;
				if (left < 0)
					return [...sections, `The output \`plan\` tells what changes in the other ${updated.length - index}.`];
				sections.push(section);
			}
			return sections;
		}
		function fieldSection(change, isOpen) {
			const lines = changesAsYaml(change.fields);
			const more =
				lines.length > plan_markdown_mostLines ? [`  … and ${lines.length - plan_markdown_mostLines} more lines`] : [];
			const block = (0, markdown.DV)([...lines.slice(0, plan_markdown_mostLines), ...more].join("\n"), "diff");
			return isOpen
				? `${(0, markdown.aY)(change.object)} ${plan_markdown_placeOf(change)}\n\n${block}`
				: (0, markdown.zH)(change.object, block);
		}
		function takenList(changes) {
			const items = changes.flatMap(({ object, taken = [] }) =>
				taken.map((field) => `- ${(0, markdown.aY)(object)}: ${(0, markdown.FV)(field)}`),
			);
			return 0 === items.length ? "" : `**Fields that are taken from others:**\n\n${items.join("\n")}`;
		}
		function warningList(changes) {
			const items = changes.flatMap((change) =>
				(change.warnings ?? []).map(
					(warning) =>
						`- ${(0, markdown.aY)(change.object)} ${plan_markdown_placeOf(warning)}: ${(0, markdown.FV)(warning.message)}`,
				),
			);
			return 0 === items.length ? "" : `⚠️ **The cluster warns:**\n\n${items.join("\n")}`;
		}
		function uncheckedList(changes) {
			const items = uncheckedReasons(changes).map((reason) => `- ${(0, markdown.FV)(reason)}`);
			return 0 === items.length ? "" : `**Not checked beforehand:**\n\n${items.join("\n")}`;
		}
		const shortestMs = 100;
		const mostDrawn = 20;
		const mostListed = 100;
		const secondsFromMs = 1e4;
		const longestName = 60;
		function rolloutTimeline(rollout) {
			const told = rollout.filter((span) => lastedMs(span) >= shortestMs || "current" !== span.status);
			if (0 === told.length) return "";
			const slowest = told.toSorted(byWeight);
			const rows = slowest
				.slice(0, mostListed)
				.map((span) => [(0, markdown.aY)(span.object), span.status, (0, duration.a)(lastedMs(span))]);
			const more = told.length > mostListed ? [`and ${told.length - mostListed} more`] : [];
			const summary =
				told.length > mostDrawn ? `The picture shows the slowest ${mostDrawn} of ${told.length}` : "As a table";
			const all = [(0, markdown.tp)(["Object", "", "Took"], rows), ...more].join("\n\n");
			return ["### Rollout", gantt(slowest.slice(0, mostDrawn)), (0, markdown.zH)(summary, all)].join("\n\n");
		}
		function byWeight(a, b) {
			return Number("current" === a.status) - Number("current" === b.status) || lastedMs(b) - lastedMs(a);
		}
		function gantt(spans) {
			const untilMs = Math.max(...spans.map((span) => span.untilMs));
			const lines = [
				"gantt",
				"    dateFormat x",
				`    axisFormat ${untilMs < secondsFromMs ? "%Q ms" : "%s s"}`,
				"    todayMarker off",
				"    section Rollout",
				...spans.toSorted((a, b) => a.fromMs - b.fromMs || a.untilMs - b.untilMs).map(bar),
			];
			return ["```mermaid", ...lines, "```"].join("\n");
		}
		const styles = { current: { sign: "✓", tag: "done" }, failed: { sign: "✗", tag: "crit" } };
		function bar(span) {
			const { sign, tag } = styles[span.status] ?? { sign: "…", tag: "active" };
			const from = Math.round(span.fromMs);
			const until = Math.max(from + 1, Math.round(span.untilMs));
			return `    ${sign} ${plainName(span.object)} ${(0, duration.a)(lastedMs(span))} :${tag}, ${from}, ${until}`;
		}
		function plainName(object) {
			const name = object.replace(/[^\w./-]+/g, "_");
			return name.length <= longestName ? name : `${name.slice(0, longestName)}…`;
		}
		function lastedMs({ fromMs, untilMs }) {
			return Math.max(0, untilMs - fromMs);
		}
		function releaseReport(report) {
			const sections = [
				heading(report),
				facts(report),
				reason(report),
				void 0 === report.restored ? "" : `↩️ ${(0, markdown.FV)(report.restored)}`,
				...(report.remarks ?? []).map((remark) => `⚠️ ${(0, markdown.FV)(remark)}`),
				...report.failures.map(release_report_failure),
				changeSection(report.changes),
				rolloutTimeline(report.rollout),
				historyTable(report.history),
			];
			return `${sections.filter((section) => "" !== section).join("\n\n")}\n`;
		}
		function heading({ title, outcome, durationMs }) {
			return outcomeHeading({ outcome, title, durationMs });
		}
		function facts({ namespace, commit, actor, changes, watched = true }) {
			return [
				`namespace ${(0, markdown.aY)(namespace)}`,
				...("" === commit ? [] : [`commit ${(0, markdown.aY)(commit.slice(0, 12))}`]),
				...("" === actor ? [] : [`by ${(0, markdown.FV)(actor)}`]),
				countChanges(changes),
				...(watched ? [] : ["not watched: whether it comes up is not known"]),
			].join(" \xb7 ");
		}
		function reason({ error }) {
			if (void 0 === error) return "";
			return [`**Why:** ${(0, markdown.FV)(error.message)}`, problemList(error.problems ?? [])].join("\n\n").trimEnd();
		}
		function release_report_failure({ object, file, line, cause, remedy, said, evidence }) {
			const place = void 0 === file ? "" : ` (${(0, markdown.aY)(`${file}:${line ?? 1}`)})`;
			const proof =
				0 === evidence.length
					? ""
					: `\n\n${(0, markdown.zH)("What the cluster says", (0, markdown.DV)(evidence.join("\n")))}`;
			const words = void 0 === said ? "" : `\n\n${(0, markdown.DV)(said)}`;
			return `### ${(0, markdown.FV)(object)}${place}\n\n${(0, markdown.FV)(cause)}${void 0 === remedy ? "" : `\n\n**${(0, markdown.FV)(remedy)}**`}${words}${proof}`;
		}
		function changeSection(changes) {
			const plan = changes.some(({ action }) => "unchanged" !== action) ? planMarkdown({ changes }) : "";
			return "" === plan ? "" : `### Changes\n\n${plan}`;
		}
		var parallel = __webpack_require__(3716);
		var external_node_buffer_ = __webpack_require__(4573);
		const plainAddress = /^[a-z][a-z0-9+.-]*:\/\/[\w.-]+(?::\d+)?\/?$/i;
		function hideSecrets({ hide }, { app, namespace = "", objects }, found) {
			const values = new Set([...found].filter(({ kind }) => "Secret" === kind).flatMap(valuesOf));
			const secrets = [...values].flatMap((value) => [value, ...secretsWithin(value)]);
			if (0 === secrets.length) return;
			const names = [app, namespace, ...objects.flatMap(({ object }) => namesOf(object))];
			const open = [...new Set(names)].join("\n");
			for (const secret of new Set(secrets)) if (!open.includes(secret) && !plainAddress.test(secret)) hide(secret);
		}
		function namesOf(object) {
			const template = podTemplateOf(object);
			const images = void 0 === template ? [] : containersOf(template).map(({ container }) => container.image ?? "");
			return [object.kind, object.metadata.name, ...images];
		}
		function valuesOf({ data, stringData }) {
			const kept = Object.values(fieldsOf(data)).map(String);
			const texts = kept.map((base64) => {
				const bytes = Buffer.from(base64, "base64");
				return (0, external_node_buffer_.isUtf8)(bytes) ? bytes.toString() : base64;
			});
			return [...texts, ...Object.values(fieldsOf(stringData)).map(String)];
		}
		const timeoutAnnotation = "slipway.dev/timeout";
		function ownTimeoutMs({ metadata }) {
			const text = metadata.annotations?.[timeoutAnnotation];
			const ms = "string" == typeof text ? (0, duration.E)(text.trim()) : void 0;
			return 0 === ms ? void 0 : ms;
		}
		const hookAnnotation = "slipway.dev/hook";
		const hookLabel = "slipway.dev/hook";
		const revisionLabel = "slipway.dev/revision";
		const hookRunAnnotation = "slipway.dev/hook-run";
		const hookPoints = ["pre-deploy", "post-deploy", "pre-rollback", "post-rollback"];
		function hookPointsOf({ metadata }) {
			const words = hooks_wordsOf(metadata.annotations?.[hookAnnotation]);
			return hookPoints.filter((point) => words.includes(point));
		}
		function isHook({ metadata }) {
			return metadata.annotations?.[hookAnnotation] !== void 0;
		}
		function momentOf(object, direction) {
			const [first] = hookPointsOf(object).filter((point) => point.endsWith(direction));
			return void 0 === first ? void 0 : first.startsWith("pre") ? "pre" : "post";
		}
		function hookProblems(released) {
			const { object } = released;
			if (!isHook(object)) return [];
			const at = server_problems_placeAt(released, ["metadata", "annotations", hookAnnotation]);
			if ("Job" !== object.kind || !object.apiVersion.startsWith("batch/")) {
				const hint = "What a hook needs is applied before it runs: take the annotation out. What runs has to be a Job.";
				return [{ message: `${release_object_nameOf(object)} cannot be a hook, because only a Job can`, hint, ...at }];
			}
			const words = hooks_wordsOf(object.metadata.annotations?.[hookAnnotation]);
			const known = hookPoints;
			const unknown = 0 === words.length ? [""] : words.filter((word) => !known.includes(word));
			return unknown.map((word) => {
				const near = (0, nearest.p)(word, hookPoints);
				const hint = void 0 === near ? `Use ${hookPoints.join(", ")}.` : `Did you mean ${near}?`;
				return { message: `${release_object_nameOf(object)}: there is no hook "${word}"`, hint, ...at };
			});
		}
		function hooks_wordsOf(text = "") {
			return text.split(/[\s,]+/).filter((word) => "" !== word);
		}
		const longestStem = 52;
		function stemOf({ metadata: { name } }) {
			if (name.length <= longestStem) return name;
			const hash = (0, external_node_crypto_.createHash)("sha256").update(name).digest("hex").slice(0, 8);
			return `${name.slice(0, longestStem - hash.length - 1).replace(/[-.]+$/, "")}-${hash}`;
		}
		function jobOfHook(hook, { app, revision, run }) {
			const timeoutMs = ownTimeoutMs(hook);
			const { labels, annotations, ...metadata } = hook.metadata;
			const spec = hook.spec;
			const limit = void 0 === timeoutMs ? {} : { activeDeadlineSeconds: Math.max(1, Math.ceil(timeoutMs / 1e3)) };
			return {
				...hook,
				metadata: {
					...metadata,
					name: `${stemOf(hook)}-r${revision}`,
					labels: { ...labels, [appLabel]: app, [hookLabel]: stemOf(hook), [revisionLabel]: String(revision) },
					annotations: { ...annotations, [hookRunAnnotation]: run },
				},
				spec: { ...limit, ...spec },
			};
		}
		function releasePorts(runner, { api, discovery }) {
			const { clock, log, signal } = runner;
			return {
				api,
				discovery,
				clock,
				log,
				signal,
				hide: (secret) => runner.hide(secret),
				redact: (text) => runner.redact(text),
			};
		}
		const parallelRequests = 16;
		const readSingly = 2;
		const readSinglyInCluster = 10;
		const noHistories = `type!=${recordType},type!=helm.sh/release.v1`;
		async function readLiveObjects(ports, wanted) {
			const groups = Map.groupBy(wanted, ({ object, kind }) => collectionPath(kind, object.metadata.namespace));
			const requests = [...groups.values()].flatMap((group) => {
				const limit = group[0]?.kind.namespaced === true ? readSingly : readSinglyInCluster;
				return group.length <= limit ? group.map((each) => () => readOne(ports, each)) : [() => readList(ports, group)];
			});
			const found = await (0, parallel.H)(requests, parallelRequests, (request) => request());
			return new Map(found.flat().map((object) => [release_object_keyOf(object), object]));
		}
		async function readOne({ api, signal }, { object, kind }) {
			const path = objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
			return unlessMissing(async () => [await api.request({ method: "GET", path, signal })]);
		}
		async function readList({ api, signal }, group) {
			const [first] = group;
			if (void 0 === first) return [];
			const path = collectionPath(first.kind, first.object.metadata.namespace);
			const fieldSelector = "" === first.kind.group && "Secret" === first.kind.kind ? noHistories : void 0;
			const wanted = new Set(group.map(({ object }) => release_object_keyOf(object)));
			return unlessMissing(async () => {
				const query = { fieldSelector };
				const { items } = await listObjects({ api, path, query, signal });
				return items
					.map((item) => live_objects_withKind(item, first.kind))
					.filter((each) => wanted.has(release_object_keyOf(each)));
			});
		}
		function live_objects_withKind(item, kind) {
			return { ...item, apiVersion: apiVersionOf(kind), kind: kind.kind };
		}
		async function unlessMissing(read) {
			try {
				return await read();
			} catch (error) {
				if (error instanceof ApiError && 404 === error.status) return [];
				throw error;
			}
		}
		const api = "rbac.authorization.k8s.io";
		function roleManifest({ user, needs }, app) {
			const byNamespace = Map.groupBy(needs, ({ namespace }) => namespace);
			const parts = [...byNamespace]
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([namespace, own]) => {
					const kind = "" === namespace ? "ClusterRole" : "Role";
					const metadata = `metadata: { name: slipway-${app}${"" === namespace ? "" : `, namespace: ${namespace}`} }`;
					return [
						`apiVersion: ${api}/v1`,
						`kind: ${kind}`,
						metadata,
						"rules:",
						...own.map(ruleOf),
						"---",
						`apiVersion: ${api}/v1`,
						`kind: ${kind}Binding`,
						metadata,
						`roleRef: { apiGroup: ${api}, kind: ${kind}, name: slipway-${app} }`,
						`subjects: [${subjectOf(user)}]`,
					].join("\n");
				});
			return `${parts.join("\n---\n")}\n`;
		}
		function ruleOf({ group, resource, verbs }) {
			return `  - { apiGroups: [${JSON.stringify(group)}], resources: [${resource}], verbs: [${verbs.join(", ")}] }`;
		}
		function subjectOf(user) {
			const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
			if (void 0 === namespace || void 0 === name)
				return `{ apiGroup: ${api}, kind: User, name: ${JSON.stringify(user)} }`;
			return `{ kind: ServiceAccount, name: ${name}, namespace: ${namespace} }`;
		}
		function isForbidden(error) {
			return error instanceof ApiError && 403 === error.status && "denied" === error.code;
		}
		function neededPermissions({ objects, prune, namespace }) {
			const groups = Map.groupBy(objects, ({ kind, object }) =>
				[kind.group, kind.plural, kind.namespaced ? (object.metadata.namespace ?? "") : ""].join("/"),
			);
			const own = [...groups.values()].flatMap(([released]) => {
				if (void 0 === released) return [];
				const { group, plural: resource, namespaced } = released.kind;
				const verbs = ["get", "list", "watch", "create", "patch", ...(prune ? ["delete"] : [])];
				return [
					{ group, resource, namespace: namespaced ? (released.object.metadata.namespace ?? "") : "", verbs, released },
				];
			});
			if (void 0 === namespace) return own;
			const records = recordNeeds(namespace).map((need) => {
				const same = own.find((each) => isSame(each, need));
				return void 0 === same ? need : { ...same, verbs: [...new Set([...same.verbs, ...need.verbs])] };
			});
			return [...own.filter((need) => !records.some((each) => isSame(each, need))), ...records];
		}
		function recordNeeds(namespace) {
			return [
				{ group: "", resource: "secrets", namespace, verbs: ["get", "list", "create", "patch", "delete"] },
				{ group: "coordination.k8s.io", resource: "leases", namespace, verbs: ["get", "create", "update"] },
			];
		}
		async function missingPermissions(ports, needs, forbidden) {
			const refused = forbidden.flatMap((error) => parseForbidden(error.message));
			const rules = new Map();
			const namespaces = [...new Set(needs.flatMap(({ namespace }) => namespace || []))];
			await (0, parallel.H)(
				namespaces,
				parallelRequests,
				async (name) => void rules.set(name, await rulesIn(ports, name)),
			);
			const asked = await (0, parallel.H)(needs, parallelRequests, async (need) => {
				const known = "" === need.namespace ? void 0 : rules.get(need.namespace);
				const lacking = await (0, parallel.H)(need.verbs, parallelRequests, async (verb) => {
					if (refused.some((each) => isSame(each, need) && each.verbs.includes(verb))) return true;
					if (void 0 !== known) return !known.some((rule) => allows(rule, need, verb));
					return "" === need.namespace && !(await mayDo(ports, need, verb));
				});
				return { ...need, verbs: need.verbs.filter((_verb, index) => lacking[index]) };
			});
			const missing = asked.filter(({ verbs }) => verbs.length > 0);
			const others = refused.filter((each) => !missing.some((need) => isSame(each, need)));
			return { user: refused[0]?.user ?? "this user", needs: [...missing, ...others] };
		}
		function permissionProblems({ user, needs }, app) {
			const problems = needs.map(({ group, resource, namespace, verbs, released }) => {
				const what = "" === group ? resource : `${resource}.${group}`;
				const where = "" === namespace ? "in the cluster" : `in the namespace ${namespace}`;
				const subject = void 0 === released ? "" : `${release_object_nameOf(released.object)}: `;
				const rule = `{ apiGroups: ["${group}"], resources: ["${resource}"], verbs: [${verbs.map((verb) => `"${verb}"`).join(", ")}] }`;
				return {
					message: `${subject}${user} may not ${verbs.join(", ")} ${what} ${where}`,
					hint: `Add this rule to a ${"" === namespace ? "ClusterRole" : `Role in ${namespace}`} of that user: ${rule}`,
					...(void 0 === released ? {} : place(released)),
				};
			});
			return { problems, manifest: roleManifest({ user, needs }, app) };
		}
		function isSame(a, b) {
			return a.group === b.group && a.resource === b.resource && a.namespace === b.namespace;
		}
		function parseForbidden(message) {
			const pattern =
				/User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)" (?:in the namespace "([^"]*)"|at the cluster scope)/;
			const [, user = "", verb = "", resource = "", group = "", namespace = ""] = pattern.exec(message) ?? [];
			if ("" === verb) return [];
			return [{ user, group, resource, namespace: "namespaces" === resource ? "" : namespace, verbs: [verb] }];
		}
		async function rulesIn({ api, signal }, namespace) {
			const review = await ask({ api, signal }, "selfsubjectrulesreviews", { namespace });
			return void 0 === review || true === review.incomplete ? void 0 : review.resourceRules;
		}
		async function mayDo(ports, { group, resource, namespace }, verb) {
			const resourceAttributes = { group, resource, namespace, verb };
			const review = await ask(ports, "selfsubjectaccessreviews", { resourceAttributes });
			return review?.allowed !== false;
		}
		async function ask({ api, signal }, plural, spec) {
			const kind = "selfsubjectrulesreviews" === plural ? "SelfSubjectRulesReview" : "SelfSubjectAccessReview";
			const path = `/apis/authorization.k8s.io/v1/${plural}`;
			const body = { apiVersion: "authorization.k8s.io/v1", kind, spec };
			try {
				const review = await api.request({ method: "POST", path, body, repeatable: true, signal });
				return review.status;
			} catch (error) {
				if (error instanceof ApiError && "unreachable" !== error.code) return;
				throw error;
			}
		}
		function allows(rule, { group, resource }, verb) {
			const holds = (list = [], word) => list.includes("*") || list.includes(word);
			const isForAll = 0 === (rule.resourceNames ?? []).length;
			return isForAll && holds(rule.verbs, verb) && holds(rule.apiGroups, group) && holds(rule.resources, resource);
		}
		function pathsOf(fields = {}, above = []) {
			return Object.entries(fields).flatMap(([key, below]) => {
				if ("." === key) return [];
				const inner = field_set_asFields(below);
				const path = [...above, key];
				const isMember = "." in inner || 0 === Object.keys(inner).length;
				return [...(isMember ? [path] : []), ...pathsOf(inner, path)];
			});
		}
		function fieldsOfPaths(paths) {
			const root = {};
			const members = new Set();
			for (const path of paths) {
				let node = root;
				for (const key of path) node = node[key] ??= {};
				members.add(node);
			}
			for (const node of members) if (Object.keys(node).length > 0) node["."] = {};
			return root;
		}
		function pathText(path) {
			return path.join("\n");
		}
		function hasPath(value, [key, ...rest]) {
			if (void 0 === key) return null != value;
			return stepsInto(value, key).some((next) => hasPath(next, rest));
		}
		function stepsInto(value, key) {
			if (!Array.isArray(value)) return key.startsWith("f:") ? [field_set_asFields(value)[key.slice(2)]] : [];
			return value.filter((item) => isNamed(item, key));
		}
		function isNamed(item, key) {
			if (key.startsWith("v:")) return key.slice(2) === JSON.stringify(item);
			if (!key.startsWith("k:")) return false;
			const fields = field_set_asFields(item);
			return Object.entries(field_set_asFields(JSON.parse(key.slice(2)))).every(
				([name, wanted]) => void 0 === fields[name] || fields[name] === wanted,
			);
		}
		function removePath(value, [key = "", ...rest]) {
			if (rest.length > 0) for (const next of stepsInto(value, key)) removePath(next, rest);
			else if (Array.isArray(value)) {
				const index = value.findIndex((item) => isNamed(item, key));
				if (-1 !== index) value.splice(index, 1);
			} else if (key.startsWith("f:") && null !== value && "object" == typeof value)
				Reflect.deleteProperty(value, key.slice(2));
		}
		function field_set_asFields(value) {
			return null !== value && "object" == typeof value ? value : {};
		}
		const lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
		const longestCopy = 2e5;
		const lastAppliedPath = ["f:metadata", "f:annotations", `f:${lastAppliedAnnotation}`];
		const predecessors = [
			"kubectl-client-side-apply",
			"kubectl-create",
			"kubectl-replace",
			"kubectl",
			"kubectl-last-applied",
			"helm",
			"before-first-apply",
		];
		const hands = ["kubectl-edit", "kubectl-patch", "kubectl-set", "kubectl-label", "kubectl-annotate"];
		function takeoverOf({ released, live, previous }) {
			if (isShared(released.object)) return;
			const entries = (live.metadata.managedFields ?? []).filter(({ subresource }) => void 0 === subresource);
			const isFirst = void 0 === ownEntry(live);
			const made = isFirst ? entries.filter(({ manager }) => predecessors.includes(manager)) : [];
			const known = previous ?? take_over_lastApplied(live);
			const edited = entries.filter((entry) => !made.includes(entry) && isByHand(entry));
			const others = entries.filter((entry) => !made.includes(entry) && !edited.includes(entry));
			const kept = new Set(others.flatMap(({ fieldsV1 }) => pathsOf(fieldsV1)).map(pathText));
			const candidates = [...pathsIn(made, released), ...pathsIn(edited, released).filter((path) => had(known, path))];
			const given = candidates.filter((path) => !kept.has(pathText(path)) && !wants(released, path));
			const paths = [
				...new Map([...given, ...annotationIn(entries, live)].map((path) => [pathText(path), path])).values(),
			];
			if (0 === paths.length && 0 === made.length) return;
			return { from: made.map(({ manager }) => manager), paths };
		}
		function isShared({ apiVersion, kind }) {
			return "v1" === apiVersion && "Namespace" === kind;
		}
		function isByHand({ manager }) {
			return hands.includes(manager) || predecessors.includes(manager);
		}
		function pathsIn(entries, { object }) {
			return entries
				.filter(({ apiVersion }) => apiVersion === object.apiVersion)
				.flatMap(({ fieldsV1 }) => pathsOf(fieldsV1));
		}
		function had(known, path) {
			return void 0 !== known && hasPath(plain(known), path);
		}
		function wants({ object, autoscaledBy }, path) {
			if (void 0 !== autoscaledBy && pathText(path) === pathText(["f:spec", "f:replicas"])) return true;
			return pathText(path) === pathText(lastAppliedPath) || hasPath(plain(object), path);
		}
		function plain(object) {
			if ("Secret" !== object.kind || void 0 === object.stringData) return object;
			return { ...object, data: { ...object.data, ...object.stringData } };
		}
		function annotationIn(entries, { metadata }) {
			if (metadata.annotations?.[lastAppliedAnnotation] === void 0) return [];
			const theirs = entries.filter(({ manager }) => manager !== fieldManager);
			const isTheirs = theirs.some(({ fieldsV1 }) => hasMember(fieldsV1, lastAppliedPath));
			return isTheirs ? [lastAppliedPath] : [];
		}
		function hasMember(fields, path) {
			return pathsOf(fields).some((each) => pathText(each) === pathText(path));
		}
		function take_over_lastApplied({ metadata }) {
			try {
				return parseExactJson(metadata.annotations?.[lastAppliedAnnotation] ?? "null");
			} catch {
				return;
			}
		}
		function withLastApplied(object, live) {
			const isKept = live?.metadata.annotations?.[lastAppliedAnnotation] !== void 0;
			if (!isKept || "Secret" === object.kind || isShared(object)) return object;
			const copy = `${JSON.stringify(object)}\n`;
			if (copy.length > longestCopy) return object;
			const annotations = { ...object.metadata.annotations, [lastAppliedAnnotation]: copy };
			return { ...object, metadata: { ...object.metadata, annotations } };
		}
		function coversConflicts(takeover, conflicts) {
			return (
				void 0 !== takeover &&
				conflicts.every(({ field = "", message = "" }) => {
					const owner = /conflict with "([^"]+)"/.exec(message)?.[1] ?? "";
					return takeover.from.includes(owner) || field === `.metadata.annotations.${lastAppliedAnnotation}`;
				})
			);
		}
		const tries = 10;
		async function takeOver(api, { released, live, takeover }) {
			const { metadata } = released.object;
			const path = objectPath(released.kind, metadata.namespace ?? "", metadata.name);
			let current = live;
			for (let tried = 1; ; tried++) {
				try {
					await api.request({
						method: "PATCH",
						path,
						query: { fieldManager: fieldManager },
						contentType: "application/json-patch+json",
						body: [
							{ op: "replace", path: "/metadata/managedFields", value: handedOver(current, released, takeover) },
							{ op: "replace", path: "/metadata/resourceVersion", value: current.metadata.resourceVersion },
						],
						repeatable: true,
					});
					return;
				} catch (error) {
					if (!(error instanceof ApiError) || 409 !== error.status || tried === tries) throw error;
				}
				current = await api.request({ method: "GET", path });
			}
		}
		function remaining(live, takeover) {
			const taken = new Set(takeover.paths.map(pathText));
			const own = ownEntry(live);
			return (live.metadata.managedFields ?? []).flatMap((entry) => {
				if (entry === own) return [];
				if (void 0 !== entry.subresource) return [entry];
				if (takeover.from.includes(entry.manager)) return [];
				const left = pathsOf(entry.fieldsV1).filter((path) => !taken.has(pathText(path)));
				if (left.length === pathsOf(entry.fieldsV1).length) return [entry];
				return 0 === left.length ? [] : [{ ...entry, fieldsV1: fieldsOfPaths(left) }];
			});
		}
		function handedOver(live, { object }, takeover) {
			const own = ownEntry(live);
			const paths = [...pathsOf(own?.fieldsV1), ...takeover.paths];
			const ours = {
				manager: fieldManager,
				operation: "Apply",
				apiVersion: object.apiVersion,
				fieldsType: "FieldsV1",
				...own,
				fieldsV1: fieldsOfPaths(paths),
			};
			return [...remaining(live, takeover), ours];
		}
		async function dryRunTaken({ api, signal }, { released, live, takeover }, applied) {
			const wanted = structuredClone(applied);
			const kept = [...remaining(applied, takeover), ownEntry(applied)].flatMap((entry) => pathsOf(entry?.fieldsV1));
			const gone = takeover.paths.filter((path) => !kept.some((each) => isAtOrBelow(each, path)));
			for (const path of gone.toReversed()) removePath(wanted, path);
			const body = mergePatch(withoutBookkeeping(live), withoutBookkeeping(wanted));
			if (void 0 === body || 0 === gone.length) return applied;
			const { metadata } = released.object;
			const result = await api.request({
				method: "PATCH",
				path: objectPath(released.kind, metadata.namespace ?? "", metadata.name),
				query: { fieldManager: fieldManager, dryRun: "All" },
				contentType: "application/merge-patch+json",
				body,
				signal,
			});
			return { ...result, metadata: { ...result.metadata, managedFields: applied.metadata.managedFields ?? [] } };
		}
		function isAtOrBelow(path, parent) {
			return parent.every((key, index) => path[index] === key);
		}
		function withoutBookkeeping({ status: _, metadata, ...object }) {
			const { labels, annotations, finalizers, ownerReferences } = metadata;
			return parseExactJson(
				JSON.stringify({ ...object, metadata: { labels, annotations, finalizers, ownerReferences } }),
			);
		}
		function mergePatch(from, to) {
			if (canonical(from) === canonical(to)) return;
			if (!take_over_isMap(from) || !take_over_isMap(to)) return to;
			const removed = Object.keys(from).filter((key) => !(key in to));
			const changed = Object.entries(to).flatMap(([key, value]) => {
				const patch = mergePatch(from[key], value);
				return void 0 === patch ? [] : [[key, patch]];
			});
			return { ...Object.fromEntries(removed.map((key) => [key, null])), ...Object.fromEntries(changed) };
		}
		function take_over_isMap(value) {
			return null !== value && "object" == typeof value && !Array.isArray(value) && !isExactInteger(value);
		}
		const replicasManager = "slipway-replicas";
		async function applyObject({ api }, released, options) {
			const handOver = void 0 !== released.autoscaledBy && !options.dryRun;
			if (handOver && void 0 !== options.live && losesReplicas(options.live, options.takeover))
				await holdReplicas({ api }, released, options.live);
			const { live, takeover } = options;
			if (void 0 !== live && void 0 !== takeover && !options.dryRun) await takeOver(api, { released, live, takeover });
			const applied = await api.request({
				method: "PATCH",
				path: pathOf(released),
				query: {
					fieldManager: fieldManager,
					fieldValidation: "Strict",
					force: options.force || void 0,
					dryRun: options.dryRun ? "All" : void 0,
				},
				contentType: "application/apply-patch+yaml",
				body: withLastApplied(bodyOf(released, live), live),
				...(void 0 === options.signal ? {} : { signal: options.signal }),
			});
			if (handOver && void 0 === options.live) await holdReplicas({ api }, released, applied);
			return applied;
		}
		function losesReplicas(live, takeover) {
			return ownsReplicasAlone(live) || (void 0 !== takeover && takeover.from.length > 0);
		}
		function pathOf({ object, kind }) {
			return objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
		}
		function bodyOf({ object, autoscaledBy }, live) {
			if (void 0 === autoscaledBy || void 0 === live) return object;
			const { replicas, ...spec } = object.spec ?? {};
			return { ...object, spec };
		}
		async function holdReplicas({ api }, released, live) {
			const { apiVersion, kind, metadata } = released.object;
			const replicas = live.spec?.replicas;
			if (void 0 === replicas) return;
			await api.request({
				method: "PATCH",
				path: pathOf(released),
				query: { fieldManager: replicasManager, force: true },
				contentType: "application/apply-patch+yaml",
				body: {
					apiVersion,
					kind,
					metadata: { name: metadata.name, namespace: metadata.namespace },
					spec: { replicas },
				},
			});
		}
		async function checkCreation({ api, signal }, { object, kind }) {
			try {
				await api.request({
					method: "POST",
					path: collectionPath(kind, object.metadata.namespace),
					query: { fieldManager: fieldManager, fieldValidation: "Strict", dryRun: "All" },
					body: object,
					signal,
				});
			} catch (error) {
				if (!(error instanceof ApiError && 409 === error.status && "AlreadyExists" === error.reason)) throw error;
			}
		}
		async function checkElsewhere(ports, released) {
			const { object } = released;
			try {
				await checkCreation(ports, {
					...released,
					object: { ...object, metadata: { ...object.metadata, namespace: "default" } },
				});
				return true;
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				if (400 === error.status || 422 === error.status) throw error;
				return 409 === error.status;
			}
		}
		function helmReleaseOf({ metadata: { labels = {}, annotations = {} } }) {
			return "Helm" === labels["app.kubernetes.io/managed-by"] ? annotations["meta.helm.sh/release-name"] : void 0;
		}
		function foreignOwner(app, live) {
			const owner = live.metadata.labels?.[appLabel];
			if (void 0 !== owner && owner !== app) {
				const hint = `Take it out of these manifests, or set "adopt: true" to take it over: ${owner} cannot be deployed then until it is out of its own.`;
				return { name: `the app "${owner}"`, hint };
			}
			const release = helmReleaseOf(live);
			if (void 0 === release) return;
			const namespace = live.metadata.annotations?.["meta.helm.sh/release-namespace"] ?? live.metadata.namespace ?? "";
			const forget = `kubectl delete secret -n ${namespace} -l owner=helm,name=${release}`;
			const hint = `Take it out of these manifests, or set "adopt: true" to take it over. "helm uninstall" would still delete it: once Slipway has all that it wants of ${release}, "${forget}" makes Helm forget the rest.`;
			return { name: `the Helm release "${release}"`, hint };
		}
		const objectFields = new Set(["apiVersion", "kind", "metadata"]);
		function defines({ kind, spec }, object) {
			if ("CustomResourceDefinition" !== kind) return false;
			const { group, names } = spec ?? {};
			return names?.kind === object.kind && object.apiVersion.startsWith(`${group ?? ""}/`);
		}
		function schemaMistakes(definition, object) {
			const { versions = [] } = definition.spec ?? {};
			const schema = versions.find(({ name }) => object.apiVersion.endsWith(`/${name}`))?.schema?.openAPIV3Schema;
			return void 0 === schema ? void 0 : mistakesOf(schema, object, "", true);
		}
		function mistakesOf(schema, value, field, isObject = false) {
			if (isExactInteger(value)) return mistakesOf(schema, Number(value.rawJSON), field);
			if (null === value) return true === schema.nullable ? [] : [{ field, text: "must not be null" }];
			if (!hasType(schema, value)) return [{ field, text: `must be of type ${schema.type ?? "integer or string"}` }];
			const rule = brokenRule(schema, value);
			const own = void 0 === rule ? [] : [{ field, text: rule }];
			if (Array.isArray(value)) {
				const { items } = schema;
				if (void 0 === items) return own;
				return [...own, ...value.flatMap((item, index) => mistakesOf(items, item, `${field}[${index}]`))];
			}
			return "object" == typeof value ? [...own, ...fieldMistakes(schema, value, field, isObject)] : own;
		}
		function fieldMistakes(schema, value, field, isObject) {
			const { properties = {}, additionalProperties: more, required = [] } = schema;
			const keepsAll = true === schema["x-kubernetes-preserve-unknown-fields"] || true === more;
			const isEmbedded = isObject || true === schema["x-kubernetes-embedded-resource"];
			const at = (key) => ("" === field ? key : `${field}.${key}`);
			const missing = required.filter((key) => void 0 === value[key] && properties[key]?.default === void 0);
			const known = Object.entries(value).filter(([key]) => !(isEmbedded && objectFields.has(key)));
			return [
				...missing.map((key) => ({ field: at(key), text: "is required" })),
				...known.flatMap(([key, inner]) => {
					const below = properties[key] ?? ("object" == typeof more ? more : void 0);
					if (void 0 !== below) return mistakesOf(below, inner, at(key));
					return keepsAll ? [] : [{ field: at(key), text: "is a field that there is not" }];
				}),
			];
		}
		function hasType(schema, value) {
			if (true === schema["x-kubernetes-int-or-string"]) return "string" == typeof value || Number.isInteger(value);
			switch (schema.type) {
				case void 0:
					return true;
				case "integer":
					return Number.isInteger(value);
				case "array":
					return Array.isArray(value);
				default:
					return typeof value === schema.type && !Array.isArray(value);
			}
		}
		function brokenRule(schema, value) {
			const { minimum = -1 / 0, maximum = 1 / 0, minLength = 0, maxLength = 1 / 0 } = schema;
			const { minItems = 0, maxItems = 1 / 0 } = schema;
			if (void 0 !== schema.enum && !schema.enum.includes(value))
				return `must be one of ${schema.enum.map((word) => JSON.stringify(word)).join(", ")}`;
			if ("number" == typeof value && value < minimum) return `must be at least ${minimum}`;
			if ("number" == typeof value && value > maximum) return `must be at most ${maximum}`;
			if (Array.isArray(value) && value.length < minItems) return `must have at least ${minItems} items`;
			if (Array.isArray(value) && value.length > maxItems) return `must have at most ${maxItems} items`;
			if ("string" != typeof value) return;
			if (value.length < minLength) return `must have at least ${minLength} characters`;
			if (value.length > maxLength) return `must have at most ${maxLength} characters`;
			return breaksPattern(schema.pattern, value) ? `must match ${schema.pattern ?? ""}` : void 0;
		}
		function breaksPattern(pattern, value) {
			if (void 0 === pattern) return false;
			try {
				return !new RegExp(pattern, "u").test(value);
			} catch {
				return false;
			}
		}
		async function surroundingsOf(ports, release, live) {
			const objects = release.objects.map(({ object }) => object);
			const known = true === release.namespaceIsThere ? release.namespace : void 0;
			const names = new Set(
				objects.flatMap(({ metadata }) => metadata.namespace ?? []).filter((name) => name !== known),
			);
			const isChanged = (object) => {
				const there = live.get(release_object_keyOf(object));
				return void 0 === there || diffManifest(there, object).length > 0;
			};
			return {
				namespaces: await missingNamespaces(ports, { names, objects }, live),
				definitions: objects.filter((object) => "CustomResourceDefinition" === object.kind && isChanged(object)),
				brought: objects.filter((object) => !live.has(release_object_keyOf(object))),
			};
		}
		async function missingNamespaces(ports, { names, objects }, live) {
			const kind = ports.discovery.find("v1", "Namespace");
			const manifests = [...names].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
			const brought = new Set(objects.map(release_object_keyOf));
			const unknown =
				void 0 === kind
					? []
					: manifests.filter((each) => !brought.has(release_object_keyOf(each))).map((object) => ({ object, kind }));
			const existing = await readUnlessForbidden(ports, unknown);
			return new Map(
				manifests.flatMap((each) => {
					if (
						live.has(release_object_keyOf(each)) ||
						"forbidden" === existing ||
						existing.has(release_object_keyOf(each))
					)
						return [];
					return [[each.metadata.name, brought.has(release_object_keyOf(each)) ? "brought" : "absent"]];
				}),
			);
		}
		async function readUnlessForbidden(ports, wanted) {
			try {
				return await readLiveObjects(ports, wanted);
			} catch (error) {
				if (error instanceof ApiError && 403 === error.status) return "forbidden";
				throw error;
			}
		}
		function checkBrought(released, { definitions }) {
			const { object } = released;
			const definition = definitions.find((each) => defines(each, object));
			const mistakes = void 0 === definition ? void 0 : schemaMistakes(definition, object);
			const what = `the kind ${object.kind}, which comes with this deploy`;
			if (void 0 === mistakes) return `all that a server could say of ${what}`;
			if (0 === mistakes.length) return `what goes beyond the schema of ${what}`;
			const found = mistakes.map(({ field, text }) => ({ field, text: `${field} ${text}` }));
			throw new src_error.G("the definition of its kind has another schema", {
				code: "configuration",
				problems: placed(released, found),
			});
		}
		function comesLater(error, { object }, around) {
			const { message, status } = error;
			const webhook = /admission webhook "([^"]+)" does not support dry run/.exec(message)?.[1];
			if (void 0 !== webhook) return `what the admission webhook ${webhook} says, which takes no part in dry runs`;
			const needed = neededFirst(object, message, status);
			if (
				void 0 !== needed &&
				around.brought.some(({ kind, metadata }) => kind === needed.kind && metadata.name === needed.name)
			)
				return `all that a server could say before there is ${needed.kind}/${needed.name}, which comes with this deploy`;
			const definition = around.definitions.find((each) => defines(each, object));
			if (void 0 === definition || !isAboutSchema(error)) return;
			const isGood = schemaMistakes(definition, object)?.length === 0;
			return isGood
				? `what goes beyond the new schema of the kind ${object.kind}, which comes with this deploy`
				: void 0;
		}
		function neededFirst({ kind, roleRef }, message, status) {
			if (404 === status && ("RoleBinding" === kind || "ClusterRoleBinding" === kind)) {
				const { kind: role = "", name = "" } = roleRef ?? {};
				return { kind: role, name };
			}
			const account = /serviceaccount "([^"]+)" not found/.exec(message)?.[1];
			if (void 0 !== account) return { kind: "ServiceAccount", name: account };
			const priority = /no PriorityClass with name (\S+) was found/.exec(message)?.[1];
			return void 0 === priority ? void 0 : { kind: "PriorityClass", name: priority };
		}
		function isAboutSchema({ status, message }) {
			return 400 === status || 422 === status || message.includes("failed to create typed patch object");
		}
		async function planObject(ports, request, context) {
			const { released, live } = context;
			const owner = void 0 === live ? void 0 : foreignOwner(request.app, live);
			if (void 0 !== owner && true !== request.adopt) throw belongsTo(released, owner);
			const onceOf = context.recorded?.adoptedFrom;
			const known = void 0 === onceOf ? {} : { onceOf };
			if (isUntouched(context))
				return { released, live, action: "unchanged", fields: [], taken: [], warnings: [], ...known };
			const warnings = new Set();
			const listening = { ...ports, api: withWarnings(ports.api, (text) => void warnings.add(text)) };
			const force = request.force || void 0 !== owner;
			const planned = await askServer(listening, { ...request, force }, context);
			return {
				...planned,
				...known,
				warnings: [...warnings],
				...(void 0 === owner ? {} : { adoptedFrom: owner.name }),
			};
		}
		function withWarnings(api, onWarning) {
			return {
				request: (request) => api.request({ ...request, onWarning }),
				stream: (request) => api.stream({ ...request, onWarning }),
			};
		}
		function belongsTo(released, { name, hint }) {
			const text = `it belongs to ${name}, and an object belongs to one only`;
			return new src_error.G(text, { code: "configuration", problems: placed(released, [{ text, hint }]) });
		}
		async function askServer(ports, request, context) {
			const { released, surroundings } = context;
			const { apiVersion, kind, metadata } = released.object;
			const namespace = metadata.namespace ?? "";
			const presence = surroundings.namespaces.get(namespace);
			if ("absent" === presence) throw namespaceNotFound(released, namespace);
			if (void 0 === ports.discovery.find(apiVersion, kind))
				return unasked(context, checkBrought(released, surroundings));
			try {
				if ("brought" === presence) return unasked(context, await checkOutside(ports, released));
				return await plan_object_compare(ports, request, { ...context, takeover: takeoverFor(context) });
			} catch (error) {
				const reason = error instanceof ApiError ? comesLater(error, released, surroundings) : void 0;
				if (void 0 === reason) throw error;
				return unasked(context, reason);
			}
		}
		async function checkOutside(ports, released) {
			const isChecked = await checkElsewhere(ports, released);
			const what = isChecked
				? "the quotas, policies and permissions of"
				: "all that a server could say before there is";
			return `${what} the namespace ${released.object.metadata.namespace ?? ""}, which comes with this deploy`;
		}
		function takeoverFor({ released, live, recorded }) {
			return live && takeoverOf({ released, live, previous: recorded?.object });
		}
		function unasked({ released, live }, unchecked) {
			const fields = void 0 === live ? [] : diffManifest(live, released.object);
			return { released, live, action: void 0 === live ? "create" : "update", fields, taken: [], unchecked };
		}
		async function plan_object_compare(ports, request, context) {
			const { released, live, takeover } = context;
			const { result, taken } = await dryRun(ports, request, context);
			if (void 0 === live) return { released, live, action: "create", fields: [], taken };
			const fields = diffObjects(live, result);
			const same = 0 === fields.length && canonical(ownEntry(live)?.fieldsV1) === canonical(ownEntry(result)?.fieldsV1);
			return { released, live, action: same ? "unchanged" : "update", fields, taken, ...(takeover && { takeover }) };
		}
		function isUntouched({ released, live, recorded }) {
			if (void 0 === live || recorded?.applied === void 0 || void 0 !== live.metadata.deletionTimestamp) return false;
			if (canonical(released.object) !== canonical(recorded.object)) return false;
			if (released.autoscaledBy !== recorded.autoscaledBy) return false;
			return ownedHash(live, { withoutReplicas: void 0 !== released.autoscaledBy }) === recorded.applied;
		}
		async function dryRun(ports, request, context) {
			const { released, live, takeover } = context;
			const apply = async (force) => {
				const applied = await applyObject(ports, released, { live, dryRun: true, signal: ports.signal, force });
				return live && takeover ? dryRunTaken(ports, { released, live, takeover }, applied) : applied;
			};
			try {
				return { result: await apply(false), taken: [] };
			} catch (error) {
				const conflicts = error instanceof ApiError && 409 === error.status ? (error.body?.details?.causes ?? []) : [];
				if (conflicts.length > 0 && coversConflicts(takeover, conflicts))
					return { result: await apply(true), taken: [] };
				if (0 === conflicts.length || !(request.force || areHandedBack(context, conflicts))) throw error;
				const taken = conflicts.map(({ field = "", message = "" }) => `${field.replace(/^\./, "")} (${message})`);
				return { result: await apply(true), taken };
			}
		}
		function areHandedBack({ released, recorded }, conflicts) {
			if (void 0 !== released.autoscaledBy) return false;
			return conflicts.every(
				({ field, message = "" }) =>
					".spec.replicas" === field && (recorded?.autoscaledBy !== void 0 || message.includes(`"${replicasManager}"`)),
			);
		}
		function namespaceNotFound(released, name) {
			const text = `its namespace "${name}" does not exist`;
			const hint = `Add a manifest for it, or create it with "kubectl create namespace ${name}".`;
			return new src_error.G(text, {
				code: "configuration",
				problems: placed(released, [{ text, hint, field: "metadata.namespace" }]),
			});
		}
		async function planHook(ports, { app, direction, revision }, hook) {
			const { released, recorded } = hook;
			const object = jobOfHook(released.object, { app, revision, run: "plan" });
			const isNew = void 0 === recorded || canonical(recorded.object) !== canonical(released.object);
			const planned = {
				released,
				isNew,
				moment: momentOf(released.object, direction),
				job: release_object_nameOf(object),
			};
			if (!isNew) return { ...planned, warnings: [] };
			const warnings = new Set();
			const listening = { ...ports, api: withWarnings(ports.api, (text) => void warnings.add(text)) };
			const unchecked = hook.bringsNamespace ? await checkOutside(listening, { ...released, object }) : void 0;
			if (void 0 === unchecked) await checkCreation(listening, { ...released, object });
			return { ...planned, warnings: [...warnings], ...(void 0 === unchecked ? {} : { unchecked }) };
		}
		function hookNamespaces(objects) {
			return [
				...new Set(objects.filter(({ object }) => isHook(object)).map(({ object }) => object.metadata.namespace ?? "")),
			];
		}
		const heirsOfExtensions = ["apps", "networking.k8s.io"];
		function findLeftovers(discovery, { objects, recorded, beside = [], prune }) {
			const seen = new Set(objects.map(({ object }) => release_object_keyOf(object)));
			const staying = new Set(beside.map(({ object }) => release_object_keyOf(servedAs(discovery, object).identity)));
			const removable = [];
			const leftovers = [];
			for (const { applied, autoscaledBy, ...each } of recorded) {
				const { identity, kind } = servedAs(discovery, each.object);
				const key = release_object_keyOf(identity);
				if (seen.has(key)) continue;
				seen.add(key);
				const known = { ...each, object: identity };
				if (void 0 !== kind && prune && !staying.has(key)) {
					const { file, line } = each;
					const source = void 0 === file || void 0 === line ? {} : { source: { file, line } };
					removable.push({ object: identity, kind, ...source, recorded: known });
				} else if (void 0 !== kind || discovery.unavailable.includes(each.object.apiVersion)) leftovers.push(known);
			}
			return { removable, leftovers };
		}
		function servedAs(discovery, { apiVersion, kind: name, metadata }) {
			const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
			const groups = "extensions" === group ? heirsOfExtensions : [group];
			const kind =
				discovery.find(apiVersion, name) ??
				discovery.kinds.find((each) => each.kind === name && groups.includes(each.group));
			const own = { name: metadata.name, ...(void 0 === metadata.namespace ? {} : { namespace: metadata.namespace }) };
			return {
				identity: { apiVersion: void 0 === kind ? apiVersion : apiVersionOf(kind), kind: name, metadata: own },
				kind,
			};
		}
		function leftoversAfter({ leftovers, removals }, outcome) {
			if ("succeeded" === outcome) return [...leftovers];
			return [...leftovers, ...removals.map(({ released }) => released.recorded)];
		}
		function planRemovals({ app, objects, direction }, removable, live) {
			const wanted = new Set(objects.map(({ object }) => live.get(release_object_keyOf(object))?.metadata.uid));
			return removable.flatMap((leftover) => {
				const found = live.get(release_object_keyOf(leftover.object));
				if (void 0 === found || void 0 !== found.metadata.deletionTimestamp) return [];
				if (void 0 !== found.metadata.uid && wanted.has(found.metadata.uid)) return [];
				const { adoptedFrom } = leftover.recorded;
				if ("rollback" !== direction || void 0 === adoptedFrom) return [planRemoval(app, leftover, found)];
				return [{ released: leftover, live: found, action: "skip", reason: `it was part of ${adoptedFrom} before` }];
			});
		}
		function planRemoval(app, released, live) {
			const reason = reasonToStay(app, released, live);
			return { released, live, ...(void 0 === reason ? { action: "delete" } : { action: "skip", reason }) };
		}
		function reasonToStay(app, { recorded: { uid } }, live) {
			const { kind, metadata } = live;
			const { labels = {}, annotations = {} } = metadata;
			if (sharedKinds.has(kind)) return `a ${kind} is never pruned`;
			if ("false" === annotations[pruneAnnotation]) return `its annotation ${pruneAnnotation} keeps it`;
			if ("PersistentVolumeClaim" === kind && "true" !== annotations[pruneAnnotation]) return "it may hold data";
			const owner = labels[appLabel];
			if (owner !== app) return void 0 === owner ? "it is nobody's now" : `it belongs to ${owner} now`;
			const helmRelease = helmReleaseOf(live);
			if (void 0 !== helmRelease) return `it belongs to the Helm release ${helmRelease} now`;
			const controller = metadata.ownerReferences?.find((each) => true === each.controller);
			if (void 0 !== controller) return `it belongs to ${controller.kind}/${controller.name} now`;
			if (void 0 !== uid && uid !== metadata.uid) return "somebody has deleted it and made it anew since";
			if (void 0 === ownEntry(live)) return "others have taken all of its fields over";
		}
		const prune_tries = 10;
		async function removeLeftover(api, app, { released, live }) {
			const path = objectPath(released.kind, live.metadata.namespace ?? "", live.metadata.name);
			let current = live;
			for (let tried = 0; ; tried++) {
				try {
					const { uid, resourceVersion } = current.metadata;
					const body = { propagationPolicy: "Background", preconditions: { uid, resourceVersion } };
					await api.request({ method: "DELETE", path, body, repeatable: true });
					return;
				} catch (error) {
					if (!(error instanceof ApiError)) throw error;
					if (404 === error.status) return;
					if (409 !== error.status || tried === prune_tries) throw error;
				}
				const found = await readIfThere(api, path);
				if (void 0 === found || void 0 !== found.metadata.deletionTimestamp) return;
				const { reason } = planRemoval(
					app,
					{ ...released, recorded: { ...released.recorded, uid: live.metadata.uid ?? "" } },
					found,
				);
				if (void 0 !== reason) return reason;
				current = found;
			}
		}
		async function readIfThere(api, path) {
			try {
				return await api.request({ method: "GET", path });
			} catch (error) {
				if (error instanceof ApiError && 404 === error.status) return;
				throw error;
			}
		}
		class RefusedPlan extends src_error.G {
			app;
			namespace;
			plan;
			roles;
			constructor(given) {
				const count = 1 === given.problems.length ? "one problem" : `${given.problems.length} problems`;
				super(`Cannot deploy because the cluster would refuse it: got ${count}, and nothing was changed`, {
					code: "configuration",
					problems: given.problems.toSorted(byPlace),
				});
				this.app = given.app;
				this.namespace = given.namespace;
				this.plan = given.plan;
				this.roles = given.roles;
			}
		}
		function byPlace(a, b) {
			return (a.file ?? "").localeCompare(b.file ?? "") || (a.line ?? 0) - (b.line ?? 0);
		}
		const dependsOnAnnotation = "slipway.dev/depends-on";
		function dependencies(all) {
			const byName = Map.groupBy(all, ({ released }) => release_object_nameOf(released.object));
			return new Map(
				all.flatMap((each) => {
					const { object } = each.released;
					const found = dependencies_namesOf(object).flatMap((name) => nearby(byName.get(name) ?? [], object) ?? []);
					return 0 === found.length ? [] : [[each, found]];
				}),
			);
		}
		function dependencyProblems(objects) {
			const all = objects.map((released) => ({ released }));
			const byName = Map.groupBy(all, ({ released }) => release_object_nameOf(released.object));
			const unknown = objects.flatMap((released) =>
				dependencies_namesOf(released.object).flatMap((name) => {
					const problem = nameProblem(released.object, name, byName);
					return void 0 === problem ? [] : [{ ...problem, ...at(released) }];
				}),
			);
			return unknown.length > 0 ? unknown : circles(dependencies(all));
		}
		function nameProblem(object, name, byName) {
			const found = byName.get(name) ?? [];
			const message = `${release_object_nameOf(object)} depends on ${name}`;
			if (0 === found.length) {
				const near = (0, nearest.p)(name, byName.keys());
				const hint =
					void 0 === near ? "Write kind and name of an object of this app, Kind/name." : `Did you mean ${near}?`;
				return { message: `${message}, which is in no manifest of this release`, hint };
			}
			const need = nearby(found, object);
			if (void 0 === need)
				return {
					message: `${message}, and there is one in several namespaces`,
					hint: "It can wait for one in its own namespace, or for one that is alone of its name.",
				};
			const isLast = (each) => hookPointsOf(each).some((point) => point.startsWith("post-"));
			if (!isLast(need.released.object) || isLast(object)) return;
			return {
				message: `${message}, which runs after everything else`,
				hint: "Make that a hook of before, or take the dependency out.",
			};
		}
		function dependencies_namesOf({ metadata }) {
			const text = metadata.annotations?.[dependsOnAnnotation] ?? "";
			return [...new Set(text.split(/[\s,]+/).filter((name) => "" !== name))];
		}
		function nearby(found, { metadata }) {
			const own = found.find(({ released }) => released.object.metadata.namespace === metadata.namespace);
			return own ?? (1 === found.length ? found[0] : void 0);
		}
		function circles(needs) {
			const done = new Set();
			const problems = [];
			const visit = (each, path) => {
				const start = path.indexOf(each);
				if (-1 !== start) problems.push(circle(path.slice(start)));
				if (-1 !== start || done.has(each)) return;
				for (const need of needs.get(each) ?? []) visit(need, [...path, each]);
				done.add(each);
			};
			for (const each of needs.keys()) visit(each, []);
			return problems;
		}
		function circle(path) {
			const [first] = path;
			const names = [...path, ...path.slice(0, 1)].map(({ released }) => release_object_nameOf(released.object));
			return {
				message: `${names[0] ?? ""} would wait for itself: ${names.join(" waits for ")}`,
				hint: `Take one of these out of ${dependsOnAnnotation}.`,
				...(void 0 === first ? {} : at(first.released)),
			};
		}
		function at(released) {
			return server_problems_placeAt(released, ["metadata", "annotations", dependsOnAnnotation]);
		}
		const waveAnnotation = "slipway.dev/wave";
		const stages = [
			["Namespace"],
			["CustomResourceDefinition"],
			[
				"ResourceQuota",
				"LimitRange",
				"PriorityClass",
				"StorageClass",
				"NetworkPolicy",
				"ValidatingAdmissionPolicy",
				"ValidatingAdmissionPolicyBinding",
				"ServiceAccount",
				"Role",
				"ClusterRole",
				"RoleBinding",
				"ClusterRoleBinding",
			],
			["ConfigMap", "Secret", "PersistentVolume", "PersistentVolumeClaim"],
		];
		function inSteps(all, direction) {
			const needs = dependencies(all);
			const places = pullForward(all, needs, direction);
			const groups = Map.groupBy(all, (each) => String(places.get(each)));
			const sorted = [...groups.values()].sort(([a], [b]) =>
				comparePlaces(waves_placeOf(places, a), waves_placeOf(places, b)),
			);
			const steps = [];
			const earlier = [];
			for (const group of sorted) {
				const place = waves_placeOf(places, group[0]);
				const levels = inLevels(group, needs);
				for (const level of levels) {
					const members = servicesFirst(level);
					const needed = new Set(members.flatMap((member) => needs.get(member) ?? []));
					const isWaitedFor = (each) =>
						"CustomResourceDefinition" === each.released.object.kind ||
						isOtherWave(waves_placeOf(places, each), place) ||
						needed.has(each);
					const after = earlier.filter(isWaitedFor);
					const complete = place[0] === waves_parts.after ? needed : new Set(after);
					steps.push({ members, after, complete });
					earlier.push(...members);
				}
			}
			return steps;
		}
		function orderProblems(objects) {
			const waves = objects.flatMap((released) => {
				const { object } = released;
				if (!Number.isNaN(waveOf(object))) return [];
				const got = object.metadata.annotations?.[waveAnnotation] ?? "";
				const message = `${release_object_nameOf(object)}: ${waveAnnotation} is a whole number: got "${got}"`;
				return [{ message, ...server_problems_placeAt(released, ["metadata", "annotations", waveAnnotation]) }];
			});
			return [...objects.flatMap(hookProblems), ...waves, ...dependencyProblems(objects)];
		}
		const waves_parts = { ground: 0, before: 1, waves: 2, after: 3 };
		function ownPlace({ object }, direction) {
			const moment = momentOf(object, direction);
			const wave = waveOf(object) ?? 0;
			if (void 0 !== moment) return ["pre" === moment ? waves_parts.before : waves_parts.after, wave, 0];
			const found = stages.findIndex((kinds) => kinds.includes(object.kind));
			return -1 === found || wave > 0
				? [waves_parts.waves, wave, -1 === found ? stages.length : found]
				: [waves_parts.ground, found, wave];
		}
		function waveOf({ metadata }) {
			const text = metadata.annotations?.[waveAnnotation];
			return void 0 === text ? void 0 : /^[+-]?\d{1,9}$/.test(text.trim()) ? Number(text) : 0 / 0;
		}
		function pullForward(all, needs, direction) {
			const places = new Map(all.map((each) => [each, ownPlace(each.released, direction)]));
			const pull = (each, place) => {
				if (comparePlaces(waves_placeOf(places, each), place) <= 0) return;
				places.set(each, place);
				pullNeeds(each);
			};
			const pullNeeds = (each) => {
				const place = waves_placeOf(places, each);
				for (const need of needs.get(each) ?? []) {
					pull(need, place);
					for (const service of servicesOf(need, all)) pull(service, place);
				}
			};
			for (const each of needs.keys()) pullNeeds(each);
			return places;
		}
		function servicesOf({ released: { object } }, all) {
			const labels = podTemplateOf(object)?.metadata?.labels;
			if (void 0 === labels) return [];
			return all.filter(({ released: { object: service } }) => {
				if ("Service" !== service.kind || service.metadata.namespace !== object.metadata.namespace) return false;
				const { selector = {} } = service.spec ?? {};
				const pairs = Object.entries(selector);
				return pairs.length > 0 && pairs.every(([key, value]) => labels[key] === value);
			});
		}
		function inLevels(group, needs) {
			const members = new Set(group);
			const levels = new Map();
			const levelOf = (each) => {
				const known = levels.get(each);
				if (void 0 !== known) return known;
				const inside = (needs.get(each) ?? []).filter((need) => members.has(need));
				const level = Math.max(-1, ...inside.map(levelOf)) + 1;
				levels.set(each, level);
				return level;
			};
			return [...Map.groupBy(group, levelOf)].sort(([a], [b]) => a - b).map(([, level]) => level);
		}
		function isOtherWave([part, wave], [nextPart, nextWave]) {
			if (part === waves_parts.ground || nextPart === waves_parts.ground) return false;
			return part !== nextPart || wave !== nextWave;
		}
		function servicesFirst(members) {
			const isService = ({ released }) => "Service" === released.object.kind;
			return [...members.filter(isService), ...members.filter((each) => !isService(each))];
		}
		function comparePlaces(a, b) {
			return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
		}
		function waves_placeOf(places, each) {
			return (void 0 === each ? void 0 : places.get(each)) ?? [waves_parts.after, 0, 0];
		}
		function changesAnything({ objects, removals, hooks }) {
			return (
				objects.some(({ action }) => "unchanged" !== action) ||
				removals.some(({ action }) => "delete" === action) ||
				hooks.some(({ isNew }) => isNew)
			);
		}
		async function planRelease(ports, request) {
			const known = [...request.objects, ...request.recorded];
			hideSecrets(
				ports,
				request,
				known.map(({ object }) => object),
			);
			const found = new Findings();
			const plan = await planAll(ports, request, found).catch((error) => {
				if (!found.keeps(error)) throw error;
				return { objects: [], removals: [], hooks: [], hookNamespaces: [], leftovers: [] };
			});
			const roles = await addPermissions(ports, request, found);
			const { app, namespace = "" } = request;
			if (found.problems.length > 0) throw new RefusedPlan({ app, namespace, plan, problems: found.problems, roles });
			return plan;
		}
		class Findings {
			problems = [];
			forbidden = [];
			keeps(error, { released, live } = {}) {
				if (isForbidden(error)) this.forbidden.push(error);
				else if (
					error instanceof ApiError &&
					void 0 !== released &&
					"unreachable" !== error.code &&
					401 !== error.status
				)
					this.problems.push(...serverProblems(error, released, live));
				else {
					if (!(error instanceof src_error.G) || !(error.problems.length > 0)) return false;
					this.problems.push(...error.problems);
				}
				return true;
			}
		}
		async function planAll(ports, request, found) {
			const recorded = new Map();
			for (const each of request.recorded)
				if (!recorded.has(release_object_keyOf(each.object))) recorded.set(release_object_keyOf(each.object), each);
			const applied = request.objects.filter(({ object }) => !isHook(object));
			const inPlace = {
				...request,
				objects: applied,
				recorded: request.recorded.filter(({ object }) => !isHook(object)),
			};
			const { removable, leftovers } = findLeftovers(ports.discovery, inPlace);
			const live = await readLiveObjects(ports, [...applied, ...removable]);
			hideSecrets(ports, request, live.values());
			const surroundings = await surroundingsOf(ports, request, live);
			found.problems.push(...orderProblems(request.objects));
			const planned = await (0, parallel.H)(request.objects, parallelRequests, async (released) => {
				const key = release_object_keyOf(released.object);
				const context = { released, live: live.get(key), recorded: recorded.get(key), surroundings };
				try {
					return await planOne(ports, request, context);
				} catch (error) {
					if (!found.keeps(error, context)) throw error;
					return;
				}
			});
			return {
				objects: planned.filter((each) => void 0 !== each && "action" in each),
				hooks: planned.filter((each) => void 0 !== each && "job" in each),
				hookNamespaces: hookNamespaces([...request.objects, ...request.recorded]),
				removals: planRemovals(inPlace, removable, live),
				leftovers,
			};
		}
		async function planOne(ports, request, context) {
			const { released, recorded, surroundings } = context;
			if (!isHook(released.object)) return planObject(ports, request, context);
			if (hookProblems(released).length > 0) return;
			const namespace = released.object.metadata.namespace ?? "";
			const presence = surroundings.namespaces.get(namespace);
			if ("absent" === presence) throw namespaceNotFound(released, namespace);
			const { app, direction = "deploy", revision = 1 } = request;
			return planHook(
				ports,
				{ app, direction, revision },
				{ released, recorded, bringsNamespace: "brought" === presence },
			);
		}
		async function addPermissions(ports, request, { forbidden, problems }) {
			if (0 === forbidden.length) return;
			const missing = await missingPermissions(ports, neededPermissions(request), forbidden);
			const told = permissionProblems(missing, request.app);
			problems.push(...told.problems);
			return told.manifest;
		}
		function plan_document_planDocument(given) {
			const { app, namespace, changes, problems = [], roles } = given;
			const count = (action) => changes.filter((change) => change.action === action).length;
			return {
				version: 1,
				app,
				namespace,
				counts: {
					create: count("create"),
					update: count("update"),
					unchanged: count("unchanged"),
					delete: count("delete"),
					skip: count("skip"),
				},
				changes,
				problems,
				...(void 0 === roles ? {} : { roles }),
			};
		}
		function plan_document_changesOf(plan) {
			const runs = changesAnything(plan);
			return [
				...plan.objects.map(changeOfObject),
				...plan.hooks.map(({ released, moment, job, ...checked }) => ({
					...plan_document_describe(released),
					...(void 0 === moment || !runs
						? { action: "unchanged" }
						: {
								action: "create",
								object: job,
								reason: `hook, runs ${"pre" === moment ? "before" : "after"} the rest`,
							}),
					fields: [],
					...checkOf(released, checked),
				})),
				...plan.removals.map(({ released, action, reason }) => ({
					action,
					...plan_document_describe(released),
					fields: [],
					...(void 0 === reason ? {} : { reason }),
				})),
			];
		}
		function changeOfObject(planned) {
			const { released, action, fields, taken, takeover, adoptedFrom, warnings, unchecked } = planned;
			const predecessors = takeover?.from ?? [];
			return {
				action,
				...plan_document_describe(released),
				fields,
				...(rolls(released, fields) ? { rolls: true } : {}),
				...(0 === predecessors.length ? {} : { reason: `takes over from ${predecessors.join(", ")}` }),
				...(0 === taken.length ? {} : { taken }),
				...(void 0 === adoptedFrom ? {} : { adopted: adoptedFrom }),
				...checkOf(released, { warnings, unchecked }),
			};
		}
		function checkOf(released, { warnings, unchecked }) {
			return {
				...(0 === warnings.length ? {} : { warnings: warnings.map((text) => warningAt(released, text)) }),
				...(void 0 === unchecked ? {} : { unchecked }),
			};
		}
		function warningAt(released, message) {
			const field = /^((?:spec|metadata|data)[\w.]*(?:\[[^\]]*\][\w.]*)*): /.exec(message)?.[1];
			return { message, ...place(released, field) };
		}
		function rolls({ object }, fields) {
			const template = podTemplatePath(object)?.join(".");
			if (void 0 === template || ["Job", "CronJob", "ReplicaSet", "ReplicationController"].includes(object.kind))
				return false;
			return "" !== template && fields.some(({ path }) => path.startsWith(template));
		}
		function plan_document_describe(released) {
			const { apiVersion, metadata } = released.object;
			return {
				object: release_object_nameOf(released.object),
				apiVersion,
				namespace: metadata.namespace ?? "",
				...place(released),
			};
		}
		async function announcePlan(runner, title, all) {
			const { log } = runner;
			const changes = all.map((change) => redactChange(change, (text) => runner.redact(text)));
			const lines = [
				...planLines(changes),
				...uncheckedReasons(changes).map((each) => `  not checked beforehand: ${each}`),
			];
			if (0 === lines.length) log.info(`${title}: ${countChanges(changes)}`);
			else
				await log.group(`${title}: ${countChanges(changes)}`, () => {
					log.info(lines.join("\n"));
					return Promise.resolve();
				});
			for (const { object, taken = [], adopted, warnings = [], file, line } of changes) {
				const place = { ...(void 0 === file ? {} : { file }), ...(void 0 === line ? {} : { line }) };
				if (void 0 !== adopted) log.warning(`${object}: is taken over from ${adopted}`, place);
				for (const field of taken) log.warning(`${object}: takes over ${field}`, void 0 === adopted ? {} : place);
				for (const { message, ...at } of warnings) log.warning(`${object}: ${message}`, at);
			}
		}
		async function writePlan(runner, plan) {
			const path = (0, external_node_path_.join)(
				runner.temp,
				`slipway-${plan.app}-${(0, external_node_crypto_.randomUUID)().slice(0, 8)}-plan.json`,
			);
			const redacted = redactPlan(plan, (text) => runner.redact(text));
			await (0, promises_.writeFile)(path, `${JSON.stringify(redacted, void 0, 2)}\n`, { flag: "wx", mode: 384 });
			return path;
		}
		const mostProven = 3;
		function announceResult(log, release, result) {
			const { outcome, failures, watched, durationMs } = result;
			for (const [index, failure] of failures.entries()) {
				const { object, file, line, cause, remedy, said } = reportFailure(failure);
				const place = void 0 === file ? {} : { file, ...(void 0 === line ? {} : { line }) };
				const words = [`${object}: ${cause}`, remedy, void 0 === said ? void 0 : `It said: ${said}`];
				log.error(words.filter((each) => void 0 !== each).join("\n"), { ...place, title: `${release} ${outcome}` });
				const proof =
					void 0 === failure.evidence || index >= mostProven ? [] : describeEvidence(inBrief(failure.evidence));
				if (proof.length > 0) log.info(proof.map((each) => `  ${each}`).join("\n"));
			}
			const unseen = watched ? "" : ", not watched: whether it comes up is not known";
			log.info(`${release}: ${outcome} after ${(0, duration.a)(durationMs)}${unseen}`);
		}
		async function writeReports(runner, whole) {
			const report = redacted(whole, (text) => runner.redact(text));
			const stem = (0, external_node_path_.join)(
				runner.temp,
				`slipway-${report.app}-${(0, external_node_crypto_.randomUUID)().slice(0, 8)}`,
			);
			const paths = { plan: await writePlan(runner, plan_document_planDocument(report)), report: `${stem}-report.md` };
			const markdown = releaseReport(report);
			await (0, promises_.writeFile)(paths.report, markdown, { flag: "wx", mode: 384 });
			runner.addSummary(markdown);
			if (report.failures.length > 0) runner.log.info(`All of the proof is in the report: ${paths.report}`);
			return paths;
		}
		async function explainingRefusal(runner, title, work) {
			const started = runner.clock.now();
			try {
				return await work();
			} catch (error) {
				if (error instanceof src_error.G) {
					const { message, problems = [] } = redactError(error, (text) => runner.redact(text));
					const { hint, outcome } = error;
					const durationMs = runner.clock.now() - started;
					const roles = error instanceof RefusedPlan ? error.roles : void 0;
					runner.addSummary(refusalReport({ title, durationMs, error: { message, problems, hint, outcome }, roles }));
					if (void 0 !== roles) runner.log.info(`What gives the permissions that are missing:\n${roles}`);
				}
				throw error;
			}
		}
		function factsOf(app, context) {
			const { sha: commit, actor, repository, runId, runAttempt, serverUrl } = context;
			const run = "" === runId || "" === serverUrl ? "" : `${serverUrl}/${repository}/actions/runs/${runId}`;
			const attempt = /^[1-9]\d{0,5}$/.test(runAttempt) ? { runAttempt: Number(runAttempt) } : {};
			return { app, commit, actor, repository, run, runId, ...attempt };
		}
		const kept = 10;
		function newest(history) {
			return history.at(-1);
		}
		function nextRevision(history) {
			return (newest(history)?.revision ?? 0) + 1;
		}
		function lastVerified(history, except) {
			return history.findLast(
				({ verified, revision, damaged }) =>
					void 0 !== verified && void 0 === damaged && revision !== except && !wasTakenBack(history, revision),
			);
		}
		function lastSucceeded(history, except) {
			return history.findLast(
				({ outcome, watched = true, revision, damaged }) =>
					"succeeded" === outcome &&
					watched &&
					void 0 === damaged &&
					revision !== except &&
					!wasTakenBack(history, revision),
			);
		}
		function wasTakenBack(history, revision) {
			const last = history.findLast(
				({ restores, replaces }) => restores === revision || (void 0 !== restores && replaces === revision),
			);
			return void 0 !== last && last.restores !== revision;
		}
		function including(history, release) {
			return [...history.filter(({ revision }) => revision !== release.revision), release];
		}
		function expired(history) {
			const needed = new Set([lastVerified(history), lastSucceeded(history)]);
			return history.slice(0, -kept).filter((release) => !needed.has(release) && void 0 === release.damaged);
		}
		function withDeadline(api, deadlineMs) {
			const bound = (request) => ({ ...request, deadlineMs: Math.min(deadlineMs, request.deadlineMs ?? 1 / 0) });
			return { request: (request) => api.request(bound(request)), stream: (request) => api.stream(bound(request)) };
		}
		const pauseMs = 1e3;
		const follow_log_longestLine = 16384;
		async function* followLog({ api, clock, signal }, { path, container }) {
			const query = { container, follow: true };
			let told = 0;
			for (;;)
				try {
					let count = 0;
					for await (const line of linesOf(api.stream({ method: "GET", path, query, signal })))
						if (!(count++ < told)) {
							told++;
							yield line;
						}
					return;
				} catch (error) {
					signal.throwIfAborted();
					if (error instanceof ApiError && 403 !== error.status) return;
					if (error instanceof ApiError || !(error instanceof src_error.G) || "unreachable" !== error.code) throw error;
					await clock.sleep(pauseMs, signal);
				}
		}
		async function* linesOf(stream) {
			const decoder = new TextDecoder();
			let rest = "";
			for await (const chunk of stream) {
				const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
				rest = (lines.pop() ?? "").slice(0, follow_log_longestLine);
				yield* lines;
			}
			if ("" !== rest) yield rest;
		}
		const hook_output_mostLines = 200;
		const lastLines = 50;
		const hook_output_patienceMs = 5e3;
		class HookOutput {
			#ports;
			#jobs;
			#followed = new Map();
			#stop = new AbortController();
			#signal;
			#left = hook_output_mostLines;
			constructor(ports, jobs) {
				this.#ports = ports;
				this.#jobs = jobs;
				this.#signal = AbortSignal.any([ports.signal, this.#stop.signal]);
			}
			see(pods) {
				for (const pod of pods) this.#see(pod);
			}
			async end(jobs) {
				if (0 === jobs.length) return;
				const isShown = new AbortController();
				this.#ports.clock.sleep(hook_output_patienceMs, isShown.signal).then(
					() => this.#stop.abort(),
					() => void 0,
				);
				await this.#seeAll(jobs);
				await Promise.all(this.#followed.values());
				isShown.abort();
			}
			async stop() {
				this.#stop.abort();
				await Promise.all(this.#followed.values());
			}
			#see(pod) {
				const job = this.#jobs.find((each) => isOwnedBy(pod, each));
				if (void 0 === job) return;
				const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
				for (const { name, state, restartCount = 0 } of statuses) {
					const key = `${pod.metadata.uid ?? ""} ${name} ${restartCount}`;
					if ((state?.running ?? state?.terminated) === void 0 || this.#followed.has(key)) continue;
					const followed = this.#follow(this.#sourceOf(job, pod, name));
					followed.catch(() => void 0);
					this.#followed.set(key, followed);
				}
			}
			async #seeAll(jobs) {
				if (this.#followed.size > 0) return;
				await this.#unlessUnreadable(async () => {
					for (const job of jobs) {
						const path = `/api/v1/namespaces/${job.metadata.namespace ?? ""}/pods`;
						const request = { method: "GET", path, query: selectByLabels([job]), signal: this.#signal };
						const { items } = await this.#ports.api.request(request);
						this.see(items);
					}
				});
			}
			#sourceOf(job, pod, container) {
				const count = (pod.spec?.initContainers ?? []).length + (pod.spec?.containers ?? []).length;
				const label = [...(this.#jobs.length > 1 ? [job.metadata.name] : []), ...(count > 1 ? [container] : [])].join(
					" ",
				);
				return {
					title: `Output of ${release_object_nameOf(job)}${count > 1 ? `, container ${container}` : ""}`,
					prefix: "" === label ? "" : `${label}: `,
					path: `/api/v1/namespaces/${pod.metadata.namespace ?? ""}/pods/${pod.metadata.name}/log`,
					container,
				};
			}
			async #follow(source) {
				const { api, clock, log } = this.#ports;
				await this.#unlessUnreadable(async () => {
					const lines = followLog({ api, clock, signal: this.#signal }, source);
					const first = await lines.next();
					if (true === first.done) return;
					await log.group(source.title, () => this.#tell(source, first.value, lines));
				});
			}
			async #tell({ prefix }, first, others) {
				const { log } = this.#ports;
				const tail = [];
				let hidden = 0;
				const tell = (line) => {
					if (this.#left-- > 0) log.info(`${prefix}${line}`);
					else tail.push(`${prefix}${line}`);
					if (tail.length <= lastLines) return;
					tail.shift();
					hidden++;
				};
				try {
					tell(first);
					for await (const line of others) tell(line);
				} finally {
					if (hidden > 0) log.info(`… ${hidden} lines that are not shown: the cluster has them`);
					if (tail.length > 0) log.info(tail.join("\n"));
				}
			}
			async #unlessUnreadable(read) {
				try {
					await read();
				} catch (error) {
					if (this.#signal.aborted) return;
					if (!(error instanceof src_error.G)) throw error;
					this.#ports.log.info(`The output of hooks could not be read: ${error.message}`);
				}
			}
		}
		function recordOf(plan, summary, live) {
			const isOver = "pending" !== summary.outcome;
			const objects = plan.objects.map((planned) => recordObject(planned, { live, isOver }));
			const hooks = plan.hooks.map(({ released }) => ({ object: released.object, ...place(released) }));
			return { summary, objects: [...objects, ...hooks], leftovers: leftoversAfter(plan, summary.outcome) };
		}
		function recordObject({ released, adoptedFrom, onceOf = adoptedFrom }, { live, isOver }) {
			const { object, autoscaledBy } = released;
			const found = live.get(release_object_keyOf(object));
			const applied = found && isOver ? ownedHash(found, { withoutReplicas: void 0 !== autoscaledBy }) : void 0;
			return {
				object,
				...place(released),
				...(void 0 === autoscaledBy ? {} : { autoscaledBy }),
				...(void 0 === applied ? {} : { applied }),
				...(found?.metadata.uid === void 0 ? {} : { uid: found.metadata.uid }),
				...(void 0 === onceOf ? {} : { adoptedFrom: onceOf }),
			};
		}
		const lastWordsMs = 3e3;
		async function recordOutcome(request) {
			const { store, log, record, ended } = request;
			const { revision } = record.summary;
			const isHurried = "cancelled" === ended.outcome || "unknown" === ended.outcome;
			try {
				await store.update(record, isHurried ? AbortSignal.timeout(lastWordsMs) : void 0);
			} catch (error) {
				if ("succeeded" === ended.outcome) return { outcome: "unknown", error: unrecorded(revision, error) };
				log.warning(`The outcome "${ended.outcome}" of r${revision} could not be recorded: ${messageOf(error)}`);
				return ended;
			}
			if (!isHurried) await removeExpired(request);
			return ended;
		}
		async function removeExpired({ store, log, history, record }) {
			try {
				const old = expired([...history, record.summary]);
				await (0, parallel.H)(old, parallelRequests, ({ revision }) => store.remove(revision));
			} catch (error) {
				log.warning(`Old release records could not be removed: ${messageOf(error)}`);
			}
		}
		async function recordConfirmation({ store, log }, { revision, runId, watched }) {
			try {
				const release = (await store.history()).find((each) => each.revision === revision);
				if (void 0 === release) return;
				const { watched: before, ...rest } = release;
				const isNews = "" !== runId && !isNewer(release.confirmedBy ?? release.runId, runId);
				const isSeen = false === before && watched;
				if (!isNews && !isSeen) return;
				await store.annotate({ ...(isSeen ? rest : release), ...(isNews ? { confirmedBy: runId } : {}) });
			} catch (error) {
				log.warning(`That this run found r${revision} in place could not be recorded: ${messageOf(error)}`);
			}
		}
		function isNewer(runId, other) {
			return "" !== runId && BigInt(runId) >= BigInt(other);
		}
		function unrecorded(revision, cause) {
			return new src_error.G(`Cannot record that r${revision} succeeded because the cluster did not take the record`, {
				code: "unreachable",
				hint: "All of its objects are up. Deploy again: nothing will change, and it is recorded then.",
				cause,
			});
		}
		function messageOf(error) {
			return error instanceof Error ? error.message : String(error);
		}
		function tellProgress(options) {
			const { live } = options.log;
			return void 0 === live ? new FewLines(options) : new LineForEach({ ...options, live });
		}
		const mostTold = 5;
		const progress_pauseMs = 5e3;
		const progress_plain = ["InProgress", "Unprobed", "NotObserved"];
		class FewLines {
			#options;
			#known = new Map();
			#routineMs = -1 / 0;
			#isBehind = false;
			constructor(options) {
				this.#options = options;
			}
			tell(name, { status, reason, message }) {
				const isPlain = "in-progress" === status && progress_plain.includes(reason);
				const isTrouble = "in-progress" === status && !isPlain;
				const news = "failed" === status ? `${status}: ${message}` : isTrouble ? reason : message;
				const before = this.#known.get(name)?.news;
				this.#known.set(name, { status, news });
				if (before === news) return;
				const { clock } = this.#options;
				if ("current" !== status && !isPlain) return void this.#say(`${name}: ${message}`);
				const isCrowd = this.#known.size > mostTold;
				this.#isBehind = isCrowd && clock.now() - this.#routineMs < progress_pauseMs;
				if (this.#isBehind) return;
				this.#routineMs = clock.now();
				this.#say(`${name}: ${message}${isCrowd ? ` (${this.#count()})` : ""}`);
			}
			end() {
				if (this.#isBehind) this.#say(this.#count());
				this.#isBehind = false;
			}
			#count() {
				const all = [...this.#known.values()];
				return `${all.filter(({ status }) => "current" === status).length} of ${all.length} are done`;
			}
			#say(text) {
				const { log, clock, startedMs } = this.#options;
				log.info(`${(0, duration.a)(clock.now() - startedMs).padStart(8)}  ${text}`);
			}
		}
		const marks = { current: "✓", "in-progress": "\xb7", failed: "✗" };
		const progress_frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
		const frameMs = 120;
		class LineForEach {
			#options;
			#lines = new Map();
			#said = new Map();
			#animation;
			#frame = 0;
			constructor(options) {
				this.#options = options;
			}
			tell(name, verdict) {
				if (void 0 === this.#animation) this.#animate((this.#animation = new AbortController()).signal);
				const untilMs = this.#elapsedMs();
				this.#lines.set(name, { verdict, ...("in-progress" === verdict.status ? {} : { untilMs }) });
				this.#draw();
			}
			end() {
				this.#animation?.abort();
				this.#animation = void 0;
				const { live, log } = this.#options;
				live.show([]);
				const news = this.#sorted().filter(([name, { verdict }]) => this.#said.get(name) !== verdict.message);
				const lines = news.map(([name, line]) => this.#text(name, line, marks[line.verdict.status]));
				if (lines.length > 0) log.info(lines.join("\n"));
				for (const [name, { verdict }] of news) this.#said.set(name, verdict.message);
				this.#lines.clear();
			}
			async #animate(signal) {
				const { clock } = this.#options;
				while (!signal.aborted) {
					this.#frame = (this.#frame + 1) % progress_frames.length;
					this.#draw();
					await clock.sleep(frameMs, signal).catch(() => void 0);
				}
			}
			#draw() {
				if (0 === this.#lines.size) return;
				const { live } = this.#options;
				const sorted = this.#sorted();
				const shown = sorted.slice(-(live.size.rows - 2));
				const hidden = sorted.length - shown.length;
				const lines = shown.map(([name, line]) => {
					const { status } = line.verdict;
					return this.#text(
						name,
						line,
						"in-progress" === status ? (progress_frames[this.#frame] ?? "\xb7") : marks[status],
					);
				});
				live.show(0 === hidden ? lines : [`… ${hidden} more`, ...lines]);
			}
			#sorted() {
				const order = ["current", "in-progress", "failed"];
				return [...this.#lines].sort(
					([, a], [, b]) => order.indexOf(a.verdict.status) - order.indexOf(b.verdict.status),
				);
			}
			#text(name, { verdict, untilMs = this.#elapsedMs() }, mark) {
				const width = Math.max(...[...this.#lines.keys()].map((each) => each.length));
				return `${mark} ${(0, duration.a)(untilMs).padStart(8)}  ${name.padEnd(width)}  ${verdict.message}`;
			}
			#elapsedMs() {
				return this.#options.clock.now() - this.#options.startedMs;
			}
		}
		const silencePatienceMs = 3e3;
		const retractPatienceMs = 3e4;
		const ownGroups =
			/^([a-z]*|(admissionregistration|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$/;
		function other(object, related) {
			const gaveUp = givenUp(object, "Failed", related.now);
			if (void 0 !== gaveUp) return gaveUp;
			const { conditions } = statusOf(object);
			const ready = freshConditionOf(object, "Ready");
			if (void 0 === ready) {
				const isStale = Array.isArray(conditions) && conditions.some((one) => one?.type === "Ready");
				if (isStale) return inProgress("NotObserved", "its controller has not seen the change yet");
				return isSilent(object, related) ? inProgress("NotReported", "its controller has said nothing yet") : current();
			}
			if ("True" === ready.status) return current(ready.reason || "Ready", "ready");
			return inProgress(ready.reason || "NotReady", ready.message || "not ready yet");
		}
		function givenUp(object, type, now) {
			const condition = freshConditionOf(object, type);
			if (condition?.status !== "True") return;
			const text = condition.message || lowerFirst(type);
			const changed = lastChange(object);
			const isDated = (condition.observedGeneration ?? statusOf(object).observedGeneration) !== void 0;
			const isOlder = void 0 !== changed && (condition.lastTransitionTime ?? changed) < changed;
			return !isDated && isOlder && msSince(changed, now) < retractPatienceMs
				? inProgress("NotObserved", `was ${lowerFirst(type)} before it was changed: ${text}`)
				: failed(condition.reason || type, text);
		}
		function lowerFirst(text) {
			return text.charAt(0).toLowerCase() + text.slice(1);
		}
		function isSilent(object, { hasStatus = false, now }) {
			if (!hasStatus || void 0 !== object.status || isOwnKind(object)) return false;
			return msSince(lastChange(object), now) < silencePatienceMs;
		}
		function isOwnKind({ apiVersion }) {
			return ownGroups.test(apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "");
		}
		function argoRollout(object, related) {
			const { phase, message } = statusOf(object);
			const text = "string" == typeof message && "" !== message ? message : "";
			switch (phase) {
				case "Healthy":
					return current("Healthy", "healthy");
				case "Degraded":
					return failed("Degraded", text || "degraded");
				case "Paused":
					return isTimed(object)
						? inProgress("Paused", text || "paused between two steps")
						: current("Paused", "paused by its own strategy, until somebody promotes it");
				case void 0:
					return other(object, related);
				default:
					return inProgress("string" == typeof phase ? phase : "Progressing", text || "progressing");
			}
		}
		function isTimed(object) {
			const strategy = fieldsOf(specOf(object).strategy);
			const { steps } = fieldsOf(strategy.canary);
			const index = numberOf(statusOf(object).currentStepIndex) ?? 0;
			const step = Array.isArray(steps) ? steps[index] : void 0;
			const { duration } = fieldsOf(fieldsOf(step).pause);
			return void 0 !== duration || void 0 !== fieldsOf(strategy.blueGreen).autoPromotionSeconds;
		}
		function certificate(object, related) {
			const verdict = other(object, related);
			const issuing = freshConditionOf(object, "Issuing");
			const hasFailed = issuing?.status === "False" && void 0 !== statusOf(object).lastFailureTime;
			if ("current" === verdict.status || !hasFailed) return verdict;
			return failed(issuing.reason || "Failed", issuing.message || "the certificate could not be issued");
		}
		const templateGenerationAnnotation = "deprecated.daemonset.template.generation";
		const templateGenerationLabel = "pod-template-generation";
		function daemonSet(object, related) {
			if ("OnDelete" === fieldsOf(specOf(object).updateStrategy).type)
				return current("OnDelete", "updated pod by pod, as each is deleted (OnDelete)");
			const count = (name) => numberOf(statusOf(object)[name]) ?? 0;
			const want = count("desiredNumberScheduled");
			const updated = count("updatedNumberScheduled");
			const available = count("numberAvailable");
			if (updated >= want && available >= want)
				return current("Current", 0 === want ? "no node is to run it" : readyText(want, want));
			const own = related.pods.filter((pod) => isOwnedBy(pod, object));
			const newest = own.filter((pod) => isNewest(pod, object));
			const unfit = unfitNodes(own, related.nodes);
			if (unfit.length > 0 && isReadyElsewhere(newest, { want, unfit }))
				return current("Current", `${readyText(want - unfit.length, want)}; not ready themselves: ${unfit.join(", ")}`);
			const progress = readyText(Math.min(available, updated), want);
			const byPods = verdictOfPods(
				newest.filter((pod) => !unfit.includes(nodeOf(pod))),
				progress,
				related,
			);
			if ("failed" === byPods.status) return byPods;
			return replicaFailure(object, { progress, mayFree: false, related }) ?? byPods;
		}
		function isNewest({ metadata }, object) {
			return metadata.labels?.[templateGenerationLabel] === object.metadata.annotations?.[templateGenerationAnnotation];
		}
		function unfitNodes(pods, nodes = []) {
			const unready = new Set(pods.filter((pod) => !isReady(pod)).map(nodeOf));
			return nodes
				.filter((node) => unready.has(node.metadata.name))
				.filter((node) => conditionOf(node, "Ready")?.status !== "True" || node.spec?.unschedulable === true)
				.map(({ metadata }) => metadata.name);
		}
		function isReadyElsewhere(newest, o) {
			const ready = newest.filter((pod) => !isLeaving(pod) && isReady(pod) && !o.unfit.includes(nodeOf(pod)));
			return ready.length >= o.want - o.unfit.length;
		}
		function nodeOf({ spec }) {
			return spec?.nodeName ?? "";
		}
		const addressPatienceMs = 3e4;
		const defaultClassAnnotation = "storageclass.kubernetes.io/is-default-class";
		function persistentVolumeClaim(object, { storageClasses }) {
			const { phase } = statusOf(object);
			if ("Bound" === phase) return current("Bound", "bound");
			if ("Lost" === phase) return failed("Lost", "the volume it was bound to is gone");
			if (void 0 === storageClasses) return current("Pending", "pending; its StorageClass could not be read");
			const itsClass = classOf(object, storageClasses);
			if (itsClass?.volumeBindingMode === "WaitForFirstConsumer")
				return current("WaitForFirstConsumer", "waits for the first pod that uses it");
			return inProgress("Pending", void 0 === itsClass ? classless(object) : "not bound yet");
		}
		function classless(object) {
			const { storageClassName } = specOf(object);
			if ("" === storageClassName) return "not bound yet: it names no StorageClass, so somebody has to make its volume";
			return "string" == typeof storageClassName
				? `not bound yet: there is no StorageClass ${storageClassName}`
				: "not bound yet: it names no StorageClass, and none is the default";
		}
		function classOf(object, classes) {
			const { storageClassName } = specOf(object);
			return classes.find(({ metadata }) =>
				void 0 === storageClassName
					? metadata.annotations?.[defaultClassAnnotation] === "true"
					: metadata.name === storageClassName,
			);
		}
		function service(object) {
			const { type, clusterIP, loadBalancerClass } = specOf(object);
			if ("ExternalName" === type) return current();
			if (void 0 === clusterIP || "" === clusterIP) return inProgress("NoClusterIP", "has no address yet");
			if ("LoadBalancer" !== type || hasAddress(object)) return current();
			const by = "string" == typeof loadBalancerClass ? ` of class ${loadBalancerClass}` : "";
			return inProgress("NoLoadBalancer", `its load balancer${by} has no address yet`);
		}
		function ingress(object, { now }) {
			if (hasAddress(object)) return current();
			return msSince(object.metadata.creationTimestamp, now) < addressPatienceMs
				? inProgress("NoAddress", "has no address yet")
				: current("NoAddress", "has no address; not every ingress controller gives one");
		}
		function hasAddress(object) {
			const { ingress: addresses } = fieldsOf(statusOf(object).loadBalancer);
			return Array.isArray(addresses) && addresses.length > 0;
		}
		function namespace(object) {
			return "Active" === statusOf(object).phase ? current() : inProgress("NotActive", "not active yet");
		}
		function customResourceDefinition(object) {
			const names = conditionOf(object, "NamesAccepted");
			if (names?.status === "False")
				return failed(names.reason ?? "NamesNotAccepted", names.message ?? "its names are taken");
			const established = conditionOf(object, "Established");
			if (established?.status === "True") return current("Established", "established");
			return established?.status === "False" && "Installing" !== established.reason
				? failed(established.reason ?? "NotEstablished", established.message ?? "cannot be established")
				: inProgress("Installing", "not established yet");
		}
		function apiService(object) {
			const available = conditionOf(object, "Available");
			if (available?.status === "True") return current();
			return inProgress(available?.reason ?? "NotAvailable", available?.message ?? "its server is not available yet");
		}
		function horizontalPodAutoscaler(object) {
			const able = conditionOf(object, "AbleToScale");
			const active = conditionOf(object, "ScalingActive");
			for (const { status, reason = "", message = "" } of [able ?? active, active].filter((one) => void 0 !== one))
				if ("False" === status && ["FailedUpdateScale", "InvalidSelector"].includes(reason))
					return failed(reason, message);
			if (void 0 === active) return inProgress(able?.reason ?? "NotLookedAt", able?.message ?? "not looked at yet");
			if ("True" === active.status || "ScalingDisabled" === active.reason) return current();
			const reason = active.reason ?? "NotActive";
			return reason.startsWith("FailedGet")
				? current(reason, `does not scale for now: ${active.message ?? "there are no metrics"}`)
				: inProgress(reason, active.message ?? "does not scale yet");
		}
		const other_workloads_hookAnnotation = "slipway.dev/hook";
		function replicaSet(object, related) {
			const want = numberOf(specOf(object).replicas) ?? 1;
			const ready = numberOf(statusOf(object).readyReplicas) ?? 0;
			const progress = readyText(ready, want);
			if (ready === want && (numberOf(statusOf(object).replicas) ?? 0) === want) return current("Current", progress);
			const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
			const byPods = verdictOfPods(pods, progress, related);
			if ("failed" === byPods.status) return byPods;
			return replicaFailure(object, { progress, mayFree: false, related }) ?? byPods;
		}
		function job(object, related) {
			const complete = conditionOf(object, "Complete");
			if (complete?.status === "True") return current("Complete", "completed");
			for (const type of ["Failed", "FailureTarget"]) {
				const { status, reason = type, message = "the job failed" } = conditionOf(object, type) ?? {};
				if ("True" === status) return failed(reason, other_workloads_lowerFirst(message));
			}
			const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
			const doom = pods.map((pod) => troubleOf(pod, related)).find((trouble) => trouble?.weight === "final");
			if (void 0 !== doom) return failure(doom);
			const count = (name) => numberOf(statusOf(object)[name]) ?? 0;
			const progress = `${count("succeeded")} of ${numberOf(specOf(object).completions) ?? 1} done, ${count("failed")} failed`;
			const refused = replicaFailure(object, { progress, mayFree: false, related });
			if (void 0 !== refused) return refused;
			if (object.metadata.annotations?.[other_workloads_hookAnnotation] !== void 0)
				return inProgress("Running", progress);
			if (true === specOf(object).suspend) return current("Suspended", "suspended");
			return Object.keys(statusOf(object)).length > 0
				? current("Started", "started")
				: inProgress("NotStarted", "not started yet");
		}
		function other_workloads_lowerFirst(text) {
			return text.charAt(0).toLowerCase() + text.slice(1);
		}
		const stateful_set_revisionLabel = "controller-revision-hash";
		function statefulSet(object, related) {
			if ("OnDelete" === fieldsOf(specOf(object).updateStrategy).type)
				return current("OnDelete", "updated pod by pod, as each is deleted (OnDelete)");
			const want = numberOf(specOf(object).replicas) ?? 1;
			const toUpdate = Math.max(0, want - partitionOf(object));
			if (stateful_set_isComplete(object, { want, toUpdate })) return current("Current", readyText(want, want));
			const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
			const meant = pods.filter((pod) => !isToBeReplaced(pod, object));
			const newPods = meant.filter((pod) => isOfRevision(pod, object));
			const progress = readyText(newPods.filter((pod) => !isLeaving(pod) && isReady(pod)).length, toUpdate);
			const [inTheWay] = podsInTheWay(object, related);
			if (void 0 !== inTheWay) {
				const name = inTheWay.metadata.name;
				const why = "is of an older revision and broken, and Kubernetes waits for it to get ready: delete it";
				return failed("BlockedByOldPod", `${progress}; pod ${name} ${why}`);
			}
			const byPods = verdictOfPods(meant, progress, related);
			if ("failed" === byPods.status) return byPods;
			const mayFree = pods.length > newPods.length;
			return replicaFailure(object, { progress, mayFree, related }) ?? byPods;
		}
		function stateful_set_isComplete(object, o) {
			const { replicas, readyReplicas, availableReplicas, updatedReplicas, currentRevision, updateRevision } =
				statusOf(object);
			const ready = numberOf(readyReplicas) ?? 0;
			return (
				(numberOf(replicas) ?? 0) === o.want &&
				ready === o.want &&
				(numberOf(availableReplicas) ?? ready) === o.want &&
				(numberOf(updatedReplicas) ?? 0) >= o.toUpdate &&
				(o.toUpdate < o.want || currentRevision === updateRevision)
			);
		}
		function partitionOf(object) {
			return numberOf(fieldsOf(fieldsOf(specOf(object).updateStrategy).rollingUpdate).partition) ?? 0;
		}
		function isOfRevision({ metadata }, object) {
			return metadata.labels?.[stateful_set_revisionLabel] === statusOf(object).updateRevision;
		}
		function isToBeReplaced(pod, object) {
			const ordinal = Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? 1 / 0);
			const start = numberOf(fieldsOf(specOf(object).ordinals).start) ?? 0;
			return !isOfRevision(pod, object) && ordinal >= start + partitionOf(object);
		}
		function podsInTheWay(object, related) {
			if ("Parallel" === specOf(object).podManagementPolicy) return [];
			return related.pods.filter((pod) => {
				const isOld = isOwnedBy(pod, object) && isToBeReplaced(pod, object);
				const trouble = isOld && !isLeaving(pod) ? troubleOf(pod, related) : void 0;
				return void 0 !== trouble && "passing" !== trouble.weight;
			});
		}
		const readiness_rules = {
			"apps/Deployment": deployment,
			"apps/StatefulSet": statefulSet,
			"apps/DaemonSet": daemonSet,
			"apps/ReplicaSet": replicaSet,
			"/ReplicationController": replicaSet,
			"/Pod": pod,
			"batch/Job": job,
			"/PersistentVolumeClaim": persistentVolumeClaim,
			"/Service": service,
			"networking.k8s.io/Ingress": ingress,
			"/Namespace": namespace,
			"apiextensions.k8s.io/CustomResourceDefinition": customResourceDefinition,
			"apiregistration.k8s.io/APIService": apiService,
			"autoscaling/HorizontalPodAutoscaler": horizontalPodAutoscaler,
			"argoproj.io/Rollout": argoRollout,
			"cert-manager.io/Certificate": certificate,
		};
		const observing = [
			"apps/Deployment",
			"apps/StatefulSet",
			"apps/DaemonSet",
			"apps/ReplicaSet",
			"/ReplicationController",
			"policy/PodDisruptionBudget",
		];
		function readiness(object, related) {
			if (void 0 !== object.metadata.deletionTimestamp) return inProgress("Terminating", "being deleted");
			const kind = `${groupOf(object)}/${object.kind}`;
			if (!isObserved(object, kind)) return inProgress("NotObserved", "its controller has not seen the change yet");
			const reconciling = freshConditionOf(object, "Reconciling");
			if (reconciling?.status === "True")
				return inProgress(reconciling.reason || "Reconciling", reconciling.message || "its controller is at work");
			const stalled = givenUp(object, "Stalled", related.now);
			if (void 0 !== stalled) return stalled;
			const rule = Object.hasOwn(readiness_rules, kind) ? readiness_rules[kind] : void 0;
			return (rule ?? other)(object, related);
		}
		function groupOf({ apiVersion }) {
			return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
		}
		function isObserved(object, kind) {
			const { generation } = object.metadata;
			if (void 0 === generation) return true;
			const observed = numberOf(statusOf(object).observedGeneration);
			return void 0 === observed ? !observing.includes(kind) : observed === generation;
		}
		const plurals = { ConfigMap: "configmaps", Secret: "secrets", PersistentVolumeClaim: "persistentvolumeclaims" };
		const freshMs = 1e3;
		class Absences {
			#api;
			#clock;
			#answers = new Map();
			#asking = new Set();
			constructor({ api, clock }) {
				this.#api = api;
				this.#clock = clock;
			}
			isAbsent(absence, o) {
				const key = [absence.kind, o.namespace, absence.name, absence.key].join("/");
				const known = this.#answers.get(key);
				const isFresh = void 0 !== known && this.#clock.now() < known.untilMs;
				if (!isFresh && !this.#asking.has(key)) {
					this.#asking.add(key);
					this.#ask(absence, o).then((isAbsent) => {
						this.#asking.delete(key);
						this.#answers.set(key, { isAbsent, untilMs: this.#clock.now() + freshMs });
						o.onAnswer();
					});
				}
				return known?.isAbsent;
			}
			async #ask({ kind, name, key }, o) {
				const path = `/api/v1/namespaces/${o.namespace}/${plurals[kind]}/${name}`;
				try {
					const object = await this.#api.request({ method: "GET", path, signal: o.signal });
					const { data, binaryData } = { data: void 0, binaryData: void 0, ...object };
					return void 0 !== key && !(key in fieldsOf(data)) && !(key in fieldsOf(binaryData));
				} catch (error) {
					if (error instanceof ApiError) return true;
					if (error instanceof src_error.G || o.signal.aborted) return;
					throw error;
				}
			}
		}
		class Belongings {
			#pods;
			#replicaSets;
			constructor(pods, replicaSets) {
				this.#pods = byOwner(pods);
				this.#replicaSets = byOwner(replicaSets);
			}
			replicaSetsOf({ metadata }) {
				return this.#replicaSets.get(metadata.uid ?? "") ?? [];
			}
			podsOf(object) {
				const owners = [object, ...this.replicaSetsOf(object)];
				return owners.flatMap(({ metadata }) => this.#pods.get(metadata.uid ?? "") ?? []);
			}
		}
		function byOwner(objects) {
			return Map.groupBy(
				objects,
				({ metadata }) => metadata.ownerReferences?.find((one) => one.controller)?.uid ?? "none",
			);
		}
		const firstPauseMs = 1e3;
		const nodes_pauseMs = 5e3;
		class Nodes {
			#api;
			#clock;
			#due;
			nodes;
			constructor({ api, clock }) {
				this.#api = api;
				this.#clock = clock;
				this.#due = clock.now() + firstPauseMs;
			}
			async refresh(signal) {
				if (this.#clock.now() < this.#due) return false;
				this.#due = 1 / 0;
				try {
					const { items } = await this.#api.request({ method: "GET", path: "/api/v1/nodes", signal });
					this.nodes = items ?? [];
					return true;
				} catch (error) {
					if (!(error instanceof src_error.G) && !signal.aborted) throw error;
					return false;
				} finally {
					this.#due = this.#clock.now() + nodes_pauseMs;
				}
			}
		}
		class ServerTime {
			#clock;
			#aheadMs;
			constructor(clock) {
				this.#clock = clock;
			}
			learn({ metadata }) {
				const times = [metadata.creationTimestamp, ...(metadata.managedFields ?? []).map(({ time }) => time)];
				for (const time of times) {
					const aheadMs = Date.parse(time ?? "") - this.#clock.now();
					if (!Number.isNaN(aheadMs)) this.#aheadMs = Math.max(aheadMs, this.#aheadMs ?? aheadMs);
				}
			}
			now() {
				return new Date(void 0 === this.#aheadMs ? 0 : this.#clock.now() + this.#aheadMs);
			}
		}
		const warnings_firstPauseMs = 500;
		const retryPauseMs = 5e3;
		class Warnings {
			#options;
			#informer;
			#byObject;
			constructor(options) {
				this.#options = options;
			}
			async follow(signal) {
				const { api, namespace, clock, onEvent } = this.#options;
				const path = `/api/v1/namespaces/${namespace}/events`;
				const query = { fieldSelector: "type=Warning" };
				const take = ({ object }) => {
					delete object.metadata.managedFields;
					this.#byObject = void 0;
					onEvent();
				};
				for (let pauseMs = warnings_firstPauseMs; void 0 === this.#informer; pauseMs = retryPauseMs)
					try {
						await clock.sleep(pauseMs, signal);
						this.#informer = await startInformer({ api, path, query, clock, signal, onEvent: take });
					} catch (error) {
						if (signal.aborted) return;
						if (!(error instanceof src_error.G)) throw error;
					}
			}
			about(objects) {
				this.#byObject ??= Map.groupBy(
					[...(this.#informer?.objects.values() ?? [])].sort((a, b) => warnings_timeOf(a) - warnings_timeOf(b)),
					({ involvedObject }) => involvedObject?.uid ?? "",
				);
				const byObject = this.#byObject;
				return objects.flatMap(({ metadata }) => byObject.get(metadata.uid ?? "") ?? []);
			}
		}
		function warnings_timeOf({ series, lastTimestamp, eventTime, firstTimestamp, metadata }) {
			const time =
				series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp;
			return Date.parse(time ?? "") || 0;
		}
		const settleMs = 250;
		const steadyMs = 2e3;
		const tickMs = 1e3;
		const burstMs = 20;
		const sightLimitMs = 5e3;
		async function watchRollout(options) {
			const rollout = new Rollout(options);
			if (!rollout.isDone()) await rollout.watch();
			return rollout.results();
		}
		class Rollout {
			#options;
			#kinds;
			#tracks;
			#time;
			#startedMs;
			#warnings;
			#nodes;
			#absences;
			#storageClasses;
			#failedSince;
			#isTimeUp = false;
			#wake = () => void 0;
			constructor(options) {
				const { targets, clock, api } = options;
				this.#options = options;
				this.#kinds = withKindsOf(targets, options.discovery);
				this.#startedMs = clock.now();
				this.#time = new ServerTime(clock);
				this.#absences = new Absences({ api, clock });
				for (const { object } of targets) this.#time.learn(object);
				const related = { pods: [], replicaSets: [], storageClasses: [], now: this.#time.now() };
				this.#tracks = targets.map((target) => {
					const hasStatus = this.#hasStatus(target.object);
					const isWatchable = this.#isWatchable(target.object);
					const verdict = isWatchable
						? judged(target, target.object, { ...related, hasStatus })
						: current("NotWatched");
					return { target, object: target.object, verdict, told: "" };
				});
				const makers = this.#waitedFor().filter(({ object }) => isWorkload(object) || "Pod" === object.kind);
				const namespaces = new Set(makers.map(({ object }) => object.metadata.namespace ?? ""));
				const onEvent = () => this.#wake();
				this.#warnings = new Map(
					[...namespaces].map((namespace) => [namespace, new Warnings({ api, namespace, clock, onEvent })]),
				);
				const isForNodes = makers.some(({ object }) => "DaemonSet" === object.kind);
				this.#nodes = isForNodes ? new Nodes({ api, clock }) : void 0;
			}
			#isWatchable({ apiVersion, kind }) {
				return this.#kinds.find(apiVersion, kind)?.verbs.includes("watch") === true;
			}
			#hasStatus({ apiVersion, kind }) {
				return this.#kinds.find(apiVersion, kind)?.subresources.includes("status") === true;
			}
			isDone() {
				return 0 === this.#waitedFor().length;
			}
			results() {
				return this.#tracks.map((track) => {
					const { target, object, verdict } = track;
					const timedOut = this.#isOverdue(track) ? "own" : this.#isTimeUp ? "all" : void 0;
					return {
						target,
						object,
						verdict,
						...(void 0 === timedOut || "in-progress" !== verdict.status ? {} : { timedOut }),
					};
				});
			}
			async watch() {
				const { api, clock, onBlind } = this.#options;
				const stop = new AbortController();
				const signal = AbortSignal.any([this.#options.signal, stop.signal]);
				const onChange = (object) => {
					this.#time.learn(object);
					this.#wake();
				};
				const watches = new Watches({
					api,
					kinds: this.#kinds,
					clock,
					signal,
					onChange,
					onBlind: onBlind ?? (() => void 0),
				});
				const watched = this.#waitedFor();
				try {
					await Promise.all([watches.start(watched.map(({ object }) => object)), this.#readStorageClasses(signal)]);
					for (const warnings of this.#warnings.values()) warnings.follow(signal);
					while (!this.#judge(watched, watches, signal) && !this.#isTimeUp) {
						await this.#pause(signal);
						this.#isTimeUp = clock.now() >= this.#options.deadlineMs;
					}
				} finally {
					stop.abort();
					watches.stop();
				}
				if (this.#isTimeUp) await this.#proveSight();
			}
			#waitedFor() {
				return this.#tracks.filter(({ verdict }) => "current" !== verdict.status);
			}
			#judge(watched, watches, signal) {
				this.#options.signal.throwIfAborted();
				watches.throwIfFailed();
				const { pods } = watches;
				this.#options.onPods?.(pods);
				const belongings = new Belongings(pods, watches.replicaSets);
				for (const track of watched) {
					this.#judgeOne(track, watches.find(track.object), belongings);
					this.#confirmAbsence(track, signal);
				}
				if (watched.some((track) => this.#isOverdue(track))) return true;
				const isFailed = isLost(watched);
				this.#failedSince = isFailed ? (this.#failedSince ?? this.#options.clock.now()) : void 0;
				const isSettled = isFailed && this.#settlesInMs() <= 0;
				for (const track of watched) if ("failed" !== track.verdict.status || isSettled) this.#tell(track);
				return isSettled || watched.every(({ verdict }) => "current" === verdict.status);
			}
			#judgeOne(track, object, belongings) {
				if ("Started" === track.verdict.reason) return;
				if (void 0 === object || object.metadata.uid !== track.object.metadata.uid) {
					const what = void 0 === object ? "deleted" : "deleted and made anew";
					track.verdict = failed("Deleted", `it was ${what} by somebody else while it was rolled out`);
					return;
				}
				const pods = belongings.podsOf(object);
				const replicaSets = belongings.replicaSetsOf(object);
				const related = {
					pods,
					replicaSets,
					events: this.#warnings.get(object.metadata.namespace ?? "")?.about([object, ...replicaSets, ...pods]) ?? [],
					hasStatus: this.#hasStatus(object),
					now: this.#time.now(),
					...(this.#nodes?.nodes === void 0 ? {} : { nodes: this.#nodes.nodes }),
					...(void 0 === this.#storageClasses ? {} : { storageClasses: this.#storageClasses }),
				};
				track.object = object;
				track.verdict = this.#steady(track, judged(track.target, object, related));
			}
			#confirmAbsence(track, signal) {
				const { verdict, object } = track;
				if ("failed" !== verdict.status || void 0 === verdict.absence) return;
				const namespace = object.metadata.namespace ?? "";
				const onAnswer = () => this.#wake();
				const isAbsent = this.#absences.isAbsent(verdict.absence, { namespace, signal, onAnswer });
				if (true === isAbsent) return;
				const { kind, name } = verdict.absence;
				track.verdict =
					void 0 === isAbsent
						? inProgress("NotObserved", verdict.message)
						: inProgress("Absent", `needs the ${kind} ${name}, which is there now, and which its node will see soon`);
			}
			#isOverdue({ target, verdict }) {
				const elapsedMs = this.#options.clock.now() - this.#startedMs;
				return "current" !== verdict.status && elapsedMs >= (target.timeoutMs ?? 1 / 0);
			}
			#steady(track, verdict) {
				const now = this.#options.clock.now();
				track.currentSince = "current" === verdict.status ? (track.currentSince ?? now) : void 0;
				if (void 0 === track.currentSince || now - track.currentSince >= steadyMs || isProbed(track.object))
					return verdict;
				return inProgress("Unprobed", `${verdict.message}; nothing probes whether that is true, so it has to last`);
			}
			#tell(track) {
				const { status, reason, message } = track.verdict;
				const text = `${status}: ${message}`;
				if (text === track.told || "NotObserved" === reason) return;
				track.told = text;
				this.#options.onVerdict?.(track.target, track.verdict);
			}
			#settlesInMs() {
				const { clock } = this.#options;
				return (this.#failedSince ?? clock.now()) + settleMs - clock.now();
			}
			async #pause(signal) {
				const { clock, deadlineMs } = this.#options;
				this.#nodes?.refresh(signal).then((isNew) => {
					if (isNew) this.#wake();
				});
				const woken = new AbortController();
				this.#wake = () => woken.abort();
				const untilMs = void 0 === this.#failedSince ? tickMs : this.#settlesInMs();
				const limitMs = Math.max(0, Math.min(untilMs, deadlineMs - clock.now()));
				await clock.sleep(limitMs, AbortSignal.any([signal, woken.signal])).catch(() => void 0);
				await clock.sleep(Math.min(burstMs, limitMs), signal).catch(() => void 0);
			}
			async #readStorageClasses(signal) {
				if (!this.#waitedFor().some(({ object }) => "PersistentVolumeClaim" === object.kind)) return;
				try {
					const { items } = await this.#options.api.request({
						method: "GET",
						path: "/apis/storage.k8s.io/v1/storageclasses",
						signal,
					});
					this.#storageClasses = items ?? [];
				} catch (error) {
					if (!(error instanceof ApiError)) throw error;
					this.#options.onBlind?.("storageclasses", error);
				}
			}
			async #proveSight() {
				const { api, clock, signal } = this.#options;
				const object = this.#waitedFor()[0]?.object;
				const kind = object && this.#kinds.find(object.apiVersion, object.kind);
				if (void 0 === object || void 0 === kind) return;
				const path = objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
				const limit = new AbortController();
				const timer = clock.sleep(sightLimitMs, limit.signal).then(
					() => limit.abort(blind(path)),
					() => void 0,
				);
				try {
					const deadlineMs = clock.now() + sightLimitMs / 2;
					await api.request({ method: "GET", path, deadlineMs, signal: AbortSignal.any([signal, limit.signal]) });
				} catch (error) {
					if (error instanceof ApiError && "unreachable" !== error.code) return;
					const isUnexplained = limit.signal.aborted || !(error instanceof src_error.G) || "unreachable" !== error.code;
					throw isUnexplained ? error : blind(path, error);
				} finally {
					limit.abort();
					await timer;
				}
			}
		}
		function judged({ untilComplete = false }, object, related) {
			const verdict = readiness(object, related);
			const isEarly =
				untilComplete && "Job" === object.kind && "current" === verdict.status && "Complete" !== verdict.reason;
			return isEarly ? inProgress("Incomplete", `${verdict.message}; others wait until it is complete`) : verdict;
		}
		function withKindsOf(targets, discovery) {
			const brought = new Map(targets.map(({ object, kind }) => [`${object.apiVersion} ${object.kind}`, kind]));
			return { find: (apiVersion, kind) => discovery.find(apiVersion, kind) ?? brought.get(`${apiVersion} ${kind}`) };
		}
		function isProbed(object) {
			const { minReadySeconds, replicas } = specOf(object);
			if (!isWorkload(object) || "Job" === object.kind || (numberOf(minReadySeconds) ?? 0) > 0 || 0 === replicas)
				return true;
			const containers = podTemplateOf(object)?.spec?.containers ?? [];
			return containers.every((container) => "readinessProbe" in container);
		}
		function isLost(watched) {
			const onTheirWay = watched.filter(({ verdict }) => "in-progress" === verdict.status);
			const isForOperator = onTheirWay.some(({ object }) => !isOwnKind(object));
			const mayRecover = isForOperator || onTheirWay.some(({ object }) => isWorkload(object));
			return watched.some(({ verdict }) => {
				if ("failed" !== verdict.status) return false;
				return void 0 === verdict.absence ? true !== verdict.mayRecover || !mayRecover : !isForOperator;
			});
		}
		function blind(path, cause) {
			const message = `Cannot tell how the rollout ended because the API server gave no answer: got nothing for ${path}`;
			return new src_error.G(message, {
				code: "unreachable",
				hint: "The cluster goes on by itself; run this again to see.",
				cause,
			});
		}
		async function rollOut(ports, options) {
			const { progress } = options;
			const onVerdict = (target, verdict) => {
				progress.tell(release_object_nameOf(target.object), verdict);
				options.onVerdict?.(target, verdict);
			};
			try {
				return await watchAll(ports, { ...options, onVerdict });
			} finally {
				progress.end();
			}
		}
		async function watchAll(ports, options) {
			const { api, discovery, clock, signal } = ports;
			const targets = options.targets.map((target) => {
				const timeoutMs = isHook(target.released.object) ? void 0 : ownTimeoutMs(target.released.object);
				const { kind } = target.released;
				return void 0 === timeoutMs ? { ...target, kind } : { ...target, kind, timeoutMs };
			});
			for (;;) {
				const results = await watchRollout({ ...options, targets, api, discovery, clock, signal });
				const blocked = results.filter(({ verdict }) => "BlockedByOldPod" === verdict.reason);
				const isCleared = clock.now() < options.deadlineMs && (await clearTheWay(ports, blocked));
				if (!isCleared) return results.map((result) => ({ ...result, verdict: judge(result, options) }));
			}
		}
		function judge(result, options) {
			const { released } = result.target;
			const verdict = withLimit(result, options);
			const { spec, metadata } = released.object;
			const isMeant = spec?.paused === true;
			if ("Paused" !== verdict.reason || isMeant) return verdict;
			const remedy = `kubectl rollout resume deployment/${metadata.name} -n ${metadata.namespace ?? ""}`;
			return failed("Paused", `somebody has paused it, so nothing of this release runs: "${remedy}" resumes it`);
		}
		function withLimit(result, { startedMs, deadlineMs }) {
			const { target, verdict, timedOut } = result;
			if (void 0 === timedOut) return verdict;
			const limit =
				"own" === timedOut
					? `within ${(0, duration.a)(ownTimeoutMs(target.released.object) ?? 0)}, its own ${timeoutAnnotation}`
					: `when the timeout of the release was up, ${(0, duration.a)(deadlineMs - startedMs)} after it began`;
			return { ...verdict, limit: `not ready ${limit}` };
		}
		async function clearTheWay(ports, blocked) {
			const cleared = await Promise.all(blocked.map(({ object }) => deleteBroken(ports, object)));
			return cleared.length > 0 && cleared.every((each) => each);
		}
		function unlessGone(error) {
			if (!(error instanceof ApiError) || (404 !== error.status && 409 !== error.status)) throw error;
		}
		async function deleteBroken({ api, log, signal }, set) {
			const path = `/api/v1/namespaces/${set.metadata.namespace ?? ""}/pods`;
			try {
				const { items } = await api.request({ method: "GET", path, signal });
				const broken = podsInTheWay(set, { pods: items, replicaSets: [], now: new Date() });
				for (const { metadata } of broken) {
					log.info(`${release_object_nameOf(set)} waits for its broken pod ${metadata.name}, which is deleted now`);
					const body = { preconditions: { uid: metadata.uid } };
					const gone = api.request({ method: "DELETE", path: `${path}/${metadata.name}`, body, repeatable: true });
					await gone.catch(unlessGone);
				}
				return broken.length > 0;
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				log.warning(`The broken pods of ${release_object_nameOf(set)} could not be deleted: ${error.message}`);
				return false;
			}
		}
		async function startHooks(ports, hooks, release) {
			const kind = hooks[0]?.released.kind;
			if (void 0 === kind) return [];
			const namespaces = [...new Set(hooks.map(({ released }) => released.object.metadata.namespace ?? ""))];
			const earlier = await listJobs(ports, { app: release.app, kind, namespaces });
			await untilEnded(ports, { jobs: earlier.filter(isActive), kind, release });
			return (0, parallel.H)(hooks, parallelRequests, async ({ released }) => {
				const object = await createJob(ports.api, released.object, { kind: released.kind, release });
				return { object, released: { ...released, object } };
			});
		}
		async function createJob(api, hook, { kind, release }) {
			const run = (0, external_node_crypto_.randomUUID)();
			const body = jobOfHook(hook, { ...release, run });
			const namespace = body.metadata.namespace ?? "";
			const request = { method: "POST", path: collectionPath(kind, namespace), query: { fieldManager: fieldManager } };
			try {
				return await api.request({ ...request, body, repeatable: true });
			} catch (error) {
				if (!(error instanceof ApiError) || 409 !== error.status) throw error;
				const path = objectPath(kind, namespace, body.metadata.name);
				const found = await api.request({ method: "GET", path });
				if (found.metadata.annotations?.[hookRunAnnotation] === run) return found;
				const name = `${body.metadata.name}-${run.slice(0, 4)}`.slice(-63).replace(/^[-.]+/, "");
				return await api.request({ ...request, body: { ...body, metadata: { ...body.metadata, name } } });
			}
		}
		async function listJobs({ api, signal }, of) {
			const query = { labelSelector: `${appLabel}=${of.app},${hookLabel},${revisionLabel}` };
			const lists = of.namespaces.map(async (namespace) => {
				const path = collectionPath(of.kind, namespace);
				const { items } = await api.request({ method: "GET", path, query, signal });
				return items.map((item) => ({ ...item, apiVersion: "batch/v1", kind: "Job" }));
			});
			return (await Promise.all(lists)).flat();
		}
		async function untilEnded(ports, left) {
			let { jobs } = left;
			for (const job of jobs)
				ports.log.info(
					`${release_object_nameOf(job)}, which an earlier run started, has not ended yet: waiting for it`,
				);
			const progress = tellProgress({ ...ports, startedMs: left.release.startedMs });
			while (jobs.length > 0) {
				const targets = jobs.map((object) => ({ object, released: { object, kind: left.kind } }));
				const results = await rollOut(ports, { ...left.release, targets, progress });
				const late = results.find(({ timedOut }) => timedOut);
				if (void 0 !== late) throw stillRunning(late.object);
				jobs = results.filter(({ verdict }) => "in-progress" === verdict.status).map(({ object }) => object);
			}
		}
		function stillRunning({ kind, metadata }) {
			const name = `${kind}/${metadata.name}`;
			return new src_error.G(
				`Cannot run the hooks of this release because ${name} of an earlier one still runs: got no end of it in time`,
				{
					code: "timeout",
					hint: `Nothing of the workloads was changed. Wait for it, or delete it: "kubectl delete job ${metadata.name} -n ${metadata.namespace ?? ""}".`,
				},
			);
		}
		async function holdBack({ api, log }, { object, released }) {
			if (!isActive(object)) return false;
			if ((numberOf(statusOf(object).ready) ?? 0) > 0) {
				log.warning(
					`${release_object_nameOf(object)} is still running, and is left to it: the next release waits for its end`,
				);
				return true;
			}
			const { metadata } = object;
			try {
				await api.request({
					method: "PATCH",
					path: objectPath(released.kind, metadata.namespace ?? "", metadata.name),
					query: { fieldManager: fieldManager },
					contentType: "application/merge-patch+json",
					body: { spec: { suspend: true } },
					repeatable: true,
				});
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				log.warning(`${release_object_nameOf(object)} could not be suspended, and may still start: ${error.message}`);
			}
			return false;
		}
		async function removeOldJobs(ports, of) {
			try {
				const jobs = (await listJobs(ports, of)).sort((a, b) => revisionOf(b) - revisionOf(a));
				const hooks = Map.groupBy(
					jobs,
					({ metadata }) => `${metadata.namespace ?? ""}/${metadata.labels?.[hookLabel] ?? ""}`,
				);
				const old = [...hooks.values()].flatMap((each) => {
					const kept = [each[0], each.find(isFailed)];
					return each.filter((job) => !kept.includes(job) && !isActive(job));
				});
				await (0, parallel.H)(old, parallelRequests, async ({ metadata }) => {
					const path = objectPath(of.kind, metadata.namespace ?? "", metadata.name);
					const query = { propagationPolicy: "Background" };
					await ports.api.request({ method: "DELETE", path, query, repeatable: true }).catch(run_hooks_unlessGone);
				});
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				ports.log.warning(`Jobs of earlier hooks could not be removed: ${error.message}`);
			}
		}
		function run_hooks_unlessGone(error) {
			if (!(error instanceof ApiError && 404 === error.status)) throw error;
		}
		function isActive(job) {
			return conditionOf(job, "Complete")?.status !== "True" && !isFailed(job) && true !== specOf(job).suspend;
		}
		function isFailed(job) {
			return conditionOf(job, "Failed")?.status === "True";
		}
		function revisionOf({ metadata }) {
			return Number(metadata.labels?.[revisionLabel] ?? 0);
		}
		const mostFields = 3;
		function overtakenFields(applied, seen) {
			if (!isWorkload(applied) || applied.metadata.generation === seen.metadata.generation) return [];
			const [before, after] = [applied, seen].map((each) => ownedTemplate(applied, each));
			if (canonical(before) === canonical(after)) return [];
			return diffObjects(applied, seen).filter(({ path }) => path.startsWith("spec.template."));
		}
		function overtaken(release, seen, fields) {
			const name = release_object_nameOf(seen);
			const who = lastWriter(seen);
			const shown = fields.slice(0, mostFields).map(describeField).join("; ");
			const more = fields.length > mostFields ? ` and ${fields.length - mostFields} more fields` : "";
			return new src_error.G(
				`Cannot tell whether ${release} comes up because somebody else${void 0 === who ? "" : ` (${who})`} has changed ${name} since it was applied: got ${shown}${more}`,
				{
					code: "refused",
					outcome: "unknown",
					hint: "What runs now is theirs, and is left as it is. Put their change into the manifests, or deploy again with force-conflicts: true.",
				},
			);
		}
		function lastWriter({ metadata }) {
			const others = (metadata.managedFields ?? []).filter(
				({ manager, subresource }) => manager !== fieldManager && void 0 === subresource,
			);
			return others.toSorted((a, b) => (b.time ?? "").localeCompare(a.time ?? ""))[0]?.manager;
		}
		class ReleaseWatch {
			failures = [];
			rollout = [];
			#ports;
			#release;
			#startedMs;
			#progress;
			constructor(ports, o) {
				this.#ports = ports;
				this.#release = o.release;
				this.#startedMs = o.startedMs;
				this.#progress = tellProgress({ ...ports, startedMs: o.startedMs });
			}
			async watch(targets, limits) {
				if (0 === targets.length) return [];
				const { log, clock } = this.#ports;
				const elapsedMs = () => clock.now() - this.#startedMs;
				const fromMs = elapsedMs();
				const tell = ({ object }, verdict) =>
					void this.rollout.push({ object: release_object_nameOf(object), fromMs, untilMs: elapsedMs(), verdict });
				const results = await rollOut(this.#ports, {
					targets,
					startedMs: this.#startedMs,
					progress: this.#progress,
					...limits,
					onBlind: (what, { message }) =>
						log.warning(`The ${what} may not be watched, so failures show later: ${message}`),
					onVerdict: (target, verdict) => {
						if ("in-progress" !== verdict.status) tell(target, verdict);
					},
				});
				for (const { target, object } of results) {
					const fields = overtakenFields(target.object, object);
					if (fields.length > 0) throw overtaken(this.#release, object, fields);
				}
				for (const { target, object, verdict, timedOut } of results) {
					if (timedOut && "in-progress" === verdict.status) tell(target, verdict);
					if ("failed" === verdict.status || timedOut)
						this.failures.push(await this.#explain(target.released, object, verdict));
				}
				return results;
			}
			async #explain(released, object, verdict) {
				const { api, log, redact } = this.#ports;
				try {
					return { released, verdict, evidence: conceal(await collectEvidence({ api, object, verdict }), redact) };
				} catch (error) {
					log.debug(`no evidence for ${release_object_nameOf(object)}: ${String(error)}`);
					return { released, verdict };
				}
			}
		}
		const hookGraceMs = 15e3;
		async function carryOut(ports, request) {
			const last = newest(request.history);
			const isKept = last?.outcome === "succeeded" && void 0 === last.damaged;
			const nothingToDo = !changesAnything(request.plan) && isKept;
			const run = new ReleaseRun(ports, request, nothingToDo ? last : begin(request));
			return nothingToDo ? run.confirm() : run.release();
		}
		function begin({ facts, history, wait }) {
			const startedAt = new Date().toISOString();
			const watched = wait ? {} : { watched: false };
			return { ...facts, ...watched, revision: nextRevision(history), outcome: "pending", startedAt };
		}
		class ReleaseRun {
			#ports;
			#request;
			#startedMs;
			#watch;
			#deadlineMs;
			#summary;
			#live;
			#seen = new Map();
			#changed = false;
			constructor(ports, request, summary) {
				this.#ports = ports;
				this.#request = request;
				this.#summary = summary;
				this.#startedMs = ports.clock.now();
				this.#deadlineMs = request.budget.untilMs;
				this.#watch = new ReleaseWatch(ports, { release: `r${summary.revision}`, startedMs: this.#startedMs });
				this.#live = new Map(
					request.plan.objects.flatMap(({ released, live, action }) =>
						void 0 === live || "unchanged" !== action ? [] : [[release_object_keyOf(released.object), live]],
					),
				);
			}
			async confirm() {
				const { plan, store, facts } = this.#request;
				const { revision } = this.#summary;
				const ended = await this.#attempt(() => this.#untilCurrent(plan.objects));
				const confirmed = { revision, runId: facts.runId, watched: this.#request.wait };
				if ("succeeded" === ended.outcome) await recordConfirmation({ store, log: this.#ports.log }, confirmed);
				return this.#result(ended);
			}
			async release() {
				await this.#request.store.create(this.#recorded());
				return this.#result(await this.#record(await this.#attempt(() => this.#takeSteps())));
			}
			async #takeSteps() {
				const { plan } = this.#request;
				const direction = void 0 === this.#summary.restores ? "deploy" : "rollback";
				const hooks = plan.hooks.filter(({ moment }) => void 0 !== moment);
				for (const step of inSteps([...plan.objects, ...hooks], direction)) {
					await this.#untilReadyFor(step);
					if (this.#hasFailed()) return;
					await this.#apply(step.members.filter(isObject));
					await this.#runHooks(step.members.filter(carry_out_isHook));
					if (this.#hasFailed()) return;
				}
				await this.#untilCurrent(plan.objects);
				if (this.#hasFailed()) return;
				await this.#prune();
				if (plan.hookNamespaces.length > 0) await this.#removeOldJobs(plan.hookNamespaces);
			}
			#hasFailed() {
				return this.#watch.failures.length > 0;
			}
			async #attempt(work) {
				const { signal } = this.#ports;
				try {
					await work();
					const { failures } = this.#watch;
					if (0 === failures.length) return { outcome: "succeeded" };
					return {
						outcome: failures.every(({ verdict }) => "in-progress" === verdict.status) ? "timed-out" : "failed",
					};
				} catch (error) {
					const reason = toError(signal.aborted ? signal.reason : error);
					return { outcome: reason instanceof src_error.G ? reason.outcome : "failed", error: reason };
				}
			}
			async #apply(wave) {
				const changed = wave.filter(({ action }) => "unchanged" !== action);
				const problems = [];
				await (0, parallel.H)(changed, parallelRequests, async ({ released, live, taken, takeover, ...planned }) => {
					this.#throwIfOver();
					try {
						this.#changed = true;
						const force = this.#request.force || taken.length > 0 || void 0 !== planned.adoptedFrom;
						const api = withWarnings(this.#writes(), (text) => {
							if (!planned.warnings.includes(text))
								this.#ports.log.warning(`${release_object_nameOf(released.object)}: ${text}`, place(released));
						});
						const applied = await applyObject({ api }, released, { live, force, takeover, dryRun: false });
						this.#live.set(release_object_keyOf(released.object), applied);
					} catch (error) {
						if (!(error instanceof ApiError) || "unreachable" === error.code) throw error;
						problems.push(...serverProblems(error, released));
					}
				});
				if (0 === problems.length) return;
				throw new src_error.G("Cannot finish the release because the cluster refused a part of it", {
					code: "release",
					problems,
				});
			}
			async #untilCurrent(planned) {
				if (this.#request.wait) await this.#watch.watch(this.#targets(planned), { deadlineMs: this.#deadlineMs });
			}
			async #untilReadyFor({ after, complete }) {
				const targets = after.filter(isObject).flatMap((planned) => {
					const untilComplete = complete.has(planned);
					const seen = this.#seen.get(planned);
					if ("complete" === seen || ("current" === seen && !untilComplete)) return [];
					this.#seen.set(planned, untilComplete ? "complete" : "current");
					return this.#targets([planned]).map((target) => ({ ...target, untilComplete }));
				});
				await this.#watch.watch(targets, { deadlineMs: this.#deadlineMs });
			}
			#targets(planned) {
				return planned.flatMap(({ released }) => {
					const object = this.#live.get(release_object_keyOf(released.object));
					return void 0 === object ? [] : [{ object, released }];
				});
			}
			async #runHooks(hooks) {
				if (0 === hooks.length) return;
				this.#throwIfOver();
				this.#changed = true;
				const { app, revision } = this.#summary;
				const { clock } = this.#ports;
				const begunMs = clock.now();
				const owns = hooks.flatMap(({ released }) => ownTimeoutMs(released.object) ?? []);
				const deadlineMs = Math.max(this.#deadlineMs, ...owns.map((ms) => begunMs + ms + hookGraceMs));
				const release = { app, revision, startedMs: this.#startedMs, deadlineMs };
				const targets = await startHooks(this.#ports, hooks, release);
				const results = await this.#watchHooks(targets, deadlineMs);
				if (owns.length > 0) this.#deadlineMs += clock.now() - begunMs;
				for (const { target, object, verdict } of results)
					if ("current" !== verdict.status) await holdBack(this.#ports, { ...target, object });
			}
			async #watchHooks(targets, deadlineMs) {
				const output = new HookOutput(
					this.#ports,
					targets.map(({ object }) => object),
				);
				try {
					const results = await this.#watch.watch(targets, { deadlineMs, onPods: (pods) => output.see(pods) });
					const ended = results.filter(({ verdict }) => "in-progress" !== verdict.status);
					await output.end(ended.map(({ object }) => object));
					return results;
				} finally {
					await output.stop();
				}
			}
			async #removeOldJobs(namespaces) {
				const kind = this.#ports.discovery.find("batch/v1", "Job");
				if (void 0 !== kind) await removeOldJobs(this.#ports, { app: this.#summary.app, kind, namespaces });
			}
			async #prune() {
				const gone = this.#request.plan.removals.filter(({ action }) => "delete" === action);
				await (0, parallel.H)(gone, parallelRequests, async (removal) => {
					this.#throwIfOver();
					this.#changed = true;
					const reason = await removeLeftover(this.#writes(), this.#summary.app, removal);
					if (void 0 !== reason)
						this.#ports.log.notice(`${release_object_nameOf(removal.live)} stays after all: ${reason}`);
				});
			}
			#writes() {
				return withDeadline(this.#ports.api, this.#deadlineMs);
			}
			#throwIfOver() {
				this.#ports.signal.throwIfAborted();
				if (this.#ports.clock.now() <= this.#deadlineMs) return;
				const within = (0, duration.a)(this.#request.budget.ms);
				throw new src_error.G(`Cannot finish the release because the time is up: got no end within ${within}`, {
					code: "timeout",
					hint: "The API server is slow. Deploy again to go on from here, or raise the input timeout.",
				});
			}
			#recorded() {
				return recordOf(this.#request.plan, this.#summary, this.#live);
			}
			async #record(ended) {
				const { store, history } = this.#request;
				this.#summary = { ...this.#summary, outcome: ended.outcome, finishedAt: new Date().toISOString() };
				return recordOutcome({ store, log: this.#ports.log, history, record: this.#recorded(), ended });
			}
			#result({ outcome, error }) {
				const previous = this.#request.history.findLast(({ revision }) => revision < this.#summary.revision);
				return {
					outcome,
					release: this.#summary,
					...(void 0 === previous ? {} : { previousRevision: previous.revision }),
					watched: this.#request.wait,
					changed: this.#changed,
					failures: this.#watch.failures,
					...(void 0 === error ? {} : { error }),
					rollout: this.#watch.rollout,
					durationMs: this.#ports.clock.now() - this.#startedMs,
				};
			}
		}
		function isObject(planned) {
			return "action" in planned;
		}
		function carry_out_isHook(planned) {
			return !isObject(planned);
		}
		function toError(error) {
			return error instanceof Error ? error : new Error(String(error));
		}
		async function planRestore(ports, { target, history, store }) {
			const { objects, leftovers = [] } = await store.read(target.revision);
			return planRelease(ports, {
				app: target.app,
				objects: objects.map((recorded) => toReleaseObject(ports, target, recorded)),
				recorded: await readRecorded(ports, store, history),
				beside: leftovers,
				force: true,
				prune: true,
				direction: "rollback",
				revision: nextRevision(history),
			});
		}
		async function restore(ports, request, plan) {
			const { target, history, store, facts, budget } = request;
			const { commit, images } = target;
			const replaced = history.at(-1);
			return carryOut(ports, {
				facts: {
					...facts,
					commit,
					images,
					restores: target.revision,
					...(void 0 === replaced ? {} : { replaces: replaced.revision }),
				},
				plan,
				history,
				store,
				force: true,
				wait: true,
				budget,
			});
		}
		async function readRecorded({ log }, store, history) {
			for (const { revision } of history.filter(({ damaged }) => void 0 === damaged).reverse())
				try {
					const { objects, leftovers = [] } = await store.read(revision);
					return [...objects, ...leftovers];
				} catch (error) {
					if (!isDamage(error)) throw error;
					log.warning(`What only r${revision} applied is not known, and so not removed: ${error.message}`);
				}
			return [];
		}
		function isDamage(error) {
			if (error instanceof ApiError) return 404 === error.status;
			return error instanceof src_error.G && "refused" === error.code;
		}
		function toReleaseObject({ discovery }, target, recorded) {
			const { object, file, line, autoscaledBy } = recorded;
			const kind = discovery.find(object.apiVersion, object.kind);
			if (void 0 === kind)
				throw new src_error.G(
					`Cannot go back to r${target.revision} because the cluster has no ${object.kind} in ${object.apiVersion} any more: got one in ${release_object_nameOf(object)}`,
					{ code: "refused", hint: "Deploy a release that uses the kinds which the cluster has." },
				);
			return {
				object,
				kind,
				...(void 0 === file || void 0 === line ? {} : { source: { file, line } }),
				...(void 0 === autoscaledBy ? {} : { autoscaledBy }),
			};
		}
		function beginBudget(clock, ms) {
			return { ms, untilMs: clock.now() + ms };
		}
		function msLeft(clock, { untilMs }) {
			return Math.max(0, untilMs - clock.now());
		}
		class AppLease {
			#api;
			#collection;
			#metadata;
			constructor(api, { app, namespace }) {
				this.#api = api;
				this.#collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
				this.#metadata = { name: `slipway.${app}`, namespace };
			}
			async read(signal) {
				try {
					return await this.#api.request({ method: "GET", path: this.#path, signal });
				} catch (error) {
					if (error instanceof ApiError && 404 === error.status) return;
					throw error;
				}
			}
			async take({ holderIdentity, leaseDurationSeconds }, current, signal) {
				const now = microTime();
				const spec = {
					holderIdentity,
					leaseDurationSeconds,
					acquireTime: now,
					renewTime: now,
					leaseTransitions: (current?.spec?.leaseTransitions ?? -1) + 1,
				};
				const { apiVersion, kind } = { apiVersion: "coordination.k8s.io/v1", kind: "Lease" };
				const body = { apiVersion, kind, metadata: current?.metadata ?? this.#metadata, spec };
				try {
					if (void 0 !== current) return await this.#put(body, signal);
					const query = { fieldManager: fieldManager };
					return await this.#api.request({
						method: "POST",
						path: this.#collection,
						query,
						body,
						repeatable: true,
						signal,
					});
				} catch (error) {
					if (isConflict(error)) return;
					throw error;
				}
			}
			async update(held, spec, signal) {
				const renewed = { ...held.spec, renewTime: microTime(), ...spec };
				try {
					return await this.#put({ ...held, spec: renewed }, signal);
				} catch (error) {
					if (!isConflict(error)) throw error;
					const current = await this.read(signal);
					if (void 0 === current || current.spec?.holderIdentity !== held.spec?.holderIdentity) throw error;
					return this.#put({ ...current, spec: renewed }, signal);
				}
			}
			#put(body, signal) {
				const query = { fieldManager: fieldManager };
				return this.#api.request({ method: "PUT", path: this.#path, query, body, repeatable: true, signal });
			}
			get #path() {
				return `${this.#collection}/${this.#metadata.name}`;
			}
		}
		function isConflict(error) {
			return error instanceof ApiError && 409 === error.status;
		}
		function heldSince({ spec, metadata }) {
			const written = metadata.managedFields?.find(({ manager }) => manager === fieldManager)?.time;
			const [acquired, renewed, seen] = [spec?.acquireTime, spec?.renewTime, written].map((time) =>
				Date.parse(time ?? ""),
			);
			const since = new Date((acquired ?? 0 / 0) + ((seen ?? 0 / 0) - (renewed ?? 0 / 0)));
			return Number.isNaN(since.getTime()) ? void 0 : since;
		}
		function microTime() {
			return new Date().toISOString().replace(/(\.\d{3})Z$/, "$1000Z");
		}
		const leaseSeconds = 30;
		const marginMs = 5e3;
		const holdMs = 1e3 * leaseSeconds - marginMs;
		const renewEveryMs = 1e4;
		const renewLimitMs = 6e3;
		const retryEveryMs = 1e3;
		const releaseLimitMs = 3e3;
		class HeldLock {
			#options;
			#leases;
			#lost = new AbortController();
			#released = new AbortController();
			#renewing;
			#lease;
			#untilMs;
			constructor(options, { lease, askedMs }) {
				this.#options = options;
				this.#leases = new AppLease(options.api, options);
				this.#lease = lease;
				this.#untilMs = askedMs + holdMs;
				this.#renewing = this.#keep();
			}
			get lost() {
				return this.#lost.signal;
			}
			check() {
				if (this.#options.clock.now() >= this.#untilMs) this.#lose();
				this.lost.throwIfAborted();
			}
			async release() {
				this.#released.abort();
				await this.#renewing;
				if (this.lost.aborted) return;
				const signal = AbortSignal.timeout(releaseLimitMs);
				await this.#leases.update(this.#lease, { holderIdentity: "" }, signal).catch(() => void 0);
			}
			async #keep() {
				const { clock } = this.#options;
				const stopped = AbortSignal.any([this.#released.signal, this.lost]);
				let waitMs = renewEveryMs;
				for (;;) {
					await clock.sleep(Math.min(waitMs, this.#untilMs - clock.now()), stopped).catch(() => void 0);
					if (stopped.aborted) return;
					waitMs = (await this.#renew(stopped)) ? renewEveryMs : retryEveryMs;
				}
			}
			async #renew(signal) {
				const { clock } = this.#options;
				const askedMs = clock.now();
				const ms = Math.min(renewLimitMs, this.#untilMs - askedMs);
				try {
					if (ms <= 0) throw new Error("it could not be renewed in time");
					const renew = (until) => this.#leases.update(this.#lease, {}, until);
					this.#lease = await (0, within.u)({ clock, signal, ms, doing: "renew the lock" }, renew);
					this.#untilMs = askedMs + holdMs;
					return true;
				} catch (error) {
					if (isConflict(error) || clock.now() >= this.#untilMs) this.#lose(error);
					return false;
				}
			}
			#lose(cause) {
				const what = `Cannot go on deploying ${this.#options.app} because its lock was lost`;
				const silentFor = (0, duration.a)(holdMs);
				const error = isConflict(cause)
					? new src_error.G(`${what}: another run has taken it, or a person has deleted it`, { code: "locked", cause })
					: new src_error.G(
							`${what}: the API server took no renewal for ${silentFor}, and another run may take it now`,
							{ code: "unreachable", hint: "The cluster goes on by itself; run this again to see.", cause },
						);
				this.#lost.abort(error);
			}
		}
		const pollEveryMs = 1e3;
		const tellEveryMs = 6e4;
		async function acquireLock(options) {
			const identity = `${options.holder} [${(0, external_node_crypto_.randomUUID)().slice(0, 8)}]`;
			return new HeldLock(options, await takeWhenFree(options, identity));
		}
		async function takeWhenFree(options, identity) {
			const { clock, signal, waitMs } = options;
			const started = clock.now();
			const leases = new AppLease(withDeadline(options.api, started + waitMs), options);
			const wait = new Wait(options, started);
			let askedMs;
			for (;;) {
				signal.throwIfAborted();
				const lease = await leases.read(signal);
				const holder = lease?.spec?.holderIdentity ?? "";
				if (void 0 !== lease && holder === identity) return { lease, askedMs: askedMs ?? started };
				if (void 0 === lease || "" === holder || wait.isDead(lease)) {
					askedMs ??= clock.now();
					const taken = await takeInTime(clock, (until) =>
						leases.take({ holderIdentity: identity, leaseDurationSeconds: leaseSeconds }, lease, until),
					);
					if (void 0 === taken && clock.now() >= askedMs + holdMs) throw unanswered(options);
					if (void 0 === taken) continue;
					if ("" !== holder) options.onTakeOver(lock_nameOf(holder));
					return { lease: taken, askedMs };
				}
				askedMs = void 0;
				wait.tell(lease);
				await clock.sleep(pollEveryMs, signal);
			}
		}
		async function takeInTime(clock, take) {
			const signal = new AbortController().signal;
			try {
				return await (0, within.u)({ clock, signal, ms: renewLimitMs, doing: "take the lock" }, take);
			} catch (error) {
				if (error instanceof src_error.G && "timeout" === error.code) return;
				throw error;
			}
		}
		function unanswered({ app }) {
			const silentFor = (0, duration.a)(holdMs);
			return new src_error.G(
				`Cannot deploy ${app} because its lock could not be taken: the API server answered no write for ${silentFor}`,
				{ code: "unreachable", hint: "Nothing was changed. Run this again once the cluster is well." },
			);
		}
		class Wait {
			#options;
			#startedMs;
			#renewal = "";
			#renewalMs = 0;
			#toldOf = "";
			#toldMs = 0;
			constructor(options, startedMs) {
				this.#options = options;
				this.#startedMs = startedMs;
			}
			isDead({ spec = {} }) {
				const now = this.#options.clock.now();
				const renewal = `${spec.holderIdentity ?? ""} ${spec.renewTime ?? ""}`;
				if (renewal !== this.#renewal) [this.#renewal, this.#renewalMs] = [renewal, now];
				return now - this.#renewalMs >= (spec.leaseDurationSeconds ?? leaseSeconds) * 1e3;
			}
			tell(lease) {
				const { clock, waitMs, onWait } = this.#options;
				const now = clock.now();
				const holder = lease.spec?.holderIdentity ?? "";
				const leftMs = this.#startedMs + waitMs - now;
				if (leftMs <= 0) throw this.#locked(lease, now);
				if (holder === this.#toldOf && now - this.#toldMs < tellEveryMs) return;
				[this.#toldOf, this.#toldMs] = [holder, now];
				onWait({ holder: lock_nameOf(holder), since: heldSince(lease), leftMs });
			}
			#locked({ spec = {} }, now) {
				const { app, waitMs } = this.#options;
				const silentMs = now - this.#renewalMs;
				const restMs = (spec.leaseDurationSeconds ?? leaseSeconds) * 1e3 - silentMs;
				const isSilent = silentMs > 1.5 * renewEveryMs;
				const advice = isSilent
					? `It has shown no sign of life for ${(0, duration.a)(silentMs)}: if it was killed, its lock is free in ${(0, duration.a)(restMs)}.`
					: "Wait for that run, or give both workflows the same `concurrency` group so that they queue.";
				const got = `got no lock within ${(0, duration.a)(waitMs)}, held by ${lock_nameOf(spec.holderIdentity ?? "")}`;
				const message = `Cannot deploy ${app} because another run is deploying it: ${got}`;
				return new src_error.G(message, { code: "locked", hint: `Nothing was changed. ${advice}` });
			}
		}
		function lock_nameOf(identity) {
			return identity.replace(/ \[[0-9a-f]+\]$/, "");
		}
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
				const revision = record_secrets_revisionOf(secret.metadata.name, app);
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
		function record_secrets_revisionOf(name, app) {
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
		async function settle(log, store, owner) {
			const { releases, orphans } = await store.list();
			const remarks = releases.flatMap((release) => remarkOn(release, owner) ?? []);
			for (const { text, isBad } of remarks)
				if (isBad) log.warning(text);
				else log.notice(text);
			const history = await Promise.all(releases.map((release) => settleOne(store, release)));
			if (orphans.length > 0) await removeOrphans(log, store, orphans);
			return { history, remarks: remarks.map(({ text }) => text) };
		}
		async function removeOrphans(log, store, orphans) {
			const names = orphans.join(", ");
			log.info(`Removing ${names}: a run was killed while it wrote that record, so it is none`);
			try {
				await store.removeOrphans(orphans);
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				log.warning(`${names} could not be removed: ${error.message}`);
			}
		}
		async function settleOne(store, release) {
			if ("pending" !== release.outcome) return release;
			const known = { ...release, outcome: "unknown" };
			await store.annotate(known);
			return known;
		}
		function remarkOn(release, { app, namespace }) {
			const { revision, outcome, damaged } = release;
			if (void 0 !== damaged) {
				const name = recordName(app, revision);
				const text = `The release record ${name} is damaged, because ${damaged}. It is left as it is, and nothing can go back to r${revision}. "kubectl delete secret ${name} -n ${namespace}" ends this warning.`;
				return { text, isBad: true };
			}
			if ("pending" !== outcome) return;
			const who = "" === release.actor ? "" : ` of ${release.actor}`;
			const run = "" === release.run ? "" : ` (${release.run})`;
			const text = `r${revision} was never finished: its run${who}${run} was killed or cut off. What it left half done is compared with what is wanted now, and finished or undone.`;
			return { text, isBad: false };
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
					const parts = await (0, parallel.H)(partNames(head), parallelRequests, (name) => this.#getPart(name));
					return { summary, ...contentOf([head, ...parts]) };
				} catch (cause) {
					if (cause instanceof src_error.G) throw cause;
					throw damaged(head.metadata.name, this.#owner.namespace, cause);
				}
			}
			async create(record) {
				const { head, parts } = toSecrets(record, this.#owner);
				await (0, parallel.H)(parts, parallelRequests, (part) =>
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
				await (0, parallel.H)(names, parallelRequests, (name) => this.#delete(name));
			}
			#get(name) {
				return this.#api.request({ method: "GET", path: `${this.#collection}/${name}` });
			}
			async #getPart(name) {
				try {
					return await this.#get(name);
				} catch (error) {
					if (error instanceof ApiError && 404 === error.status) throw new Error(`it lacks its part ${name}`);
					throw error;
				}
			}
			async #post(body, isDone) {
				const query = { fieldManager: fieldManager };
				const stored = this.#api.request({ method: "POST", path: this.#collection, query, body, repeatable: true });
				await unlessAnswered(409, stored, async () => isDone(await this.#get(body.metadata.name)));
			}
			async #patch({ revision }, body, signal) {
				await this.#api.request({
					method: "PATCH",
					path: `${this.#collection}/${recordName(this.#owner.app, revision)}`,
					query: { fieldManager: fieldManager },
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
				if (!(error instanceof ApiError) || error.status !== status || !(await isDone())) throw error;
			}
		}
		function damaged(name, namespace, { message }) {
			return new src_error.G(`Cannot read the release record ${name} because it is damaged: ${message}`, {
				code: "refused",
				hint: `Look at it with "kubectl get secret ${name} -n ${namespace} -o yaml". Once it is deleted, Slipway goes on without that release.`,
			});
		}
		async function withRelease(ports, options, work) {
			const outside = releaseStore(ports.api, options);
			const revisionAtStart = isFirstAttempt(options.context) ? 0 : (newest(await outside.history())?.revision ?? 0);
			const lock = await acquireLock({
				...ports,
				...options,
				...lockWords(ports, options),
				waitMs: waitMs(ports, options),
			});
			try {
				const signal = AbortSignal.any([ports.signal, lock.lost]);
				const held = { ...ports, signal, api: whileHeld(ports.api, lock, signal) };
				const store = releaseStore(held.api, options);
				const settled = await settle(ports.log, store, options);
				return await work({ ports: held, store, ...settled, revisionAtStart });
			} finally {
				await lock.release();
			}
		}
		function waitMs({ clock }, { budget }) {
			return Math.min(msLeft(clock, budget), budget.ms / 2);
		}
		function lockWords({ log }, { app, context }) {
			return {
				holder: describeRun(context),
				onWait: (waiting) => log.info(describeWait(app, waiting)),
				onTakeOver: (holder) =>
					log.notice(`Took the lock over from ${holder}, which has shown no sign of life: it was killed or cut off`),
			};
		}
		function describeWait(app, { holder, since, leftMs }) {
			const time = void 0 === since ? "" : ` since ${since.toISOString().slice(0, 19).replace("T", " ")} UTC`;
			return `Waiting up to ${(0, duration.a)(leftMs)} for ${holder}, which has been deploying ${app}${time}`;
		}
		function whileHeld(api, lock, whole) {
			const bound = ({ signal, ...request }) => {
				lock.check();
				if (void 0 === signal || signal === whole) return { ...request, signal: signal ?? lock.lost };
				return { ...request, signal: AbortSignal.any([signal, lock.lost]) };
			};
			return {
				request: async (request) => api.request(bound(request)),
				stream: (request) => api.stream(bound(request)),
			};
		}
		function isFirstAttempt({ runAttempt }) {
			return "1" === runAttempt || "" === runAttempt;
		}
		function describeNumber(runId, attempt) {
			return void 0 === attempt || attempt <= 1 ? runId : `${runId}, attempt ${attempt}`;
		}
		function describeRun(context) {
			const { runId, runAttempt, actor } = context;
			if ("" === runId) return "a run outside of GitHub Actions";
			const { run } = factsOf("", context);
			const number = `run ${describeNumber(runId, Number(runAttempt))}`;
			return `${number}${"" === actor ? "" : ` of ${actor}`}${"" === run ? "" : ` (${run})`}`;
		}
		function releaseSentence(result, restored) {
			return [describeEnd(result), restored].filter((each) => void 0 !== each).join(" ");
		}
		function describeEnd({ outcome, release, changed, watched, failures, error, durationMs }) {
			const name = `r${release.revision}`;
			if ("succeeded" === outcome) {
				if (!changed) return `${name} was in place already.`;
				return watched
					? `${name} is up after ${(0, duration.a)(durationMs)}.`
					: `${name} is applied, and was not watched.`;
			}
			const [first] = failures.map(reportFailure);
			const why = void 0 === first ? error?.message : `${first.object}: ${first.cause}`;
			return void 0 === why ? `${name} ${outcome}.` : `${name} ${outcome}: ${why}.`;
		}
		function decideRollback({ app, history, to, ifRevision }) {
			const from = newest(history);
			if (void 0 === from)
				throw refused(
					`Cannot roll back ${app} because it was never deployed: got an empty history`,
					"Check app and namespace.",
				);
			if (void 0 !== ifRevision && ifRevision !== from.revision) {
				const { restores, replaces, outcome } = from;
				const isWanted = void 0 !== restores && ("string" == typeof to || to === restores);
				if (isWanted && replaces === ifRevision && "succeeded" === outcome) return { from, alreadyRestored: restores };
				throw refused(
					`Cannot roll back ${app} because r${ifRevision} is not its newest release: got r${from.revision}, deployed since${"" === from.actor ? "" : ` by ${from.actor}`}`,
					"Nothing was changed. Look at the newest release first; to take that one back, leave if-revision out.",
				);
			}
			return { from, target: findTarget({ app, history, to, from }) };
		}
		function findTarget(question) {
			const { app, history, to, from } = question;
			const kept = history.map(({ revision }) => `r${revision}`).join(", ");
			if ("last-verified" === to) {
				const target = lastVerified(history, from.revision);
				if (void 0 !== target) return target;
				throw refused(
					`Cannot roll back ${app} because no release before r${from.revision} is verified: got ${kept}`,
					"A release is verified when smoke-test passes with its revision. To go back to one that is not, name its number in `to`.",
				);
			}
			if ("previous" === to) {
				const target = lastSucceeded(history, from.revision);
				if (void 0 !== target) return target;
				throw refused(
					`Cannot roll back ${app} because no release before r${from.revision} succeeded: got ${kept}`,
					"Deploy a good release instead.",
				);
			}
			const target = history.find(({ revision }) => revision === to);
			if (void 0 !== target) return target;
			throw refused(
				`Cannot roll back ${app} because there is no release r${to}: got ${kept}`,
				"Name one of those in `to`.",
			);
		}
		function refused(message, hint) {
			return new src_error.G(message, { code: "refused", hint });
		}
		async function run(runner, inputs) {
			const { app, namespace, environment, "github-token": token } = inputs;
			const github = await openTelling(runner, { token, environment, app, namespace });
			const ended = await github.during(() =>
				explainingRefusal(runner, `Rollback of ${app}`, () => attempt(runner, inputs, github)),
			);
			if (void 0 !== ended.error) throw ended.error;
			return ended.outcome;
		}
		async function attempt(runner, inputs, github) {
			const budget = beginBudget(runner.clock, inputs.timeout);
			const cluster = await openCluster(runner, inputs, inputs.timeout);
			const { app, namespace } = inputs;
			try {
				const ports = releasePorts(runner, cluster);
				if (inputs["dry-run"]) {
					const store = releaseStore(ports.api, { app, namespace });
					return await rollBack(runner, inputs, { ports, github, store, budget, history: await store.history() });
				}
				return await withRelease(ports, { app, namespace, context: runner.context, budget }, (session) =>
					rollBack(runner, inputs, { ...session, github, budget }),
				);
			} finally {
				cluster.api.close();
			}
		}
		async function rollBack(runner, inputs, session) {
			const { ports, github, store, history, budget, remarks = [] } = session;
			const { app } = inputs;
			const decision = decide(inputs, history);
			if (decision instanceof src_error.G) return refuse(runner, { ...session, app }, decision);
			runner.setOutput("from", decision.from.revision);
			if ("alreadyRestored" in decision) {
				const { from, alreadyRestored } = decision;
				runner.log.notice(
					`Nothing to do: r${String(from.replaces)} was taken back already, and r${alreadyRestored} is back as r${from.revision}`,
				);
				runner.setOutput("to", alreadyRestored);
				runner.setOutput("revision", from.revision);
				return { outcome: "succeeded", sentence: "Nothing to do." };
			}
			const { from, target } = decision;
			runner.setOutput("to", target.revision);
			const { commit, ...facts } = factsOf(app, runner.context);
			const reason = inputs.reason ?? `rollback of r${from.revision}`;
			const request = { target, history, store, facts: { ...facts, reason }, budget };
			const started = ports.clock.now();
			const plan = await planRestore(ports, request);
			await announcePlan(
				runner,
				`Plan: back from r${from.revision} to r${target.revision} (${run_describe(target)})`,
				plan_document_changesOf(plan),
			);
			if (inputs["dry-run"]) {
				await report(runner, { inputs, target, plan, history, remarks, durationMs: ports.clock.now() - started });
				return { outcome: "succeeded", sentence: "Planned." };
			}
			if ("" !== target.commit) github.begin(target.commit);
			const result = await restore(ports, request, plan);
			announceResult(runner.log, `${app} r${result.release.revision}, back to r${target.revision}`, result);
			runner.setOutput("revision", result.release.revision);
			await report(runner, {
				inputs,
				target,
				plan,
				history: including(history, result.release),
				remarks,
				result,
				durationMs: result.durationMs,
			});
			const restored = "succeeded" === result.outcome ? `r${target.revision} is back.` : void 0;
			return { ...result, sentence: releaseSentence(result, restored), takenBack: from.commit };
		}
		function decide({ app, to, ...inputs }, history) {
			try {
				return decideRollback({ app, history, to, ifRevision: inputs["if-revision"] });
			} catch (error) {
				if (error instanceof src_error.G) return error;
				throw error;
			}
		}
		function refuse(runner, { app, ports: { clock }, budget, history }, error) {
			const { outcome, message } = error;
			const durationMs = clock.now() - (budget.untilMs - budget.ms);
			const report = refusalReport({ title: `Rollback of ${app}`, durationMs, error });
			runner.addSummary(runner.redact(`${report}\n\n${historyTable(history)}`));
			return { outcome, error, sentence: message };
		}
		function run_describe({ verified, commit }) {
			return [
				void 0 === verified ? "not verified" : "verified",
				...("" === commit ? [] : [`commit ${commit.slice(0, 12)}`]),
			].join(", ");
		}
		async function report(runner, { inputs, target, plan, durationMs, result, ...found }) {
			const { app, namespace } = inputs;
			await writeReports(runner, {
				app,
				namespace,
				title:
					void 0 === result
						? `Plan: ${app} back to r${target.revision}`
						: `Rollback of ${app} to r${target.revision}, as r${result.release.revision}`,
				outcome: "succeeded",
				commit: target.commit,
				actor: runner.context.actor,
				durationMs,
				changes: plan_document_changesOf(plan),
				rollout: [],
				failures: [],
				...found,
				...(void 0 === result ? {} : resultForReport(result)),
			});
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
	1804: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { L: () => retry });
		async function retry(work, options) {
			for (let attempt = 1; ; attempt++) {
				options.signal.throwIfAborted();
				try {
					return await work(attempt);
				} catch (error) {
					const waitMs = nextWait(error, attempt, options);
					if (void 0 === waitMs) throw error;
					await options.sleep(waitMs, options.signal);
				}
			}
		}
		function nextWait(error, attempt, options) {
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
	},
	3247: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { u: () => within });
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1008);
		async function within(options, work) {
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
			return new _error_js__WEBPACK_IMPORTED_MODULE_0__.G(
				`Cannot ${doing} because the time is up: got no end within ${(0, _duration_js__WEBPACK_IMPORTED_MODULE_1__.a)(ms)}`,
				{
					code: "timeout",
					hint: "Nothing was changed. Look at why the other side is slow, or raise the input timeout.",
				},
			);
		}
	},
	724: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { M: () => startWatchdog });
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
	},
};
