import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 9789:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ chooseWay),
/* harmony export */   g: () => (/* binding */ clusterInputs)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1557);
/* harmony import */ var _runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9205);


/** The inputs by which deploy-doks, smoke-test and rollback reach a cluster. */
const clusterInputs = {
    cluster: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)()),
    "digitalocean-token": (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)()),
    kubeconfig: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .hidden */ .R)()),
};
/** @throws SlipwayError `configuration` unless exactly one way is given. */
function chooseWay({ cluster, "digitalocean-token": token, kubeconfig }) {
    if (cluster !== undefined && kubeconfig !== undefined)
        throw wrongWay("both cluster and kubeconfig were given");
    if (kubeconfig !== undefined)
        return { by: "kubeconfig", kubeconfig };
    if (cluster === undefined)
        throw wrongWay("neither cluster nor kubeconfig was given");
    if (token === undefined)
        throw wrongWay("cluster was given without digitalocean-token");
    return { by: "digitalocean", cluster, token };
}
function wrongWay(got) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SlipwayError */ .G(`Cannot tell which cluster is meant: ${got}`, {
        code: "configuration",
        hint: 'Give "cluster" with "digitalocean-token" for DigitalOcean Kubernetes, or "kubeconfig" (its content) for any other.',
    });
}


/***/ }),

/***/ 5480:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ inputs)
/* harmony export */ });
/* harmony import */ var _cluster_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9789);
/* harmony import */ var _runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9205);


/** Inputs of deploy-doks; names, texts and defaults are in actions/deploy-doks/action.yml. */
const inputs = {
    app: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .dnsLabel */ .UG)()),
    namespace: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .dnsLabel */ .UG)()),
    ..._cluster_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .clusterInputs */ .g,
    manifests: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)()),
    images: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .json */ .Pq)(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(934), __nccwpck_require__.e(384)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2384))).imagesSchema)),
    variables: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .yaml */ .oQ)(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(934), __nccwpck_require__.e(384)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2384))).variablesSchema, { scalars: "as-written" })),
    secrets: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .yaml */ .oQ)(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(934), __nccwpck_require__.e(384)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2384))).secretsSchema, {
        scalars: "as-written",
        secretsOf: (secrets) => secrets.flatMap((secret) => [
            ...Object.values(secret.data ?? {}),
            ...(secret["from-env-file"] ?? "").split(/\r?\n/).map((line) => line.slice(line.indexOf("=") + 1)),
        ]),
    })),
    "on-failure": (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)("rollback", "leave")),
    prune: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)()),
    "force-conflicts": (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)()),
    wait: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)()),
    timeout: (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0)()),
    "dry-run": (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .required */ .mw)((0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)()),
};


/***/ }),

/***/ 5032:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _runner_action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9425);
/* harmony import */ var _runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9205);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5480);



await (0,_runner_action_js__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)({
    async main(runner) {
        const given = await (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readInputs */ .Ko)(runner, _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputs */ .Q);
        const { run } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(263)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5263));
        return run(runner, given);
    },
});

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 1557:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ SlipwayError)
/* harmony export */ });
/**
 * Every failure that Slipway foresees. The message reads "Cannot X because Y: got Z"; the hint says who mends it and how.
 * Anything else that is thrown is a bug in Slipway, and is reported as one.
 */
class SlipwayError extends Error {
    name = "SlipwayError";
    code;
    hint;
    /** All problems, where several were found at once; each becomes an annotation of its own. */
    problems;
    outcome;
    constructor(message, options) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause });
        this.code = options.code;
        this.hint = options.hint;
        this.problems = options.problems ?? [];
        this.outcome = options.outcome ?? outcomeOf(options.code);
    }
}
function outcomeOf(code) {
    switch (code) {
        case "cancelled":
            return "cancelled";
        case "timeout":
            return "timed-out";
        case "unreachable":
            return "unknown";
        default:
            return "failed";
    }
}


/***/ }),

/***/ 9425:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./src/error.ts
var src_error = __nccwpck_require__(1557);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
;// CONCATENATED MODULE: ./src/runner/error-report.ts


/** More causes than this tell nobody more. */
const mostCauses = 5;
/** Tells the user about `error`, whatever it is: where it stands, what to do, what caused it. Returns the outcome it stands for. */
function reportError(error, log) {
    if (!(error instanceof src_error/* SlipwayError */.G)) {
        if (isFileError(error))
            log.error(explainFileError(error));
        else
            reportBug(error, log);
        return "failed";
    }
    if (error.code === "cancelled") {
        log.warning(explain(error));
    }
    else if (error.problems.length === 0) {
        log.error(explain(error));
    }
    else {
        log.info(explain(error));
        for (const problem of error.problems)
            log.error(withHint(problem), problem);
    }
    return error.outcome;
}
function isFileError(error) {
    if (typeof error !== "object" || error === null || !("path" in error) || !("code" in error))
        return false;
    return ["ENOENT", "EACCES", "EPERM", "EROFS", "ENOSPC", "ENOTDIR", "EISDIR", "EMFILE"].includes(String(error.code));
}
function explainFileError({ message }) {
    return `Cannot use a file of this runner: got ${message}\nCheck RUNNER_TEMP, the runner's own files and the space on the disk.`;
}
/** What went wrong, what to do about it and why it came about, one under the other. */
function explain(error) {
    return [withHint(error), ...causesOf(error).map((cause) => `Caused by: ${cause}`)].join("\n");
}
function withHint({ message, hint }) {
    return hint === undefined ? message : `${message}\n${hint}`;
}
function causesOf(error) {
    const causes = [];
    let cause = error.cause;
    while (cause !== undefined && causes.length < mostCauses) {
        const text = messageOf(cause);
        if (!error.message.includes(text) && !causes.includes(text))
            causes.push(text);
        cause = cause instanceof Error ? cause.cause : undefined;
    }
    return causes;
}
function messageOf(cause) {
    if (cause instanceof AggregateError && cause.message === "")
        return cause.errors.map(messageOf).join("; ");
    return cause instanceof Error ? cause.message || cause.name : (0,external_node_util_.inspect)(cause);
}
function reportBug(error, log) {
    const summary = error instanceof Error ? `${error.name}: ${error.message}` : `${(0,external_node_util_.inspect)(error)} was thrown`;
    log.error(`${summary}\nThis is a bug in Slipway. Please report it with the stack that the log of this step shows.`);
    log.info(stackOf(error));
}
/** Stacks only: an error's other properties may hold requests with their credentials. */
function stackOf(error) {
    if (!(error instanceof Error))
        return "There is no stack, because what was thrown is not an error.";
    const cause = error.cause === undefined || error.cause === error ? "" : `\nCaused by: ${stackOf(error.cause)}`;
    return (error.stack ?? error.message) + cause;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function issue(name, message = '') {
    issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./src/runner/commands.ts
// By path, because the package exports only its whole: that drags in an HTTP client and more than doubles the time an action takes to
// start. See docs/adr/0001-narrow-imports.md. This is the only file that imports @actions/core.



/**
 * Appends `name` = `value` to one of the runner's files. Values of several lines get a delimiter that does not occur in them, so nothing
 * inside a value can end it. Does nothing outside a runner, where the variable is not set.
 */
function appendKeyValue(file, name, value) {
    const path = process.env[file];
    if (!path)
        return;
    let delimiter = "end-of-value";
    while (value.includes(delimiter))
        delimiter += "-";
    (0,external_node_fs_.appendFileSync)(path, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

;// CONCATENATED MODULE: ./src/runner/context.ts

/** What the run is about, from the runner's environment and the event's payload. A payload that is missing or not an object reads `{}`. */
function readContext(env) {
    return {
        sha: env.GITHUB_SHA ?? "",
        ref: env.GITHUB_REF ?? "",
        refName: env.GITHUB_REF_NAME ?? "",
        refType: env.GITHUB_REF_TYPE ?? "",
        baseRef: env.GITHUB_BASE_REF ?? "",
        eventName: env.GITHUB_EVENT_NAME ?? "",
        actor: env.GITHUB_ACTOR ?? "",
        repository: env.GITHUB_REPOSITORY ?? "",
        workflow: env.GITHUB_WORKFLOW ?? "",
        runId: env.GITHUB_RUN_ID ?? "",
        runAttempt: env.GITHUB_RUN_ATTEMPT ?? "",
        serverUrl: env.GITHUB_SERVER_URL ?? "",
        payload: readPayload(env.GITHUB_EVENT_PATH),
    };
}
function readPayload(path) {
    if (!path)
        return {};
    let payload;
    try {
        payload = JSON.parse((0,external_node_fs_.readFileSync)(path, "utf8"));
    }
    catch {
        return {}; // Local runners set the path and write no file.
    }
    return isRecord(payload) ? payload : {};
}
function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

// EXTERNAL MODULE: ./src/runner/untrusted.ts
var untrusted = __nccwpck_require__(1012);
;// CONCATENATED MODULE: ./src/runner/log.ts


/** GitHub keeps this many annotations of a level per step and drops the others without a word. */
const mostAnnotations = 10;
/** GitHub cuts an annotation's text after 4096 characters. */
const longestAnnotation = 4000;
const labels = { notice: "Notice", warning: "Warning", error: "Error" };
/** The log of this process: lines and runner commands on standard output. `debug` prints only where the runner's debug log is on. */
function createLog(options) {
    const annotations = new Map();
    let openGroups = 0;
    function annotate(level, text, place = {}) {
        const seen = annotations.get(level) ?? { given: 0, held: [] };
        annotations.set(level, seen);
        if (seen.given < mostAnnotations - 1) {
            seen.given++;
            issueAnnotation(level, text, place);
        }
        else {
            seen.held.push({ text, place });
            print(`${labels[level]}: ${placed(text, place)}`);
        }
    }
    return {
        info: print,
        debug: (text) => {
            if (options.debug)
                issueCommand("debug", {}, (0,untrusted/* neutralise */.$)(text));
        },
        notice: (text, place) => annotate("notice", text, place),
        warning: (text, place) => annotate("warning", text, place),
        error: (text, place) => annotate("error", text, place),
        async group(title, work) {
            openGroups++;
            if (openGroups === 1)
                issueCommand("group", {}, oneLine(title));
            else
                print(title);
            try {
                return await work();
            }
            finally {
                openGroups--;
                if (openGroups === 0)
                    issueCommand("endgroup", {}, "");
            }
        },
        end() {
            for (const [level, { held }] of annotations) {
                const [first, ...others] = held;
                if (!first)
                    continue;
                if (others.length === 0)
                    issueAnnotation(level, first.text, first.place);
                else
                    issueAnnotation(level, `${held.length} more ${level}s: the log of this step has them all.`, {});
            }
            annotations.clear();
        },
    };
}
function print(text) {
    process.stdout.write(`${(0,untrusted/* neutralise */.$)(text)}\n`);
}
function issueAnnotation(level, text, place) {
    const safe = (0,untrusted/* neutralise */.$)(text);
    const cut = safe.length > longestAnnotation;
    if (cut)
        print(`${labels[level]}: ${placed(text, place)}`);
    const shown = cut ? `${safe.slice(0, longestAnnotation)}\n… the log of this step has the rest.` : safe;
    issueCommand(level, { title: place.title && oneLine(place.title), file: place.file, line: place.line }, shown);
}
function placed(text, place) {
    if (place.file === undefined)
        return text;
    return place.line === undefined ? `${place.file}: ${text}` : `${place.file}:${place.line}: ${text}`;
}
function oneLine(text) {
    return (0,untrusted/* neutralise */.$)(text).replace(/\s*\n\s*/g, " ");
}

;// CONCATENATED MODULE: ./src/runner/masks.ts
/** Shorter values are not worth hiding: the log would be full of asterisks, and outputs that contain them would be dropped. */
const shortestMask = 4;
/** Words that stand in every second line and that no one can guess a secret from. */
const commonWords = /^(?:true|false|null|none)$/i;
/** Inside base64, shorter pieces than this turn up by chance. */
const shortestPiece = 8;
/** Where PEM (`openssl base64`) and MIME (`base64`) break lines. */
const wrapWidths = [64, 76];
/**
 * Every form of `secret` that the runner must be told to hide. The runner itself adds base64, JSON, URI and XML escapes of each; added
 * here is what it misses: hexadecimal, the URL-safe alphabet, base64 in wrapped lines or as part of something longer, such as the user and
 * password of a header.
 * A secret of several lines is hidden line by line, because the runner would split it just so, and hide a line that is only `{` too.
 */
function masksOf(secret) {
    const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
    const masks = lines.filter(isMaskable).flatMap((line) => [line, ...encodings(line), ...encodings(escapeJson(line))]);
    return [...new Set(masks)];
}
/** The same for text that no runner reads, such as a file that is kept: with the escapes that the runner would add by itself. */
function formsOf(secret) {
    const forms = masksOf(secret.toWellFormed()).flatMap((mask) => [
        mask,
        escapeJson(mask),
        encodeURIComponent(mask),
        mask.replace(/[&<>"']/g, (character) => xmlEntities[character] ?? character),
    ]);
    return [...new Set(forms)];
}
const xmlEntities = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
};
function escapeJson(text) {
    return JSON.stringify(text).slice(1, -1);
}
function isMaskable(line) {
    return line.length >= shortestMask && !commonWords.test(line);
}
function encodings(line) {
    const bytes = Buffer.from(line);
    const hex = bytes.toString("hex");
    const wrapped = wrapWidths.flatMap((width) => wrap(bytes.toString("base64"), width));
    const pieces = [...[0, 1, 2].map((shift) => base64Inside(bytes, shift)), ...wrapped];
    const telling = pieces.filter((piece) => piece.length >= shortestPiece);
    return [hex, hex.toUpperCase(), ...telling, ...telling.map(urlSafe)];
}
function wrap(text, width) {
    return text.length > width ? (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []) : [];
}
/** The base64 characters that `bytes` alone decide when `shift` bytes of a group of three stand before it. */
function base64Inside(bytes, shift) {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
        .toString("base64")
        .replace(/=+$/, "");
    const wholeGroups = Math.floor(((shift + bytes.length) * 8) / 6);
    return text.slice(Math.ceil((shift * 8) / 6), wholeGroups);
}
function urlSafe(base64) {
    return base64.replaceAll("+", "-").replaceAll("/", "_");
}

;// CONCATENATED MODULE: ./src/runner/summary.ts

/** GitHub drops a step's summary whole when it is larger. */
const mostBytes = 1024 * 1024;
const full = "\n_The rest of this summary did not fit: GitHub shows at most 1 MiB. The log of the step has it._\n";
const room = mostBytes - Buffer.byteLength(full);
/**
 * Appends sections to the step's summary file and never lets it grow beyond what GitHub shows: the first section that does not fit is cut
 * at a border between its blocks, and a last line says so. Does nothing outside a runner, where there is no file.
 */
function createSummary(path) {
    let isFull = false;
    return {
        add(markdown) {
            if (!path || isFull)
                return;
            const section = `${markdown.trimEnd()}\n\n`;
            const used = sizeOf(path);
            isFull = used + Buffer.byteLength(section) > room;
            (0,external_node_fs_.appendFileSync)(path, isFull ? wholeBlocks(section, room - used) + full : section);
        },
    };
}
function sizeOf(path) {
    return (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.size ?? 0;
}
/** The start of `section` that fits into `bytes` and ends between two blocks: outside of every fence and every `<details>`. */
function wholeBlocks(section, bytes) {
    let end = 0;
    let position = 0;
    let used = 0;
    let fence = "";
    let depth = 0;
    for (const line of section.split("\n")) {
        used += Buffer.byteLength(line) + 1;
        if (used > bytes)
            break;
        position += line.length + 1;
        const mark = /^(?:`{3,}|~{3,})/.exec(line)?.[0] ?? "";
        if (fence !== "")
            fence = mark.startsWith(fence) ? "" : fence;
        else if (mark !== "")
            fence = mark;
        else
            depth += count(line, "<details") - count(line, "</details>");
        if (line === "" && fence === "" && depth === 0)
            end = position;
    }
    return section.slice(0, end);
}
function count(line, tag) {
    return line.split(tag).length - 1;
}

;// CONCATENATED MODULE: ./src/runner/github-runner.ts






/** Makes the port to the runner out of this process's environment. Nothing is written before the first call. */
function createGitHubRunner(signal) {
    const env = process.env;
    const masked = new Set();
    const forms = new Set();
    return {
        log: createLog({ debug: env.RUNNER_DEBUG === "1" }),
        context: readContext(env),
        signal,
        workspace: env.GITHUB_WORKSPACE || process.cwd(),
        temp: env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(),
        env,
        exec: async (...call) => {
            const { createExec } = await __nccwpck_require__.e(/* import() */ 65).then(__nccwpck_require__.bind(__nccwpck_require__, 8065));
            return createExec({ env, signal })(...call);
        },
        input: (name) => (env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim(),
        setOutput: (name, value) => appendKeyValue("GITHUB_OUTPUT", name, String(value)),
        addSummary: createSummary(env.GITHUB_STEP_SUMMARY).add,
        mask(secret) {
            for (const mask of masksOf(secret)) {
                if (!masked.has(mask))
                    issueCommand("add-mask", {}, mask);
                masked.add(mask);
            }
            for (const form of formsOf(secret))
                forms.add(form);
        },
        redact(text) {
            const longestFirst = [...forms].sort((a, b) => b.length - a.length);
            return longestFirst.reduce((left, form) => left.replaceAll(form, "***"), text);
        },
        saveState: (name, value) => appendKeyValue("GITHUB_STATE", name, value),
        getState: (name) => env[`STATE_${name}`] ?? "",
    };
}

;// CONCATENATED MODULE: ./src/runner/action.ts



/** How long connections and timers that were left open may keep the process alive after its work is done. */
const lingerMs = 1000;
/**
 * Runs an action's main or post step as the runner started it, and turns the result into annotations, the output `outcome` and the exit
 * code. The one place that does: everything else throws or returns.
 */
async function runAction(action) {
    const runner = createGitHubRunner(cancellation());
    const endedEarly = () => {
        finish(runner, reportError(new Error("The action ended before its work was done"), runner.log));
    };
    process.once("exit", endedEarly);
    process.once("uncaughtException", (error) => {
        process.removeListener("exit", endedEarly);
        finish(runner, reportError(error, runner.log));
        process.exit();
    });
    const outcome = runner.getState("isPost") === "true" ? await post(action, runner) : await main(action, runner);
    process.removeListener("exit", endedEarly);
    finish(runner, outcome);
}
async function main(action, runner) {
    runner.saveState("isPost", "true");
    let outcome;
    try {
        outcome = await action.main(runner);
    }
    catch (error) {
        outcome = reportError(cancelledOr(error, runner.signal), runner.log);
    }
    runner.setOutput("outcome", outcome);
    return outcome;
}
/** What could not be cleaned up is a warning: it expires by itself, and a good release must not turn red for it. */
async function post(action, runner) {
    try {
        await action.post?.(runner);
    }
    catch (error) {
        if (!(error instanceof src_error/* SlipwayError */.G))
            return reportError(error, runner.log);
        runner.log.warning(explain(error));
    }
    return "succeeded";
}
/** What a cancelled job's requests, timers and programs throw is the cancellation itself. */
function cancelledOr(error, signal) {
    const isAbort = error instanceof Error && error.name === "AbortError";
    return signal.aborted && isAbort ? signal.reason : error;
}
/** Aborted once the runner cancels the job: SIGINT first, SIGTERM seconds later. Any further signal changes nothing. */
function cancellation() {
    const controller = new AbortController();
    for (const name of ["SIGINT", "SIGTERM"]) {
        process.on(name, () => controller.abort(new src_error/* SlipwayError */.G("The job was cancelled", { code: "cancelled" })));
    }
    return controller.signal;
}
function finish(runner, outcome) {
    runner.log.end();
    process.exitCode = outcome === "succeeded" && !runner.signal.aborted ? 0 : 1;
    // Does not keep the process alive itself, so it only ever fires where something else does.
    const lingering = setTimeout(() => {
        runner.log.debug(`Ending although still open: ${process.getActiveResourcesInfo().join(", ")}`);
        process.exit();
    }, lingerMs);
    lingering.unref();
}


/***/ }),

/***/ 1008:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
const grammar = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
/** Milliseconds of `90s`, `10m`, `1h30m` or `500ms`; undefined for anything else. Units go from large to small, each at most once. */
function parseDuration(text) {
    const match = grammar.exec(text);
    if (text === "" || !match)
        return undefined;
    const [hours, minutes, seconds, milliseconds] = match
        .slice(1)
        .map((digits) => Number(digits ?? 0));
    return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 + (milliseconds ?? 0);
}
/** How a person reads a duration of `ms` milliseconds: "850 ms", "3.2 s", "42 s", "1 min 12 s", "2 h 5 min". */
function formatDuration(ms) {
    if (ms < 999.5)
        return `${Math.round(ms)} ms`;
    if (ms < 9_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    if (seconds < 60)
        return `${seconds} s`;
    if (seconds < 3600)
        return joined(Math.floor(seconds / 60), "min", seconds % 60, "s");
    const minutes = Math.round(seconds / 60);
    return joined(Math.floor(minutes / 60), "h", minutes % 60, "min");
}
// Called with two counts and their units, largest first; a zero rest is left out.
function joined(...[count, unit, rest, restUnit]) {
    return rest === 0 ? `${count} ${unit}` : `${count} ${unit} ${rest} ${restUnit}`;
}


/***/ }),

/***/ 9205:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ko: () => (/* binding */ readInputs),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   Pq: () => (/* binding */ json),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   R: () => (/* binding */ hidden),
/* harmony export */   UG: () => (/* binding */ dnsLabel),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   mw: () => (/* binding */ required),
/* harmony export */   oQ: () => (/* binding */ yaml),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   rJ: () => (/* binding */ secret),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/* unused harmony export integer */
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1557);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1008);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4140);



/** An input that has a value in every run: the workflow gives one, or action.yml has a default. */
function required(parser) {
    return { parser, isRequired: true };
}
/** An input that reads `undefined` where the workflow does not give it. */
function optional(parser) {
    return { parser, isRequired: false };
}
/**
 * Reads and checks all inputs, and masks those that are secrets.
 * Throws one `SlipwayError` (`configuration`) that holds every problem of every input.
 */
async function readInputs(runner, spec) {
    const values = {};
    const problems = [];
    for (const [name, input] of Object.entries(spec)) {
        const parsed = await readInput(runner.input(name), input);
        if ("value" in parsed) {
            values[name] = parsed.value;
            for (const secret of secretsOf(parsed.value, input))
                runner.mask(secret);
        }
        else {
            problems.push(...parsed.mistakes.map((mistake) => problem(name, mistake)));
        }
    }
    if (problems.length > 0) {
        const count = problems.length === 1 ? "a problem with its inputs" : `${problems.length} problems with its inputs`;
        throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SlipwayError */ .G(`Cannot start the action because of ${count}`, { code: "configuration", problems });
    }
    return values;
}
async function readInput(text, { parser, isRequired }) {
    if (text !== "") {
        const parsed = await parser.parse(text);
        return "value" in parsed || !parser.secretsOf ? parsed : { mistakes: parsed.mistakes.map(withoutText) };
    }
    if (!isRequired)
        return { value: undefined };
    return { mistakes: [{ is: "is required and was not given", hint: 'Give it under "with:".' }] };
}
function secretsOf(value, { parser }) {
    return value === undefined ? [] : (parser.secretsOf?.(value) ?? []);
}
function withoutText({ got: _, ...mistake }) {
    return mistake;
}
function problem(name, { is, hint, got, line }) {
    const where = line === undefined ? `Input ${name}` : `Input ${name}, line ${line}:`;
    return { message: `${where} ${is}${got === undefined ? "" : `: got ${shorten(got)}`}`, hint };
}
function shorten(text) {
    return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
/** Text as it was given, without white space around it. */
function text() {
    return { parse: (value) => ({ value }) };
}
/** A token or password: masked, and never shown. */
function secret() {
    return { parse: (value) => ({ value }), secretsOf: (value) => [value] };
}
/** A document with secrets inside, such as a kubeconfig: never shown. Whoever reads it masks the leaves; masking all of it hides every `{`. */
function hidden() {
    return { parse: (value) => ({ value }), secretsOf: () => [] };
}
/** One entry a line. White space around entries and empty lines do not count. */
function lines() {
    return {
        parse: (value) => ({
            value: value
                .split("\n")
                .map((line) => line.trim())
                .filter((line) => line !== ""),
        }),
    };
}
/** A name that Kubernetes takes as a label, a namespace and part of an object's name (RFC 1123). */
function dnsLabel() {
    const hint = "Use at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.";
    return {
        parse: (value) => /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(value)
            ? { value }
            : wrong("is not a name that Kubernetes takes", value, hint),
    };
}
/** `true` or `false` in the spellings of YAML's core schema, which is what GitHub itself reads. Nothing else means false by accident. */
function boolean() {
    return {
        parse(value) {
            if (/^(?:true|True|TRUE)$/.test(value))
                return { value: true };
            if (/^(?:false|False|FALSE)$/.test(value))
                return { value: false };
            return wrong("is neither true nor false", value, "Write true or false.");
        },
    };
}
/** A whole number in decimal digits, within bounds that are both allowed. */
function integer({ min, max }) {
    return {
        parse(value) {
            const number = Number(value);
            const fits = /^-?\d+$/.test(value) && number >= min && number <= max;
            return fits
                ? { value: number }
                : wrong("is not a whole number in range", value, `Write a number from ${min} to ${max}.`);
        },
    };
}
/** Nothing in a job lasts longer. */
const longestMs = 5 * 24 * 60 * 60 * 1000;
/** A duration such as `90s`, `10m` or `1h30m`, in milliseconds: longer than nothing, at most the five days that a job can last. */
function duration() {
    return {
        parse(value) {
            const ms = (0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDuration */ .E)(value);
            if (ms === undefined)
                return wrong("is not a duration", value, "Write it like 90s, 10m, 1h30m or 500ms.");
            if (ms === 0 || ms > longestMs)
                return wrong("is not a duration that can be waited", value, "It is more than 0s and at most 120h.");
            return { value: ms };
        },
    };
}
/** One of a few words. */
function oneOf(...words) {
    return {
        parse(value) {
            const word = words.find((candidate) => candidate === value);
            if (word !== undefined)
                return { value: word };
            const meant = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .p)(value, words);
            const list = `Write ${words.join(" or ")}.`;
            return wrong("is not one of the known words", value, meant === undefined ? list : `Did you mean ${meant}? ${list}`);
        },
    };
}
/** YAML inside an input, checked against a schema whose objects are strict: an unknown key is a mistake at its line, and so is one given twice. */
function yaml(schema, options = {}) {
    return documentParser("YAML", schema, options);
}
/** JSON inside an input, checked as `yaml` does. */
function json(schema, options = {}) {
    return documentParser("JSON", schema, options);
}
function documentParser(format, schema, { scalars, secretsOf }) {
    return {
        async parse(text) {
            const { parseDocumentInput } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(934), __nccwpck_require__.e(727)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3727));
            return parseDocumentInput({
                text,
                format,
                schema: await schema(),
                asWritten: scalars === "as-written",
                mayShow: !secretsOf,
            });
        },
        ...(secretsOf && { secretsOf }),
    };
}
function wrong(is, got, hint) {
    return { mistakes: [{ is, got: JSON.stringify(got), hint }] };
}


/***/ }),

/***/ 4140:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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

/***/ 1012:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ neutralise),
/* harmony export */   R: () => (/* binding */ visible)
/* harmony export */ });
/** Longer lines slow the runner's secret masker and the log viewer down, and no person reads them. */
const longestLine = 8192;
/** Terminal escape sequences as a whole: CSI (colours, cursor), OSC (titles, links) and the two-character ones. */
const escapeSequence = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]P^_X]|[\x9d\x90\x9e\x9f\x98])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
/**
 * Everything that does not show: control characters but tab and newline, bidirectional controls (they reorder what a person reads) and
 * zero-width characters. The runner compares by culture, which ignores these, so `:\u00ad:` would still start a command.
 */
const invisible = /[^\P{Cc}\t\n]|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
/** Text without what a person cannot see: terminal escapes, control characters, zero-width and bidirectional ones. Lines end in `\n`. */
function visible(text) {
    return text
        .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n") // the runner reads a lone CR as the end of a line
        .replace(escapeSequence, "")
        .replace(invisible, "");
}
/**
 * Text of somebody else's making (pod logs, events, HTTP bodies, error messages) made safe to print: only what is visible, no runner
 * command (`::cmd::` at a line's start, `##[cmd]` anywhere), no endless lines. Doing it twice changes nothing.
 * What the runner obeys: ActionCommand.cs of actions/runner.
 */
function neutralise(text) {
    return visible(text)
        .replace(/^([^\S\n]*):(?=:)/gm, "$1: ")
        .replace(/##(?=\[)/g, "## ")
        .split("\n")
        .map(cut)
        .join("\n");
}
function cut(line) {
    if (line.length <= longestLine)
        return line;
    const kept = line.slice(0, longestLine - 40).replace(/[\ud800-\udbff]$/, ""); // never half of a surrogate pair
    return `${kept} … and ${line.length - kept.length} more characters`;
}


/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(5032);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
