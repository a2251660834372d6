export const id = 431;
export const ids = [431,812];
export const modules = {

/***/ 7431:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  dockerBuilder: () => (/* binding */ dockerBuilder),
  removeBuilder: () => (/* binding */ removeBuilder)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/error.ts
var error = __webpack_require__(1557);
// EXTERNAL MODULE: ./src/image/platform.ts
var platform = __webpack_require__(2554);
;// CONCATENATED MODULE: ./src/image/buildx.ts

/**
 * The arguments of `docker buildx build`. The image is pushed by digest, without a tag. Files newer than SOURCE_DATE_EPOCH, which is an
 * environment variable, get that time. No secret is among them: BuildKit reads secrets from the environment.
 */
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
        ...flag("platform", image.platforms.map(platform/* formatPlatform */.Bq).join(",")),
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
/**
 * What to cache where. `auto` is GitHub's own cache where there is one, else a tag of the image's repository. A cache that fails never
 * fails a build.
 */
function chooseCache(o) {
    const [first] = o.lines;
    if (first === "off")
        return { from: [], to: [] };
    if (first !== "auto") {
        // An inline cache is part of the image: there is nothing to name when it is read.
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
/** `key=value,…`, quoted where a value would break it. */
function csv(values) {
    const fields = Object.entries(values).map(([key, value]) => `${key}=${value}`);
    return fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",");
}

// EXTERNAL MODULE: ./src/registry/media-types.ts
var media_types = __webpack_require__(9867);
;// CONCATENATED MODULE: ./src/image/sizes.ts

/** What a node has to fetch for an image, in bytes, and how many layers that are; of several platforms, for the first. */
async function readSizes(client, { repository, digest }) {
    const manifest = await client.readManifest(repository, digest);
    const document = JSON.parse(manifest.bytes.toString("utf8"));
    const isIndex = manifest.mediaType === media_types/* mediaType */.J.index || manifest.mediaType === media_types/* mediaType */.J.dockerList;
    // Attestations stand in an index too, as images for an unknown platform.
    const first = document.manifests?.find(({ platform }) => platform?.os !== "unknown");
    if (isIndex && first !== undefined)
        return readSizes(client, { repository, digest: first.digest });
    const layers = document.layers ?? [];
    return { size: layers.reduce((sum, { size }) => sum + size, document.config?.size ?? 0), layers: layers.length };
}

// EXTERNAL MODULE: ./src/registry/address.ts
var address = __webpack_require__(7187);
// EXTERNAL MODULE: ./src/registry/reference.ts
var reference = __webpack_require__(9310);
;// CONCATENATED MODULE: ./src/build-push/docker-problem.ts

/** What buildx said when it failed, at the line of the Dockerfile where it says which. */
function buildxProblem(o) {
    const { exitCode, stderr } = o.result;
    const said = /^ERROR: (.*)/m.exec(stderr)?.[1] ?? stderr.trim().split("\n").at(-1) ?? "";
    const message = `Cannot build ${o.name} because docker buildx failed with exit code ${exitCode}: got ${said.replace(/^(?:failed to (?:build|solve): )+/, "")}`;
    const hint = hintFor(said);
    // BuildKit shows the lines in question below a line such as "Dockerfile:12".
    const line = /^\S*:(\d+)\n-{10,}$/m.exec(stderr)?.[1];
    const place = line === undefined ? {} : { file: o.dockerfile, line: Number(line) };
    return new error/* SlipwayError */.G(message, {
        code: "configuration",
        problems: [{ message, ...(hint === undefined ? {} : { hint }), ...place }],
    });
}
function hintFor(said) {
    if (/failed to fetch oauth token: 403|denied|insufficient_scope/.test(said))
        return "The registry did not let the push through. On DigitalOcean the plan may have no room for another repository.";
    if (/unauthorized|authentication required/.test(said))
        return "Check the credentials: username and password, digitalocean-token or logins.";
    return undefined;
}

// EXTERNAL MODULE: ./src/build-push/find-dockerfile.ts
var find_dockerfile = __webpack_require__(9919);
;// CONCATENATED MODULE: ./src/build-push/docker-builder.ts









const builderState = "buildx-builder";
/** Builds with `docker buildx`. Whether a build has succeeded is what its exit code says, and nothing else. */
async function dockerBuilder(options) {
    const builder = await findBuilder(options);
    let builds = 0;
    return (plan) => build(plan, { ...options, builder, number: builds++ });
}
async function build(plan, session) {
    const { runner, inputs, environment } = session;
    const { workspace } = runner;
    const dockerfile = (0,find_dockerfile/* findDockerfile */.m)(plan, workspace);
    const metadataFile = (0,external_node_path_.join)(environment.DOCKER_CONFIG ?? runner.temp, `built-${session.number}.json`);
    const name = `${plan.registry}/${plan.repository}`;
    const args = buildxArguments({
        image: { ...plan, name, context: (0,find_dockerfile/* below */.G)(workspace, plan.context), dockerfile: (0,find_dockerfile/* below */.G)(workspace, dockerfile) },
        builder: session.builder,
        push: inputs.push,
        cache: chooseCache({ lines: inputs.cache, image: name, push: inputs.push, hasGitHubCache: hasGitHubCache(runner) }),
        provenance: inputs.provenance ?? defaultProvenance(runner),
        sbom: inputs.sbom,
        metadataFile,
    });
    const result = await runner.exec("docker", args, {
        cwd: workspace,
        env: { ...environment, SOURCE_DATE_EPOCH: String(plan.epoch) },
        onLine: (line) => {
            if (line !== "")
                runner.log.info(`${plan.name}: ${line}`);
        },
    });
    if (result.exitCode !== 0)
        throw buildxProblem({ name: plan.name, dockerfile, result });
    const digest = readDigest(metadataFile, plan.name);
    if (!inputs.push)
        return { digest };
    return { digest, ...(await readSizes(session.client(plan.registry), { repository: plan.repository, digest })) };
}
function readDigest(path, name) {
    const text = (0,external_node_fs_.existsSync)(path) ? (0,external_node_fs_.readFileSync)(path, "utf8") : "{}";
    const metadata = JSON.parse(text);
    const digest = metadata["containerimage.digest"];
    if (typeof digest === "string" && (0,reference/* isDigest */.Bc)(digest))
        return digest;
    throw new error/* SlipwayError */.G(`Cannot tell what was built for ${name} because buildx named no digest: got ${typeof digest === "string" ? digest : "none"}`, {
        code: "refused",
        hint: "The builder has to be able to export images: docker-container, kubernetes and remote are.",
    });
}
/**
 * The builder to use. Docker's built-in one cannot push by digest, so where it is the current one, another is made for this job.
 * @throws SlipwayError where there is no buildx.
 */
async function findBuilder({ runner, inputs, environment }) {
    const inspected = await runner.exec("docker", ["buildx", "inspect"], { env: environment });
    if (inspected.exitCode !== 0) {
        throw new error/* SlipwayError */.G(`Cannot build because docker buildx does not work: got ${lastLine(inspected.stderr)}`, {
            code: "configuration",
            hint: "Install Docker with buildx in an earlier step, or set builder: direct if no Dockerfile needs RUN.",
        });
    }
    if (/^Driver:\s+(\S+)/m.exec(inspected.stdout)?.[1] !== "docker")
        return undefined;
    const name = `slipway-${runner.context.runId || "local"}-${process.pid}`;
    runner.saveState(builderState, name);
    const url = (0,address/* registryUrl */.NH)(inputs.registry.split("/", 1)[0] ?? "");
    // A registry of this machine is not one of the builder's container.
    const network = (0,address/* isLoopback */.U9)(url) ? ["--driver-opt", "network=host"] : [];
    const args = ["buildx", "create", "--driver", "docker-container", "--name", name, ...network];
    const created = await runner.exec("docker", args, { env: environment });
    if (created.exitCode === 0)
        return name;
    throw new error/* SlipwayError */.G(`Cannot make a builder because docker buildx create failed: got ${lastLine(created.stderr)}`, {
        code: "configuration",
        hint: "Docker has to be able to start containers. docker/setup-buildx-action can make a builder of your own before this step.",
    });
}
/** Removes the builder that was made for this job. */
async function removeBuilder(runner) {
    const name = runner.getState(builderState);
    if (name !== "")
        await runner.exec("docker", ["buildx", "rm", "--force", name]);
}
function hasGitHubCache({ env }) {
    return Boolean(env.ACTIONS_RUNTIME_TOKEN && (env.ACTIONS_RESULTS_URL ?? env.ACTIONS_CACHE_URL));
}
/** All that is known of a public repository is public; of a private one the build's arguments may not be. */
function defaultProvenance({ context }) {
    const repository = context.payload.repository;
    const isPublic = typeof repository === "object" && repository !== null && "private" in repository && repository.private === false;
    return isPublic ? "mode=max" : "mode=min";
}
function lastLine(text) {
    return text.trim().split("\n").at(-1) ?? "";
}


/***/ }),

/***/ 9919:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ below),
/* harmony export */   m: () => (/* binding */ findDockerfile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1557);
/* harmony import */ var _runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4140);




/**
 * The Dockerfile of an image, relative to the workspace: where `dockerfile` says, as for `docker build --file`, else below the context.
 * @throws SlipwayError `configuration` where the context or the Dockerfile does not exist; the nearest name is in the hint.
 */
function findDockerfile(plan, workspace) {
    const { name, context, dockerfiles } = plan;
    if (!isA("isDirectory", below(workspace, context))) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SlipwayError */ .G(`Cannot build ${name} because its context is no folder of the workspace: got ${context}`, {
            code: "configuration",
            hint: "context is relative to the root of the repository. Is it checked out before this step?",
        });
    }
    const found = dockerfiles.find((path) => isA("isFile", below(workspace, path)));
    if (found !== undefined)
        return found;
    const first = dockerfiles[0] ?? "Dockerfile";
    const meant = dockerfiles.map((path) => nearPath(path, workspace)).find((path) => path !== undefined);
    throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SlipwayError */ .G(`Cannot build ${name} because there is no Dockerfile: got ${first}`, {
        code: "configuration",
        hint: meant === undefined
            ? "dockerfile is relative to the root of the repository, or to the context."
            : `Did you mean ${meant}?`,
    });
}
/** A path as the runner's machine has it. */
function below(workspace, path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path) ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, path);
}
function nearPath(path, workspace) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
    if (!isA("isDirectory", below(workspace, folder)))
        return undefined;
    const names = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(below(workspace, folder));
    const wanted = path.slice(folder === "." ? 0 : folder.length + 1);
    const meant = (0,_runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .p)(wanted, names) ?? names.find((name) => /^dockerfile/i.test(name) && !name.endsWith(".dockerignore"));
    return meant === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, meant);
}
function isA(kind, path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false })?.[kind]() === true;
}


/***/ }),

/***/ 2554:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ formatPlatform),
/* harmony export */   CF: () => (/* binding */ bestFor),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   j7: () => (/* binding */ normalise)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);

const architectures = {
    x86_64: "amd64",
    "x86-64": "amd64",
    aarch64: "arm64",
    armhf: "arm",
    i386: "386",
};
/** Reads `linux/arm64/v8`. @throws SlipwayError `configuration` where it is no platform. */
function parsePlatform(text) {
    const [os = "", architecture = "", variant = "", ...more] = text.toLowerCase().split("/");
    if (!/^[a-z0-9]+$/.test(os) ||
        !/^[a-z0-9_-]+$/.test(architecture) ||
        !/^[a-z0-9.]*$/.test(variant) ||
        more.length > 0) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SlipwayError */ .G(`"${text}" is not a platform`, {
            code: "configuration",
            hint: "Write it like linux/amd64 or linux/arm64.",
        });
    }
    return normalise({ os, architecture, variant });
}
/** The form in which equal platforms look alike (containerd/platforms). */
function normalise(platform) {
    const architecture = architectures[platform.architecture] ?? platform.architecture;
    const variant = usualVariant(architecture, (platform.variant ?? "").replace(/^(?=\d)/, "v"));
    return { os: platform.os, architecture, ...(variant === "" ? {} : { variant }) };
}
function usualVariant(architecture, variant) {
    if (architecture === "arm")
        return variant === "" ? "v7" : variant;
    const usual = { arm64: "v8", amd64: "v1" };
    return usual[architecture] === variant ? "" : variant;
}
function formatPlatform({ os, architecture, variant }) {
    return `${os}/${architecture}${variant === undefined ? "" : `/${variant}`}`;
}
/**
 * Of `offered` the one that runs on `wanted` and makes the most of it: the same, else the newest older variant (arm/v6 on arm/v7).
 */
function bestFor(wanted, offered) {
    const limit = version(wanted);
    return offered
        .filter(({ platform }) => platform.os === wanted.os && platform.architecture === wanted.architecture)
        .filter(({ platform }) => version(platform) <= limit)
        .reduce((best, one) => (best && version(best.platform) >= version(one.platform) ? best : one), undefined);
}
function version({ architecture, variant }) {
    const usual = { arm64: "v8", amd64: "v1" };
    return Number((variant ?? usual[architecture] ?? "v0").slice(1));
}


/***/ }),

/***/ 7187:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FX: () => (/* binding */ isConfidential),
/* harmony export */   NH: () => (/* binding */ registryUrl),
/* harmony export */   U9: () => (/* binding */ isLoopback)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);

/**
 * Where the registry of an image name answers. Plain HTTP is spoken to this machine alone: whatever goes further could be read or
 * changed on its way.
 */
function registryUrl(registry) {
    if (registry === "docker.io")
        return new URL("https://registry-1.docker.io/");
    const url = new URL(`https://${registry}/`);
    if (!isLoopback(url))
        return url;
    return new URL(`http://${registry}/`);
}
/** 127.0.0.0/8, ::1 and localhost. */
function isLoopback(url) {
    const { hostname } = url;
    return hostname === "localhost" || hostname === "[::1]" || ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv4)(hostname) && hostname.startsWith("127."));
}
/** Whether a secret may be sent there: over TLS, or without leaving this machine. */
function isConfidential(url) {
    return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}


/***/ }),

/***/ 9867:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ manifestTypes),
/* harmony export */   J: () => (/* binding */ mediaType)
/* harmony export */ });
/** The names of the formats that images are made of: OCI image specification 1.1, and Docker's before it. */
const mediaType = {
    index: "application/vnd.oci.image.index.v1+json",
    manifest: "application/vnd.oci.image.manifest.v1+json",
    config: "application/vnd.oci.image.config.v1+json",
    layer: "application/vnd.oci.image.layer.v1.tar",
    gzipLayer: "application/vnd.oci.image.layer.v1.tar+gzip",
    zstdLayer: "application/vnd.oci.image.layer.v1.tar+zstd",
    dockerList: "application/vnd.docker.distribution.manifest.list.v2+json",
    dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
    dockerLayer: "application/vnd.docker.image.rootfs.diff.tar",
    dockerGzipLayer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
};
/** What may be answered where a manifest is asked for, best first. */
const manifestTypes = [
    mediaType.index,
    mediaType.manifest,
    mediaType.dockerList,
    mediaType.dockerManifest,
];


/***/ })

};
