export const id = 634;
export const ids = [634];
export const modules = {
	4634: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { openDigitalOcean: () => openDigitalOcean });
		var dist = __webpack_require__(7934);
		var error = __webpack_require__(1557);
		function isLoopback(hostname) {
			return "localhost" === hostname || "[::1]" === hostname || /^127\.\d+\.\d+\.\d+$/.test(hostname);
		}
		var network_failure = __webpack_require__(1862);
		var clock = __webpack_require__(1984);
		var retry = __webpack_require__(1804);
		function readAnswer({ doing }, schema, body) {
			const read = (0, dist.xLC)(schema, body);
			if (read.success) return read.output;
			const [issue] = read.issues;
			const place = (0, dist.BuJ)(issue) ?? "the whole answer";
			throw new error.G(
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
		var digitalocean_error = __webpack_require__(7824);
		var external_node_http_ = __webpack_require__(7067);
		var external_node_http_default = __webpack_require__.n(external_node_http_);
		var external_node_https_ = __webpack_require__(4708);
		var external_node_https_default = __webpack_require__.n(external_node_https_);
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
		const idleSocketMs = 2e4;
		const bodyLimit = 0x2000000;
		function openPool(protocol, env) {
			const Agent = "https:" === protocol ? external_node_https_default().Agent : external_node_http_default().Agent;
			return new Agent({ keepAlive: true, timeout: idleSocketMs, proxyEnv: env });
		}
		async function exchange(call, how) {
			how.signal.throwIfAborted();
			const transport = "https:" === call.url.protocol ? external_node_https_default() : external_node_http_default();
			const outgoing = transport.request(call.url, {
				method: call.method,
				headers: headersOf(call),
				agent: how.agent,
				signal: how.signal,
			});
			const onSilence = () => {
				const code = outgoing.socket?.connecting === false ? "SLIPWAY_SILENCE" : "SLIPWAY_CONNECT_TIMEOUT";
				outgoing.destroy(new network_failure.e(code));
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
				if (size > bodyLimit) throw new error.G("The answer is too large to be one of an API", { code: "refused" });
				chunks.push(chunk);
			}
			return Buffer.concat(chunks).toString("utf8");
		}
		const publicUrl = "https://api.digitalocean.com";
		const publicRevokeUrl = "https://cloud.digitalocean.com/v1/oauth/revoke";
		const retryBudgetMs = 6e4;
		const mostPages = 50;
		function openDigitalOcean(options) {
			return new Client(options);
		}
		class Client {
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
				return readAnswer(request, request.answer, await this.#send(request, this.#callOf(request)));
			}
			async list(request) {
				const items = [];
				let call = this.#callOf({ ...request, query: { per_page: 200, ...request.query } });
				for (let page = 0; void 0 !== call; page++) {
					if (page === mostPages) throw endless(request);
					const body = await this.#send(request, call);
					items.push(
						...(readAnswer(request, (0, dist._H3)({ [request.key]: (0, dist.mee)((0, dist.YOg)(request.item)) }), body)[
							request.key
						] ?? []),
					);
					call = nextPage(call, readAnswer(request, linksSchema, body).links?.pages?.next);
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
					const answer = await exchange(call, { agent: this.#pool, signal: this.#signal, clock: this.#clock });
					if (answer.status < 200 || answer.status > 299) throw new digitalocean_error.D(purpose, answer);
					return "" === answer.text ? void 0 : parseJson(purpose, answer.text);
				};
				try {
					return await (0, retry.L)(attempt, {
						signal: this.#signal,
						shouldRetry: (error) => retryDecision(call, error),
						sleep: (ms, signal) => this.#clock.sleep(ms, signal),
						now: () => this.#clock.now(),
						deadline: this.#clock.now() + retryBudgetMs,
					});
				} catch (error) {
					this.#signal.throwIfAborted();
					throw explainSilence({ purpose, call, error, attempts });
				}
			}
		}
		const linksSchema = (0, dist._H3)({
			links: (0, dist.cl6)(
				(0, dist._H3)({ pages: (0, dist.cl6)((0, dist._H3)({ next: (0, dist.lqM)((0, dist.YjP)()) })) }),
			),
		});
		function nextPage(call, link) {
			const search = void 0 === link ? "" : (URL.parse(link, call.url.href)?.search ?? "");
			return "" === search ? void 0 : { ...call, url: new URL(search, call.url) };
		}
		function endless({ doing }) {
			return new error.G(`Cannot ${doing} because DigitalOcean's list has no end: got ${mostPages} pages`, {
				code: "refused",
			});
		}
		function retryDecision(call, error) {
			if (error instanceof digitalocean_error.D) {
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
			return new error.G(message, { code: "unreachable", hint: failure.hint, cause: o.error });
		}
		function parseJson({ doing }, text) {
			try {
				return JSON.parse(text);
			} catch (cause) {
				const message = `Cannot ${doing} because DigitalOcean's answer is not JSON: got ${text.slice(0, 100)}`;
				throw new error.G(message, { code: "refused", cause });
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
			return new error.G(message, { code: "configuration" });
		}
		function below(base, path) {
			return new URL(base.pathname.replace(/\/+$/, "") + path, base);
		}
	},
	7824: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { D: () => DigitalOceanError });
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		var _runner_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1008);
		class DigitalOceanError extends _error_js__WEBPACK_IMPORTED_MODULE_0__.G {
			status;
			id;
			retryAfterMs;
			constructor(purpose, answer) {
				const body = parseBody(answer.text);
				const { why, hint, code } = explain(purpose, answer, body);
				super(`Cannot ${purpose.doing} because ${why}${body.requestId}`, { code, hint });
				this.status = answer.status;
				this.id = body.id;
				this.retryAfterMs = retryAfterMs(answer);
			}
		}
		function parseBody(text) {
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
			const wait = void 0 === waitMs ? "" : `, in ${(0, _runner_duration_js__WEBPACK_IMPORTED_MODULE_1__.a)(waitMs)}`;
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
	1008: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { a: () => formatDuration });
		function formatDuration(ms) {
			if (ms < 999.5) return `${Math.round(ms)} ms`;
			if (ms < 9950) return `${(ms / 1e3).toFixed(1)} s`;
			const seconds = Math.round(ms / 1e3);
			if (seconds < 60) return `${seconds} s`;
			if (seconds < 3600) return joined(Math.floor(seconds / 60), "min", seconds % 60, "s");
			const minutes = Math.round(seconds / 60);
			return joined(Math.floor(minutes / 60), "h", minutes % 60, "min");
		}
		function joined(...[count, unit, rest, restUnit]) {
			return 0 === rest ? `${count} ${unit}` : `${count} ${unit} ${rest} ${restUnit}`;
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
};
