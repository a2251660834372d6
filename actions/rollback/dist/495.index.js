export const id = 495;
export const ids = [495];
export const modules = {

/***/ 3495:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./src/error.ts
var src_error = __webpack_require__(1557);
// EXTERNAL MODULE: ./src/runner/nearest.ts
var nearest = __webpack_require__(4140);
;// CONCATENATED MODULE: ./src/digitalocean/cluster.ts


const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * Credentials for a DOKS cluster that last for `expirySeconds`, as data: nothing is written to disk, and no doctl is needed.
 * @throws SlipwayError that names the nearest cluster, the state it is in or the scope that the token lacks
 */
async function clusterConnection(api, nameOrId, expirySeconds) {
    const cluster = uuid.test(nameOrId) ? await clusterById(api, nameOrId) : await clusterByName(api, nameOrId);
    const notice = checkState(cluster);
    const credentials = await api.request({
        path: `/v2/kubernetes/clusters/${cluster.id}/credentials`,
        query: { expiry_seconds: expirySeconds },
        doing: `get credentials for the cluster ${cluster.name}`,
        scope: "kubernetes:access_cluster",
    });
    const { server, certificate_authority_data: ca, token, expires_at: expiresAt } = credentials;
    if (!server || !ca || !token || !expiresAt) {
        throw new src_error/* SlipwayError */.G(`Cannot use the credentials of the cluster ${cluster.name} because they are not complete: got ${Object.keys(credentials).join(", ")}`, { code: "refused", hint: "A cluster that is new may need a few more minutes." });
    }
    return {
        server,
        ca: Buffer.from(ca, "base64").toString("utf8"),
        token,
        expiresAt,
        clusterName: cluster.name,
        ...(notice === undefined ? {} : { notice }),
    };
}
async function clusterById(api, id) {
    const doing = `find the cluster ${id}`;
    const path = `/v2/kubernetes/clusters/${id.toLowerCase()}`;
    const { kubernetes_cluster: cluster } = await api.request({
        path,
        doing,
        scope: "kubernetes:read",
    });
    return cluster;
}
async function clusterByName(api, name) {
    const doing = `find the cluster ${name}`;
    const clusters = await api.list({
        path: "/v2/kubernetes/clusters",
        key: "kubernetes_clusters",
        doing,
        scope: "kubernetes:read",
    });
    const found = clusters.find((cluster) => cluster.name === name);
    if (found !== undefined)
        return found;
    const names = clusters.map((cluster) => cluster.name);
    throw new src_error/* SlipwayError */.G(`Cannot ${doing} because this account has no cluster of that name: got ${listOf(names)}`, {
        code: "configuration",
        hint: hintFor(name, names),
    });
}
function listOf(names) {
    if (names.length === 0)
        return "none at all";
    const rest = names.length - 10;
    return `${names.slice(0, 10).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
function hintFor(name, names) {
    const meant = (0,nearest/* nearest */.p)(name, names);
    if (meant !== undefined)
        return `Did you mean ${meant}?`;
    return "Set `cluster` to a name or id of the team that digitalocean-token belongs to.";
}
/** Refuses a cluster that has no API to talk to; tells of one whose API may be away for a while. */
function checkState({ name, status }) {
    const because = status?.message ? ` (${status.message})` : "";
    switch (status?.state) {
        case "provisioning":
            throw notRunning(name, `it is still being created${because}`, "Run this again in a few minutes.");
        case "deleting":
        case "deleted":
            throw notRunning(name, `it is being deleted${because}`, "Set `cluster` to another one.");
        case "error":
            throw notRunning(name, `it is in error${because}`, "See the cluster in DigitalOcean's control panel.");
        case "upgrading":
            return `The cluster ${name} is being upgraded: its API may be away for a minute at a time.`;
        case "degraded":
            return `The cluster ${name} is degraded${because}: parts of it may not work.`;
        default:
            // `running`, and states that DigitalOcean may add: the connection itself will tell.
            return undefined;
    }
}
function notRunning(name, why, hint) {
    return new src_error/* SlipwayError */.G(`Cannot use the cluster ${name} because ${why}`, { code: "refused", hint });
}

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
    return new src_error/* SlipwayError */.G(message, { code: "configuration", hint: "Mend this entry of the kubeconfig." });
}

;// CONCATENATED MODULE: ./src/network-failure.ts
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

;// CONCATENATED MODULE: ./src/runner/clock.ts
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

;// CONCATENATED MODULE: ./src/runner/retry.ts
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

;// CONCATENATED MODULE: ./src/digitalocean/error.ts

/** An answer of DigitalOcean's API that is not 2xx. Its body is `{id, message, request_id?}`. */
class DigitalOceanError extends src_error/* SlipwayError */.G {
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
        outgoing.destroy(new SilenceError(code));
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
            throw new src_error/* SlipwayError */.G("DigitalOcean's answer is too large to be one", { code: "refused" });
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
        this.#clock = options.clock ?? systemClock;
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
                throw new DigitalOceanError(purpose, answer);
            return answer.text === "" ? undefined : parseJson(purpose, answer.text);
        };
        try {
            return await retry(attempt, {
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
    if (error instanceof DigitalOceanError) {
        const canPass = error.status === 429 || (error.status >= 500 && call.method === "GET");
        if (!canPass)
            return false;
        return error.retryAfterMs === undefined ? {} : { afterMs: error.retryAfterMs };
    }
    const failure = explainNetworkFailure(error);
    return failure?.transient === true && (!failure.sent || call.method === "GET") && {};
}
function explainSilence(o) {
    const failure = explainNetworkFailure(o.error);
    if (failure === undefined)
        return o.error;
    const tries = o.attempts > 1 ? ` (tried ${o.attempts} times)` : "";
    const message = `Cannot ${o.purpose.doing} because ${o.call.url.origin} gave no answer: ${failure.why}${tries}`;
    return new src_error/* SlipwayError */.G(message, { code: "unreachable", hint: failure.hint, cause: o.error });
}
function parseJson({ doing }, text) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        const message = `Cannot ${doing} because DigitalOcean's answer is not JSON: got ${text.slice(0, 100)}`;
        throw new src_error/* SlipwayError */.G(message, { code: "refused", cause });
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
    return new src_error/* SlipwayError */.G(message, { code: "configuration" });
}
function below(base, path) {
    return new URL(base.pathname.replace(/\/+$/, "") + path, base);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./node_modules/@kubernetes/client-node/dist/config_types.js

const ActionOnInvalid = {
    THROW: 'throw',
    FILTER: 'filter',
};
function defaultNewConfigOptions() {
    return {
        onInvalidEntry: ActionOnInvalid.THROW,
    };
}
function newClusters(a, opts) {
    if (!Array.isArray(a)) {
        return [];
    }
    const options = Object.assign(defaultNewConfigOptions(), opts || {});
    return a.map(clusterIterator(options.onInvalidEntry)).filter(Boolean);
}
function exportCluster(cluster) {
    return {
        name: cluster.name,
        cluster: {
            server: cluster.server,
            'certificate-authority-data': cluster.caData,
            'certificate-authority': cluster.caFile,
            'insecure-skip-tls-verify': cluster.skipTLSVerify,
            'tls-server-name': cluster.tlsServerName,
            'proxy-url': cluster.proxyUrl,
        },
    };
}
function clusterIterator(onInvalidEntry) {
    return (elt, i, list) => {
        try {
            if (!elt.name) {
                throw new Error(`clusters[${i}].name is missing`);
            }
            if (!elt.cluster) {
                throw new Error(`clusters[${i}].cluster is missing`);
            }
            if (!elt.cluster.server) {
                throw new Error(`clusters[${i}].cluster.server is missing`);
            }
            return {
                caData: elt.cluster['certificate-authority-data'],
                caFile: elt.cluster['certificate-authority'],
                name: elt.name,
                server: elt.cluster.server.replace(/\/$/, ''),
                skipTLSVerify: elt.cluster['insecure-skip-tls-verify'] === true,
                tlsServerName: elt.cluster['tls-server-name'],
                proxyUrl: elt.cluster['proxy-url'],
            };
        }
        catch (err) {
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
    if (!Array.isArray(a)) {
        return [];
    }
    const options = Object.assign(defaultNewConfigOptions(), opts || {});
    return a.map(userIterator(options.onInvalidEntry)).filter(Boolean);
}
function exportUser(user) {
    return {
        name: user.name,
        user: {
            as: user.impersonateUser,
            'auth-provider': user.authProvider,
            'client-certificate-data': user.certData,
            'client-certificate': user.certFile,
            exec: user.exec,
            'client-key-data': user.keyData,
            'client-key': user.keyFile,
            token: user.token,
            password: user.password,
            username: user.username,
        },
    };
}
function userIterator(onInvalidEntry) {
    return (elt, i, list) => {
        try {
            if (!elt.name) {
                throw new Error(`users[${i}].name is missing`);
            }
            return {
                authProvider: elt.user ? elt.user['auth-provider'] : null,
                certData: elt.user ? elt.user['client-certificate-data'] : null,
                certFile: elt.user ? elt.user['client-certificate'] : null,
                exec: elt.user ? elt.user.exec : null,
                keyData: elt.user ? elt.user['client-key-data'] : null,
                keyFile: elt.user ? elt.user['client-key'] : null,
                name: elt.name,
                token: findToken(elt.user),
                password: elt.user ? elt.user.password : null,
                username: elt.user ? elt.user.username : null,
                impersonateUser: elt.user ? elt.user.as : null,
            };
        }
        catch (err) {
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
        if (user.token) {
            return user.token;
        }
        if (user['token-file']) {
            return external_node_fs_.readFileSync(user['token-file']).toString();
        }
    }
}
function newContexts(a, opts) {
    if (!Array.isArray(a)) {
        return [];
    }
    const options = Object.assign(defaultNewConfigOptions(), opts || {});
    return a.map(contextIterator(options.onInvalidEntry)).filter(Boolean);
}
function exportContext(ctx) {
    return {
        name: ctx.name,
        context: ctx,
    };
}
function contextIterator(onInvalidEntry) {
    return (elt, i, list) => {
        try {
            if (!elt.name) {
                throw new Error(`contexts[${i}].name is missing`);
            }
            if (!elt.context) {
                throw new Error(`contexts[${i}].context is missing`);
            }
            if (!elt.context.cluster) {
                throw new Error(`contexts[${i}].context.cluster is missing`);
            }
            return {
                cluster: elt.context.cluster,
                name: elt.name,
                user: elt.context.user || undefined,
                namespace: elt.context.namespace || undefined,
            };
        }
        catch (err) {
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
//# sourceMappingURL=config_types.js.map
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./src/kubernetes/access-entry.ts



const content = "Give the content of a kubeconfig, such as `kubectl config view --minify --flatten` prints.";
/** Every problem of a kubeconfig is the user's to mend, and the text is secret: messages name entries and keys, never values. */
function refusal(why, hint = content) {
    return new src_error/* SlipwayError */.G(`Cannot use the kubeconfig because ${why}`, { code: "configuration", hint });
}
/** Reads the text, YAML or JSON. Throws `configuration`. */
function parseKubeconfig(text) {
    const lines = new dist/* LineCounter */.HN();
    // No pretty errors: they quote the text.
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined)
        throw refusal(`it is not YAML: see its line ${lines.linePos(error.pos[0]).line}`);
    const config = resolve(document);
    if (isFields(config))
        return config;
    const words = text.trim();
    if (words === "")
        throw refusal("it is empty");
    if (/^[A-Za-z0-9+/=\s]+$/.test(words) && atobOrEmpty(words).includes("clusters")) {
        throw refusal("it is encoded in base64", "Store it as it is: GitHub keeps secrets of several lines.");
    }
    throw refusal(words.includes("\n") ? "it is not a map" : "it is one line of text, such as a path");
}
function resolve(document) {
    try {
        return document.toJS({ maxAliasCount: 10 });
    }
    catch {
        // What it throws says nothing more; a kubeconfig has no need of aliases.
        throw refusal("it is not YAML: its aliases do not resolve");
    }
}
/** The entry of that name, which another part of the file refers to. Throws `configuration` where it is not there. */
function pickEntry(config, kind, name) {
    if (typeof name !== "string" || name === "") {
        throw refusal(kind === "context" ? "it has no current-context" : `its current context names no ${kind}`);
    }
    const list = config[`${kind}s`];
    const entries = Array.isArray(list) ? list.filter(isFields) : [];
    const raw = entries.find((entry) => entry.name === name);
    const fields = raw?.[kind];
    if (raw === undefined || !isFields(fields)) {
        const known = entries.map((entry) => String(entry.name));
        const meant = (0,nearest/* nearest */.p)(name, known) ?? known.join(", ");
        throw refusal(`it has no ${kind} "${name}"`, meant === "" ? content : `The nearest it has: ${meant}.`);
    }
    return { title: `${kind} "${name}"`, raw, fields };
}
function isFields(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function atobOrEmpty(text) {
    return Buffer.from(text, "base64").toString("utf8");
}
const token = "Use a kubeconfig that holds the token of a ServiceAccount or, for DOKS, the inputs `cluster` and `digitalocean-token`.";
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
/**
 * Refuses what cannot be honoured, so that a connection never means less than the file says. Values that switch nothing on (`false`,
 * `null`, "") count as absent.
 */
function refuseKeys(entry, known) {
    for (const [key, value] of Object.entries(entry.fields)) {
        if (value === null || value === false || value === "")
            continue;
        if (known.includes(key)) {
            if (typeof value !== "string")
                throw refusal(`${key} of ${entry.title} is not a string`);
        }
        else if (key !== "extensions" && key !== "disable-compression") {
            const [why, hint] = refusals[key] ?? [`has a key that is not understood`, `Slipway knows ${known.join(", ")}.`];
            throw refusal(`${entry.title} ${why} (${key})`, hint);
        }
    }
}
/** The PEM text that a `-data` key holds in base64; `undefined` where the key is absent. */
function pemOf(entry, key) {
    const value = entry.fields[key];
    if (typeof value !== "string" || value === "")
        return undefined;
    const isBase64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value);
    const text = isBase64 ? Buffer.from(value, "base64").toString("latin1") : "";
    if (/^-----BEGIN [A-Z ]+-----$/m.test(text.replaceAll("\r", "")))
        return text;
    const problem = isBase64 ? "is not PEM once decoded" : "is not base64";
    throw refusal(`${key} of ${entry.title} ${problem}`, "It was cut or changed when it was copied: copy it again.");
}

;// CONCATENATED MODULE: ./src/kubernetes/access.ts
// By its path: the package's entry loads all of its clients, this part only node:fs (for a key that is refused before).


/**
 * The connection that a kubeconfig's current context describes. Only data is taken from it: no command is run, no file is read.
 * @param text the kubeconfig itself, YAML or JSON
 * @throws SlipwayError `configuration` that names the entry and what to do, and never quotes a value
 */
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
    if (!token && !(certData && keyData)) {
        throw refusal(`${userEntry.title} has neither a token nor a client certificate with its key`);
    }
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
/** The client library's reading of an entry; it throws for one without what every entry has. */
function complete(entry, read) {
    try {
        const [found] = read([entry.raw]);
        if (found !== undefined)
            return found;
    }
    catch {
        // It would name the entry by its place in the list, which tells less than its title.
    }
    throw refusal(`${entry.title} is incomplete`);
}

;// CONCATENATED MODULE: ./src/kubernetes/api-error.ts

/** An answer of the API server that is not 2xx. The message is Kubernetes' own; callers add what they were about to do. */
class ApiError extends src_error/* SlipwayError */.G {
    /** The HTTP status, also where the Status was part of a watch's stream. */
    status;
    /** Kubernetes' reason, such as `NotFound` or `AlreadyExists`; "" where the answer has none. */
    reason;
    body;
    /** What the server asked for by Retry-After. */
    retryAfterMs;
    constructor(status, body, options = {}) {
        const message = body?.message || describe(status, options.text ?? "");
        const hint = api_error_hintFor(status, message);
        super(message, { code: codeOf(status, message), ...(hint === undefined ? {} : { hint }) });
        this.status = status;
        this.reason = body?.reason ?? "";
        this.body = body;
        this.retryAfterMs = options.retryAfterMs;
    }
}
/** Tells a `Status` from any other body. */
function isStatus(body) {
    return typeof body === "object" && body !== null && "kind" in body && body.kind === "Status";
}
/** For answers of something that is not an API server, such as a proxy or a load balancer: its words, on one line and bounded. */
function describe(status, text) {
    const words = text
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, 300);
    return words === "" ? `the server answered ${status}` : `the server answered ${status}: ${words}`;
}
function codeOf(status, message) {
    if (status === 401)
        return "denied";
    if (status === 403)
        return isPermission(message) ? "denied" : "refused";
    if (status === 502 || status === 503 || status === 504)
        return "unreachable";
    return "refused";
}
/** 403 is also how admission, quotas and terminating namespaces answer; only RBAC words it like this. */
function isPermission(message) {
    return /is forbidden: User ".*" cannot /.test(message);
}
function api_error_hintFor(status, message) {
    if (status === 401)
        return "The token or certificate is wrong or has expired: renew the credentials of this workflow.";
    if (status === 403 && isPermission(message)) {
        return "Someone who administers the cluster has to grant this user that permission (a Role and a RoleBinding).";
    }
    if (status === 403 && message.includes("exceeded quota"))
        return "Raise the ResourceQuota or ask for less.";
    return undefined;
}

;// CONCATENATED MODULE: ./src/kubernetes/client-answer.ts


/**
 * The body of a 2xx answer: JSON parsed, anything else (logs, health checks, answers of a proxied Service) as text.
 * Numbers are JavaScript's: an integer beyond 2^53 is rounded, which no field of a built-in kind needs.
 */
function client_answer_parseBody(answer, request) {
    if (!String(answer.headers["content-type"]).includes("json"))
        return answer.text;
    try {
        return JSON.parse(answer.text);
    }
    catch (cause) {
        const got = answer.text.slice(0, 100);
        throw new src_error/* SlipwayError */.G(`Cannot read the API server's answer to ${request.method} ${request.path} because it is not JSON: got ${got}`, { code: "refused", cause });
    }
}
/** The error that any other answer is. */
function toApiError({ status, headers, text }) {
    return new ApiError(status, parseStatus(text), {
        text,
        retryAfterMs: parseRetryAfter(headers["retry-after"], headers.date),
    });
}
function parseStatus(text) {
    try {
        const body = JSON.parse(text);
        return isStatus(body) ? body : undefined;
    }
    catch {
        // Not an API server's own words: ApiError shows them as they came.
        return undefined;
    }
}
/** Retry-After in ms: seconds, as Kubernetes sends, or a date, which only the server's own `Date` can be compared with. */
function parseRetryAfter(value, date) {
    if (typeof value !== "string")
        return undefined;
    if (/^\d+$/.test(value.trim()))
        return Number(value) * 1000;
    const waitMs = Date.parse(value) - Date.parse(String(date));
    return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
/** The texts of `Warning: 299 - "text"` headers (RFC 7234, 5.5), of which one header may hold several. */
function parseWarnings(headers) {
    return headers.flatMap((header) => [...header.matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? "").replace(/\\(.)/g, "$1")));
}

;// CONCATENATED MODULE: ./src/kubernetes/client-retry.ts


/** How long one request may be retried, in ms. Control planes restart within a minute. */
const client_retry_retryBudgetMs = 60_000;
/** The same while the server has never answered: then a wrong address is more likely than a restart. */
const firstContactBudgetMs = 8_000;
/** Whether sending the request twice has the effect of sending it once. */
function isIdempotent(request) {
    if (request.method === "GET" || request.query?.dryRun === "All" || request.repeatable === true)
        return true;
    return request.method === "PATCH" && request.contentType === "application/apply-patch+yaml";
}
/** Whether the request should be sent again after this error, in the form that `retry()` asks for. */
function client_retry_retryDecision(request, error) {
    if (error instanceof ApiError) {
        if (!isRetryableAnswer(request, error))
            return false;
        return error.retryAfterMs === undefined ? {} : { afterMs: jittered(error.retryAfterMs) };
    }
    const failure = explainNetworkFailure(error);
    if (!failure?.transient)
        return false;
    return !failure.sent || isIdempotent(request) ? {} : false;
}
function isRetryableAnswer(request, error) {
    if (error.status === 429)
        return true;
    if (![500, 502, 503, 504].includes(error.status))
        return false;
    // A webhook that could not be called stopped the request before anything was written: that holds for every verb.
    if (error.message.includes("failed calling webhook"))
        return true;
    return isIdempotent(request) && !isUsersMistake(error);
}
/** The field manager answers 500 for an object that breaks the schema; a webhook may give its denial any status. */
function isUsersMistake(error) {
    return /^failed to (create typed|convert|prune) /.test(error.message) || error.message.includes("denied the request");
}
/** Never earlier than asked, and never all at once: a server that sheds load tells everybody the same number. */
function jittered(ms) {
    return Math.max(100, ms) * (1 + Math.random() * 0.2);
}

;// CONCATENATED MODULE: ./src/kubernetes/client.ts











const connectLimitMs = 10_000;
/** A webhook may take 30 s; a server that is silent for longer is not there any more. */
const silenceLimitMs = 35_000;
/** However slowly an answer comes, it has to be whole by then. Streams are not answers. */
const client_answerLimitMs = 90_000;
const client_bodyLimit = 256 * 1024 * 1024;
const maxSockets = 24;
/** Load balancers cut idle connections after a minute or so. We close ours first, so that no write meets one that is half closed. */
const client_idleSocketMs = 20_000;
/**
 * Connects to a Kubernetes API server; nothing is sent yet.
 * @throws SlipwayError `configuration` where the connection cannot be right.
 */
function connect(connection, options = {}) {
    return new client_Client(connection, options);
}
class client_Client {
    #link;
    #renewal;
    #hasAnswered = false;
    #options;
    #clock;
    constructor(connection, options) {
        this.#link = openLink(connection, options.env);
        this.#options = options;
        this.#clock = options.clock ?? systemClock;
    }
    async request(request) {
        const read = async (response) => client_answer_parseBody(await readAnswer(response), request);
        // The one place where the bytes of an answer take the type that the caller knows them to have.
        return (await this.#send(request, "requests", read));
    }
    async *stream(request) {
        const response = await this.#send(request, "streams", (head) => Promise.resolve(head));
        try {
            for await (const chunk of response)
                yield chunk;
        }
        catch (error) {
            this.#signal(request).throwIfAborted();
            throw this.#explain(request, error, 1);
        }
        finally {
            response.destroy();
        }
    }
    close() {
        closeLink(this.#link);
    }
    async #send(request, pool, read) {
        const signal = this.#signal(request);
        const start = this.#clock.now();
        let attempts = 0;
        const shouldRetry = (error) => {
            const late = !this.#hasAnswered && this.#clock.now() - start > firstContactBudgetMs;
            return !late && client_retry_retryDecision(request, error);
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
                deadline: start + client_retry_retryBudgetMs,
                firstDelayMs: 200,
                longestDelayMs: 5_000,
            });
        }
        catch (error) {
            signal.throwIfAborted();
            throw this.#explain(request, error, attempts);
        }
    }
    /** Tries once more with fresh credentials where the old ones have expired meanwhile. */
    async #renewing(work) {
        const used = this.#link;
        try {
            return await work();
        }
        catch (error) {
            const renew = this.#options.renew;
            if (!(error instanceof ApiError) || error.status !== 401 || renew === undefined)
                throw error;
            if (this.#link === used)
                await (this.#renewal ??= this.#renew(renew));
            return work();
        }
    }
    /** However many requests find the credentials expired, they are renewed once. */
    async #renew(renew) {
        try {
            // Requests that use the old link go on; its idle sockets close by themselves.
            this.#link = openLink(await renew(), this.#options.env);
        }
        finally {
            this.#renewal = undefined;
        }
    }
    async #attempt(how) {
        const link = this.#link;
        this.#options.onRequest?.(how.request);
        const response = await send(link, { ...how, clock: this.#clock });
        this.#hasAnswered = true;
        for (const text of parseWarnings(response.headersDistinct.warning ?? [])) {
            this.#options.onWarning?.(text, how.request);
        }
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300)
            return how.read(response);
        const { text, ...answer } = await readAnswer(response);
        // A proxy's error page may show the request that it did not like.
        throw toApiError({ ...answer, text: link.token === undefined ? text : text.replaceAll(link.token, "***") });
    }
    #signal(request) {
        const signals = [this.#options.signal, request.signal].filter((signal) => signal !== undefined);
        return signals.length === 1 && signals[0] !== undefined ? signals[0] : AbortSignal.any(signals);
    }
    #explain(request, error, attempts) {
        const failure = explainNetworkFailure(error);
        if (failure === undefined)
            return error;
        const tries = attempts > 1 ? ` (tried ${attempts} times)` : "";
        return new src_error/* SlipwayError */.G(`Cannot ${request.method} ${request.path} because the API server ${this.#link.address.origin} gave no answer: ${failure.why}${tries}`, { code: "unreachable", hint: failure.hint, cause: error });
    }
}
function openLink(connection, env) {
    const address = parseServer(connection.server);
    const options = {
        keepAlive: true,
        keepAliveMsecs: 5_000,
        timeout: client_idleSocketMs,
        proxyEnv: proxiesOf(env),
        ...(connection.ca === undefined ? {} : { ca: connection.ca }),
        ...(connection.clientCertificate === undefined ? {} : { cert: connection.clientCertificate }),
        ...(connection.clientKey === undefined ? {} : { key: connection.clientKey }),
        ...(connection.tlsServerName === undefined ? {} : { servername: connection.tlsServerName }),
    };
    const Agent = address.secure ? (external_node_https_default()).Agent : (external_node_http_default()).Agent;
    return {
        address,
        token: connection.token,
        headers: { "user-agent": "slipway", ...authorization(connection.token) },
        agents: { requests: new Agent({ ...options, maxSockets }), streams: new Agent(options) },
    };
}
function closeLink(link) {
    link.agents.requests.destroy();
    link.agents.streams.destroy();
}
function proxiesOf(env) {
    const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];
    return Object.fromEntries(names.map((name) => [name, env?.[name]]));
}
/** Sends one request once. Resolves with the head of the answer, whose body is still to be read. */
function send(link, how) {
    const { request, pool, signal } = how;
    signal.throwIfAborted();
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    return new Promise((resolve, reject) => {
        const outgoing = (link.address.secure ? (external_node_https_default()) : (external_node_http_default())).request({
            host: link.address.host,
            port: link.address.port,
            method: request.method,
            path: link.address.prefix + request.path + encodeQuery(request.query),
            headers: { ...link.headers, ...client_headersOf(request, body) },
            agent: link.agents[pool],
            signal,
        });
        limitSilence(outgoing, pool, how.clock);
        outgoing.on("error", reject);
        outgoing.on("response", resolve);
        outgoing.end(body);
    });
}
function client_headersOf(request, body) {
    const accept = { accept: request.accept ?? "application/json" };
    if (body === undefined)
        return accept;
    return {
        ...accept,
        "content-type": request.contentType ?? "application/json",
        "content-length": body.byteLength,
    };
}
function encodeQuery(query) {
    const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`]);
    return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
/**
 * Cuts a connection that does not come about and, in the pool of requests, an answer that stops coming. Time counts from the moment
 * the request has its socket: waiting for a free one is no silence. A stream may be silent as long as its reader allows.
 */
function limitSilence(outgoing, pool, clock) {
    let dog;
    let whole;
    const watch = (code, limitMs) => {
        dog = startWatchdog({ clock, limitMs, onSilence: () => outgoing.destroy(new SilenceError(code)) });
    };
    const onConnected = () => {
        dog?.stop();
        if (pool !== "requests")
            return;
        watch("SLIPWAY_SILENCE", silenceLimitMs);
        const onSilence = () => outgoing.destroy(new SilenceError("SLIPWAY_SILENCE"));
        whole = startWatchdog({ clock, limitMs: client_answerLimitMs, onSilence });
    };
    outgoing.on("socket", (socket) => {
        if (outgoing.reusedSocket) {
            onConnected();
            return;
        }
        watch("SLIPWAY_CONNECT_TIMEOUT", connectLimitMs);
        socket.once("encrypted" in socket ? "secureConnect" : "connect", onConnected);
    });
    // Prepended, since `on` would start the flow before the body's reader is there.
    outgoing.on("response", (response) => response.prependListener("data", () => dog?.beat()));
    outgoing.on("close", () => {
        dog?.stop();
        whole?.stop();
    });
}
async function readAnswer(response) {
    const chunks = [];
    let size = 0;
    refuseOver(client_bodyLimit, Number(response.headers["content-length"] ?? 0));
    for await (const chunk of response) {
        size += chunk.byteLength;
        refuseOver(client_bodyLimit, size);
        chunks.push(chunk);
    }
    return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: Buffer.concat(chunks).toString("utf8"),
    };
}
function refuseOver(limit, size) {
    if (size <= limit)
        return;
    const message = `Cannot read the API server's answer because it is too large: got more than ${limit >> 20} MiB`;
    throw new src_error/* SlipwayError */.G(message, { code: "refused" });
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./src/kubernetes/discovery-documents.ts
/** Reads an aggregated document; `undefined` for one of the older ones. Beyond its kind, its shape is Kubernetes' promise. */
function readAggregated(document) {
    if (!hasKind(document, "APIGroupDiscoveryList"))
        return undefined;
    const { items = [] } = document;
    const versions = items.flatMap((item) => (item.versions ?? []).map((version) => ({ ...version, group: item.metadata?.name ?? "" })));
    return {
        kinds: versions.flatMap(({ group, version, resources }) => (resources ?? []).map((resource) => aggregatedKind(group, version, resource))),
        unavailable: versions
            .filter(({ freshness, resources }) => freshness === "Stale" && !resources?.length)
            .map(({ group, version }) => (group === "" ? version : `${group}/${version}`)),
    };
}
function aggregatedKind(group, version, resource) {
    return {
        group,
        version,
        kind: resource.responseKind?.kind ?? "",
        plural: resource.resource,
        namespaced: resource.scope === "Namespaced",
        verbs: resource.verbs ?? [],
        subresources: (resource.subresources ?? []).map(({ subresource }) => subresource),
    };
}
/** Whether it is one of the older documents that list groups. */
function isGroupList(document) {
    return hasKind(document, "APIVersions") || hasKind(document, "APIGroupList");
}
/** The group versions of `/api` (`APIVersions`) or `/apis` (`APIGroupList`). */
function readGroupList(document) {
    if (hasKind(document, "APIVersions"))
        return document.versions ?? [];
    if (!hasKind(document, "APIGroupList"))
        return [];
    const { groups = [] } = document;
    return groups.flatMap((group) => (group.versions ?? []).map(({ groupVersion }) => groupVersion));
}
/** The kinds of an `APIResourceList`, where `deployments/scale` is a row of its own. */
function readResourceList(document) {
    if (!hasKind(document, "APIResourceList"))
        return [];
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
        subresources: resources.flatMap((other) => other.name.startsWith(`${name}/`) ? [other.name.slice(name.length + 1)] : []),
    }));
}
function splitOnce(text) {
    const at = text.indexOf("/");
    return [text.slice(0, at), text.slice(at + 1)];
}
function hasKind(document, kind) {
    return typeof document === "object" && document !== null && "kind" in document && document.kind === kind;
}

;// CONCATENATED MODULE: ./src/kubernetes/discovery.ts





/** Asks for aggregated discovery (Kubernetes 1.27 and later), and takes the older documents where the server has no other. */
const accept = [
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
    "application/json",
].join(",");
/**
 * Asks the server what it has: two requests, or one for each group version on an old server.
 * @throws SlipwayError `refused` where what answers is no API server of Kubernetes, such as a page to log in.
 */
async function discover(api) {
    const roots = await Promise.all(["/api", "/apis"].map((path) => api.request({ method: "GET", path, accept })));
    const found = await Promise.all(roots.map(async (root) => readAggregated(root) ?? (await readUnaggregated(api, root))));
    return makeDiscovery(found.flatMap((part) => part.kinds), found.flatMap((part) => part.unavailable));
}
async function readUnaggregated(api, root) {
    if (!isGroupList(root))
        throw notKubernetes(root);
    const unavailable = [];
    const lists = readGroupList(root).map(async (groupVersion) => {
        const path = groupVersion.includes("/") ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
        try {
            return readResourceList(await api.request({ method: "GET", path }));
        }
        catch (error) {
            // An aggregated API whose server is away must not stop a deploy that does not need it.
            if (!(error instanceof ApiError) || (error.status < 500 && error.status !== 404))
                throw error;
            unavailable.push(groupVersion);
            return [];
        }
    });
    return { kinds: (await Promise.all(lists)).flat(), unavailable };
}
function notKubernetes(root) {
    const got = typeof root === "string" ? root : (0,external_node_util_.inspect)(root, { depth: 1, breakLength: Infinity });
    return new src_error/* SlipwayError */.G(`Cannot ask the server what kinds it has because it does not answer as Kubernetes does: got ${got.slice(0, 100) || "an empty answer"}`, { code: "refused", hint: "Check the server's address. A proxy on the way may have answered in its place." });
}
/** Makes a Discovery of what is known by other means. */
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
/** `apps/v1`, or `v1` for the core group. */
function apiVersionOf({ group, version }) {
    return group === "" ? version : `${group}/${version}`;
}
/**
 * First the same kind elsewhere, which covers versions that are gone (extensions/v1beta1) and a forgotten group; then a kind that was
 * written as its plural or in other case, or mistyped; at last a mistyped apiVersion.
 */
function nearestKind(kinds, apiVersion, kind) {
    const near = [...kinds].sort((a, b) => remoteness(a, apiVersion) - remoteness(b, apiVersion));
    const word = kind.toLowerCase();
    const same = near.find((candidate) => candidate.kind.toLowerCase() === word || candidate.plural === word);
    if (same !== undefined)
        return same;
    const name = (0,nearest/* nearest */.p)(kind, new Set(near.map((candidate) => candidate.kind)));
    return near.find((candidate) => candidate.kind === name);
}
/** Smaller is nearer: the very apiVersion, its group, Kubernetes' own groups, others; stable versions before the rest. */
function remoteness(kind, apiVersion) {
    const unstable = /alpha|beta/.test(kind.version) ? 1 : 0;
    if (apiVersionOf(kind) === apiVersion)
        return 0;
    if (apiVersion.startsWith(`${kind.group}/`))
        return 2 + unstable;
    if (kind.group === "" || !kind.group.includes("."))
        return 4 + unstable;
    return (kind.group.endsWith(".k8s.io") ? 6 : 8) + unstable;
}
/** The path of all objects of a kind, in one namespace or, without it, in all. */
function collectionPath(kind, namespace) {
    const root = kind.group === "" ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
    const scope = kind.namespaced && namespace ? `/namespaces/${segment(namespace)}` : "";
    return `${root}${scope}/${kind.plural}`;
}
/** The path of one object or of a subresource of it. `namespace` is not looked at for cluster-scoped kinds. */
function objectPath(kind, namespace, name, subresource) {
    const path = `${collectionPath(kind, namespace)}/${segment(name)}`;
    return subresource === undefined ? path : `${path}/${subresource}`;
}
/** A name as one segment of a path, whatever it holds: `.` and `..` would otherwise lead elsewhere. */
function segment(name) {
    if (name === "" || name === "." || name === "..") {
        throw new RangeError(`not a name of an object: ${JSON.stringify(name)}`);
    }
    return encodeURIComponent(name);
}

// EXTERNAL MODULE: ./src/runner/duration.ts
var duration = __webpack_require__(1008);
;// CONCATENATED MODULE: ./src/runner/within.ts


/**
 * Does `work`, for no longer than `ms`: however slowly the other side answers, the user's timeout holds. The signal that `work` is given
 * ends with the time, too.
 * @throws SlipwayError `timeout`, or the reason of `signal`.
 */
async function within(options, work) {
    const { clock, signal, ms, doing } = options;
    const isUp = new AbortController();
    const isDone = new AbortController();
    const timer = clock.sleep(ms, AbortSignal.any([signal, isDone.signal])).then(() => isUp.abort(timeUp(doing, ms)), () => undefined);
    const both = AbortSignal.any([signal, isUp.signal]);
    const ended = new Promise((_resolve, reject) => {
        both.addEventListener("abort", () => reject(both.reason), { once: true });
    });
    try {
        both.throwIfAborted();
        return await Promise.race([work(both), ended]);
    }
    finally {
        ended.catch(() => undefined);
        isDone.abort();
        await timer;
    }
}
function timeUp(doing, ms) {
    return new src_error/* SlipwayError */.G(`Cannot ${doing} because the time is up: got no end within ${(0,duration/* formatDuration */.a)(ms)}`, {
        code: "timeout",
        hint: "Nothing was changed. Look at why the other side is slow, or raise the input timeout.",
    });
}

// EXTERNAL MODULE: ./src/cluster/inputs.ts
var cluster_inputs = __webpack_require__(9789);
;// CONCATENATED MODULE: ./src/cluster/open.ts










/** Credentials outlive the action's own timeout by this much: the time to report, and to take a release back. */
const slackMs = 15 * 60 * 1000;
/**
 * Reaches the cluster that the inputs name. On DigitalOcean Kubernetes the credentials come from the API as data, expire soon after the
 * action and are minted again when the server refuses them; in either way they are masked and never touch the disk.
 */
async function openCluster(runner, inputs, timeoutMs) {
    const { signal } = runner;
    return within({ clock: systemClock, signal, ms: timeoutMs, doing: "reach the cluster" }, async () => {
        const api = await openApi(runner, inputs, timeoutMs);
        return { api, discovery: await discoverOrClose(api) };
    });
}
async function discoverOrClose(api) {
    try {
        return await discover(api);
    }
    catch (error) {
        api.close();
        if (!(error instanceof ApiError))
            throw error;
        const { message, code, hint } = error;
        const why = `Cannot read what the cluster has because the API server refused: got ${error.status}, ${message}`;
        throw new src_error/* SlipwayError */.G(why, { code, ...(hint === undefined ? {} : { hint }) });
    }
}
/** The same for who needs no more than kinds that every cluster has: the API server is not asked for anything yet. */
async function openApi(runner, inputs, timeoutMs) {
    const fetchConnection = connector(runner, inputs, timeoutMs);
    const first = await fetchConnection();
    return connect(first.connection, {
        env: runner.env,
        onWarning: (text) => runner.log.warning(`The API server says: ${text}`),
        ...(first.expires ? { renew: async () => (await fetchConnection()).connection } : {}),
    });
}
function connector(runner, inputs, timeoutMs) {
    const way = (0,cluster_inputs/* chooseWay */.T)(inputs);
    if (way.by === "kubeconfig") {
        return () => Promise.resolve({ connection: masked(runner, readKubeconfig(way.kubeconfig)), expires: false });
    }
    return async () => {
        const { env, signal } = runner;
        const digitalOcean = openDigitalOcean({ token: way.token, env, signal });
        try {
            const expirySeconds = Math.ceil((timeoutMs + slackMs) / 1000);
            const connection = await clusterConnection(digitalOcean, way.cluster, expirySeconds);
            if (connection.notice !== undefined)
                runner.log.warning(connection.notice);
            return { connection: masked(runner, connection), expires: true };
        }
        finally {
            digitalOcean.close();
        }
    };
}
function masked(runner, connection) {
    if (connection.token !== undefined)
        runner.mask(connection.token);
    if (connection.clientKey !== undefined)
        runner.mask(connection.clientKey);
    return connection;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./src/kubernetes/evidence/image-name.ts
/** The host that an image comes from. The first part of a name is one only where it looks like one, as Docker reads it. */
function registryOf(image) {
    const [first = "", ...rest] = image.split("/");
    return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : "docker.io";
}
/** Twelve digits of a digest tell images apart. */
function shortImage(image) {
    return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/g, "$1");
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/exit.ts
/** What an exit code usually means, where that is more than "the program said so". */
const meanings = {
    126: "the command cannot be executed",
    127: "the command was not found",
    128: "the container could not be started",
    134: "aborted (SIGABRT)",
    136: "arithmetic error (SIGFPE)",
    137: "killed (SIGKILL)",
    139: "segmentation fault (SIGSEGV)",
    143: "asked to stop (SIGTERM)",
};
/** How a container ended, in words: "exit code 137: out of memory", "exit code 3". */
function describeExit({ exitCode, reason }) {
    if (reason === "OOMKilled")
        return `exit code ${exitCode}: out of memory`;
    if (exitCode === 0)
        return "exit code 0: it ended, though it should go on";
    const meaning = meanings[exitCode];
    return meaning === undefined ? `exit code ${exitCode}` : `exit code ${exitCode}: ${meaning}`;
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/kubelet-words.ts
/** What the layers between the kubelet and the cause put before it, each once, from the outside in. */
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
/**
 * The end of a kubelet's or runtime's message, where the cause stands. `image` is left out where it only repeats what the reader knows.
 * Text without these wrappers comes back as it is.
 */
function causeOf(message, image = "") {
    const text = wrappers.reduce((rest, wrapper) => rest.replace(wrapper, ""), message).replace(/: unknown$/, "");
    return image !== "" && text.startsWith(`${image}: `) ? text.slice(image.length + 2) : text;
}
/** "0/3 nodes are available: 3 Insufficient cpu. preemption: …": what follows the first sentence tells a person nothing. */
function schedulingCause(message) {
    return (message.split(/\. (?=no new claims|preemption)/, 1)[0] ?? "").replace(/\.$/, "");
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/objects.ts
/** The status as fields of unknown types: custom resources write what they like. */
function statusOf(object) {
    return fieldsOf(object.status);
}
function specOf(object) {
    return fieldsOf(object.spec);
}
function fieldsOf(value) {
    return typeof value === "object" && value !== null ? { ...value } : {};
}
/** A count, where some controllers write a string (helm#32615). */
function numberOf(value) {
    if (typeof value === "number")
        return value;
    return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
}
function conditionOf(object, type) {
    const { conditions } = statusOf(object);
    return Array.isArray(conditions) ? conditions.find((one) => one.type === type) : undefined;
}
function isOwnedBy(object, owner) {
    const { uid } = owner.metadata;
    return uid !== undefined && (object.metadata.ownerReferences ?? []).some((reference) => reference.uid === uid);
}
/** Milliseconds since a time of the server; 0 where it gives none, so that nothing is overdue by accident. */
function msSince(time, now) {
    const since = now.getTime() - Date.parse(time ?? "");
    return Number.isNaN(since) ? 0 : since;
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/image-pull.ts
/** Words of registries and of the network that tell of a failure which passes by itself. They go first: a 503 may also say "denied". */
const passing = /\b(429|too ?many ?requests|timeout|timed out|deadline exceeded|connection re(fused|set)|broken pipe|unexpected eof|eof|no such host|server misbehaving|tls handshake|temporar|unavailable|bad gateway|internal server error|status code[^:]*: 5\d\d|5\d\d status|unexpected status[^:]*: 5\d\d)\b/i;
/** Words that mean no: pulling again gives the same answer until somebody changes something. */
const image_pull_final = /\b(not found|manifest unknown|name unknown|does not exist|unauthorized|authentication required|authorization failed|no basic auth credentials|insufficient.scope|denied|forbidden|401|403|404|no match for platform|invalid reference)\b/i;
/** Words that mean: not without the right credentials. */
const image_pull_refusal = /\b(unauthorized|authentication required|authorization|no basic auth credentials|insufficient.scope|denied|forbidden|401|403)\b/i;
/**
 * Whether pulling the image can still succeed without anybody doing anything. The words stand in text that also names the image, and an
 * image may be called `timeout`, so names are left out first.
 */
function isFinalPullError(message) {
    const words = withoutNames(message);
    return !passing.test(words) && image_pull_final.test(words);
}
/** Whether the registry wants other credentials than it was shown. */
function isRefusedPull(message) {
    return image_pull_refusal.test(withoutNames(message));
}
function withoutNames(message) {
    return message.replace(/"[^"]*"|[^\s"]*[/@][^\s"]*/g, (name) => (/^i\/o$/i.test(name) ? name : " "));
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/probe-budget.ts
/**
 * How long a container may take to get ready when its probes do nothing but their work, in ms (after kubedog). Until then, a probe
 * that does not pass yet says nothing at all.
 */
function probeBudgetMs({ startupProbe, readinessProbe, }) {
    return (budgetSeconds(startupProbe) + budgetSeconds(readinessProbe)) * 1000;
}
function budgetSeconds(probe) {
    if (probe === undefined)
        return 0;
    const { initialDelaySeconds = 0, timeoutSeconds = 1, periodSeconds = 10 } = probe;
    const { failureThreshold = 3, successThreshold = 1 } = probe;
    const rounds = Math.max(0, failureThreshold + successThreshold - 3);
    return initialDelaySeconds + timeoutSeconds + (rounds + 0.5) * periodSeconds;
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/pod-trouble.ts





/**
 * How long what may pass by itself is given to do so, in ms. A cluster autoscaler takes minutes to add a node. A kubelet that has not seen
 * a new Secret yet pulls without it, and comes back after ten seconds.
 */
const patience = { pull: 180_000, credentials: 30_000, config: 60_000, create: 60_000, schedule: 300_000 };
const always = () => "final";
const counted = ({ failures }) => (failures > 1 ? "repeated" : "passing");
const pull = ({ message, ageMs, hasCredentials }) => {
    const mayComeLate = hasCredentials && isRefusedPull(message) && ageMs <= patience.credentials;
    return (isFinalPullError(message) && !mayComeLate) || ageMs > patience.pull ? "final" : "passing";
};
const create = (facts) => (facts.failures <= 1 && facts.ageMs > patience.create ? "final" : counted(facts));
const config = ({ message, ageMs }) => (isAbsence(message) || ageMs > patience.config ? "final" : "passing");
/** The kubelet's reasons for a container that does not run, by what they mean for the rollout. */
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
/** The worst that can be said of a pod; `undefined` while nothing is wrong with it. */
function troubleOf(pod, related) {
    const found = [
        schedulingTrouble(pod, related.now),
        mountTrouble(pod, related.events ?? []),
        ...containersOf(pod).map((container) => containerTrouble(pod, container, related.now)),
    ].filter((trouble) => trouble !== undefined);
    const order = ["final", "repeated", "passing"];
    return found.sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight))[0];
}
function containersOf({ spec, status }) {
    const restarts = (spec?.restartPolicy ?? "Always") === "Always";
    const initial = (status?.initContainerStatuses ?? []).map((one) => {
        const itsSpec = spec?.initContainers?.find(({ name }) => name === one.name);
        return { status: one, spec: itsSpec, isLasting: itsSpec?.restartPolicy === "Always" };
    });
    const main = (status?.containerStatuses ?? []).map((one) => {
        return { status: one, spec: spec?.containers?.find(({ name }) => name === one.name), isLasting: restarts };
    });
    return [...initial, ...main];
}
function containerTrouble(pod, container, now) {
    const { status, isLasting } = container;
    const { waiting, running, terminated } = status.state ?? {};
    if (running !== undefined)
        return probeTrouble(pod, container, now);
    const hasFailed = terminated !== undefined && (isLasting || terminated.exitCode !== 0);
    // A container that has ended and will be started again is in back-off, some time before the kubelet's status says so.
    const reason = hasFailed ? "CrashLoopBackOff" : (waiting?.reason ?? "");
    const rule = Object.hasOwn(rules, reason) ? rules[reason] : undefined;
    if (rule === undefined)
        return undefined;
    const failures = (status.restartCount ?? 0) + 1;
    const ageMs = msSince(pod.status?.startTime ?? pod.metadata.creationTimestamp, now);
    const hasCredentials = (pod.spec?.imagePullSecrets ?? []).length > 0;
    const weight = rule({ message: waiting?.message ?? "", ageMs, failures, hasCredentials });
    return { weight, ...pod_trouble_explain(status, reason, failures), pod, container: status };
}
/** Kubernetes' word and a sentence for a container that does not run. */
function pod_trouble_explain(status, reason, failures) {
    const { waiting, terminated } = status.state ?? {};
    const last = terminated ?? status.lastState?.terminated;
    const name = `container ${status.name}`;
    if (reason !== "CrashLoopBackOff" || last === undefined) {
        const verb = pulls.includes(reason) ? ` cannot get its image ${status.image ?? ""}` : "";
        return { reason, message: `${name}${verb}: ${causeOf(waiting?.message ?? "", status.image) || reason}` };
    }
    if (last.reason === "StartError" || last.reason === "ContainerCannotRun") {
        return { reason: "RunContainerError", message: `${name} cannot start: ${causeOf(last.message ?? "")}` };
    }
    const often = failures > 1 ? `keeps failing (${failures} times so far)` : "failed";
    return {
        reason: last.reason === "OOMKilled" ? last.reason : reason,
        message: `${name} ${often}: ${describeExit(last)}`,
    };
}
const pulls = ["ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"];
/** Being slow to get ready is no verdict, but worth saying once it takes longer than the probes themselves would. */
function probeTrouble(pod, { status, spec }, now) {
    if (status.ready === true || spec === undefined)
        return undefined;
    const probe = status.started === false ? spec.startupProbe : spec.readinessProbe;
    const runningMs = msSince(status.state?.running?.startedAt, now);
    if (probe === undefined || runningMs <= probeBudgetMs(spec))
        return undefined;
    const name = status.started === false ? "startup" : "readiness";
    return {
        weight: "passing",
        reason: "ProbeNotPassing",
        message: `container ${status.name} runs, but its ${name} probe does not pass`,
        pod,
        container: status,
    };
}
function schedulingTrouble(pod, now) {
    const condition = conditionOf(pod, "PodScheduled");
    if (condition?.status !== "False" || condition.reason !== "Unschedulable")
        return undefined;
    const isLong = msSince(condition.lastTransitionTime, now) > patience.schedule;
    return {
        weight: isLong ? "final" : "passing",
        reason: "Unschedulable",
        message: `no node takes it: ${schedulingCause(condition.message ?? "")}`,
        pod,
    };
}
/** A volume that cannot be mounted shows in events only: the pod's status says ContainerCreating for ever. */
function mountTrouble(pod, events) {
    if (containersOf(pod).some(({ status }) => status.state?.running !== undefined))
        return undefined;
    const event = events.findLast(({ involvedObject, reason }) => involvedObject?.uid === pod.metadata.uid && (reason === "FailedMount" || reason === "FailedAttachVolume"));
    if (event === undefined)
        return undefined;
    const message = event.message ?? "";
    return {
        weight: isAbsence(message) ? "final" : "passing",
        reason: event.reason ?? "FailedMount",
        message,
        pod,
    };
}
/** Whether the kubelet says that a ConfigMap, a Secret or a key is not there, and not merely that it could not look. */
function isAbsence(message) {
    return (/(configmap|secret)s? "[^"]*" not found|couldn't find key|non-existent (config|secret) key/i.test(message) &&
        !/failed to sync|timed out/.test(message));
}

;// CONCATENATED MODULE: ./src/kubernetes/evidence/cause.ts





/** By the reason of the verdict or, for reasons that only say how long it took, by what is wrong with the pod. */
const cause_rules = {
    ErrImagePull: pullRefused,
    ImagePullBackOff: pullRefused,
    ErrImageNeverPull: ({ container }) => ({
        cause: `the image ${container?.image ?? ""} is not on the node, and its pull policy is Never`,
        remedy: "Set imagePullPolicy to IfNotPresent.",
    }),
    InvalidImageName: ({ container }) => ({
        cause: `"${container?.image ?? ""}" is not the name of an image`,
        remedy: "It reads registry/path:tag or registry/path@sha256:digest, in lower case.",
    }),
    OOMKilled: outOfMemory,
    RunContainerError: cannotStart,
    CrashLoopBackOff: (facts) => killedByProbe(facts) ?? endsAgain(facts),
    CreateContainerConfigError: ({ container }) => absent(container?.state?.waiting?.message ?? ""),
    FailedMount: ({ verdict }) => absent(verdict.message),
    FailedCreate: ({ verdict }) => podsRefused(verdict.message),
    Unschedulable: noNode,
    ProbeNotPassing: probeAnswer,
    BackoffLimitExceeded: endsAgain,
};
/** The probable cause of a verdict. `pods` are those of the newest revision, worst first; `events` are about them, oldest first. */
function probableCause(o) {
    const [pod] = o.pods;
    const trouble = pod && troubleOf(pod, { events: o.events, now: new Date() });
    const container = trouble?.container ?? lastEnded(pod);
    const facts = {
        verdict: o.verdict,
        pod,
        container,
        spec: specsOf(pod).find(({ name }) => name === container?.name),
        events: o.events.filter(({ involvedObject }) => involvedObject?.uid === pod?.metadata.uid),
    };
    const rule = ruleFor(o.verdict.reason) ?? ruleFor(trouble?.reason ?? "ProbeNotPassing");
    return rule?.(facts) ?? { cause: o.verdict.message };
}
function ruleFor(reason) {
    return Object.hasOwn(cause_rules, reason) ? cause_rules[reason] : undefined;
}
function specsOf(pod) {
    return [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])];
}
function lastEnded(pod) {
    const all = [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
    return all.find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
}
function pullRefused({ container }) {
    const words = causeOf(container?.state?.waiting?.message ?? "", container?.image);
    const image = shortImage(container?.image ?? "");
    const registry = registryOf(image);
    if (/no match for platform/i.test(words)) {
        return {
            cause: `the image ${image} is not made for the platform of the node`,
            remedy: "Add that platform to `platforms` where the image is built.",
        };
    }
    if (/\b(401|403|unauthorized|forbidden|denied|authentication|authorization|basic auth)\b/i.test(words)) {
        return {
            cause: `${registry} refuses to give out the image ${image}: ${words}`,
            remedy: "Give the pod credentials for it (imagePullSecrets), or renew those that it has.",
        };
    }
    if (/\b(not found|unknown|does not exist|404)\b/i.test(words)) {
        return {
            cause: `the image ${image} is not in its registry`,
            remedy: `Check its name and its tag or digest, and that it was pushed to ${registry} and not cleaned up since.`,
        };
    }
    return { cause: `the image ${image} cannot be pulled: ${words}` };
}
function outOfMemory({ container, spec }) {
    const limit = spec?.resources?.limits?.memory;
    return {
        cause: `container ${container?.name ?? ""} ran out of memory${limit === undefined ? "" : ` (its limit is ${limit})`}`,
        remedy: "Raise resources.limits.memory, or make it use less.",
    };
}
function cannotStart({ container }) {
    const { waiting } = container?.state ?? {};
    const words = causeOf(waiting?.message || (container?.lastState?.terminated?.message ?? ""));
    const name = container?.name ?? "";
    const command = /exec: "([^"]*)"/.exec(words)?.[1];
    if (words === "")
        return undefined;
    if (words.includes("exec format error")) {
        return {
            cause: `container ${name} cannot start: its program is made for another kind of processor`,
            remedy: "Build the image for the platform of the nodes.",
        };
    }
    if (command !== undefined && /no such file|executable file not found/.test(words)) {
        return {
            cause: `container ${name} cannot start: its command ${command} is not in the image`,
            remedy: "Check command and args of the container, and ENTRYPOINT and CMD of the image.",
        };
    }
    return { cause: `container ${name} cannot start: ${words}` };
}
function killedByProbe({ container, events }) {
    const name = container?.name ?? "";
    const killing = events.findLast(({ reason, message = "" }) => reason === "Killing" && message.startsWith(`Container ${name} failed `));
    const probe = /failed (liveness|startup) probe/.exec(killing?.message ?? "")?.[1];
    if (probe === undefined)
        return undefined;
    return {
        cause: `container ${name} is stopped again and again because its ${probe} probe fails${answerOf(probe, events)}`,
        remedy: "Check path and port of the probe, and that it gives the program enough time (failureThreshold, startupProbe).",
    };
}
function probeAnswer({ container, spec, events, verdict, pod }) {
    const probe = ["startup", "readiness"].find((one) => answerOf(one, events) !== "");
    if (probe === undefined || pod === undefined)
        return undefined;
    const name = container?.name ?? spec?.name ?? specsOf(pod).find((one) => one.readinessProbe !== undefined)?.name ?? "";
    const deadline = verdict.reason === "ProgressDeadlineExceeded" ? `${verdict.message.split(":", 1)[0] ?? ""}: ` : "";
    return {
        cause: `${deadline}container ${name} runs, but its ${probe} probe does not pass${answerOf(probe, events)}`,
        remedy: "Check path and port of the probe, and what the program waits for.",
    };
}
/** What the probe got, from the kubelet's event: ": HTTP probe failed with statuscode: 404". */
function answerOf(probe, events) {
    const start = `${probe.charAt(0).toUpperCase()}${probe.slice(1)} probe failed: `;
    const message = events.findLast((event) => event.message?.startsWith(start))?.message;
    return message === undefined ? "" : `: ${message.slice(start.length).trim()}`;
}
function endsAgain({ container, verdict }) {
    const ended = container?.state?.terminated ?? container?.lastState?.terminated;
    if (container === undefined || ended === undefined)
        return undefined;
    const often = verdict.reason === "BackoffLimitExceeded" ? `: ${verdict.message}` : "";
    const times = (container.restartCount ?? 0) + 1;
    const again = often === "" && times > 1 ? `, ${times} times so far` : "";
    return {
        cause: `container ${container.name} ends with ${describeExit(ended)}${again}${often}`,
        ...(ended.exitCode === 0
            ? { remedy: "The container of a service must go on: a program that ends belongs into a Job." }
            : {}),
    };
}
/** A ConfigMap, a Secret or a key of one that the pod needs and that is not there. */
function absent(message) {
    const key = /couldn't find key (\S+) in (ConfigMap|Secret) (?:[^/]*\/)?(\S+)/.exec(message);
    if (key !== null) {
        const [, name = "", kind = "", holder = ""] = key;
        return { cause: `the ${kind} ${holder} has no key ${name}`, remedy: "Add the key, or mend the container's env." };
    }
    const object = /(configmap|secret)s? "([^"]*)" not found/i.exec(message);
    if (object === null)
        return undefined;
    const kind = object[1]?.toLowerCase() === "secret" ? "Secret" : "ConfigMap";
    const volume = /for volume "([^"]*)"/.exec(message)?.[1];
    return {
        cause: `the ${kind} ${object[2] ?? ""} does not exist${volume === undefined ? "" : `, and the volume ${volume} needs it`}`,
        remedy: `Add it to what is deployed, or mend its name. It has to be in the pod's namespace.`,
    };
}
function podsRefused(message) {
    const quota = /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)$/.exec(message);
    if (quota !== null) {
        const [, name = "", requested = "", used = "", limited = ""] = quota;
        return {
            cause: `the quota ${name} is used up: it allows ${limited}, ${used} is in use, and a pod asks for ${requested}`,
            remedy: "Raise the ResourceQuota, ask for less, or run fewer replicas.",
        };
    }
    const account = /serviceaccount "([^"]*)" not found/.exec(message)?.[1];
    if (account === undefined)
        return undefined;
    return {
        cause: `the ServiceAccount ${account} does not exist`,
        remedy: "Add it to what is deployed, or mend serviceAccountName.",
    };
}
function noNode({ pod }) {
    if (pod === undefined)
        return undefined;
    const words = schedulingCause(conditionOf(pod, "PodScheduled")?.message ?? "");
    const lacking = [...words.matchAll(/Insufficient ([\w./-]+)/g)].map(([, resource = ""]) => resource);
    if (lacking.length > 0) {
        const asked = lacking.map((resource) => `${resource}: ${requested(pod, resource)}`).join(", ");
        return {
            cause: `no node has enough ${lacking.join(" and ")} free for pod ${pod.metadata.name} (it asks for ${asked}): ${words}`,
            remedy: "Ask for less in resources.requests, or add nodes or larger ones to the cluster.",
        };
    }
    const remedy = /affinity|selector/.test(words)
        ? "Check nodeSelector and affinity against the labels of the nodes."
        : words.includes("taint")
            ? "Add a toleration for the taint, or use other nodes."
            : undefined;
    return { cause: `no node takes pod ${pod.metadata.name}: ${words}`, ...(remedy === undefined ? {} : { remedy }) };
}
function requested(pod, resource) {
    const amounts = specsOf(pod).flatMap((spec) => spec.resources?.requests?.[resource] ?? []);
    return amounts.length === 0 ? "?" : amounts.join(" + ");
}

;// CONCATENATED MODULE: ./src/kubernetes/evidence/containers.ts



/** Those that are neither ready nor have done what they were there for, in the order in which they run. */
function brokenContainers({ status }) {
    const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
    const broken = all.filter(({ ready, state }) => ready !== true && state?.terminated?.exitCode !== 0);
    // Those that only wait for an init container to end say nothing.
    const telling = broken.filter(({ state }) => state?.waiting?.reason !== "PodInitializing");
    return telling.length > 0 ? telling : broken;
}
function describeContainer(pod, status) {
    const { state = {}, lastState = {} } = status;
    const last = state.terminated ?? lastState.terminated;
    const before = lastState.terminated === undefined ? "" : `, before that ${describeState(status, lastState)}`;
    return {
        pod,
        container: status.name,
        image: status.image ?? "",
        state: `${describeState(status, state)}${before}`,
        reason: state.terminated?.reason ?? state.waiting?.reason ?? "",
        ...(last === undefined ? {} : { exitCode: last.exitCode }),
        restarts: status.restartCount ?? 0,
    };
}
function describeState({ image = "" }, { waiting, running, terminated }) {
    if (terminated !== undefined)
        return `ended with ${describeExit(terminated)}`;
    if (running !== undefined)
        return "running, not ready";
    if (waiting === undefined)
        return "not started";
    const { reason = "", message = "" } = waiting;
    // How long the back-off is, and of what pod, is no news.
    const words = reason === "CrashLoopBackOff" ? "" : causeOf(message, image);
    return `waiting: ${[reason, words].filter(Boolean).join(": ")}`;
}
function containerLine({ pod, container, image, state, restarts }) {
    const often = restarts === 0 ? "" : `, ${restarts} ${restarts === 1 ? "restart" : "restarts"}`;
    return `${pod}, container ${container} (${shortImage(image)}): ${state}${often}`;
}

;// CONCATENATED MODULE: ./src/kubernetes/evidence/events.ts

/** More than this tells nobody more. */
const mostEvents = 8;
/**
 * The newest warnings, or the newest events where nothing was warned of, the same told once with its count.
 * @param events oldest first, and so is the result
 */
function newestEvents(events) {
    const merged = new Map();
    for (const { involvedObject, type = "", reason = "", message = "", count, series } of events) {
        const { kind = "", name = "" } = involvedObject ?? {};
        const text = plainly(message);
        // Pods of one revision say the same, each with its own name.
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
    const warnings = all.filter(({ type }) => type === "Warning");
    return (warnings.length > 0 ? warnings : all).slice(-mostEvents);
}
/** Without what is told elsewhere: the pod's id, the layers between the kubelet and the cause. */
function plainly(message) {
    const pull = /^(Failed to pull image "([^"]*)"): (.*)$/s.exec(message);
    if (pull !== null)
        return `${pull[1] ?? ""}: ${causeOf(pull[3] ?? "", pull[2])}`;
    return message.replace(/^\(combined from similar events\): /, "").replace(/ in pod \S+\([0-9a-f-]+\)$/, "");
}
/** Oldest first. */
function byTime(a, b) {
    return Date.parse(timeOf(a)) - Date.parse(timeOf(b));
}
function timeOf({ series, lastTimestamp, eventTime, firstTimestamp, metadata }) {
    return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp ?? "";
}
function eventLines(events) {
    return events.map(({ object, type, reason, message, count }) => {
        const often = count > 1 ? ` (${count} times)` : "";
        return `  ${type === "Warning" ? "!" : " "} ${object} ${reason}${often}: ${message}`;
    });
}

;// CONCATENATED MODULE: ./src/kubernetes/evidence/log-tail.ts

const mostLines = 20;
const mostBytes = 8 * 1024;
/** A node that is gone must not keep the verdict from being told. */
const patienceMs = 5_000;
/**
 * What a container said last. Where it runs again after a failure, the run that failed tells why; else the present run does, or the
 * one before where that has nothing to say yet. Empty where there is no log, or no permission to read it.
 */
async function readLogs(source, status) {
    const hasEnded = status.lastState?.terminated !== undefined;
    const order = hasEnded && status.state?.running !== undefined ? [true, false] : hasEnded ? [false, true] : [false];
    for (const previous of order) {
        const lines = await readTail(source, { container: status.name, previous });
        if (lines.length > 0)
            return [{ pod: source.pod, container: status.name, previous, lines }];
    }
    return [];
}
/** At most 20 lines and 8 KiB. */
async function readTail({ api, namespace, pod, signal }, { container, previous }) {
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
    // No limitBytes: the server would keep the first bytes, and the last are what tells.
    const query = { container, previous: previous || undefined, tailLines: mostLines };
    const limit = AbortSignal.timeout(patienceMs);
    let tail = Buffer.alloc(0);
    try {
        for await (const chunk of api.stream({ method: "GET", path, query, signal: AbortSignal.any([signal, limit]) })) {
            tail = Buffer.concat([tail, chunk]).subarray(-mostBytes);
        }
    }
    catch (error) {
        signal.throwIfAborted();
        // No log, no permission, no node: what did come is still worth telling.
        if (!(error instanceof src_error/* SlipwayError */.G) && !limit.aborted)
            throw error;
    }
    const lines = tail.toString("utf8").split("\n");
    return lines.map((line) => line.trimEnd()).filter((line) => line !== "");
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/verdict.ts
function current(reason = "Current", message = "current") {
    return { status: "current", reason, message };
}
function inProgress(reason, message) {
    return { status: "in-progress", reason, message };
}
function failed(reason, message) {
    return { status: "failed", reason, message };
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/pods.ts


/** A pod that has failed so often will not recover by itself any more, whatever else may still come up. */
const mostFailures = 4;
/**
 * The verdict that the pods of the newest revision allow: failed as soon as one of them can never get ready, when all of them fail again
 * and again, or when one does so for long; else in progress, with the worst that is known. Pods that leave do not count.
 */
function verdictOfPods(pods, progress, related) {
    const living = pods.filter((pod) => !isLeaving(pod)).sort(byName);
    const troubles = living.map((pod) => troubleOf(pod, related)).filter((trouble) => trouble !== undefined);
    const doom = troubles.find(({ weight }) => weight === "final") ?? endlessLoop(troubles, living.length);
    if (doom !== undefined)
        return { ...failed(doom.reason, pods_textOf(doom)), ...(mayRecover(doom) && { mayRecover: true }) };
    const [trouble] = troubles;
    if (trouble === undefined)
        return inProgress("InProgress", progress);
    return inProgress(trouble.reason, `${progress}; ${pods_textOf(trouble)}`);
}
/** So that of several pods in the same trouble always the same one is told of. */
function byName(a, b) {
    return a.metadata.name < b.metadata.name ? -1 : 1;
}
function endlessLoop(troubles, living) {
    const looping = troubles.filter(({ weight }) => weight === "repeated");
    if (looping.length === living)
        return looping[0];
    return looping.find(({ container }) => failuresOf(container) >= mostFailures);
}
/** A program that gives up because something it needs is not there yet; not one that is killed, or cannot start at all. */
function mayRecover({ weight, container }) {
    const { reason, exitCode = 0 } = container?.state?.terminated ?? container?.lastState?.terminated ?? {};
    const hasGivenUp = reason === "Error" && exitCode > 0 && exitCode < 126;
    return weight === "repeated" && hasGivenUp && failuresOf(container) < mostFailures;
}
function failuresOf(container) {
    return (container?.restartCount ?? 0) + 1;
}
/** A trouble with the pod that has it. */
function pods_textOf({ pod, message }) {
    return `pod ${pod.metadata.name}: ${message}`;
}
/** Being deleted, or thrown out by its node: either way another pod takes its place. */
function isLeaving(pod) {
    return pod.metadata.deletionTimestamp !== undefined || pod.status?.phase === "Failed";
}
/** Words for a rollout's log line. */
function readyText(ready, want) {
    return `${Math.min(ready, want)} of ${want} new ${want === 1 ? "pod" : "pods"} ready`;
}
/** Reasons for which a node or the scheduler removes a pod that did nothing wrong. */
const evictions = ["Evicted", "Preempting", "Preempted", "Terminated", "NodeShutdown", "NodeLost"];
/** A Pod of its own: ready, or done. */
function pod(object, related) {
    const { phase, reason = "", message = "", conditions = [] } = object.status ?? {};
    if (phase === "Succeeded")
        return current("Succeeded", "ran to its end");
    if (conditions.some(({ type, status }) => type === "Ready" && status === "True"))
        return current("Ready", "ready");
    const trouble = troubleOf(object, related);
    if (phase === "Failed" && !evictions.includes(reason)) {
        return failed(reason || "PodFailed", trouble?.message ?? (message || "the pod failed"));
    }
    if (trouble === undefined)
        return inProgress("NotReady", phase === "Running" ? "not ready yet" : "starting");
    return trouble.weight === "passing"
        ? inProgress(trouble.reason, trouble.message)
        : failed(trouble.reason, trouble.message);
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/replica-failure.ts


const replica_failure_patienceMs = 60_000;
/** Refusals that pass by themselves: a fresh namespace has neither its default ServiceAccount nor its quota counted yet. */
const replica_failure_passing = /serviceaccount "default" not found|status unknown for quota|failed calling webhook|timed out|timeout|connection refused|etcdserver|object has been modified/;
/**
 * The verdict where the API server refuses the pods that `creator` wants to make: quota, admission, LimitRange. `undefined` where it
 * refuses none.
 * @param o.mayFree whether pods are still to go whose share of a quota the new ones are to have
 */
function replicaFailure(creator, o) {
    const refusal = refusalOf(creator, o.related);
    if (refusal === undefined)
        return undefined;
    const mayPass = replica_failure_passing.test(refusal.message)
        ? msSince(refusal.since, o.related.now) < replica_failure_patienceMs
        : o.mayFree && refusal.message.includes("exceeded quota");
    return mayPass
        ? inProgress("FailedCreate", `${o.progress}; ${refusal.message}`)
        : failed("FailedCreate", refusal.message);
}
/** ReplicaSets say it in a condition; StatefulSets, DaemonSets and Jobs in events only. */
function refusalOf(creator, { events = [] }) {
    const condition = conditionOf(creator, "ReplicaFailure");
    if (condition?.status === "True") {
        return { message: condition.message ?? "pods cannot be created", since: condition.lastTransitionTime };
    }
    const changed = lastChange(creator);
    const event = events.findLast((one) => one.reason === "FailedCreate" &&
        one.involvedObject?.uid === creator.metadata.uid &&
        msBetween(changed, one.lastTimestamp ?? one.eventTime) >= 0);
    if (event === undefined || creator.metadata.uid === undefined)
        return undefined;
    const message = (event.message ?? "").replace(/^(\(combined from similar events\): )?(Error creating: )?/, "");
    return { message, since: event.firstTimestamp ?? event.eventTime ?? undefined };
}
/** Events outlive what they tell of by an hour: those from before the last change of the object's spec say nothing about it. */
function lastChange({ metadata }) {
    const times = (metadata.managedFields ?? []).filter(({ subresource }) => subresource === undefined);
    return times
        .map(({ time = "" }) => time)
        .sort()
        .at(-1);
}
function msBetween(from, to) {
    const ms = Date.parse(to ?? "") - Date.parse(from ?? "");
    return Number.isNaN(ms) ? 0 : ms;
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/deployment.ts




const revisionAnnotation = "deployment.kubernetes.io/revision";
/** All replicas are of the newest template, ready and available, and none of an older one is left. */
function deployment(object, related) {
    const want = numberOf(specOf(object).replicas) ?? 1;
    if (isComplete(object, want))
        return current("Current", readyText(want, want));
    if (specOf(object).paused === true)
        return current("Paused", "paused: nothing is rolled out until it is resumed");
    const newest = newestReplicaSet(object, related.replicaSets);
    const old = countOf(object, "replicas") - countOf(object, "updatedReplicas");
    const progress = progressText({ ready: newest?.status?.readyReplicas ?? 0, want, old });
    if (newest === undefined)
        return inProgress("InProgress", progress);
    const pods = related.pods.filter((pod) => isOwnedBy(pod, newest));
    const byPods = verdictOfPods(pods, progress, related);
    if (byPods.status === "failed")
        return byPods;
    const mayFree = old > 0 || related.pods.some((pod) => pod.metadata.deletionTimestamp !== undefined);
    const refused = replicaFailure(newest, { progress, mayFree, related });
    if (refused?.status === "failed")
        return refused;
    const latest = refused ?? byPods;
    const { reason = "", status } = conditionOf(object, "Progressing") ?? {};
    if (status !== "False" || reason !== "ProgressDeadlineExceeded")
        return latest;
    const seconds = numberOf(specOf(object).progressDeadlineSeconds) ?? 600;
    return failed(reason, `no progress within ${seconds} s: ${latest.message}`);
}
/** As `kubectl rollout status` counts, and with the conditions that kstatus asks for where they are there. */
function isComplete(object, want) {
    const counts = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas"];
    const progress = conditionOf(object, "Progressing")?.reason ?? "NewReplicaSetAvailable";
    return (counts.every((name) => countOf(object, name) === want) &&
        // Pausing replaces the reason, also where nothing is left to roll out.
        ["NewReplicaSetAvailable", "DeploymentPaused"].includes(progress) &&
        conditionOf(object, "Available")?.status !== "False");
}
function countOf(object, name) {
    return numberOf(statusOf(object)[name]) ?? 0;
}
function progressText({ ready, want, old }) {
    const left = old > 0 ? `, ${old} old ${old === 1 ? "one" : "ones"} left` : "";
    return readyText(ready, want) + left;
}
/**
 * By the revision that the Deployment itself names: among those we know of, the newest may be one too old, and its pods are no reason
 * to give up. `undefined` while it is not known.
 */
function newestReplicaSet(object, replicaSets) {
    const revision = object.metadata.annotations?.[revisionAnnotation];
    if (revision === undefined)
        return undefined;
    return replicaSets.find((one) => isOwnedBy(one, object) && one.metadata.annotations?.[revisionAnnotation] === revision);
}

;// CONCATENATED MODULE: ./src/kubernetes/evidence/told-pods.ts



const weights = ["final", "repeated", "passing", undefined];
/** What a Deployment's pods belong to, else the object itself. */
function ownerOfPods(object, replicaSets) {
    return newestReplicaSet(object, replicaSets) ?? object;
}
/** The pods that are to be told of, worst first: those in trouble, else those that are not ready. */
function podsToTell(object, owner, pods) {
    const now = new Date();
    const own = pods
        .filter((pod) => pod.metadata.uid === object.metadata.uid || isOwnedBy(pod, owner))
        .filter((pod) => pod.metadata.deletionTimestamp === undefined)
        .map((pod) => ({ pod, weight: troubleOf(pod, { now })?.weight }))
        .sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
    const inTrouble = own.filter(({ weight }) => weight !== undefined);
    return (inTrouble.length > 0 ? inTrouble : own.filter(({ pod }) => !isReady(pod))).map(({ pod }) => pod);
}
function isReady({ status }) {
    return (status?.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True");
}

;// CONCATENATED MODULE: ./src/kubernetes/rollout/selectors.ts

/** Beyond this the URL gets long; then everything in the namespace is watched. */
const mostValues = 30;
/** What narrows a watch of objects that are known by name. */
function selectByName(objects) {
    const [only, ...others] = objects;
    return only === undefined || others.length > 0 ? {} : { fieldSelector: `metadata.name=${only.metadata.name}` };
}
/** What narrows a watch of the pods (and ReplicaSets) of some workloads: a label that all of them select by, where there is one. */
function selectByLabels(workloads) {
    const all = workloads.map(labelsSelectedBy);
    const [first = {}] = all;
    for (const key of Object.keys(first)) {
        const values = new Set(all.map((labels) => labels[key]));
        if (values.size <= mostValues && [...values].every((value) => typeof value === "string")) {
            return { labelSelector: `${key} in (${[...values].join(",")})` };
        }
    }
    return {};
}
/** A ReplicationController's selector is the map itself. */
function labelsSelectedBy(workload) {
    const selector = fieldsOf(specOf(workload).selector);
    return workload.kind === "ReplicationController" ? selector : fieldsOf(selector.matchLabels);
}

;// CONCATENATED MODULE: ./src/kubernetes/watch-lines.ts

/** A line of a watch that is not what a line must be. Everything after it is in doubt. */
class MalformedLineError extends Error {
}
/** More than any object can be: a stream without line ends must not fill the memory. */
const longestLine = 32 * 1024 * 1024;
const newline = 0x0a;
const utf8 = new TextDecoder("utf-8", { fatal: true });
/**
 * The events of a watch. `onSign` is told of every arrival, whether or not it ends a line.
 * @throws MalformedLineError for a line that is not an event, or that never ends.
 */
async function* watchEvents(stream, onSign = () => undefined) {
    for await (const line of splitLines(stream, onSign)) {
        if (line.byteLength > 0)
            yield parseEvent(line);
    }
}
/**
 * Bytes become text only as whole lines, so that a character which the network cut in two stays whole.
 * A last line without its end was cut off, and is left out.
 */
async function* splitLines(stream, onSign) {
    let parts = [];
    let size = 0;
    for await (const chunk of stream) {
        onSign();
        let start = 0;
        for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
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
        if (isEvent(event))
            return event;
    }
    catch (cause) {
        throw malformed(line, cause);
    }
    throw malformed(line);
}
function isEvent(value) {
    if (typeof value !== "object" || value === null || !("type" in value) || !("object" in value))
        return false;
    const { type, object } = value;
    if (type === "ERROR")
        return isStatus(object);
    if (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED" && type !== "BOOKMARK")
        return false;
    return typeof object === "object" && object !== null && "metadata" in object && typeof object.metadata === "object";
}
function malformed(line, cause) {
    const start = Buffer.from(line.subarray(0, 80)).toString("utf8");
    return new MalformedLineError(`A line of the watch is not an event: got ${JSON.stringify(start)}`, { cause });
}

;// CONCATENATED MODULE: ./src/kubernetes/watch.ts





/** The server ends a watch after this, so that one that nobody reads any more cannot last. */
const watchSeconds = 240;
/** A server sends a bookmark each minute. When even these stay away the connection is dead, whatever TCP thinks. */
const watch_silenceLimitMs = 75_000;
const shortestPauseMs = 100;
const longestPauseMs = 10_000;
const pageSize = 500;
/**
 * Lists a collection and keeps following it: through the ends of watches, expired resource versions (410), cut and dead connections,
 * and servers that are away for a while. Resolves after the first list; throws what that throws.
 */
async function startInformer(options) {
    const reflector = new Reflector(options);
    await reflector.list();
    void reflector.follow();
    return reflector;
}
class Reflector {
    objects = new Map();
    #failure = new AbortController();
    #stop = new AbortController();
    #options;
    #clock;
    #signal;
    /** Where the next watch takes up. Without one there has to be a list first. */
    #resourceVersion;
    #pauseMs = 0;
    constructor(options) {
        this.#options = options;
        this.#clock = options.clock ?? systemClock;
        this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
    }
    get failed() {
        return this.#failure.signal;
    }
    stop() {
        this.#stop.abort(new Error("the informer was stopped"));
    }
    async follow() {
        while (!this.#signal.aborted && !this.failed.aborted) {
            try {
                if (this.#pauseMs > 0)
                    await this.#clock.sleep(this.#pauseMs, this.#signal);
                if (this.#resourceVersion === undefined)
                    await this.list();
                await this.#watch();
            }
            catch (error) {
                this.#interrupted(error);
            }
        }
    }
    /** Makes the copy equal to what the server has now; the differences become events. */
    async list() {
        const { objects, resourceVersion } = await this.#readAll(pageSize);
        for (const [key, known] of [...this.objects])
            if (!objects.has(key))
                this.#remove(key, known);
        for (const [key, object] of objects)
            this.#put(key, object);
        this.#resourceVersion = resourceVersion;
    }
    async #readAll(limit) {
        const objects = new Map();
        for (let next;;) {
            const page = await this.#readPage(limit, next).catch((error) => {
                if (next === undefined || !isExpired(error))
                    throw error;
                return undefined;
            });
            // The snapshot expired between two of its pages: then all at once, as client-go does.
            if (page === undefined)
                return this.#readAll(undefined);
            for (const item of page.items ?? [])
                objects.set(keyOf(item), withKind(item, page));
            next = page.metadata.continue || undefined;
            if (next === undefined)
                return { objects, resourceVersion: page.metadata.resourceVersion };
        }
    }
    #readPage(limit, next) {
        const query = { ...this.#options.query, limit, continue: next };
        return this.#options.api.request({ method: "GET", path: this.#options.path, query, signal: this.#signal });
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
        const dog = startWatchdog({ clock: this.#clock, limitMs: watch_silenceLimitMs, onSilence });
        try {
            const stream = this.#options.api.stream({ ...request, signal: AbortSignal.any([this.#signal, silence.signal]) });
            for await (const event of watchEvents(stream, () => dog.beat()))
                this.#take(event);
        }
        finally {
            dog.stop();
        }
        // A server that ends each watch at once, whatever its reason, is not asked in a tight loop.
        if (this.#clock.now() - start < 1_000)
            this.#growPause();
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
        if (known !== undefined && known.metadata.uid !== object.metadata.uid) {
            // Deleted and made again, whether or not we saw it go.
            this.#remove(key, known);
            known = undefined;
        }
        if (known !== undefined && known.metadata.resourceVersion === object.metadata.resourceVersion)
            return;
        this.objects.set(key, object);
        this.#options.onEvent?.({ type: known === undefined ? "ADDED" : "MODIFIED", object });
    }
    #remove(key, object) {
        if (this.objects.delete(key))
            this.#options.onEvent?.({ type: "DELETED", object });
    }
    #interrupted(error) {
        if (this.#signal.aborted)
            return;
        if (!isPassing(error)) {
            this.#failure.abort(error);
            return;
        }
        // Where we stand is known after a cut or a refusal, but neither after 410 nor after a line that made no sense.
        if (error instanceof MalformedLineError || isExpired(error))
            this.#resourceVersion = undefined;
        this.#options.onInterruption?.(error);
        this.#growPause();
    }
    #growPause() {
        this.#pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, this.#pauseMs * 2));
    }
}
/** The items of a list carry neither apiVersion nor kind, since the list does. */
function withKind(item, page) {
    return { ...item, apiVersion: page.apiVersion, kind: page.kind.replace(/List$/, "") };
}
function keyOf({ metadata }) {
    return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}
function isExpired(error) {
    return error instanceof ApiError && error.status === 410;
}
/** Whether the watch can be taken up again. What is neither the server's nor the network's doing is a bug and must come out. */
function isPassing(error) {
    if (error instanceof ApiError)
        return error.status === 410 || error.status === 429 || error.status >= 500;
    return error instanceof MalformedLineError || (error instanceof src_error/* SlipwayError */.G && error.code === "unreachable");
}
function silenceError(path) {
    const seconds = watch_silenceLimitMs / 1000;
    return new src_error/* SlipwayError */.G(`Cannot watch ${path} because the API server went silent: got nothing for ${seconds} s`, {
        code: "unreachable",
    });
}

;// CONCATENATED MODULE: ./src/kubernetes/rollout/watches.ts




const podKind = kindOf("", "Pod", "pods");
const replicaSetKind = kindOf("apps", "ReplicaSet", "replicasets");
/** Kinds that make pods, by group and kind. */
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
/** Live copies of the objects that a rollout is about, and of what belongs to them. */
class Watches {
    #options;
    #targets = new Map();
    #pods = [];
    #replicaSets = [];
    constructor(options) {
        this.#options = options;
    }
    /** Starts one watch for each kind and namespace of the objects, and those of pods and ReplicaSets where they make some. */
    async start(objects) {
        const groups = Map.groupBy(objects, groupKey);
        const workloads = Map.groupBy(objects.filter(isWorkload), ({ metadata }) => metadata.namespace ?? "");
        await Promise.all([
            ...[...groups].map(([key, group]) => this.#startTargets(key, group)),
            ...[...workloads].map(([namespace, group]) => this.#startRelated(namespace, group)),
        ]);
    }
    /** The object as it is now; `undefined` once it is gone. */
    find(object) {
        const { namespace, name } = object.metadata;
        const key = namespace === undefined ? name : `${namespace}/${name}`;
        return this.#targets.get(groupKey(object))?.objects.get(key);
    }
    /** Throws why a watch of the objects themselves has ended for good. */
    throwIfFailed() {
        for (const { failed } of this.#targets.values())
            failed.throwIfAborted();
    }
    get pods() {
        return this.#pods.flatMap((informer) => [...informer.objects.values()]);
    }
    get replicaSets() {
        return this.#replicaSets.flatMap((informer) => [...informer.objects.values()]);
    }
    stop() {
        for (const informer of [...this.#targets.values(), ...this.#pods, ...this.#replicaSets])
            informer.stop();
    }
    async #startTargets(key, objects) {
        const [first] = objects;
        const kind = first && this.#options.discovery.find(first.apiVersion, first.kind);
        if (kind === undefined)
            return;
        this.#targets.set(key, await this.#inform(kind, first?.metadata.namespace, selectByName(objects)));
    }
    async #startRelated(namespace, workloads) {
        const deployments = workloads.filter(({ kind }) => kind === "Deployment");
        await Promise.all([
            this.#unlessForbidden("pods", async () => {
                this.#pods.push(await this.#inform(podKind, namespace, selectByLabels(workloads)));
            }),
            this.#unlessForbidden("replicasets", async () => {
                if (deployments.length === 0)
                    return;
                this.#replicaSets.push(await this.#inform(replicaSetKind, namespace, selectByLabels(deployments)));
            }),
        ]);
    }
    async #unlessForbidden(what, start) {
        try {
            await start();
        }
        catch (error) {
            if (!(error instanceof ApiError) || error.status !== 403)
                throw error;
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
/** Takes out, in place, which manager owns which field: half of the memory of an object, and nothing that a verdict needs. */
function forgetOwners({ metadata }) {
    if (metadata.managedFields === undefined)
        return;
    metadata.managedFields = metadata.managedFields.map(({ fieldsV1: _, ...entry }) => entry);
}
function groupKey({ apiVersion, kind, metadata }) {
    return `${apiVersion} ${kind} ${metadata.namespace ?? ""}`;
}
function kindOf(group, kind, plural) {
    return { group, version: "v1", kind, plural, namespaced: true, verbs: [], subresources: [] };
}

;// CONCATENATED MODULE: ./src/kubernetes/evidence.ts








/** Pods of one revision fail alike: the states of two and the log of one prove as much as those of ten. */
const mostPods = 2;
/**
 * Collects the proof for a verdict: the states of the newest revision's containers, the last log lines of the worst of them, and the
 * events of the object, its newest ReplicaSet and those pods. What cannot be read is left out; the rest is still worth telling.
 * @throws the signal's reason
 */
async function collectEvidence(request) {
    const { api, object, verdict, signal = new AbortController().signal } = request;
    const { namespace } = object.metadata;
    if (namespace === undefined)
        return { cause: verdict.message, containers: [], events: [], logs: [] };
    const read = reader(api, namespace, signal);
    const { pods, owner } = await readPods(object, read);
    const told = podsToTell(object, owner, pods).slice(0, mostPods);
    const [events, logs] = await Promise.all([
        readEvents([object, owner, ...told], read),
        readLogsOf(told[0], { api, namespace, signal }),
    ]);
    return {
        ...probableCause({ verdict, pods: told, events }),
        containers: told.flatMap((pod) => brokenContainers(pod).map((one) => describeContainer(pod.metadata.name, one))),
        events: newestEvents(events),
        logs,
    };
}
const evidence_podKind = ["/api/v1", "pods"];
const eventKind = ["/api/v1", "events"];
const evidence_replicaSetKind = ["/apis/apps/v1", "replicasets"];
/** Reads lists of a namespace. One that the server refuses or does not answer is empty: the verdict stands without it. */
function reader(api, namespace, signal) {
    return async ([root, plural], query) => {
        try {
            const request = { method: "GET", path: `${root}/namespaces/${namespace}/${plural}`, query, signal };
            return (await api.request(request)).items ?? [];
        }
        catch (error) {
            signal.throwIfAborted();
            if (error instanceof src_error/* SlipwayError */.G)
                return [];
            throw error;
        }
    };
}
async function readPods(object, read) {
    if (object.kind === "Pod")
        return { pods: await read(evidence_podKind, selectByName([object])), owner: object };
    if (!isWorkload(object))
        return { pods: [], owner: object };
    const selection = selectByLabels([object]);
    const [pods, replicaSets] = await Promise.all([
        read(evidence_podKind, selection),
        object.kind === "Deployment" ? read(evidence_replicaSetKind, selection) : [],
    ]);
    return { pods, owner: ownerOfPods(object, replicaSets) };
}
async function readEvents(about, read) {
    const uids = new Set(about.flatMap(({ metadata }) => metadata.uid ?? []));
    const lists = [...uids].map((uid) => read(eventKind, { fieldSelector: `involvedObject.uid=${uid}` }));
    return (await Promise.all(lists)).flat().sort(byTime);
}
async function readLogsOf(pod, source) {
    if (pod === undefined)
        return [];
    const logs = brokenContainers(pod).map((status) => readLogs({ ...source, pod: pod.metadata.name }, status));
    return (await Promise.all(logs)).flat();
}
/**
 * What the program itself said was wrong: the last line that names an error, else the last line. Undefined without a log.
 */
function lastWords({ logs }) {
    const lines = logs[0]?.lines ?? [];
    const error = lines.findLast((line) => /^\s*(?:[\w.$]*(?:Error|Exception)\b|(?:uncaught|fatal|panic|error)\b)/i.test(line));
    return (error ?? lines.at(-1))?.trim();
}
/** The proof as lines for a log, at most a screen. The cause is not among them: it is told before. */
function describeEvidence({ containers, events, logs }) {
    return [
        ...containers.map(containerLine),
        ...(events.length === 0 ? [] : ["Events:", ...eventLines(events)]),
        ...logs.flatMap(({ pod, container, previous, lines }) => [
            `Last lines of ${pod}, container ${container}${previous ? ", the run before" : ""}:`,
            ...lines.map((line) => `  ${line}`),
        ]),
    ];
}

;// CONCATENATED MODULE: ./src/kubernetes/pod-template.ts
const template = ["spec", "template"];
/** Where a kind keeps its pod template. A Pod is its own. */
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
/** The path from the object to its pod template, undefined for kinds without one. Groups are not looked at: the names are unique in practice. */
function podTemplatePath(object) {
    return Object.hasOwn(templatePaths, object.kind) ? templatePaths[object.kind] : undefined;
}
/** The pod template inside `object` itself (not a copy), undefined where there is none. */
function podTemplateOf(object) {
    const path = podTemplatePath(object);
    if (path === undefined)
        return undefined;
    let value = object;
    for (const key of path) {
        if (value === null || typeof value !== "object")
            return undefined;
        value = value[key];
    }
    return value !== null && typeof value === "object" ? value : undefined;
}
/** Init containers first, as they run; each with its path below the pod template. */
function pod_template_containersOf(podTemplate) {
    return ["initContainers", "containers"].flatMap((list) => {
        const containers = podTemplate.spec?.[list];
        if (!Array.isArray(containers))
            return [];
        return containers.map((container, index) => ({ container, path: ["spec", list, index] }));
    });
}
/** Names of the ConfigMaps and Secrets a pod reads, by environment or volume, as `ConfigMap/name` and `Secret/name`, sorted. */
function configurationOf({ spec }) {
    const names = new Set();
    const add = (kind, name) => {
        if (name !== undefined)
            names.add(`${kind}/${name}`);
    };
    for (const { container } of pod_template_containersOf({ ...(spec === undefined ? {} : { spec }) })) {
        for (const { valueFrom } of container.env ?? []) {
            add("ConfigMap", valueFrom?.configMapKeyRef?.name);
            add("Secret", valueFrom?.secretKeyRef?.name);
        }
        for (const source of container.envFrom ?? []) {
            add("ConfigMap", source.configMapRef?.name);
            add("Secret", source.secretRef?.name);
        }
    }
    for (const volume of spec?.volumes ?? []) {
        add("ConfigMap", volume.configMap?.name);
        add("Secret", volume.secret?.secretName);
        for (const source of volume.projected?.sources ?? []) {
            add("ConfigMap", source.configMap?.name);
            add("Secret", source.secret?.name);
        }
    }
    return [...names].sort();
}

;// CONCATENATED MODULE: ./src/release/release-object.ts
/** One word for an object in logs and maps: `Deployment/backstage-server`; the namespace only where it tells something. */
function nameOf(object) {
    return `${object.kind}/${object.metadata.name}`;
}
/** What makes an object the same object in two releases: the version of its API does not. */
function release_object_keyOf(object) {
    const group = object.apiVersion.includes("/") ? object.apiVersion.slice(0, object.apiVersion.indexOf("/")) : "";
    return `${group}/${object.kind}/${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

;// CONCATENATED MODULE: ./src/release/server-problems.ts

/**
 * What the API server has against an object, a problem for each cause it names, at the line of the field where the field is known.
 */
function serverProblems(error, released) {
    return findings(error).map(({ field, text, hint }) => ({
        message: `${nameOf(released.object)}: ${text}`,
        ...(hint === undefined ? {} : { hint }),
        ...place(released, field),
    }));
}
/** Where a field stands, else where the object does. */
function place(released, field) {
    return placeAt(released, field === undefined ? [] : parseFieldPath(field, released.object));
}
/** The same, for a field whose path inside the manifest is known. */
function placeAt({ source }, path) {
    if (source === undefined)
        return {};
    return { file: source.file, line: path.length === 0 ? source.line : (source.locate?.(path) ?? source.line) };
}
function findings(error) {
    const causes = error.body?.details?.causes ?? [];
    if (error.status === 409 && causes.some(({ reason }) => reason === "FieldManagerConflict"))
        return causes.map(conflict);
    if (error.status === 422 && causes.length > 0)
        return causes.map((cause) => invalid(cause, error));
    const typed = /failed to create typed patch object \([^)]*\): ([\s\S]*)$/.exec(error.message)?.[1];
    if (typed !== undefined)
        return typedProblems(typed);
    const strict = /strict decoding error: ([\s\S]*)$/.exec(error.message)?.[1];
    if (strict !== undefined)
        return strict.split(/, (?=unknown field|duplicate field)/).map(strictProblem);
    return [{ text: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }];
}
function conflict({ message = "", field = "" }) {
    const owner = /conflict with "([^"]+)"/.exec(message)?.[1] ?? "another manager";
    return {
        field,
        text: `${field.replace(/^\./, "")} belongs to ${owner}, who set it to another value`,
        hint: 'Take the field out of the manifest, or set "force-conflicts: true" to take it over.',
    };
}
function invalid({ message = "", field = "" }, error) {
    const immutable = message.includes("field is immutable") || message.includes("may not change once set");
    return {
        field,
        text: message === "" ? error.message : `${field}: ${message}`,
        ...(immutable
            ? { hint: "Kubernetes never changes this field: give the object a new name, or delete it first." }
            : {}),
    };
}
/** `.spec.foo: field not declared in schema`, one or several, as structured-merge-diff words them. */
function typedProblems(text) {
    const single = text.replace(/^errors:\s*/, "");
    return single
        .split(/\n\s*/)
        .filter((line) => line !== "")
        .map((line) => {
        const [, field, what] = /^(\.\S+?): ([\s\S]*)$/.exec(line) ?? [];
        if (field === undefined || what === undefined)
            return { text: line };
        const name = field.replace(/^\./, "");
        return {
            field,
            text: what === "field not declared in schema" ? `there is no field ${name}` : `${name}: ${what}`,
        };
    });
}
function strictProblem(text) {
    const [, what, field] = /^(unknown|duplicate) field "([^"]+)"/.exec(text) ?? [];
    if (field === undefined)
        return { text };
    return { field, text: what === "unknown" ? `there is no field ${field}` : `the field ${field} is there twice` };
}
/**
 * The path inside the manifest for a field as Kubernetes writes it: `spec.containers[0].image`, `.spec.containers[name="app"].image`,
 * `data[some.key]`. Stops at what the manifest does not have.
 */
function parseFieldPath(text, object) {
    const path = [];
    let value = object;
    for (const [, name, inside] of text.matchAll(/\.?([^.[\]]+)|\[([^\]]*)\]/g)) {
        const key = name ?? indexOf(value, inside ?? "");
        path.push(key);
        value = value !== null && typeof value === "object" ? value[key] : undefined;
    }
    return path;
}
function indexOf(value, inside) {
    if (!Array.isArray(value))
        return inside.replace(/^"|"$/g, "");
    if (/^\d+$/.test(inside))
        return Number(inside);
    const wanted = [...inside.matchAll(/(\w+)=("[^"]*"|[^,]+)/g)].map(([, key = "", text = ""]) => [key, text.replaceAll('"', "")]);
    const index = value.findIndex((item) => 
    // A key that the manifest leaves out has the server's default: it cannot tell the items apart here.
    wanted.every(([key, text]) => item?.[key] === undefined || JSON.stringify(item[key]).replaceAll('"', "") === text));
    return Math.max(index, 0);
}

;// CONCATENATED MODULE: ./src/report/result-for-report.ts




/** A failed object as a person reads it, in the log and in the summary. */
function reportFailure(failure) {
    const { released, verdict, evidence } = failure;
    const said = evidence === undefined ? undefined : lastWords(evidence);
    return {
        object: nameOf(released.object),
        ...placeOf(failure),
        cause: evidence?.cause ?? verdict.message,
        ...(said === undefined ? {} : { said }),
        ...(evidence?.remedy === undefined ? {} : { remedy: evidence.remedy }),
        evidence: evidence === undefined ? [] : describeEvidence(evidence),
    };
}
/** Where the container that is not well stands, else where its object does. */
function placeOf({ released, evidence }) {
    const name = evidence?.containers[0]?.container;
    const template = podTemplateOf(released.object);
    const found = template === undefined ? undefined : pod_template_containersOf(template).find(({ container }) => container.name === name);
    return placeAt(released, found === undefined ? [] : [...(podTemplatePath(released.object) ?? []), ...found.path]);
}
/** The part of a report that tells how carrying a plan out ended. */
function resultForReport(result) {
    const { outcome, durationMs, watched, error } = result;
    return {
        outcome,
        durationMs,
        watched,
        rollout: result.rollout.map(({ object, untilMs, verdict }) => ({ object, untilMs, status: verdict.status })),
        failures: result.failures.map(reportFailure),
        ...(error === undefined ? {} : { error }),
    };
}

;// CONCATENATED MODULE: ./src/report/release-lines.ts
/** A deploy of hundreds of objects must not bury the lines that matter. */
const maxFields = 8;
const maxObjects = 60;
const maxValue = 100;
/** `2 to create, 1 to update, 9 unchanged`: what a plan comes to. */
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
        return count === 0 ? [] : [`${count} ${word}`];
    });
    return counts.length === 0 ? "nothing to do" : counts.join(", ");
}
/** A plan for the log: a line for each object that changes, its fields below it. */
function planLines(changes) {
    const told = changes.filter(({ action }) => action !== "unchanged");
    const width = Math.max(0, ...told.map(({ object }) => object.length));
    const lines = told.slice(0, maxObjects).flatMap((change) => {
        const where = change.file === undefined ? "" : `${change.file}:${change.line ?? 1}`;
        const note = change.reason ?? where;
        const fields = change.fields.slice(0, maxFields).map((field) => `            ${describeField(field)}`);
        const more = change.fields.length > maxFields ? [`            and ${change.fields.length - maxFields} more fields`] : [];
        return [`  ${change.action.padEnd(8)}${change.object.padEnd(width)}  ${note}`.trimEnd(), ...fields, ...more];
    });
    return told.length > maxObjects ? [...lines, `  and ${told.length - maxObjects} more objects`] : lines;
}
/** `spec.replicas: 2 → 4`, each value on one line and short. */
function describeField({ path, before, after }) {
    if (before === undefined && after === undefined)
        return `${path}: changed (values of Secrets are not shown)`;
    const [was, becomes] = withoutCommonRepository(before, after);
    return `${path}: ${describeValue(was)} → ${describeValue(becomes)}`;
}
/** Two images of one repository differ in their digests, and that is all there is to tell. */
function withoutCommonRepository(before, after) {
    if (typeof before !== "string" || typeof after !== "string")
        return [before, after];
    const repository = /^[^@\s]+@(?=sha256:)/.exec(before)?.[0];
    if (repository === undefined || !after.startsWith(repository))
        return [before, after];
    return [before.slice(repository.length), after.slice(repository.length)];
}
function describeValue(value) {
    if (value === undefined)
        return "unset";
    const whole = typeof value === "string" && !/\s/.test(value) && value !== "" ? value : JSON.stringify(value);
    const text = whole.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, "$1");
    return text.length <= maxValue ? text : `${text.slice(0, maxValue)}…`;
}

;// CONCATENATED MODULE: ./src/report/redacted.ts
/** The report with everything that came from manifests, programs and the cluster redacted, before Markdown escapes any of it. */
function redacted(report, redact) {
    const { changes, failures, error, restored } = report;
    return {
        ...report,
        changes: changes.map((change) => redactChange(change, redact)),
        failures: failures.map((failure) => redactFailure(failure, redact)),
        ...(error === undefined ? {} : { error: redactError(error, redact) }),
        ...(restored === undefined ? {} : { restored: redact(restored) }),
    };
}
function redactChange(change, redact) {
    const fields = change.fields.map(({ path, before, after }) => ({
        path: redact(path),
        ...(before === undefined ? {} : { before: redactValue(before, redact) }),
        ...(after === undefined ? {} : { after: redactValue(after, redact) }),
    }));
    return { ...change, fields };
}
function redactValue(value, redact) {
    if (typeof value === "string")
        return redact(value);
    if (Array.isArray(value))
        return value.map((each) => redactValue(each, redact));
    if (value === null || typeof value !== "object")
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [redact(key), redactValue(each, redact)]));
}
function redactFailure({ remedy, said, ...failure }, redact) {
    return {
        ...failure,
        cause: redact(failure.cause),
        ...(remedy === undefined ? {} : { remedy: redact(remedy) }),
        ...(said === undefined ? {} : { said: redact(said) }),
        evidence: failure.evidence.map(redact),
    };
}
/** What stopped a release, redacted. */
function redactError({ message, problems = [] }, redact) {
    const redactProblem = (problem) => ({
        ...problem,
        message: redact(problem.message),
        ...(problem.hint === undefined ? {} : { hint: redact(problem.hint) }),
    });
    return { message: redact(message), problems: problems.map(redactProblem) };
}

// EXTERNAL MODULE: ./src/runner/untrusted.ts
var untrusted = __webpack_require__(1012);
;// CONCATENATED MODULE: ./src/report/markdown.ts

/** An empty comment: it shows nothing, and what stands around it is no longer one word. */
const seam = "<!-- -->";
/**
 * Text for a place inside a line of Markdown, made to show as it is: it cannot become HTML, a link, an image, a mention, a reference, a
 * table border, emphasis or the start of a block. Line breaks become spaces.
 */
function escapeMarkdown(text) {
    return oneLine(text)
        .replace(/[&<>]/g, (character) => entities[character] ?? character)
        .replace(/[\\`*_{}[\]()!|~$^]/g, "\\$&")
        .replace(/@|#|:(?=\/\/)|www(?=\.)/gi, `$&${seam}`) // GitHub finds these after Markdown is read, so a backslash is not enough
        .replace(/^(?:[-+=#]|\d+(?=\.))/, (start) => start.length === 1 && /\D/.test(start) ? `\\${start}` : `${start}${seam}`);
}
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** Text as code inside a line. Markdown is not read in it, and GitHub looks for no mentions. */
function code(text) {
    const line = oneLine(text);
    if (line === "")
        return "";
    const fence = "`".repeat(longestRun(line) + 1);
    const padding = /^`|`$|^ .* $/.test(line) ? " " : "";
    return `${fence}${padding}${line}${padding}${fence}`;
}
/** Lines as a block of code, in the colours of `language`. */
function codeBlock(text, language = "") {
    const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    return `${fence}${language}\n${(0,untrusted/* visible */.R)(text).trimEnd()}\n${fence}`;
}
/** A table. Headers and cells are Markdown; whatever they hold, each stays one cell. */
function markdown_table(headers, rows) {
    const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
    return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
}
/** A part that opens when a person clicks on `summary` (plain text). `body` is Markdown. */
function details(summary, body) {
    const title = oneLine(summary).replace(/[&<>]/g, (character) => entities[character] ?? character);
    return `<details><summary>${title}</summary>\n\n${body.trim()}\n\n</details>`;
}
function cell(markdown) {
    return oneLine(markdown).replace(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|");
}
function oneLine(text) {
    return (0,untrusted/* visible */.R)(text).replace(/\s+/g, " ").trim();
}
function longestRun(text) {
    return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

;// CONCATENATED MODULE: ./src/report/outcome-heading.ts


const signs = {
    succeeded: "✅",
    failed: "❌",
    "timed-out": "⌛",
    cancelled: "🚫",
    unknown: "❔",
};
/** The first line of every action's summary: what was done (plain text), how it ended and how long it took. */
function outcomeHeading(step) {
    return `## ${signs[step.outcome]} ${escapeMarkdown(step.title)}: ${step.outcome} in ${(0,duration/* formatDuration */.a)(step.durationMs)}`;
}

;// CONCATENATED MODULE: ./src/report/problem-list.ts

/** An item for each problem: where it is, what it is, and what to do about it. */
function problemList(problems) {
    const items = problems.map(({ file, line, message, hint }) => {
        const place = file === undefined ? "" : `${code([file, line].filter(Boolean).join(":"))} `;
        const next = hint === undefined ? "" : `<br>${escapeMarkdown(hint)}`;
        return `- ${place}${escapeMarkdown(message)}${next}`;
    });
    return items.join("\n");
}

;// CONCATENATED MODULE: ./src/report/refusal-report.ts



/** Why a step did nothing, for the job summary. */
function refusalReport(step) {
    const { outcome, message, hint, problems } = step.error;
    const sections = [
        outcomeHeading({ ...step, outcome }),
        escapeMarkdown(message),
        hint === undefined ? "" : escapeMarkdown(hint),
        problemList(problems),
    ];
    return sections.filter((section) => section !== "").join("\n\n");
}

;// CONCATENATED MODULE: ./src/report/release-report.ts





/** A release for the job summary: the outcome first, then why, then what changed. */
function releaseReport(report) {
    const sections = [
        heading(report),
        facts(report),
        reason(report),
        report.restored === undefined ? "" : `↩️ ${escapeMarkdown(report.restored)}`,
        ...report.failures.map(failure),
        changeTable(report.changes),
        rolloutTable(report),
        historyTable(report.history),
    ];
    return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}
function heading({ title, outcome, durationMs }) {
    return outcomeHeading({ outcome, title, durationMs });
}
function facts({ namespace, commit, actor, changes, watched = true }) {
    return [
        `namespace ${code(namespace)}`,
        ...(commit === "" ? [] : [`commit ${code(commit.slice(0, 12))}`]),
        ...(actor === "" ? [] : [`by ${escapeMarkdown(actor)}`]),
        countChanges(changes),
        ...(watched ? [] : ["not watched: whether it comes up is not known"]),
    ].join(" · ");
}
function reason({ error }) {
    if (error === undefined)
        return "";
    return [`**Why:** ${escapeMarkdown(error.message)}`, problemList(error.problems ?? [])].join("\n\n").trimEnd();
}
function failure({ object, file, line, cause, remedy, said, evidence }) {
    const place = file === undefined ? "" : ` (${code(`${file}:${line ?? 1}`)})`;
    const proof = evidence.length === 0 ? "" : `\n\n${details("What the cluster says", codeBlock(evidence.join("\n")))}`;
    const words = said === undefined ? "" : `\n\n${codeBlock(said)}`;
    return `### ${escapeMarkdown(object)}${place}\n\n${escapeMarkdown(cause)}${remedy === undefined ? "" : `\n\n**${escapeMarkdown(remedy)}**`}${words}${proof}`;
}
const shownFields = 6;
const shownChanges = 100;
function changeTable(changes) {
    const told = changes.filter(({ action }) => action !== "unchanged");
    if (told.length === 0)
        return "";
    const rows = told.slice(0, shownChanges).map((change) => {
        const fields = change.fields.slice(0, shownFields).map((field) => code(describeField(field)));
        if (change.fields.length > shownFields)
            fields.push(`and ${change.fields.length - shownFields} more`);
        const what = change.reason === undefined ? fields.join("<br>") : escapeMarkdown(change.reason);
        const where = change.file === undefined ? "" : code(`${change.file}:${change.line ?? 1}`);
        return [change.action, code(change.object), where, what];
    });
    const more = told.length > shownChanges ? `\n\nand ${told.length - shownChanges} more` : "";
    // A first deploy creates everything: there are no fields to tell of.
    const columns = rows.some(([, , , what]) => what !== "") ? 4 : 3;
    const headers = ["", "Object", "Manifest", "What changes"].slice(0, columns);
    return `### Changes\n\n${markdown_table(headers, rows.map((row) => row.slice(0, columns)))}${more}`;
}
function rolloutTable({ rollout }) {
    // What is current at once tells nothing.
    const told = rollout.filter(({ untilMs, status }) => untilMs >= 100 || status !== "current");
    if (told.length === 0)
        return "";
    const rows = told.map(({ object, untilMs, status }) => [code(object), status, (0,duration/* formatDuration */.a)(untilMs)]);
    return `### Rollout\n\n${markdown_table(["Object", "", "After"], rows)}`;
}
function historyTable(history) {
    if (history.length === 0)
        return "";
    const rows = history
        .toReversed()
        .map((release) => [
        `r${release.revision}`,
        release.outcome,
        release.verified === undefined ? "" : "verified",
        release.restores === undefined ? code(release.commit.slice(0, 12)) : `back to r${release.restores}`,
        escapeMarkdown(release.actor),
        release.startedAt.slice(0, 16).replace("T", " "),
        escapeMarkdown(release.reason ?? ""),
    ]);
    return details("History", markdown_table(["Release", "Outcome", "", "Commit", "By", "When (UTC)", "Reason"], rows));
}

;// CONCATENATED MODULE: ./src/release/announce.ts











/** Prints a plan: one line that counts, then what changes. */
async function announcePlan(log, title, changes) {
    const lines = planLines(changes);
    if (lines.length === 0) {
        log.info(`${title}: ${countChanges(changes)}`);
        return;
    }
    await log.group(`${title}: ${countChanges(changes)}`, () => {
        log.info(lines.join("\n"));
        return Promise.resolve();
    });
    for (const { object, taken } of changes) {
        for (const field of taken ?? [])
            log.warning(`${object}: takes over ${field}`);
    }
}
/** Prints how a release ended: a line for a good one, an annotation at the manifest with the proof for each object that failed. */
function announceResult(log, release, result) {
    const { outcome, failures, watched, durationMs } = result;
    for (const failure of failures) {
        const { object, file, line, cause, remedy, said, evidence } = reportFailure(failure);
        const place = file === undefined ? {} : { file, ...(line === undefined ? {} : { line }) };
        const words = [`${object}: ${cause}`, remedy, said === undefined ? undefined : `It said: ${said}`];
        log.error(words.filter((each) => each !== undefined).join("\n"), { ...place, title: `${release} ${outcome}` });
        log.info(evidence.map((each) => `  ${each}`).join("\n"));
    }
    const unseen = watched ? "" : ", not watched: whether it comes up is not known";
    log.info(`${release}: ${outcome} after ${(0,duration/* formatDuration */.a)(durationMs)}${unseen}`);
}
/** Writes plan and report below RUNNER_TEMP, and the report into the job summary. Gives the paths, for the outputs. */
async function writeReports(runner, whole) {
    const report = redacted(whole, (text) => runner.redact(text));
    const stem = (0,external_node_path_.join)(runner.temp, `slipway-${report.app}-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`);
    const paths = { plan: `${stem}-plan.json`, report: `${stem}-report.md` };
    const markdown = releaseReport(report);
    const { app, namespace, changes } = report;
    await (0,promises_.writeFile)(paths.plan, `${JSON.stringify({ app, namespace, changes }, undefined, 2)}\n`, {
        flag: "wx",
        mode: 0o600,
    });
    await (0,promises_.writeFile)(paths.report, markdown, { flag: "wx", mode: 0o600 });
    runner.addSummary(markdown);
    return paths;
}
/** Adds to the job summary what kept `work` from doing anything: then there is no release to report on. */
async function explainingRefusal(runner, title, work) {
    const started = systemClock.now();
    try {
        return await work();
    }
    catch (error) {
        if (error instanceof src_error/* SlipwayError */.G) {
            const { message, problems = [] } = redactError(error, (text) => runner.redact(text));
            const { hint, outcome } = error;
            const durationMs = systemClock.now() - started;
            runner.addSummary(refusalReport({ title, durationMs, error: { message, problems, hint, outcome } }));
        }
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/release/facts.ts
/** What the record tells of the run that made a release. */
function factsOf(app, context) {
    const { sha: commit, actor, repository, runId, serverUrl } = context;
    const run = runId === "" || serverUrl === "" ? "" : `${serverUrl}/${repository}/actions/runs/${runId}`;
    return { app, commit, actor, repository, run, runId };
}

;// CONCATENATED MODULE: ./src/release/history.ts
/** How many releases are kept, besides the last verified one. */
const kept = 10;
/** The newest release, whatever became of it. `history` is oldest first, as everywhere. */
function history_newest(history) {
    return history.at(-1);
}
/** The newest release to go back to whose smoke test passed, other than `except`. */
function lastVerified(history, except) {
    return history.findLast(({ verified, revision }) => verified !== undefined && revision !== except && !wasTakenBack(history, revision));
}
/** The newest release to go back to that went up as asked, other than `except`. */
function lastSucceeded(history, except) {
    return history.findLast(({ outcome, revision }) => outcome === "succeeded" && revision !== except && !wasTakenBack(history, revision));
}
/** Whoever takes a release back knows more of it than its smoke test did, until somebody brings it back again. */
function wasTakenBack(history, revision) {
    const last = history.findLast(({ restores, replaces }) => restores === revision || (restores !== undefined && replaces === revision));
    return last !== undefined && last.restores !== revision;
}
/**
 * The releases whose objects may still be in the cluster: the last that succeeded and pruned what came before, and all since, which
 * may have applied a part of theirs. Newest first.
 */
function mayBeLive(history) {
    const last = history.findLastIndex(({ outcome, pruned = true }) => outcome === "succeeded" && pruned);
    return history.slice(Math.max(last, 0)).reverse();
}
/** The history with a release as it is now, be it new or known. */
function including(history, release) {
    return [...history.filter(({ revision }) => revision !== release.revision), release];
}
/** What may go once the newest release has succeeded: all but ten, never the last verified one. */
function expired(history) {
    const verified = lastVerified(history)?.revision;
    return history.slice(0, -kept).filter(({ revision }) => revision !== verified);
}

;// CONCATENATED MODULE: ./src/parallel.ts
/**
 * Runs `work` on every item, at most `limit` at a time, and gives the results in the items' order. The first error stops new work
 * from starting; it is thrown once the work that was under way has ended, so that nothing goes on behind the caller's back.
 */
async function inParallel(items, limit, work) {
    const results = [];
    const errors = [];
    let next = 0;
    const worker = async () => {
        while (next < items.length && errors.length === 0) {
            const index = next++;
            try {
                results[index] = await work(items[index], index);
            }
            catch (error) {
                errors.push(error);
            }
        }
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    if (errors.length > 0)
        throw errors[0];
    return results;
}

;// CONCATENATED MODULE: ./src/release/labels.ts
/** On every object of a release: whose it is. Prune goes by it, so nothing of anybody else's is ever deleted. */
const appLabel = "slipway.dev/app";
/** On the Secrets that hold release records, and nothing else: the app's name. */
const recordLabel = "slipway.dev/record";
/** The type of those Secrets. */
const recordType = "slipway.dev/release";
/** The field manager under which Slipway applies. */
const fieldManager = "slipway";
/** Kinds that several apps may share. They carry no app's label and are never pruned: with them would go what others put there. */
const sharedKinds = new Set(["Namespace", "CustomResourceDefinition"]);

;// CONCATENATED MODULE: ./src/release/owned-fields.ts


/**
 * A hash of the fields that Slipway owns in a live object, with their values as the server keeps them (a quantity of `1000m` is `1`
 * there). As long as it stays what it was after an apply, that apply would change nothing: nobody has touched a field of ours.
 */
function ownedHash(live, options) {
    const entry = ownEntry(live);
    if (entry?.fieldsV1 === undefined)
        return undefined;
    const owned = pick(live, entry.fieldsV1);
    if (options.withoutReplicas)
        dropReplicas(owned);
    return (0,external_node_crypto_.createHash)("sha256").update(canonical(owned)).digest("hex").slice(0, 32);
}
/** Our own entry of `metadata.managedFields`: what we applied, not what a status update or another manager did. */
function ownEntry({ metadata }) {
    return metadata.managedFields?.find(({ manager, operation, subresource }) => manager === fieldManager && operation === "Apply" && subresource === undefined);
}
/** Whether a manager of ours owns `spec.replicas` and nobody else does: taking it out of the manifest would reset it to 1. */
function ownsReplicasAlone({ metadata }) {
    const owners = (metadata.managedFields ?? []).filter(({ fieldsV1 }) => {
        const spec = fieldsV1?.["f:spec"];
        return spec !== null && typeof spec === "object" && "f:replicas" in spec;
    });
    return owners.length === 1 && owners[0]?.manager === fieldManager;
}
/**
 * The part of `value` that a FieldsV1 set names. Its keys: `f:NAME` a field, `k:{…}` a list item by its keys, `v:…` a value of a set,
 * `.` the container itself (sigs.k8s.io/structured-merge-diff, fieldpath/serialize.go).
 */
function pick(value, fields) {
    const keys = Object.keys(fields).filter((key) => key !== ".");
    if (keys.length === 0)
        return value;
    if (Array.isArray(value))
        return keys.map((key) => [key, pickItem(value, key, fields[key])]);
    const map = value !== null && typeof value === "object" ? value : {};
    return Object.fromEntries(keys.map((key) => [key, pick(map[key.slice(2)], asFields(fields[key]))]));
}
function pickItem(list, key, fields) {
    if (!key.startsWith("k:"))
        return list.find((item) => key === `v:${JSON.stringify(item)}`);
    const wanted = Object.entries(JSON.parse(key.slice(2)));
    const item = list.find((each) => wanted.every(([name, expected]) => each[name] === expected));
    return pick(item, asFields(fields));
}
function asFields(value) {
    return value !== null && typeof value === "object" ? value : {};
}
function dropReplicas(owned) {
    const spec = asFields(asFields(owned)["f:spec"]);
    delete spec["f:replicas"];
}
/** JSON with sorted keys: equal values give equal text. */
function canonical(value) {
    return JSON.stringify(value, (_key, each) => each !== null && typeof each === "object" && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each);
}

;// CONCATENATED MODULE: ./src/release/apply-object.ts




/**
 * Holds the replicas of autoscaled workloads from the moment our manifest gives them up until the autoscaler first changes them:
 * a field that no manager owns any more is reset to its default, and one replica is not what anybody asked for.
 */
const replicasManager = "slipway-replicas";
/** Server-side apply of one object, or its dry run. Gives the object as the server has it, or would have it. */
async function applyObject({ api }, released, options) {
    const handOver = released.autoscaledBy !== undefined && !options.dryRun;
    if (handOver && options.live !== undefined && ownsReplicasAlone(options.live))
        await holdReplicas({ api }, released, options.live);
    const applied = await api.request({
        method: "PATCH",
        path: pathOf(released),
        query: {
            fieldManager: fieldManager,
            fieldValidation: "Strict",
            force: options.force || undefined,
            dryRun: options.dryRun ? "All" : undefined,
        },
        contentType: "application/apply-patch+yaml",
        body: bodyOf(released, options.live),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    if (handOver && options.live === undefined)
        await holdReplicas({ api }, released, applied);
    return applied;
}
function pathOf({ object, kind }) {
    return objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
}
/** Without replicas where an autoscaler owns them, but for the first time: a new workload starts with what its manifest says. */
function bodyOf({ object, autoscaledBy }, live) {
    if (autoscaledBy === undefined || live === undefined)
        return object;
    const { replicas, ...spec } = (object.spec ?? {});
    return { ...object, spec };
}
async function holdReplicas({ api }, released, live) {
    const { apiVersion, kind, metadata } = released.object;
    const replicas = live.spec?.replicas;
    if (replicas === undefined)
        return;
    await api.request({
        method: "PATCH",
        path: pathOf(released),
        query: { fieldManager: replicasManager, force: true },
        contentType: "application/apply-patch+yaml",
        body: { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace }, spec: { replicas } },
    });
}
/**
 * Checks an object whose namespace does not exist yet: a dry run of its creation in the namespace `default`, which always does. What
 * depends on the namespace (a quota, a policy, a permission) cannot be seen this way; the schema and the validation can.
 * @throws ApiError 400 or 422 for what is wrong with the object itself.
 */
async function checkElsewhere({ api, signal }, { object, kind }) {
    try {
        await api.request({
            method: "POST",
            path: collectionPath(kind, "default"),
            query: { fieldManager: fieldManager, fieldValidation: "Strict", dryRun: "All" },
            body: { ...object, metadata: { ...object.metadata, namespace: "default" } },
            signal,
        });
    }
    catch (error) {
        if (!(error instanceof ApiError))
            throw error;
        if (error.status === 400 || error.status === 422)
            throw error;
    }
}

;// CONCATENATED MODULE: ./src/release/diff.ts

/** What the server keeps for itself. */
const bookkeeping = new Set([
    "metadata.managedFields",
    "metadata.resourceVersion",
    "metadata.generation",
    "metadata.uid",
    "metadata.creationTimestamp",
    "status",
]);
/**
 * The fields in which two states of one object differ, status and the server's bookkeeping left out. Values of Secrets are never told,
 * only that they change.
 */
function diffObjects(before, after) {
    const changes = [];
    compare(before, after, "", changes);
    if (after.kind !== "Secret")
        return changes;
    return changes.map((change) => (isOpen(change.path) ? change : { path: change.path }));
}
/** Of a Secret, what cannot hold its values: kubectl's last-applied-configuration does, and it is an annotation. */
function isOpen(path) {
    return /^(?:type|immutable|metadata\.labels)(?![\w-])/.test(path);
}
function compare(before, after, path, changes) {
    if (bookkeeping.has(path) || canonical(before) === canonical(after))
        return;
    if (isMap(before) && isMap(after)) {
        for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
            compare(before[key], after[key], joinPath(path, key), changes);
        }
    }
    else if (isNamedList(before) && isNamedList(after)) {
        for (const name of new Set([...before, ...after].map((item) => item.name))) {
            const [was, becomes] = [before, after].map((list) => list.find((item) => item.name === name));
            compare(was, becomes, `${path}[${name}]`, changes);
        }
    }
    else {
        changes.push({ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
    }
}
function joinPath(path, key) {
    if (!/^[\w$-]+$/.test(key))
        return `${path}["${key}"]`;
    return path === "" ? key : `${path}.${key}`;
}
function isMap(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
}
function isNamedList(value) {
    return (Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && typeof item.name === "string"));
}

;// CONCATENATED MODULE: ./src/release/ports.ts
/** How many requests are under way at once: more made no deploy faster on a real API server. */
const parallelRequests = 16;

;// CONCATENATED MODULE: ./src/release/live-objects.ts






/** Up to this many objects of a kind are read one by one; for more, the kind's whole list in the namespace is cheaper. */
const readSingly = 2;
/** Cluster-scoped lists hold everybody's objects: they are read whole only for many. */
const readSinglyInCluster = 10;
const live_objects_pageSize = 500;
/** Histories of releases, ours and Helm's: dozens of Secrets of up to a megabyte, and never an object of a release. */
const noHistories = `type!=${recordType},type!=helm.sh/release.v1`;
/** The objects as they are in the cluster now, by `keyOf`; those that do not exist are absent. A request for each kind, or fewer. */
async function readLiveObjects(ports, wanted) {
    const groups = Map.groupBy(wanted, ({ object, kind }) => collectionPath(kind, object.metadata.namespace));
    const requests = [...groups.values()].flatMap((group) => {
        const limit = group[0]?.kind.namespaced === true ? readSingly : readSinglyInCluster;
        return group.length <= limit ? group.map((each) => () => readOne(ports, each)) : [() => readList(ports, group)];
    });
    const found = await inParallel(requests, parallelRequests, (request) => request());
    return new Map(found.flat().map((object) => [release_object_keyOf(object), object]));
}
async function readOne({ api, signal }, { object, kind }) {
    const path = objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
    return unlessMissing(async () => [await api.request({ method: "GET", path, signal })]);
}
async function readList({ api, signal }, group) {
    const [first] = group;
    if (first === undefined)
        return [];
    const path = collectionPath(first.kind, first.object.metadata.namespace);
    const fieldSelector = first.kind.group === "" && first.kind.kind === "Secret" ? noHistories : undefined;
    const wanted = new Set(group.map(({ object }) => release_object_keyOf(object)));
    return unlessMissing(async () => {
        const objects = [];
        let next;
        do {
            const query = { fieldSelector, limit: live_objects_pageSize, continue: next };
            const page = await api.request({ method: "GET", path, query, signal });
            objects.push(...page.items.map((item) => live_objects_withKind(item, first.kind)).filter((each) => wanted.has(release_object_keyOf(each))));
            next = page.metadata?.continue;
        } while (next !== undefined && next !== "");
        return objects;
    });
}
/** Items of a list do not say what they are. */
function live_objects_withKind(item, kind) {
    return { ...item, apiVersion: apiVersionOf(kind), kind: kind.kind };
}
/** A namespace or a kind that is not there yet has no objects. */
async function unlessMissing(read) {
    try {
        return await read();
    }
    catch (error) {
        if (error instanceof ApiError && error.status === 404)
            return [];
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/release/plan.ts











/** Whether carrying the plan out would write anything to the release's objects. */
function changesAnything({ objects, removals }) {
    return objects.some(({ action }) => action !== "unchanged") || removals.some(({ action }) => action === "delete");
}
/**
 * Compares a release with the cluster. Objects that nobody has touched since an earlier release applied the same need no request of
 * their own; for every other one the server itself says, by a dry run, what an apply would change. Nothing is written.
 * @throws SlipwayError `configuration` with every problem there is.
 */
async function planRelease(ports, request) {
    const recorded = new Map();
    for (const each of request.recorded)
        if (!recorded.has(release_object_keyOf(each.object)))
            recorded.set(release_object_keyOf(each.object), each);
    const leftovers = request.prune ? findLeftovers(ports, request, recorded) : [];
    const live = await readLiveObjects(ports, [...request.objects, ...leftovers]);
    const missing = await missingNamespaces(ports, request.objects, live);
    const problems = [];
    const objects = await inParallel(request.objects, parallelRequests, async (released) => {
        const context = { live: live.get(release_object_keyOf(released.object)), recorded: recorded.get(release_object_keyOf(released.object)), missing };
        try {
            return await planObject(ports, request, { released, ...context });
        }
        catch (error) {
            if (!(error instanceof ApiError) || error.code === "unreachable")
                throw error;
            problems.push(...serverProblems(error, released));
            return undefined;
        }
    });
    if (problems.length > 0)
        throw plan_refusal(problems);
    const removals = leftovers.flatMap((released) => planRemoval(request.app, released, live.get(release_object_keyOf(released.object))));
    return { objects: objects.filter((planned) => planned !== undefined), removals };
}
function plan_refusal(problems) {
    const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
    return new src_error/* SlipwayError */.G(`Cannot deploy because the cluster would refuse it: got ${count}, and nothing was changed`, {
        code: "configuration",
        problems: problems.toSorted((a, b) => (a.file ?? "").localeCompare(b.file ?? "") || (a.line ?? 0) - (b.line ?? 0)),
    });
}
async function planObject(ports, request, context) {
    const { released, live } = context;
    if (live !== undefined)
        refuseForeign(request.app, live);
    if (live !== undefined && isUntouched(context))
        return { released, live, action: "unchanged", fields: [], taken: [] };
    const created = { released, live: undefined, action: "create", fields: [], taken: [] };
    const namespace = context.missing.get(released.object.metadata.namespace ?? "");
    if (namespace === "absent")
        throw namespaceNotFound(released);
    // A kind that this very deploy brings is known to the server only once its CustomResourceDefinition is applied.
    if (ports.discovery.find(released.object.apiVersion, released.object.kind) === undefined)
        return created;
    if (namespace === "brought") {
        await checkElsewhere(ports, released);
        return created;
    }
    const { result, taken } = await dryRun(ports, request, context);
    if (live === undefined)
        return { ...created, taken };
    const fields = diffObjects(live, result);
    const same = fields.length === 0 && canonical(ownEntry(live)?.fieldsV1) === canonical(ownEntry(result)?.fieldsV1);
    return { released, live, action: same ? "unchanged" : "update", fields, taken };
}
/** Applied by an earlier release exactly like this, and our fields still hold what the server made of it then. */
function isUntouched({ released, live, recorded }) {
    if (live === undefined || recorded?.applied === undefined || live.metadata.deletionTimestamp !== undefined)
        return false;
    if (canonical(released.object) !== canonical(recorded.object))
        return false;
    if (released.autoscaledBy !== recorded.autoscaledBy)
        return false;
    return ownedHash(live, { withoutReplicas: released.autoscaledBy !== undefined }) === recorded.applied;
}
async function dryRun(ports, request, context) {
    const { released, live } = context;
    const options = { live, dryRun: true, signal: ports.signal };
    try {
        return { result: await applyObject(ports, released, { ...options, force: false }), taken: [] };
    }
    catch (error) {
        const conflicts = error instanceof ApiError && error.status === 409 ? (error.body?.details?.causes ?? []) : [];
        if (conflicts.length === 0 || !(request.force || areHandedBack(context, conflicts)))
            throw error;
        const taken = conflicts.map(({ field = "", message = "" }) => `${field.replace(/^\./, "")} (${message})`);
        return { result: await applyObject(ports, released, { ...options, force: true }), taken };
    }
}
/** Whether the conflicts are about nothing but replicas that an autoscaler had: without it they are the manifest's again. */
function areHandedBack({ released, recorded }, conflicts) {
    if (released.autoscaledBy !== undefined)
        return false;
    return conflicts.every(({ field, message = "" }) => field === ".spec.replicas" && (recorded?.autoscaledBy !== undefined || message.includes(`"${replicasManager}"`)));
}
function refuseForeign(app, live) {
    const owner = live.metadata.labels?.[appLabel];
    if (owner === undefined || owner === app)
        return;
    throw new ApiError(409, undefined, {
        text: `it belongs to the app "${owner}", and an object belongs to one app only`,
    });
}
function namespaceNotFound({ object }) {
    const name = object.metadata.namespace ?? "";
    return new ApiError(404, undefined, {
        text: `its namespace "${name}" does not exist: add a manifest for it, or create it`,
    });
}
/** Namespaces of the release that are not in the cluster: `brought` by a manifest of this release, or `absent`. */
async function missingNamespaces(ports, objects, live) {
    const kind = ports.discovery.find("v1", "Namespace");
    const names = new Set(objects.flatMap(({ object }) => object.metadata.namespace ?? []));
    const manifests = [...names].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
    const brought = new Set(objects.map(({ object }) => release_object_keyOf(object)));
    const unknown = kind === undefined ? [] : manifests.filter((each) => !brought.has(release_object_keyOf(each))).map((object) => ({ object, kind }));
    const existing = await readLiveObjects(ports, unknown);
    return new Map(manifests.flatMap((each) => {
        if (live.has(release_object_keyOf(each)) || existing.has(release_object_keyOf(each)))
            return [];
        return [[each.metadata.name, brought.has(release_object_keyOf(each)) ? "brought" : "absent"]];
    }));
}
/** What earlier releases applied and this one does not have, where its kind still exists. */
function findLeftovers(ports, request, recorded) {
    const wanted = new Set(request.objects.map(({ object }) => release_object_keyOf(object)));
    return [...recorded].flatMap(([key, { object, file, line }]) => {
        const kind = wanted.has(key) ? undefined : ports.discovery.find(object.apiVersion, object.kind);
        if (kind === undefined)
            return [];
        return [{ object, kind, ...(file === undefined || line === undefined ? {} : { source: { file, line } }) }];
    });
}
function planRemoval(app, released, live) {
    if (live === undefined || live.metadata.deletionTimestamp !== undefined)
        return [];
    if (sharedKinds.has(live.kind))
        return [{ released, action: "skip", reason: `a ${live.kind} is never pruned` }];
    if (live.kind === "PersistentVolumeClaim")
        return [{ released, action: "skip", reason: "it may hold data" }];
    const owner = live.metadata.labels?.[appLabel];
    if (owner !== app)
        return [
            { released, action: "skip", reason: owner === undefined ? "it is nobody's now" : `it belongs to ${owner} now` },
        ];
    return [{ released, action: "delete" }];
}
/** The plan as plain data, in the order of the manifests, removals last. */
function changesOf({ objects, removals }) {
    const describe = (released) => ({
        object: nameOf(released.object),
        namespace: released.object.metadata.namespace ?? "",
        ...place(released),
    });
    return [
        ...objects.map(({ released, action, fields, taken }) => ({
            action,
            ...describe(released),
            fields,
            ...(taken.length === 0 ? {} : { taken }),
        })),
        ...removals.map(({ released, action, reason }) => ({
            action,
            ...describe(released),
            fields: [],
            ...(reason === undefined ? {} : { reason }),
        })),
    ];
}

;// CONCATENATED MODULE: ./src/release/record-outcome.ts




/** A cancelled job has seconds left, and a server that gave no answer may go on giving none. */
const lastWordsMs = 3_000;
/**
 * Writes down how a release ended, and removes the records that have expired. Never throws. Gives the ending back; a success that could
 * not be recorded is none, since nobody could verify it or go back to it.
 */
async function recordOutcome(request) {
    const { store, log, record, ended } = request;
    const { revision } = record.summary;
    const isHurried = ended.outcome === "cancelled" || ended.outcome === "unknown";
    try {
        await store.update(record, isHurried ? AbortSignal.timeout(lastWordsMs) : undefined);
    }
    catch (error) {
        if (ended.outcome === "succeeded")
            return { outcome: "unknown", error: unrecorded(revision, error) };
        log.warning(`The outcome "${ended.outcome}" of r${revision} could not be recorded: ${messageOf(error)}`);
        return ended;
    }
    if (ended.outcome === "succeeded")
        await removeExpired(request);
    return ended;
}
async function removeExpired({ store, log, history, record }) {
    try {
        const old = expired([...history, record.summary]);
        await inParallel(old, parallelRequests, ({ revision }) => store.remove(revision));
    }
    catch (error) {
        log.warning(`Old release records could not be removed: ${messageOf(error)}`);
    }
}
/** Writes down that a workflow run wanted what is there: none that is older may change it (`refuseToOvertake`). Never throws. */
async function recordConfirmation({ store, log }, { revision, runId }) {
    try {
        // Read again, since a smoke test may have marked it meanwhile.
        const release = (await store.history()).find((each) => each.revision === revision);
        if (release === undefined || runId === "" || isNewer(release.confirmedBy ?? release.runId, runId))
            return;
        await store.annotate({ ...release, confirmedBy: runId });
    }
    catch (error) {
        log.warning(`That this run found r${revision} in place could not be recorded: ${messageOf(error)}`);
    }
}
/** Whether a workflow run is the other one, or started after it. A release made outside of any has none. */
function isNewer(runId, other) {
    return runId !== "" && BigInt(runId) >= BigInt(other);
}
function unrecorded(revision, cause) {
    return new src_error/* SlipwayError */.G(`Cannot record that r${revision} succeeded because the cluster did not take the record`, {
        code: "unreachable",
        hint: "All of its objects are up. Deploy again: nothing will change, and it is recorded then.",
        cause,
    });
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/other-kinds.ts


/** How long an Ingress may wait for its address: some controllers never give one. */
const addressPatienceMs = 30_000;
const defaultClassAnnotation = "storageclass.kubernetes.io/is-default-class";
/** Bound; or pending on purpose, until the first pod that uses it is there: to wait for that here would be a deadlock. */
function persistentVolumeClaim(object, { storageClasses }) {
    const { phase } = statusOf(object);
    if (phase === "Bound")
        return current("Bound", "bound");
    if (phase === "Lost")
        return failed("Lost", "the volume it was bound to is gone");
    if (storageClasses === undefined)
        return current("Pending", "pending; its StorageClass could not be read");
    const binding = classOf(object, storageClasses)?.volumeBindingMode;
    return binding === "WaitForFirstConsumer"
        ? current("WaitForFirstConsumer", "waits for the first pod that uses it")
        : inProgress("Pending", "not bound yet");
}
function classOf(object, classes) {
    const { storageClassName } = specOf(object);
    return classes.find(({ metadata }) => storageClassName === undefined
        ? metadata.annotations?.[defaultClassAnnotation] === "true"
        : metadata.name === storageClassName);
}
/** It has its address inside the cluster and, for a load balancer, outside of it. */
function service(object) {
    const { type, clusterIP, loadBalancerClass } = specOf(object);
    if (type === "ExternalName")
        return current();
    if (clusterIP === undefined || clusterIP === "")
        return inProgress("NoClusterIP", "has no address yet");
    if (type !== "LoadBalancer" || hasAddress(object))
        return current();
    const by = typeof loadBalancerClass === "string" ? ` of class ${loadBalancerClass}` : "";
    return inProgress("NoLoadBalancer", `its load balancer${by} has no address yet`);
}
/** It has an address, or its controller has had the time to give one. */
function ingress(object, { now }) {
    if (hasAddress(object))
        return current();
    return msSince(object.metadata.creationTimestamp, now) < addressPatienceMs
        ? inProgress("NoAddress", "has no address yet")
        : current("NoAddress", "has no address; not every ingress controller gives one");
}
function hasAddress(object) {
    const { ingress: addresses } = fieldsOf(statusOf(object).loadBalancer);
    return Array.isArray(addresses) && addresses.length > 0;
}
function namespace(object) {
    return statusOf(object).phase === "Active" ? current() : inProgress("NotActive", "not active yet");
}
function customResourceDefinition(object) {
    const names = conditionOf(object, "NamesAccepted");
    if (names?.status === "False")
        return failed(names.reason ?? "NamesNotAccepted", names.message ?? "its names are taken");
    const established = conditionOf(object, "Established");
    if (established?.status === "True")
        return current("Established", "established");
    return established?.status === "False" && established.reason !== "Installing"
        ? failed(established.reason ?? "NotEstablished", established.message ?? "cannot be established")
        : inProgress("Installing", "not established yet");
}
function apiService(object) {
    const available = conditionOf(object, "Available");
    if (available?.status === "True")
        return current();
    return inProgress(available?.reason ?? "NotAvailable", available?.message ?? "its server is not available yet");
}
/**
 * It scales, or would if there were metrics: a new pod has none for its first minute, some clusters have none at all, and the workload
 * runs all the same.
 */
function horizontalPodAutoscaler(object) {
    const able = conditionOf(object, "AbleToScale");
    const active = conditionOf(object, "ScalingActive");
    for (const { status, reason = "", message = "" } of [able ?? active, active].filter((one) => one !== undefined)) {
        if (status === "False" && ["FailedUpdateScale", "InvalidSelector"].includes(reason))
            return failed(reason, message);
    }
    if (active === undefined)
        return inProgress(able?.reason ?? "NotLookedAt", able?.message ?? "not looked at yet");
    if (active.status === "True" || active.reason === "ScalingDisabled")
        return current();
    const reason = active.reason ?? "NotActive";
    return reason.startsWith("FailedGet")
        ? current(reason, `does not scale for now: ${active.message ?? "there are no metrics"}`)
        : inProgress(reason, active.message ?? "does not scale yet");
}
/** Any other kind, custom resources above all: its `Ready` condition where it has one (kstatus). */
function other(object) {
    const ready = conditionOf(object, "Ready");
    if (ready === undefined)
        return current();
    const isStale = ready.observedGeneration !== undefined && Number(ready.observedGeneration) !== object.metadata.generation;
    if (isStale)
        return inProgress("NotObserved", "its controller has not seen the change yet");
    if (ready.status === "True")
        return current(ready.reason || "Ready", "ready");
    return inProgress(ready.reason ?? "NotReady", ready.message || "not ready yet");
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/other-workloads.ts





const templateGenerationAnnotation = "deprecated.daemonset.template.generation";
const templateGenerationLabel = "pod-template-generation";
const hookAnnotation = "slipway.dev/hook";
/** Every node that should run the pod runs the newest one, and it is available. */
function daemonSet(object, related) {
    if (fieldsOf(specOf(object).updateStrategy).type === "OnDelete") {
        return current("OnDelete", "updated pod by pod, as each is deleted (OnDelete)");
    }
    const count = (name) => numberOf(statusOf(object)[name]) ?? 0;
    const want = count("desiredNumberScheduled");
    const available = count("numberAvailable");
    if (count("updatedNumberScheduled") >= want && available >= want) {
        return current("Current", want === 0 ? "no node is to run it" : readyText(want, want));
    }
    const generation = object.metadata.annotations?.[templateGenerationAnnotation];
    const pods = related.pods.filter((pod) => isOwnedBy(pod, object) && pod.metadata.labels?.[templateGenerationLabel] === generation);
    const progress = readyText(Math.min(available, count("updatedNumberScheduled")), want);
    const byPods = verdictOfPods(pods, progress, related);
    if (byPods.status === "failed")
        return byPods;
    return replicaFailure(object, { progress, mayFree: false, related }) ?? byPods;
}
/** ReplicaSet and ReplicationController: as many pods are ready as are wanted. */
function replicaSet(object, related) {
    const want = numberOf(specOf(object).replicas) ?? 1;
    const ready = numberOf(statusOf(object).readyReplicas) ?? 0;
    const progress = readyText(ready, want);
    if (ready === want && (numberOf(statusOf(object).replicas) ?? 0) === want)
        return current("Current", progress);
    const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
    const byPods = verdictOfPods(pods, progress, related);
    if (byPods.status === "failed")
        return byPods;
    return replicaFailure(object, { progress, mayFree: false, related }) ?? byPods;
}
/** A hook has to complete; any other Job is current once it has started, or is suspended on purpose. */
function job(object, related) {
    const complete = conditionOf(object, "Complete");
    if (complete?.status === "True")
        return current("Complete", "completed");
    // FailureTarget comes a little before Failed, which waits for the last pod to end.
    for (const type of ["Failed", "FailureTarget"]) {
        const { status, reason = type, message = "the job failed" } = conditionOf(object, type) ?? {};
        if (status === "True")
            return failed(reason, lowerFirst(message));
    }
    const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
    const doom = pods.map((pod) => troubleOf(pod, related)).find((trouble) => trouble?.weight === "final");
    if (doom !== undefined)
        return failed(doom.reason, pods_textOf(doom));
    const count = (name) => numberOf(statusOf(object)[name]) ?? 0;
    const progress = `${count("succeeded")} of ${numberOf(specOf(object).completions) ?? 1} done, ${count("failed")} failed`;
    const refused = replicaFailure(object, { progress, mayFree: false, related });
    if (refused !== undefined)
        return refused;
    if (object.metadata.annotations?.[hookAnnotation] !== undefined)
        return inProgress("Running", progress);
    if (specOf(object).suspend === true)
        return current("Suspended", "suspended");
    return Object.keys(statusOf(object)).length > 0
        ? current("Started", "started")
        : inProgress("NotStarted", "not started yet");
}
function lowerFirst(text) {
    return text.charAt(0).toLowerCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness/stateful-set.ts





const revisionLabel = "controller-revision-hash";
/** All pods that the partition lets go are of the newest revision, and all pods are ready. */
function statefulSet(object, related) {
    const strategy = fieldsOf(specOf(object).updateStrategy);
    if (strategy.type === "OnDelete")
        return current("OnDelete", "updated pod by pod, as each is deleted (OnDelete)");
    const want = numberOf(specOf(object).replicas) ?? 1;
    const partition = numberOf(fieldsOf(strategy.rollingUpdate).partition) ?? 0;
    const toUpdate = Math.max(0, want - partition);
    if (stateful_set_isComplete(object, { want, toUpdate }))
        return current("Current", readyText(want, want));
    const { updateRevision } = statusOf(object);
    const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
    const newPods = pods.filter((pod) => pod.metadata.labels?.[revisionLabel] === updateRevision);
    const progress = readyText(newPods.filter((pod) => !isLeaving(pod) && stateful_set_isReady(pod)).length, toUpdate);
    const [inTheWay] = podsInTheWay(object, related);
    if (inTheWay !== undefined) {
        const name = inTheWay.metadata.name;
        const why = "is of an older revision and broken, and Kubernetes waits for it to get ready: delete it";
        return failed("BlockedByOldPod", `${progress}; pod ${name} ${why}`);
    }
    const byPods = verdictOfPods(newPods, progress, related);
    if (byPods.status === "failed")
        return byPods;
    const mayFree = pods.length > newPods.length;
    return replicaFailure(object, { progress, mayFree, related }) ?? byPods;
}
function stateful_set_isComplete(object, o) {
    const { replicas, readyReplicas, availableReplicas, updatedReplicas, currentRevision, updateRevision } = statusOf(object);
    const ready = numberOf(readyReplicas) ?? 0;
    return ((numberOf(replicas) ?? 0) === o.want &&
        ready === o.want &&
        (numberOf(availableReplicas) ?? ready) === o.want &&
        (numberOf(updatedReplicas) ?? 0) >= o.toUpdate &&
        (o.toUpdate < o.want || currentRevision === updateRevision));
}
function stateful_set_isReady(pod) {
    return (pod.status?.conditions ?? []).some(({ type, status }) => type === "Ready" && status === "True");
}
/**
 * Broken pods of an older revision, which hold up a StatefulSet that takes its pods in order: it waits for each to get ready before it
 * goes on, even to replace it (kubernetes#67250). Deleting them lets it go on.
 */
function podsInTheWay(object, related) {
    if (specOf(object).podManagementPolicy === "Parallel")
        return [];
    const { updateRevision } = statusOf(object);
    return related.pods.filter((pod) => {
        const isOld = isOwnedBy(pod, object) && pod.metadata.labels?.[revisionLabel] !== updateRevision;
        const trouble = isOld && !isLeaving(pod) ? troubleOf(pod, related) : undefined;
        return trouble !== undefined && trouble.weight !== "passing";
    });
}

;// CONCATENATED MODULE: ./src/kubernetes/readiness.ts








/** By group and kind, since other groups have kinds of the same name. */
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
};
/** Kinds whose controllers always say which generation they have seen: without a word, they have not seen it. */
const observing = [
    "apps/Deployment",
    "apps/StatefulSet",
    "apps/DaemonSet",
    "apps/ReplicaSet",
    "/ReplicationController",
    "policy/PodDisruptionBudget",
];
/**
 * How far the cluster is with an object, from what the cluster itself says: a pure function of the object and what belongs to it.
 * The order is kstatus': deletion, observed generation, Reconciling, Stalled, the kind's own rule, Ready.
 */
function readiness(object, related) {
    if (object.metadata.deletionTimestamp !== undefined)
        return inProgress("Terminating", "being deleted");
    const kind = `${groupOf(object)}/${object.kind}`;
    if (!isObserved(object, kind))
        return inProgress("NotObserved", "its controller has not seen the change yet");
    const reconciling = conditionOf(object, "Reconciling");
    if (reconciling?.status === "True")
        return inProgress(reconciling.reason ?? "Reconciling", reconciling.message ?? "");
    const stalled = conditionOf(object, "Stalled");
    if (stalled?.status === "True")
        return failed(stalled.reason ?? "Stalled", stalled.message ?? "stalled");
    const rule = Object.hasOwn(readiness_rules, kind) ? readiness_rules[kind] : undefined;
    return (rule ?? other)(object, related);
}
function groupOf({ apiVersion }) {
    return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}
function isObserved(object, kind) {
    const { generation } = object.metadata;
    if (generation === undefined)
        return true;
    const observed = numberOf(statusOf(object).observedGeneration);
    return observed === undefined ? !observing.includes(kind) : observed === generation;
}

;// CONCATENATED MODULE: ./src/kubernetes/rollout/belongings.ts
/** What belongs to whom, so that a verdict on one of many workloads need not look at everybody's pods. */
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
    /** Its own pods, or those of its ReplicaSets. */
    podsOf(object) {
        const owners = [object, ...this.replicaSetsOf(object)];
        return owners.flatMap(({ metadata }) => this.#pods.get(metadata.uid ?? "") ?? []);
    }
}
function byOwner(objects) {
    return Map.groupBy(objects, ({ metadata }) => metadata.ownerReferences?.find((one) => one.controller)?.uid ?? "none");
}

;// CONCATENATED MODULE: ./src/kubernetes/rollout/server-time.ts
/**
 * The API server's time, as far as the times that it wrote into objects tell: never later than its own clock, and exact as soon as
 * something has changed. This machine's clock may be wrong, and is only trusted to run at the right speed.
 */
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
            if (!Number.isNaN(aheadMs))
                this.#aheadMs = Math.max(aheadMs, this.#aheadMs ?? aheadMs);
        }
    }
    /** The start of time where nothing is known: then nothing is overdue. */
    now() {
        return new Date(this.#aheadMs === undefined ? 0 : this.#clock.now() + this.#aheadMs);
    }
}

;// CONCATENATED MODULE: ./src/kubernetes/rollout/warnings.ts

const firstPauseMs = 2_000;
const warnings_longestPauseMs = 30_000;
/**
 * The warnings of one namespace, read now and then while a rollout does not get on: what keeps a volume from being mounted, or a
 * StatefulSet from making its pods, is told nowhere else.
 */
class Warnings {
    #api;
    #namespace;
    #clock;
    #pauseMs = firstPauseMs;
    #due;
    events = [];
    constructor(o) {
        this.#api = o.api;
        this.#namespace = o.namespace;
        this.#clock = o.clock;
        this.#due = o.clock.now() + firstPauseMs;
    }
    /**
     * Reads them again where it is time to, less and less often, and tells whether it has. Without them verdicts come later, but they
     * come: so a server that refuses or does not answer is no error here.
     */
    async refresh(signal) {
        if (this.#clock.now() < this.#due)
            return false;
        this.#pauseMs = Math.min(warnings_longestPauseMs, this.#pauseMs * 2);
        this.#due = this.#clock.now() + this.#pauseMs;
        const path = `/api/v1/namespaces/${this.#namespace}/events`;
        const query = { fieldSelector: "type=Warning" };
        try {
            const list = await this.#api.request({
                method: "GET",
                path,
                query,
                signal,
            });
            this.events = list.items ?? [];
            return true;
        }
        catch (error) {
            if (!(error instanceof src_error/* SlipwayError */.G) && !signal.aborted)
                throw error;
            return false;
        }
    }
}

;// CONCATENATED MODULE: ./src/kubernetes/rollout.ts











/** A failure has to last for this long: watches of several kinds do not arrive in step, and what they show together may never have been. */
const settleMs = 250;
/**
 * A container without a readiness probe is ready as soon as it runs, also one that crashes a second later. What nobody probes has to stay
 * current for this long.
 */
const steadyMs = 2_000;
/** Some verdicts change with time alone. */
const tickMs = 1_000;
const burstMs = 20;
const sightLimitMs = 5_000;
/**
 * Watches until every object is current, one has failed, or the time is up, and tells how far each is. Objects that are current as
 * they are given cost no request.
 * @throws the signal's reason, or `unreachable` where the server could not be seen any more when the time was up
 */
async function watchRollout(options) {
    const rollout = new Rollout(options);
    if (!rollout.isDone())
        await rollout.watch();
    return rollout.results();
}
class Rollout {
    #options;
    #tracks;
    #time;
    #warnings;
    #storageClasses;
    #failedSince;
    #isTimeUp = false;
    #wake = () => undefined;
    constructor(options) {
        const { targets, clock, api } = options;
        this.#options = options;
        this.#time = new ServerTime(clock);
        for (const { object } of targets)
            this.#time.learn(object);
        // No storage classes: not read yet, which is not the same as not readable.
        const related = { pods: [], replicaSets: [], storageClasses: [], now: this.#time.now() };
        this.#tracks = targets.map((target) => {
            const verdict = this.#isWatchable(target.object) ? readiness(target.object, related) : current("NotWatched");
            return { target, object: target.object, verdict, told: "" };
        });
        const makers = this.#waitedFor().filter(({ object }) => isWorkload(object) || object.kind === "Pod");
        const namespaces = new Set(makers.map(({ object }) => object.metadata.namespace ?? ""));
        this.#warnings = new Map([...namespaces].map((namespace) => [namespace, new Warnings({ api, namespace, clock })]));
    }
    /** Of a kind that cannot be watched, applied is all that can be known. */
    #isWatchable({ apiVersion, kind }) {
        return this.#options.discovery.find(apiVersion, kind)?.verbs.includes("watch") === true;
    }
    isDone() {
        return this.#waitedFor().length === 0;
    }
    results() {
        return this.#tracks.map(({ target, object, verdict }) => {
            return { target, object, verdict, timedOut: this.#isTimeUp && verdict.status === "in-progress" };
        });
    }
    async watch() {
        const { api, discovery, clock, onBlind } = this.#options;
        const stop = new AbortController();
        const signal = AbortSignal.any([this.#options.signal, stop.signal]);
        const onChange = (object) => {
            this.#time.learn(object);
            this.#wake();
        };
        const watches = new Watches({ api, discovery, clock, signal, onChange, onBlind: onBlind ?? (() => undefined) });
        const watched = this.#waitedFor();
        try {
            await Promise.all([watches.start(watched.map(({ object }) => object)), this.#readStorageClasses(signal)]);
            while (!this.#judge(watched, watches) && !this.#isTimeUp) {
                await this.#pause(signal);
                this.#isTimeUp = clock.now() >= this.#options.deadlineMs;
            }
        }
        finally {
            stop.abort();
            watches.stop();
        }
        if (this.#isTimeUp)
            await this.#proveSight();
    }
    #waitedFor() {
        return this.#tracks.filter(({ verdict }) => verdict.status !== "current");
    }
    /** Looks at everything that is watched. Returns whether the rollout has come to its end. */
    #judge(watched, watches) {
        this.#options.signal.throwIfAborted();
        watches.throwIfFailed();
        const belongings = new Belongings(watches.pods, watches.replicaSets);
        for (const track of watched)
            this.#judgeOne(track, watches.find(track.object), belongings);
        const isFailed = isLost(watched);
        this.#failedSince = isFailed ? (this.#failedSince ?? this.#options.clock.now()) : undefined;
        const isSettled = isFailed && this.#settlesInMs() <= 0;
        for (const track of watched)
            if (track.verdict.status !== "failed" || isSettled)
                this.#tell(track);
        return isSettled || watched.every(({ verdict }) => verdict.status === "current");
    }
    #judgeOne(track, object, belongings) {
        // A Job that has started is current, whatever becomes of it while others are still waited for.
        if (track.verdict.reason === "Started")
            return;
        if (object === undefined || object.metadata.uid !== track.object.metadata.uid) {
            const what = object === undefined ? "deleted" : "deleted and made anew";
            track.verdict = failed("Deleted", `it was ${what} by somebody else while it was rolled out`);
            return;
        }
        const events = this.#warnings.get(object.metadata.namespace ?? "")?.events ?? [];
        const related = {
            pods: belongings.podsOf(object),
            replicaSets: belongings.replicaSetsOf(object),
            events,
            now: this.#time.now(),
            ...(this.#storageClasses === undefined ? {} : { storageClasses: this.#storageClasses }),
        };
        track.object = object;
        track.verdict = this.#steady(track, readiness(object, related));
    }
    #steady(track, verdict) {
        const now = this.#options.clock.now();
        track.currentSince = verdict.status === "current" ? (track.currentSince ?? now) : undefined;
        if (track.currentSince === undefined || now - track.currentSince >= steadyMs || isProbed(track.object))
            return verdict;
        return inProgress("Unprobed", `${verdict.message}; nothing probes whether that is true, so it has to last`);
    }
    /** That a controller has not seen a change yet is true of everything for a moment, and not worth a line. */
    #tell(track) {
        const { status, reason, message } = track.verdict;
        const text = `${status}: ${message}`;
        if (text === track.told || reason === "NotObserved")
            return;
        track.told = text;
        this.#options.onVerdict?.(track.target, track.verdict);
    }
    #settlesInMs() {
        const { clock } = this.#options;
        return (this.#failedSince ?? clock.now()) + settleMs - clock.now();
    }
    /** Until something changes, or a look is due anyway. A burst of changes is one. */
    async #pause(signal) {
        const { clock, deadlineMs } = this.#options;
        for (const warnings of this.#warnings.values()) {
            void warnings.refresh(signal).then((isNew) => {
                if (isNew)
                    this.#wake();
            });
        }
        const woken = new AbortController();
        this.#wake = () => woken.abort();
        const untilMs = this.#failedSince === undefined ? tickMs : this.#settlesInMs();
        const limitMs = Math.max(0, Math.min(untilMs, deadlineMs - clock.now()));
        // Whichever comes first ends the pause; the caller looks at the signal itself.
        await clock.sleep(limitMs, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
        await clock.sleep(Math.min(burstMs, limitMs), signal).catch(() => undefined);
    }
    async #readStorageClasses(signal) {
        if (!this.#waitedFor().some(({ object }) => object.kind === "PersistentVolumeClaim"))
            return;
        try {
            const { items } = await this.#options.api.request({
                method: "GET",
                path: "/apis/storage.k8s.io/v1/storageclasses",
                signal,
            });
            this.#storageClasses = items ?? [];
        }
        catch (error) {
            if (!(error instanceof ApiError))
                throw error;
            this.#options.onBlind?.("storageclasses", error);
        }
    }
    /** A rollout that was not current in time is one thing, a server that we could not see any more another. */
    async #proveSight() {
        const { api, discovery, clock, signal } = this.#options;
        const object = this.#waitedFor()[0]?.object;
        const kind = object && discovery.find(object.apiVersion, object.kind);
        if (object === undefined || kind === undefined)
            return;
        const path = objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
        const limit = new AbortController();
        const timer = clock.sleep(sightLimitMs, limit.signal).then(() => limit.abort(blind(path)), () => undefined);
        try {
            await api.request({ method: "GET", path, signal: AbortSignal.any([signal, limit.signal]) });
        }
        catch (error) {
            if (!(error instanceof ApiError) || error.code === "unreachable")
                throw error;
        }
        finally {
            limit.abort();
            await timer;
        }
    }
}
/** Whether being ready means more than that the processes run: each container has a readiness probe, or has to last by itself. */
function isProbed(object) {
    const { minReadySeconds, replicas } = specOf(object);
    if (!isWorkload(object) || object.kind === "Job" || (numberOf(minReadySeconds) ?? 0) > 0 || replicas === 0)
        return true;
    const containers = podTemplateOf(object)?.spec?.containers ?? [];
    return containers.every((container) => "readinessProbe" in container);
}
/** Whether an object has failed for good: one that may recover is given as long as another workload is still on its way. */
function isLost(watched) {
    const failures = watched.filter(({ verdict }) => verdict.status === "failed");
    if (failures.some(({ verdict }) => verdict.mayRecover !== true))
        return true;
    const isOnItsWay = ({ object, verdict }) => isWorkload(object) && verdict.status === "in-progress";
    return failures.length > 0 && !watched.some(isOnItsWay);
}
function blind(path) {
    const message = `Cannot tell how the rollout ended because the API server gave no answer: got nothing for ${path}`;
    return new src_error/* SlipwayError */.G(message, {
        code: "unreachable",
        hint: "The cluster goes on by itself; run this again to see.",
    });
}

;// CONCATENATED MODULE: ./src/release/roll-out.ts





/**
 * Watches a release come up as `watchRollout` does, and helps where Kubernetes would wait for ever: broken pods of the release before
 * hold up a StatefulSet until they are deleted (kubernetes#67250).
 */
async function rollOut(ports, options) {
    const { api, discovery, clock, signal } = ports;
    for (;;) {
        const results = await watchRollout({ ...options, api, discovery, clock, signal });
        const blocked = results.filter(({ verdict }) => verdict.reason === "BlockedByOldPod");
        const isCleared = clock.now() < options.deadlineMs && (await clearTheWay(ports, blocked));
        if (!isCleared)
            return results.map((result) => ({ ...result, verdict: judge(result) }));
    }
}
/** What somebody else has paused is as its manifest says, and yet nothing of it runs. */
function judge({ target: { released }, verdict }) {
    const { spec, metadata } = released.object;
    const isMeant = spec?.paused === true;
    if (verdict.reason !== "Paused" || isMeant)
        return verdict;
    const remedy = `kubectl rollout resume deployment/${metadata.name} -n ${metadata.namespace ?? ""}`;
    return failed("Paused", `somebody has paused it, so nothing of this release runs: "${remedy}" resumes it`);
}
/** Whether there were pods in the way, and all of them could be deleted. */
async function clearTheWay(ports, blocked) {
    const cleared = await Promise.all(blocked.map(({ object }) => deleteBroken(ports, object)));
    return cleared.length > 0 && cleared.every((each) => each);
}
async function deleteBroken({ api, log, signal }, set) {
    const path = `/api/v1/namespaces/${set.metadata.namespace ?? ""}/pods`;
    try {
        const { items } = await api.request({ method: "GET", path, signal });
        const broken = podsInTheWay(set, { pods: items, replicaSets: [], now: new Date() });
        for (const { metadata } of broken) {
            log.info(`${nameOf(set)} waits for its broken pod ${metadata.name}, which is deleted now`);
            const body = { preconditions: { uid: metadata.uid } };
            await api.request({ method: "DELETE", path: `${path}/${metadata.name}`, body });
        }
        return broken.length > 0;
    }
    catch (error) {
        // Without the permission the verdict stands, and says what to do.
        if (!(error instanceof ApiError))
            throw error;
        log.warning(`The broken pods of ${nameOf(set)} could not be deleted: ${error.message}`);
        return false;
    }
}

;// CONCATENATED MODULE: ./src/release/waves.ts
/** What has to be there before the next wave starts. Whatever is not named goes last, all together. */
const waves = [
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
/** Sorts into waves, empty ones left out; inside a wave the order is kept. */
function inWaves(objects) {
    const sorted = Array.from({ length: waves.length + 1 }, () => []);
    for (const each of objects) {
        const wave = waves.findIndex((kinds) => kinds.includes(each.object.kind));
        sorted.at(wave)?.push(each);
    }
    return sorted.filter((wave) => wave.length > 0);
}

;// CONCATENATED MODULE: ./src/release/carry-out.ts
















/**
 * Does what the plan says: records the release as pending, applies it wave by wave, watches it until it is current or has failed,
 * prunes, and records the outcome, whatever it is. The caller holds the lock. A plan that changes nothing makes no new release.
 * Throws only what keeps it from beginning; all that happens later is in the result.
 */
async function carryOut(ports, request) {
    const last = history_newest(request.history);
    const nothingToDo = !changesAnything(request.plan) && last?.outcome === "succeeded";
    const run = new ReleaseRun(ports, request, nothingToDo ? last : begin(request, last));
    return nothingToDo ? run.confirm() : run.release();
}
function begin({ facts }, last) {
    return { ...facts, revision: (last?.revision ?? 0) + 1, outcome: "pending", startedAt: new Date().toISOString() };
}
/** One release being carried out: what has happened so far, which the record must tell even when the rest does not happen. */
class ReleaseRun {
    #ports;
    #request;
    #startedMs;
    #summary;
    /** The objects that are in the cluster as this release has them: applied by it, or found like this by the plan. */
    #live;
    #failures = [];
    #rollout = [];
    #changed = false;
    constructor(ports, request, summary) {
        this.#ports = ports;
        this.#request = request;
        this.#summary = summary;
        this.#startedMs = ports.clock.now();
        this.#live = new Map(request.plan.objects.flatMap(({ released, live, action }) => live === undefined || action !== "unchanged" ? [] : [[release_object_keyOf(released.object), live]]));
    }
    /** Nothing to write: is what is there still well? */
    async confirm() {
        const { plan, store, facts } = this.#request;
        const { revision } = this.#summary;
        const ended = await this.#attempt(() => this.#watch(plan.objects));
        if (ended.outcome === "succeeded")
            await recordConfirmation({ store, log: this.#ports.log }, { revision, runId: facts.runId });
        return this.#result(ended);
    }
    async release() {
        const { store, plan } = this.#request;
        await store.create({ summary: this.#summary, objects: this.#recorded() });
        const ended = await this.#attempt(async () => {
            for (const wave of inWaves(plan.objects.map((planned) => ({ ...planned, object: planned.released.object })))) {
                await this.#apply(wave);
                await this.#watch(wave.filter(({ object }) => object.kind === "CustomResourceDefinition"));
                if (this.#failures.length > 0)
                    return;
            }
            await this.#watch(plan.objects);
            if (this.#failures.length === 0)
                await this.#prune();
        });
        return this.#result(await this.#record(ended));
    }
    /** How the work ended. Errors are kept, not thrown: the record has to be written in any case. */
    async #attempt(work) {
        const { signal } = this.#ports;
        try {
            await work();
            if (this.#failures.length === 0)
                return { outcome: "succeeded" };
            return {
                outcome: this.#failures.every(({ verdict }) => verdict.status === "in-progress") ? "timed-out" : "failed",
            };
        }
        catch (error) {
            const reason = toError(signal.aborted ? signal.reason : error);
            return { outcome: reason instanceof src_error/* SlipwayError */.G ? reason.outcome : "failed", error: reason };
        }
    }
    async #apply(wave) {
        const changed = wave.filter(({ action }) => action !== "unchanged");
        const problems = [];
        await inParallel(changed, parallelRequests, async ({ released, live, taken }) => {
            this.#ports.signal.throwIfAborted();
            try {
                this.#changed = true;
                const force = this.#request.force || taken.length > 0;
                const applied = await applyObject(this.#ports, released, { live, force, dryRun: false });
                this.#live.set(release_object_keyOf(released.object), applied);
            }
            catch (error) {
                if (!(error instanceof ApiError) || error.code === "unreachable")
                    throw error;
                problems.push(...serverProblems(error, released));
            }
        });
        if (problems.length === 0)
            return;
        throw new src_error/* SlipwayError */.G("Cannot finish the release because the cluster refused a part of it", {
            code: "release",
            problems,
        });
    }
    async #watch(planned) {
        if (!this.#request.wait || planned.length === 0)
            return;
        const { clock, log } = this.#ports;
        const targets = planned.flatMap(({ released }) => {
            const object = this.#live.get(release_object_keyOf(released.object));
            return object === undefined ? [] : [{ object, released }];
        });
        const results = await rollOut(this.#ports, {
            targets,
            deadlineMs: this.#startedMs + this.#request.timeoutMs,
            onBlind: (what, { message }) => log.warning(`The ${what} may not be watched, so failures show later: ${message}`),
            onVerdict: (target, verdict) => {
                const untilMs = clock.now() - this.#startedMs;
                log.info(`${(0,duration/* formatDuration */.a)(untilMs).padStart(8)}  ${nameOf(target.object)}: ${verdict.message}`);
                if (verdict.status !== "in-progress")
                    this.#rollout.push({ object: nameOf(target.object), untilMs, verdict });
            },
        });
        for (const { target, object, verdict, timedOut } of results) {
            if (verdict.status === "failed" || timedOut)
                this.#failures.push(await this.#explain(target.released, object, verdict));
        }
    }
    async #explain(released, object, verdict) {
        const { api, log } = this.#ports;
        try {
            return { released, verdict, evidence: await collectEvidence({ api, object, verdict }) };
        }
        catch (error) {
            // The verdict stands without its proof: a server that answers no more must not turn "failed" into something vaguer.
            log.debug(`no evidence for ${nameOf(object)}: ${String(error)}`);
            return { released, verdict };
        }
    }
    async #prune() {
        const gone = this.#request.plan.removals.filter(({ action }) => action === "delete");
        await inParallel(gone, parallelRequests, async ({ released: { object, kind } }) => {
            this.#ports.signal.throwIfAborted();
            this.#changed = true;
            const path = objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
            const query = { propagationPolicy: "Background" };
            await unlessGone(this.#ports.api.request({ method: "DELETE", path, query, repeatable: true }));
        });
    }
    #recorded() {
        return this.#request.plan.objects.map(({ released }) => {
            const live = this.#live.get(release_object_keyOf(released.object));
            const applied = live === undefined ? undefined : ownedHash(live, { withoutReplicas: released.autoscaledBy !== undefined });
            return {
                object: released.object,
                ...place(released),
                ...(released.autoscaledBy === undefined ? {} : { autoscaledBy: released.autoscaledBy }),
                ...(applied === undefined || this.#summary.outcome === "pending" ? {} : { applied }),
            };
        });
    }
    async #record(ended) {
        const { store, history } = this.#request;
        this.#summary = { ...this.#summary, outcome: ended.outcome, finishedAt: new Date().toISOString() };
        const record = { summary: this.#summary, objects: this.#recorded() };
        return recordOutcome({ store, log: this.#ports.log, history, record, ended });
    }
    #result({ outcome, error }) {
        const previous = this.#request.history.findLast(({ revision }) => revision < this.#summary.revision);
        return {
            outcome,
            release: this.#summary,
            ...(previous === undefined ? {} : { previousRevision: previous.revision }),
            watched: this.#request.wait,
            changed: this.#changed,
            failures: this.#failures,
            ...(error === undefined ? {} : { error }),
            rollout: this.#rollout,
            durationMs: this.#ports.clock.now() - this.#startedMs,
        };
    }
}
async function unlessGone(request) {
    try {
        await request;
    }
    catch (error) {
        if (!(error instanceof ApiError && error.status === 404))
            throw error;
    }
}
function toError(error) {
    return error instanceof Error ? error : new Error(String(error));
}

;// CONCATENATED MODULE: ./src/release/restore.ts





/**
 * What going back would change. Fields that others took since are taken back, and listed: they were ours in that release. What came
 * with later releases is removed; what was there beside this one stays.
 */
async function planRestore(ports, { target, history, store }) {
    const { objects } = await store.read(target.revision);
    const since = history.filter(({ revision }) => revision > target.revision);
    return planRelease(ports, {
        app: target.app,
        objects: objects.map((recorded) => toReleaseObject(ports, target, recorded)),
        recorded: await readRecorded(store, since),
        force: true,
        prune: true,
    });
}
/** Goes back: the record's objects are applied as a new release, by the same engine. The caller holds the lock. */
async function restore(ports, request, plan) {
    const { target, history, store, facts, timeoutMs } = request;
    const { commit, images } = target;
    const replaced = history.at(-1);
    return carryOut(ports, {
        facts: {
            ...facts,
            commit,
            images,
            restores: target.revision,
            ...(replaced === undefined ? {} : { replaces: replaced.revision }),
        },
        plan,
        history,
        store,
        force: true,
        wait: true,
        timeoutMs,
    });
}
/** The objects of all releases that may still be live, newest release first. */
async function readRecorded(store, history) {
    const records = await Promise.all(mayBeLive(history).map(({ revision }) => store.read(revision)));
    return records.flatMap(({ objects }) => objects);
}
function toReleaseObject({ discovery }, target, recorded) {
    const { object, file, line, autoscaledBy } = recorded;
    const kind = discovery.find(object.apiVersion, object.kind);
    if (kind === undefined) {
        throw new src_error/* SlipwayError */.G(`Cannot go back to r${target.revision} because the cluster has no ${object.kind} in ${object.apiVersion} any more: got one in ${nameOf(object)}`, { code: "refused", hint: "Deploy a release that uses the kinds which the cluster has." });
    }
    return {
        object,
        kind,
        ...(file === undefined || line === undefined ? {} : { source: { file, line } }),
        ...(autoscaledBy === undefined ? {} : { autoscaledBy }),
    };
}

;// CONCATENATED MODULE: ./src/release/lock.ts





/** A holder that has not renewed for this long is dead, and its lock free. */
const leaseSeconds = 30;
const renewEveryMs = 10_000;
const pollEveryMs = 1_000;
/** A cancelled job has seconds left; what is not given back expires. */
const releaseLimitMs = 3_000;
/**
 * Takes the app's lock: a Lease, renewed while it is held, so that a killed run's lock expires. Whether another holder is alive is
 * judged by whether it renews while we watch, on our own monotonic clock: clocks of different machines are never compared.
 * @throws SlipwayError `locked` when another run still holds it after `waitMs`.
 */
async function acquireLock(options) {
    const { clock, signal } = options;
    const identity = `${options.holder} [${(0,external_node_crypto_.randomUUID)().slice(0, 8)}]`;
    const started = clock.now();
    let seen;
    let toldOf;
    for (;;) {
        signal.throwIfAborted();
        const lease = await readLease(options, signal);
        const holder = lease?.spec?.holderIdentity ?? "";
        // Taken by a try whose answer was lost.
        if (lease !== undefined && holder === identity)
            return hold(options, lease);
        const renewal = `${holder} ${lease?.spec?.renewTime ?? ""}`;
        if (seen?.renewal !== renewal)
            seen = { renewal, since: clock.now() };
        const expiresMs = (lease?.spec?.leaseDurationSeconds ?? leaseSeconds) * 1000;
        if (holder === "" || clock.now() - seen.since >= expiresMs) {
            const taken = await takeLease(options, identity, lease);
            if (taken !== undefined)
                return hold(options, taken);
            continue;
        }
        if (clock.now() - started >= options.waitMs)
            throw locked(options, holder);
        if (toldOf !== holder)
            options.onWait(describeHolder((toldOf = holder)));
        await clock.sleep(pollEveryMs, signal);
    }
}
function describeHolder(identity) {
    return identity.replace(/ \[[0-9a-f]+\]$/, "");
}
function locked({ app, waitMs }, holder) {
    return new src_error/* SlipwayError */.G(`Cannot deploy ${app} because another run is deploying it: got no lock within ${Math.round(waitMs / 1000)} s, held by ${describeHolder(holder)}`, {
        code: "locked",
        hint: "Nothing was changed. Wait for that run, or give both workflows the same `concurrency` group so that they queue.",
    });
}
function lock_pathOf({ app, namespace }) {
    const collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
    return { collection, lease: `${collection}/slipway.${app}`, name: `slipway.${app}` };
}
async function readLease(options, signal) {
    try {
        return await options.api.request({ method: "GET", path: lock_pathOf(options).lease, signal });
    }
    catch (error) {
        if (error instanceof ApiError && error.status === 404)
            return undefined;
        throw error;
    }
}
/** The lease as we hold it, undefined where somebody else was faster. */
async function takeLease(options, identity, current) {
    const now = microTime();
    const { collection, lease, name } = lock_pathOf(options);
    const body = {
        apiVersion: "coordination.k8s.io/v1",
        kind: "Lease",
        metadata: current?.metadata ?? { name, namespace: options.namespace },
        spec: {
            holderIdentity: identity,
            leaseDurationSeconds: leaseSeconds,
            acquireTime: now,
            renewTime: now,
            leaseTransitions: (current?.spec?.leaseTransitions ?? -1) + 1,
        },
    };
    try {
        const query = { fieldManager: fieldManager };
        if (current === undefined)
            return await options.api.request({ method: "POST", path: collection, query, body, repeatable: true });
        return await options.api.request({ method: "PUT", path: lease, query, body, repeatable: true });
    }
    catch (error) {
        if (isConflict(error))
            return undefined;
        throw error;
    }
}
function isConflict(error) {
    return error instanceof ApiError && error.status === 409;
}
/** Renews the lease until it is given back or lost. */
function hold(options, taken) {
    const { clock } = options;
    const lost = new AbortController();
    const released = new AbortController();
    const lease = new HeldLease(options, taken);
    const lose = (cause) => lost.abort(lostLock(options, cause));
    const dog = startWatchdog({ clock, limitMs: leaseSeconds * 1000, onSilence: lose });
    const renewing = (async () => {
        const signal = AbortSignal.any([released.signal, lost.signal]);
        while (!signal.aborted) {
            try {
                await clock.sleep(renewEveryMs, signal);
                await lease.write({ renewTime: microTime() }, signal);
                dog.beat();
            }
            catch (error) {
                if (isConflict(error))
                    lose(error);
            }
        }
    })();
    return {
        lost: lost.signal,
        async release() {
            dog.stop();
            released.abort();
            await renewing;
            if (lost.signal.aborted)
                return;
            await lease.write({ holderIdentity: "" }, AbortSignal.timeout(releaseLimitMs)).catch(() => undefined);
        },
    };
}
/** A Lease that names us, as the server last answered it. */
class HeldLease {
    #options;
    #lease;
    constructor(options, taken) {
        this.#options = options;
        this.#lease = taken;
    }
    /** Throws a conflict where it does not name us any more. */
    async write(spec, signal) {
        try {
            this.#lease = await this.#put(this.#lease, spec, signal);
        }
        catch (error) {
            if (!isConflict(error))
                throw error;
            // Changed by a try whose answer was lost, or by somebody who put a label on it: it is ours for as long as it names us.
            const current = await readLease(this.#options, signal);
            if (current === undefined || current.spec?.holderIdentity !== this.#lease.spec?.holderIdentity)
                throw error;
            this.#lease = await this.#put(current, spec, signal);
        }
    }
    #put(current, spec, signal) {
        const { lease: path } = lock_pathOf(this.#options);
        const body = { ...current, spec: { ...current.spec, ...spec } };
        const request = { method: "PUT", path, query: { fieldManager: fieldManager }, body, repeatable: true, signal };
        return this.#options.api.request(request);
    }
}
function lostLock({ app }, cause) {
    return new src_error/* SlipwayError */.G(`Cannot go on deploying ${app} because its lock was lost: another run may have taken it`, {
        code: "locked",
        cause,
    });
}
/** Kubernetes' MicroTime. */
function microTime() {
    return new Date().toISOString().replace(/(\.\d{3})Z$/, "$1000Z");
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./src/release/record.ts

/** The objects as a Secret's data holds them: JSON, compressed, base64. A 300-object release takes about 20 kB. */
function encodeObjects(objects) {
    return (0,external_node_zlib_.gzipSync)(JSON.stringify({ version: 1, objects })).toString("base64");
}
/** The inverse of `encodeObjects`. Throws where the text was damaged. */
function decodeObjects(encoded) {
    const content = JSON.parse((0,external_node_zlib_.gunzipSync)(Buffer.from(encoded, "base64")).toString());
    if (content.version !== 1 || !Array.isArray(content.objects)) {
        throw new Error(`a record of version ${String(content.version)}, and this Slipway reads version 1`);
    }
    return content.objects;
}

;// CONCATENATED MODULE: ./src/release/store.ts





const summaryAnnotation = "slipway.dev/release";
/** A Secret holds 1 MiB of data, which is a third more in base64. This leaves room for what is only known in the end. */
const maxEncoded = 1_000_000;
/** The records of one app: a Secret for each release, `slipway.APP.rREVISION`, in the app's namespace. */
function releaseStore(api, { app, namespace }) {
    const collection = `/api/v1/namespaces/${namespace}/secrets`;
    const pathOf = (revision) => `${collection}/slipway.${app}.r${revision}`;
    const query = { fieldManager: fieldManager };
    const readSecret = (revision) => api.request({ method: "GET", path: pathOf(revision) });
    const isStored = async (summary) => canonical(readSummary(await readSecret(summary.revision))) === canonical(summary);
    return {
        async history() {
            // A list of metadata alone is null where there is nothing to list, unlike any other.
            const list = await api.request({
                method: "GET",
                path: collection,
                query: { labelSelector: `${recordLabel}=${app}` },
                accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json",
            });
            return (list.items ?? []).map(readSummary).sort((a, b) => a.revision - b.revision);
        },
        async read(revision) {
            const secret = await readSecret(revision);
            return { summary: readSummary(secret), objects: readObjects(secret) };
        },
        async create(record) {
            const body = secretOf(record, { app, namespace });
            refuseTooLarge(body);
            const stored = api.request({ method: "POST", path: collection, query, body, repeatable: true });
            await unlessAnswered(409, stored, () => isStored(record.summary));
        },
        async update(record, signal) {
            const body = secretOf(record, { app, namespace });
            const path = pathOf(record.summary.revision);
            await api.request({ method: "PUT", path, query, body, repeatable: true, ...(signal && { signal }) });
        },
        async annotate(summary) {
            const body = { metadata: { annotations: { [summaryAnnotation]: JSON.stringify(summary) } } };
            await api.request({
                method: "PATCH",
                path: pathOf(summary.revision),
                query,
                contentType: "application/merge-patch+json",
                body,
                repeatable: true,
            });
        },
        async remove(revision) {
            const gone = api.request({ method: "DELETE", path: pathOf(revision), repeatable: true });
            await unlessAnswered(404, gone, () => Promise.resolve(true));
        },
    };
}
/** A write that was done already, by a try whose answer was lost, is a good one. */
async function unlessAnswered(status, write, isDone) {
    try {
        await write;
    }
    catch (error) {
        if (!(error instanceof ApiError) || error.status !== status || !(await isDone()))
            throw error;
    }
}
function secretOf({ summary, objects }, { app, namespace }) {
    return {
        apiVersion: "v1",
        kind: "Secret",
        type: recordType,
        metadata: {
            name: `slipway.${app}.r${summary.revision}`,
            namespace,
            labels: { [recordLabel]: app, "app.kubernetes.io/managed-by": "slipway" },
            annotations: { [summaryAnnotation]: JSON.stringify(summary) },
        },
        data: { release: encodeObjects(objects) },
    };
}
function refuseTooLarge({ data, metadata }) {
    const { release = "" } = data;
    if (release.length <= maxEncoded)
        return;
    throw new src_error/* SlipwayError */.G(`Cannot keep the record ${metadata.name} because its objects are too large: got ${release.length} bytes, and a record holds ${maxEncoded}`, { code: "configuration", hint: "Split the manifests into several apps." });
}
function readSummary({ metadata }) {
    const text = metadata.annotations?.[summaryAnnotation];
    try {
        return JSON.parse(text ?? "");
    }
    catch (cause) {
        throw damaged(metadata.name, cause);
    }
}
function readObjects(secret) {
    const data = secret.data;
    try {
        return decodeObjects(data?.release ?? "");
    }
    catch (cause) {
        throw damaged(secret.metadata.name, cause);
    }
}
function damaged(name, cause) {
    return new src_error/* SlipwayError */.G(`Cannot read the release record ${name} because it is damaged`, {
        code: "refused",
        hint: `Look at it with "kubectl get secret ${name} -o yaml". Once it is deleted, Slipway goes on without that release.`,
        cause,
    });
}

;// CONCATENATED MODULE: ./src/release/session.ts





/** Holds the app's lock while `work` runs, and gives it back however it ends. */
async function withRelease(ports, options, work) {
    const { app, namespace, context, timeoutMs } = options;
    const lock = await acquireLock({
        ...ports,
        app,
        namespace,
        holder: describeRun(context),
        waitMs: timeoutMs,
        onWait: (holder) => ports.log.info(`Waiting up to ${(0,duration/* formatDuration */.a)(timeoutMs)} for ${holder}, which is deploying ${app}`),
    });
    try {
        const store = releaseStore(ports.api, { app, namespace });
        const signal = AbortSignal.any([ports.signal, lock.lost]);
        const history = await settleAbandoned(ports, store);
        return await work({ ports: { ...ports, signal, api: whileHeld(ports.api, lock.lost) }, store, history });
    }
    finally {
        await lock.release();
    }
}
/** Without the lock another run may be writing, and no request of ours that is still under way or tried again may undo that. */
function whileHeld(api, lost) {
    const bound = (request) => {
        return { ...request, signal: request.signal === undefined ? lost : AbortSignal.any([request.signal, lost]) };
    };
    return { request: (request) => api.request(bound(request)), stream: (request) => api.stream(bound(request)) };
}
/**
 * The history, once what killed runs left pending is told of and recorded as unknown: whoever holds the lock is the only one who deploys.
 * What they left half done needs nothing else, since every plan compares with the cluster itself.
 */
async function settleAbandoned({ log }, store) {
    const history = await store.history();
    const settled = history.map(async (release) => {
        if (release.outcome !== "pending")
            return release;
        const run = release.run === "" ? "its run" : `its run (${release.run})`;
        log.notice(`r${release.revision} was never finished: ${run} was killed or cut off. The plan compares with what is really there.`);
        const known = { ...release, outcome: "unknown" };
        await store.annotate(known);
        return known;
    });
    return Promise.all(settled);
}
/**
 * An older workflow run never overtakes a newer one: it may have waited for a reviewer or a lock while the newer one deployed. Running
 * the older run again is a decision, and allowed.
 * @throws SlipwayError `refused`.
 */
function refuseToOvertake(history, context) {
    const last = newest(history);
    if (last?.repository !== context.repository || context.runAttempt !== "1")
        return;
    const newestRun = last.confirmedBy ?? last.runId;
    if (newestRun === "" || context.runId === "" || BigInt(newestRun) <= BigInt(context.runId))
        return;
    throw new SlipwayError(`Cannot deploy ${last.app} because a newer workflow run has deployed r${last.revision} since: got run ${context.runId}, and that was ${newestRun}`, { code: "refused", hint: "Nothing was changed. If this older state is what you want, re-run this job." });
}
function describeRun({ repository, runId, runAttempt, actor }) {
    if (runId === "")
        return "a run outside of GitHub Actions";
    const attempt = runAttempt === "1" || runAttempt === "" ? "" : `, attempt ${runAttempt}`;
    return `${repository} run ${runId}${attempt}${actor === "" ? "" : ` of ${actor}`}`;
}

;// CONCATENATED MODULE: ./src/rollback/plan.ts


/**
 * Which release to go back to, from the history alone.
 * @throws SlipwayError `refused` where there is none, or where `ifRevision` is not the newest release any more.
 */
function decideRollback({ app, history, to, ifRevision }) {
    const from = history_newest(history);
    if (from === undefined)
        throw refused(`Cannot roll back ${app} because it was never deployed: got an empty history`, "Check app and namespace.");
    if (ifRevision !== undefined && ifRevision !== from.revision) {
        const { restores, replaces, outcome } = from;
        const isWanted = restores !== undefined && (typeof to === "string" || to === restores);
        if (isWanted && replaces === ifRevision && outcome === "succeeded")
            return { from, alreadyRestored: restores };
        throw refused(`Cannot roll back ${app} because r${ifRevision} is not its newest release: got r${from.revision}, deployed since${from.actor === "" ? "" : ` by ${from.actor}`}`, "Nothing was changed. Look at the newest release first; to take that one back, leave if-revision out.");
    }
    return { from, target: findTarget({ app, history, to, from }) };
}
function findTarget(question) {
    const { app, history, to, from } = question;
    const kept = history.map(({ revision }) => `r${revision}`).join(", ");
    if (to === "last-verified") {
        const target = lastVerified(history, from.revision);
        if (target !== undefined)
            return target;
        throw refused(`Cannot roll back ${app} because no release before r${from.revision} is verified: got ${kept}`, "A release is verified when smoke-test passes with its revision. To go back to one that is not, name its number in `to`.");
    }
    if (to === "previous") {
        const target = lastSucceeded(history, from.revision);
        if (target !== undefined)
            return target;
        throw refused(`Cannot roll back ${app} because no release before r${from.revision} succeeded: got ${kept}`, "Deploy a good release instead.");
    }
    const target = history.find(({ revision }) => revision === to);
    if (target !== undefined)
        return target;
    throw refused(`Cannot roll back ${app} because there is no release r${to}: got ${kept}`, "Name one of those in `to`.");
}
function refused(message, hint) {
    return new src_error/* SlipwayError */.G(message, { code: "refused", hint });
}

;// CONCATENATED MODULE: ./src/rollback/run.ts











/** Goes back to an earlier release, as a new release. */
async function run(runner, inputs) {
    const ended = await explainingRefusal(runner, `Rollback of ${inputs.app}`, () => attempt(runner, inputs));
    if (ended.error !== undefined)
        throw ended.error;
    return ended.outcome;
}
/** Throws what keeps it from going back; how the new release ended is in the result. */
async function attempt(runner, inputs) {
    const cluster = await openCluster(runner, inputs, inputs.timeout);
    const { app, namespace, timeout: timeoutMs } = inputs;
    try {
        const ports = { ...cluster, clock: systemClock, log: runner.log, signal: runner.signal };
        if (inputs["dry-run"]) {
            const store = releaseStore(ports.api, { app, namespace });
            return await rollBack(runner, inputs, { ports, store, history: await store.history() });
        }
        return await withRelease(ports, { app, namespace, context: runner.context, timeoutMs }, (session) => rollBack(runner, inputs, session));
    }
    finally {
        cluster.api.close();
    }
}
async function rollBack(runner, inputs, { ports, store, history }) {
    const { app, to } = inputs;
    const decision = decideRollback({ app, history, to, ifRevision: inputs["if-revision"] });
    runner.setOutput("from", decision.from.revision);
    if ("alreadyRestored" in decision) {
        const { from, alreadyRestored } = decision;
        runner.log.notice(`Nothing to do: r${String(from.replaces)} was taken back already, and r${alreadyRestored} is back as r${from.revision}`);
        runner.setOutput("to", alreadyRestored);
        runner.setOutput("revision", from.revision);
        return { outcome: "succeeded" };
    }
    const { from, target } = decision;
    runner.setOutput("to", target.revision);
    const { commit, ...facts } = factsOf(app, runner.context);
    const reason = inputs.reason ?? `rollback of r${from.revision}`;
    const request = { target, history, store, facts: { ...facts, reason }, timeoutMs: inputs.timeout };
    const started = ports.clock.now();
    const plan = await planRestore(ports, request);
    await announcePlan(runner.log, `Plan: back from r${from.revision} to r${target.revision} (${run_describe(target)})`, changesOf(plan));
    if (inputs["dry-run"]) {
        await report(runner, { inputs, target, plan, history, durationMs: ports.clock.now() - started });
        return { outcome: "succeeded" };
    }
    const result = await restore(ports, request, plan);
    announceResult(runner.log, `${app} r${result.release.revision}, back to r${target.revision}`, result);
    runner.setOutput("revision", result.release.revision);
    await report(runner, {
        inputs,
        target,
        plan,
        history: including(history, result.release),
        result,
        durationMs: result.durationMs,
    });
    return result;
}
function run_describe({ verified, commit }) {
    return [
        verified === undefined ? "not verified" : "verified",
        ...(commit === "" ? [] : [`commit ${commit.slice(0, 12)}`]),
    ].join(", ");
}
async function report(runner, { inputs, target, plan, history, durationMs, result }) {
    const { app, namespace } = inputs;
    await writeReports(runner, {
        app,
        namespace,
        title: result === undefined
            ? `Plan: ${app} back to r${target.revision}`
            : `Rollback of ${app} to r${target.revision}, as r${result.release.revision}`,
        outcome: "succeeded",
        commit: target.commit,
        actor: runner.context.actor,
        durationMs,
        changes: changesOf(plan),
        rollout: [],
        failures: [],
        history,
        ...(result === undefined ? {} : resultForReport(result)),
    });
}


/***/ }),

/***/ 4140:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/**
 * The candidate that `word` was most likely meant to be, or undefined when none is close: at most a third of the longer word differs.
 * Case does not count. The first of equally near candidates wins.
 */
function nearest(word, candidates) {
    let best;
    let bestDistance = Infinity;
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
/** Edits between two words, where a swap of neighbours is one edit (Damerau-Levenshtein, optimal string alignment). */
function editDistance(a, b) {
    let beforePrevious = [];
    let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const same = a[row - 1] === b[column - 1];
            const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
            current[column] = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + (same ? 0 : 1), swapped ? at(beforePrevious, column - 2) + 1 : Infinity);
        }
        beforePrevious = previous;
        previous = current;
    }
    return at(previous, b.length);
}
function at(row, column) {
    return row[column] ?? Infinity;
}


/***/ })

};
