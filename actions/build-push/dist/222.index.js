export const id = 222;
export const ids = [222];
export const modules = {

/***/ 5222:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   makeDockerConfig: () => (/* binding */ makeDockerConfig),
/* harmony export */   removeDockerConfig: () => (/* binding */ removeDockerConfig)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


const folderState = "docker-config";
/**
 * Makes a Docker configuration for this job alone, with the logins in it: a file that only this user can read, in a folder that the post
 * step removes. What the user's own configuration says stays in force, plugins, contexts and builders too.
 */
function makeDockerConfig(runner, logins) {
    const folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runner.temp, "slipway-docker-"));
    runner.saveState(folderState, folder);
    const own = runner.env.DOCKER_CONFIG ?? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runner.env.HOME ?? "", ".docker");
    const inherited = readConfig((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, "config.json"));
    const hosts = [...logins].map(([host, { username, password }]) => {
        return [keyOf(host), Buffer.from(`${username}:${password}`).toString("base64")];
    });
    const config = {
        ...inherited,
        auths: { ...inherited.auths, ...Object.fromEntries(hosts.map(([key, auth]) => [key, { auth }])) },
        // A credential store of the user's would come first; an empty helper means this file.
        credHelpers: { ...inherited.credHelpers, ...Object.fromEntries(hosts.map(([key]) => [key, ""])) },
    };
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, "config.json"), JSON.stringify(config), { flag: "wx", mode: 0o600 });
    for (const name of ["cli-plugins", "contexts"])
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, name)))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.symlinkSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name));
    return { DOCKER_CONFIG: folder, BUILDX_CONFIG: runner.env.BUILDX_CONFIG ?? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, "buildx") };
}
/** Removes the configuration. Called as soon as it is not needed, and again by the post step of a job that was cut off. */
function removeDockerConfig(runner, environment) {
    const folder = environment?.DOCKER_CONFIG ?? runner.getState(folderState);
    if (folder)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(folder, { recursive: true, force: true });
}
function readConfig(path) {
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))
        return {};
    try {
        return JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, "utf8"));
    }
    catch {
        // Docker itself goes on without a configuration that it cannot read.
        return {};
    }
}
/** Docker Hub has the name of long ago in Docker's configuration. */
function keyOf(host) {
    return host === "docker.io" ? "https://index.docker.io/v1/" : host;
}


/***/ })

};
