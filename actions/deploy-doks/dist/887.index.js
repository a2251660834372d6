export const id = 887;
export const ids = [887];
export const modules = {
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
};
