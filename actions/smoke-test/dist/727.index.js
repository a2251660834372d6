export const id = 727;
export const ids = [727];
export const modules = {

/***/ 3727:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseDocumentInput: () => (/* binding */ parseDocumentInput)
});

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var yaml_dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./src/runner/nearest.ts
var nearest = __webpack_require__(4140);
;// CONCATENATED MODULE: ./src/runner/schema-mistakes.ts

/** What a person needs to know about one issue that valibot found. Several, where one issue stands for several unknown keys. */
function describeIssue(issue, context, above = []) {
    const path = [...above, ...pathOf(issue)];
    const alternatives = deepest(issue.issues ?? []);
    if (alternatives.length > 0)
        return alternatives.flatMap((alternative) => describeIssue(alternative, context, path));
    if (issue.kind === "schema" && isAboutKey(issue)) {
        return issue.expected === "never" ? unknownKeys(issue, path.slice(0, -1), context.schema) : [missingKey(path)];
    }
    return [wrongValue(issue, path, context.mayShow)];
}
/** Of the alternatives of a union, what went wrong in the one that came furthest; none where all failed at their first step. */
function deepest(alternatives) {
    return alternatives.filter((issue) => pathOf(issue).length > 0);
}
function isAboutKey(issue) {
    const last = issue.path?.at(-1);
    return last !== undefined && "origin" in last && last.origin === "key" && issue.type !== "record";
}
/** valibot stops at the first unknown key of an object; a person wants to hear of all. */
function unknownKeys(issue, path, schema) {
    const known = keysAt(schema, path);
    const given = issue.path?.at(-1)?.input;
    const unknown = typeof given === "object" && given !== null ? Object.keys(given).filter((key) => !known.includes(key)) : [];
    return unknown.map((key) => {
        const meant = (0,nearest/* nearest */.p)(key, known);
        const list = `Known here: ${known.join(", ")}.`;
        return {
            is: `the key ${key} is not known`,
            hint: meant ? `Did you mean ${meant}? ${list}` : list,
            path: [...path, key],
        };
    });
}
function missingKey(path) {
    const key = String(path.at(-1));
    return { is: `${key} is missing`, hint: `Add ${key}.`, path: path.slice(0, -1) };
}
function wrongValue(issue, path, mayShow) {
    const last = path.at(-1);
    const subject = last === undefined ? "it" : typeof last === "number" ? "the entry" : last;
    const got = plain(issue.received);
    const expected = issue.expected === null ? "another value" : plain(issue.expected);
    if (issue.kind === "schema") {
        const isUnquoted = issue.expected === "string" && ["number", "boolean"].includes(typeof issue.input);
        return {
            is: `${subject} is not ${expected}`,
            got,
            hint: isUnquoted ? "Put it in quotes." : `Write ${expected}.`,
            path,
        };
    }
    // A rule beyond the type. Its author's words say it best; valibot's own quote the value.
    const mayQuote = mayShow || !issue.message.startsWith("Invalid ");
    const hint = mayQuote ? issue.message.replace(/\.?$/, ".") : `Write ${expected}.`;
    return { is: `${subject} is not allowed`, got, hint, path };
}
const words = {
    Object: "a map",
    Array: "a list",
    string: "text",
    number: "a number",
    boolean: "true or false",
    null: "nothing",
    undefined: "nothing",
};
function plain(valibotWords) {
    const choices = valibotWords.replace(/^\((.*)\)$/, "$1").split(" | ");
    return choices.map((choice) => words[choice] ?? choice).join(" or ");
}
function pathOf(issue) {
    return (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
}
/** The keys that the schema's objects at `path` know, over all alternatives of unions. */
function keysAt(schema, path) {
    const [step, ...rest] = path;
    const inner = [schema.wrapped, ...(schema.options ?? [])].filter(isSchema).flatMap((one) => keysAt(one, path));
    if (step === undefined)
        return [...new Set([...Object.keys(schema.entries ?? {}), ...inner])];
    const below = [schema.entries?.[step], schema.item, schema.value]
        .filter(isSchema)
        .flatMap((one) => keysAt(one, rest));
    return [...new Set([...below, ...inner])];
}
/** The options of a union are schemas, those of a pick list are words. */
function isSchema(value) {
    return typeof value === "object" && value !== null && "kind" in value;
}

;// CONCATENATED MODULE: ./src/runner/document-input.ts



/** Reads YAML or JSON and checks it against a schema. Finds all mistakes at once, each with its line in the text. */
function parseDocumentInput(input) {
    const { text, format, schema, asWritten, mayShow } = input;
    const notJson = format === "JSON" ? jsonError(text) : undefined;
    if (notJson !== undefined)
        return { mistakes: [{ is: "is not JSON", hint: mayShow ? `${notJson}.` : "A JSON parser shows where." }] };
    const lineCounter = new yaml_dist/* LineCounter */.HN();
    const lineAt = (offset) => lineCounter.linePos(offset).line;
    const document = (0,yaml_dist/* parseDocument */.Tp)(text, { lineCounter, prettyErrors: false, schema: asWritten ? "failsafe" : "core" });
    // Whatever comes after the first few follows from them.
    const broken = document.errors.slice(0, 3).map(({ pos, message, code }) => {
        return { is: `this is not ${format}`, line: lineAt(pos[0]), hint: `${mayShow ? message : code}.` };
    });
    if (broken.length > 0)
        return { mistakes: broken };
    const plain = toPlain(document);
    if ("mistakes" in plain)
        return plain;
    const result = (0,dist/* safeParse */.xLC)(schema, plain.value);
    if (result.success)
        return { value: result.output };
    const described = result.issues.flatMap((issue) => describeIssue(issue, { schema, mayShow }));
    return {
        mistakes: described.map(({ path, ...mistake }) => ({ ...mistake, line: lineAt(offsetOf(document, path)) })),
    };
}
function jsonError(text) {
    try {
        JSON.parse(text);
        return undefined;
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
function toPlain(document) {
    try {
        return { value: document.toJS() };
    }
    catch {
        // The only thing that still can go wrong here: an alias without its anchor, or so many aliases that they are an attack.
        return {
            mistakes: [
                {
                    is: "has an alias (*name) that leads nowhere",
                    hint: "Define its anchor (&name) above it, or write the value out.",
                },
            ],
        };
    }
}
/** Where the value at `path` starts in the text; for a value in a map, where its key starts. */
function offsetOf(document, path) {
    let node = document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
        const value = (0,yaml_dist/* isAlias */.Vj)(node) ? node.resolve(document) : node;
        const pair = (0,yaml_dist/* isMap */.jh)(value)
            ? value.items.find(({ key }) => String((0,yaml_dist/* isScalar */.jn)(key) ? key.value : key) === String(step))
            : undefined;
        node = (0,yaml_dist/* isSeq */.oP)(value) ? value.items[Number(step)] : pair?.value;
        offset = startOf(pair?.key ?? node) ?? offset;
    }
    return offset;
}
function startOf(node) {
    return (0,yaml_dist/* isNode */.Ll)(node) ? node.range?.[0] : undefined;
}


/***/ }),

/***/ 4140:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/**
 * The candidate that `word` was most likely meant to be, or undefined when none is close: at most a third of the longer word differs.
 * Case does not count. The first of equally near candidates wins.
 */
function nearest(word, candidates) {
    let best;
    let bestDistance = Infinity;
    for (const candidate of candidates) {
        const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
        const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
        if (distance <= allowed && distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}
/** Edits between two words, where a swap of neighbours is one edit (Damerau-Levenshtein, optimal string alignment). */
function editDistance(a, b) {
    let beforePrevious = [];
    let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const same = a[row - 1] === b[column - 1];
            const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
            current[column] = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + (same ? 0 : 1), swapped ? at(beforePrevious, column - 2) + 1 : Infinity);
        }
        beforePrevious = previous;
        previous = current;
    }
    return at(previous, b.length);
}
function at(row, column) {
    return row[column] ?? Infinity;
}


/***/ })

};
