export const id = 705;
export const ids = [705];
export const modules = {

/***/ 1873:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ collectLogins),
/* harmony export */   q: () => (/* binding */ revokeMinted)
/* harmony export */ });
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9310);

/** What the post step has to revoke. */
const mintedState = "minted-credential";
/** A job's build is done within the hour, or its next step is not worth waiting for. */
const expirySeconds = 3600;
/** Gathers the credentials of the inputs. With `digitalocean-token`, one for this job is made; it is masked, and revoked by the post step. */
async function collectLogins(runner, inputs) {
    const logins = new Map();
    for (const { registry, username, password } of inputs.logins ?? [])
        logins.set((0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalRegistry */ .i7)(registry), { username, password, origin: "input logins" });
    const [host = "", namespace = ""] = inputs.registry.split("/");
    const { username, password, "digitalocean-token": token } = inputs;
    if (username !== undefined && password !== undefined)
        logins.set((0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalRegistry */ .i7)(host), { username, password, origin: "inputs username and password" });
    else if (token !== undefined)
        logins.set(host, await mint(runner, { token, namespace, readWrite: inputs.push }));
    return logins;
}
async function mint(runner, o) {
    const { env, signal } = runner;
    const { openDigitalOcean } = await __webpack_require__.e(/* import() */ 261).then(__webpack_require__.bind(__webpack_require__, 8261));
    const { registryCredentials } = await __webpack_require__.e(/* import() */ 655).then(__webpack_require__.bind(__webpack_require__, 4655));
    const api = openDigitalOcean({ token: o.token, env, signal });
    try {
        const { username, password } = await registryCredentials(api, o.namespace, {
            readWrite: o.readWrite,
            expirySeconds,
        });
        for (const secret of [username, password])
            runner.mask(secret);
        runner.saveState(mintedState, password);
        return { username, password, origin: "made with digitalocean-token" };
    }
    finally {
        api.close();
    }
}
/** Makes the credential useless that this job has used. */
async function revokeMinted(runner) {
    const token = runner.getState(mintedState);
    if (token === "")
        return;
    runner.mask(token);
    const { openDigitalOcean } = await __webpack_require__.e(/* import() */ 261).then(__webpack_require__.bind(__webpack_require__, 8261));
    // Not the job's signal: a cancelled job has to clean up too.
    const api = openDigitalOcean({ token, env: runner.env });
    try {
        await api.revoke(token);
        runner.log.info("The registry credential of this job is revoked.");
    }
    finally {
        api.close();
    }
}


/***/ }),

/***/ 3705:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* binding */ cleanUp)
/* harmony export */ });
/* harmony import */ var _credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1873);

/** Leaves nothing of the job behind: no credential that works, no file with one, no builder. */
async function cleanUp(runner) {
    const { removeDockerConfig } = await __webpack_require__.e(/* import() */ 222).then(__webpack_require__.bind(__webpack_require__, 5222));
    const { removeBuilder } = await __webpack_require__.e(/* import() */ 431).then(__webpack_require__.bind(__webpack_require__, 7431));
    removeDockerConfig(runner);
    const results = await Promise.allSettled([removeBuilder(runner), (0,_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .revokeMinted */ .q)(runner)]);
    for (const result of results)
        if (result.status === "rejected")
            throw result.reason;
}


/***/ }),

/***/ 9310:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   D$: () => (/* binding */ tagRule),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   i7: () => (/* binding */ canonicalRegistry),
/* harmony export */   vS: () => (/* binding */ manifestName)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);

const hostPattern = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
const longestName = 255;
/**
 * Reads the name of an image as Docker does: `node` is `docker.io/library/node`. A tag is not made up where none is given.
 * @throws SlipwayError `configuration`, saying which part breaks which rule. Grammar: github.com/distribution/reference.
 */
function parseReference(text) {
    const [, name = "", tag, digest] = /^(.*?)(?::([^:/@]*))?(?:@(.*))?$/s.exec(text) ?? [];
    const { registry, repository } = splitName(name);
    if (!hostPattern.test(registry))
        throw invalid(text, `"${registry}" is not the address of a registry`);
    if (!repositoryPattern.test(repository))
        throw invalid(text, repositoryProblem(repository));
    if (registry.length + repository.length >= longestName)
        throw invalid(text, `it is longer than ${longestName}`);
    if (tag !== undefined && !isTag(tag))
        throw invalid(text, `"${tag}" is not a tag`, tagRule);
    if (digest !== undefined && !isDigest(digest))
        throw invalid(text, `"${digest}" is not a digest`, digestRule);
    return {
        registry,
        repository,
        ...(tag === undefined ? {} : { tag }),
        ...(digest === undefined ? {} : { digest }),
    };
}
const tagRule = "A tag has at most 128 letters, digits, dots, hyphens and underscores, and starts with a letter, digit or underscore.";
const digestRule = "A digest is sha256: and 64 hexadecimal digits in lower case.";
/** Whether a registry takes `text` as a tag. */
function isTag(text) {
    return tagPattern.test(text);
}
function isDigest(text) {
    return digestPattern.test(text);
}
/** The whole name: `docker.io/library/node:24@sha256:…`. */
function formatReference(reference) {
    const { registry, repository, tag, digest } = reference;
    return `${registry}/${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
/** What names one manifest inside its repository: the digest where there is one, else the tag, else `latest`. */
function manifestName({ tag, digest }) {
    return digest ?? tag ?? "latest";
}
/** The names under which Docker Hub is known are one registry. */
function canonicalRegistry(host) {
    return ["index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"].includes(host) ? "docker.io" : host;
}
function splitName(name) {
    const slash = name.indexOf("/");
    const first = name.slice(0, slash);
    const isHost = slash !== -1 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
    const registry = isHost ? canonicalRegistry(first) : "docker.io";
    const repository = isHost ? name.slice(slash + 1) : name;
    return {
        registry,
        repository: registry === "docker.io" && !repository.includes("/") ? `library/${repository}` : repository,
    };
}
function repositoryProblem(repository) {
    if (repository !== repository.toLowerCase())
        return `"${repository}" has capital letters, and a repository has none`;
    return `"${repository}" is not the name of a repository`;
}
function invalid(text, why, hint = "An image is named like registry.example.com/team/app:1.2.") {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .SlipwayError */ .G(`Cannot read the image name "${text}" because ${why}`, { code: "configuration", hint });
}


/***/ })

};
