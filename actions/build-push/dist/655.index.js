export const id = 655;
export const ids = [655];
export const modules = {

/***/ 7824:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ DigitalOceanError)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);

/** An answer of DigitalOcean's API that is not 2xx. Its body is `{id, message, request_id?}`. */
class DigitalOceanError extends _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SlipwayError */ .G {
    status;
    /** DigitalOcean's word for it, such as `not_found`; "" where the answer has none. */
    id;
    /** How long to wait before asking again; `undefined` where the answer says nothing of it. */
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
        message: textOf(fields.message) ||
            text
                .replace(/(<[^>]*>|\s)+/g, " ")
                .trim()
                .slice(0, 200),
        requestId: requestId === "" ? "" : ` (request ${requestId})`,
    };
}
function parseObject(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === "object" && value !== null ? { ...value } : {};
    }
    catch {
        // A proxy or a load balancer answered in its own words; they are shown instead.
        return {};
    }
}
function textOf(value) {
    return typeof value === "string" ? value : "";
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
                hint: `Give the token of digitalocean-token ${scope === undefined ? "the right to do so" : `the scope ${scope}`}.`,
                code: "denied",
            };
        case 404:
            return { why: said, hint: "Check the name, and that the token belongs to the same team.", code: "configuration" };
        case 429:
            return { ...explainLimit(answer), code: "refused" };
        default:
            return answer.status >= 500
                ? { why: said, hint: "See https://status.digitalocean.com, and run this again later.", code: "unreachable" }
                : { why: said, hint: "Check the inputs of this action.", code: "refused" };
    }
}
/** The limit of an hour has run out when nothing remains of it; the limit of a minute passes by itself. */
function explainLimit(answer) {
    const reset = Number(answer.headers["ratelimit-reset"]);
    if (answer.headers["ratelimit-remaining"] !== "0" || !Number.isFinite(reset)) {
        return { why: "DigitalOcean limits the requests of this token", hint: "Run this again in a minute." };
    }
    const limit = textOf(answer.headers["ratelimit-limit"]) || "all";
    const time = new Date(reset * 1000).toISOString().slice(11, 16);
    return {
        why: `this token has used up ${limit} requests of this hour`,
        hint: `DigitalOcean takes its requests again at ${time} UTC. Give other jobs tokens of their own.`,
    };
}
/** What Retry-After says (only the limit of a minute sends it), or the time until the hour's limit starts anew. */
function retryAfterMs({ status, headers }) {
    if (status !== 429)
        return undefined;
    const seconds = headers["retry-after"];
    if (typeof seconds === "string" && /^\d+$/.test(seconds))
        return Number(seconds) * 1000;
    if (headers["ratelimit-remaining"] !== "0")
        return undefined;
    // Both times are the server's, so a wrong clock of ours does not matter.
    const untilReset = Number(headers["ratelimit-reset"]) * 1000 - Date.parse(textOf(headers.date));
    return Number.isFinite(untilReset) ? Math.max(0, untilReset) : undefined;
}


/***/ }),

/***/ 4655:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   registryCredentials: () => (/* binding */ registryCredentials)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
/* harmony import */ var _runner_nearest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4140);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7824);



const publicHost = "registry.digitalocean.com";
/**
 * Credentials for one registry of DOCR that last for `expirySeconds`. DigitalOcean's own default is for ever, so it is always sent.
 * @throws SlipwayError that names the nearest registry or the scope that the token lacks
 */
async function registryCredentials(api, registryName, o) {
    const doing = `get credentials for the registry ${registryName}`;
    const requested = Date.now();
    const config = await api
        .request({
        path: `/v2/registries/${encodeURIComponent(registryName)}/docker-credentials`,
        query: { read_write: o.readWrite, expiry_seconds: o.expirySeconds },
        doing,
        // To read and update is not enough: DigitalOcean answers 403 to a token that may do just that.
        scope: "registry:create",
    })
        .catch(async (error) => {
        throw error instanceof _error_js__WEBPACK_IMPORTED_MODULE_1__/* .DigitalOceanError */ .D && error.status === 404
            ? await unknownRegistry(api, registryName)
            : error;
    });
    const [host, entry] = Object.entries(config.auths ?? {})[0] ?? [];
    const [username, password] = Buffer.from(entry?.auth ?? "", "base64")
        .toString("utf8")
        .split(/:(.*)/s);
    if (host === undefined || !username || !password) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SlipwayError */ .G(`Cannot ${doing} because DigitalOcean's answer holds none`, { code: "refused" });
    }
    return { host, username, password, expiresAt: new Date(requested + o.expirySeconds * 1000).toISOString() };
}
async function unknownRegistry(api, name) {
    const registries = await api.list({
        path: "/v2/registries",
        key: "registries",
        doing: `find the registry ${name}`,
        scope: "registry:read",
    });
    const names = registries.map((registry) => registry.name);
    const meant = (0,_runner_nearest_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .p)(name, names);
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SlipwayError */ .G(`Cannot use the registry ${name} because this account has none of that name: got ${names.join(", ") || "none at all"}`, {
        code: "configuration",
        hint: meant === undefined
            ? `\`registry\` reads ${publicHost}/NAME, or with a path behind it.`
            : `Did you mean ${meant}?`,
    });
}


/***/ })

};
