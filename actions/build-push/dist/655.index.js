export const id = 655;
export const ids = [655];
export const modules = {
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
	4655: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { registryCredentials: () => registryCredentials });
		var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7934);
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		var _runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4140);
		var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7824);
		const publicHost = "registry.digitalocean.com";
		const dockerConfig = (0, valibot__WEBPACK_IMPORTED_MODULE_2__._H3)({
			auths: (0, valibot__WEBPACK_IMPORTED_MODULE_2__.g1P)(
				(0, valibot__WEBPACK_IMPORTED_MODULE_2__.YjP)(),
				(0, valibot__WEBPACK_IMPORTED_MODULE_2__._H3)({ auth: (0, valibot__WEBPACK_IMPORTED_MODULE_2__.YjP)() }),
			),
		});
		async function registryCredentials(api, registryName, o) {
			const doing = `get credentials for the registry ${registryName}`;
			const requested = Date.now();
			const config = await api
				.request({
					answer: dockerConfig,
					path: `/v2/registries/${encodeURIComponent(registryName)}/docker-credentials`,
					query: { read_write: o.readWrite, expiry_seconds: o.expirySeconds },
					doing,
					scope: "registry:create",
				})
				.catch(async (error) => {
					throw error instanceof _error_js__WEBPACK_IMPORTED_MODULE_1__.D && 404 === error.status
						? await unknownRegistry(api, registryName)
						: error;
				});
			const [host, entry] = Object.entries(config.auths)[0] ?? [];
			const [username, password] = Buffer.from(entry?.auth ?? "", "base64")
				.toString("utf8")
				.split(/:(.*)/s);
			if (void 0 === host || !username || !password)
				throw new _error_js__WEBPACK_IMPORTED_MODULE_0__.G(`Cannot ${doing} because DigitalOcean's answer holds none`, {
					code: "refused",
				});
			return { host, username, password, expiresAt: new Date(requested + 1e3 * o.expirySeconds).toISOString() };
		}
		async function registryNames(api, doing) {
			const registries = await api.list({
				path: "/v2/registries",
				key: "registries",
				item: (0, valibot__WEBPACK_IMPORTED_MODULE_2__._H3)({ name: (0, valibot__WEBPACK_IMPORTED_MODULE_2__.YjP)() }),
				doing,
				scope: "registry:read",
			});
			return registries.map(({ name }) => name);
		}
		async function unknownRegistry(api, name) {
			const names = await registryNames(api, `find the registry ${name}`);
			const meant = (0, _runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__.p)(name, names);
			return new _error_js__WEBPACK_IMPORTED_MODULE_0__.G(
				`Cannot use the registry ${name} because this account has none of that name: got ${names.join(", ") || "none at all"}`,
				{
					code: "configuration",
					hint:
						void 0 === meant
							? `\`registry\` reads ${publicHost}/NAME, or with a path behind it.`
							: `Did you mean ${meant}?`,
				},
			);
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
};
