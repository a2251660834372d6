export const id = 630;
export const ids = [630];
export const modules = {

/***/ 3630:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checksSchema: () => (/* binding */ checksSchema)
/* harmony export */ });
/* harmony import */ var jsonpath_rfc9535__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4525);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);
/* harmony import */ var _runner_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1008);



function isStatus(value) {
    if (typeof value === "string")
        return /^[1-5]xx$/.test(value);
    return typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599;
}
/** Schemas of types would tell of each alternative; a person needs one sentence. */
const status = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((value) => toList(value).every(isStatus) && toList(value).length > 0, "It is a status such as 200, a class of them such as 2xx, or a list of those"), valibot__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi((value) => toList(value).filter(isStatus)));
function toList(value) {
    return Array.isArray(value) ? value : [value];
}
const duration = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((value) => toDuration(value) > 0, "It is a duration such as 500ms or 2s"), valibot__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi(toDuration));
function toDuration(value) {
    return typeof value === "string" ? ((0,_runner_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDuration */ .E)(value) ?? 0) : 0;
}
const jsonPath = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y(isJsonPath, "It is a JSONPath such as $.status or $.items[0].name"));
function isJsonPath(text) {
    try {
        (0,jsonpath_rfc9535__WEBPACK_IMPORTED_MODULE_0__/* .query */ .P)(null, text);
        return true;
    }
    catch {
        // Whatever the parser dislikes: its own words are about its grammar, not about what the user wanted.
        return false;
    }
}
/** The grammar of HTTP: a token (RFC 9110, 5.6.2). */
const headerName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[-!#$%&'*+.^_`|~\w]+$/, "It is a header's name such as x-version"));
/** Passes in a row and connections: more than this is a load test. */
const count = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((value) => Number.isInteger(value) && value >= 1 && value <= 1000, "It is a whole number from 1 to 1000"));
const expectSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    status: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(status),
    headers: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(headerName, valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
    body: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    json: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(jsonPath, valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J())),
    latency: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(duration),
});
const versionSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    json: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(jsonPath),
    header: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(headerName),
    equals: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    connections: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(count),
}), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y(({ json, header }) => (json === undefined) !== (header === undefined), "It takes either json or header, where the version stands"));
/** The input `checks`: what a workflow writes. */
const checksSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    name: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    path: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    method: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .picklist */ .KIO(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])),
    // Their values may be credentials, and what is wrong with a value is told with the value: plan.ts checks them.
    headers: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(headerName, valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J())),
    body: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    expect: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(expectSchema),
    consecutive: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(count),
    retry: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY()),
    version: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(versionSchema),
})), valibot__WEBPACK_IMPORTED_MODULE_1__/* .minLength */ .BpQ(1, "Write at least one check"));


/***/ })

};
