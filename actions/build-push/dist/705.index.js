export const id = 705;
export const ids = [705];
export const modules = {
	1873: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { V: () => collectLogins, q: () => revokeMinted });
		var _registry_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9310);
		const mintedState = "minted-credential";
		const expirySeconds = 3600;
		async function collectLogins(runner, inputs) {
			const logins = new Map();
			for (const { registry, username, password } of inputs.logins ?? [])
				logins.set((0, _registry_reference_js__WEBPACK_IMPORTED_MODULE_0__.i7)(registry), {
					username,
					password,
					origin: "input logins",
				});
			const [host = "", namespace = ""] = inputs.registry.split("/");
			const { username, password, "digitalocean-token": token } = inputs;
			if (void 0 !== username && void 0 !== password)
				logins.set((0, _registry_reference_js__WEBPACK_IMPORTED_MODULE_0__.i7)(host), {
					username,
					password,
					origin: "inputs username and password",
				});
			else if (void 0 !== token) logins.set(host, await mint(runner, { token, namespace, readWrite: inputs.push }));
			return logins;
		}
		async function mint(runner, o) {
			const { env, signal } = runner;
			const { openDigitalOcean } = await Promise.all([__webpack_require__.e(934), __webpack_require__.e(634)]).then(
				__webpack_require__.bind(__webpack_require__, 4634),
			);
			const { registryCredentials } = await Promise.all([__webpack_require__.e(934), __webpack_require__.e(655)]).then(
				__webpack_require__.bind(__webpack_require__, 4655),
			);
			const api = openDigitalOcean({ token: o.token, env, signal });
			try {
				const { username, password } = await registryCredentials(api, o.namespace, {
					readWrite: o.readWrite,
					expirySeconds,
				});
				for (const secret of [username, password]) runner.mask(secret);
				runner.saveState(mintedState, password);
				return { username, password, origin: "made with digitalocean-token" };
			} finally {
				api.close();
			}
		}
		async function revokeMinted(runner) {
			const token = runner.getState(mintedState);
			if ("" === token) return;
			runner.mask(token);
			const { openDigitalOcean } = await Promise.all([__webpack_require__.e(934), __webpack_require__.e(634)]).then(
				__webpack_require__.bind(__webpack_require__, 4634),
			);
			const api = openDigitalOcean({ token, env: runner.env });
			try {
				await api.revoke(token);
				runner.log.info("The registry credential of this job is revoked.");
			} finally {
				api.close();
			}
		}
	},
	3705: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { cleanUp: () => cleanUp });
		var _credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1873);
		async function cleanUp(runner) {
			const { removeDockerConfig } = await __webpack_require__
				.e(222)
				.then(__webpack_require__.bind(__webpack_require__, 5222));
			const { removeBuilder } = await __webpack_require__
				.e(431)
				.then(__webpack_require__.bind(__webpack_require__, 7431));
			removeDockerConfig(runner);
			const results = await Promise.allSettled([
				removeBuilder(runner),
				(0, _credentials_js__WEBPACK_IMPORTED_MODULE_0__.q)(runner),
			]);
			for (const result of results) if ("rejected" === result.status) throw result.reason;
		}
	},
	9310: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			Bc: () => isDigest,
			D$: () => tagRule,
			F2: () => parseReference,
			FH: () => formatReference,
			dz: () => isTag,
			i7: () => canonicalRegistry,
			vS: () => manifestName,
		});
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		const hostPattern = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
		const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
		const tagPattern = /^\w[\w.-]{0,127}$/;
		const digestPattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
		const longestName = 255;
		function parseReference(text) {
			const [, name = "", tag, digest] = /^(.*?)(?::([^:/@]*))?(?:@(.*))?$/s.exec(text) ?? [];
			const { registry, repository } = splitName(name);
			if (!hostPattern.test(registry)) throw invalid(text, `"${registry}" is not the address of a registry`);
			if (!repositoryPattern.test(repository)) throw invalid(text, repositoryProblem(repository));
			if (registry.length + repository.length >= longestName) throw invalid(text, `it is longer than ${longestName}`);
			if (void 0 !== tag && !isTag(tag)) throw invalid(text, `"${tag}" is not a tag`, tagRule);
			if (void 0 !== digest && !isDigest(digest)) throw invalid(text, `"${digest}" is not a digest`, digestRule);
			return { registry, repository, ...(void 0 === tag ? {} : { tag }), ...(void 0 === digest ? {} : { digest }) };
		}
		const tagRule =
			"A tag has at most 128 letters, digits, dots, hyphens and underscores, and starts with a letter, digit or underscore.";
		const digestRule = "A digest is sha256: and 64 hexadecimal digits in lower case.";
		function isTag(text) {
			return tagPattern.test(text);
		}
		function isDigest(text) {
			return digestPattern.test(text);
		}
		function formatReference(reference) {
			const { registry, repository, tag, digest } = reference;
			return `${registry}/${repository}${void 0 === tag ? "" : `:${tag}`}${void 0 === digest ? "" : `@${digest}`}`;
		}
		function manifestName({ tag, digest }) {
			return digest ?? tag ?? "latest";
		}
		function canonicalRegistry(host) {
			return ["index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"].includes(host) ? "docker.io" : host;
		}
		function splitName(name) {
			const slash = name.indexOf("/");
			const first = name.slice(0, slash);
			const isHost = -1 !== slash && (/[.:]/.test(first) || "localhost" === first || first !== first.toLowerCase());
			const registry = isHost ? canonicalRegistry(first) : "docker.io";
			const repository = isHost ? name.slice(slash + 1) : name;
			return {
				registry,
				repository: "docker.io" !== registry || repository.includes("/") ? repository : `library/${repository}`,
			};
		}
		function repositoryProblem(repository) {
			if (repository !== repository.toLowerCase())
				return `"${repository}" has capital letters, and a repository has none`;
			return `"${repository}" is not the name of a repository`;
		}
		function invalid(text, why, hint = "An image is named like registry.example.com/team/app:1.2.") {
			return new _error_js__WEBPACK_IMPORTED_MODULE_0__.G(`Cannot read the image name "${text}" because ${why}`, {
				code: "configuration",
				hint,
			});
		}
	},
};
