export const id = 438;
export const ids = [438];
export const modules = {
	2438: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, { imagesSchema: () => imagesSchema, loginsSchema: () => loginsSchema });
		var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7934);
		const loginsSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.YOg(
			valibot__WEBPACK_IMPORTED_MODULE_0__.rej({
				registry: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				username: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				password: valibot__WEBPACK_IMPORTED_MODULE_0__.FsL(
					valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
					valibot__WEBPACK_IMPORTED_MODULE_0__.BpQ(1),
				),
			}),
		);
		const texts = valibot__WEBPACK_IMPORTED_MODULE_0__.KCZ([
			valibot__WEBPACK_IMPORTED_MODULE_0__.YOg(valibot__WEBPACK_IMPORTED_MODULE_0__.YjP()),
			valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
		]);
		const imageSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.rej({
			name: valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
			context: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(valibot__WEBPACK_IMPORTED_MODULE_0__.YjP()),
			dockerfile: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(valibot__WEBPACK_IMPORTED_MODULE_0__.YjP()),
			target: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(valibot__WEBPACK_IMPORTED_MODULE_0__.YjP()),
			platforms: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(texts),
			"build-args": valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(
				valibot__WEBPACK_IMPORTED_MODULE_0__.g1P(
					valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
					valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				),
			),
			secrets: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(
				valibot__WEBPACK_IMPORTED_MODULE_0__.g1P(
					valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
					valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				),
			),
			labels: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(
				valibot__WEBPACK_IMPORTED_MODULE_0__.g1P(
					valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
					valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				),
			),
			tags: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(texts),
		});
		const imagesSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_0__.YOg(
				valibot__WEBPACK_IMPORTED_MODULE_0__.KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(), imageSchema]),
			),
			valibot__WEBPACK_IMPORTED_MODULE_0__.BpQ(1, "Name at least one image"),
		);
	},
};
