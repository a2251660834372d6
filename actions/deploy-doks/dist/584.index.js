export const id = 584;
export const ids = [584];
export const modules = {
	6584: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, { openGitHub: () => openGitHub });
		var valibot__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7934);
		var _http_exchange_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4305);
		var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1557);
		var _kubernetes_client_address_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5684);
		var _network_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1862);
		var _runner_retry_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1804);
		var _error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6661);
		const publicUrl = "https://api.github.com";
		const answerLimitMs = 1e4;
		const retryBudgetMs = 9e4;
		function openGitHub(options) {
			return new Client(options);
		}
		class Client {
			#options;
			#base;
			#pool;
			constructor(options) {
				if (!/^[\x21-\x7e]+$/.test(options.token))
					throw configuration("Cannot use github-token because it holds characters that no token has");
				this.#options = options;
				this.#base = parseBase(options.env.GITHUB_API_URL || publicUrl);
				this.#pool = (0, _http_exchange_js__WEBPACK_IMPORTED_MODULE_0__.x)(this.#base.protocol, { ...options.env });
			}
			async request(request) {
				const { text } = await this.#send(request, this.#callOf(request));
				return readAnswer(request, text);
			}
			async *pages(request) {
				let call = this.#callOf(request);
				while (void 0 !== call) {
					const { text, headers } = await this.#send(request, call);
					yield readAnswer(request, text);
					call = this.#nextPage(call, headers.link);
				}
			}
			async query(request) {
				const url = new URL(`${this.#base.pathname.replace(/(\/v3)?\/*$/, "")}/graphql`, this.#base);
				const post = this.#call("POST", url, { query: request.query });
				return readAnswer(request, (await this.#send({ ...request, repeatable: true }, post)).text);
			}
			close() {
				this.#pool.destroy();
			}
			#callOf({ method = "GET", path, query = {}, body }) {
				const url = new URL(this.#base.pathname.replace(/\/+$/, "") + path, this.#base);
				for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
				return this.#call(method, url, body);
			}
			#call(method, url, body) {
				const call = { method, url, token: this.#options.token, headers: { "x-github-api-version": "2022-11-28" } };
				return void 0 === body ? call : { ...call, contentType: "application/json", body: JSON.stringify(body) };
			}
			#nextPage(call, link) {
				const next = /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ""))?.[1];
				const url = void 0 === next ? null : URL.parse(next, this.#base.href);
				return url?.origin === this.#base.origin && url.href !== call.url.href ? { ...call, url } : void 0;
			}
			async #send(purpose, call) {
				const { clock, signal } = this.#options;
				const isRepeatable = "POST" !== call.method || true === purpose.repeatable;
				let attempts = 0;
				let failure;
				const attempt = async (number) => {
					attempts = number;
					const answer = await (0, _http_exchange_js__WEBPACK_IMPORTED_MODULE_0__.c)(call, {
						agent: this.#pool,
						signal,
						clock,
						limitMs: answerLimitMs,
					});
					if (answer.status < 200 || answer.status > 299)
						throw new _error_js__WEBPACK_IMPORTED_MODULE_4__.y(purpose, answer, Date.now());
					return answer;
				};
				try {
					return await (0, _runner_retry_js__WEBPACK_IMPORTED_MODULE_5__.L)(attempt, {
						signal,
						shouldRetry(error) {
							if (!signal.aborted) failure = error;
							return retryDecision(error, isRepeatable);
						},
						sleep: (ms, until) => clock.sleep(ms, until),
						now: () => clock.now(),
						deadline: clock.now() + retryBudgetMs,
						longestDelayMs: 1e4,
					});
				} catch (error) {
					throw explainSilence({
						purpose,
						url: call.url,
						error: signal.aborted ? (failure ?? signal.reason) : error,
						attempts,
					});
				}
			}
		}
		function retryDecision(error, isRepeatable) {
			if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_4__.y) {
				if (error.isRateLimit) return void 0 === error.retryAfterMs ? {} : { afterMs: error.retryAfterMs };
				return error.status >= 500 && isRepeatable && {};
			}
			const failure = (0, _network_failure_js__WEBPACK_IMPORTED_MODULE_3__.N)(error);
			return failure?.transient === true && (!failure.sent || isRepeatable) && {};
		}
		function explainSilence(o) {
			const failure = (0, _network_failure_js__WEBPACK_IMPORTED_MODULE_3__.N)(o.error);
			if (void 0 === failure) return o.error;
			const tries = o.attempts > 1 ? ` (tried ${o.attempts} times)` : "";
			const message = `Cannot ${o.purpose.doing} because ${o.url.origin} gave no answer: ${failure.why}${tries}`;
			return new _error_js__WEBPACK_IMPORTED_MODULE_1__.G(message, {
				code: "unreachable",
				hint: failure.hint,
				cause: o.error,
			});
		}
		function readAnswer({ doing, answer }, text) {
			const read = (0, valibot__WEBPACK_IMPORTED_MODULE_6__.xLC)(answer, parseJson(text));
			if (read.success) return read.output;
			const place = (0, valibot__WEBPACK_IMPORTED_MODULE_6__.BuJ)(read.issues[0]) ?? "the whole answer";
			throw new _error_js__WEBPACK_IMPORTED_MODULE_1__.G(
				`Cannot ${doing} because GitHub's answer is not what its API promises: got something else for ${place}`,
				{
					code: "refused",
					hint: "Something on the way may have answered instead: check GITHUB_API_URL and the proxy.",
				},
			);
		}
		function parseJson(text) {
			try {
				return JSON.parse(text);
			} catch {
				return;
			}
		}
		function parseBase(text) {
			const url = URL.parse(text);
			if (null === url || ("https:" !== url.protocol && "http:" !== url.protocol))
				throw configuration(`Cannot use GITHUB_API_URL because it is not an https:// URL: got ${text}`);
			if ("http:" === url.protocol && !(0, _kubernetes_client_address_js__WEBPACK_IMPORTED_MODULE_2__.U9)(url.hostname))
				throw configuration(`Cannot use GITHUB_API_URL because the token would travel unencrypted: got ${url.origin}`);
			return url;
		}
		function configuration(message) {
			return new _error_js__WEBPACK_IMPORTED_MODULE_1__.G(message, { code: "configuration" });
		}
	},
	6661: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { y: () => GitHubError });
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		const secondaryLimitMs = 6e4;
		class GitHubError extends _error_js__WEBPACK_IMPORTED_MODULE_0__.G {
			status;
			isRateLimit;
			retryAfterMs;
			constructor(purpose, answer, nowMs) {
				const message = messageOf(answer.text);
				const isRateLimit = 429 === answer.status || (403 === answer.status && isLimited(answer, message));
				const { why, hint, code } = isRateLimit ? rateLimited : explain(purpose, answer.status, message);
				super(`Cannot ${purpose.doing} because ${why}`, { code, hint });
				this.status = answer.status;
				this.isRateLimit = isRateLimit;
				this.retryAfterMs = isRateLimit ? waitOf(answer, nowMs) : void 0;
			}
		}
		const rateLimited = {
			why: "GitHub limits the requests of this token",
			hint: "The jobs of a repository share a limit of 1,000 requests an hour; it starts anew by itself.",
			code: "refused",
		};
		function explain({ permission }, status, message) {
			const said = `GitHub answered ${status}: ${message || "nothing more"}`;
			const grant =
				void 0 === permission ? "Check the token's permissions." : `Give the job the permission \`${permission}\`.`;
			if (401 === status)
				return {
					why: "GitHub does not accept the token",
					hint: "Use `${{ github.token }}` for github-token.",
					code: "denied",
				};
			if (403 === status) return { why: said, hint: grant, code: "denied" };
			if (404 === status)
				return { why: said, hint: `${grant} GitHub also says so to whoever may not look.`, code: "denied" };
			if (status >= 500) return { why: said, hint: "See https://www.githubstatus.com.", code: "unreachable" };
			return { why: said, hint: "Check the inputs of this action.", code: "refused" };
		}
		function isLimited({ headers }, message) {
			const isUsedUp = "0" === headers["x-ratelimit-remaining"];
			return isUsedUp || void 0 !== headers["retry-after"] || /rate limit|abuse/i.test(message);
		}
		function waitOf({ headers }, nowMs) {
			const seconds = Number(headers["retry-after"] ?? 0 / 0);
			if (seconds >= 0) return 1e3 * seconds;
			const reset = 1e3 * Number(headers["x-ratelimit-reset"] ?? 0 / 0);
			if ("0" === headers["x-ratelimit-remaining"] && reset > 0) return Math.max(0, reset - nowMs);
			return secondaryLimitMs;
		}
		function messageOf(text) {
			const { message, errors } = parseObject(text);
			if ("string" != typeof message)
				return text
					.replace(/(<[^>]*>|\s)+/g, " ")
					.trim()
					.slice(0, 200);
			const fields = Array.isArray(errors) ? errors.map(describeField).filter((each) => "" !== each) : [];
			return [message, ...fields].join(", ").slice(0, 400);
		}
		function describeField(error) {
			if ("string" == typeof error) return error;
			const { field, code, message } = toFields(error);
			if ("string" == typeof message) return message;
			return "string" == typeof field && "string" == typeof code ? `${field} is ${code}` : "";
		}
		function parseObject(text) {
			try {
				return toFields(JSON.parse(text));
			} catch {
				return {};
			}
		}
		function toFields(value) {
			return "object" == typeof value && null !== value ? { ...value } : {};
		}
	},
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
