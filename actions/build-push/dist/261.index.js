export const id = 261;
export const ids = [261];
export const modules = {

/***/ 8261:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openDigitalOcean: () => (/* binding */ openDigitalOcean)
});

// EXTERNAL MODULE: ./src/error.ts
var error = __webpack_require__(1557);
;// CONCATENATED MODULE: ./src/kubernetes/client-address.ts

/** Takes a server's URL apart. Throws `configuration` for what must not or cannot be asked. */
function parseServer(server) {
    const url = URL.parse(server);
    if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
        throw configuration(`Cannot connect to the cluster because its server is not an https:// URL: got ${server}`);
    }
    if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
        throw configuration(`Cannot connect to ${url.origin} because its URL holds more than host, port and path`);
    }
    const secure = url.protocol === "https:";
    if (!secure && !isLoopback(url.hostname)) {
        throw configuration(`Cannot connect to ${url.origin} because credentials would travel unencrypted over http`);
    }
    return {
        origin: url.origin,
        secure,
        host: url.hostname.replace(/^\[|\]$/g, ""),
        port: Number(url.port) || (secure ? 443 : 80),
        prefix: url.pathname.replace(/\/+$/, ""),
    };
}
/** Whether a URL's host name can only mean this machine. */
function isLoopback(hostname) {
    return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
/** The header that carries the token. A broken token is refused here, where the message cannot show it. */
function authorization(token) {
    if (token === undefined)
        return {};
    if (!/^[\x21-\x7e]+$/.test(token)) {
        throw configuration("Cannot connect to the cluster because its token holds characters that no token has");
    }
    return { authorization: `Bearer ${token}` };
}
function configuration(message) {
    return new SlipwayError(message, { code: "configuration", hint: "Mend this entry of the kubeconfig." });
}

// EXTERNAL MODULE: ./src/network-failure.ts
var network_failure = __webpack_require__(1862);
// EXTERNAL MODULE: ./src/runner/clock.ts
var clock = __webpack_require__(1984);
// EXTERNAL MODULE: ./src/runner/retry.ts
var retry = __webpack_require__(1804);
// EXTERNAL MODULE: ./src/digitalocean/error.ts
var digitalocean_error = __webpack_require__(7824);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
var external_node_http_default = /*#__PURE__*/__webpack_require__.n(external_node_http_);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
var external_node_https_default = /*#__PURE__*/__webpack_require__.n(external_node_https_);
;// CONCATENATED MODULE: ./src/watchdog.ts
/** Calls `onSilence` once when `beat` has not been called for `limitMs`, counted from now. */
function startWatchdog(o) {
    const stopped = new AbortController();
    let lastBeat = o.clock.now();
    const watch = async () => {
        while (!stopped.signal.aborted) {
            const restMs = lastBeat + o.limitMs - o.clock.now();
            if (restMs <= 0) {
                stopped.abort();
                o.onSilence();
            }
            else {
                // The only way this rejects is `stop`, and that ends the loop.
                await o.clock.sleep(restMs, stopped.signal).catch(() => undefined);
            }
        }
    };
    void watch();
    return { beat: () => (lastBeat = o.clock.now()), stop: () => stopped.abort() };
}

;// CONCATENATED MODULE: ./src/digitalocean/exchange.ts





const answerLimitMs = 30_000;
const idleSocketMs = 20_000;
const bodyLimit = 32 * 1024 * 1024;
/** A pool of connections for one of the two protocols, through the proxies that `env` names. */
function openPool(protocol, env) {
    const Agent = protocol === "https:" ? (external_node_https_default()).Agent : (external_node_http_default()).Agent;
    return new Agent({ keepAlive: true, timeout: idleSocketMs, proxyEnv: env });
}
/** Sends one request once. The answer may take 30 s in all. */
async function exchange(call, how) {
    how.signal.throwIfAborted();
    const transport = call.url.protocol === "https:" ? (external_node_https_default()) : (external_node_http_default());
    const outgoing = transport.request(call.url, {
        method: call.method,
        headers: headersOf(call),
        agent: how.agent,
        signal: how.signal,
    });
    const onSilence = () => {
        const code = outgoing.socket?.connecting === false ? "SLIPWAY_SILENCE" : "SLIPWAY_CONNECT_TIMEOUT";
        outgoing.destroy(new network_failure/* SilenceError */.e(code));
    };
    const dog = startWatchdog({ clock: how.clock, limitMs: answerLimitMs, onSilence });
    try {
        const response = await new Promise((resolve, reject) => {
            outgoing.on("error", reject).on("response", resolve).end(call.body);
        });
        const text = await readText(response);
        // A proxy's error page may show the request that it did not like.
        return { status: response.statusCode ?? 0, headers: response.headers, text: text.replaceAll(call.token, "***") };
    }
    finally {
        dog.stop();
    }
}
function headersOf(call) {
    return {
        authorization: `Bearer ${call.token}`,
        accept: "application/json",
        "user-agent": "slipway",
        ...(call.contentType === undefined ? {} : { "content-type": call.contentType }),
        ...(call.body === undefined ? {} : { "content-length": Buffer.byteLength(call.body) }),
    };
}
async function readText(response) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response) {
        size += chunk.byteLength;
        if (size > bodyLimit)
            throw new error/* SlipwayError */.G("DigitalOcean's answer is too large to be one", { code: "refused" });
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
}

;// CONCATENATED MODULE: ./src/digitalocean/client.ts







const publicUrl = "https://api.digitalocean.com";
/** Revoking is not part of the API; the host of the control panel does it, as for doctl. */
const publicRevokeUrl = "https://cloud.digitalocean.com/v1/oauth/revoke";
const retryBudgetMs = 60_000;
/** Pages of 200: more than any account has, and an end for links that go round in circles. */
const mostPages = 50;
/** Opens DigitalOcean's API; nothing is sent yet. Throws `configuration` for an address or a token that cannot be right. */
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
        if (!/^[\x21-\x7e]+$/.test(options.token)) {
            throw client_configuration("Cannot use digitalocean-token because it holds characters that no token has");
        }
        this.#token = options.token;
        this.#base = parseBase(options.env?.DIGITALOCEAN_API_URL || publicUrl);
        this.#clock = options.clock ?? clock/* systemClock */.m;
        this.#signal = options.signal ?? new AbortController().signal;
        this.#pool = openPool(this.#base.protocol, { ...options.env });
    }
    async request(request) {
        // The one place where the bytes of an answer take the type that the caller knows them to have.
        return (await this.#send(request, this.#callOf(request)));
    }
    async list(request) {
        const items = [];
        let call = this.#callOf({ ...request, query: { per_page: 200, ...request.query } });
        for (let page = 0; call !== undefined && page < mostPages; page++) {
            const body = ((await this.#send(request, call)) ?? {});
            items.push(...(body[request.key] ?? []));
            call = this.#nextPage(call, body.links?.pages?.next);
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
        for (const [name, value] of Object.entries(request.query ?? {}))
            url.searchParams.set(name, String(value));
        const call = { method: request.method ?? "GET", url, token: this.#token };
        if (request.body === undefined)
            return call;
        return { ...call, contentType: "application/json", body: JSON.stringify(request.body) };
    }
    /** The token goes to no other host, whatever a page says. */
    #nextPage(call, link) {
        const url = link === undefined ? null : URL.parse(link, this.#base.href);
        return url?.origin === this.#base.origin ? { ...call, url } : undefined;
    }
    async #send(purpose, call) {
        let attempts = 0;
        const attempt = async (number) => {
            attempts = number;
            const answer = await exchange(call, { agent: this.#pool, signal: this.#signal, clock: this.#clock });
            if (answer.status < 200 || answer.status > 299)
                throw new digitalocean_error/* DigitalOceanError */.D(purpose, answer);
            return answer.text === "" ? undefined : parseJson(purpose, answer.text);
        };
        try {
            return await (0,retry/* retry */.L)(attempt, {
                signal: this.#signal,
                shouldRetry: (error) => retryDecision(call, error),
                sleep: (ms, signal) => this.#clock.sleep(ms, signal),
                now: () => this.#clock.now(),
                deadline: this.#clock.now() + retryBudgetMs,
            });
        }
        catch (error) {
            this.#signal.throwIfAborted();
            throw explainSilence({ purpose, call, error, attempts });
        }
    }
}
function retryDecision(call, error) {
    if (error instanceof digitalocean_error/* DigitalOceanError */.D) {
        const canPass = error.status === 429 || (error.status >= 500 && call.method === "GET");
        if (!canPass)
            return false;
        return error.retryAfterMs === undefined ? {} : { afterMs: error.retryAfterMs };
    }
    const failure = (0,network_failure/* explainNetworkFailure */.N)(error);
    return failure?.transient === true && (!failure.sent || call.method === "GET") && {};
}
function explainSilence(o) {
    const failure = (0,network_failure/* explainNetworkFailure */.N)(o.error);
    if (failure === undefined)
        return o.error;
    const tries = o.attempts > 1 ? ` (tried ${o.attempts} times)` : "";
    const message = `Cannot ${o.purpose.doing} because ${o.call.url.origin} gave no answer: ${failure.why}${tries}`;
    return new error/* SlipwayError */.G(message, { code: "unreachable", hint: failure.hint, cause: o.error });
}
function parseJson({ doing }, text) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        const message = `Cannot ${doing} because DigitalOcean's answer is not JSON: got ${text.slice(0, 100)}`;
        throw new error/* SlipwayError */.G(message, { code: "refused", cause });
    }
}
function parseBase(text) {
    const url = URL.parse(text);
    if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
        throw client_configuration(`Cannot use DIGITALOCEAN_API_URL because it is not an https:// URL: got ${text}`);
    }
    if (url.protocol === "http:" && !isLoopback(url.hostname)) {
        throw client_configuration(`Cannot use DIGITALOCEAN_API_URL because the token would travel unencrypted: got ${url.origin}`);
    }
    return url;
}
function client_configuration(message) {
    return new error/* SlipwayError */.G(message, { code: "configuration" });
}
function below(base, path) {
    return new URL(base.pathname.replace(/\/+$/, "") + path, base);
}


/***/ }),

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

/***/ 1862:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ explainNetworkFailure),
/* harmony export */   e: () => (/* binding */ SilenceError)
/* harmony export */ });
/** Thrown by our own clients where a limit of theirs was reached; explained like the errors of the system. */
class SilenceError extends Error {
    code;
    constructor(code) {
        super("no sign of life in time");
        this.code = code;
    }
}
const checkAddress = "Check the address, and that the other side runs and lets this runner in.";
const checkFirewall = "A firewall or an allow-list may keep this runner out; the other side may also be overloaded.";
const checkCa = "Check that the address and the CA certificate belong together; an extra CA can be given by NODE_EXTRA_CA_CERTS.";
/** Codes of Node.js (`errno`, OpenSSL's X509 results, its own ERR_* names) by what they mean for a person. */
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
    return { why, hint, transient: lasts === "transient", sent: reached === "sent" };
}
/** Explains an error of `node:http` or `node:https`. `undefined` where it is none: then it is a bug and must not be hidden. */
function explainNetworkFailure(error) {
    const { code, message } = isSystemError(error) ? error : { code: "", message: "" };
    const failure = table.find(([codes]) => codes.test(code))?.[1];
    if (failure === undefined)
        return undefined;
    // Here the message has words that tell more; those of plain system errors would only repeat the address.
    const isTelling = /^(EPROTO|ERR_SSL_|ERR_PROXY|HPE_|ERR_TLS)/.test(code);
    return isTelling ? { ...failure, why: `${failure.why}: ${firstLine(message)}` } : failure;
}
/** By shape, since the errors of Node.js are not of our `Error` where tests run in a context of their own. */
function isSystemError(error) {
    return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
function firstLine(text) {
    return (text.split("\n", 1)[0] ?? "").slice(0, 200);
}


/***/ }),

/***/ 1984:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/** A timer cannot hold more: beyond this, Node fires it at once. */
const longestTimerMs = 2 ** 31 - 1;
/** The machine's own clock. */
const systemClock = {
    now: () => performance.now(),
    sleep: async (ms, signal) => {
        const until = performance.now() + ms;
        do {
            await sleepOnce(Math.min(Math.max(until - performance.now(), 0), longestTimerMs), signal);
        } while (performance.now() < until - 1); // timers may fire a fraction of a millisecond early
    },
};
function sleepOnce(ms, signal) {
    return new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(reasonOf(signal));
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener("abort", stop);
            resolve();
        }, ms);
        if (signal?.aborted)
            stop();
        else
            signal?.addEventListener("abort", stop, { once: true });
    });
}
function reasonOf(signal) {
    const reason = signal?.reason;
    return reason instanceof Error ? reason : new Error(String(reason));
}


/***/ }),

/***/ 1804:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ retry)
/* harmony export */ });
/**
 * Does `work` until it succeeds, with growing waits and jitter between tries.
 * Throws the last error once it is not worth another try, tries are used up or the next wait would miss the deadline, and the signal's
 * reason when it aborts.
 */
async function retry(work, options) {
    for (let attempt = 1;; attempt++) {
        options.signal.throwIfAborted();
        try {
            return await work(attempt);
        }
        catch (error) {
            const waitMs = nextWait(error, attempt, options);
            if (waitMs === undefined)
                throw error;
            await options.sleep(waitMs, options.signal);
        }
    }
}
function nextWait(error, attempt, options) {
    const { signal, shouldRetry, attempts = Infinity, deadline = Infinity, now = () => performance.now() } = options;
    const verdict = shouldRetry(error);
    if (verdict === false || signal.aborted || attempt >= attempts)
        return undefined;
    const waitMs = verdict.afterMs ?? backOff(attempt, options);
    return now() + waitMs > deadline ? undefined : waitMs;
}
/** Half fixed, half random: many clients that failed together do not come back together. */
function backOff(attempt, options) {
    const { firstDelayMs = 500, longestDelayMs = 30_000, random = Math.random } = options;
    const full = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
    return full / 2 + (full / 2) * random();
}


/***/ })

};
