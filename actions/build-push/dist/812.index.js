export const id = 812;
export const ids = [812];
export const modules = {
	7431: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			dockerBuilder: () => dockerBuilder,
			removeBuilder: () => removeBuilder,
		});
		var external_node_fs_ = __webpack_require__(3024);
		var external_node_path_ = __webpack_require__(6760);
		var error = __webpack_require__(1557);
		var platform = __webpack_require__(2554);
		function buildxArguments({ image, ...o }) {
			const output = {
				type: "image",
				name: image.name,
				...(o.push ? { "push-by-digest": "true", "name-canonical": "true" } : {}),
				push: String(o.push),
				"oci-mediatypes": "true",
				"rewrite-timestamp": "true",
			};
			return [
				"buildx",
				"build",
				...flag("builder", o.builder),
				"--progress=plain",
				...flag("file", image.dockerfile),
				...flag("target", image.target),
				...flag("platform", image.platforms.map(platform.Bq).join(",")),
				...[...image.buildArgs].flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
				...[...image.secrets].flatMap(([id, variable]) => ["--secret", csv({ id, env: variable })]),
				...Object.entries(image.labels).flatMap(([name, value]) => ["--label", `${name}=${value}`]),
				...o.cache.from.flatMap((line) => ["--cache-from", line]),
				...o.cache.to.flatMap((line) => ["--cache-to", line]),
				...flag("provenance", o.provenance),
				...flag("sbom", o.sbom),
				...flag("output", csv(output)),
				...flag("metadata-file", o.metadataFile),
				"--",
				image.context,
			];
		}
		function chooseCache(o) {
			const [first] = o.lines;
			if ("off" === first) return { from: [], to: [] };
			if ("auto" !== first) {
				const from = o.lines.filter((line) => !line.startsWith("type=inline"));
				return {
					from,
					to: o.lines.map((line) => (/(?:^|,)ignore-error=/.test(line) ? line : `${line},ignore-error=true`)),
				};
			}
			if (o.hasGitHubCache) {
				const scope = { type: "gha", scope: o.image };
				return { from: [csv(scope)], to: [csv({ ...scope, mode: "max", "ignore-error": "true" })] };
			}
			const registry = { type: "registry", ref: `${o.image}:buildcache` };
			const options = { mode: "max", "image-manifest": "true", "oci-mediatypes": "true", "ignore-error": "true" };
			return { from: [csv(registry)], to: o.push ? [csv({ ...registry, ...options })] : [] };
		}
		function flag(name, value) {
			return value ? [`--${name}=${value}`] : [];
		}
		function csv(values) {
			const fields = Object.entries(values).map(([key, value]) => `${key}=${value}`);
			return fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",");
		}
		var media_types = __webpack_require__(9867);
		async function readSizes(client, { repository, digest }) {
			const manifest = await client.readManifest(repository, digest);
			const document = JSON.parse(manifest.bytes.toString("utf8"));
			const isIndex = manifest.mediaType === media_types.J.index || manifest.mediaType === media_types.J.dockerList;
			const first = document.manifests?.find(({ platform }) => platform?.os !== "unknown");
			if (isIndex && void 0 !== first) return readSizes(client, { repository, digest: first.digest });
			const layers = document.layers ?? [];
			return { size: layers.reduce((sum, { size }) => sum + size, document.config?.size ?? 0), layers: layers.length };
		}
		var address = __webpack_require__(7187);
		var reference = __webpack_require__(9310);
		function buildxProblem(o) {
			const { exitCode, stderr } = o.result;
			const said = /^ERROR: (.*)/m.exec(stderr)?.[1] ?? stderr.trim().split("\n").at(-1) ?? "";
			const message = `Cannot build ${o.name} because docker buildx failed with exit code ${exitCode}: got ${said.replace(/^(?:failed to (?:build|solve): )+/, "")}`;
			const hint = hintFor(said);
			const line = /^\S*:(\d+)\n-{10,}$/m.exec(stderr)?.[1];
			const place = void 0 === line ? {} : { file: o.dockerfile, line: Number(line) };
			return new error.G(message, {
				code: "configuration",
				problems: [{ message, ...(void 0 === hint ? {} : { hint }), ...place }],
			});
		}
		function hintFor(said) {
			if (/failed to fetch oauth token: 403|denied|insufficient_scope/.test(said))
				return "The registry did not let the push through. On DigitalOcean the plan may have no room for another repository.";
			if (/unauthorized|authentication required/.test(said))
				return "Check the credentials: username and password, digitalocean-token or logins.";
		}
		var find_dockerfile = __webpack_require__(9919);
		const builderState = "buildx-builder";
		async function dockerBuilder(options) {
			const builder = await findBuilder(options);
			let builds = 0;
			return (plan) => build(plan, { ...options, builder, number: builds++ });
		}
		async function build(plan, session) {
			const { runner, inputs, environment } = session;
			const { workspace } = runner;
			const dockerfile = (0, find_dockerfile.m)(plan, workspace);
			const metadataFile = (0, external_node_path_.join)(
				environment.DOCKER_CONFIG ?? runner.temp,
				`built-${session.number}.json`,
			);
			const name = `${plan.registry}/${plan.repository}`;
			const args = buildxArguments({
				image: {
					...plan,
					name,
					context: (0, find_dockerfile.G)(workspace, plan.context),
					dockerfile: (0, find_dockerfile.G)(workspace, dockerfile),
				},
				builder: session.builder,
				push: inputs.push,
				cache: chooseCache({
					lines: inputs.cache,
					image: name,
					push: inputs.push,
					hasGitHubCache: hasGitHubCache(runner),
				}),
				provenance: inputs.provenance ?? defaultProvenance(runner),
				sbom: inputs.sbom,
				metadataFile,
			});
			const result = await runner.exec("docker", args, {
				cwd: workspace,
				env: { ...environment, SOURCE_DATE_EPOCH: String(plan.epoch) },
				onLine: (line) => {
					if ("" !== line) runner.log.info(`${plan.name}: ${line}`);
				},
			});
			if (0 !== result.exitCode) throw buildxProblem({ name: plan.name, dockerfile, result });
			const digest = readDigest(metadataFile, plan.name);
			if (!inputs.push) return { digest };
			return { digest, ...(await readSizes(session.client(plan.registry), { repository: plan.repository, digest })) };
		}
		function readDigest(path, name) {
			const text = (0, external_node_fs_.existsSync)(path) ? (0, external_node_fs_.readFileSync)(path, "utf8") : "{}";
			const metadata = JSON.parse(text);
			const digest = metadata["containerimage.digest"];
			if ("string" == typeof digest && (0, reference.Bc)(digest)) return digest;
			throw new error.G(
				`Cannot tell what was built for ${name} because buildx named no digest: got ${"string" == typeof digest ? digest : "none"}`,
				{
					code: "refused",
					hint: "The builder has to be able to export images: docker-container, kubernetes and remote are.",
				},
			);
		}
		async function findBuilder({ runner, inputs, environment }) {
			const inspected = await runner.exec("docker", ["buildx", "inspect"], { env: environment });
			if (0 !== inspected.exitCode)
				throw new error.G(`Cannot build because docker buildx does not work: got ${lastLine(inspected.stderr)}`, {
					code: "configuration",
					hint: "Install Docker with buildx in an earlier step, or set builder: direct if no Dockerfile needs RUN.",
				});
			if (/^Driver:\s+(\S+)/m.exec(inspected.stdout)?.[1] !== "docker") return;
			const name = `slipway-${runner.context.runId || "local"}-${process.pid}`;
			runner.saveState(builderState, name);
			const url = (0, address.NH)(inputs.registry.split("/", 1)[0] ?? "");
			const network = (0, address.U9)(url) ? ["--driver-opt", "network=host"] : [];
			const args = ["buildx", "create", "--driver", "docker-container", "--name", name, ...network];
			const created = await runner.exec("docker", args, { env: environment });
			if (0 === created.exitCode) return name;
			throw new error.G(`Cannot make a builder because docker buildx create failed: got ${lastLine(created.stderr)}`, {
				code: "configuration",
				hint: "Docker has to be able to start containers. docker/setup-buildx-action can make a builder of your own before this step.",
			});
		}
		async function removeBuilder(runner) {
			const name = runner.getState(builderState);
			if ("" !== name) await runner.exec("docker", ["buildx", "rm", "--force", name]);
		}
		function hasGitHubCache({ env }) {
			return Boolean(env.ACTIONS_RUNTIME_TOKEN && (env.ACTIONS_RESULTS_URL ?? env.ACTIONS_CACHE_URL));
		}
		function defaultProvenance({ context }) {
			const repository = context.payload.repository;
			const isPublic =
				"object" == typeof repository && null !== repository && "private" in repository && false === repository.private;
			return isPublic ? "mode=max" : "mode=min";
		}
		function lastLine(text) {
			return text.trim().split("\n").at(-1) ?? "";
		}
	},
	9919: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { G: () => below, m: () => findDockerfile });
		var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
		var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
		var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1557);
		var _runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4140);
		function findDockerfile(plan, workspace) {
			const { name, context, dockerfiles } = plan;
			if (!isA("isDirectory", below(workspace, context)))
				throw new _error_js__WEBPACK_IMPORTED_MODULE_2__.G(
					`Cannot build ${name} because its context is no folder of the workspace: got ${context}`,
					{
						code: "configuration",
						hint: "context is relative to the root of the repository. Is it checked out before this step?",
					},
				);
			const found = dockerfiles.find((path) => isA("isFile", below(workspace, path)));
			if (void 0 !== found) return found;
			const first = dockerfiles[0] ?? "Dockerfile";
			const meant = dockerfiles.map((path) => nearPath(path, workspace)).find((path) => void 0 !== path);
			throw new _error_js__WEBPACK_IMPORTED_MODULE_2__.G(
				`Cannot build ${name} because there is no Dockerfile: got ${first}`,
				{
					code: "configuration",
					hint:
						void 0 === meant
							? "dockerfile is relative to the root of the repository, or to the context."
							: `Did you mean ${meant}?`,
				},
			);
		}
		function below(workspace, path) {
			return (0, node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path)
				? path
				: (0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, path);
		}
		function nearPath(path, workspace) {
			const folder = (0, node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
			if (!isA("isDirectory", below(workspace, folder))) return;
			const names = (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(below(workspace, folder));
			const wanted = path.slice("." === folder ? 0 : folder.length + 1);
			const meant =
				(0, _runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__.p)(wanted, names) ??
				names.find((name) => /^dockerfile/i.test(name) && !name.endsWith(".dockerignore"));
			return void 0 === meant ? void 0 : (0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, meant);
		}
		function isA(kind, path) {
			return (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false })?.[kind]() === true;
		}
	},
};
