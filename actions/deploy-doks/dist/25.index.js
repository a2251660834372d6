export const id = 25;
export const ids = [25];
export const modules = {
	8025: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { renderChart: () => renderChart });
		var promises_ = __webpack_require__(1455);
		var external_node_path_ = __webpack_require__(6760);
		var files = __webpack_require__(4282);
		var objects = __webpack_require__(9857);
		var parse = __webpack_require__(2216);
		var rendering = __webpack_require__(2542);
		class TemplateLines {
			#lines;
			constructor(text) {
				this.#lines = text.split("\n");
			}
			object(kind, n) {
				const isKind = (line) => /^kind:\s*["']?([\w.-]+)/.exec(line)?.[1] === kind;
				const found = this.#lines.flatMap((line, index) => (isKind(line) ? [index] : []));
				const at = found[Math.min(n, found.length - 1)] ?? 0;
				for (let index = at; index >= 0 && !this.#lines[index]?.startsWith("---"); index -= 1)
					if (this.#lines[index]?.startsWith("apiVersion:")) return index + 1;
				return at + 1;
			}
			field(start, path, object) {
				let [at, column, value] = [start - 1, -1, object];
				for (const key of path) {
					const next = null === value ? void 0 : value?.[key];
					const found = "number" == typeof key ? this.#item(at, column, key, next) : this.#key(at, column, key);
					if (void 0 === found) break;
					[at, column] = found;
					value = next;
				}
				return at + 1;
			}
			#key(from, column, key) {
				for (const [index, line] of this.#block(from, column)) {
					const [, before = "", name] = /^(\s*(?:-\s+)?)["']?([^\s"':{}]+)["']?\s*:/.exec(line) ?? [];
					if (name === key && before.length > column) return [index, before.length];
				}
			}
			#item(from, column, index, value) {
				const name = null === value || "object" != typeof value || Array.isArray(value) ? void 0 : value.name;
				const items = [...this.#block(from, column, true)].flatMap(([line, text]) => {
					const [, before, rest = ""] = /^(\s*)-\s+(.*)/.exec(text) ?? [];
					return void 0 === before || line === from ? [] : [[line, before.length, rest]];
				});
				const own = items.filter(([, indent]) => indent === items[0]?.[1]);
				const nameOf = (rest) => /^name:\s*["']?([^\s"'{]+)/.exec(rest)?.[1];
				const named = own.find(([, , rest]) => "string" == typeof name && nameOf(rest) === name);
				const numbered = void 0 === nameOf(own[index]?.[2] ?? "") || void 0 === name ? own[index] : void 0;
				const [line, indent] = named ?? numbered ?? [];
				return void 0 === line || void 0 === indent ? void 0 : [line, indent];
			}
			*#block(from, column, withDashes = false) {
				for (let index = from; index < this.#lines.length; index += 1) {
					const line = this.#lines[index] ?? "";
					const text = line.trim();
					const indent = line.length - line.trimStart().length;
					const isCode = "" === text || text.startsWith("#") || text.startsWith("{{");
					if (index > from && !isCode) {
						if ("---" === text) return;
						if (indent < column || (indent === column && !(withDashes && text.startsWith("-")))) return;
					}
					yield [index, line];
				}
			}
		}
		async function renderChart(ports, chart) {
			const file = (0, files.pS)(chart.path, ports.workspace);
			const { kubernetes, apiVersions } = chart.capabilities;
			const versions = ["--kube-version", kubernetes, ...apiVersions.flatMap((version) => ["--api-versions", version])];
			const options = ["--namespace", chart.namespace, "--include-crds", "--values", "-", ...versions];
			const command = ["helm", "template", ...options, "--", chart.release, chart.folder];
			const rendered = await (0, rendering.q)(ports, command, JSON.stringify(chart.values));
			if (void 0 === rendered) {
				const hint = "Install Helm in an earlier step of the job.";
				return {
					manifests: [],
					problems: [{ file, line: 1, message: "this is a Helm chart, and there is no helm on PATH", hint }],
				};
			}
			if (0 !== rendered.exitCode)
				return { manifests: [], problems: [explain(rendered.stderr, chart, ports.workspace)] };
			const set = (0, parse.Y)(rendered.stdout, { file });
			const templates = await readTemplates(rendered.stdout, chart.folder);
			const shown = (path) => (0, files.pS)(path, ports.workspace);
			const texts = new Map([...templates.files].map(([path, text]) => [shown(path), text]));
			return (0, rendering.b)(set, {
				text: rendered.stdout,
				fallback: file,
				originOf: originFinder(set.manifests, templates, shown),
				textOf: (name) => texts.get(name),
			});
		}
		function explain(stderr, { folder, path, values }, workspace) {
			const said = stderr
				.replace(/\n\s*Use --debug flag.*/, "")
				.trim()
				.replace(/^Error:\s*/, "");
			const [, inside, line] =
				/\b[\w.-]+\/((?:charts\/[\w.-]+\/)*(?:templates|crds)\/[^\s:()]+)(?::(\d+))?/.exec(said) ?? [];
			const missing = said.includes("missing in charts/ directory");
			return {
				message: `helm template failed: ${withoutValues(said.length > 1e3 ? `${said.slice(0, 1e3)}…` : said, values)}`,
				...(missing ? { hint: 'Run "helm dependency build" in a step before.' } : {}),
				file: (0, files.pS)(void 0 === inside ? path : (0, external_node_path_.join)(folder, inside), workspace),
				line: Number(line ?? 1),
			};
		}
		function withoutValues(text, value) {
			if ("string" == typeof value) return value.length < 4 ? text : text.replaceAll(value, "***");
			if (Array.isArray(value)) return value.reduce(withoutValues, text);
			return (0, objects.Qy)(value) ? Object.values(value).reduce(withoutValues, text) : text;
		}
		async function readTemplates(rendered, folder) {
			const marks = [];
			const files = new Map();
			const lines = rendered.split("\n");
			for (const [index, line] of lines.entries()) {
				const [, source] = /^# Source: [^/]+\/(.+)$/.exec(line) ?? [];
				if (void 0 === source || "---" !== lines[index - 1]) continue;
				const path = (0, external_node_path_.join)(folder, source);
				marks.push([index + 1, path]);
				const text = files.has(path) ? void 0 : await (0, promises_.readFile)(path, "utf8").catch(() => void 0);
				if (void 0 !== text) files.set(path, text);
			}
			return { marks, files };
		}
		function originFinder(manifests, { marks, files }, shown) {
			const pathOf = ({ source }) => marks.findLast(([line]) => line <= source.line)?.[1];
			const counts = new Map();
			const numbers = new Map();
			for (const manifest of manifests) {
				const key = `${pathOf(manifest) ?? ""}\0${manifest.object.kind}`;
				numbers.set(manifest, counts.get(key) ?? 0);
				counts.set(key, (counts.get(key) ?? 0) + 1);
			}
			return (manifest) => {
				const path = pathOf(manifest);
				const text = void 0 === path ? void 0 : files.get(path);
				if (void 0 === path || void 0 === text) return;
				const template = new TemplateLines(text);
				const line = template.object(manifest.object.kind, numbers.get(manifest) ?? 0);
				const locate = (field) => template.field(line, field, manifest.object);
				return { file: shown(path), line, locate };
			};
		}
	},
	2542: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { b: () => atOrigins, q: () => runTool });
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		async function runTool({ exec, signal, workspace }, [command = "", ...args], input = "") {
			try {
				return await exec(command, args, { cwd: workspace, input, signal });
			} catch (error) {
				const cause = error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__.G ? error.cause : void 0;
				if (cause?.code === "ENOENT") return;
				throw error;
			}
		}
		function atOrigins(rendered, how) {
			const origins = new Map(rendered.manifests.map((manifest) => [manifest, how.originOf(manifest)]));
			const fallback = { file: how.fallback, line: 1, locate: () => 1 };
			const manifests = rendered.manifests.map((manifest) => ({
				...manifest,
				source: origins.get(manifest) ?? fallback,
			}));
			const lines = how.text.split("\n");
			const problems = rendered.problems.map((problem) => {
				const line = problem.line ?? 1;
				const owner = rendered.manifests.findLast(({ source }) => source.line <= line);
				const origin = (owner && origins.get(owner)) ?? fallback;
				return { ...problem, file: origin.file, line: sameLine(how.textOf(origin.file), lines[line - 1], origin.line) };
			});
			return { manifests, problems };
		}
		function sameLine(text, wanted = "", start) {
			const found = (text ?? "")
				.split("\n")
				.findIndex((line, index) => index + 1 >= start && line.trim() === wanted.trim());
			return -1 === found ? start : found + 1;
		}
	},
};
