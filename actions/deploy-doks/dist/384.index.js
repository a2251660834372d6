export const id = 384;
export const ids = [384];
export const modules = {
	2384: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.r(__webpack_exports__);
		__webpack_require__.d(__webpack_exports__, {
			imagesSchema: () => imagesSchema,
			secretsSchema: () => secretsSchema,
			variablesSchema: () => variablesSchema,
		});
		var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7934);
		const name = valibot__WEBPACK_IMPORTED_MODULE_0__.FsL(
			valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
			valibot__WEBPACK_IMPORTED_MODULE_0__.yGV(
				/^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/,
				"is not a name that Kubernetes takes",
			),
		);
		const imagesSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.g1P(
			valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
			valibot__WEBPACK_IMPORTED_MODULE_0__.FsL(
				valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				valibot__WEBPACK_IMPORTED_MODULE_0__.yGV(
					/^[^\s@]+@sha256:[0-9a-f]{64}$/,
					"is not a reference by digest, repository@sha256:…",
				),
			),
		);
		const variablesSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.g1P(
			valibot__WEBPACK_IMPORTED_MODULE_0__.FsL(
				valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
				valibot__WEBPACK_IMPORTED_MODULE_0__.yGV(/^[A-Za-z_][A-Za-z0-9_]*$/, "is not a variable's name"),
			),
			valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
		);
		const secretsSchema = valibot__WEBPACK_IMPORTED_MODULE_0__.YOg(
			valibot__WEBPACK_IMPORTED_MODULE_0__.rej({
				name,
				type: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(valibot__WEBPACK_IMPORTED_MODULE_0__.YjP()),
				data: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(
					valibot__WEBPACK_IMPORTED_MODULE_0__.g1P(
						valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
						valibot__WEBPACK_IMPORTED_MODULE_0__.YjP(),
					),
				),
				"from-env-file": valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(valibot__WEBPACK_IMPORTED_MODULE_0__.YjP()),
				registry: valibot__WEBPACK_IMPORTED_MODULE_0__.lqM(valibot__WEBPACK_IMPORTED_MODULE_0__.euz("docr")),
			}),
		);
	},
};
