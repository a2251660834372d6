export const id = 65;
export const ids = [65];
export const modules = {
	8065: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { createExec: () => createExec });
		var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
		var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
		var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1557);
		const graceMs = 3e3;
		const lingerMs = 1e3;
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
			const child = (0, node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, {
				cwd: options.cwd,
				env,
				stdio: ["pipe", "pipe", "pipe"],
			});
			const stdout = collect(child.stdout, (line) => options.onLine?.(line, "stdout"));
			const stderr = collect(child.stderr, (line) => options.onLine?.(line, "stderr"));
			child.stdin.on("error", () => void 0);
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
					if (void 0 !== child.pid) return;
					settle();
					reject(notStarted(command, options.cwd, error));
				});
				child.on("exit", () => {
					timers.push(setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), lingerMs));
				});
				child.on("close", (code, killedBy) => {
					settle();
					if (signal.aborted) reject(signal.reason);
					else
						resolve({
							exitCode: code ?? 128 + node_os__WEBPACK_IMPORTED_MODULE_1__.constants.signals[killedBy ?? "SIGTERM"],
							stdout: stdout(),
							stderr: stderr(),
						});
				});
			});
		}
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
				if ("" !== rest) onLine(rest);
			});
			return () => text;
		}
		function notStarted(command, cwd, error) {
			const why =
				"ENOENT" === error.code
					? `there is no such program on PATH${cwd ? `, or no folder ${cwd}` : ""}`
					: error.message;
			return new _error_js__WEBPACK_IMPORTED_MODULE_2__.G(`Cannot run ${command} because ${why}`, {
				code: "configuration",
				hint: `Install ${command} in an earlier step of the job.`,
				cause: error,
			});
		}
	},
};
