import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = {
	8146: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, { Q: () => inputs });
		var _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9205);
		const inputs = {
			registry: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.mw)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.Qq)(),
			),
			"digitalocean-token": (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.lq)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.rJ)(),
			),
			username: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.lq)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.Qq)(),
			),
			password: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.lq)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.rJ)(),
			),
			logins: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.lq)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.oQ)(
					async () =>
						(
							await Promise.all([__nccwpck_require__.e(934), __nccwpck_require__.e(438)]).then(
								__nccwpck_require__.bind(__nccwpck_require__, 2438),
							)
						).loginsSchema,
					{ scalars: "as-written", secretsOf: (logins) => logins.map(({ password }) => password) },
				),
			),
			images: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.mw)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.oQ)(
					async () =>
						(
							await Promise.all([__nccwpck_require__.e(934), __nccwpck_require__.e(438)]).then(
								__nccwpck_require__.bind(__nccwpck_require__, 2438),
							)
						).imagesSchema,
					{ scalars: "as-written" },
				),
			),
			tags: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.mw)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.Mn)(),
			),
			builder: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.mw)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.yL)("docker", "direct"),
			),
			cache: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.mw)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.Mn)(),
			),
			provenance: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.lq)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.Qq)(),
			),
			sbom: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.lq)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.Qq)(),
			),
			push: (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.mw)(
				(0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_0__.zM)(),
			),
		};
	},
	9062: (module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.a(
			module,
			async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
				try {
					var _runner_action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7861);
					var _runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9205);
					var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8146);
					await (0, _runner_action_js__WEBPACK_IMPORTED_MODULE_0__.C)({
						async main(runner) {
							const given = await (0, _runner_inputs_js__WEBPACK_IMPORTED_MODULE_1__.Ko)(
								runner,
								_inputs_js__WEBPACK_IMPORTED_MODULE_2__.Q,
							);
							const { run } = await Promise.all([__nccwpck_require__.e(353), __nccwpck_require__.e(378)]).then(
								__nccwpck_require__.bind(__nccwpck_require__, 4378),
							);
							return run(runner, given);
						},
						async post(runner) {
							const { cleanUp } = await __nccwpck_require__
								.e(705)
								.then(__nccwpck_require__.bind(__nccwpck_require__, 3705));
							await cleanUp(runner);
						},
					});
					__webpack_async_result__();
				} catch (e) {
					__webpack_async_result__(e);
				}
			},
			1,
		);
	},
	1557: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, { G: () => SlipwayError });
		class SlipwayError extends Error {
			name = "SlipwayError";
			code;
			hint;
			problems;
			outcome;
			constructor(message, options) {
				super(message, void 0 === options.cause ? void 0 : { cause: options.cause });
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
	},
	7861: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, { C: () => runAction });
		var src_error = __nccwpck_require__(1557);
		const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
		const mostCauses = 5;
		function reportError(error, log) {
			if (!(error instanceof src_error.G)) {
				if (isFileError(error)) log.error(explainFileError(error));
				else reportBug(error, log);
				return "failed";
			}
			if ("cancelled" === error.code) log.warning(explain(error));
			else if (0 === error.problems.length) log.error(explain(error));
			else {
				log.info(explain(error));
				for (const problem of error.problems) log.error(withHint(problem), problem);
			}
			return error.outcome;
		}
		function isFileError(error) {
			if ("object" != typeof error || null === error || !("path" in error) || !("code" in error)) return false;
			return ["ENOENT", "EACCES", "EPERM", "EROFS", "ENOSPC", "ENOTDIR", "EISDIR", "EMFILE"].includes(
				String(error.code),
			);
		}
		function explainFileError({ message }) {
			return `Cannot use a file of this runner: got ${message}\nCheck RUNNER_TEMP, the runner's own files and the space on the disk.`;
		}
		function explain(error) {
			return [withHint(error), ...causesOf(error).map((cause) => `Caused by: ${cause}`)].join("\n");
		}
		function withHint({ message, hint }) {
			return void 0 === hint ? message : `${message}\n${hint}`;
		}
		function causesOf(error) {
			const causes = [];
			let cause = error.cause;
			while (void 0 !== cause && causes.length < mostCauses) {
				const text = messageOf(cause);
				if (!error.message.includes(text) && !causes.includes(text)) causes.push(text);
				cause = cause instanceof Error ? cause.cause : void 0;
			}
			return causes;
		}
		function messageOf(cause) {
			if (cause instanceof AggregateError && "" === cause.message) return cause.errors.map(messageOf).join("; ");
			return cause instanceof Error
				? cause.message || cause.name
				: (0, external_node_util_namespaceObject.inspect)(cause);
		}
		function reportBug(error, log) {
			const summary =
				error instanceof Error
					? `${error.name}: ${error.message}`
					: `${(0, external_node_util_namespaceObject.inspect)(error)} was thrown`;
			log.error(
				`${summary}\nThis is a bug in Slipway. Please report it with the stack that the log of this step shows.`,
			);
			log.info(stackOf(error));
		}
		function stackOf(error) {
			if (!(error instanceof Error)) return "There is no stack, because what was thrown is not an error.";
			const cause = void 0 === error.cause || error.cause === error ? "" : `\nCaused by: ${stackOf(error.cause)}`;
			return (error.stack ?? error.message) + cause;
		}
		var external_node_os_ = __nccwpck_require__(8161);
		const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
		function toCommandValue(input) {
			if (null == input) return "";
			else if ("string" == typeof input || input instanceof String) return input;
			return JSON.stringify(input);
		}
		function issueCommand(command, properties, message) {
			const cmd = new Command(command, properties, message);
			process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
		}
		const CMD_STRING = "::";
		class Command {
			constructor(command, properties, message) {
				if (!command) command = "missing.command";
				this.command = command;
				this.properties = properties;
				this.message = message;
			}
			toString() {
				let cmdStr = CMD_STRING + this.command;
				if (this.properties && Object.keys(this.properties).length > 0) {
					cmdStr += " ";
					let first = true;
					for (const key in this.properties)
						if (this.properties.hasOwnProperty(key)) {
							const val = this.properties[key];
							if (val) {
								if (first) first = false;
								else cmdStr += ",";
								cmdStr += `${key}=${escapeProperty(val)}`;
							}
						}
				}
				cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
				return cmdStr;
			}
		}
		function escapeData(s) {
			return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
		}
		function escapeProperty(s) {
			return toCommandValue(s)
				.replace(/%/g, "%25")
				.replace(/\r/g, "%0D")
				.replace(/\n/g, "%0A")
				.replace(/:/g, "%3A")
				.replace(/,/g, "%2C");
		}
		var external_node_fs_ = __nccwpck_require__(3024);
		function appendKeyValue(file, name, value) {
			const path = process.env[file];
			if (!path) return;
			let delimiter = "end-of-value";
			while (value.includes(delimiter)) delimiter += "-";
			(0, external_node_fs_.appendFileSync)(path, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
		}
		var clock = __nccwpck_require__(1984);
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
			if (!path) return {};
			let payload;
			try {
				payload = JSON.parse((0, external_node_fs_.readFileSync)(path, "utf8"));
			} catch {
				return {};
			}
			return isRecord(payload) ? payload : {};
		}
		function isRecord(value) {
			return "object" == typeof value && null !== value && !Array.isArray(value);
		}
		var untrusted = __nccwpck_require__(1012);
		const eraseBelow = "\x1b[0J";
		class TerminalLines {
			#terminal;
			#shown = [];
			constructor(terminal) {
				this.#terminal = terminal;
			}
			get size() {
				return { columns: this.#terminal.columns || 80, rows: this.#terminal.rows || 24 };
			}
			show(lines) {
				const { columns, rows } = this.size;
				const fitting = lines
					.slice(0, rows - 1)
					.map((line) => cut((0, untrusted.R)(line).replaceAll("\n", " "), columns - 1));
				if (0 === lines.length && 0 === this.#shown.length) return;
				this.#terminal.write(this.#erasure() + fitting.map((line) => `${line}\n`).join(""));
				this.#shown = fitting;
			}
			around(print) {
				const shown = this.#shown;
				this.show([]);
				print();
				this.show(shown);
			}
			#erasure() {
				return 0 === this.#shown.length ? "" : `\x1b[${this.#shown.length}A\r${eraseBelow}`;
			}
		}
		function cut(line, columns) {
			const signs = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment);
			return signs.length <= columns ? line : `${signs.slice(0, columns - 1).join("")}…`;
		}
		const mostAnnotations = 10;
		const longestAnnotation = 4e3;
		const labels = { notice: "Notice", warning: "Warning", error: "Error" };
		function createLog(options) {
			const { debug, terminal, redact } = options;
			return void 0 === terminal ? redacting(runnerLog({ debug }), redact) : terminalLog(debug, terminal);
		}
		function redacting(log, redact) {
			return {
				info: (text) => log.info(redact(text)),
				debug: (text) => log.debug(redact(text)),
				notice: (text, place) => log.notice(redact(text), place),
				warning: (text, place) => log.warning(redact(text), place),
				error: (text, place) => log.error(redact(text), place),
				group: (title, work) => log.group(redact(title), work),
				end: () => log.end(),
			};
		}
		function terminalLog(debug, terminal) {
			const live = new TerminalLines(terminal);
			const print = (text) => live.around(() => terminal.write(`${(0, untrusted.$)(text)}\n`));
			const say =
				(level) =>
				(text, place = {}) =>
					print(`${labels[level]}: ${placed(text, place)}`);
			return {
				live,
				info: print,
				debug: (text) => {
					if (debug) print(text);
				},
				notice: say("notice"),
				warning: say("warning"),
				error: say("error"),
				group: async (title, work) => {
					print(title);
					return work();
				},
				end: () => live.show([]),
			};
		}
		function runnerLog(options) {
			const annotations = new Map();
			let openGroups = 0;
			function annotate(level, text, place = {}) {
				const seen = annotations.get(level) ?? { given: 0, held: [] };
				annotations.set(level, seen);
				if (seen.given < mostAnnotations - 1) {
					seen.given++;
					issueAnnotation(level, text, place);
				} else {
					seen.held.push({ text, place });
					print(`${labels[level]}: ${placed(text, place)}`);
				}
			}
			return {
				info: print,
				debug: (text) => {
					if (options.debug) issueCommand("debug", {}, (0, untrusted.$)(text));
				},
				notice: (text, place) => annotate("notice", text, place),
				warning: (text, place) => annotate("warning", text, place),
				error: (text, place) => annotate("error", text, place),
				async group(title, work) {
					openGroups++;
					if (1 === openGroups) issueCommand("group", {}, oneLine(title));
					else print(title);
					try {
						return await work();
					} finally {
						openGroups--;
						if (0 === openGroups) issueCommand("endgroup", {}, "");
					}
				},
				end() {
					for (const [level, { held }] of annotations) {
						const [first, ...others] = held;
						if (first)
							0 === others.length
								? issueAnnotation(level, first.text, first.place)
								: issueAnnotation(level, `${held.length} more ${level}s: the log of this step has them all.`, {});
					}
					annotations.clear();
				},
			};
		}
		function print(text) {
			process.stdout.write(`${(0, untrusted.$)(text)}\n`);
		}
		function issueAnnotation(level, text, place) {
			const safe = (0, untrusted.$)(text);
			const cut = safe.length > longestAnnotation;
			if (cut) print(`${labels[level]}: ${placed(text, place)}`);
			const shown = cut ? `${safe.slice(0, longestAnnotation)}\n… the log of this step has the rest.` : safe;
			issueCommand(level, { title: place.title && oneLine(place.title), file: place.file, line: place.line }, shown);
		}
		function placed(text, place) {
			if (void 0 === place.file) return text;
			return void 0 === place.line ? `${place.file}: ${text}` : `${place.file}:${place.line}: ${text}`;
		}
		function oneLine(text) {
			return (0, untrusted.$)(text).replace(/\s*\n\s*/g, " ");
		}
		const shortestMask = 4;
		const commonWords = /^(?:true|false|null|none)$/i;
		const shortestPiece = 8;
		const wrapWidths = [64, 76];
		function masksOf(secret) {
			const masks = maskLines(secret).flatMap((line) => [line, ...encodings(line), ...encodings(escapeJson(line))]);
			return [...new Set(masks)];
		}
		function formsOf(secret) {
			const forms = masksOf(secret.toWellFormed()).flatMap((mask) => [
				mask,
				escapeJson(mask),
				encodeURIComponent(mask),
				mask.replace(/[&<>"']/g, (character) => xmlEntities[character] ?? character),
			]);
			return [...new Set(forms)];
		}
		function maskLines(secret) {
			return secret
				.split(/[\r\n]+/)
				.map((line) => line.trim())
				.filter(isMaskable);
		}
		const xmlEntities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
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
		function base64Inside(bytes, shift) {
			const text = Buffer.concat([Buffer.alloc(shift), bytes])
				.toString("base64")
				.replace(/=+$/, "");
			const wholeGroups = Math.floor(((shift + bytes.length) * 8) / 6);
			return text.slice(Math.ceil((8 * shift) / 6), wholeGroups);
		}
		function urlSafe(base64) {
			return base64.replaceAll("+", "-").replaceAll("/", "_");
		}
		const headLength = 4;
		const none = { forms: new Set(), lengths: [] };
		class Redactor {
			#byHead = new Map();
			add(forms) {
				for (const form of forms) {
					if (form.length < headLength) continue;
					const head = form.slice(0, headLength);
					const { forms, lengths } = this.#byHead.get(head) ?? { forms: new Set(), lengths: [] };
					forms.add(form);
					const all = lengths.includes(form.length) ? lengths : [...lengths, form.length].sort((a, b) => b - a);
					this.#byHead.set(head, { forms, lengths: all });
				}
			}
			redact(text) {
				if (0 === this.#byHead.size) return text;
				let [shown, from] = ["", 0];
				for (let at = 0; at + headLength <= text.length; at++) {
					const { forms, lengths } = this.#byHead.get(text.slice(at, at + headLength)) ?? none;
					const length = lengths.find((each) => forms.has(text.slice(at, at + each)));
					if (void 0 !== length) {
						shown += `${text.slice(from, at)}***`;
						from = at + length;
						at = from - 1;
					}
				}
				return shown + text.slice(from);
			}
		}
		function wholeBlocks(markdown, bytes) {
			let end = 0;
			let position = 0;
			let used = 0;
			let fence = "";
			let depth = 0;
			for (const line of markdown.split("\n")) {
				used += Buffer.byteLength(line) + 1;
				if (used > bytes) break;
				position += line.length + 1;
				const mark = /^(?:`{3,}|~{3,})/.exec(line)?.[0] ?? "";
				if ("" !== fence) fence = mark.startsWith(fence) ? "" : fence;
				else if ("" !== mark) fence = mark;
				else depth += count(line, "<details") - count(line, "</details>");
				const isBorder = "" === line || /^\|.*\|$/.test(line);
				if (isBorder && "" === fence && 0 === depth) end = position;
			}
			return markdown.slice(0, end);
		}
		function count(line, tag) {
			return line.split(tag).length - 1;
		}
		const mostBytes = 1048576;
		const full = "\n_The rest of this summary did not fit: GitHub shows at most 1 MiB. The log of the step has it._\n";
		const room = mostBytes - Buffer.byteLength(full);
		function createSummary(path) {
			let isFull = false;
			return {
				add(markdown) {
					if (!path || isFull) return;
					const section = `${markdown.trimEnd()}\n\n`;
					const used = sizeOf(path);
					isFull = used + Buffer.byteLength(section) > room;
					(0, external_node_fs_.appendFileSync)(path, isFull ? wholeBlocks(section, room - used) + full : section);
				},
			};
		}
		function sizeOf(path) {
			return (0, external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.size ?? 0;
		}
		const largeSecret = 16384;
		function createGitHubRunner(signal) {
			const env = process.env;
			const masked = new Set();
			const hidden = new Redactor();
			const redact = (text) => hidden.redact(text);
			const terminal =
				process.stdout.isTTY && "true" !== env.GITHUB_ACTIONS
					? github_runner_redacting(process.stdout, redact)
					: void 0;
			const tell = (masks) => {
				for (const mask of masks) {
					if (!masked.has(mask) && void 0 === terminal) issueCommand("add-mask", {}, mask);
					masked.add(mask);
				}
			};
			return {
				log: createLog({ debug: "1" === env.RUNNER_DEBUG, terminal, redact }),
				context: readContext(env),
				clock: clock.m,
				signal,
				workspace: env.GITHUB_WORKSPACE || process.cwd(),
				temp: env.RUNNER_TEMP || (0, external_node_os_.tmpdir)(),
				env,
				exec: async (...call) => {
					const { createExec } = await __nccwpck_require__
						.e(65)
						.then(__nccwpck_require__.bind(__nccwpck_require__, 8065));
					return createExec({ env, signal })(...call);
				},
				input: (name) => (env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim(),
				setOutput: (name, value) => appendKeyValue("GITHUB_OUTPUT", name, String(value)),
				addSummary: createSummary(env.GITHUB_STEP_SUMMARY).add,
				mask(secret) {
					tell(masksOf(secret));
					hidden.add(formsOf(secret));
				},
				hide(secret) {
					const lines = maskLines(secret);
					const isLarge = secret.length > largeSecret;
					if (!isLarge) tell(lines);
					hidden.add(isLarge ? lines : formsOf(secret));
				},
				redact,
				saveState: (name, value) => appendKeyValue("GITHUB_STATE", name, value),
				getState: (name) => env[`STATE_${name}`] ?? "",
			};
		}
		function github_runner_redacting(terminal, redact) {
			return {
				get columns() {
					return terminal.columns;
				},
				get rows() {
					return terminal.rows;
				},
				write: (text) => terminal.write(redact(text)),
			};
		}
		const lingerMs = 1e3;
		async function runAction(action) {
			const runner = createGitHubRunner(cancellation());
			const isPost = "true" === runner.getState("isPost");
			const end = (outcome) => {
				process.removeListener("exit", endedEarly);
				if (!isPost) runner.setOutput("outcome", outcome);
				finish(runner, outcome);
			};
			const endedEarly = () => end(reportError(new Error("The action ended before its work was done"), runner.log));
			process.once("exit", endedEarly);
			process.once("uncaughtException", (error) => {
				end(reportError(error, runner.log));
				process.exit();
			});
			end(await (isPost ? post(action, runner) : main(action, runner)));
		}
		async function main(action, runner) {
			runner.saveState("isPost", "true");
			try {
				return await action.main(runner);
			} catch (error) {
				return reportError(cancelledOr(error, runner.signal), runner.log);
			}
		}
		async function post(action, runner) {
			try {
				await action.post?.(runner);
			} catch (error) {
				if (!(error instanceof src_error.G)) return reportError(error, runner.log);
				runner.log.warning(explain(error));
			}
			return "succeeded";
		}
		function cancelledOr(error, signal) {
			const isAbort = error instanceof Error && "AbortError" === error.name;
			return signal.aborted && isAbort ? signal.reason : error;
		}
		function cancellation() {
			const controller = new AbortController();
			for (const name of ["SIGINT", "SIGTERM"])
				process.on(name, () => controller.abort(new src_error.G("The job was cancelled", { code: "cancelled" })));
			return controller.signal;
		}
		function finish(runner, outcome) {
			runner.log.end();
			process.exitCode = "succeeded" !== outcome || runner.signal.aborted ? 1 : 0;
			const lingering = setTimeout(() => {
				runner.log.debug(`Ending although still open: ${process.getActiveResourcesInfo().join(", ")}`);
				process.exit();
			}, lingerMs);
			lingering.unref();
		}
	},
	1984: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, { m: () => systemClock });
		const longestTimerMs = 2 ** 31 - 1;
		const systemClock = {
			now: () => performance.now(),
			sleep: async (ms, signal) => {
				const until = performance.now() + ms;
				do await sleepOnce(Math.min(Math.max(until - performance.now(), 0), longestTimerMs), signal);
				while (performance.now() < until - 1);
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
				if (signal?.aborted) stop();
				else signal?.addEventListener("abort", stop, { once: true });
			});
		}
		function reasonOf(signal) {
			const reason = signal?.reason;
			return reason instanceof Error ? reason : new Error(String(reason));
		}
	},
	9205: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			Ko: () => readInputs,
			Mn: () => lines,
			Qq: () => text,
			lq: () => optional,
			mw: () => required,
			oQ: () => yaml,
			rJ: () => secret,
			yL: () => oneOf,
			zM: () => boolean,
		});
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1557);
		var _nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4140);
		function required(parser) {
			return { parser, isRequired: true };
		}
		function optional(parser) {
			return { parser, isRequired: false };
		}
		async function readInputs(runner, spec) {
			const values = {};
			const problems = [];
			for (const [name, input] of Object.entries(spec)) {
				const parsed = await readInput(runner.input(name), input);
				if ("value" in parsed) {
					values[name] = parsed.value;
					for (const secret of secretsOf(parsed.value, input)) runner.mask(secret);
				} else problems.push(...parsed.mistakes.map((mistake) => problem(name, mistake)));
			}
			if (problems.length > 0) {
				const count =
					1 === problems.length ? "a problem with its inputs" : `${problems.length} problems with its inputs`;
				throw new _error_js__WEBPACK_IMPORTED_MODULE_0__.G(`Cannot start the action because of ${count}`, {
					code: "configuration",
					problems,
				});
			}
			return values;
		}
		async function readInput(text, { parser, isRequired }) {
			if ("" !== text) {
				const parsed = await parser.parse(text);
				return "value" in parsed || !parser.secretsOf ? parsed : { mistakes: parsed.mistakes.map(withoutText) };
			}
			if (!isRequired) return { value: void 0 };
			return { mistakes: [{ is: "is required and was not given", hint: 'Give it under "with:".' }] };
		}
		function secretsOf(value, { parser }) {
			return void 0 === value ? [] : (parser.secretsOf?.(value) ?? []);
		}
		function withoutText({ got: _, ...mistake }) {
			return mistake;
		}
		function problem(name, { is, hint, got, line }) {
			const where = void 0 === line ? `Input ${name}` : `Input ${name}, line ${line}:`;
			return { message: `${where} ${is}${void 0 === got ? "" : `: got ${shorten(got)}`}`, hint };
		}
		function shorten(text) {
			return text.length > 80 ? `${text.slice(0, 80)}…` : text;
		}
		function text() {
			return { parse: (value) => ({ value }) };
		}
		function secret() {
			return { parse: (value) => ({ value }), secretsOf: (value) => [value] };
		}
		function lines() {
			return {
				parse: (value) => ({
					value: value
						.split("\n")
						.map((line) => line.trim())
						.filter((line) => "" !== line),
				}),
			};
		}
		function boolean() {
			return {
				parse(value) {
					if (/^(?:true|True|TRUE)$/.test(value)) return { value: true };
					if (/^(?:false|False|FALSE)$/.test(value)) return { value: false };
					return wrong("is neither true nor false", value, "Write true or false.");
				},
			};
		}
		function oneOf(...words) {
			return {
				parse(value) {
					const word = words.find((candidate) => candidate === value);
					if (void 0 !== word) return { value: word };
					const meant = (0, _nearest_js__WEBPACK_IMPORTED_MODULE_1__.p)(value, words);
					const list = `Write ${words.join(" or ")}.`;
					return wrong(
						"is not one of the known words",
						value,
						void 0 === meant ? list : `Did you mean ${meant}? ${list}`,
					);
				},
			};
		}
		function yaml(schema, options = {}) {
			return documentParser("YAML", schema, options);
		}
		function documentParser(format, schema, { scalars, secretsOf }) {
			return {
				async parse(text) {
					const { parseDocumentInput } = await Promise.all([
						__nccwpck_require__.e(934),
						__nccwpck_require__.e(815),
						__nccwpck_require__.e(727),
					]).then(__nccwpck_require__.bind(__nccwpck_require__, 3727));
					return parseDocumentInput({
						text,
						format,
						schema: await schema(),
						asWritten: "as-written" === scalars,
						mayShow: !secretsOf,
					});
				},
				...(secretsOf && { secretsOf }),
			};
		}
		function wrong(is, got, hint) {
			return { mistakes: [{ is, got: JSON.stringify(got), hint }] };
		}
	},
	4140: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, { p: () => nearest });
		function nearest(word, candidates) {
			let best;
			let bestDistance = 1 / 0;
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
		function editDistance(a, b) {
			let beforePrevious = [];
			let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
			for (let row = 1; row <= a.length; row++) {
				const current = [row];
				for (let column = 1; column <= b.length; column++) {
					const same = a[row - 1] === b[column - 1];
					const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
					current[column] = Math.min(
						at(previous, column) + 1,
						at(current, column - 1) + 1,
						at(previous, column - 1) + (same ? 0 : 1),
						swapped ? at(beforePrevious, column - 2) + 1 : 1 / 0,
					);
				}
				beforePrevious = previous;
				previous = current;
			}
			return at(previous, b.length);
		}
		function at(row, column) {
			return row[column] ?? 1 / 0;
		}
	},
	1012: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, { $: () => neutralise, R: () => visible });
		const longestLine = 8192;
		const escapeSequence =
			/(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]P^_X]|[\x9d\x90\x9e\x9f\x98])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
		const invisible = /[^\P{Cc}\t\n]|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
		function visible(text) {
			return text
				.replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
				.replace(escapeSequence, "")
				.replace(invisible, "");
		}
		function neutralise(text) {
			return visible(text)
				.replace(/^([^\S\n]*):(?=:)/gm, "$1: ")
				.replace(/##(?=\[)/g, "## ")
				.split("\n")
				.map(cut)
				.join("\n");
		}
		function cut(line) {
			if (line.length <= longestLine) return line;
			const kept = line.slice(0, longestLine - 40).replace(/[\ud800-\udbff]$/, "");
			return `${kept} … and ${line.length - kept.length} more characters`;
		}
	},
	181: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");
	},
	4573: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
	},
	1421: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
	},
	7598: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
	},
	3024: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
	},
	7067: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
	},
	4708: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
	},
	7030: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
	},
	8161: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
	},
	6760: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
	},
	7075: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
	},
	6466: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
	},
	8522: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
	},
	932: (module) => {
		module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");
	},
};
var __webpack_module_cache__ = {};
function __nccwpck_require__(moduleId) {
	var cachedModule = __webpack_module_cache__[moduleId];
	if (void 0 !== cachedModule) return cachedModule.exports;
	var module = (__webpack_module_cache__[moduleId] = { exports: {} });
	var threw = true;
	try {
		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
		threw = false;
	} finally {
		if (threw) delete __webpack_module_cache__[moduleId];
	}
	return module.exports;
}
__nccwpck_require__.m = __webpack_modules__;
if (void 0 !== __nccwpck_require__)
	__nccwpck_require__.ab =
		decodeURIComponent(new URL(".", import.meta.url).pathname).slice(
			import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0,
			-1,
		) + "/";
(() => {
	var webpackQueues = "function" == typeof Symbol ? Symbol("webpack queues") : "__webpack_queues__";
	var webpackExports = "function" == typeof Symbol ? Symbol("webpack exports") : "__webpack_exports__";
	var webpackError = "function" == typeof Symbol ? Symbol("webpack error") : "__webpack_error__";
	var resolveQueue = (queue) => {
		if (queue && queue.d < 1) {
			queue.d = 1;
			queue.forEach((fn) => fn.r--);
			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
		}
	};
	var wrapDeps = (deps) =>
		deps.map((dep) => {
			if (null !== dep && "object" == typeof dep) {
				if (dep[webpackQueues]) return dep;
				if (dep.then) {
					var queue = [];
					queue.d = 0;
					dep.then(
						(r) => {
							obj[webpackExports] = r;
							resolveQueue(queue);
						},
						(e) => {
							obj[webpackError] = e;
							resolveQueue(queue);
						},
					);
					var obj = {};
					obj[webpackQueues] = (fn) => fn(queue);
					return obj;
				}
			}
			var ret = {};
			ret[webpackQueues] = (x) => {};
			ret[webpackExports] = dep;
			return ret;
		});
	__nccwpck_require__.a = (module, body, hasAwait) => {
		var queue;
		hasAwait && ((queue = []).d = -1);
		var depQueues = new Set();
		var exports = module.exports;
		var currentDeps;
		var outerResolve;
		var reject;
		var promise = new Promise((resolve, rej) => {
			reject = rej;
			outerResolve = resolve;
		});
		promise[webpackExports] = exports;
		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"]((x) => {}));
		module.exports = promise;
		body(
			(deps) => {
				currentDeps = wrapDeps(deps);
				var fn;
				var getResult = () =>
					currentDeps.map((d) => {
						if (d[webpackError]) throw d[webpackError];
						return d[webpackExports];
					});
				var promise = new Promise((resolve) => {
					fn = () => resolve(getResult);
					fn.r = 0;
					var fnQueue = (q) =>
						q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn)));
					currentDeps.map((dep) => dep[webpackQueues](fnQueue));
				});
				return fn.r ? promise : getResult();
			},
			(err) => (err ? reject((promise[webpackError] = err)) : outerResolve(exports), resolveQueue(queue)),
		);
		queue && queue.d < 0 && (queue.d = 0);
	};
})();
(() => {
	__nccwpck_require__.n = (module) => {
		var getter = module && module.__esModule ? () => module["default"] : () => module;
		__nccwpck_require__.d(getter, { a: getter });
		return getter;
	};
})();
(() => {
	__nccwpck_require__.d = (exports, definition) => {
		for (var key in definition)
			if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key))
				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
	};
})();
(() => {
	__nccwpck_require__.f = {};
	__nccwpck_require__.e = (chunkId) =>
		Promise.all(
			Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
				__nccwpck_require__.f[key](chunkId, promises);
				return promises;
			}, []),
		);
})();
(() => {
	__nccwpck_require__.u = (chunkId) => "" + chunkId + ".index.js";
})();
(() => {
	__nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
})();
(() => {
	__nccwpck_require__.r = (exports) => {
		if ("u" > typeof Symbol && Symbol.toStringTag)
			Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
		Object.defineProperty(exports, "__esModule", { value: true });
	};
})();
(() => {
	var installedChunks = { 792: 0 };
	var installChunk = (data) => {
		var { ids, modules, runtime } = data;
		var moduleId,
			chunkId,
			i = 0;
		for (moduleId in modules)
			if (__nccwpck_require__.o(modules, moduleId)) __nccwpck_require__.m[moduleId] = modules[moduleId];
		if (runtime) runtime(__nccwpck_require__);
		for (; i < ids.length; i++) {
			chunkId = ids[i];
			if (__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) installedChunks[chunkId][0]();
			installedChunks[ids[i]] = 0;
		}
	};
	__nccwpck_require__.f.j = (chunkId, promises) => {
		var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : void 0;
		if (0 !== installedChunkData)
			if (installedChunkData) promises.push(installedChunkData[1]);
			else {
				var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
					if (0 !== installedChunks[chunkId]) installedChunks[chunkId] = void 0;
					throw e;
				});
				var promise = Promise.race([
					promise,
					new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve])),
				]);
				promises.push((installedChunkData[1] = promise));
			}
	};
})();
var __webpack_exports__ = __nccwpck_require__(9062);
__webpack_exports__ = await __webpack_exports__;
