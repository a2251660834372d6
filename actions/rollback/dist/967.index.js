export const id = 967;
export const ids = [967];
export const modules = {
	2967: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { endAbandoned: () => endAbandoned });
		var _runner_within_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3247);
		var _kept_deployment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1595);
		const limitMs = 5e3;
		async function endAbandoned(runner) {
			const kept = (0, _kept_deployment_js__WEBPACK_IMPORTED_MODULE_1__.el)(runner);
			if (void 0 === kept) return;
			const { clock, signal } = runner;
			await (0, _runner_within_js__WEBPACK_IMPORTED_MODULE_0__.u)(
				{ clock, signal, ms: limitMs, doing: "end the deployment at GitHub" },
				(until) => end({ ...runner, signal: until }, kept),
			);
		}
		async function end(runner, { repository, id, logUrl }) {
			const [{ openGitHub }, { Deployments }] = await Promise.all([
				Promise.all([__webpack_require__.e(934), __webpack_require__.e(584)]).then(
					__webpack_require__.bind(__webpack_require__, 6584),
				),
				Promise.all([__webpack_require__.e(934), __webpack_require__.e(887)]).then(
					__webpack_require__.bind(__webpack_require__, 6887),
				),
			]);
			const token = runner.input("github-token");
			runner.mask(token);
			const api = openGitHub({ ...runner, token });
			try {
				const description = "The run was ended before it could say how this went.";
				await new Deployments(api, repository).tell(id, { state: "error", description, logUrl });
			} finally {
				api.close();
			}
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
	3247: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { u: () => within });
		var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1557);
		var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1008);
		async function within(options, work) {
			const { clock, signal, ms, doing } = options;
			const isUp = new AbortController();
			const isDone = new AbortController();
			const timer = clock.sleep(ms, AbortSignal.any([signal, isDone.signal])).then(
				() => isUp.abort(timeUp(doing, ms)),
				() => void 0,
			);
			const both = AbortSignal.any([signal, isUp.signal]);
			const ended = new Promise((_resolve, reject) => {
				both.addEventListener("abort", () => reject(both.reason), { once: true, signal: isDone.signal });
			});
			try {
				both.throwIfAborted();
				return await Promise.race([work(both), ended]);
			} finally {
				ended.catch(() => void 0);
				isDone.abort();
				await timer;
			}
		}
		function timeUp(doing, ms) {
			return new _error_js__WEBPACK_IMPORTED_MODULE_0__.G(
				`Cannot ${doing} because the time is up: got no end within ${(0, _duration_js__WEBPACK_IMPORTED_MODULE_1__.a)(ms)}`,
				{
					code: "timeout",
					hint: "Nothing was changed. Look at why the other side is slow, or raise the input timeout.",
				},
			);
		}
	},
};
