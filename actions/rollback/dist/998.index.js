export const id = 998;
export const ids = [998, 887];
export const modules = {
	6584: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, { openGitHub: () => openGitHub });
		var valibot__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7934);
		var _http_exchange_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4305);
		var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1557);
		var _kubernetes_client_address_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5684);
		var _network_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1862);
		var _runner_retry_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1804);
		var _error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6661);
		const publicUrl = "https://api.github.com";
		const answerLimitMs = 1e4;
		const retryBudgetMs = 9e4;
		function openGitHub(options) {
			return new Client(options);
		}
		class Client {
			#options;
			#base;
			#pool;
			constructor(options) {
				if (!/^[\x21-\x7e]+$/.test(options.token))
					throw configuration("Cannot use github-token because it holds characters that no token has");
				this.#options = options;
				this.#base = parseBase(options.env.GITHUB_API_URL || publicUrl);
				this.#pool = (0, _http_exchange_js__WEBPACK_IMPORTED_MODULE_0__.x)(this.#base.protocol, { ...options.env });
			}
			async request(request) {
				const { text } = await this.#send(request, this.#callOf(request));
				return readAnswer(request, text);
			}
			async *pages(request) {
				let call = this.#callOf(request);
				while (void 0 !== call) {
					const { text, headers } = await this.#send(request, call);
					yield readAnswer(request, text);
					call = this.#nextPage(call, headers.link);
				}
			}
			async query(request) {
				const url = new URL(`${this.#base.pathname.replace(/(\/v3)?\/*$/, "")}/graphql`, this.#base);
				const post = this.#call("POST", url, { query: request.query });
				return readAnswer(request, (await this.#send({ ...request, repeatable: true }, post)).text);
			}
			close() {
				this.#pool.destroy();
			}
			#callOf({ method = "GET", path, query = {}, body }) {
				const url = new URL(this.#base.pathname.replace(/\/+$/, "") + path, this.#base);
				for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
				return this.#call(method, url, body);
			}
			#call(method, url, body) {
				const call = { method, url, token: this.#options.token, headers: { "x-github-api-version": "2022-11-28" } };
				return void 0 === body ? call : { ...call, contentType: "application/json", body: JSON.stringify(body) };
			}
			#nextPage(call, link) {
				const next = /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ""))?.[1];
				const url = void 0 === next ? null : URL.parse(next, this.#base.href);
				return url?.origin === this.#base.origin && url.href !== call.url.href ? { ...call, url } : void 0;
			}
			async #send(purpose, call) {
				const { clock, signal } = this.#options;
				const isRepeatable = "POST" !== call.method || true === purpose.repeatable;
				let attempts = 0;
				let failure;
				const attempt = async (number) => {
					attempts = number;
					const answer = await (0, _http_exchange_js__WEBPACK_IMPORTED_MODULE_0__.c)(call, {
						agent: this.#pool,
						signal,
						clock,
						limitMs: answerLimitMs,
					});
					if (answer.status < 200 || answer.status > 299)
						throw new _error_js__WEBPACK_IMPORTED_MODULE_4__.y(purpose, answer, Date.now());
					return answer;
				};
				try {
					return await (0, _runner_retry_js__WEBPACK_IMPORTED_MODULE_5__.L)(attempt, {
						signal,
						shouldRetry(error) {
							if (!signal.aborted) failure = error;
							return retryDecision(error, isRepeatable);
						},
						sleep: (ms, until) => clock.sleep(ms, until),
						now: () => clock.now(),
						deadline: clock.now() + retryBudgetMs,
						longestDelayMs: 1e4,
					});
				} catch (error) {
					throw explainSilence({
						purpose,
						url: call.url,
						error: signal.aborted ? (failure ?? signal.reason) : error,
						attempts,
					});
				}
			}
		}
		function retryDecision(error, isRepeatable) {
			if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_4__.y) {
				if (error.isRateLimit) return void 0 === error.retryAfterMs ? {} : { afterMs: error.retryAfterMs };
				return error.status >= 500 && isRepeatable && {};
			}
			const failure = (0, _network_failure_js__WEBPACK_IMPORTED_MODULE_3__.N)(error);
			return failure?.transient === true && (!failure.sent || isRepeatable) && {};
		}
		function explainSilence(o) {
			const failure = (0, _network_failure_js__WEBPACK_IMPORTED_MODULE_3__.N)(o.error);
			if (void 0 === failure) return o.error;
			const tries = o.attempts > 1 ? ` (tried ${o.attempts} times)` : "";
			const message = `Cannot ${o.purpose.doing} because ${o.url.origin} gave no answer: ${failure.why}${tries}`;
			return new _error_js__WEBPACK_IMPORTED_MODULE_1__.G(message, {
				code: "unreachable",
				hint: failure.hint,
				cause: o.error,
			});
		}
		function readAnswer({ doing, answer }, text) {
			const read = (0, valibot__WEBPACK_IMPORTED_MODULE_6__.xLC)(answer, parseJson(text));
			if (read.success) return read.output;
			const place = (0, valibot__WEBPACK_IMPORTED_MODULE_6__.BuJ)(read.issues[0]) ?? "the whole answer";
			throw new _error_js__WEBPACK_IMPORTED_MODULE_1__.G(
				`Cannot ${doing} because GitHub's answer is not what its API promises: got something else for ${place}`,
				{
					code: "refused",
					hint: "Something on the way may have answered instead: check GITHUB_API_URL and the proxy.",
				},
			);
		}
		function parseJson(text) {
			try {
				return JSON.parse(text);
			} catch {
				return;
			}
		}
		function parseBase(text) {
			const url = URL.parse(text);
			if (null === url || ("https:" !== url.protocol && "http:" !== url.protocol))
				throw configuration(`Cannot use GITHUB_API_URL because it is not an https:// URL: got ${text}`);
			if ("http:" === url.protocol && !(0, _kubernetes_client_address_js__WEBPACK_IMPORTED_MODULE_2__.U9)(url.hostname))
				throw configuration(`Cannot use GITHUB_API_URL because the token would travel unencrypted: got ${url.origin}`);
			return url;
		}
		function configuration(message) {
			return new _error_js__WEBPACK_IMPORTED_MODULE_1__.G(message, { code: "configuration" });
		}
	},
	6887: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, {
			Deployments: () => Deployments,
			isOfJob: () => isOfJob,
			isOpen: () => isOpen,
			ownerOf: () => ownerOf,
			runOf: () => runOf,
		});
		var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7934);
		const ownerSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.Ikc({
			slipway: valibot__WEBPACK_IMPORTED_MODULE_0__.Ikc({
				app: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				namespace: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				run: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				attempt: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
			}),
		});
		const deploymentSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.Ikc({
			id: valibot__WEBPACK_IMPORTED_MODULE_0__.aig(),
			sha: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
			environment: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
			payload: valibot__WEBPACK_IMPORTED_MODULE_0__.L5J(),
			creator: valibot__WEBPACK_IMPORTED_MODULE_0__.cl6(
				valibot__WEBPACK_IMPORTED_MODULE_0__.Ikc({ login: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP() }),
			),
		});
		const statusSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.Ikc({
			state: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
			log_url: valibot__WEBPACK_IMPORTED_MODULE_0__.cl6(valibot__WEBPACK_IMPORTED_MODULE_0__.YjP()),
			target_url: valibot__WEBPACK_IMPORTED_MODULE_0__.cl6(valibot__WEBPACK_IMPORTED_MODULE_0__.YjP()),
		});
		const longestDescription = 140;
		class Deployments {
			#api;
			#path;
			constructor(api, repository) {
				this.#api = api;
				this.#path = `/repos/${repository}/deployments`;
			}
			async list(filter) {
				const newest = await this.#api.request({
					doing: "look for deployments at GitHub",
					permission: "deployments: write",
					path: this.#path,
					query: { ...filter, per_page: 50 },
					answer: valibot__WEBPACK_IMPORTED_MODULE_0__.YOg(deploymentSchema),
				});
				return newest.sort((a, b) => b.id - a.id);
			}
			async statuses(id) {
				return this.#api.request({
					doing: "read a deployment's statuses at GitHub",
					permission: "deployments: write",
					path: `${this.#path}/${id}/statuses`,
					query: { per_page: 10 },
					answer: valibot__WEBPACK_IMPORTED_MODULE_0__.YOg(statusSchema),
				});
			}
			async create(wanted) {
				const { id } = await this.#api.request({
					doing: "make a deployment at GitHub",
					permission: "deployments: write",
					method: "POST",
					path: this.#path,
					body: {
						ref: wanted.commit,
						environment: wanted.environment,
						payload: { slipway: wanted.owner },
						auto_merge: false,
						required_contexts: [],
						transient_environment: wanted.isTransient,
						production_environment: !wanted.isTransient && /^prod(uction)?\b/i.test(wanted.environment),
					},
					answer: valibot__WEBPACK_IMPORTED_MODULE_0__.Ikc({ id: valibot__WEBPACK_IMPORTED_MODULE_0__.aig() }),
				});
				return id;
			}
			async tell(id, { state, description, logUrl, environmentUrl }) {
				await this.#api.request({
					doing: `tell GitHub that a deployment is "${state}"`,
					permission: "deployments: write",
					method: "POST",
					path: `${this.#path}/${id}/statuses`,
					repeatable: true,
					body: {
						state,
						description: shorten(description),
						log_url: logUrl,
						...(void 0 === environmentUrl ? {} : { environment_url: environmentUrl }),
						auto_inactive: false,
					},
					answer: valibot__WEBPACK_IMPORTED_MODULE_0__.Ikc({}),
				});
			}
		}
		function ownerOf({ payload }) {
			const read = valibot__WEBPACK_IMPORTED_MODULE_0__.xLC(ownerSchema, payload);
			return read.success ? read.output.slipway : void 0;
		}
		function isOfJob(deployment) {
			return deployment.creator?.login === "github-actions[bot]" && void 0 === ownerOf(deployment);
		}
		function isOpen([newest]) {
			return void 0 === newest || /^(in_progress|queued|pending|waiting)$/.test(newest.state);
		}
		function runOf(statuses) {
			const links = statuses.flatMap(({ log_url, target_url }) => [log_url ?? "", target_url ?? ""]);
			return links.map((link) => /\/actions\/runs\/(\d+)(?:[/?#]|$)/.exec(link)?.[1]).find((run) => void 0 !== run);
		}
		function shorten(text) {
			return text.length <= longestDescription ? text : `${text.slice(0, longestDescription - 1).toWellFormed()}…`;
		}
	},
	6661: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { y: () => GitHubError });
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		const secondaryLimitMs = 6e4;
		class GitHubError extends _error_js__WEBPACK_IMPORTED_MODULE_0__.G {
			status;
			isRateLimit;
			retryAfterMs;
			constructor(purpose, answer, nowMs) {
				const message = messageOf(answer.text);
				const isRateLimit = 429 === answer.status || (403 === answer.status && isLimited(answer, message));
				const { why, hint, code } = isRateLimit ? rateLimited : explain(purpose, answer.status, message);
				super(`Cannot ${purpose.doing} because ${why}`, { code, hint });
				this.status = answer.status;
				this.isRateLimit = isRateLimit;
				this.retryAfterMs = isRateLimit ? waitOf(answer, nowMs) : void 0;
			}
		}
		const rateLimited = {
			why: "GitHub limits the requests of this token",
			hint: "The jobs of a repository share a limit of 1,000 requests an hour; it starts anew by itself.",
			code: "refused",
		};
		function explain({ permission }, status, message) {
			const said = `GitHub answered ${status}: ${message || "nothing more"}`;
			const grant =
				void 0 === permission ? "Check the token's permissions." : `Give the job the permission \`${permission}\`.`;
			if (401 === status)
				return {
					why: "GitHub does not accept the token",
					hint: "Use `${{ github.token }}` for github-token.",
					code: "denied",
				};
			if (403 === status) return { why: said, hint: grant, code: "denied" };
			if (404 === status)
				return { why: said, hint: `${grant} GitHub also says so to whoever may not look.`, code: "denied" };
			if (status >= 500) return { why: said, hint: "See https://www.githubstatus.com.", code: "unreachable" };
			return { why: said, hint: "Check the inputs of this action.", code: "refused" };
		}
		function isLimited({ headers }, message) {
			const isUsedUp = "0" === headers["x-ratelimit-remaining"];
			return isUsedUp || void 0 !== headers["retry-after"] || /rate limit|abuse/i.test(message);
		}
		function waitOf({ headers }, nowMs) {
			const seconds = Number(headers["retry-after"] ?? 0 / 0);
			if (seconds >= 0) return 1e3 * seconds;
			const reset = 1e3 * Number(headers["x-ratelimit-reset"] ?? 0 / 0);
			if ("0" === headers["x-ratelimit-remaining"] && reset > 0) return Math.max(0, reset - nowMs);
			return secondaryLimitMs;
		}
		function messageOf(text) {
			const { message, errors } = parseObject(text);
			if ("string" != typeof message)
				return text
					.replace(/(<[^>]*>|\s)+/g, " ")
					.trim()
					.slice(0, 200);
			const fields = Array.isArray(errors) ? errors.map(describeField).filter((each) => "" !== each) : [];
			return [message, ...fields].join(", ").slice(0, 400);
		}
		function describeField(error) {
			if ("string" == typeof error) return error;
			const { field, code, message } = toFields(error);
			if ("string" == typeof message) return message;
			return "string" == typeof field && "string" == typeof code ? `${field} is ${code}` : "";
		}
		function parseObject(text) {
			try {
				return toFields(JSON.parse(text));
			} catch {
				return {};
			}
		}
		function toFields(value) {
			return "object" == typeof value && null !== value ? { ...value } : {};
		}
	},
	1595: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			H8: () => forgetDeployment,
			el: () => keptDeployment,
			z2: () => keepDeployment,
		});
		const state = "github-deployment";
		function keepDeployment(runner, kept) {
			runner.saveState(state, JSON.stringify(kept));
		}
		function forgetDeployment(runner) {
			runner.saveState(state, "");
		}
		function keptDeployment(runner) {
			const text = runner.getState(state);
			return "" === text ? void 0 : JSON.parse(text);
		}
	},
	9998: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { tellGitHub: () => tellGitHub });
		var src_error = __webpack_require__(1557);
		var untrusted = __webpack_require__(1012);
		var client = __webpack_require__(6584);
		var dist = __webpack_require__(7934);
		const commentSchema = dist.Ikc({
			id: dist.aig(),
			body: dist.cl6(dist.YjP()),
			user: dist.cl6(dist.Ikc({ login: dist.YjP() })),
		});
		const purpose = { permission: "pull-requests: write" };
		const mostPages = 20;
		class Comments {
			#api;
			#repository;
			#number;
			constructor(api, { repository, number }) {
				this.#api = api;
				this.#repository = `/repos/${repository}`;
				this.#number = number;
			}
			async findOwn(fits) {
				let login;
				let pages = 0;
				for await (const page of this.#pages()) {
					for (const comment of page)
						if (fits(comment.body ?? "")) {
							login ??= await this.#login();
							if (comment.user?.login === login || comment.user?.login === `${login}[bot]`) return comment;
						}
					if (++pages >= mostPages) break;
				}
			}
			async create(body) {
				await this.#api.request({
					...purpose,
					doing: "comment on the pull request",
					method: "POST",
					path: `${this.#repository}/issues/${this.#number}/comments`,
					body: { body },
					answer: dist.Ikc({}),
				});
			}
			async update(id, body) {
				await this.#api.request({
					...purpose,
					doing: "update the comment on the pull request",
					method: "PATCH",
					path: `${this.#repository}/issues/comments/${id}`,
					body: { body },
					answer: dist.Ikc({}),
				});
			}
			#pages() {
				return this.#api.pages({
					...purpose,
					doing: "read the comments of the pull request",
					path: `${this.#repository}/issues/${this.#number}/comments`,
					query: { per_page: 100 },
					answer: dist.YOg(commentSchema),
				});
			}
			async #login() {
				const { data } = await this.#api.query({
					doing: "find out who bears the token",
					query: "{ viewer { login } }",
					answer: dist.Ikc({ data: dist.Ikc({ viewer: dist.Ikc({ login: dist.YjP() }) }) }),
				});
				return data.viewer.login;
			}
		}
		var github_deployments = __webpack_require__(6887);
		var github_error = __webpack_require__(6661);
		var kept_deployment = __webpack_require__(1595);
		var parallel = __webpack_require__(3716);
		var retry = __webpack_require__(1804);
		const mostLookedAt = 10;
		async function openDeployment(deployments, wanted, how) {
			const open = async () => {
				const known = await listOfRun(deployments, wanted);
				const own = known.find((each) => isOwn(each, wanted));
				if (void 0 !== own) return ours(own, wanted);
				const ofRun = await findOfRun(deployments, known, wanted);
				const chosen = void 0 === wanted.commit ? choose(ofRun, wanted) : chooseRestored(ofRun, wanted);
				if ("several" === chosen) return chosen;
				return "deployment" in chosen ? toOpen(chosen, wanted) : create(deployments, wanted, chosen.environment);
			};
			const shouldRetry = (error) => error instanceof src_error.G && "unreachable" === error.code && {};
			return (0, retry.L)(open, { ...how, attempts: 3, shouldRetry });
		}
		async function listOfRun(deployments, { subject, commit, environment }) {
			const commits = new Set([...(void 0 === commit ? [] : [commit]), ...subject.commits]);
			const filter = void 0 === environment ? {} : { environment };
			const lists = await Promise.all([...commits].map((sha) => deployments.list({ sha, ...filter })));
			return lists.flat().sort((a, b) => b.id - a.id);
		}
		function isOwn(deployment, { owner, commit }) {
			const known = (0, github_deployments.ownerOf)(deployment);
			const isSame =
				known?.app === owner.app &&
				known.namespace === owner.namespace &&
				known.run === owner.run &&
				known.attempt === owner.attempt;
			return isSame && (void 0 === commit || commit === deployment.sha);
		}
		async function findOfRun(deployments, known, { subject, environment }) {
			const ofJobs = known.filter(github_deployments.isOfJob).slice(0, mostLookedAt);
			const looked = await (0, parallel.H)(ofJobs, 3, async (deployment) => ({
				deployment,
				statuses: await deployments.statuses(deployment.id),
			}));
			const ofRun = looked.filter(({ statuses }) => (0, github_deployments.runOf)(statuses) === subject.runId);
			if (ofRun.length > 0 || void 0 === environment) return ofRun;
			const unlinked = looked.filter(
				({ statuses }) =>
					void 0 === (0, github_deployments.runOf)(statuses) && (0, github_deployments.isOpen)(statuses),
			);
			return 1 === unlinked.length ? unlinked : [];
		}
		function choose(ofRun, { environment }) {
			const [open, ...others] = ofRun.filter(({ statuses }) => (0, github_deployments.isOpen)(statuses));
			if (others.length > 0) return "several";
			const [ended, ...more] = void 0 === environment ? [] : ofRun;
			return open ?? (0 === more.length ? ended : void 0) ?? { environment };
		}
		function chooseRestored(ofRun, { commit, environment }) {
			const same = ofRun.find(({ deployment }) => deployment.sha === commit);
			if (void 0 !== same) return same;
			const [only, ...others] = new Set(ofRun.map(({ deployment }) => deployment.environment));
			if (void 0 === environment && others.length > 0) return "several";
			return { environment: environment ?? only };
		}
		function toOpen({ deployment, statuses }, { subject }) {
			const [newest] = statuses;
			const { id, environment } = deployment;
			const logUrl = newest?.log_url || newest?.target_url || subject.runUrl;
			return { id, environment, isOurs: false, isStarted: newest?.state === "in_progress", logUrl };
		}
		function ours({ id, environment }, { subject }) {
			return { id, environment, isOurs: true, isStarted: false, logUrl: subject.runUrl };
		}
		async function create(deployments, wanted, environment) {
			const { subject, owner } = wanted;
			const commit = wanted.commit ?? subject.commits[0];
			if (void 0 === environment || void 0 === commit) return;
			const isTransient = void 0 !== subject.pullRequest;
			const id = await deployments.create({ commit, environment, owner, isTransient });
			return ours({ id, environment }, wanted);
		}
		const retire_mostLookedAt = 5;
		async function retireReplaced(deployments, replaced) {
			const all = await deployments.list({ environment: replaced.by.environment });
			const earlier = all.filter((each) => each.id !== replaced.by.id && isReplaced(each, replaced));
			for (const deployment of earlier.slice(0, retire_mostLookedAt)) {
				const statuses = await deployments.statuses(deployment.id);
				const isLive = statuses[0]?.state === "success";
				const isKilled = (0, github_deployments.isOpen)(statuses) && !(0, github_deployments.isOfJob)(deployment);
				if (!isLive && !isKilled) continue;
				const description = "Another release has taken its place.";
				const logUrl = statuses[0]?.log_url ?? "";
				await deployments.tell(deployment.id, { state: "inactive", description, logUrl });
			}
		}
		function isReplaced(deployment, { by, owner, takenBack }) {
			if ((0, github_deployments.isOfJob)(deployment)) return deployment.sha === takenBack;
			const known = (0, github_deployments.ownerOf)(deployment);
			return deployment.id < by.id && known?.app === owner.app && known.namespace === owner.namespace;
		}
		var report_markdown = __webpack_require__(4285);
		var whole_blocks = __webpack_require__(5208);
		const longestBody = 65536;
		async function putStickyComment(comments, subject, sticky) {
			const marker = markerOf(sticky);
			const body = bodyOf(subject, marker, sticky);
			const known = await comments.findOwn((text) => text.startsWith(marker));
			if (void 0 === known) return comments.create(body);
			const run = /^ run=(\d+) /.exec((known.body ?? "").slice(marker.length))?.[1] ?? "0";
			if (BigInt(run) > BigInt(subject.runId)) return;
			await comments.update(known.id, body);
		}
		function markerOf({ app, namespace, environment = "" }) {
			return `\x3c!-- slipway:plan ${app}/${namespace}/${encodeURIComponent(environment)}`;
		}
		function bodyOf({ runId, runUrl }, marker, { environment, markdown }) {
			const head = `${marker} run=${runId} --\x3e\n`;
			const link = `[run ${runId}](${runUrl})`;
			const text = `${markdown.trimEnd()}\n\n`;
			const place = void 0 === environment ? "" : ` for ${(0, report_markdown.FV)(environment)}`;
			const foot = `<sub>From ${link}${place}.</sub>\n`;
			if (Buffer.byteLength(head + text + foot) <= longestBody) return head + text + foot;
			const cut = `\n\n_The rest does not fit into a comment: the summary of ${link} has more of it._\n`;
			return head + (0, whole_blocks.I)(text, longestBody - Buffer.byteLength(head + cut)).trimEnd() + cut;
		}
		function subjectOf(context) {
			const { repository, runId, runAttempt, serverUrl, sha } = context;
			if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^\d+$/.test(runId)) return;
			const pull = fieldsOf(context.payload.pull_request);
			const commits = [fieldsOf(pull.head).sha, sha].filter(isCommit);
			const pullRequest = readPullRequest(context, pull);
			return {
				repository,
				commits: [...new Set(commits)],
				runId,
				runAttempt: runAttempt || "1",
				runUrl: `${serverUrl}/${repository}/actions/runs/${runId}`,
				...(void 0 === pullRequest ? {} : { pullRequest }),
			};
		}
		function readPullRequest({ eventName, actor }, pull) {
			const { number } = pull;
			if (!/^pull_request(_target)?$/.test(eventName) || !Number.isSafeInteger(number)) return;
			const [from, to] = [pull.head, pull.base].map((end) => fieldsOf(fieldsOf(end).repo).full_name);
			const isReadOnly = "pull_request" === eventName && (from !== to || "dependabot[bot]" === actor);
			return { number: Number(number), isReadOnly };
		}
		function fieldsOf(value) {
			return "object" == typeof value && null !== value ? { ...value } : {};
		}
		function isCommit(value) {
			return "string" == typeof value && /^[0-9a-f]{40}$/.test(value);
		}
		const graceMs = 5e3;
		const cancelledGraceMs = 2e3;
		function tellGitHub(runner, options) {
			return new GitHubTelling(runner, options, subjectOf(runner.context));
		}
		class GitHubTelling {
			#runner;
			#options;
			#subject;
			#problems = [];
			#over = new AbortController();
			#api;
			#opening = Promise.resolve(void 0);
			#commenting = Promise.resolve();
			constructor(runner, options, subject) {
				this.#runner = runner;
				this.#options = options;
				this.#subject = subject;
			}
			begin(commit) {
				const subject = this.#subject;
				if (void 0 !== subject) this.#opening = this.#attempt((api) => this.#open(api, subject, commit));
			}
			comment(markdown) {
				const subject = this.#subject;
				if (subject?.pullRequest === void 0) return;
				const { repository, pullRequest } = subject;
				this.#commenting = this.#attempt((api) => {
					const comments = new Comments(api, { repository, number: pullRequest.number });
					return putStickyComment(comments, subject, { ...this.#options, markdown: this.#runner.redact(markdown) });
				});
			}
			async during(work) {
				let ended = { outcome: "failed", sentence: "" };
				try {
					const result = await work();
					ended = result;
					return result;
				} catch (error) {
					ended = this.#endedBy(error);
					throw error;
				} finally {
					await this.#end(ended);
				}
			}
			#endedBy(error) {
				if (this.#runner.signal.aborted) return { outcome: "cancelled", sentence: "The job was cancelled." };
				if (error instanceof src_error.G) return { outcome: error.outcome, sentence: error.message };
				return { outcome: "failed", sentence: "This is a bug in Slipway: the log has more." };
			}
			async #end(ended) {
				const done = new AbortController();
				const grace = this.#grace(done.signal);
				await Promise.all([this.#close(ended), this.#commenting]);
				done.abort();
				await grace;
				this.#api?.close();
				this.#tellProblems();
			}
			async #open(api, subject, commit) {
				const { clock, log } = this.#runner;
				const deployments = new github_deployments.Deployments(api, subject.repository);
				const wanted = { subject, owner: this.#owner(subject), commit, environment: this.#options.environment };
				const sleep = (ms, signal) => clock.sleep(ms, signal);
				const open = await openDeployment(deployments, wanted, { signal: this.#over.signal, sleep });
				if ("several" === open)
					log.notice(
						"No Deployment is told of this: jobs of this run have several. The input environment says which is meant.",
					);
				if (void 0 === open || "several" === open) return;
				const { id, logUrl } = open;
				if (open.isOurs) (0, kept_deployment.z2)(this.#runner, { repository: subject.repository, id, logUrl });
				if (!open.isStarted) await deployments.tell(id, { state: "in_progress", description: "", logUrl });
				return open;
			}
			async #close({ outcome, sentence, url, takenBack }) {
				const subject = this.#subject;
				const open = await this.#opening;
				if (void 0 === open || void 0 === subject) return;
				await this.#attempt(async (api) => {
					const deployments = new github_deployments.Deployments(api, subject.repository);
					const description = (0, untrusted.R)(this.#runner.redact(sentence)).replace(/\s+/g, " ");
					const seen = void 0 === url || "succeeded" !== outcome ? {} : { environmentUrl: url };
					await deployments.tell(open.id, { state: stateOf(outcome), description, logUrl: open.logUrl, ...seen });
					if (open.isOurs) (0, kept_deployment.H8)(this.#runner);
					if ("succeeded" === outcome)
						await retireReplaced(deployments, { by: open, owner: this.#owner(subject), takenBack });
				});
			}
			#owner({ runId, runAttempt }) {
				const { app, namespace } = this.#options;
				return { app, namespace, run: runId, attempt: runAttempt };
			}
			async #attempt(work) {
				const { env, clock } = this.#runner;
				try {
					this.#api ??= (0, client.openGitHub)({ token: this.#options.token, env, clock, signal: this.#over.signal });
					return await work(this.#api);
				} catch (error) {
					this.#problems.push(error);
					return;
				}
			}
			async #grace(done) {
				const { clock, signal } = this.#runner;
				const wait = (ms, until) => clock.sleep(ms, until).catch(() => void 0);
				if (!signal.aborted) await wait(graceMs, AbortSignal.any([done, signal]));
				if (signal.aborted && !done.aborted) await wait(cancelledGraceMs, done);
				if (!done.aborted) this.#over.abort(new src_error.G("GitHub did not answer in time", { code: "unreachable" }));
			}
			#tellProblems() {
				if (0 === this.#problems.length) return;
				const { log } = this.#runner;
				const isForbidden = this.#problems.every((error) => error instanceof github_error.y && 403 === error.status);
				if (isForbidden && this.#subject?.pullRequest?.isReadOnly === true)
					return void log.notice(
						"The plan is only in the job summary: a pull request like this one gets a token that may not comment.",
					);
				const lines = [...new Set(this.#problems.map(describe))];
				log.warning(["GitHub was not told all of this. The release itself is not affected.", ...lines].join("\n"));
			}
		}
		function describe(error) {
			if (!(error instanceof src_error.G)) return String(error);
			return void 0 === error.hint ? `${error.message}.` : `${error.message}. ${error.hint}`;
		}
		function stateOf(outcome) {
			switch (outcome) {
				case "succeeded":
					return "success";
				case "failed":
				case "timed-out":
					return "failure";
				case "cancelled":
				case "unknown":
					return "error";
			}
		}
	},
};
