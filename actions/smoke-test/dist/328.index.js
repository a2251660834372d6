export const id = 328;
export const ids = [328,727,630,116,656];
export const modules = {

/***/ 3727:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseDocumentInput: () => (/* binding */ parseDocumentInput)
});

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var yaml_dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./src/runner/nearest.ts
var nearest = __webpack_require__(4140);
;// CONCATENATED MODULE: ./src/runner/schema-mistakes.ts

/** What a person needs to know about one issue that valibot found. Several, where one issue stands for several unknown keys. */
function describeIssue(issue, context, above = []) {
    const path = [...above, ...pathOf(issue)];
    const alternatives = deepest(issue.issues ?? []);
    if (alternatives.length > 0)
        return alternatives.flatMap((alternative) => describeIssue(alternative, context, path));
    if (issue.kind === "schema" && isAboutKey(issue)) {
        return issue.expected === "never" ? unknownKeys(issue, path.slice(0, -1), context.schema) : [missingKey(path)];
    }
    return [wrongValue(issue, path, context.mayShow)];
}
/** Of the alternatives of a union, what went wrong in the one that came furthest; none where all failed at their first step. */
function deepest(alternatives) {
    return alternatives.filter((issue) => pathOf(issue).length > 0);
}
function isAboutKey(issue) {
    const last = issue.path?.at(-1);
    return last !== undefined && "origin" in last && last.origin === "key" && issue.type !== "record";
}
/** valibot stops at the first unknown key of an object; a person wants to hear of all. */
function unknownKeys(issue, path, schema) {
    const known = keysAt(schema, path);
    const given = issue.path?.at(-1)?.input;
    const unknown = typeof given === "object" && given !== null ? Object.keys(given).filter((key) => !known.includes(key)) : [];
    return unknown.map((key) => {
        const meant = (0,nearest/* nearest */.p)(key, known);
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
    const subject = last === undefined ? "it" : typeof last === "number" ? "the entry" : last;
    const got = plain(issue.received);
    const expected = issue.expected === null ? "another value" : plain(issue.expected);
    if (issue.kind === "schema") {
        const isUnquoted = issue.expected === "string" && ["number", "boolean"].includes(typeof issue.input);
        return {
            is: `${subject} is not ${expected}`,
            got,
            hint: isUnquoted ? "Put it in quotes." : `Write ${expected}.`,
            path,
        };
    }
    // A rule beyond the type. Its author's words say it best; valibot's own quote the value.
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
    return (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
}
/** The keys that the schema's objects at `path` know, over all alternatives of unions. */
function keysAt(schema, path) {
    const [step, ...rest] = path;
    const inner = [schema.wrapped, ...(schema.options ?? [])].filter(isSchema).flatMap((one) => keysAt(one, path));
    if (step === undefined)
        return [...new Set([...Object.keys(schema.entries ?? {}), ...inner])];
    const below = [schema.entries?.[step], schema.item, schema.value]
        .filter(isSchema)
        .flatMap((one) => keysAt(one, rest));
    return [...new Set([...below, ...inner])];
}
/** The options of a union are schemas, those of a pick list are words. */
function isSchema(value) {
    return typeof value === "object" && value !== null && "kind" in value;
}

;// CONCATENATED MODULE: ./src/runner/document-input.ts



/** Reads YAML or JSON and checks it against a schema. Finds all mistakes at once, each with its line in the text. */
function parseDocumentInput(input) {
    const { text, format, schema, asWritten, mayShow } = input;
    const notJson = format === "JSON" ? jsonError(text) : undefined;
    if (notJson !== undefined)
        return { mistakes: [{ is: "is not JSON", hint: mayShow ? `${notJson}.` : "A JSON parser shows where." }] };
    const lineCounter = new yaml_dist/* LineCounter */.HN();
    const lineAt = (offset) => lineCounter.linePos(offset).line;
    const document = (0,yaml_dist/* parseDocument */.Tp)(text, { lineCounter, prettyErrors: false, schema: asWritten ? "failsafe" : "core" });
    // Whatever comes after the first few follows from them.
    const broken = document.errors.slice(0, 3).map(({ pos, message, code }) => {
        return { is: `this is not ${format}`, line: lineAt(pos[0]), hint: `${mayShow ? message : code}.` };
    });
    if (broken.length > 0)
        return { mistakes: broken };
    const plain = toPlain(document);
    if ("mistakes" in plain)
        return plain;
    const result = (0,dist/* safeParse */.xLC)(schema, plain.value);
    if (result.success)
        return { value: result.output };
    const described = result.issues.flatMap((issue) => describeIssue(issue, { schema, mayShow }));
    return {
        mistakes: described.map(({ path, ...mistake }) => ({ ...mistake, line: lineAt(offsetOf(document, path)) })),
    };
}
function jsonError(text) {
    try {
        JSON.parse(text);
        return undefined;
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
function toPlain(document) {
    try {
        return { value: document.toJS() };
    }
    catch {
        // The only thing that still can go wrong here: an alias without its anchor, or so many aliases that they are an attack.
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
/** Where the value at `path` starts in the text; for a value in a map, where its key starts. */
function offsetOf(document, path) {
    let node = document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
        const value = (0,yaml_dist/* isAlias */.Vj)(node) ? node.resolve(document) : node;
        const pair = (0,yaml_dist/* isMap */.jh)(value)
            ? value.items.find(({ key }) => String((0,yaml_dist/* isScalar */.jn)(key) ? key.value : key) === String(step))
            : undefined;
        node = (0,yaml_dist/* isSeq */.oP)(value) ? value.items[Number(step)] : pair?.value;
        offset = startOf(pair?.key ?? node) ?? offset;
    }
    return offset;
}
function startOf(node) {
    return (0,yaml_dist/* isNode */.Ll)(node) ? node.range?.[0] : undefined;
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


/***/ }),

/***/ 3116:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseAddress: () => (/* binding */ parseAddress),
/* harmony export */   parseBaseAddress: () => (/* binding */ parseBaseAddress)
/* harmony export */ });
/* harmony import */ var _forbidden_address_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4376);

/** An address that a check may ask. A mistake never shows more of it than the host: the rest may hold credentials. */
function parseAddress(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
        const hint = "Write it like https://shop.example.com.";
        return { mistake: { is: "is not an address", hint, ...(text.includes("@") ? {} : { got: JSON.stringify(text) }) } };
    }
    if (url.username !== "" || url.password !== "") {
        return { mistake: { is: "holds credentials", hint: "Addresses are logged: send credentials in a header." } };
    }
    const why = (0,_forbidden_address_js__WEBPACK_IMPORTED_MODULE_0__/* .forbiddenAddress */ .g)(url.hostname.replace(/^\[|\]$/g, ""));
    if (why === undefined)
        return { url };
    return {
        mistake: {
            is: `leads to ${why}, which is never asked`,
            got: url.hostname,
            hint: "Give the address that users have.",
        },
    };
}
/** The input `url`: the address that the checks' paths are added to, without a slash at its end. */
function parseBaseAddress(text) {
    const parsed = parseAddress(text);
    if ("mistake" in parsed)
        return { mistakes: [parsed.mistake] };
    const { origin, pathname, search, hash } = parsed.url;
    if (search === "" && hash === "")
        return { value: origin + pathname.replace(/\/+$/, "") };
    return { mistakes: [{ is: "has more than host and path", hint: "Write queries into the paths of the checks." }] };
}


/***/ }),

/***/ 3630:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checksSchema: () => (/* binding */ checksSchema)
/* harmony export */ });
/* harmony import */ var jsonpath_rfc9535__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4525);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);
/* harmony import */ var _runner_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1008);



function isStatus(value) {
    if (typeof value === "string")
        return /^[1-5]xx$/.test(value);
    return typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599;
}
/** Schemas of types would tell of each alternative; a person needs one sentence. */
const status = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((value) => toList(value).every(isStatus) && toList(value).length > 0, "It is a status such as 200, a class of them such as 2xx, or a list of those"), valibot__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi((value) => toList(value).filter(isStatus)));
function toList(value) {
    return Array.isArray(value) ? value : [value];
}
const duration = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((value) => toDuration(value) > 0, "It is a duration such as 500ms or 2s"), valibot__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi(toDuration));
function toDuration(value) {
    return typeof value === "string" ? ((0,_runner_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDuration */ .E)(value) ?? 0) : 0;
}
const jsonPath = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y(isJsonPath, "It is a JSONPath such as $.status or $.items[0].name"));
function isJsonPath(text) {
    try {
        (0,jsonpath_rfc9535__WEBPACK_IMPORTED_MODULE_0__/* .query */ .P)(null, text);
        return true;
    }
    catch {
        // Whatever the parser dislikes: its own words are about its grammar, not about what the user wanted.
        return false;
    }
}
/** The grammar of HTTP: a token (RFC 9110, 5.6.2). */
const headerName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[-!#$%&'*+.^_`|~\w]+$/, "It is a header's name such as x-version"));
/** Passes in a row and connections: more than this is a load test. */
const count = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((value) => Number.isInteger(value) && value >= 1 && value <= 1000, "It is a whole number from 1 to 1000"));
const expectSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    status: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(status),
    headers: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(headerName, valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
    body: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    json: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(jsonPath, valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J())),
    latency: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(duration),
});
const versionSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    json: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(jsonPath),
    header: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(headerName),
    equals: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    connections: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(count),
}), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y(({ json, header }) => (json === undefined) !== (header === undefined), "It takes either json or header, where the version stands"));
/** The input `checks`: what a workflow writes. */
const checksSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    name: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    path: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    method: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .picklist */ .KIO(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])),
    // Their values may be credentials, and what is wrong with a value is told with the value: plan.ts checks them.
    headers: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(headerName, valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J())),
    body: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    expect: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(expectSchema),
    consecutive: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(count),
    retry: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY()),
    version: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(versionSchema),
})), valibot__WEBPACK_IMPORTED_MODULE_1__/* .minLength */ .BpQ(1, "Write at least one check"));


/***/ }),

/***/ 4376:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ forbiddenAddress)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);

const metadata = "a cloud's metadata service";
/** Where clouds answer with credentials of the machine itself, by name. Names lead to addresses, but a proxy would not tell us which. */
const metadataNames = new Set([
    "metadata",
    "metadata.google.internal",
    "metadata.goog",
    "instance-data",
    "instance-data.ec2.internal",
]);
/** The same by address. Where a rule is for IPv4, it also holds for the IPv4-mapped form, ::ffff:a.b.c.d. */
const rules = [
    [
        "a link-local address",
        subnets(["169.254.0.0", 16], ["fe80::", 10], ["::169.254.0.0", 112], // IPv4-compatible
        ["64:ff9b::169.254.0.0", 112], // NAT64 (RFC 6052)
        ["2002:a9fe::", 32]),
    ],
    [
        metadata,
        subnets(["fd00:ec2::", 32], // AWS
        ["fd20:ce::254", 128], // Google Cloud
        ["100.100.100.200", 32], // Alibaba Cloud
        ["168.63.129.16", 32], // Azure
        ["192.0.0.192", 32]),
    ],
];
/**
 * Why a smoke test must not ask this host: a check's address can come from an event's payload, and what the machine's own metadata
 * service answers would end in a report. Undefined for every other host; private networks are allowed, staging lives there.
 */
function forbiddenAddress(host) {
    const version = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host);
    if (version === 0)
        return metadataNames.has(host.toLowerCase().replace(/\.$/, "")) ? metadata : undefined;
    return rules.find(([, addresses]) => addresses.check(host, version === 4 ? "ipv4" : "ipv6"))?.[0];
}
function subnets(...networks) {
    const list = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
    for (const [network, prefix] of networks)
        list.addSubnet(network, prefix, (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(network) === 4 ? "ipv4" : "ipv6");
    return list;
}


/***/ }),

/***/ 5656:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hostAndPort: () => (/* binding */ hostAndPort),
/* harmony export */   parseResolve: () => (/* binding */ parseResolve)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _forbidden_address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4376);


/** The input `resolve`: lines of curl's `host:port:address`. */
function parseResolve(text) {
    const resolved = new Map();
    const mistakes = [];
    for (const [index, entry] of text.split("\n").entries()) {
        const given = entry.trim();
        const [, host = "", port = "", address = ""] = /^([^:]+):(\d+):\[?([^[\]]+)\]?$/.exec(given) ?? [];
        const why = (0,_forbidden_address_js__WEBPACK_IMPORTED_MODULE_1__/* .forbiddenAddress */ .g)(address);
        const wrong = (is, hint) => mistakes.push({ is, hint, got: given, line: index + 1 });
        if (given === "")
            continue;
        if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address) === 0)
            wrong("it is not host:port:address", "Write it like shop.example.com:443:203.0.113.7.");
        else if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) !== 0)
            wrong("it names an address, not a host", "Write that address into the input url instead.");
        else if (why !== undefined)
            wrong(`it leads to ${why}, which is never asked`, "Write a public or private address.");
        else
            resolved.set(`${host.toLowerCase()}:${port}`, address);
    }
    return mistakes.length > 0 ? { mistakes } : { value: resolved };
}
/** The key under which an address may be resolved. */
function hostAndPort({ protocol, hostname, port }) {
    return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}


/***/ }),

/***/ 6328:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

;// CONCATENATED MODULE: ./src/runner/clock.ts
/** A timer cannot hold more: beyond this, Node fires it at once. */
const longestTimerMs = 2 ** 31 - 1;
/** The machine's own clock. */
const clock_systemClock = {
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

// EXTERNAL MODULE: ./src/runner/duration.ts
var duration = __webpack_require__(1008);
// EXTERNAL MODULE: ./src/error.ts
var src_error = __webpack_require__(1557);
;// CONCATENATED MODULE: ./src/runner/within.ts


/**
 * Does `work`, for no longer than `ms`: however slowly the other side answers, the user's timeout holds. The signal that `work` is given
 * ends with the time, too.
 * @throws SlipwayError `timeout`, or the reason of `signal`.
 */
async function within_within(options, work) {
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

;// CONCATENATED MODULE: ./src/smoke-test/check.ts
/** A mismatch as one line: "the status is not 2xx: got 503". */
function describeMismatch({ is, got }) {
    return got === undefined ? is : `${is}: got ${got}`;
}

// EXTERNAL MODULE: ./src/runner/masks.ts
var masks = __webpack_require__(6555);
;// CONCATENATED MODULE: ./src/smoke-test/credentials.ts

/** Names of headers, parameters and JSON fields whose values are nobody else's business. */
const telling = /auth|cookie|token|secret|passw|credential|session|signature|^sig$|key/i;
/**
 * In text that a service answered: a JSON field with such a name (its quotes escaped where JSON is quoted), up to its value. All
 * repetitions are bounded, since the text is not ours.
 */
const tellingField = /((?:auth|cookie|token|secret|passw|credential|session|signature|key)\w{0,20}\\{0,3}"\s{0,3}:\s{0,3}\\{0,3}")[^"\\]+/gi;
const credentials_hidden = "***";
/** The credentials that a request carries: values of telling headers and parameters, also without scheme, user name or cookie name. */
function credentialsIn(headers, url) {
    const inHeaders = Object.entries(headers).filter(([name]) => telling.test(name));
    const inQuery = [...url.searchParams].filter(([name]) => telling.test(name));
    return [...inHeaders.flatMap(([, value]) => [value, ...partsOf(value)]), ...inQuery.map(([, value]) => value)];
}
/** The token of `Bearer TOKEN`, the password of `Basic dXNlcjpwYXNz`, the values of cookies. */
function partsOf(value) {
    const [scheme = "", rest = ""] = /^(\S+) +(\S+)$/.exec(value)?.slice(1) ?? [];
    const password = /^basic$/i.test(scheme)
        ? Buffer.from(rest, "base64")
            .toString()
            .replace(/^[^:]*:/, "")
        : "";
    const cookies = value.split(/; */).map((pair) => pair.slice(pair.indexOf("=") + 1));
    return [rest, password, ...cookies].filter((part) => part !== "");
}
/**
 * Hides credentials in text: services echo what they were sent, and error pages tell more than they should. The runner hides what is
 * masked in the log alone; reports are files.
 */
function hider(credentials) {
    const forms = credentials
        .flatMap(masks/* masksOf */.J)
        .flatMap((form) => [form, JSON.stringify(form).slice(1, -1), encodeURIComponent(form)]);
    const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
    return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, credentials_hidden), text).replace(tellingField, `$1${credentials_hidden}`);
}
/** An address for logs and reports. */
function shownAddress(url) {
    const shown = new URL(url);
    for (const name of url.searchParams.keys())
        if (telling.test(name))
            shown.searchParams.set(name, credentials_hidden);
    return shown.href;
}

// EXTERNAL MODULE: ./src/smoke-test/address.ts
var address = __webpack_require__(3116);
// EXTERNAL MODULE: ./src/smoke-test/resolve.ts
var smoke_test_resolve = __webpack_require__(5656);
;// CONCATENATED MODULE: ./src/smoke-test/plan.ts



const defaultConnections = 10;
/**
 * The checks with everything filled in.
 * @throws SlipwayError `configuration` with every problem of every check.
 */
function planChecks({ url, checks, file, release, resolved }) {
    const problems = [];
    const planned = checks.flatMap((check, index) => {
        const name = check.name ?? nameOf(check.path ?? "/") ?? `check ${index + 1}`;
        const report = (message, hint) => problems.push({ message: `Input checks, ${name}: ${message}`, hint, ...(file === undefined ? {} : { file }) });
        const target = toUrl(check.path ?? "", url, report);
        const headers = toHeaders(check.headers ?? {}, report);
        const version = check.version === undefined ? undefined : toVersionCheck(check.version, release, report);
        return target === undefined ? [] : [toCheck(check, { name, url: target, headers, version })];
    });
    if (problems.length === 0)
        problems.push(...neverAsked(resolved, planned));
    if (problems.length === 0)
        return planned;
    throw new src_error/* SlipwayError */.G("Cannot test because of the inputs: nothing was asked", { code: "configuration", problems });
}
function toCheck(check, filledIn) {
    return {
        ...filledIn,
        method: check.method ?? (check.body === undefined ? "GET" : "POST"),
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
/** Names are shown everywhere, so a name made of an address has nothing of it that may be a credential. */
function nameOf(path) {
    if (!isWhole(path))
        return path.replace(/[?#].*/s, "") || "/";
    const url = URL.canParse(path) ? new URL(path) : undefined;
    return url && url.host + url.pathname;
}
function isWhole(path) {
    return /^[a-z][-+.a-z0-9]*:\/\//i.test(path);
}
function toUrl(path, base, report) {
    if (!isWhole(path) && base === undefined) {
        report("it has no address", 'Give the input "url", or a whole address as the path of the check.');
        return undefined;
    }
    const parsed = (0,address.parseAddress)(isWhole(path) ? path : `${base ?? ""}/${path.replace(/^\/+/, "")}`);
    if ("url" in parsed)
        return parsed.url;
    const { is, got, hint } = parsed.mistake;
    report(`its address ${is}${got === undefined ? "" : `: got ${got}`}`, hint);
    return undefined;
}
/** What Node.js sends as a header's value. */
const sendable = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Values are never told: they may be credentials. */
function toHeaders(headers, report) {
    const entries = Object.entries(headers).map(([name, value]) => {
        if (typeof value !== "string")
            report(`the value of its header ${name} is not text`, "Put it in quotes.");
        else if (!sendable.test(value))
            report(`the value of its header ${name} cannot be sent`, "Look for a line break or a letter beyond Latin in it.");
        return [name, String(value)];
    });
    return Object.fromEntries(entries);
}
function toVersionCheck({ json, header, equals, connections }, release, report) {
    const expected = equals === undefined ? versionsOf(release) : [equals];
    if (expected.length === 0) {
        report("it is not known which version should answer", 'Give "equals", or the input "revision" of a release that has a commit or images.');
    }
    return {
        from: json === undefined ? { header: (header ?? "").toLowerCase() } : { json },
        equals: expected,
        connections: connections ?? defaultConnections,
    };
}
/** What may stand for a release: its commit, and the digests of its images. */
function versionsOf(release) {
    const { commit = "", images = {} } = release ?? {};
    const digests = Object.values(images).map((reference) => reference.slice(reference.indexOf("@") + 1));
    return [...(commit === "" ? [] : [commit]), ...digests];
}
/** A line of `resolve` with a slip in its host or port would have the checks ask the public address instead. */
function neverAsked(resolved, checks) {
    const asked = new Set(checks.map(({ url }) => (0,smoke_test_resolve.hostAndPort)(url)));
    return [...resolved.keys()]
        .filter((host) => !asked.has(host))
        .map((host) => ({
        message: `Input resolve: no check asks ${host}`,
        hint: `The checks ask ${[...asked].join(", ")}.`,
    }));
}

// EXTERNAL MODULE: external "node:dns"
var external_node_dns_ = __webpack_require__(610);
var external_node_dns_default = /*#__PURE__*/__webpack_require__.n(external_node_dns_);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
var external_node_http_default = /*#__PURE__*/__webpack_require__.n(external_node_http_);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
var external_node_https_default = /*#__PURE__*/__webpack_require__.n(external_node_https_);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
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

// EXTERNAL MODULE: ./src/smoke-test/forbidden-address.ts
var forbidden_address = __webpack_require__(4376);
;// CONCATENATED MODULE: ./src/smoke-test/probe.ts









/** More than any health check answers. What comes after it is not read. */
const bodyLimit = 1024 * 1024;
/**
 * Sends one request on a connection of its own and reads the answer. Redirects are answers like others; nothing is followed.
 * @throws SlipwayError `unreachable` that says why there is no answer, `refused` for a name that leads to an address never asked; the
 * signal's reason when it aborts.
 */
async function probe(request, options) {
    options.signal.throwIfAborted();
    const started = performance.now();
    const outgoing = probe_open(request, options);
    const ending = endEarly(outgoing, options);
    try {
        // Raced, so that no state of Node.js' client, however odd the server, outlasts the limit.
        const answer = await Promise.race([exchange(outgoing, request.body, ending), ending.happened]);
        return { ...answer, latencyMs: performance.now() - started };
    }
    catch (error) {
        throw explain(error);
    }
    finally {
        ending.stop();
        outgoing.destroy();
    }
}
async function exchange(outgoing, sent, ending) {
    const response = await new Promise((resolve, reject) => {
        outgoing.once("response", resolve).on("error", reject);
        outgoing.once("upgrade", (_response, socket) => {
            socket.destroy();
            reject(new src_error/* SlipwayError */.G("it switched to another protocol (status 101)", { code: "unreachable" }));
        });
        outgoing.end(sent);
    });
    ending.isAnswering();
    const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")]);
    return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), ...(await readBody(response)) };
}
function probe_open({ url, method, headers }, { resolved, env }) {
    const pinned = resolved.get((0,smoke_test_resolve.hostAndPort)(url));
    const { Agent, request } = url.protocol === "https:" ? (external_node_https_default()) : (external_node_http_default());
    return request(url, {
        method,
        // Compressed bodies can be bombs, and nobody needs them here.
        headers: { "user-agent": "slipway-smoke-test", "accept-encoding": "identity", ...headers },
        // A proxy would look the name up itself: who pins an address wants that one.
        agent: new Agent({ keepAlive: false, proxyEnv: pinned === undefined ? { ...env } : {} }),
        lookup: lookupWith(pinned),
    });
}
/** Ends the request when its time is up or the job is cancelled. */
function endEarly(outgoing, { signal, timeoutMs }) {
    const { promise: happened, reject } = Promise.withResolvers();
    let missing = "no connection could be made";
    const end = (why) => {
        reject(why);
        outgoing.destroy();
    };
    const onAbort = () => end(signal.reason);
    const timer = setTimeout(() => {
        end(new src_error/* SlipwayError */.G(`${missing} within ${(0,duration/* formatDuration */.a)(timeoutMs)}`, { code: "unreachable" }));
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
    const failure = error instanceof src_error/* SlipwayError */.G ? undefined : explainNetworkFailure(error);
    if (failure === undefined)
        return error;
    return new src_error/* SlipwayError */.G(failure.why, { code: "unreachable", hint: failure.hint, cause: error });
}
/** Looks a name up as the system does, or as `resolve` says; never to an address that must not be asked. */
function lookupWith(pinned) {
    return (hostname, options, callback) => {
        const answer = (error, addresses) => {
            const bad = addresses.map(({ address }) => (0,forbidden_address/* forbiddenAddress */.g)(address)).find((why) => why !== undefined);
            const refused = bad === undefined ? error : forbidden(hostname, bad);
            const [first] = addresses;
            if (options.all === true || first === undefined || refused !== null)
                callback(refused, addresses);
            else
                callback(null, first.address, first.family);
        };
        if (pinned !== undefined)
            answer(null, [{ address: pinned, family: (0,external_node_net_.isIP)(pinned) }]);
        else
            external_node_dns_default().lookup(hostname, { ...options, all: true }, (error, found) => answer(error, error === null ? found : []));
    };
}
function forbidden(hostname, why) {
    return new src_error/* SlipwayError */.G(`Cannot ask ${hostname} because it leads to ${why}, which is never asked`, {
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
        if (size > bodyLimit)
            break; // endless or not: nobody expects anything of what comes after
    }
    return { body: Buffer.concat(chunks).subarray(0, bodyLimit).toString(), isCut: size > bodyLimit };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/kubernetes/manifests/files.ts



/** A file that is larger holds no manifests: the API server takes at most 1.5 MiB an object. */
const maxBytes = 16 * 1024 * 1024;
const extensions = (/* unused pure expression or super */ null && ([".yaml", ".yml", ".json"]));
/**
 * The files that the lines of the input `manifests` name: files, folders (their own .yaml, .yml and .json files, as `kubectl -f`
 * takes them), globs. In the order of the lines, a folder's and a glob's by name, each file once.
 */
async function readManifestFiles(lines, workspace) {
    const problems = [];
    const paths = new Set();
    for (const line of lines) {
        const found = await expand(line, workspace);
        if (typeof found === "string")
            problems.push({ message: found });
        else
            for (const path of found)
                paths.add(path);
    }
    const files = [];
    for (const path of paths) {
        const file = shown(path, workspace);
        const text = await readTextFile(path, workspace);
        if (typeof text === "string")
            files.push({ file, text });
        else
            problems.push({ message: `Cannot read ${file}: ${text.reason}`, file, line: 1 });
    }
    return { files, problems };
}
function shown(path, workspace) {
    const short = relative(workspace, path);
    return (short.startsWith("..") || isAbsolute(short) ? path : short).split(sep).join("/");
}
/** Absolute paths, or what is wrong with the line. */
async function expand(line, workspace) {
    const path = resolve(workspace, line);
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory() === true)
        return expandFolder(line, path);
    if (info !== undefined)
        return [path];
    if (/[*?[\]{}]/.test(line))
        return expandGlob(line, workspace);
    return missing(line, path, workspace);
}
async function expandFolder(line, folder) {
    const names = (await readdir(folder)).sort();
    const rendered = names.find((name) => ["kustomization.yaml", "kustomization.yml", "Chart.yaml"].includes(name));
    if (rendered !== undefined) {
        const tool = rendered === "Chart.yaml" ? "helm template" : "kustomize build";
        return `manifests: the folder ${line} holds a ${rendered}, which Slipway does not render: run \`${tool}\` in a step before, and name the file it writes`;
    }
    const files = names.filter((name) => extensions.some((extension) => name.endsWith(extension)));
    if (files.length > 0)
        return files.map((name) => join(folder, name));
    return `manifests: the folder ${line} holds no .yaml, .yml or .json file: for those in folders below it write ${line.replace(/\/$/, "")}/**/*.yaml`;
}
async function expandGlob(line, workspace) {
    const matches = [];
    for await (const match of glob(line, { cwd: workspace, exclude: ["**/node_modules/**", "**/.git/**"] })) {
        const path = resolve(workspace, match);
        if ((await stat(path)).isFile())
            matches.push(path);
    }
    return matches.length > 0 ? matches.sort() : `manifests: no file matches ${line} in ${workspace}`;
}
async function missing(line, path, workspace) {
    const parent = resolve(path, "..");
    const names = await readdir(parent).catch(() => []);
    const similar = nearest(path.slice(parent.length + 1), names);
    const hint = similar === undefined ? "" : `; did you mean ${shown(join(parent, similar), workspace)}?`;
    return `manifests: there is no ${line} in ${workspace}${hint}`;
}
/** A file's text, or why it is not read. Both paths are absolute. */
async function readTextFile(path, workspace) {
    const link = await (0,promises_.lstat)(path).catch(() => undefined);
    if (link === undefined)
        return { reason: "there is no such file" };
    // A link that leaves the workspace could make a pull request's files read the runner's own.
    if (link.isSymbolicLink() &&
        !(0,external_node_path_.isAbsolute)((0,external_node_path_.relative)(workspace, path)) &&
        escapes(await (0,promises_.realpath)(path), await (0,promises_.realpath)(workspace))) {
        return { reason: "it is a link that leaves the workspace" };
    }
    const info = await (0,promises_.stat)(path);
    if (!info.isFile())
        return { reason: "it is not a regular file" };
    if (info.size > maxBytes)
        return { reason: `it has ${info.size} bytes, and at most ${maxBytes} are read` };
    return decode(await (0,promises_.readFile)(path));
}
function escapes(path, folder) {
    const way = (0,external_node_path_.relative)(folder, path);
    return way.startsWith("..") || (0,external_node_path_.isAbsolute)(way);
}
function decode(bytes) {
    if (bytes.includes(0))
        return { reason: "it is not text in UTF-8: it holds a zero byte" };
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    }
    catch (cause) {
        if (cause instanceof TypeError)
            return { reason: "it is not text in UTF-8" };
        throw cause;
    }
}

// EXTERNAL MODULE: ./src/runner/document-input.ts + 1 modules
var document_input = __webpack_require__(3727);
// EXTERNAL MODULE: ./src/smoke-test/check-schema.ts
var check_schema = __webpack_require__(3630);
;// CONCATENATED MODULE: ./src/smoke-test/read-checks.ts





/**
 * The checks themselves, or those of the file that the input names: relative to the workspace, or absolute.
 * @throws SlipwayError `configuration` with every mistake in that file, at its line.
 */
async function readChecks(workspace, given) {
    if (!("file" in given))
        return { checks: given };
    const { file } = given;
    const text = await readTextFile((0,external_node_path_.resolve)(workspace, file), workspace);
    if (typeof text !== "string") {
        throw new src_error/* SlipwayError */.G(`Cannot read the checks in ${file} because ${text.reason}`, {
            code: "configuration",
            hint: 'The input "checks" is a YAML list, or the path of one in the workspace, which an earlier step checks out.',
        });
    }
    const parsed = (0,document_input.parseDocumentInput)({ text, format: "YAML", schema: check_schema.checksSchema, asWritten: false, mayShow: true });
    if ("value" in parsed)
        return { checks: parsed.value, file };
    const problems = parsed.mistakes.map(({ is, hint, got, line = 1 }) => {
        return { message: `${is}${got === undefined ? "" : `: got ${got}`}`, hint, file, line };
    });
    throw new src_error/* SlipwayError */.G(`Cannot read the checks in ${file}`, { code: "configuration", problems });
}

;// CONCATENATED MODULE: ./src/kubernetes/api-error.ts

/** An answer of the API server that is not 2xx. The message is Kubernetes' own; callers add what they were about to do. */
class api_error_ApiError extends src_error/* SlipwayError */.G {
    /** The HTTP status, also where the Status was part of a watch's stream. */
    status;
    /** Kubernetes' reason, such as `NotFound` or `AlreadyExists`; "" where the answer has none. */
    reason;
    body;
    /** What the server asked for by Retry-After. */
    retryAfterMs;
    constructor(status, body, options = {}) {
        const message = body?.message || describe(status, options.text ?? "");
        const hint = hintFor(status, message);
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
function hintFor(status, message) {
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
function parseBody(answer, request) {
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
    return new api_error_ApiError(status, parseStatus(text), {
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

// EXTERNAL MODULE: ./src/runner/untrusted.ts
var untrusted = __webpack_require__(1012);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./node_modules/jsonpath-rfc9535/dist/esm/index.js + 40 modules
var esm = __webpack_require__(4525);
;// CONCATENATED MODULE: ./src/smoke-test/evaluate.ts


const longestWanted = 100;
/** What an answer has against what was expected of it; nothing where all is as it should be. */
function evaluate(answer, expect) {
    const { body, latencyMs } = expect;
    return [
        ...checkStatus(answer, expect),
        ...checkHeaders(answer, expect),
        ...(body === undefined || answer.body.includes(body)
            ? []
            : [{ is: `the body does not contain ${brief(body)}`, got: quoteBody(answer) }]),
        ...checkJson(answer, expect),
        ...(latencyMs === undefined || answer.latencyMs <= latencyMs
            ? []
            : [{ is: `the answer took longer than ${latencyMs} ms`, got: `${Math.round(answer.latencyMs)} ms` }]),
    ];
}
function checkStatus(answer, { status: expected }) {
    const { status, headers } = answer;
    const matches = (one) => typeof one === "number" ? one === status : one.startsWith(String(status)[0] ?? "?");
    if (expected.some(matches))
        return [];
    const is = `the status is not ${expected.join(" or ")}`;
    if (status >= 300 && status < 400 && headers.location !== undefined)
        return [{ is, got: `${status} to ${quote(headers.location)}, and redirects are not followed` }];
    // An error in plain words is the best explanation there is; one in HTML is none.
    const isPlain = /^(?:text\/plain|application\/(?:.*\+)?json)\b/.test(headers["content-type"] ?? "");
    return [{ is, got: isPlain && answer.body !== "" ? `${status} ${quoteBody(answer)}` : String(status) }];
}
function checkHeaders({ headers }, { headers: expected }) {
    return Object.entries(expected).flatMap(([name, value]) => {
        const found = headers[name];
        if (found === value)
            return [];
        return [{ is: `the header ${name} is not ${brief(value)}`, got: found === undefined ? "none" : quote(found) }];
    });
}
function checkJson(answer, { json }) {
    const expected = Object.entries(json);
    if (expected.length === 0)
        return [];
    const document = parseJson(answer.body);
    if (document === undefined)
        return [{ is: "the body is not JSON", got: quoteBody(answer) }];
    return expected.flatMap(([path, wanted]) => {
        const found = matchesOf(document.value, path);
        if (found === undefined)
            return [{ is: `${path} cannot be looked for, the body is nested too deeply` }];
        const wrong = found.find((value) => !(0,external_node_util_.isDeepStrictEqual)(value, wanted));
        if (found.length > 0 && wrong === undefined)
            return [];
        return [{ is: `${path} is not ${brief(wanted)}`, got: wrong === undefined ? "nothing there" : quote(wrong) }];
    });
}
/** The version that an answer tells, undefined where it tells none. */
function versionIn(answer, { from }) {
    if ("header" in from)
        return answer.headers[from.header];
    const document = parseJson(answer.body);
    const [found] = document === undefined ? [] : (matchesOf(document.value, from.json) ?? []);
    return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}
/** Whether a version that an answer told is one of those expected. A commit's first characters, at least seven, stand for it. */
function isVersion(told, { equals }) {
    if (told === undefined)
        return false;
    const isShortCommit = /^[0-9a-f]{7,}$/.test(told);
    return equals.some((each) => each === told || (isShortCommit && /^[0-9a-f]{40}$/.test(each) && each.startsWith(told)));
}
function parseJson(text) {
    try {
        return { value: JSON.parse(text) };
    }
    catch {
        // What is no JSON is told with the first words of what it is.
        return undefined;
    }
}
/** All values at a JSONPath; undefined where the document is so deep that looking for them exhausts the stack. */
function matchesOf(document, path) {
    try {
        return (0,esm/* query */.P)(document, path);
    }
    catch (error) {
        if (error instanceof RangeError)
            return undefined;
        throw error;
    }
}
function quoteBody({ body, isCut }) {
    if (body === "")
        return "an empty one";
    // JSON needs no quotes to stay one piece.
    const text = /^\s*[[{]/.test(body) ? body.replace(/\s+/g, " ") : quote(body);
    return isCut ? `more than ${body.length} characters, beginning with ${text}` : text;
}
/** What was asked for: whoever asked knows the rest. */
function brief(wanted) {
    const text = quote(wanted);
    return text.length > longestWanted ? `${text.slice(0, longestWanted)}…` : text;
}
/** As JSON, on one line. Whoever tells it hides credentials in it and shortens it. */
function quote(value) {
    try {
        return JSON.stringify(value);
    }
    catch {
        // Only a value that is nested too deeply cannot be written.
        return "a value that is nested too deeply to show";
    }
}

;// CONCATENATED MODULE: ./src/smoke-test/run-check.ts






/** Waits between tries grow from the first to the last of these, in ms. */
const firstWaitMs = 200;
const longestWaitMs = 3_000;
/** Between passes in a row: long enough to see a service that comes and goes. */
const betweenPassesMs = 250;
/** Connections of one version check at a time. */
const parallelConnections = 5;
/** What came is told on a line, in characters. */
const longestGot = 160;
/**
 * Asks until the check has passed as often in a row as it must, or the time is up. A wrong answer is asked again just like none: load
 * balancers, caches and warming services lag behind a rollout that Kubernetes calls complete, and nobody can tell theirs from a bug.
 */
async function runCheck(check, options) {
    const { clock, signal, deadline } = options;
    const started = clock.now();
    let wrong;
    let inARow = 0;
    for (let attempts = 1;; attempts++) {
        signal.throwIfAborted();
        const attempt = await tryOnce(check, options);
        const passes = attempt.mismatches.length === 0;
        const leftMs = deadline - clock.now();
        inARow = passes ? inARow + 1 : 0;
        // An answer that the deadline cut off says less than the one before it.
        if (!passes && (attempt.answer !== undefined || leftMs > 0))
            wrong = attempt;
        const passed = inARow >= check.consecutive;
        if (passed || leftMs <= 0 || (!passes && !check.retry)) {
            const ended = { passed, attempts, inARow, durationMs: clock.now() - started };
            return result(check, passed ? attempt : (wrong ?? attempt), ended);
        }
        if (!passes)
            options.onWrong(check, attempt.mismatches);
        // The last try is made when the time is up, whatever wait was due.
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
/** One try: one request, or one on each connection of a version check. */
async function tryOnce(check, { ask }) {
    const { version } = check;
    const of = version?.connections ?? 1;
    const replies = await inParallel(Array.from({ length: of }), parallelConnections, () => reply(check, ask));
    const wrong = replies.filter(({ mismatches }) => mismatches.length > 0);
    const { mismatches = [], hint, answer } = wrong[0] ?? replies[0] ?? {};
    const suffix = of > 1 ? `, on ${wrong.length} of ${of} connections` : "";
    const told = mismatches.map((mismatch) => ({ ...mismatch, is: mismatch.is + suffix }));
    const tell = teller(check);
    const isAnswered = replies.some((each) => each.answer !== undefined);
    if (version === undefined || !isAnswered)
        return { mismatches: told.map(tell), hint, answer };
    const { share, mismatches: wrongVersions } = compareVersions(replies, version);
    return { mismatches: [...wrongVersions, ...told].map(tell), hint, answer, share };
}
async function reply(check, ask) {
    try {
        const answer = await ask(check);
        return { answer, mismatches: evaluate(answer, check.expect) };
    }
    catch (error) {
        if (!(error instanceof src_error/* SlipwayError */.G) || error.code !== "unreachable")
            throw error;
        return { mismatches: [{ is: `there was no answer because ${error.message}` }], hint: error.hint };
    }
}
/** While old and new answer side by side, one good answer proves nothing. */
function compareVersions(replies, version) {
    const told = replies.map(({ answer }) => answer && versionIn(answer, version));
    const others = told.filter((each) => !isVersion(each, version));
    const share = { right: told.length - others.length, of: told.length };
    if (others.length === 0)
        return { mismatches: [], share };
    const different = [...new Set(others.map((each) => each ?? "none"))].slice(0, 3).join(", ");
    const is = `not every connection reached version ${version.equals[0] ?? ""}`;
    return { mismatches: [{ is, got: `${share.right} of ${share.of}, the others ${different}` }], share };
}
/** Makes a mismatch fit to be told: without the check's credentials, which services echo, harmless where it is printed, and short. */
function teller(check) {
    const hide = hider(credentialsIn(check.headers, check.url));
    const shorten = (text) => (text.length > longestGot ? `${text.slice(0, longestGot)}…` : text);
    const tell = (text) => (0,untrusted/* neutralise */.$)(hide(text));
    return ({ is, got }) => ({ is: tell(is), ...(got === undefined ? {} : { got: shorten(tell(got)) }) });
}
/** Grows with each try, with jitter; longer where the service asked for it. */
function nextWait(attempts, answer) {
    const grown = Math.min(firstWaitMs * 2 ** (attempts - 1), longestWaitMs);
    const jittered = grown * (0.75 + Math.random() / 2);
    return Math.max(jittered, parseRetryAfter(answer?.headers["retry-after"], answer?.headers.date) ?? 0);
}

// EXTERNAL MODULE: ./src/runner/nearest.ts
var runner_nearest = __webpack_require__(4140);
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
        hint: cluster_hintFor(name, names),
    });
}
function listOf(names) {
    if (names.length === 0)
        return "none at all";
    const rest = names.length - 10;
    return `${names.slice(0, 10).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
function cluster_hintFor(name, names) {
    const meant = (0,runner_nearest/* nearest */.p)(name, names);
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
            const waitMs = retry_nextWait(error, attempt, options);
            if (waitMs === undefined)
                throw error;
            await options.sleep(waitMs, options.signal);
        }
    }
}
function retry_nextWait(error, attempt, options) {
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
const exchange_bodyLimit = 32 * 1024 * 1024;
/** A pool of connections for one of the two protocols, through the proxies that `env` names. */
function openPool(protocol, env) {
    const Agent = protocol === "https:" ? (external_node_https_default()).Agent : (external_node_http_default()).Agent;
    return new Agent({ keepAlive: true, timeout: idleSocketMs, proxyEnv: env });
}
/** Sends one request once. The answer may take 30 s in all. */
async function exchange_exchange(call, how) {
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
        if (size > exchange_bodyLimit)
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
        this.#clock = options.clock ?? clock_systemClock;
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
            const answer = await exchange_exchange(call, { agent: this.#pool, signal: this.#signal, clock: this.#clock });
            if (answer.status < 200 || answer.status > 299)
                throw new DigitalOceanError(purpose, answer);
            return answer.text === "" ? undefined : client_parseJson(purpose, answer.text);
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
function client_parseJson({ doing }, text) {
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
    const config = access_entry_resolve(document);
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
function access_entry_resolve(document) {
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
        const meant = (0,runner_nearest/* nearest */.p)(name, known) ?? known.join(", ");
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
    if (error instanceof api_error_ApiError) {
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
        this.#clock = options.clock ?? clock_systemClock;
    }
    async request(request) {
        const read = async (response) => parseBody(await readAnswer(response), request);
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
            if (!(error instanceof api_error_ApiError) || error.status !== 401 || renew === undefined)
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
async function discovery_discover(api) {
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
    const got = typeof root === "string" ? root : inspect(root, { depth: 1, breakLength: Infinity });
    return new SlipwayError(`Cannot ask the server what kinds it has because it does not answer as Kubernetes does: got ${got.slice(0, 100) || "an empty answer"}`, { code: "refused", hint: "Check the server's address. A proxy on the way may have answered in its place." });
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
    const name = nearest(kind, new Set(near.map((candidate) => candidate.kind)));
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
        throw new SlipwayError(why, { code, ...(hint === undefined ? {} : { hint }) });
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

;// CONCATENATED MODULE: ./src/release/history.ts
/** How many releases are kept, besides the last verified one. */
const kept = 10;
/** The newest release, whatever became of it. `history` is oldest first, as everywhere. */
function newest(history) {
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

;// CONCATENATED MODULE: ./src/release/labels.ts
/** On every object of a release: whose it is. Prune goes by it, so nothing of anybody else's is ever deleted. */
const appLabel = "slipway.dev/app";
/** On the Secrets that hold release records, and nothing else: the app's name. */
const recordLabel = "slipway.dev/record";
/** The type of those Secrets. */
const recordType = "slipway.dev/release";
/** The field manager under which Slipway applies. */
const labels_fieldManager = "slipway";
/** Kinds that several apps may share. They carry no app's label and are never pruned: with them would go what others put there. */
const sharedKinds = new Set(["Namespace", "CustomResourceDefinition"]);

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
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
    return createHash("sha256").update(canonical(owned)).digest("hex").slice(0, 32);
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
    const query = { fieldManager: labels_fieldManager };
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
        if (!(error instanceof api_error_ApiError) || error.status !== status || !(await isDone()))
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

;// CONCATENATED MODULE: ./src/smoke-test/verify.ts




/**
 * Reads the record of the release that the input `revision` names; undefined where none is named.
 * @throws SlipwayError where app, namespace or revision are missing, there is no such release, or it did not succeed.
 */
async function openRelease(runner, inputs) {
    const release = namedRelease(inputs);
    if (release === undefined)
        return undefined;
    const { app, revision } = release;
    const api = await openApi(runner, inputs, inputs.timeout);
    try {
        const store = releaseStore(api, release);
        const history = await store.history();
        const summary = history.find((each) => each.revision === revision);
        if (summary === undefined)
            throw noRelease(release, history);
        if (summary.outcome !== "succeeded")
            throw notDeployed(app, summary);
        return { summary, store, close: () => api.close() };
    }
    catch (error) {
        api.close();
        throw error;
    }
}
function namedRelease({ app, namespace, revision, cluster, kubeconfig }) {
    if (revision === undefined && cluster === undefined && kubeconfig === undefined)
        return undefined;
    if (app !== undefined && namespace !== undefined && revision !== undefined)
        return { app, namespace, revision };
    const given = { app, namespace, revision };
    const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
    throw new src_error/* SlipwayError */.G(`Cannot tell which release to mark verified: got no ${missing.join(", no ")}`, {
        code: "configuration",
        hint: 'Give "app", "namespace" and "revision" as the outputs of deploy-doks have them, or none of them and no cluster.',
    });
}
/** Marks the release verified, unless somebody has deployed since: then it was not this release alone that answered. */
async function markVerified({ summary, store }) {
    const release = `r${summary.revision}`;
    try {
        const history = await store.history();
        const latest = newest(history);
        const current = history.find(({ revision }) => revision === summary.revision);
        if (current === undefined)
            return notMarked(release, "its record is gone");
        if (latest !== undefined && latest !== current) {
            const actor = latest.actor === "" ? "" : ` by ${latest.actor}`;
            return notMarked(release, `r${latest.revision}${actor} was deployed meanwhile`);
        }
        await store.annotate({ ...current, verified: new Date().toISOString() });
        return { verified: true, text: `${release} is verified` };
    }
    catch (error) {
        if (!(error instanceof src_error/* SlipwayError */.G))
            throw error;
        return { verified: false, text: `${release} could not be marked verified`, error };
    }
}
function notMarked(release, why) {
    return { verified: false, text: `${release} is not marked verified, because ${why}` };
}
function noRelease({ app, namespace, revision }, history) {
    const known = history.map((each) => `r${each.revision}`).join(", ") || "no release at all";
    return new src_error/* SlipwayError */.G(`Cannot test ${app} because there is no release r${revision} in the namespace ${namespace}: got ${known}`, { code: "configuration", hint: 'Pass the output "revision" of deploy-doks.' });
}
function notDeployed(app, { revision, outcome }) {
    return new src_error/* SlipwayError */.G(`Cannot test ${app} r${revision} because its deploy did not succeed: got ${outcome}`, {
        code: "refused",
        hint: "Test a release that was deployed.",
    });
}

;// CONCATENATED MODULE: ./src/report/junit.ts


/** The checks as a JUnit test suite, as CI systems read it. Times are in seconds; the checks ran side by side. */
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
    if (passed)
        return `${start}/>`;
    const message = escapeXml(mismatches.map(describeMismatch).join("; "));
    return `${start}>\n    <failure message="${message}">${escapeXml(target)}</failure>\n  </testcase>`;
}
function seconds(ms) {
    return (ms / 1000).toFixed(3);
}
const entities = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};
/** Text for XML and HTML, inside of elements and of quoted attributes. What XML 1.0 has no place for is left out, and who
 * prints a report in a step starts no command of the runner. */
function escapeXml(text) {
    return (0,untrusted/* neutralise */.$)(text)
        .toWellFormed()
        .replace(/[\ufffe\uffff]/g, "")
        .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

;// CONCATENATED MODULE: ./src/report/smoke-report.ts
/** What was tested, to follow "Smoke test": the release, else the host, else nothing. */
function smokeSubject({ app, revision, url }) {
    if (app !== undefined)
        return revision === undefined ? ` of ${app}` : ` of ${app} r${revision}`;
    return url === undefined ? "" : ` of ${new URL(url).host}`;
}
/** A smoke test as JSON, for programs. Times are in milliseconds. */
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
            latencyMs: latencyMs === undefined ? undefined : Math.round(latencyMs),
        })),
    };
    return `${JSON.stringify(document, undefined, 2)}\n`;
}

;// CONCATENATED MODULE: ./src/report/smoke-page.ts



/** The colours are GitHub's, in light and dark. */
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
/** A smoke test as a page of its own, with nothing that has to be loaded. */
function smokePage(report) {
    const { outcome, results, verdict, durationMs } = report;
    const failed = results.filter(({ passed }) => !passed);
    const passed = results.filter((each) => each.passed);
    const title = `Smoke test${escapeXml(smokeSubject(report))}`;
    const verdicts = verdict === undefined ? [] : [escapeXml(verdict.text)];
    const facts = [`${passed.length} of ${results.length} checks passed`, (0,duration/* formatDuration */.a)(durationMs), ...verdicts];
    return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: ${outcome}</title>
<style>${style}</style>
<h1>${title} <span class="${outcome === "succeeded" ? "good" : "bad"}">${outcome}</span></h1>
<p>${facts.join(" · ")}</p>
${[...failed, ...passed].map(section).join("\n")}
</html>
`;
}
function section({ name, target, passed, mismatches, attempts, latencyMs, share }) {
    const facts = [
        ...(share === undefined || !passed ? [] : [`expected version on ${share.right} of ${share.of} connections`]),
        attempts === 1 ? "1 try" : `${attempts} tries`,
        ...(latencyMs === undefined ? [] : [(0,duration/* formatDuration */.a)(latencyMs)]),
    ];
    return `<section class="${passed ? "good" : "bad"}">
<header><h2>${escapeXml(name)}</h2><p>${facts.join(" · ")}</p></header>
<p><code>${escapeXml(target)}</code></p>${passed ? "" : `\n<ul>${mismatches.map(item).join("")}</ul>`}
</section>`;
}
function item({ is, got }) {
    return `<li>${escapeXml(is)}${got === undefined ? "" : `<br><code>got ${escapeXml(got)}</code>`}`;
}

;// CONCATENATED MODULE: ./src/report/markdown.ts

/** An empty comment: it shows nothing, and what stands around it is no longer one word. */
const seam = "<!-- -->";
/**
 * Text for a place inside a line of Markdown, made to show as it is: it cannot become HTML, a link, an image, a mention, a reference, a
 * table border, emphasis or the start of a block. Line breaks become spaces.
 */
function escapeMarkdown(text) {
    return oneLine(text)
        .replace(/[&<>]/g, (character) => markdown_entities[character] ?? character)
        .replace(/[\\`*_{}[\]()!|~$^]/g, "\\$&")
        .replace(/@|#|:(?=\/\/)|www(?=\.)/gi, `$&${seam}`) // GitHub finds these after Markdown is read, so a backslash is not enough
        .replace(/^(?:[-+=#]|\d+(?=\.))/, (start) => start.length === 1 && /\D/.test(start) ? `\\${start}` : `${start}${seam}`);
}
const markdown_entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
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
    return `${fence}${language}\n${visible(text).trimEnd()}\n${fence}`;
}
/** A table. Headers and cells are Markdown; whatever they hold, each stays one cell. */
function markdown_table(headers, rows) {
    const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
    return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
}
/** A part that opens when a person clicks on `summary` (plain text). `body` is Markdown. */
function details(summary, body) {
    const title = oneLine(summary).replace(/[&<>]/g, (character) => markdown_entities[character] ?? character);
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

;// CONCATENATED MODULE: ./src/report/smoke-summary.ts




/** A smoke test for the job summary: what failed and why comes first. */
function smokeSummary(report) {
    const { outcome, results, verdict, durationMs } = report;
    const failed = results.filter(({ passed }) => !passed);
    const passed = results.filter((each) => each.passed);
    const facts = [
        `${passed.length} of ${results.length} checks passed`,
        ...(verdict === undefined ? [] : [verdict.text]),
    ];
    const sections = [
        outcomeHeading({ outcome, title: `Smoke test${smokeSubject(report)}`, durationMs }),
        escapeMarkdown(facts.join(" · ")),
        markdown_table(["Check", "Result", "Tries", "Latency"], [...failed, ...passed].map(smoke_summary_row)),
    ];
    return `${sections.join("\n\n")}\n`;
}
function smoke_summary_row({ name, target, passed, mismatches, attempts, latencyMs, share }) {
    const wrong = mismatches.map(({ is, got }) => escapeMarkdown(is) + (got === undefined ? "" : `: got ${code(got)}`));
    const version = share === undefined ? "passed" : `passed, the expected version on ${share.right} of ${share.of} connections`;
    return [
        `${passed ? "✅" : "❌"} ${escapeMarkdown(name)}<br>${code(target)}`,
        passed ? version : wrong.join("<br>"),
        String(attempts),
        latencyMs === undefined ? "" : (0,duration/* formatDuration */.a)(latencyMs),
    ];
}

;// CONCATENATED MODULE: ./src/smoke-test/write-reports.ts







/** Writes HTML, JUnit and JSON below RUNNER_TEMP and the job summary. Gives the paths by the names of the outputs. */
async function writeSmokeReports(runner, report) {
    const stem = (0,external_node_path_.join)(runner.temp, `slipway-smoke-test-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`);
    const paths = { report: `${stem}.html`, junit: `${stem}.xml`, summary: `${stem}.json` };
    const options = { flag: "wx", mode: 0o600 };
    await (0,promises_.writeFile)(paths.report, smokePage(report), options);
    await (0,promises_.writeFile)(paths.junit, junitReport(`Smoke test${smokeSubject(report)}`, report.results), options);
    await (0,promises_.writeFile)(paths.summary, smokeJson(report), options);
    runner.addSummary(smokeSummary(report));
    return paths;
}

;// CONCATENATED MODULE: ./src/smoke-test/run.ts











/** One request takes no longer than this, in ms, unless its check allows a longer latency. */
const longestRequestMs = 10_000;
/** How far beyond the deadline a request may go that began before it, in ms. */
const graceMs = 1_000;
/** How often what a check waits for is told again, in ms. */
const tellAgainMs = 5_000;
/** Asks every check until it passes or the time is up, and marks the release verified when all did. */
async function run(runner, inputs) {
    const started = clock_systemClock.now();
    const given = await readChecks(runner.workspace, inputs.checks);
    const { signal } = runner;
    const reach = { clock: clock_systemClock, signal, ms: inputs.timeout, doing: "read the release's record" };
    const release = await within_within(reach, () => openRelease(runner, inputs));
    try {
        const resolved = inputs.resolve ?? new Map();
        const checks = planChecks({ ...given, url: inputs.url, release: release?.summary, resolved });
        for (const { headers, url } of checks)
            credentialsIn(headers, url).forEach((secret) => runner.mask(secret));
        const results = await runChecks(runner, checks, { resolved, deadline: started + inputs.timeout });
        for (const each of results)
            announce(runner.log, each);
        const isGood = results.every(({ passed }) => passed);
        const verdict = isGood && release !== undefined ? await markVerified(release) : undefined;
        if (verdict !== undefined)
            announceVerdict(runner.log, inputs, verdict);
        const outcome = isGood ? (verdict?.error?.outcome ?? "succeeded") : "failed";
        await report(runner, inputs, { outcome, results, verdict, durationMs: clock_systemClock.now() - started });
        if (verdict?.error !== undefined)
            throw verdict.error;
        return outcome;
    }
    finally {
        release?.close();
    }
}
/** All checks at once. What ends one of them early, other than its result, ends the others too. */
async function runChecks(runner, checks, { resolved, deadline }) {
    const stopped = new AbortController();
    const signal = AbortSignal.any([runner.signal, stopped.signal]);
    const ask = (check) => {
        const leftMs = deadline + graceMs - clock_systemClock.now();
        const mayTakeMs = Math.max(longestRequestMs, check.expect.latencyMs ?? 0);
        const timeoutMs = Math.max(1, Math.min(leftMs, mayTakeMs));
        return probe(check, { signal, env: runner.env, resolved, timeoutMs });
    };
    const onWrong = tellWaiting(runner.log);
    try {
        return await Promise.all(checks.map((check) => runCheck(check, { clock: clock_systemClock, signal, deadline, ask, onWrong })));
    }
    finally {
        stopped.abort();
    }
}
/** Tells what each check waits for: when that changes, but not all the time. */
function tellWaiting(log) {
    const told = new Map();
    return (check, mismatches) => {
        const text = mismatches.map(describeMismatch).join("; ");
        const before = told.get(check);
        const now = clock_systemClock.now();
        if (before !== undefined && (before.text === text || now - before.at < tellAgainMs))
            return;
        told.set(check, { text, at: now });
        log.info(`waiting for ${check.name}: ${text}`);
    };
}
function announce(log, { name, target, passed, mismatches, hint, ...numbers }) {
    const { attempts, durationMs, share } = numbers;
    const tries = attempts === 1 ? [] : [`${attempts} tries`];
    const shares = share === undefined || !passed ? [] : [`the expected version on ${share.right} of ${share.of} connections`];
    const facts = [(0,duration/* formatDuration */.a)(durationMs), ...tries, ...shares].join(", ");
    if (passed)
        log.info(`passed  ${name} (${facts})`);
    else {
        const lines = [`${name}: ${mismatches.map(describeMismatch).join("; ")}`, `${target} (${facts})`];
        log.error([...lines, ...(hint === undefined ? [] : [hint])].join("\n"), { title: "Smoke test failed" });
    }
}
function announceVerdict(log, { app }, { verified, text }) {
    const sentence = `${app ?? ""} ${text}`;
    if (verified)
        log.notice(sentence);
    else
        log.warning(sentence);
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


/***/ })

};
