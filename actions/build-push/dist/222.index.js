export const id = 222;
export const ids = [222];
export const modules = {
	5222: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			makeDockerConfig: () => makeDockerConfig,
			removeDockerConfig: () => removeDockerConfig,
		});
		var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
		var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
		const folderState = "docker-config";
		function makeDockerConfig(runner, logins) {
			const folder = (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)(
				(0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runner.temp, "slipway-docker-"),
			);
			runner.saveState(folderState, folder);
			const own =
				runner.env.DOCKER_CONFIG ?? (0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(runner.env.HOME ?? "", ".docker");
			const inherited = readConfig((0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, "config.json"));
			const hosts = [...logins].map(([host, { username, password }]) => [
				keyOf(host),
				Buffer.from(`${username}:${password}`).toString("base64"),
			]);
			const config = {
				...inherited,
				auths: { ...inherited.auths, ...Object.fromEntries(hosts.map(([key, auth]) => [key, { auth }])) },
				credHelpers: { ...inherited.credHelpers, ...Object.fromEntries(hosts.map(([key]) => [key, ""])) },
			};
			(0, node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(
				(0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, "config.json"),
				JSON.stringify(config),
				{ flag: "wx", mode: 384 },
			);
			for (const name of ["cli-plugins", "contexts"])
				if (
					(0, node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(
						(0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, name),
					)
				)
					(0, node_fs__WEBPACK_IMPORTED_MODULE_0__.symlinkSync)(
						(0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, name),
						(0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name),
					);
			return {
				DOCKER_CONFIG: folder,
				BUILDX_CONFIG: runner.env.BUILDX_CONFIG ?? (0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, "buildx"),
			};
		}
		function removeDockerConfig(runner, environment) {
			const folder = environment?.DOCKER_CONFIG ?? runner.getState(folderState);
			if (folder) (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(folder, { recursive: true, force: true });
		}
		function readConfig(path) {
			if (!(0, node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path)) return {};
			try {
				return JSON.parse((0, node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, "utf8"));
			} catch {
				return {};
			}
		}
		function keyOf(host) {
			return "docker.io" === host ? "https://index.docker.io/v1/" : host;
		}
	},
};
