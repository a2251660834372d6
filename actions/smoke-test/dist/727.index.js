export const id = 727;
export const ids = [727];
export const modules = {
	3727: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { parseDocumentInput: () => parseDocumentInput });
		var dist = __webpack_require__(7934);
		var yaml_dist = __webpack_require__(8815);
		var nearest = __webpack_require__(4140);
		function describeIssue(issue, context, above = []) {
			const path = [...above, ...pathOf(issue)];
			const alternatives = deepest(issue.issues ?? []);
			if (alternatives.length > 0)
				return alternatives.flatMap((alternative) => describeIssue(alternative, context, path));
			if ("schema" === issue.kind && isAboutKey(issue))
				return "never" === issue.expected ? unknownKeys(issue, path.slice(0, -1), context.schema) : [missingKey(path)];
			return [wrongValue(issue, path, context.mayShow)];
		}
		function deepest(alternatives) {
			return alternatives.filter((issue) => pathOf(issue).length > 0);
		}
		function isAboutKey(issue) {
			const last = issue.path?.at(-1);
			return void 0 !== last && "origin" in last && "key" === last.origin && "record" !== issue.type;
		}
		function unknownKeys(issue, path, schema) {
			const known = keysAt(schema, path);
			const given = issue.path?.at(-1)?.input;
			const unknown =
				"object" == typeof given && null !== given ? Object.keys(given).filter((key) => !known.includes(key)) : [];
			return unknown.map((key) => {
				const meant = (0, nearest.p)(key, known);
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
			const subject = void 0 === last ? "it" : "number" == typeof last ? "the entry" : last;
			const got = plain(issue.received);
			const expected = null === issue.expected ? "another value" : plain(issue.expected);
			if ("schema" === issue.kind) {
				const isUnquoted = "string" === issue.expected && ["number", "boolean"].includes(typeof issue.input);
				return {
					is: `${subject} is not ${expected}`,
					got,
					hint: isUnquoted ? "Put it in quotes." : `Write ${expected}.`,
					path,
				};
			}
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
			return (issue.path ?? []).map(({ key }) => ("number" == typeof key ? key : String(key)));
		}
		function keysAt(schema, path) {
			const [step, ...rest] = path;
			const inner = [schema.wrapped, ...(schema.options ?? [])].filter(isSchema).flatMap((one) => keysAt(one, path));
			if (void 0 === step) return [...new Set([...Object.keys(schema.entries ?? {}), ...inner])];
			const below = [schema.entries?.[step], schema.item, schema.value]
				.filter(isSchema)
				.flatMap((one) => keysAt(one, rest));
			return [...new Set([...below, ...inner])];
		}
		function isSchema(value) {
			return "object" == typeof value && null !== value && "kind" in value;
		}
		function parseDocumentInput(input) {
			const { text, format, schema, asWritten, mayShow } = input;
			const notJson = "JSON" === format ? jsonError(text) : void 0;
			if (void 0 !== notJson)
				return { mistakes: [{ is: "is not JSON", hint: mayShow ? `${notJson}.` : "A JSON parser shows where." }] };
			const lineCounter = new yaml_dist.HN();
			const lineAt = (offset) => lineCounter.linePos(offset).line;
			const document = (0, yaml_dist.Tp)(text, {
				lineCounter,
				prettyErrors: false,
				schema: asWritten ? "failsafe" : "core",
			});
			const broken = document.errors
				.slice(0, 3)
				.map(({ pos, message, code }) => ({
					is: `this is not ${format}`,
					line: lineAt(pos[0]),
					hint: `${mayShow ? message : code}.`,
				}));
			if (broken.length > 0) return { mistakes: broken };
			const plain = toPlain(document);
			if ("mistakes" in plain) return plain;
			const result = (0, dist.xLC)(schema, plain.value);
			if (result.success) return { value: result.output };
			const described = result.issues.flatMap((issue) => describeIssue(issue, { schema, mayShow }));
			return {
				mistakes: described.map(({ path, ...mistake }) => ({ ...mistake, line: lineAt(offsetOf(document, path)) })),
			};
		}
		function jsonError(text) {
			try {
				JSON.parse(text);
				return;
			} catch (error) {
				return error instanceof Error ? error.message : String(error);
			}
		}
		function toPlain(document) {
			try {
				return { value: document.toJS() };
			} catch {
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
		function offsetOf(document, path) {
			let node = document.contents;
			let offset = startOf(node) ?? 0;
			for (const step of path) {
				const value = (0, yaml_dist.Vj)(node) ? node.resolve(document) : node;
				const pair = (0, yaml_dist.jh)(value)
					? value.items.find(({ key }) => String((0, yaml_dist.jn)(key) ? key.value : key) === String(step))
					: void 0;
				node = (0, yaml_dist.oP)(value) ? value.items[Number(step)] : pair?.value;
				offset = startOf(pair?.key ?? node) ?? offset;
			}
			return offset;
		}
		function startOf(node) {
			return (0, yaml_dist.Ll)(node) ? node.range?.[0] : void 0;
		}
	},
	4140: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { p: () => nearest });
		function nearest(word, candidates) {
			let best;
			let bestDistance = 1 / 0;
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
		function editDistance(a, b) {
			let beforePrevious = [];
			let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
			for (let row = 1; row <= a.length; row++) {
				const current = [row];
				for (let column = 1; column <= b.length; column++) {
					const same = a[row - 1] === b[column - 1];
					const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
					current[column] = Math.min(
						at(previous, column) + 1,
						at(current, column - 1) + 1,
						at(previous, column - 1) + (same ? 0 : 1),
						swapped ? at(beforePrevious, column - 2) + 1 : 1 / 0,
					);
				}
				beforePrevious = previous;
				previous = current;
			}
			return at(previous, b.length);
		}
		function at(row, column) {
			return row[column] ?? 1 / 0;
		}
	},
};
