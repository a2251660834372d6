export const id = 378;
export const ids = [378];
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
	4378: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { run: () => run });
		var src_error = __webpack_require__(1557);
		var parallel = __webpack_require__(3716);
		var registry_reference = __webpack_require__(9310);
		var network_failure = __webpack_require__(1862);
		var untrusted = __webpack_require__(1012);
		var retry = __webpack_require__(1804);
		var address = __webpack_require__(7187);
		function parseChallenges(header) {
			const challenges = [];
			const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
			const pattern = new RegExp(
				`(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))|(${token})(?=\\s|,|$)`,
				"g",
			);
			for (const [, name, quoted, plain, scheme] of header.matchAll(pattern)) {
				if (void 0 !== scheme) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
				const value = quoted?.replace(/\\(.)/g, "$1") ?? plain;
				const current = challenges.at(-1);
				if (void 0 !== name && void 0 !== value && current) current.parameters[name.toLowerCase()] = value;
			}
			return challenges;
		}
		class RegistryError extends src_error.G {
			status;
			errors;
			retryAfterMs;
			challenge;
			constructor(message, options) {
				super(message, options);
				this.status = options.status;
				this.errors = options.errors;
				this.retryAfterMs = options.retryAfterMs;
				this.challenge = options.challenge;
			}
		}
		function toRegistryError(purpose, answer, text) {
			const { status, headers } = answer;
			const { codes, words } = parseErrors(text);
			const { code, why, hint } = explain({ purpose, status, words });
			const said = "" === words ? "" : ` ${words}`;
			return new RegistryError(`Cannot ${purpose.doing} because ${why}: got ${status}${said}`, {
				code,
				hint,
				status,
				errors: codes,
				retryAfterMs: retryAfter(headers["retry-after"]),
				challenge: headers["www-authenticate"],
			});
		}
		function parseErrors(text) {
			try {
				const body = JSON.parse(text);
				const errors = Array.isArray(body.errors) ? body.errors : [{ message: body.details ?? body.message }];
				const words = errors.map(({ code, message }) =>
					[code, message].filter((word) => "string" == typeof word).join(": "),
				);
				return { codes: errors.map(({ code }) => String(code)), words: registry_error_short(words.join("; ")) };
			} catch {
				return { codes: [], words: /^\s*</.test(text) ? "" : registry_error_short(text) };
			}
		}
		function registry_error_short(text) {
			return (0, untrusted.$)(text.replace(/\s+/g, " ").trim()).slice(0, 300);
		}
		const digitalOcean = "registry.digitalocean.com";
		function explain(o) {
			const { purpose, status, words } = o;
			if (405 === status || /read.?only|garbage collection/i.test(words)) return readOnly;
			switch (status) {
				case 401:
					return {
						code: "denied",
						why: `${purpose.registry} does not accept who asks ${purpose.as}`,
						hint: credentialsHint(purpose),
					};
				case 403:
					return {
						code: "denied",
						why: `${purpose.registry} does not allow it ${purpose.as}`,
						hint: forbiddenHint(purpose),
					};
				case 404:
					return {
						code: "refused",
						why: `${purpose.registry} does not have it`,
						hint: "Check the name, the tag and the namespace.",
					};
				case 413:
					return {
						code: "refused",
						why: `${purpose.registry}, or a proxy before it, takes no upload of that size`,
						hint: "Raise the limit there, or make the layer smaller, for example by a .dockerignore file.",
					};
				case 429:
					return {
						code: "refused",
						why: `${purpose.registry} limits how much may be asked of it`,
						hint: "Try later. With credentials the limit is usually higher.",
					};
				default:
					return status >= 500
						? {
								code: "unreachable",
								why: `${purpose.registry} has a problem of its own`,
								hint: "Try later, or see its status page.",
							}
						: { code: "refused", why: `${purpose.registry} refused it`, hint: "What it answered says why." };
			}
		}
		const readOnly = {
			code: "refused",
			why: "the registry takes no writes at the moment",
			hint: "It is read-only while garbage collection runs. Try again when that has ended.",
		};
		function credentialsHint({ registry, as }) {
			if (as === anonymous)
				return `Check the name. If it is private, give credentials for ${registry}: username and password, digitalocean-token, or an entry of logins.`;
			return "Check that the user name and the password or token belong together, and that the token has not expired.";
		}
		function forbiddenHint(purpose) {
			if (purpose.as === anonymous) return credentialsHint(purpose);
			if (purpose.registry === digitalOcean)
				return "The token needs the scope registry:create, and the registry's plan must have room: it limits how many repositories there may be.";
			return "The account needs the right to do this in that namespace; many registries also want the repository to be made first.";
		}
		const anonymous = "without credentials";
		function retryAfter(header) {
			if (void 0 === header) return;
			const ms = /^\d+$/.test(header) ? 1e3 * Number(header) : Date.parse(header) - Date.now();
			return Number.isNaN(ms) ? void 0 : Math.max(ms, 0);
		}
		var external_node_http_ = __webpack_require__(7067);
		var external_node_http_default = __webpack_require__.n(external_node_http_);
		var external_node_https_ = __webpack_require__(4708);
		var external_node_https_default = __webpack_require__.n(external_node_https_);
		var external_node_stream_ = __webpack_require__(7075);
		var promises_ = __webpack_require__(6466);
		const connectLimitMs = 1e4;
		const silenceLimitMs = 18e4;
		const idleSocketMs = 15e3;
		const maxSockets = 12;
		class Transport {
			#signal;
			#agents;
			constructor(options) {
				this.#signal = options.signal;
				const agent = { keepAlive: true, maxSockets, timeout: idleSocketMs, proxyEnv: { ...options.env } };
				this.#agents = {
					"http:": new (external_node_http_default().Agent)(agent),
					"https:": new (external_node_https_default().Agent)(agent),
				};
			}
			async send(request) {
				this.#signal.throwIfAborted();
				const { method, url, body } = request;
				const size = void 0 === body ? void 0 : Buffer.isBuffer(body) ? body.byteLength : body.size;
				const outgoing = (
					"http:" === url.protocol ? external_node_http_default() : external_node_https_default()
				).request(url, {
					method,
					headers: {
						"user-agent": "slipway",
						...request.headers,
						...(void 0 === size ? {} : { "content-length": size }),
					},
					agent: this.#agents[url.protocol],
					signal: this.#signal,
				});
				limitSilence(outgoing);
				const answered = answerTo(outgoing);
				if (void 0 === body || Buffer.isBuffer(body)) outgoing.end(body);
				else await sendBody({ body, outgoing, answered });
				return answered;
			}
			close() {
				for (const agent of Object.values(this.#agents)) agent.destroy();
			}
		}
		function answerTo(outgoing) {
			return new Promise((resolve, reject) => {
				outgoing.on("error", reject);
				outgoing.on("response", (incoming) => {
					resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming });
				});
			});
		}
		async function sendBody(o) {
			const sent = (0, promises_.pipeline)(
				external_node_stream_.Readable.from(o.body.open(), { objectMode: false }),
				o.outgoing,
			);
			const cut = o.answered.then(({ body }) => {
				if (!o.outgoing.writableFinished) body.once("end", () => o.outgoing.destroy());
			});
			for (const promise of [sent, cut]) promise.catch(() => void 0);
			await Promise.race([sent, cut]);
		}
		function limitSilence(outgoing) {
			outgoing.on("socket", (socket) => {
				const onTimeout = () => {
					const code = socket.connecting ? "SLIPWAY_CONNECT_TIMEOUT" : "SLIPWAY_SILENCE";
					outgoing.destroy(new network_failure.e(code));
				};
				const onConnected = () => socket.setTimeout(silenceLimitMs);
				socket.setTimeout(socket.connecting ? connectLimitMs : silenceLimitMs);
				const connected = "encrypted" in socket ? "secureConnect" : "connect";
				socket.on("timeout", onTimeout).once(connected, onConnected);
				outgoing.on("close", () => socket.off("timeout", onTimeout).off(connected, onConnected));
			});
		}
		async function readBody(answer, limit) {
			const chunks = [];
			let size = 0;
			for await (const chunk of answer.body) {
				size += chunk.byteLength;
				if (size > limit) break;
				chunks.push(chunk);
			}
			return Buffer.concat(chunks);
		}
		const defaultTokenSeconds = 60;
		const marginMs = 1e4;
		const tokenLimit = 1048576;
		class Access {
			#registry;
			#credentials;
			#transport;
			#clock;
			#tokens = new Map();
			#challenge;
			constructor(options) {
				this.#registry = options.registry;
				this.#credentials = options.credentials;
				this.#transport = options.transport;
				this.#clock = options.clock;
			}
			get as() {
				const credentials = this.#credentials;
				return void 0 === credentials ? anonymous : `as "${credentials.username}" (${credentials.origin})`;
			}
			async authorize(scopes) {
				const challenge = this.#challenge;
				if (void 0 === challenge) return {};
				if ("basic" === challenge.scheme) return basic(this.#credentials);
				const key = scopes.map(scopeText).join(" ");
				const pending = this.#tokens.get(key);
				if (void 0 !== pending) {
					const { authorization, until } = await pending;
					if (this.#clock.now() < until) return authorization;
					if (this.#tokens.get(key) === pending) this.#tokens.delete(key);
				}
				const token = this.#tokens.get(key) ?? this.#fetchToken(challenge, scopes);
				this.#tokens.set(key, token);
				token.catch(() => this.#tokens.delete(key));
				return (await token).authorization;
			}
			learn(refused) {
				const challenges = parseChallenges(refused.answer.headers["www-authenticate"] ?? "");
				const found = ["bearer", "basic"].map((scheme) => challenges.find((challenge) => challenge.scheme === scheme));
				const challenge = found.find((candidate) => void 0 !== candidate);
				if (void 0 === challenge) return false;
				const isFirst = void 0 === this.#challenge;
				this.#challenge = challenge;
				if ("basic" === challenge.scheme) return isFirst && void 0 !== this.#credentials;
				this.#tokens.delete(refused.scopes.map(scopeText).join(" "));
				return true;
			}
			async #fetchToken(challenge, scopes) {
				const url = this.#tokenUrl(challenge, scopes);
				const asked = this.#clock.now();
				const answer = await this.#transport.send({ method: "GET", url, headers: basic(this.#credentials) });
				const text = (await readBody(answer, tokenLimit)).toString("utf8");
				const purpose = {
					doing: `get a token for ${scopes.map(scopeText).join(" ")}`,
					registry: this.#registry,
					as: this.as,
				};
				if (200 !== answer.status) throw toRegistryError(purpose, answer, text);
				const { token, seconds } = parseToken(text, this.#registry);
				return { authorization: { authorization: `Bearer ${token}` }, until: asked + 1e3 * seconds - marginMs };
			}
			#tokenUrl({ parameters }, scopes) {
				const realm = parameters.realm ?? "";
				if (!URL.canParse(realm) || !(0, address.FX)(new URL(realm)))
					throw new src_error.G(
						`Cannot log in to ${this.#registry} because it sends its users to a place that is not safe: got "${realm}"`,
						{
							code: "refused",
							hint: "Tokens are asked for over https only. The registry's administrator sets that address (realm).",
						},
					);
				const url = new URL(realm);
				if (void 0 !== parameters.service) url.searchParams.set("service", parameters.service);
				for (const scope of scopes) url.searchParams.append("scope", scopeText(scope));
				return url;
			}
		}
		function basic(credentials) {
			if (void 0 === credentials) return {};
			const { username, password } = credentials;
			return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
		}
		function scopeText({ repository, actions }) {
			return `repository:${repository}:${actions}`;
		}
		function parseToken(text, registry) {
			try {
				const body = JSON.parse(text);
				const token = body.token ?? body.access_token;
				const seconds = "number" == typeof body.expires_in ? body.expires_in : defaultTokenSeconds;
				if ("string" == typeof token && "" !== token) return { token, seconds };
			} catch {}
			throw new src_error.G(`Cannot log in to ${registry} because what it answered holds no token`, {
				code: "refused",
				hint: "A proxy may have answered in its place.",
			});
		}
		const retryBudgetMs = 12e4;
		const firstContactBudgetMs = 4e3;
		const mostTries = 6;
		const retryableStatuses = [408, 425, 429, 500, 502, 503, 504];
		const errorLimit = 65536;
		const mostRedirects = 5;
		class Connection {
			registry;
			url;
			#access;
			#transport;
			#clock;
			#tries;
			#signal;
			#hasAnswered = false;
			constructor(options) {
				this.registry = options.registry;
				this.url = (0, address.NH)(options.registry);
				this.#transport = new Transport(options);
				this.#access = new Access({ ...options, credentials: options.credentials, transport: this.#transport });
				this.#clock = options.clock;
				this.#tries = options.tries ?? mostTries;
				this.#signal = options.signal;
			}
			call(call) {
				return this.retried(call.doing, () => this.once(call));
			}
			async retried(doing, work) {
				const start = this.#clock.now();
				let tries = 0;
				try {
					return await (0, retry.L)(
						(attempt) => {
							tries = attempt;
							return work();
						},
						{
							signal: this.#signal,
							shouldRetry: (error) => {
								const isLate = !this.#hasAnswered && this.#clock.now() - start > firstContactBudgetMs;
								return !isLate && shouldRetry(error);
							},
							sleep: (ms, signal) => this.#clock.sleep(ms, signal),
							now: () => this.#clock.now(),
							deadline: start + retryBudgetMs,
							attempts: this.#tries,
						},
					);
				} catch (error) {
					throw this.explained(doing, error, tries);
				}
			}
			explained(doing, error, tries) {
				this.#signal.throwIfAborted();
				const failure = (0, network_failure.N)(error);
				if (void 0 === failure) return error;
				const often = tries > 1 ? ` (tried ${tries} times)` : "";
				return new src_error.G(`Cannot ${doing} because ${this.registry} gave no answer: ${failure.why}${often}`, {
					code: "unreachable",
					hint: failure.hint,
					cause: error,
				});
			}
			async once(call) {
				for (let attempt = 1; ; attempt++) {
					const sent = await this.#access.authorize(call.scopes);
					const answer = await this.#follow(call, sent);
					if (call.expect.includes(answer.status)) return answer;
					const body = await readBody(answer, errorLimit);
					const canRetry =
						401 === answer.status && attempt <= 2 && this.#access.learn({ answer, sent, scopes: call.scopes });
					if (!canRetry) {
						const purpose = { doing: call.doing, registry: this.registry, as: this.#access.as };
						throw toRegistryError(purpose, answer, body.toString("utf8"));
					}
				}
			}
			async #follow(call, authorization) {
				let url = "string" == typeof call.target ? new URL(`v2/${call.target}`, this.url) : call.target;
				for (let redirects = 0; ; redirects++) {
					if (!(0, address.FX)(url)) throw unsafe(call, url);
					const ours = url.host === this.url.host ? authorization : {};
					const answer = await this.#transport.send({ ...call, url, headers: { ...call.headers, ...ours } });
					this.#hasAnswered = true;
					const location = answer.headers.location;
					const isRedirect = [301, 302, 303, 307, 308].includes(answer.status) && void 0 !== location;
					if (!isRedirect || ("GET" !== call.method && "HEAD" !== call.method) || redirects >= mostRedirects)
						return answer;
					answer.body.resume();
					url = new URL(location, url);
				}
			}
			close() {
				this.#transport.close();
			}
		}
		function shouldRetry(error) {
			if (error instanceof RegistryError) {
				if (!retryableStatuses.includes(error.status)) return false;
				return void 0 === error.retryAfterMs ? {} : { afterMs: error.retryAfterMs };
			}
			return (0, network_failure.N)(error)?.transient === true && {};
		}
		function unsafe({ doing }, url) {
			return new src_error.G(`Cannot ${doing} because it would be sent in the clear: got ${url.origin}`, {
				code: "refused",
				hint: "Plain http is spoken to registries on this machine only. The registry has to answer over https.",
			});
		}
		var digest = __webpack_require__(5035);
		var media_types = __webpack_require__(9867);
		const chunkSize = 8388608;
		function uploadBlob(connection, upload) {
			const { repository, blob, from } = upload;
			const scopes = [...upload.scopes];
			if (void 0 !== from) scopes.push({ repository: from, actions: "pull" });
			const doing = `upload ${blob.digest} to ${connection.registry}/${repository}`;
			const session = {
				connection,
				blob,
				call: { scopes, doing, headers: { "content-type": "application/octet-stream" } },
			};
			return connection.retried(doing, () => mountOrSend(session, upload));
		}
		async function mountOrSend(session, { repository, from }) {
			const { connection, blob, call } = session;
			const mount = void 0 === from ? "" : `?mount=${blob.digest}&from=${encodeURIComponent(from)}`;
			const target = `${repository}/blobs/uploads/${mount}`;
			const begin = { ...call, method: "POST", target, expect: [201, 202], body: Buffer.alloc(0) };
			const begun = await connection.once(begin);
			begun.body.resume();
			if (201 === begun.status) return "mounted";
			const place = placeOf(session, begun);
			try {
				await finish(session, { place, body: blob });
			} catch (error) {
				if (!(error instanceof RegistryError) || 413 !== error.status || blob.size <= chunkSize) throw error;
				await sendInChunks(session, place);
			}
			return "uploaded";
		}
		async function sendInChunks(session, begin) {
			const { connection, call, blob } = session;
			let place = begin;
			let offset = 0;
			for await (const chunk of inChunks(blob.open())) {
				const headers = { ...call.headers, "content-range": `${offset}-${offset + chunk.byteLength - 1}` };
				const patch = { ...call, method: "PATCH", target: place, headers, body: chunk, expect: [202] };
				const answer = await connection.once(patch);
				answer.body.resume();
				place = placeOf(session, answer);
				offset += chunk.byteLength;
			}
			await finish(session, { place, body: Buffer.alloc(0) });
		}
		async function finish({ connection, call, blob }, { place, body }) {
			const target = new URL(place);
			target.searchParams.set("digest", blob.digest);
			const answer = await connection.once({ ...call, method: "PUT", target, body, expect: [201, 204] });
			answer.body.resume();
		}
		function placeOf({ connection }, answer) {
			const place = new URL(answer.headers.location ?? "", connection.url);
			if (place.host === connection.url.host) place.protocol = connection.url.protocol;
			return place;
		}
		async function* inChunks(bytes) {
			let pending = [];
			let length = 0;
			for await (const part of bytes) {
				pending.push(part);
				length += part.byteLength;
				while (length >= chunkSize) {
					const all = Buffer.concat(pending);
					yield all.subarray(0, chunkSize);
					pending = [all.subarray(chunkSize)];
					length -= chunkSize;
				}
			}
			if (length > 0) yield Buffer.concat(pending);
		}
		const manifestLimit = 0x1000000;
		const mostTagPages = 200;
		class RegistryClient {
			registry;
			#connection;
			#written = new Set();
			constructor(options) {
				this.registry = options.registry;
				this.#connection = new Connection(options);
			}
			expectWrites(repository) {
				this.#written.add(repository);
			}
			async blobSize(repository, digest) {
				const answer = await this.#connection.call({
					method: "HEAD",
					target: `${repository}/blobs/${digest}`,
					scopes: this.#scopes(repository),
					doing: `look for ${digest} in ${this.registry}/${repository}`,
					expect: [200, 404],
				});
				answer.body.resume();
				return 200 === answer.status ? Number(answer.headers["content-length"] ?? 0) : void 0;
			}
			readBlob(repository, blob) {
				return (0, digest.zr)(this.#blobBytes(repository, blob.digest), blob);
			}
			async *#blobBytes(repository, digest) {
				const doing = `read ${digest} of ${this.registry}/${repository}`;
				const call = { target: `${repository}/blobs/${digest}`, scopes: this.#scopes(repository), doing };
				let offset = 0;
				for (let tries = 1; ; tries++) {
					const headers = 0 === offset ? {} : { range: `bytes=${offset}-` };
					const answer = await this.#connection.call({ ...call, method: "GET", headers, expect: [200, 206] });
					let known = 206 === answer.status ? 0 : offset;
					try {
						for await (const chunk of answer.body) {
							const fresh = chunk.subarray(known);
							known -= chunk.byteLength - fresh.byteLength;
							offset += fresh.byteLength;
							if (fresh.byteLength > 0) yield fresh;
						}
						return;
					} catch (error) {
						if (tries >= mostTries || (0, network_failure.N)(error)?.transient !== true)
							throw this.#connection.explained(doing, error, tries);
					}
				}
			}
			async pushBlob(repository, blob, from) {
				this.expectWrites(repository);
				if ((await this.blobSize(repository, blob.digest)) !== void 0) return "there already";
				const scopes = this.#scopes(repository);
				return uploadBlob(this.#connection, { repository, blob, from, scopes });
			}
			async #read(answer, doing) {
				try {
					return await readBody(answer, manifestLimit);
				} catch (error) {
					throw this.#connection.explained(doing, error, 1);
				}
			}
			async readManifest(repository, name) {
				const doing = `read the image ${this.#named(repository, name)}`;
				const call = { ...this.#manifestCall(repository, name), method: "GET", doing, expect: [200] };
				const answer = await this.#connection.call(call);
				const bytes = await this.#read(answer, doing);
				const promised = (0, registry_reference.Bc)(name)
					? name
					: String(answer.headers["docker-content-digest"] ?? "");
				if ((0, registry_reference.Bc)(promised)) (0, digest.m0)(bytes, promised);
				const document = parseDocument(bytes, doing);
				return {
					mediaType: mediaTypeOf(answer, document),
					digest: (0, registry_reference.Bc)(name) ? name : (0, digest.sc)(bytes),
					bytes,
				};
			}
			async findManifest(repository, name) {
				const answer = await this.#connection.call({
					...this.#manifestCall(repository, name),
					method: "HEAD",
					doing: `look for the image ${this.#named(repository, name)}`,
					expect: [200, 404],
				});
				answer.body.resume();
				if (404 === answer.status) return;
				const digest = String(answer.headers["docker-content-digest"] ?? "");
				return (0, registry_reference.Bc)(digest) ? digest : (await this.readManifest(repository, name)).digest;
			}
			async pushManifest(repository, name, manifest) {
				this.expectWrites(repository);
				const answer = await this.#connection.call({
					method: "PUT",
					target: `${repository}/manifests/${name}`,
					scopes: this.#scopes(repository),
					headers: { "content-type": manifest.mediaType },
					body: manifest.bytes,
					doing: `push the image ${this.#named(repository, name)}`,
					expect: [201],
				});
				answer.body.resume();
			}
			async tags(repository) {
				const doing = `list the tags of ${this.registry}/${repository}`;
				const tags = [];
				let target = `${repository}/tags/list?n=1000`;
				for (let page = 0; void 0 !== target && page < mostTagPages; page++) {
					const call = { method: "GET", target, scopes: this.#scopes(repository), doing, expect: [200, 404] };
					const answer = await this.#connection.call(call);
					const bytes = await this.#read(answer, doing);
					if (404 === answer.status) return [];
					const listed = parseDocument(bytes, doing).tags;
					if (Array.isArray(listed)) tags.push(...listed.map(String));
					const next = /<([^>]*)>\s*;\s*rel="?next"?/.exec(String(answer.headers.link ?? ""))?.[1];
					target = void 0 === next ? void 0 : new URL(next, this.#connection.url);
				}
				return tags;
			}
			close() {
				this.#connection.close();
			}
			#scopes(repository) {
				return [{ repository, actions: this.#written.has(repository) ? "pull,push" : "pull" }];
			}
			#named(repository, name) {
				return `${this.registry}/${repository}${(0, registry_reference.Bc)(name) ? "@" : ":"}${name}`;
			}
			#manifestCall(repository, name) {
				return {
					target: `${repository}/manifests/${name}`,
					scopes: this.#scopes(repository),
					headers: { accept: media_types.F.join(", ") },
				};
			}
		}
		function mediaTypeOf(answer, document) {
			const { mediaType } = document;
			return "string" == typeof mediaType ? mediaType : ((answer.headers["content-type"] ?? "").split(";", 1)[0] ?? "");
		}
		function parseDocument(bytes, doing) {
			const text = bytes.toString("utf8");
			try {
				const document = JSON.parse(text);
				if ("object" == typeof document && null !== document) return document;
			} catch {}
			throw new src_error.G(
				`Cannot ${doing} because what came is no document of a registry: got ${(0, untrusted.$)(text.slice(0, 80))}`,
				{ code: "refused", hint: "Check the address: a web site or a proxy may have answered." },
			);
		}
		var clock = __webpack_require__(1984);
		var duration = __webpack_require__(1008);
		function pinned({ plan, digest }) {
			return `${plan.registry}/${plan.repository}@${digest}`;
		}
		async function headCommit(runner, now) {
			const head = await readCommit(runner, []);
			const given = givenEpoch(runner);
			if (void 0 === head && void 0 === given)
				runner.log.warning(
					"The images bear the time of this build, so building again gives other digests: the workspace is no git repository.\nCheck the repository out before, or set SOURCE_DATE_EPOCH.",
				);
			return { sha: runner.context.sha, epoch: given ?? head?.epoch ?? Math.floor(now.getTime() / 1e3) };
		}
		async function commitOf(runner, paths, head) {
			const commit = await readCommit(runner, paths);
			return void 0 === commit ? head : { sha: commit.sha, epoch: givenEpoch(runner) ?? commit.epoch };
		}
		function givenEpoch({ env }) {
			const given = env.SOURCE_DATE_EPOCH ?? "";
			return /^\d+$/.test(given) ? Number(given) : void 0;
		}
		async function readCommit({ exec, workspace }, paths) {
			const args = ["-c", "safe.directory=*", "log", "-1", "--format=%H %ct", "--", ...paths];
			const result = await exec("git", args, { cwd: workspace }).catch(() => void 0);
			const [, sha, epoch] = /^([0-9a-f]{40,64}) (\d+)\s*$/.exec(result?.exitCode === 0 ? result.stdout : "") ?? [];
			return void 0 === sha ? void 0 : { sha, epoch: Number(epoch) };
		}
		var credentials = __webpack_require__(1873);
		var external_node_path_ = __webpack_require__(6760);
		var image_config = __webpack_require__(7087);
		var platform = __webpack_require__(2554);
		function clashes(inputs) {
			return [...credentialClashes(inputs), ...builderClashes(inputs), ...unknownCaches(inputs)];
		}
		function* credentialClashes(inputs) {
			const { registry, username, password, "digitalocean-token": token } = inputs;
			if ((void 0 === username) !== (void 0 === password))
				yield {
					message: "Inputs username and password belong together, and one is missing",
					hint: "Give both, or neither.",
				};
			if (void 0 !== username && void 0 !== token)
				yield {
					message: "Both username and digitalocean-token are given",
					hint: "One of them logs in to the registry: remove the other.",
				};
			if (void 0 !== token && !registry.includes("/"))
				yield {
					message: `Input registry names no registry of DigitalOcean's: got "${registry}"`,
					hint: "Write it like registry.digitalocean.com/acme.",
				};
		}
		function* builderClashes({ builder, provenance, sbom, cache }) {
			if ("direct" !== builder) return;
			const lines = cache.find((line) => line.startsWith("type="));
			for (const [name, value] of Object.entries({ provenance, sbom, cache: lines }))
				if (void 0 !== value && "false" !== value)
					yield {
						message: `Input ${name} has a value for BuildKit, and builder is direct: got "${value}"`,
						hint: `Remove ${name}, or set builder: docker.`,
					};
		}
		function* unknownCaches({ cache }) {
			for (const line of cache) {
				const isWord = 1 === cache.length && ("auto" === line || "off" === line);
				if (!(isWord || /^type=./.test(line)))
					yield {
						message: `Input cache has a line that is not known: got "${line}"`,
						hint: "Write auto, off, or lines such as type=gha.",
					};
			}
		}
		var parse = __webpack_require__(6353);
		var parse_default = __webpack_require__.n(parse);
		const token =
			/\[([^\]]*)\]|Y{4}|YY|Q|M{1,4}|Do|D{1,4}|d{1,4}|E|e|GGGG|GG|gggg|gg|WW|W|ww|w|HH?|hh?|kk?|mm?|ss?|S{1,3}|A|a|ZZ?|X|x|[A-Za-z]/g;
		const months = "January February March April May June July August September October November December".split(" ");
		const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
		const dayMs = 864e5;
		function formatDate(date, format, zone) {
			const local = localTime(date, zone);
			return format.replace(token, (match, literal) => literal ?? write(match, { date, local }));
		}
		function localTime(date, zone) {
			const parts = new Intl.DateTimeFormat("en-US", {
				timeZone: zone,
				hourCycle: "h23",
				year: "numeric",
				month: "numeric",
				day: "numeric",
				hour: "numeric",
				minute: "numeric",
				second: "numeric",
			}).formatToParts(date);
			const value = (type) => Number(parts.find((part) => part.type === type)?.value);
			const ms = date.getUTCMilliseconds();
			return new Date(
				Date.UTC(value("year"), value("month") - 1, value("day"), value("hour"), value("minute"), value("second"), ms),
			);
		}
		function write(match, { date, local }) {
			const pad = (value, width) => String(value).padStart(width, "0");
			const [year, month, day, weekday] = [
				local.getUTCFullYear(),
				local.getUTCMonth(),
				local.getUTCDate(),
				local.getUTCDay(),
			];
			const hour = local.getUTCHours();
			const dayOfYear = Math.round((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / dayMs) + 1;
			switch (match) {
				case "YYYY":
					return pad(year, 4);
				case "YY":
					return pad(year % 100, 2);
				case "Q":
					return String(Math.floor(month / 3) + 1);
				case "MMMM":
					return months[month] ?? "";
				case "MMM":
					return (months[month] ?? "").slice(0, 3);
				case "MM":
				case "M":
					return pad(month + 1, match.length);
				case "DDDD":
					return pad(dayOfYear, 3);
				case "DDD":
					return String(dayOfYear);
				case "Do":
					return ordinal(day);
				case "DD":
				case "D":
					return pad(day, match.length);
				case "dddd":
					return days[weekday] ?? "";
				case "ddd":
					return (days[weekday] ?? "").slice(0, 3);
				case "dd":
					return (days[weekday] ?? "").slice(0, 2);
				case "d":
				case "e":
					return String(weekday);
				case "E":
					return String(weekday || 7);
				case "GGGG":
				case "GG":
					return pad(week(local, iso).year % 10 ** match.length, match.length);
				case "gggg":
				case "gg":
					return pad(week(local, american).year % 10 ** match.length, match.length);
				case "WW":
				case "W":
					return pad(week(local, iso).week, match.length);
				case "ww":
				case "w":
					return pad(week(local, american).week, match.length);
				case "HH":
				case "H":
					return pad(hour, match.length);
				case "hh":
				case "h":
					return pad(hour % 12 || 12, match.length);
				case "kk":
				case "k":
					return pad(hour || 24, match.length);
				case "mm":
				case "m":
					return pad(local.getUTCMinutes(), match.length);
				case "ss":
				case "s":
					return pad(local.getUTCSeconds(), match.length);
				case "SSS":
				case "SS":
				case "S":
					return pad(local.getUTCMilliseconds(), 3).slice(0, match.length);
				case "A":
					return hour < 12 ? "AM" : "PM";
				case "a":
					return hour < 12 ? "am" : "pm";
				case "ZZ":
				case "Z":
					return offset(Math.round((local.getTime() - date.getTime()) / 6e4), "Z" === match ? ":" : "");
				case "X":
					return String(Math.floor(date.getTime() / 1e3));
				case "x":
					return String(date.getTime());
				default:
					if (/[LlNyzo]/.test(match)) throw new Error(`the date format has "${match}", which is not known here`);
					return match;
			}
		}
		const iso = { begin: 1, first: 4 };
		const american = { begin: 0, first: 1 };
		function week(local, weeks) {
			const today = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
			const startOf = (year) => {
				const pivot = new Date(Date.UTC(year, 0, weeks.first));
				return pivot.getTime() - ((pivot.getUTCDay() - weeks.begin + 7) % 7) * dayMs;
			};
			const calendarYear = local.getUTCFullYear();
			const year =
				[calendarYear + 1, calendarYear].find((candidate) => startOf(candidate) <= today) ?? calendarYear - 1;
			return { year, week: Math.floor((today - startOf(year)) / (7 * dayMs)) + 1 };
		}
		function ordinal(day) {
			const suffix = day % 100 >= 11 && day % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
			return `${day}${suffix}`;
		}
		function offset(minutes, separator) {
			const pad = (value) => String(value).padStart(2, "0");
			const absolute = Math.abs(minutes);
			return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(absolute / 60))}${separator}${pad(absolute % 60)}`;
		}
		const pattern =
			/^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d+)?)?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d+)?)?(?:[-_.]?(dev)[-_.]?(\d+)?)?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$/i;
		const preNames = { alpha: "a", beta: "b", c: "rc", pre: "rc", preview: "rc" };
		function parsePep440(text) {
			const match = pattern.exec(text);
			if (null === match) return;
			const [, epoch, release = "", pre, preNumber, implicitPost, post, postNumber, dev, devNumber, local] = match;
			const numbers = release.split(".").map(Number);
			const preName = pre?.toLowerCase();
			const isPost = void 0 !== post || void 0 !== implicitPost;
			const version = [
				void 0 === epoch || 0 === Number(epoch) ? "" : `${Number(epoch)}!`,
				numbers.join("."),
				void 0 === preName ? "" : `${preNames[preName] ?? preName}${Number(preNumber ?? 0)}`,
				isPost ? `.post${Number(implicitPost ?? postNumber ?? 0)}` : "",
				void 0 === dev ? "" : `.dev${Number(devNumber ?? 0)}`,
				void 0 === local ? "" : `+${local.toLowerCase().replace(/[-_]/g, ".")}`,
			].join("");
			return { version, release: numbers, isFinal: void 0 === pre && !isPost && void 0 === dev };
		}
		var nearest = __webpack_require__(4140);
		const mustache = /\{\{\{?([^}]*)\}?\}\}/g;
		function render(template, names) {
			return template.replace(mustache, (whole, inner) => {
				const expression = parseExpression(inner.trim());
				if (void 0 === expression) throw new Error(`${whole} is not an expression that is known here`);
				const value = Object.hasOwn(names, expression.name) ? names[expression.name] : void 0;
				if (void 0 === value) throw unknownName(expression.name, Object.keys(names));
				return "string" == typeof value ? value : value(expression);
			});
		}
		function isRaw(template) {
			return /^\{\{\{?\s*raw\s*\}?\}\}$/.test(template);
		}
		function parseExpression(text) {
			const string = "'[^']*'|\"[^\"]*\"";
			const match = new RegExp(`^([a-z_][a-z0-9_]*)(?:\\s+(${string}))?((?:\\s+[a-z]+=(?:${string}))*)$`, "i").exec(
				text,
			);
			if (null === match) return;
			const [, name = "", argument, rest = ""] = match;
			const options = [...rest.matchAll(new RegExp(`([a-z]+)=(${string})`, "gi"))].map(([, key = "", value = ""]) => [
				key,
				value.slice(1, -1),
			]);
			return { name, argument: argument?.slice(1, -1), options: Object.fromEntries(options) };
		}
		function unknownName(name, known) {
			const meant = (0, nearest.p)(name, known);
			const list = `Known here: ${known.map((one) => `{{${one}}}`).join(", ")}.`;
			return new Error(`{{${name}}} is not known. ${void 0 === meant ? "" : `Did you mean {{${meant}}}? `}${list}`);
		}
		const shortSha = 7;
		function resolveTags(rules, context) {
			const names = [];
			const notes = [];
			let first;
			const globals = globalNames(context);
			for (const rule of rules.toSorted((a, b) => b.priority - a.priority)) {
				if (!isEnabled(rule, globals)) continue;
				const found = find(rule, { context, globals });
				if (found?.note !== void 0) notes.push(found.note);
				if (void 0 === found || "" === found.name) continue;
				const name = render(rule.prefix, globals) + found.name + render(rule.suffix, globals);
				const tag = name.replace(/[^a-zA-Z0-9._-]+/g, "-");
				if ("" !== tag) {
					if (!(0, registry_reference.dz)(tag))
						throw new Error(`${rule.text} gives a tag that no registry takes: got "${tag}". ${registry_reference.D$}`);
					if (!names.includes(tag)) names.push(tag);
					first ??= { ...found, rule };
				}
			}
			const latest = first?.release && {
				prefix: render(first.rule.prefix, globals),
				suffix: render(first.rule.suffix, globals),
				version: first.release,
			};
			return { names, notes, ...(void 0 === latest ? {} : { latest }) };
		}
		function newerRelease(release, existing) {
			if (0 === release.version.length) return;
			return existing.find((tag) => {
				if (!tag.startsWith(release.prefix) || !tag.endsWith(release.suffix)) return false;
				const version = numbersOf(tag.slice(release.prefix.length, tag.length - release.suffix.length));
				return version.length === release.version.length && isNewer(version, release.version);
			});
		}
		function isNewer(version, than) {
			const at = version.findIndex((number, index) => number !== than[index]);
			return -1 !== at && (version[at] ?? 0) > (than[at] ?? 0);
		}
		function numbersOf(text) {
			return /^v?\d+(?:\.\d+)*$/.test(text) ? text.replace(/^v/, "").split(".").map(Number) : [];
		}
		function isEnabled(rule, globals) {
			const enabled = render(rule.enable, globals);
			if ("true" === enabled || "false" === enabled) return "true" === enabled;
			throw new Error(`${rule.text}: enable is neither true nor false: got "${enabled}"`);
		}
		function find(rule, given) {
			const { ref, sha, eventName } = given.context;
			switch (rule.type) {
				case "schedule":
					return "schedule" === eventName
						? { name: render(rule.pattern, pick(given.globals, ["date", "commit_date"])) }
						: void 0;
				case "semver":
					return findSemver(rule, given);
				case "pep440":
					return findPep440(rule, given);
				case "match":
					return findMatch(rule, given);
				case "edge": {
					const branch = rule.branch || defaultBranch(given.context);
					return void 0 !== branch && ref === `refs/heads/${branch}` ? { name: "edge" } : void 0;
				}
				case "ref":
					return findRef(rule.event, ref);
				case "raw":
					return { name: render(rule.value, given.globals) };
				case "sha":
					return { name: "long" === rule.format ? sha : sha.slice(0, shortSha) };
			}
		}
		function findRef(event, ref) {
			const [, kind = "", name = ""] = /^refs\/(heads|tags|pull)\/(.*)$/s.exec(ref) ?? [];
			if ("branch" === event) return "heads" === kind ? { name } : void 0;
			if ("pr" === event) return "pull" === kind ? { name: name.replace(/\/merge$/, "") } : void 0;
			return "tags" === kind ? { name, release: numbersOf(name) } : void 0;
		}
		function findSemver(rule, given) {
			const raw = versionText(rule, given);
			if (void 0 === raw) return;
			const version = parse_default()(raw);
			if (null === version) return { name: "", note: `${rule.text}: "${raw}" is not a version as semver.org has it` };
			const names = {
				raw,
				version: version.version,
				major: String(version.major),
				minor: String(version.minor),
				patch: String(version.patch),
			};
			if (version.prerelease.length > 0)
				return { name: render(isRaw(rule.pattern) ? rule.pattern : "{{version}}", names) };
			return { name: render(rule.pattern, names), release: [version.major, version.minor, version.patch] };
		}
		function findPep440(rule, given) {
			const raw = versionText(rule, given);
			if (void 0 === raw) return;
			const version = parsePep440(raw);
			if (void 0 === version) return { name: "", note: `${rule.text}: "${raw}" is not a version as PEP 440 has it` };
			if (!version.isFinal) return { name: isRaw(rule.pattern) ? raw : version.version };
			const [major = 0, minor = 0, patch = 0] = version.release;
			const names = { raw, version: version.version, major: String(major), minor: String(minor), patch: String(patch) };
			return { name: render(rule.pattern, names), release: version.release };
		}
		function versionText({ value, match, text }, given) {
			const raw = givenText(value, given);
			if (void 0 === raw) return;
			const matched = "" === match ? void 0 : expression(match, text).exec(raw);
			return (matched?.[1] ?? matched?.[0] ?? raw).replaceAll("/", "-");
		}
		function findMatch(rule, given) {
			const raw = givenText(rule.value, given);
			if (void 0 === raw) return;
			const name = expression(rule.pattern, rule.text).exec(raw)?.[rule.group];
			if (void 0 === name) return { name: "", note: `${rule.text}: "${raw}" does not match` };
			return { name, release: numbersOf(name) };
		}
		function givenText(value, { context, globals }) {
			if ("" !== value) return render(value, globals);
			return context.ref.startsWith("refs/tags/") ? context.ref.slice(10) : void 0;
		}
		function expression(pattern, text) {
			const [, source = pattern, flags = ""] = /^\/(.+)\/(.*)$/.exec(pattern) ?? [];
			try {
				return new RegExp(source, flags.replaceAll("g", ""));
			} catch (error) {
				throw new Error(`${text}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
			}
		}
		function globalNames(context) {
			const { ref, sha, now, commitTime } = context;
			const isDefault = isDefaultBranch(context);
			const date = (at) => (expression) => formatDate(at, expression.argument ?? "", zoneOf(expression));
			return {
				branch: ref.startsWith("refs/heads/") ? ref.slice(11) : "",
				tag: ref.startsWith("refs/tags/") ? ref.slice(10) : "",
				sha: sha.slice(0, shortSha),
				base_ref: baseRef(context),
				is_default_branch: String(isDefault),
				is_not_default_branch: String(!isDefault),
				date: date(now),
				commit_date: date(commitTime),
			};
		}
		function zoneOf({ name, argument, options }) {
			if (void 0 === argument) throw new Error(`{{${name}}} has no format: write it like {{${name} 'YYYYMMDD'}}`);
			const unknown = Object.keys(options).find((key) => "tz" !== key);
			if (void 0 !== unknown) throw new Error(`{{${name}}} has an unknown option ${unknown}: it only has tz`);
			return options.tz ?? "UTC";
		}
		function baseRef({ ref, payload }) {
			if (ref.startsWith("refs/tags/")) return textAt(payload, ["base_ref"]).replace(/^refs\/heads\//, "");
			return ref.startsWith("refs/pull/") ? textAt(payload, ["pull_request", "base", "ref"]) : "";
		}
		function defaultBranch({ payload }) {
			return textAt(payload, ["repository", "default_branch"]) || void 0;
		}
		function isDefaultBranch(context) {
			const branch = context.ref.replace(/^refs\/heads\//, "");
			if ("" === branch) return false;
			return defaultBranch(context) === branch || /create|discussion|issues|schedule/.test(context.eventName);
		}
		function textAt(value, path) {
			const found = path.reduce(
				(at, key) => ("object" == typeof at && null !== at && Object.hasOwn(at, key) ? at[key] : void 0),
				value,
			);
			return "string" == typeof found ? found : "";
		}
		function pick(names, keys) {
			return Object.fromEntries(Object.entries(names).filter(([key]) => keys.includes(key)));
		}
		const priorities = { schedule: 1e3, semver: 900, pep440: 900, match: 800, edge: 700, ref: 600, raw: 200, sha: 100 };
		const own = {
			schedule: ["pattern"],
			semver: ["pattern", "value", "match"],
			pep440: ["pattern", "value", "match"],
			match: ["pattern", "group", "value"],
			edge: ["branch"],
			ref: ["event"],
			raw: ["value"],
			sha: ["format"],
		};
		function parseRule(line) {
			const fields = splitFields(line);
			if (0 === fields.length) return;
			const attributes = new Map();
			for (const field of fields) {
				const equals = field.indexOf("=", 1);
				const [key, value] = -1 === equals ? ["value", field] : [field.slice(0, equals), field.slice(equals + 1)];
				attributes.set(key.trim().toLowerCase(), value.trim());
			}
			const type = attributes.get("type") ?? "raw";
			if (!isType(type)) throw didYouMean(`"${type}" is not a type of tag`, type, Object.keys(priorities));
			const known = ["type", "enable", "priority", "prefix", "suffix", ...own[type]];
			for (const key of attributes.keys())
				if (!known.includes(key)) throw didYouMean(`type=${type} has no attribute "${key}"`, key, known);
			return { ...common(type, attributes, line), ...ruleOf(type, attributes) };
		}
		function common(type, attributes, line) {
			const prefixes = { sha: "sha-", ref: "pr" === attributes.get("event") ? "pr-" : "" };
			const priority = Number(attributes.get("priority") ?? priorities[type]);
			if (Number.isNaN(priority))
				throw new Error(`priority is not a number: got "${attributes.get("priority") ?? ""}"`);
			return {
				text: line.trim(),
				enable: attributes.get("enable") ?? "true",
				priority,
				prefix: attributes.get("prefix") ?? prefixes[type] ?? "",
				suffix: attributes.get("suffix") ?? "",
			};
		}
		function ruleOf(type, attributes) {
			const get = (key, otherwise) => {
				const value = attributes.get(key) ?? otherwise;
				if (void 0 === value) throw new Error(`type=${type} lacks ${key}=`);
				return value;
			};
			switch (type) {
				case "schedule":
					return { type, pattern: get("pattern", "nightly") };
				case "semver":
				case "pep440":
					return { type, pattern: get("pattern"), value: get("value", ""), match: get("match", "") };
				case "match":
					return { type, pattern: get("pattern"), group: wholeNumber(get("group", "0")), value: get("value", "") };
				case "edge":
					return { type, branch: get("branch", "") };
				case "ref":
					return { type, event: oneOf("event", get("event"), ["branch", "tag", "pr"]) };
				case "raw":
					return { type, value: get("value") };
				case "sha":
					return { type, format: oneOf("format", get("format", "short"), ["short", "long"]) };
			}
		}
		function isType(text) {
			return Object.hasOwn(priorities, text);
		}
		function oneOf(key, value, words) {
			const word = words.find((candidate) => candidate === value);
			if (void 0 === word) throw didYouMean(`${key} is not one of the known words: got "${value}"`, value, words);
			return word;
		}
		function wholeNumber(text) {
			if (/^\d+$/.test(text)) return Number(text);
			throw new Error(`group is not a number: got "${text}"`);
		}
		function didYouMean(message, word, known) {
			const meant = (0, nearest.p)(word, known);
			return new Error(`${message}. ${void 0 === meant ? "" : `Did you mean ${meant}? `}Known: ${known.join(", ")}.`);
		}
		function splitFields(line) {
			const fields = [];
			let rest = line.trim();
			while ("" !== rest && !rest.startsWith("#")) {
				const quoted = /^"((?:[^"]|"")*)"\s*(?=,|#|$)/.exec(rest);
				const plain = /^[^,#]*/.exec(rest)?.[0] ?? "";
				fields.push(quoted?.[1]?.replaceAll('""', '"') ?? plain);
				rest = rest.slice((quoted?.[0] ?? plain).length).trimStart();
				if (rest.startsWith(",")) rest = rest.slice(1).trimStart();
			}
			return fields;
		}
		function planImages(inputs, facts) {
			const problems = [...clashes(inputs)];
			const plans = inputs.images.map((given) => {
				const image = "string" == typeof given ? { name: given } : given;
				return collecting(problems, `Image ${image.name}`, () => planImage(image, { inputs, facts }));
			});
			const names = inputs.images.map((image) => ("string" == typeof image ? image : image.name));
			for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index)))
				problems.push({ message: `Input images names ${name} twice`, hint: "Every image has a name of its own." });
			if (problems.length > 0) {
				const count = 1 === problems.length ? "of a problem" : `of ${problems.length} problems`;
				throw new src_error.G(`Cannot plan the build because ${count} in its inputs`, {
					code: "configuration",
					problems,
				});
			}
			return plans.filter((plan) => void 0 !== plan);
		}
		function planImage(image, { inputs, facts }) {
			const { registry, repository } = plan_placeOf(inputs.registry, image.name);
			const context = contextOf(image);
			const commit = facts.commits.get(image.name) ?? facts.head;
			const secrets = new Map(Object.entries(image.secrets ?? {}));
			const unset = [...secrets.values()].find((variable) => !facts.env[variable]);
			if (void 0 !== unset)
				throw wrong(
					`the environment variable ${unset} is not set, which a secret is to come from`,
					`Set ${unset} under "env:" of the step.`,
				);
			if (secrets.size > 0 && "direct" === inputs.builder)
				throw wrong("secrets are for RUN, and the direct builder runs nothing", "Remove them, or set builder: docker.");
			const tags = tagsOf(void 0 === image.tags ? inputs.tags : listOf(image.tags), facts);
			return {
				name: image.name,
				registry,
				repository,
				context,
				dockerfiles: dockerfilesOf(image),
				target: image.target,
				platforms: platformsOf(image.platforms, inputs.builder),
				buildArgs: new Map(Object.entries(image["build-args"] ?? {})),
				secrets,
				labels: {
					...defaultLabels({ name: image.name, version: tags.names[0] ?? "", commit, facts }),
					...image.labels,
				},
				tags,
				epoch: commit.epoch,
			};
		}
		function pathsOf(image) {
			return [contextOf(image), ...dockerfilesOf(image)];
		}
		function contextOf(image) {
			return external_node_path_.posix.normalize(image.context ?? ".");
		}
		function dockerfilesOf(image) {
			const { dockerfile } = image;
			const context = contextOf(image);
			return void 0 === dockerfile
				? [(0, external_node_path_.join)(context, "Dockerfile")]
				: [...new Set([dockerfile, (0, external_node_path_.join)(context, dockerfile)])];
		}
		function plan_placeOf(registry, name) {
			const host = registry.split("/", 1)[0] ?? "";
			if (!/[.:]/.test(host) && "localhost" !== host)
				throw wrong(
					`input registry does not start with a host: got "${registry}"`,
					"Write it like ghcr.io/acme or docker.io/acme.",
				);
			const reference = (0, registry_reference.F2)(`${registry.replace(/\/+$/, "")}/${name}`);
			if (void 0 === reference.tag && void 0 === reference.digest) return reference;
			throw wrong("its name has a tag or digest", "Tags come from the input tags.");
		}
		function platformsOf(given, builder) {
			const names = void 0 === given ? [] : listOf(given).flatMap((item) => item.split(","));
			const platforms = names.map((name) => (0, platform.FL)(name.trim()));
			return 0 === platforms.length && "direct" === builder ? [(0, platform.FL)("linux/amd64")] : platforms;
		}
		function listOf(given) {
			const items = "string" == typeof given ? given.split("\n") : given;
			return items.map((item) => item.trim()).filter((item) => "" !== item);
		}
		function tagsOf(lines, { context, head, now }) {
			const rules = lines.map(readRule).filter((rule) => void 0 !== rule);
			const tags = resolveTags(rules, { ...context, commitTime: new Date(1e3 * head.epoch), now });
			if (tags.names.length > 0) return tags;
			throw wrong(
				`none of its rules gives a tag for ${context.ref || "this run"} (${context.eventName || "no event"})${tags.notes.map((note) => `; ${note}`).join("")}`,
				"Add a rule that always gives one, such as type=sha.",
			);
		}
		function readRule(line) {
			try {
				return parseRule(line);
			} catch (error) {
				throw wrong(`its rule "${line}" cannot be read: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
		function defaultLabels(o) {
			const { serverUrl, repository } = o.facts.context;
			const labels = {
				created: (0, image_config.Ly)(o.commit.epoch),
				revision: o.commit.sha,
				source: serverUrl && repository && `${serverUrl}/${repository}`,
				title: o.name,
				version: o.version,
			};
			const known = Object.entries(labels).filter(([, value]) => "" !== value);
			return Object.fromEntries(known.map(([key, value]) => [`org.opencontainers.image.${key}`, value]));
		}
		function wrong(message, hint) {
			return new src_error.G(message, { code: "configuration", ...(void 0 === hint ? {} : { hint }) });
		}
		function collecting(problems, what, work) {
			try {
				return work();
			} catch (error) {
				const hint = error instanceof src_error.G ? error.hint : void 0;
				const message = error instanceof Error ? error.message : String(error);
				problems.push({ message: `${what}: ${message}`, ...(void 0 === hint ? {} : { hint }) });
				return;
			}
		}
		const atOnce = 4;
		async function pushTags(image, o) {
			const { client } = o;
			const { repository, name } = image.plan;
			client.expectWrites(repository);
			const tags = await decideTags(image, o);
			const found = await (0, parallel.H)(tags, atOnce, (tag) => client.findManifest(repository, tag));
			const moving = tags.filter((_, index) => found[index] !== image.digest);
			if (moving.length > 0) {
				const manifest = await client.readManifest(repository, image.digest);
				await (0, parallel.H)(moving, atOnce, (tag) => client.pushManifest(repository, tag, manifest));
			}
			o.log.info(`${name}: ${0 === moving.length ? "the tags are there already" : `tagged ${moving.join(", ")}`}`);
			return { ...image, tags };
		}
		function plannedTags({ names, latest }) {
			return void 0 === latest ? names : [...new Set([...names, "latest"])];
		}
		async function decideTags({ plan }, { client, log }) {
			const { names, latest } = plan.tags;
			if (void 0 === latest) return names;
			const newer = newerRelease(latest, await client.tags(plan.repository));
			if (void 0 === newer) return plannedTags(plan.tags);
			log.notice(`${plan.name}: latest stays where it is, since ${newer} is a newer release than ${names[0] ?? ""}.`);
			return names;
		}
		const seam = "\x3c!-- --\x3e";
		function escapeMarkdown(text) {
			return oneLine(text)
				.replace(/[&<>]/g, (character) => entities[character] ?? character)
				.replace(/[\\`*_{}[\]()!|~$^]/g, "\\$&")
				.replace(/@|#|:(?=\/\/)|www(?=\.)/gi, `$&${seam}`)
				.replace(/^(?:[-+=#]|\d+(?=\.))/, (start) =>
					1 === start.length && /\D/.test(start) ? `\\${start}` : `${start}${seam}`,
				);
		}
		const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
		function code(text) {
			const line = oneLine(text);
			if ("" === line) return "";
			const fence = "`".repeat(longestRun(line) + 1);
			const padding = /^`|`$|^ .* $/.test(line) ? " " : "";
			return `${fence}${padding}${line}${padding}${fence}`;
		}
		function table(headers, rows) {
			const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
			return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
		}
		function cell(markdown) {
			return oneLine(markdown).replace(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|");
		}
		function oneLine(text) {
			return (0, untrusted.R)(text).replace(/\s+/g, " ").trim();
		}
		function longestRun(text) {
			return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
		}
		const signs = { succeeded: "✅", failed: "❌", "timed-out": "⌛", cancelled: "\uD83D\uDEAB", unknown: "❔" };
		function outcomeHeading(step) {
			return `## ${signs[step.outcome]} ${escapeMarkdown(step.title)}: ${step.outcome} in ${(0, duration.a)(step.durationMs)}`;
		}
		function problemList(problems) {
			const items = problems.map(({ file, line, message, hint }) => {
				const place = void 0 === file ? "" : `${code([file, line].filter(Boolean).join(":"))} `;
				const next = void 0 === hint ? "" : `<br>${escapeMarkdown(hint)}`;
				return `- ${place}${escapeMarkdown(message)}${next}`;
			});
			return items.join("\n");
		}
		function buildSummary(step, images) {
			const headers = ["Image", step.push ? "Tags" : "Tags it would get", "Digest", "Size", "Layers", "Time"];
			const rows = images.map((image) => [
				code(image.plan.name),
				image.tags.map(code).join(" "),
				code(shortDigest(image.digest)),
				void 0 === image.size ? "" : formatSize(image.size),
				layersText(image),
				(0, duration.a)(image.durationMs),
			]);
			const names = images.map((image) => `- ${code(pinned(image))}`);
			return [headingOf(step), table(headers, rows), ...(step.push ? [names.join("\n")] : [])].join("\n\n");
		}
		function failureSummary(step, error) {
			const { message, hint, problems } = error;
			const shown = problems.length > 0 ? problems : [{ message, ...(void 0 === hint ? {} : { hint }) }];
			return [headingOf(step), problemList(shown)].join("\n\n");
		}
		function headingOf(step) {
			return outcomeHeading({ ...step, title: step.push ? "Build and push" : "Build, not pushed" });
		}
		function shortDigest(digest) {
			return digest.replace(/^sha\d+:/, "").slice(0, 12);
		}
		function formatSize(bytes) {
			const units = ["B", "kB", "MB", "GB", "TB"];
			let value = bytes;
			let unit = 0;
			while (value >= 999.5 && unit < units.length - 1) {
				value /= 1e3;
				unit++;
			}
			return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ""}`;
		}
		function layersText({ layers, traffic }) {
			if (void 0 === layers) return "";
			if (void 0 === traffic) return `${layers}`;
			const { uploaded, reused, uploadedBytes } = traffic;
			if (0 === uploaded) return `${reused} reused`;
			return `${uploaded} uploaded (${formatSize(uploadedBytes)})${0 === reused ? "" : `, ${reused} reused`}`;
		}
		const imagesAtOnce = 3;
		async function run(runner, inputs) {
			const started = clock.m.now();
			const step = (outcome) => ({ outcome, durationMs: clock.m.now() - started, push: inputs.push });
			try {
				const images = await buildAndPush(runner, inputs);
				writeOutputs(runner, images);
				runner.addSummary(buildSummary(step("succeeded"), images));
				return "succeeded";
			} catch (error) {
				if (error instanceof src_error.G) runner.addSummary(failureSummary(step(error.outcome), error));
				throw error;
			}
		}
		async function buildAndPush(runner, inputs) {
			const now = new Date();
			const plans = planImages(inputs, {
				context: runner.context,
				env: runner.env,
				now,
				...(await readCommits(runner, inputs, now)),
			});
			for (const note of new Set(plans.flatMap(({ tags }) => tags.notes))) runner.log.warning(note);
			const logins = await (0, credentials.V)(runner, inputs);
			const clients = openClients(runner, logins);
			try {
				const session = { runner, inputs, client: clients.get };
				const built = await withBuilder(session, logins, (build) => buildAll(plans, build, runner));
				if (!inputs.push) return built.map((image) => ({ ...image, tags: plannedTags(image.plan.tags) }));
				return await tagAll(built, session);
			} finally {
				clients.close();
			}
		}
		async function readCommits(runner, inputs, now) {
			const head = await headCommit(runner, now);
			const commits = await (0, parallel.H)(inputs.images, imagesAtOnce, async (given) => {
				const image = "string" == typeof given ? { name: given } : given;
				return [image.name, await commitOf(runner, pathsOf(image), head)];
			});
			return { head, commits: new Map(commits) };
		}
		function openClients({ env, signal }, logins) {
			const clients = new Map();
			return {
				get: (host) => {
					const registry = (0, registry_reference.i7)(host);
					const credentials = logins.get(registry);
					const client =
						clients.get(registry) ?? new RegistryClient({ registry, credentials, env, signal, clock: clock.m });
					clients.set(registry, client);
					return client;
				},
				close: () => clients.forEach((client) => client.close()),
			};
		}
		async function withBuilder(session, logins, work) {
			const { runner, inputs, client } = session;
			if ("direct" === inputs.builder) {
				const { directBuilder } = await __webpack_require__
					.e(196)
					.then(__webpack_require__.bind(__webpack_require__, 6815));
				const { workspace, temp, log, signal } = runner;
				return work(
					directBuilder({ client, workspace, temp, log, signal, push: inputs.push, cache: "off" !== inputs.cache[0] }),
				);
			}
			const { makeDockerConfig, removeDockerConfig } = await __webpack_require__
				.e(222)
				.then(__webpack_require__.bind(__webpack_require__, 5222));
			const { dockerBuilder } = await __webpack_require__
				.e(812)
				.then(__webpack_require__.bind(__webpack_require__, 7431));
			const environment = makeDockerConfig(runner, logins);
			try {
				return await work(await dockerBuilder({ ...session, environment }));
			} finally {
				removeDockerConfig(runner, environment);
			}
		}
		async function buildAll(plans, build, { log, signal }) {
			const errors = [];
			const built = await (0, parallel.H)(plans, imagesAtOnce, async (plan) => {
				const started = clock.m.now();
				try {
					const image = { plan, ...(await build(plan)), durationMs: clock.m.now() - started };
					const layers = layersText(image);
					log.info(
						`${plan.name}: built ${shortDigest(image.digest)} in ${(0, duration.a)(image.durationMs)}${layers && `, layers: ${layers}`}`,
					);
					return image;
				} catch (error) {
					errors.push(error);
					return;
				}
			});
			signal.throwIfAborted();
			if (errors.length > 0) throw joined(errors);
			return built.filter((image) => void 0 !== image);
		}
		function joined(errors) {
			const [first] = errors;
			const foreseen = errors.filter((error) => error instanceof src_error.G);
			if (1 === errors.length || foreseen.length < errors.length)
				return errors.find((error) => !(error instanceof src_error.G)) ?? first;
			const problems = foreseen.flatMap(({ message, hint, problems: own }) =>
				own.length > 0 ? own : [{ message, ...(hint && { hint }) }],
			);
			const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
			return new src_error.G(`Cannot build because ${foreseen.length} images have problems; nothing was tagged`, {
				code: foreseen[0]?.code ?? "configuration",
				problems: distinct,
			});
		}
		function tagAll(images, { runner, client }) {
			return (0, parallel.H)(images, imagesAtOnce, (image) =>
				pushTags(image, { client: client(image.plan.registry), log: runner.log }),
			);
		}
		function writeOutputs(runner, images) {
			const byName = (value) =>
				JSON.stringify(Object.fromEntries(images.map((image) => [image.plan.name, value(image)])));
			const tagsOf = ({ plan, tags }) => tags.map((tag) => `${plan.registry}/${plan.repository}:${tag}`);
			runner.setOutput("images", byName(pinned));
			runner.setOutput("tags", byName(tagsOf));
			runner.setOutput(
				"digests",
				byName((image) => image.digest),
			);
		}
	},
	7087: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			Ly: () => isoTime,
			W1: () => configOf,
			dI: () => encodeConfig,
			i4: () => emptyConfig,
		});
		var _platform_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2554);
		const defaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
		function emptyConfig({ os, architecture, variant }) {
			return {
				architecture,
				os,
				...(void 0 === variant ? {} : { variant }),
				config: { WorkingDir: "/", Env: [defaultPath] },
				rootfs: { type: "layers", diff_ids: [] },
				history: [],
			};
		}
		function configOf(document) {
			const { author, architecture, os, variant, rootfs } = document;
			const runtime = Object.fromEntries(Object.entries(document.config ?? {}).filter(([key]) => runtimeKeys.has(key)));
			const config = structuredClone(runtime);
			if (!config.Env?.some((pair) => pair.startsWith("PATH="))) config.Env = [...(config.Env ?? []), defaultPath];
			return {
				...(void 0 === author ? {} : { author }),
				...(0, _platform_js__WEBPACK_IMPORTED_MODULE_0__.j7)({
					os,
					architecture,
					...(void 0 === variant ? {} : { variant }),
				}),
				...(void 0 === document["os.version"] ? {} : { "os.version": document["os.version"] }),
				...(void 0 === document["os.features"] ? {} : { "os.features": document["os.features"] }),
				config,
				rootfs: { type: "layers", diff_ids: [...(rootfs?.diff_ids ?? [])] },
				history: [...(document.history ?? [])],
			};
		}
		const runtimeKeys = new Set([
			"User",
			"ExposedPorts",
			"Env",
			"Entrypoint",
			"Cmd",
			"Volumes",
			"WorkingDir",
			"Labels",
			"StopSignal",
			"ArgsEscaped",
			"Healthcheck",
			"OnBuild",
			"Shell",
		]);
		function encodeConfig(image, epoch) {
			const { config, history, rootfs, ...rest } = image;
			const lasting = history.map((entry) => ({ ...entry, created: entry.created ?? isoTime(epoch) }));
			const created = lasting.at(-1)?.created ?? isoTime(epoch);
			return Buffer.from(
				JSON.stringify(sorted({ ...rest, created, config: withoutEmpty(config), rootfs, history: lasting })),
			);
		}
		function isoTime(seconds) {
			return new Date(1e3 * seconds).toISOString().replace(".000Z", "Z");
		}
		function withoutEmpty(config) {
			const isEmpty = (value) =>
				"" === value ||
				0 === value ||
				false === value ||
				("object" == typeof value && null !== value && 0 === Object.keys(value).length);
			return Object.fromEntries(Object.entries(config).filter(([, value]) => void 0 !== value && !isEmpty(value)));
		}
		function sorted(value) {
			if (Array.isArray(value)) return value.map(sorted);
			if ("object" != typeof value || null === value) return value;
			const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
			return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
		}
	},
	2554: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			Bq: () => formatPlatform,
			CF: () => bestFor,
			FL: () => parsePlatform,
			j7: () => normalise,
		});
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		const architectures = { x86_64: "amd64", "x86-64": "amd64", aarch64: "arm64", armhf: "arm", i386: "386" };
		function parsePlatform(text) {
			const [os = "", architecture = "", variant = "", ...more] = text.toLowerCase().split("/");
			if (
				!/^[a-z0-9]+$/.test(os) ||
				!/^[a-z0-9_-]+$/.test(architecture) ||
				!/^[a-z0-9.]*$/.test(variant) ||
				more.length > 0
			)
				throw new _error_js__WEBPACK_IMPORTED_MODULE_0__.G(`"${text}" is not a platform`, {
					code: "configuration",
					hint: "Write it like linux/amd64 or linux/arm64.",
				});
			return normalise({ os, architecture, variant });
		}
		function normalise(platform) {
			const architecture = architectures[platform.architecture] ?? platform.architecture;
			const variant = usualVariant(architecture, (platform.variant ?? "").replace(/^(?=\d)/, "v"));
			return { os: platform.os, architecture, ...("" === variant ? {} : { variant }) };
		}
		function usualVariant(architecture, variant) {
			if ("arm" === architecture) return "" === variant ? "v7" : variant;
			const usual = { arm64: "v8", amd64: "v1" };
			return usual[architecture] === variant ? "" : variant;
		}
		function formatPlatform({ os, architecture, variant }) {
			return `${os}/${architecture}${void 0 === variant ? "" : `/${variant}`}`;
		}
		function bestFor(wanted, offered) {
			const limit = version(wanted);
			return offered
				.filter(({ platform }) => platform.os === wanted.os && platform.architecture === wanted.architecture)
				.filter(({ platform }) => version(platform) <= limit)
				.reduce((best, one) => (best && version(best.platform) >= version(one.platform) ? best : one), void 0);
		}
		function version({ architecture, variant }) {
			const usual = { arm64: "v8", amd64: "v1" };
			return Number((variant ?? usual[architecture] ?? "v0").slice(1));
		}
	},
	1862: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { N: () => explainNetworkFailure, e: () => SilenceError });
		class SilenceError extends Error {
			code;
			constructor(code) {
				super("no sign of life in time");
				this.code = code;
			}
		}
		const checkAddress = "Check the address, and that the other side runs and lets this runner in.";
		const checkFirewall =
			"A firewall or an allow-list may keep this runner out; the other side may also be overloaded.";
		const checkCa =
			"Check that the address and the CA certificate belong together; an extra CA can be given by NODE_EXTRA_CA_CERTS.";
		const table = [
			[/^ECONNREFUSED$/, row("nothing listens there (connection refused)", checkAddress, "transient", "unsent")],
			[/^ENOTFOUND$/, row("DNS does not know that name", "Check the spelling of the address.", "transient", "unsent")],
			[/^EAI_/, row("DNS did not answer", "Check the network and DNS of this runner.", "transient", "unsent")],
			[
				/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
				row("there is no route to it", "Check the network and proxy settings of this runner.", "transient", "unsent"),
			],
			[/^SLIPWAY_CONNECT_TIMEOUT$/, row("no connection could be made in time", checkFirewall, "transient", "unsent")],
			[/^(SLIPWAY_SILENCE|ETIMEDOUT|ESOCKETTIMEDOUT)$/, row("it went silent", checkFirewall, "transient", "sent")],
			[/^(ECONNRESET|EPIPE|ECONNABORTED)$/, row("the connection was cut", checkFirewall, "transient", "sent")],
			[
				/^ERR_PROXY/,
				row("the proxy refused the connection", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.", "final", "unsent"),
			],
			[/^ERR_TLS_CERT_ALTNAME_INVALID$/, row("its certificate is for another name", checkCa, "final", "unsent")],
			[/^CERT_HAS_EXPIRED$/, row("its certificate has expired", "The other side has to renew it.", "final", "unsent")],
			[
				/^CERT_NOT_YET_VALID$/,
				row("its certificate is not valid yet", "Check the clocks of both sides.", "final", "unsent"),
			],
			[
				/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|INVALID_CA|ERR_OSSL)/,
				row("its certificate is not signed by a CA that is trusted here", checkCa, "final", "unsent"),
			],
			[/^(EPROTO|ERR_SSL_)/, row("it does not speak TLS as expected", checkAddress, "final", "unsent")],
			[/^HPE_HEADER_OVERFLOW$/, row("its headers are larger than 16 KiB", checkAddress, "final", "sent")],
			[/^HPE_/, row("what it answered is not HTTP", checkAddress, "final", "sent")],
		];
		function row(why, hint, lasts, reached) {
			return { why, hint, transient: "transient" === lasts, sent: "sent" === reached };
		}
		function explainNetworkFailure(error) {
			const { code, message } = isSystemError(error) ? error : { code: "", message: "" };
			const failure = table.find(([codes]) => codes.test(code))?.[1];
			if (void 0 === failure) return;
			const isTelling = /^(EPROTO|ERR_SSL_|ERR_PROXY|HPE_|ERR_TLS)/.test(code);
			return isTelling ? { ...failure, why: `${failure.why}: ${firstLine(message)}` } : failure;
		}
		function isSystemError(error) {
			return "object" == typeof error && null !== error && "code" in error && "message" in error;
		}
		function firstLine(text) {
			return (text.split("\n", 1)[0] ?? "").slice(0, 200);
		}
	},
	3716: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { H: () => inParallel });
		async function inParallel(items, limit, work) {
			const results = [];
			const errors = [];
			let next = 0;
			const worker = async () => {
				while (next < items.length && 0 === errors.length) {
					const index = next++;
					try {
						results[index] = await work(items[index], index);
					} catch (error) {
						errors.push(error);
					}
				}
			};
			await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
			if (errors.length > 0) throw errors[0];
			return results;
		}
	},
	7187: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			FX: () => isConfidential,
			NH: () => registryUrl,
			U9: () => isLoopback,
		});
		var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
		function registryUrl(registry) {
			if ("docker.io" === registry) return new URL("https://registry-1.docker.io/");
			const url = new URL(`https://${registry}/`);
			if (!isLoopback(url)) return url;
			return new URL(`http://${registry}/`);
		}
		function isLoopback(url) {
			const { hostname } = url;
			return (
				"localhost" === hostname ||
				"[::1]" === hostname ||
				((0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv4)(hostname) && hostname.startsWith("127."))
			);
		}
		function isConfidential(url) {
			return "https:" === url.protocol || ("http:" === url.protocol && isLoopback(url));
		}
	},
	5035: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { m0: () => requireDigest, sc: () => sha256, zr: () => verified });
		var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
		var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1557);
		function sha256(bytes) {
			return `sha256:${(0, node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256").update(bytes).digest("hex")}`;
		}
		async function* verified(bytes, promised) {
			const hash = hashFor(promised.digest);
			let size = 0;
			for await (const chunk of bytes) {
				hash.update(chunk);
				size += chunk.byteLength;
				if (void 0 !== promised.size && size > promised.size) break;
				yield chunk;
			}
			const digest = `${algorithmOf(promised.digest)}:${hash.digest("hex")}`;
			if (void 0 !== promised.size && size !== promised.size) throw corrupted(promised.digest, `${size} bytes`);
			if (digest !== promised.digest) throw corrupted(promised.digest, digest);
		}
		function requireDigest(bytes, promised) {
			const digest = `${algorithmOf(promised)}:${hashFor(promised).update(bytes).digest("hex")}`;
			if (digest !== promised) throw corrupted(promised, digest);
		}
		function hashFor(digest) {
			return (0, node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(algorithmOf(digest));
		}
		function algorithmOf(digest) {
			return digest.slice(0, digest.indexOf(":"));
		}
		function corrupted(digest, got) {
			return new _error_js__WEBPACK_IMPORTED_MODULE_1__.G(
				`Cannot trust what the registry sent for ${digest} because it is something else: got ${got}`,
				{
					code: "refused",
					hint: "It was damaged on its way or in the registry. Try again; if it stays, push that image anew.",
				},
			);
		}
	},
	9867: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { F: () => manifestTypes, J: () => mediaType });
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
		const manifestTypes = [mediaType.index, mediaType.manifest, mediaType.dockerList, mediaType.dockerManifest];
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
	1008: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { a: () => formatDuration });
		function formatDuration(ms) {
			if (ms < 999.5) return `${Math.round(ms)} ms`;
			if (ms < 9950) return `${(ms / 1e3).toFixed(1)} s`;
			const seconds = Math.round(ms / 1e3);
			if (seconds < 60) return `${seconds} s`;
			if (seconds < 3600) return joined(Math.floor(seconds / 60), "min", seconds % 60, "s");
			const minutes = Math.round(seconds / 60);
			return joined(Math.floor(minutes / 60), "h", minutes % 60, "min");
		}
		function joined(...[count, unit, rest, restUnit]) {
			return 0 === rest ? `${count} ${unit}` : `${count} ${unit} ${rest} ${restUnit}`;
		}
	},
	1804: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { L: () => retry });
		async function retry(work, options) {
			for (let attempt = 1; ; attempt++) {
				options.signal.throwIfAborted();
				try {
					return await work(attempt);
				} catch (error) {
					const waitMs = nextWait(error, attempt, options);
					if (void 0 === waitMs) throw error;
					await options.sleep(waitMs, options.signal);
				}
			}
		}
		function nextWait(error, attempt, options) {
			const { signal, shouldRetry, attempts = 1 / 0, deadline = 1 / 0, now = () => performance.now() } = options;
			const verdict = shouldRetry(error);
			if (false === verdict || signal.aborted || attempt >= attempts) return;
			const waitMs = verdict.afterMs ?? backOff(attempt, options);
			return now() + waitMs > deadline ? void 0 : waitMs;
		}
		function backOff(attempt, options) {
			const { firstDelayMs = 500, longestDelayMs = 3e4, random = Math.random } = options;
			const full = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
			return full / 2 + (full / 2) * random();
		}
	},
};
