export const id = 882;
export const ids = [882];
export const modules = {
	2882: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { readHelmValues: () => readHelmValues });
		var external_node_path_ = __webpack_require__(6760);
		var documents = __webpack_require__(9376);
		var files = __webpack_require__(4282);
		var lines = __webpack_require__(1926);
		var objects = __webpack_require__(9857);
		var read_value = __webpack_require__(5349);
		var exact_json = __webpack_require__(9894);
		class SetLineError extends Error {}
		const maxIndex = 65536;
		const maxDepth = 30;
		function applySetLine(line, values) {
			const reader = new SetLine(line);
			while (!reader.isAtEnd) reader.assignment(values);
		}
		class SetLine {
			#text;
			#at = 0;
			constructor(line) {
				this.#text = Array.from(line);
			}
			get isAtEnd() {
				return this.#at >= this.#text.length;
			}
			assignment(values) {
				this.#key(values, 0);
			}
			#key(values, depth) {
				if (depth > maxDepth) throw new SetLineError(`a path has more than ${maxDepth} parts`);
				const [name, stop] = this.#until("=[,.");
				if ("" === name) throw new SetLineError("a name is missing: write NAME=VALUE");
				if ("__proto__" === name) throw new SetLineError("__proto__ is no name");
				if ("=" === stop) values[name] = this.#value();
				else if ("[" === stop) values[name] = this.#item(asList(own(values, name), name), depth);
				else if ("." === stop) this.#inside(values, name, depth);
				else throw new SetLineError(`${name} has no value: write NAME=VALUE`);
			}
			#inside(values, name, depth) {
				const inner = own(values, name);
				if (null != inner && !isMap(inner)) throw new SetLineError(`${name} is no map here`);
				const map = isMap(inner) ? inner : {};
				this.#key(map, depth + 1);
				values[name] = map;
			}
			#item(list, depth) {
				const [digits, close] = this.#until("]");
				const index = Number(digits);
				if ("" === close || !/^\d+$/.test(digits) || index > maxIndex)
					throw new SetLineError(`an index is not a number from 0 to ${maxIndex} in brackets`);
				const [extra, stop] = this.#until("[.=");
				if ("" !== extra || "" === stop) throw new SetLineError("after an index comes =, . or another index");
				const items = Array.from({ length: Math.max(list.length, index + 1) }, (_, at) => list[at] ?? null);
				items[index] = this.#itemValue(items[index] ?? null, { stop, depth });
				return items;
			}
			#itemValue(before, { stop, depth }) {
				if ("=" === stop) return this.#value();
				if ("[" === stop) return this.#item(asList(before, "an item"), depth + 1);
				const map = isMap(before) ? before : {};
				this.#key(map, depth + 1);
				return map;
			}
			#value() {
				if ("{" !== this.#text[this.#at]) return typed(this.#until(",")[0]);
				this.#at += 1;
				const list = [];
				for (;;) {
					const [item, stop] = this.#until(",}");
					if ("" === stop) throw new SetLineError("a list has no closing brace");
					list.push(typed(item));
					if ("," !== stop) {
						if ("," === this.#text[this.#at]) this.#at += 1;
						return list;
					}
				}
			}
			#until(stops) {
				let text = "";
				for (; this.#at < this.#text.length; this.#at += 1) {
					const character = this.#text[this.#at] ?? "";
					if (stops.includes(character)) {
						this.#at += 1;
						return [text, character];
					}
					if ("\\" === character) this.#at += 1;
					text += "\\" === character ? (this.#text[this.#at] ?? "") : character;
				}
				return [text, ""];
			}
		}
		function typed(text) {
			const word = text.toLowerCase();
			if ("true" === word || "false" === word) return "true" === word;
			if ("null" === word) return null;
			if (!/^(?:0|[1-9]\d*|[-+]\d+)$/.test(text)) return text;
			const value = BigInt(text.replace(/^\+/, ""));
			return BigInt.asIntN(64, value) === value ? (0, exact_json.i7)(value) : text;
		}
		function own(values, name) {
			return Object.hasOwn(values, name) ? values[name] : void 0;
		}
		function asList(value, name) {
			if (null == value) return [];
			if (Array.isArray(value)) return value;
			throw new SetLineError(`${name} is no list here`);
		}
		function isMap(value) {
			return null !== value && "object" == typeof value && !Array.isArray(value);
		}
		function readHelmValues(given) {
			const problems = [];
			let values = {};
			for (const file of given.files) values = merged(values, readValuesFile(file, given.workspace, problems));
			for (const [index, line] of given.set.entries())
				try {
					applySetLine(line, values);
				} catch (error) {
					if (!(error instanceof SetLineError)) throw error;
					const hint =
						"It is read as helm's --set reads it: name.name=value, with \\, for a comma that belongs to the value.";
					problems.push({ message: `Input helm-set, line ${index + 1}: ${error.message}`, hint });
				}
			return { values, problems };
		}
		function readValuesFile(line, workspace, problems) {
			const path = (0, external_node_path_.resolve)(workspace, line);
			const file = (0, files.pS)(path, workspace);
			const text = (0, files.Gu)(path, workspace);
			if ("string" != typeof text) {
				problems.push({ message: `Input helm-values: cannot read ${file}: ${text.reason}` });
				return {};
			}
			const lineOf = (0, lines.D)(text);
			const values = [];
			for (const { document, base, faults } of (0, documents.r)(text)) {
				for (const { offset, ...fault } of faults) problems.push({ ...fault, file, line: lineOf(offset) });
				if (void 0 === document || faults.length > 0) continue;
				const value = (0, read_value.wK)(document, {
					budget: (0, read_value.k$)(),
					onProblem: ({ offset, ...problem }) => problems.push({ ...problem, file, line: lineOf(base + offset) }),
				});
				if (null !== value) values.push(value);
			}
			const [first = {}, second] = values;
			if ((0, objects.Qy)(first) && void 0 === second) return first;
			problems.push({ message: "values are one document, and that is a map", file, line: 1 });
			return {};
		}
		function merged(under, over) {
			const result = { ...under };
			for (const [key, value] of Object.entries(over)) {
				const before = result[key];
				result[key] = (0, objects.Qy)(before) && (0, objects.Qy)(value) ? merged(before, value) : value;
			}
			return result;
		}
	},
};
