export const id = 65;
export const ids = [65];
export const modules = {

/***/ 8065:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createExec: () => (/* binding */ createExec)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1557);
// node:child_process and not @actions/exec: that one has no way to stop a program when the job is cancelled, echoes output past
// `neutralise`, and splits one command string into words. What is left to write here is short.



/** From SIGTERM to SIGKILL. The runner gives a cancelled job about seven seconds in all. */
const graceMs = 3000;
/** How long output may stay open after the program ended, because a child of its own still holds it. */
const lingerMs = 1000;
/**
 * Runs programs for an action: with its environment less the inputs and the state (tokens are nobody else's business), until they end or
 * the job is cancelled.
 */
function createExec(context) {
    const inherited = withoutInputs(context.env);
    return async (command, args, options = {}) => {
        const signal = options.signal ? AbortSignal.any([context.signal, options.signal]) : context.signal;
        signal.throwIfAborted();
        return run({ command, args, options, env: { ...inherited, ...options.env }, signal });
    };
}
function withoutInputs(env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:INPUT|STATE)_/.test(name)));
}
function run({ command, args, options, env, signal }) {
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, { cwd: options.cwd, env, stdio: ["pipe", "pipe", "pipe"] });
    const stdout = collect(child.stdout, (line) => options.onLine?.(line, "stdout"));
    const stderr = collect(child.stderr, (line) => options.onLine?.(line, "stderr"));
    child.stdin.on("error", () => undefined); // A program need not read its input; its exit code tells whether it minded.
    child.stdin.end(options.input ?? "");
    return new Promise((resolve, reject) => {
        const timers = [];
        const stop = () => {
            child.kill("SIGTERM");
            timers.push(setTimeout(() => child.kill("SIGKILL"), graceMs));
        };
        signal.addEventListener("abort", stop, { once: true });
        const settle = () => {
            signal.removeEventListener("abort", stop);
            timers.forEach(clearTimeout);
        };
        child.on("error", (error) => {
            if (child.pid !== undefined)
                return; // It runs; only a signal could not be delivered.
            settle();
            reject(notStarted(command, options.cwd, error));
        });
        child.on("exit", () => {
            timers.push(setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), lingerMs));
        });
        child.on("close", (code, killedBy) => {
            settle();
            if (signal.aborted)
                reject(signal.reason);
            else
                resolve({
                    exitCode: code ?? 128 + node_os__WEBPACK_IMPORTED_MODULE_1__.constants.signals[killedBy ?? "SIGTERM"],
                    stdout: stdout(),
                    stderr: stderr(),
                });
        });
    });
}
/** Gathers a stream's text, calling `onLine` for each whole line as it comes. A last line without its end counts too. */
function collect(stream, onLine) {
    let text = "";
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
        text += chunk;
        const lines = (rest + chunk).split(/\r?\n/);
        rest = lines.pop() ?? "";
        lines.forEach(onLine);
    });
    stream.on("close", () => {
        if (rest !== "")
            onLine(rest);
    });
    return () => text;
}
function notStarted(command, cwd, error) {
    const why = error.code === "ENOENT" ? `there is no such program on PATH${cwd ? `, or no folder ${cwd}` : ""}` : error.message;
    return new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SlipwayError */ .G(`Cannot run ${command} because ${why}`, {
        code: "configuration",
        hint: `Install ${command} in an earlier step of the job.`,
        cause: error,
    });
}


/***/ })

};
