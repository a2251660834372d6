export const id = 773;
export const ids = [773];
export const modules = {
	1773: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { renderKustomization: () => renderKustomization });
		var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
		var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
		var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
		var _files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4282);
		var _parse_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2216);
		var _rendering_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2542);
		const originAnnotation = "config.kubernetes.io/origin";
		const addOrigins = "buildMetadata: [originAnnotations]\n";
		async function renderKustomization(ports, kustomization) {
			const file = (0, _files_js__WEBPACK_IMPORTED_MODULE_3__.pS)(kustomization.path, ports.workspace);
			const [built, origins] = await Promise.all([
				build(ports, kustomization.folder),
				originsOf(ports, kustomization.folder),
			]);
			if (void 0 === built) {
				const hint = "Install kustomize or kubectl in an earlier step of the job.";
				return failed({
					file,
					message: "this is for kustomize, and there is neither kustomize nor kubectl on PATH",
					hint,
				});
			}
			if (0 !== built.exitCode)
				return failed({ file, message: `kustomize cannot build it: ${lastWords(built.stderr)}` });
			const set = (0, _parse_js__WEBPACK_IMPORTED_MODULE_4__.Y)(built.stdout, {
				file,
				variables: kustomization.variables,
			});
			const manifests = set.manifests.map(withoutOrigin);
			const originOf = await sourceFinder(origins, ports.workspace);
			const texts = originOf.texts;
			return (0, _rendering_js__WEBPACK_IMPORTED_MODULE_5__.b)(
				{ manifests, problems: set.problems },
				{ text: built.stdout, fallback: file, originOf: originOf.find, textOf: (name) => texts.get(name) },
			);
		}
		function failed(problem) {
			return { manifests: [], problems: [{ ...problem, line: 1 }] };
		}
		async function build(ports, folder) {
			return (
				(await (0, _rendering_js__WEBPACK_IMPORTED_MODULE_5__.q)(ports, ["kustomize", "build", folder])) ??
				(0, _rendering_js__WEBPACK_IMPORTED_MODULE_5__.q)(ports, ["kubectl", "kustomize", folder])
			);
		}
		function lastWords(stderr) {
			const logged = /"command failed" err="(.*)"\s*$/.exec(stderr)?.[1];
			const said = logged ?? stderr.trim().replace(/^(?:error|Error):\s*/, "");
			return said.length > 600 ? `…${said.slice(-600)}` : said;
		}
		async function originsOf(ports, folder) {
			const around = await (0, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(
				(0, node_path__WEBPACK_IMPORTED_MODULE_2__.join)(
					(0, node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(),
					"slipway-kustomize-",
				),
			);
			try {
				const base = (0, node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(around, folder);
				await (0, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(
					(0, node_path__WEBPACK_IMPORTED_MODULE_2__.join)(around, "kustomization.yaml"),
					`resources: [${JSON.stringify(base)}]\n${addOrigins}`,
				);
				const built = await build(ports, around);
				if (built?.exitCode !== 0) return new Map();
				const { manifests } = (0, _parse_js__WEBPACK_IMPORTED_MODULE_4__.Y)(built.stdout, { file: "" });
				return new Map(
					manifests.flatMap((manifest) => {
						const origin = /^(?:path|configuredIn): (.*)$/m.exec(
							manifest.object.metadata.annotations?.[originAnnotation] ?? "",
						);
						return origin?.[1] === void 0
							? []
							: [[keyOf(manifest), (0, node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(around, origin[1])]];
					}),
				);
			} finally {
				await (0, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(around, { recursive: true });
			}
		}
		function keyOf({ object: { apiVersion, kind, metadata } }) {
			return [apiVersion, kind, metadata.namespace ?? "", metadata.name].join("\0");
		}
		function withoutOrigin(manifest) {
			const { annotations, ...metadata } = manifest.object.metadata;
			if (annotations?.[originAnnotation] === void 0) return manifest;
			const { [originAnnotation]: _, ...rest } = annotations;
			const own = 0 === Object.keys(rest).length ? metadata : { ...metadata, annotations: rest };
			return { ...manifest, object: { ...manifest.object, metadata: own } };
		}
		async function sourceFinder(origins, workspace) {
			const texts = new Map();
			const written = new Map();
			for (const path of new Set(origins.values())) {
				const text = await (0, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, "utf8").catch(
					() => void 0,
				);
				const file = (0, _files_js__WEBPACK_IMPORTED_MODULE_3__.pS)(path, workspace);
				if (void 0 !== text) {
					texts.set(file, text);
					written.set(file, (0, _parse_js__WEBPACK_IMPORTED_MODULE_4__.Y)(text, { file }).manifests);
				}
			}
			const find = (manifest) => {
				const path = origins.get(keyOf(manifest));
				const file = void 0 === path ? void 0 : (0, _files_js__WEBPACK_IMPORTED_MODULE_3__.pS)(path, workspace);
				const text = void 0 === file ? void 0 : texts.get(file);
				if (void 0 === file || void 0 === text) return;
				const { kind, metadata } = manifest.object;
				const named = (written.get(file) ?? []).filter(
					({ object }) => object.kind === kind && metadata.name.includes(object.metadata.name),
				);
				const [source] = named.toSorted((a, b) => b.object.metadata.name.length - a.object.metadata.name.length);
				if (void 0 === source) return generated(file, text, metadata.name);
				const locate = (field) => source.source.locate(pathIn(source.object, manifest.object, field));
				return { ...source.source, locate };
			};
			return { find, texts };
		}
		function generated(file, text, name) {
			const lines = text.split("\n");
			const found = lines.findIndex((line) => {
				const [, own] = /^\s*(?:-\s+)?name:\s*["']?([\w.-]+)/.exec(line) ?? [];
				return void 0 !== own && name.includes(own);
			});
			const line = Math.max(found, 0) + 1;
			return { file, line, locate: () => line };
		}
		function pathIn(before, after, field) {
			const path = [];
			let [from, to] = [before, after];
			for (const key of field) {
				to = stepInto(to, key);
				const name = stepInto(to, "name");
				const own =
					Array.isArray(from) && void 0 !== name ? from.findIndex((item) => stepInto(item, "name") === name) : key;
				if (-1 === own) break;
				path.push(own);
				from = stepInto(from, own);
			}
			return path;
		}
		function stepInto(value, key) {
			return null !== value && "object" == typeof value ? value[key] : void 0;
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
