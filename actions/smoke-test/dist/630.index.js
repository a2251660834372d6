export const id = 630;
export const ids = [630];
export const modules = {
	3630: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, { checksSchema: () => checksSchema });
		var jsonpath_rfc9535__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4525);
		var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);
		var _runner_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1008);
		function isStatus(value) {
			if ("string" == typeof value) return /^[1-5]xx$/.test(value);
			return "number" == typeof value && Number.isInteger(value) && value >= 100 && value <= 599;
		}
		const status = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.L5J(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(
				(value) => toList(value).every(isStatus) && toList(value).length > 0,
				"It is a status such as 200, a class of them such as 2xx, or a list of those",
			),
			valibot__WEBPACK_IMPORTED_MODULE_1__.pdi((value) => toList(value).filter(isStatus)),
		);
		function toList(value) {
			return Array.isArray(value) ? value : [value];
		}
		const duration = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.L5J(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(
				(value) => toDuration(value) > 0,
				"It is a duration such as 500ms or 2s",
			),
			valibot__WEBPACK_IMPORTED_MODULE_1__.pdi(toDuration),
		);
		function toDuration(value) {
			return "string" == typeof value ? ((0, _runner_duration_js__WEBPACK_IMPORTED_MODULE_2__.E)(value) ?? 0) : 0;
		}
		const jsonPath = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.YjP(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(isJsonPath, "It is a JSONPath such as $.status or $.items[0].name"),
		);
		function isJsonPath(text) {
			try {
				(0, jsonpath_rfc9535__WEBPACK_IMPORTED_MODULE_0__.P)(null, text);
				return true;
			} catch {
				return false;
			}
		}
		const headerName = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.YjP(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.yGV(/^[-!#$%&'*+.^_`|~\w]+$/, "It is a header's name such as x-version"),
		);
		const count = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.aig(),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(
				(value) => Number.isInteger(value) && value >= 1 && value <= 1e3,
				"It is a whole number from 1 to 1000",
			),
		);
		const expectSchema = valibot__WEBPACK_IMPORTED_MODULE_1__.rej({
			status: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(status),
			headers: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(
				valibot__WEBPACK_IMPORTED_MODULE_1__.g1P(headerName, valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
			),
			body: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
			json: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(
				valibot__WEBPACK_IMPORTED_MODULE_1__.g1P(jsonPath, valibot__WEBPACK_IMPORTED_MODULE_1__.L5J()),
			),
			latency: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(duration),
		});
		const versionSchema = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.rej({
				json: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(jsonPath),
				header: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(headerName),
				equals: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
				connections: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(count),
			}),
			valibot__WEBPACK_IMPORTED_MODULE_1__.z6Y(
				({ json, header }) => (void 0 === json) !== (void 0 === header),
				"It takes either json or header, where the version stands",
			),
		);
		const checksSchema = valibot__WEBPACK_IMPORTED_MODULE_1__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_1__.YOg(
				valibot__WEBPACK_IMPORTED_MODULE_1__.rej({
					name: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
					path: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
					method: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(
						valibot__WEBPACK_IMPORTED_MODULE_1__.KIO(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
					),
					headers: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(
						valibot__WEBPACK_IMPORTED_MODULE_1__.g1P(headerName, valibot__WEBPACK_IMPORTED_MODULE_1__.L5J()),
					),
					body: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP()),
					expect: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(expectSchema),
					consecutive: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(count),
					retry: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(valibot__WEBPACK_IMPORTED_MODULE_1__.zMY()),
					version: valibot__WEBPACK_IMPORTED_MODULE_1__.lqM(versionSchema),
				}),
			),
			valibot__WEBPACK_IMPORTED_MODULE_1__.BpQ(1, "Write at least one check"),
		);
	},
};
