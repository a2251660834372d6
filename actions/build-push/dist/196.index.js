export const id = 196;
export const ids = [196];
export const modules = {
	6815: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { directBuilder: () => directBuilder });
		var external_node_fs_ = __webpack_require__(3024);
		var external_node_path_ = __webpack_require__(6760);
		var src_error = __webpack_require__(1557);
		var parallel = __webpack_require__(3716);
		var media_types = __webpack_require__(9867);
		var registry_reference = __webpack_require__(9310);
		const newRoot = { mode: 493, uid: 0, gid: 0, mtime: 1 / 0 };
		class FileTree {
			#root = { type: "directory", ...newRoot, entries: new Map() };
			#changed = new Set();
			get(path) {
				let node = this.#root;
				for (const name of names(path)) node = node?.type === "directory" ? node.entries.get(name) : void 0;
				return node;
			}
			list(path) {
				const directory = this.#directory(path);
				return void 0 === directory ? [] : [...directory.entries.keys()].sort();
			}
			put(path, entry, now) {
				const parent = this.#directory(external_node_path_.posix.dirname(path));
				if (void 0 === parent) throw new Error(`${external_node_path_.posix.dirname(path)} is not a directory`);
				const name = external_node_path_.posix.basename(path);
				const old = parent.entries.get(name);
				const entries = old?.type === "directory" ? old.entries : new Map();
				parent.entries.set(name, "directory" === entry.type ? { ...entry, entries } : entry);
				if (void 0 !== now) parent.mtime = now;
				if (!isSame(old, entry)) this.#changed.add(path);
			}
			remove(path) {
				this.#directory(external_node_path_.posix.dirname(path))?.entries.delete(
					external_node_path_.posix.basename(path),
				);
			}
			clone() {
				const copy = new FileTree();
				copy.#root = cloneDirectory(this.#root);
				return copy;
			}
			beginLayer() {
				this.#changed = new Set();
			}
			changes() {
				const found = [];
				const leading = new Set();
				for (const path of this.#changed)
					for (
						let above = external_node_path_.posix.dirname(path);
						"/" !== above && !leading.has(above);
						above = external_node_path_.posix.dirname(above)
					)
						leading.add(above);
				const walk = (directory, path) => {
					for (const name of [...directory.entries.keys()].sort()) {
						const below = external_node_path_.posix.join(path, name);
						const entry = directory.entries.get(name);
						if (void 0 !== entry && (leading.has(below) || this.#changed.has(below))) {
							found.push({ path: below, entry: snapshot(entry) });
							if ("directory" === entry.type && leading.has(below)) walk(entry, below);
						}
					}
				};
				walk(this.#root, "/");
				return found;
			}
			#directory(path) {
				let node = this.#root;
				for (const name of names(path)) node = node?.type === "directory" ? node.entries.get(name) : void 0;
				return node?.type === "directory" ? node : void 0;
			}
		}
		function snapshot(node) {
			if ("directory" !== node.type) return node;
			const { type, mode, uid, gid, mtime } = node;
			return { type, mode, uid, gid, mtime };
		}
		function names(path) {
			return path.split("/").filter((name) => "" !== name);
		}
		function isSame(old, entry) {
			if (old?.mode !== entry.mode || old.uid !== entry.uid || old.gid !== entry.gid) return false;
			if ("directory" === old.type) return "directory" === entry.type;
			const isOneFile =
				"file" === old.type && "file" === entry.type && "disk" === old.content.from && "disk" === entry.content.from;
			return isOneFile && old.content.path === entry.content.path && old.mtime === entry.mtime;
		}
		function cloneDirectory(directory) {
			const entries = [...directory.entries].map(([name, node]) => [
				name,
				"directory" === node.type ? cloneDirectory(node) : node,
			]);
			return { ...directory, entries: new Map(entries) };
		}
		var promises_ = __webpack_require__(6466);
		var external_node_stream_ = __webpack_require__(7075);
		var external_node_zlib_ = __webpack_require__(8522);
		const mostLinks = 255;
		function resolvePath(tree, path) {
			const open = path_names(path);
			let at = "/";
			let links = 0;
			for (let name = open.shift(); void 0 !== name; name = open.shift()) {
				if (".." === name) {
					at = external_node_path_.posix.dirname(at);
					continue;
				}
				const next = external_node_path_.posix.join(at, name);
				const entry = tree.get(next);
				if (entry?.type === "symlink") {
					if (++links > mostLinks) throw new Error(`too many symbolic links in ${path}`);
					open.unshift(...path_names(entry.target));
					if (entry.target.startsWith("/")) at = "/";
					continue;
				}
				if (open.length > 0 && void 0 !== entry && "directory" !== entry.type)
					throw new Error(`${next} is not a directory`);
				at = next;
			}
			return at;
		}
		function resolveParent(tree, path) {
			const clean = external_node_path_.posix.join("/", path);
			return "/" === clean
				? clean
				: external_node_path_.posix.join(
						resolvePath(tree, external_node_path_.posix.dirname(clean)),
						external_node_path_.posix.basename(clean),
					);
		}
		function path_names(path) {
			return path.split("/").filter((name) => "" !== name && "." !== name);
		}
		var external_node_buffer_ = __webpack_require__(4573);
		const blockSize = 512;
		const endOfArchive = external_node_buffer_.Buffer.alloc(2 * blockSize);
		const typeFlags = {
			file: "0",
			"hard-link": "1",
			symlink: "2",
			"character-device": "3",
			"block-device": "4",
			directory: "5",
			pipe: "6",
		};
		const capabilityRecord = "SCHILY.xattr.security.capability";
		function encodeHeader(header) {
			const typeFlag = typeFlags[header.type];
			const split = splitName(header.name);
			const others = paxRecords({ ...header, name: "" });
			if (void 0 !== split && 0 === others.byteLength) return encodeBlock({ ...header, ...split, typeFlag });
			const records = paxRecords(header);
			const block = encodeBlock({ ...header, typeFlag });
			return 0 === records.byteLength
				? block
				: external_node_buffer_.Buffer.concat([encodePaxHeader(header.name, records), block]);
		}
		function splitName(name) {
			if (name.length <= 100 || ascii(name) !== name) return;
			const slash = name.slice(0, Math.min(156, name.length - 1)).lastIndexOf("/");
			if (slash <= 0 || name.length - slash - 1 > 100) return;
			return { prefix: name.slice(0, slash), name: name.slice(slash + 1) };
		}
		function padding(size) {
			return endOfArchive.subarray(0, (blockSize - (size % blockSize)) % blockSize);
		}
		function paxRecords({ name, linkName = "", uid, gid, size, mtime, capability }) {
			const records = [];
			if (void 0 !== capability) records.push([capabilityRecord, capability]);
			if (!fitsOctal(gid, 8)) records.push(["gid", String(gid)]);
			if (!fitsText(linkName)) records.push(["linkpath", linkName]);
			if (!fitsOctal(mtime, 12)) records.push(["mtime", String(mtime)]);
			if (!fitsText(name)) records.push(["path", name]);
			if (!fitsOctal(size, 12)) records.push(["size", String(size)]);
			if (!fitsOctal(uid, 8)) records.push(["uid", String(uid)]);
			return external_node_buffer_.Buffer.concat(records.map(encodeRecord));
		}
		function encodeRecord([key, value]) {
			const rest = external_node_buffer_.Buffer.concat([
				external_node_buffer_.Buffer.from(` ${key}=`),
				external_node_buffer_.Buffer.from(value),
				external_node_buffer_.Buffer.from("\n"),
			]);
			let length = rest.byteLength;
			while (String(length).length + rest.byteLength !== length) length = String(length).length + rest.byteLength;
			return external_node_buffer_.Buffer.concat([external_node_buffer_.Buffer.from(String(length)), rest]);
		}
		function encodePaxHeader(name, records) {
			const path = name.replace(/\/$/, "").replace(/[^/]*$/, (base) => `PaxHeaders.0/${base}`);
			const short = ascii(name.endsWith("/") ? `${name}PaxHeaders.0` : path)
				.slice(0, 100)
				.replace(/\/+$/, "");
			const header = { name: short, mode: 0, uid: 0, gid: 0, size: records.byteLength, mtime: 0, typeFlag: "x" };
			return external_node_buffer_.Buffer.concat([encodeBlock(header), records, padding(records.byteLength)]);
		}
		function encodeBlock(header) {
			const block = external_node_buffer_.Buffer.alloc(blockSize);
			writeText(block.subarray(0, 100), header.name);
			writeOctal(block.subarray(100, 108), header.mode);
			writeOctal(block.subarray(108, 116), header.uid);
			writeOctal(block.subarray(116, 124), header.gid);
			writeOctal(block.subarray(124, 136), header.size);
			writeOctal(block.subarray(136, 148), header.mtime);
			block.write(header.typeFlag, 156);
			writeText(block.subarray(157, 257), header.linkName ?? "");
			block.write("ustar\x0000", 257);
			if ("x" !== header.typeFlag) {
				writeOctal(block.subarray(329, 337), header.major ?? 0);
				writeOctal(block.subarray(337, 345), header.minor ?? 0);
			}
			writeText(block.subarray(345, 500), header.prefix ?? "");
			const sum = block.reduce((total, byte) => total + byte, 256);
			block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
			return block;
		}
		function writeText(field, text) {
			const plain = ascii(text);
			field.write(plain, "latin1");
			if (plain.length <= field.length || 47 !== field.at(-1)) return;
			field.fill(0, plain.slice(0, field.length - 1).replace(/\/+$/, "").length);
		}
		function writeOctal(field, value) {
			const digits = fitsOctal(value, field.length) ? value.toString(8) : "0";
			field.write(digits.padStart(field.length - 1, "0"), "latin1");
		}
		function fitsOctal(value, length) {
			return value >= 0 && value < 8 ** (length - 1);
		}
		function fitsText(text) {
			return text.length <= 100 && ascii(text) === text;
		}
		function ascii(text) {
			return text.replace(/[^\x01-\x7f]/g, "");
		}
		const types = {
			"\0": "file",
			0: "file",
			7: "file",
			1: "hard-link",
			2: "symlink",
			3: "character-device",
			4: "block-device",
			5: "directory",
			6: "pipe",
		};
		const longestExtension = 1048576;
		class TarReader {
			#onEntry;
			#pending = Buffer.alloc(0);
			#left = 0;
			#padding = 0;
			#sink;
			#extension = [];
			#extensionFlag = "";
			#global = new Map();
			#local = new Map();
			#ended = false;
			constructor(onEntry) {
				this.#onEntry = onEntry;
			}
			write(chunk) {
				let rest = 0 === this.#pending.byteLength ? chunk : Buffer.concat([this.#pending, chunk]);
				while (!this.#ended) {
					const taken = this.#left + this.#padding > 0 ? this.#takeContent(rest) : this.#takeHeader(rest);
					if (0 === taken) break;
					rest = rest.subarray(taken);
				}
				this.#pending = this.#ended ? Buffer.alloc(0) : Buffer.from(rest);
			}
			end() {
				if (!this.#ended && (this.#left > 0 || this.#pending.byteLength > 0)) throw new Error("the archive is cut off");
			}
			#takeContent(bytes) {
				const content = Math.min(this.#left, bytes.byteLength);
				if (content > 0) {
					this.#sink?.(bytes.subarray(0, content));
					this.#left -= content;
				}
				const padding = this.#left > 0 ? 0 : Math.min(this.#padding, bytes.byteLength - content);
				this.#padding -= padding;
				if (0 === this.#left && "" !== this.#extensionFlag) this.#endExtension();
				return content + padding;
			}
			#takeHeader(bytes) {
				if (bytes.byteLength < blockSize) return 0;
				const block = bytes.subarray(0, blockSize);
				if (0 === block[0] && block.every((byte) => 0 === byte)) {
					this.#ended = true;
					return blockSize;
				}
				requireChecksum(block);
				const flag = String.fromCharCode(block[156] ?? 0);
				const size = numberOf(
					this.#local.get("size") ?? this.#global.get("size"),
					readNumber(block.subarray(124, 136)),
				);
				if ("xgLK".includes(flag)) this.#beginExtension(flag, readNumber(block.subarray(124, 136)));
				else this.#beginEntry(block, { flag, size });
				return blockSize;
			}
			#beginExtension(flag, size) {
				if (size > longestExtension) throw new Error("an entry's header is too long");
				this.#extensionFlag = flag;
				this.#extension = [];
				this.#sink = (chunk) => this.#extension.push(Buffer.from(chunk));
				this.#setLength(size);
				if (0 === size) this.#endExtension();
			}
			#endExtension() {
				const bytes = Buffer.concat(this.#extension);
				const flag = this.#extensionFlag;
				this.#extensionFlag = "";
				if ("g" === flag) this.#global = new Map([...this.#global, ...parseRecords(bytes)]);
				else if ("x" === flag) this.#local = new Map([...this.#local, ...parseRecords(bytes)]);
				else this.#local = new Map([...this.#local, ["L" === flag ? "path" : "linkpath", untilZero(bytes)]]);
			}
			#beginEntry(block, o) {
				const records = new Map([...this.#global, ...this.#local]);
				this.#local = new Map();
				const type = types[o.flag];
				if (void 0 === type || [...records.keys()].some((key) => key.startsWith("GNU.sparse")))
					throw new Error(`an entry is of a kind that is not read here: got "${o.flag}"`);
				const header = entryHeader(block, { type, records });
				const size = "file" === type ? o.size : 0;
				const isDirectory = "file" === type && header.name.endsWith("/");
				this.#setLength(size);
				this.#sink = this.#onEntry({ ...header, size: isDirectory ? 0 : size, type: isDirectory ? "directory" : type });
			}
			#setLength(size) {
				this.#left = size;
				this.#padding = (blockSize - (size % blockSize)) % blockSize;
			}
		}
		function entryHeader(block, o) {
			const { records } = o;
			const isUstar = "ustar\0" === block.toString("latin1", 257, 263);
			const prefix = isUstar ? read_text(block.subarray(345, 500)) : "";
			const name = read_text(block.subarray(0, 100));
			const linkName = records.get("linkpath")?.toString("utf8") ?? read_text(block.subarray(157, 257));
			const capability = records.get(capabilityRecord);
			return {
				type: o.type,
				name: records.get("path")?.toString("utf8") ?? ("" === prefix ? name : `${prefix}/${name}`),
				mode: 4095 & readNumber(block.subarray(100, 108)),
				uid: numberOf(records.get("uid"), readNumber(block.subarray(108, 116))),
				gid: numberOf(records.get("gid"), readNumber(block.subarray(116, 124))),
				size: 0,
				mtime: Math.floor(numberOf(records.get("mtime"), readNumber(block.subarray(136, 148)))),
				major: readNumber(block.subarray(329, 337)),
				minor: readNumber(block.subarray(337, 345)),
				...("" === linkName ? {} : { linkName }),
				...(void 0 === capability ? {} : { capability }),
			};
		}
		function parseRecords(bytes) {
			const records = new Map();
			for (let at = 0; at < bytes.byteLength;) {
				const blank = bytes.indexOf(32, at);
				const length = Number(bytes.toString("latin1", at, blank));
				const equals = bytes.indexOf(61, blank);
				if (!Number.isInteger(length) || length <= 0 || -1 === equals || equals > at + length)
					throw new Error("a PAX header is malformed");
				records.set(bytes.toString("utf8", blank + 1, equals), bytes.subarray(equals + 1, at + length - 1));
				at += length;
			}
			return records;
		}
		function numberOf(record, otherwise) {
			const number = void 0 === record ? otherwise : Number(record.toString("latin1"));
			if (Number.isNaN(number)) throw new Error("a header holds something that is not a number");
			return number;
		}
		function readNumber(field) {
			const first = field[0] ?? 0;
			if (128 & first) return field.subarray(1).reduce((value, byte) => 256 * value + byte, 63 & first);
			const digits = read_text(field).trim();
			if (!/^[0-7]*$/.test(digits)) throw new Error("a header holds something that is not a number");
			return "" === digits ? 0 : parseInt(digits, 8);
		}
		function requireChecksum(block) {
			const told = parseInt(read_text(block.subarray(148, 156)), 8);
			let sum = 256;
			for (let index = 0; index < blockSize; index++) if (index < 148 || index >= 156) sum += block[index] ?? 0;
			if (sum !== told) throw new Error("it is not a tar archive, or damaged");
		}
		function read_text(field) {
			return untilZero(field).toString("utf8");
		}
		function untilZero(field) {
			const end = field.indexOf(0);
			return -1 === end ? field : field.subarray(0, end);
		}
		const keptFiles = ["etc/passwd", "etc/group"];
		const longestKept = 1048576;
		const whiteout = ".wh.";
		const opaque = ".wh..wh..opq";
		async function readLayerEntries(layer) {
			const entries = [];
			await readLayer(layer, (header, index) => {
				const isKept =
					keptFiles.includes(external_node_path_.posix.normalize(header.name)) &&
					"file" === header.type &&
					header.size <= longestKept;
				if (!isKept) return void entries.push({ header, layer, index });
				const bytes = Buffer.alloc(header.size);
				let at = 0;
				entries.push({ header, layer, index, bytes });
				return (chunk) => (at += chunk.copy(bytes, at));
			});
			return entries;
		}
		async function readLayer(layer, onEntry) {
			let count = 0;
			const reader = new TarReader((header) => onEntry(header, count++));
			const drain = async (bytes) => {
				for await (const chunk of bytes) reader.write(chunk);
				reader.end();
			};
			const compressed = external_node_stream_.Readable.from(layer.client.readBlob(layer.repository, layer), {
				objectMode: false,
			});
			try {
				if (layer.mediaType === media_types.J.layer) await (0, promises_.pipeline)(compressed, drain);
				else await (0, promises_.pipeline)(compressed, decompressor(layer.mediaType), drain);
			} catch (error) {
				if (error instanceof src_error.G) throw error;
				const reason = error instanceof Error ? error.message : String(error);
				throw unreadable(layer, reason, error);
			}
		}
		function unreadable(layer, why, cause) {
			const { digest, client, repository } = layer;
			return new src_error.G(`Cannot read the layer ${digest} of ${client.registry}/${repository} because ${why}`, {
				code: "refused",
				cause,
			});
		}
		function decompressor(type) {
			const options = { chunkSize: 262144 };
			return type === media_types.J.zstdLayer
				? (0, external_node_zlib_.createZstdDecompress)(options)
				: (0, external_node_zlib_.createGunzip)(options);
		}
		function applyLayer(tree, entries) {
			const added = new Set();
			for (const entry of entries) {
				const path = resolveParent(tree, external_node_path_.posix.join("/", entry.header.name));
				const name = external_node_path_.posix.basename(path);
				if ("/" !== path)
					if (name === opaque) {
						const directory = external_node_path_.posix.dirname(path);
						for (const below of tree.list(directory))
							if (!added.has(external_node_path_.posix.join(directory, below)))
								tree.remove(external_node_path_.posix.join(directory, below));
					} else if (name.startsWith(whiteout)) {
						const removed = external_node_path_.posix.join(
							external_node_path_.posix.dirname(path),
							name.slice(whiteout.length),
						);
						if (!added.has(removed)) tree.remove(removed);
					} else {
						makeParents(tree, external_node_path_.posix.dirname(path));
						tree.put(path, toEntry(tree, entry));
						for (let at = path; "/" !== at && !added.has(at); at = external_node_path_.posix.dirname(at)) added.add(at);
					}
			}
		}
		function makeParents(tree, path) {
			if (tree.get(path)?.type === "directory") return;
			makeParents(tree, external_node_path_.posix.dirname(path));
			tree.put(path, { type: "directory", mode: 493, uid: 0, gid: 0, mtime: 0 });
		}
		function toEntry(tree, { header, layer, index, bytes }) {
			const { mode, uid, gid, mtime, size, major = 0, minor = 0, linkName = "" } = header;
			const attributes = { mode, uid, gid, mtime };
			switch (header.type) {
				case "directory":
					return { type: "directory", ...attributes };
				case "symlink":
					return { type: "symlink", target: linkName, ...attributes };
				case "hard-link": {
					const linked = tree.get(resolveParent(tree, external_node_path_.posix.join("/", linkName)));
					if (void 0 === linked || "directory" === linked.type)
						throw unreadable(layer, `its entry ${header.name} is a link to nothing`);
					return linked;
				}
				case "file": {
					const content = void 0 === bytes ? { from: "layer", layer, index } : { from: "memory", bytes };
					const { capability } = header;
					return { type: "file", size, content, ...attributes, ...(void 0 === capability ? {} : { capability }) };
				}
				default:
					return { type: "special", kind: header.type, major, minor, ...attributes };
			}
		}
		var image_platform = __webpack_require__(2554);
		const atOnce = 3;
		const configLimit = 8388608;
		class BaseImages {
			#client;
			#found = new Map();
			constructor(client) {
				this.#client = client;
			}
			find(name, platform) {
				const reference = (0, registry_reference.F2)(name);
				const key = `${(0, registry_reference.FH)(reference)} ${(0, image_platform.Bq)(platform)}`;
				const found = this.#found.get(key) ?? this.#find(reference, platform);
				this.#found.set(key, found);
				return found;
			}
			async #find(reference, platform) {
				const { registry, repository } = reference;
				const client = this.#client(registry);
				const manifest = await this.#manifest(client, reference, platform);
				const { config, layers = [] } = parse(manifest.bytes);
				if (void 0 === config) throw malformed((0, registry_reference.FH)(reference), "a manifest without a config");
				const document = parse(await readWhole(client.readBlob(repository, config)));
				const name = (0, registry_reference.FH)({ registry, repository, digest: manifest.digest });
				const own = (0, image_platform.j7)(document);
				if (void 0 === (0, image_platform.CF)(platform, [{ platform: own }]))
					throw otherPlatform({ reference, platform, offered: [own] });
				const diffIds = document.rootfs?.diff_ids ?? [];
				if (diffIds.length !== layers.length)
					throw malformed(name, `${layers.length} layers, ${diffIds.length} diff_ids`);
				const baseLayers = layers.map((layer, index) => ({
					digest: layer.digest,
					size: layer.size,
					mediaType: ociLayerType(layer.mediaType, name),
					diffId: diffIds[index] ?? layer.digest,
					client,
					repository,
				}));
				let tree;
				return {
					name,
					config: document,
					layers: baseLayers,
					tree: async () => (await (tree ??= readTree(baseLayers))).clone(),
				};
			}
			async #manifest(client, reference, platform) {
				const manifest = await client.readManifest(reference.repository, (0, registry_reference.vS)(reference));
				if (manifest.mediaType === media_types.J.manifest || manifest.mediaType === media_types.J.dockerManifest)
					return manifest;
				if (manifest.mediaType !== media_types.J.index && manifest.mediaType !== media_types.J.dockerList)
					throw malformed((0, registry_reference.FH)(reference), `the media type ${manifest.mediaType}`);
				const { manifests } = parse(manifest.bytes);
				const offered = manifests.flatMap(({ digest, platform }) =>
					platform ? [{ digest, platform: (0, image_platform.j7)(platform) }] : [],
				);
				const best = (0, image_platform.CF)(platform, offered);
				if (void 0 === best) throw otherPlatform({ reference, platform, offered: offered.map((one) => one.platform) });
				return client.readManifest(reference.repository, best.digest);
			}
		}
		async function readTree(layers) {
			const entries = await (0, parallel.H)(layers, atOnce, (layer) => readLayerEntries(layer));
			const tree = new FileTree();
			for (const layer of entries) applyLayer(tree, layer);
			return tree;
		}
		async function readWhole(bytes) {
			const chunks = [];
			let size = 0;
			for await (const chunk of bytes) {
				size += chunk.byteLength;
				if (size > configLimit)
					throw new src_error.G("Cannot read an image's config because it is too large", { code: "refused" });
				chunks.push(chunk);
			}
			return Buffer.concat(chunks);
		}
		function parse(bytes) {
			return JSON.parse(bytes.toString("utf8"));
		}
		const ociTypes = {
			[media_types.J.dockerLayer]: media_types.J.layer,
			[media_types.J.dockerGzipLayer]: media_types.J.gzipLayer,
		};
		function ociLayerType(type, image) {
			const converted = ociTypes[type] ?? type;
			if ([media_types.J.layer, media_types.J.gzipLayer, media_types.J.zstdLayer].includes(converted)) return converted;
			throw malformed(image, `a layer of media type ${type}`);
		}
		function malformed(image, got) {
			return new src_error.G(
				`Cannot build on ${image} because the direct builder does not know how to read it: got ${got}`,
				{ code: "configuration", hint: 'Set "builder: docker" for this image.' },
			);
		}
		function otherPlatform(o) {
			const offered = o.offered.map(image_platform.Bq).filter((name) => "unknown/unknown" !== name);
			return new src_error.G(
				`Cannot build on ${(0, registry_reference.FH)(o.reference)} because it is not there for ${(0, image_platform.Bq)(o.platform)}: got ${offered.join(", ") || "none"}`,
				{ code: "configuration", hint: "Set platforms to one that the image is there for, or choose another image." },
			);
		}
		class BuildContext {
			#folder;
			#ignore;
			#time;
			#visited = new Map();
			#linked = new Map();
			constructor(o) {
				this.#folder = (0, external_node_fs_.realpathSync)(o.folder);
				this.#ignore = o.ignore;
				this.#time = o.time;
			}
			get(path) {
				if ("/" === path) return { type: "directory", ...this.#attributes(493) };
				const visited = this.#visit(path);
				if (void 0 === visited || !this.#isVisible(path, visited)) return;
				return this.#entry(path, visited.stats);
			}
			list(path) {
				const names = (0, external_node_fs_.readdirSync)(this.#disk(path)).filter((name) => {
					const below = external_node_path_.posix.join(path, name);
					const visited = this.#visit(below);
					return void 0 !== visited && this.#isVisible(below, visited);
				});
				const unreadable = names.find((name) => name.includes("�"));
				if (void 0 === unreadable) return names.sort();
				throw new src_error.G(
					`Cannot copy ${external_node_path_.posix.join(path, unreadable).slice(1)} because its name is not UTF-8`,
					{ code: "configuration", hint: "Rename the file, or leave it out by .dockerignore." },
				);
			}
			whyMissing(path) {
				const visited = this.#visit(path);
				if (void 0 === visited || this.#isVisible(path, visited)) return;
				return `${this.#ignore.file}, line ${visited.verdict.line ?? 0}, leaves it out`;
			}
			namesOnDisk(path) {
				return this.#visit(path)?.stats.isDirectory() === true || "/" === path
					? (0, external_node_fs_.readdirSync)(this.#disk(path))
					: [];
			}
			#visit(path) {
				if (this.#visited.has(path)) return this.#visited.get(path);
				const parent = external_node_path_.posix.dirname(path);
				const above = "/" === parent ? void 0 : this.#visit(parent);
				const stats =
					"/" === parent || above?.stats.isDirectory()
						? (0, external_node_fs_.lstatSync)(this.#disk(path), { throwIfNoEntry: false })
						: void 0;
				const visited = stats && { stats, verdict: this.#ignore.judge(path.slice(1), above?.verdict) };
				this.#visited.set(path, visited);
				return visited;
			}
			#isVisible(path, { stats, verdict }) {
				if (!verdict.isIgnored) return true;
				return stats.isDirectory() && this.#ignore.mayReach(path.slice(1)) && this.list(path).length > 0;
			}
			#entry(path, stats) {
				const attributes = this.#attributes(4095 & stats.mode);
				if (stats.isDirectory()) return { type: "directory", ...attributes };
				if (stats.isSymbolicLink())
					return {
						type: "symlink",
						target: (0, external_node_fs_.readlinkSync)(this.#disk(path)),
						...attributes,
						mode: 511,
					};
				if (!stats.isFile()) return { type: "special", ...deviceOf(stats), ...attributes };
				const file = {
					type: "file",
					size: stats.size,
					content: { from: "disk", path: this.#disk(path) },
					...attributes,
				};
				if (1 === stats.nlink) return file;
				const inode = `${stats.dev}:${stats.ino}`;
				const known = this.#linked.get(inode) ?? file;
				this.#linked.set(inode, known);
				return known;
			}
			#attributes(mode) {
				return { mode, uid: 0, gid: 0, mtime: this.#time };
			}
			#disk(path) {
				return (0, external_node_path_.join)(this.#folder, path);
			}
		}
		function deviceOf(stats) {
			const numbers = { major: (stats.rdev >> 8) & 4095, minor: (255 & stats.rdev) | ((stats.rdev >> 12) & 1048320) };
			if (stats.isBlockDevice()) return { kind: "block-device", ...numbers };
			if (stats.isCharacterDevice()) return { kind: "character-device", ...numbers };
			return { kind: stats.isFIFO() ? "pipe" : "socket", major: 0, minor: 0 };
		}
		const smallFile = 262144;
		class Contents {
			#folder;
			#signal;
			#fetched = new Map();
			#files = 0;
			constructor(temp, signal) {
				this.#folder = (0, external_node_fs_.mkdtempSync)((0, external_node_path_.join)(temp, "slipway-image-"));
				this.#signal = signal;
			}
			newPath() {
				return (0, external_node_path_.join)(this.#folder, String(this.#files++));
			}
			async fetch(files) {
				const wanted = new Map();
				for (const { content } of files)
					if ("layer" === content.from && this.#fetched.get(content.layer)?.has(content.index) !== true)
						wanted.set(content.layer, (wanted.get(content.layer) ?? new Set()).add(content.index));
				for (const [layer, indices] of wanted) await this.#fetchLayer(layer, indices);
			}
			open(file) {
				const { content, size } = file;
				const signal = this.#signal;
				signal?.throwIfAborted();
				if (0 === size) return [];
				switch (content.from) {
					case "memory":
						return [content.bytes];
					case "disk":
						return size <= smallFile
							? [(0, external_node_fs_.readFileSync)(content.path)]
							: (0, external_node_fs_.createReadStream)(content.path, { highWaterMark: smallFile, signal });
					case "layer": {
						const { path, start } = this.#place(content);
						return (0, external_node_fs_.createReadStream)(path, {
							start,
							end: start + size - 1,
							highWaterMark: smallFile,
							signal,
						});
					}
				}
			}
			close() {
				(0, external_node_fs_.rmSync)(this.#folder, { recursive: true, force: true });
			}
			#place(content) {
				const place = this.#fetched.get(content.layer)?.get(content.index);
				if (void 0 === place) throw new Error("a file of a layer was opened before it was fetched");
				return place;
			}
			async #fetchLayer(layer, indices) {
				const path = this.newPath();
				const places = this.#fetched.get(layer) ?? new Map();
				const descriptor = (0, external_node_fs_.openSync)(path, "wx", 384);
				let end = 0;
				try {
					await readLayer(layer, (_header, index) => {
						if (!indices.has(index)) return;
						places.set(index, { path, start: end });
						return (chunk) => (end += writeWhole(descriptor, chunk));
					});
				} finally {
					(0, external_node_fs_.closeSync)(descriptor);
				}
				this.#fetched.set(layer, places);
			}
		}
		function writeWhole(descriptor, bytes) {
			let written = 0;
			while (written < bytes.byteLength) written += (0, external_node_fs_.writeSync)(descriptor, bytes, written);
			return written;
		}
		function mistake(place, message, hint) {
			const problem = { message, ...place, ...(void 0 === hint ? {} : { hint }) };
			return new src_error.G(message, {
				code: "configuration",
				problems: [problem],
				...(void 0 === hint ? {} : { hint }),
			});
		}
		var nearest = __webpack_require__(4140);
		const headLength = 65536;
		const compressed = [/^BZh/, /^\xfd7zXZ\0/, /^\x28\xb5\x2f\xfd/];
		function looksLikeArchive(path) {
			const head = readHead(path);
			if (compressed.some((start) => start.test(head.toString("latin1", 0, 8)))) return true;
			return isTar(31 === head[0] && 139 === head[1] ? unzipped(head) : head);
		}
		function readHead(path) {
			const head = Buffer.alloc(headLength);
			const descriptor = (0, external_node_fs_.openSync)(path, "r");
			try {
				return head.subarray(0, (0, external_node_fs_.readSync)(descriptor, head));
			} finally {
				(0, external_node_fs_.closeSync)(descriptor);
			}
		}
		function unzipped(head) {
			try {
				return (0, external_node_zlib_.gunzipSync)(head, { finishFlush: external_node_zlib_.constants.Z_SYNC_FLUSH });
			} catch {
				return head;
			}
		}
		function isTar(bytes) {
			if (bytes.byteLength < blockSize) return false;
			let entries = 0;
			try {
				const reader = new TarReader(() => {
					entries++;
				});
				reader.write(bytes.subarray(0, headLength));
				return entries > 0;
			} catch {
				return entries > 0;
			}
		}
		function wildcard(pattern) {
			let isMalformed = /(?:^|[^\\])(?:\\\\)*\\$/.test(pattern);
			const source = pattern.replace(/\\(.)|\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|./gsu, (match, escaped, not, set) => {
				if ("*" === match) return "[^/]*";
				if ("?" === match) return "[^/]";
				isMalformed ||= "[" === match;
				if (void 0 === set) return literal(escaped ?? match);
				return `[${not ?? ""}${set.replace(/\\(.)|[^-]/gsu, (one, inSet) => literal(inSet ?? one))}]`;
			});
			return isMalformed ? void 0 : expression(source);
		}
		function expression(source) {
			try {
				return new RegExp(`^(?:${source})$`, "su");
			} catch {
				return;
			}
		}
		function literal(character) {
			return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
		}
		function hasWildcard(name) {
			return /[*?[]/.test(name.replace(/\\./gs, ""));
		}
		function copyInto(options) {
			for (const path of matching(options.source, options.pattern)) new Copier(options).copy(path);
		}
		function matching(source, pattern) {
			const parts = external_node_path_.posix.join("/", pattern).split("/").slice(1);
			const first = parts.findIndex(hasWildcard);
			if (-1 === first) return [external_node_path_.posix.join("/", pattern).replace(/(?<=.)\/$/, "")];
			const base = resolvePath(source, `/${parts.slice(0, first).join("/")}`);
			if (void 0 === source.get(base)) throw new MissingSourceError(base);
			const expression = wildcard(parts.slice(first).join("/"));
			const depth = parts.length - first;
			return void 0 === expression ? [] : descend({ source, base, expression, depth }, "");
		}
		function descend(search, below) {
			const directory = external_node_path_.posix.join(search.base, below);
			if (search.source.get(directory)?.type !== "directory") return [];
			return search.source.list(directory).flatMap((name) => {
				const path = external_node_path_.posix.join(below, name);
				if (search.expression.test(path)) return [external_node_path_.posix.join(search.base, path)];
				return path.split("/").length < search.depth ? descend(search, path) : [];
			});
		}
		class Copier {
			#options;
			#copied = new Map();
			constructor(options) {
				this.#options = options;
			}
			copy(path) {
				const { source, target, destination } = this.#options;
				const wanted = external_node_path_.posix.normalize(destination);
				this.#makeDirectories(
					resolvePath(target, /\/\.?$/.test(destination) ? wanted : external_node_path_.posix.dirname(wanted)),
				);
				const from = resolvePath(source, path);
				const entry = source.get(from);
				if (void 0 === entry) throw new MissingSourceError(path);
				const to = resolvePath(target, wanted);
				const there = target.get(to);
				if ("directory" === entry.type) {
					this.#makeDirectories(to);
					this.#copyContent(from, to);
					return;
				}
				const place =
					there?.type === "directory"
						? external_node_path_.posix.join(to, external_node_path_.posix.basename(path))
						: to;
				this.#copyEntry(from, place);
			}
			#copyContent(from, to) {
				const { source } = this.#options;
				for (const name of source.list(from))
					this.#copyEntry(external_node_path_.posix.join(from, name), external_node_path_.posix.join(to, name));
				this.#setTime(to, source.get(from));
			}
			#copyEntry(from, to) {
				const { source, target } = this.#options;
				const entry = source.get(from);
				if (void 0 === entry) throw new MissingSourceError(from);
				const there = target.get(to);
				if ("directory" === entry.type) {
					if (void 0 !== there && "directory" !== there.type)
						throw new Error(`${to} is there already and is no directory`);
					this.#put(to, { ...entry, ...this.#attributes(entry) });
					this.#copyContent(from, to);
				} else if (there?.type === "directory") throw new Error(`${to} is there already and is a directory`);
				else this.#put(to, this.#converted(entry, from));
			}
			#converted(entry, from) {
				if ("special" === entry.type && "socket" === entry.kind)
					throw new Error(`${from.slice(1)} is a socket, of which no layer can be made`);
				if ("symlink" === entry.type) return { ...entry, ...this.#attributes(entry), mode: 511 };
				if ("special" === entry.type) return { ...entry, ...this.#attributes(entry) };
				const copied = this.#copied.get(entry) ?? { ...entry, ...this.#attributes(entry) };
				this.#copied.set(entry, copied);
				return copied;
			}
			#attributes(entry) {
				const { owner, mode, time } = this.#options;
				const { uid, gid } = owner ?? entry;
				return { uid, gid, mode: mode ?? entry.mode, mtime: Math.min(entry.mtime, time) };
			}
			#makeDirectories(path) {
				const { target, owner, mode, time } = this.#options;
				makeDirectories({ target, path, owner, mode, time });
			}
			#put(path, entry) {
				this.#options.target.put(path, entry, this.#options.time);
			}
			#setTime(path, entry) {
				const { target, time } = this.#options;
				const directory = target.get(path);
				if (directory?.type === "directory" && "/" !== path && entry)
					target.put(path, { ...directory, mtime: Math.min(entry.mtime, time) });
			}
		}
		class MissingSourceError extends Error {
			path;
			constructor(path) {
				super(`${path} does not exist`);
				this.path = path;
			}
		}
		function makeDirectories(o) {
			const { target, path, time } = o;
			const there = target.get(path);
			if (there?.type === "directory") return;
			if (void 0 !== there) throw new Error(`${path} is there already and is no directory`);
			makeDirectories({ ...o, path: external_node_path_.posix.dirname(path) });
			const { uid, gid } = o.owner ?? { uid: 0, gid: 0 };
			target.put(path, { type: "directory", mode: (o.mode ?? 493) & 511, uid, gid, mtime: time }, time);
		}
		function readFlags(o) {
			const { keyword, known, place } = o;
			const values = {};
			for (const word of o.flags) {
				const [, name = "", given] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
				const kind = Object.hasOwn(known, name) ? known[name] : void 0;
				if (void 0 === kind) throw unknownFlag({ keyword, name, known, place });
				if (Object.hasOwn(values, name))
					throw mistake(place, `${keyword} has --${name} twice`, "Remove one of the two.");
				values[name] =
					"text" === kind ? requireText({ keyword, name, given, place }) : yesOrNo({ keyword, name, given, place });
			}
			return values;
		}
		const useDocker = 'Set "builder: docker" for this image, or take it out of the Dockerfile.';
		function requireText({ keyword, name, given, place }) {
			if (void 0 !== given) return given;
			throw mistake(place, `${keyword} --${name} has no value`, `Write it like --${name}=value.`);
		}
		function yesOrNo({ keyword, name, given, place }) {
			const value = (given ?? "true").toLowerCase();
			if ("true" === value || "false" === value) return value;
			throw mistake(
				place,
				`${keyword} --${name} is neither true nor false: got "${given ?? ""}"`,
				`Write --${name} or --${name}=false.`,
			);
		}
		function unknownFlag(o) {
			const names = Object.keys(o.known);
			const meant = (0, nearest.p)(o.name, names);
			const list =
				0 === names.length ? `${o.keyword} has no flags.` : `Known: ${names.map((name) => `--${name}`).join(", ")}.`;
			return mistake(
				o.place,
				`${o.keyword} has an unknown flag --${o.name}`,
				meant ? `Did you mean --${meant}? ${list}` : list,
			);
		}
		async function findOwner(o) {
			const [user = "", group] = o.text.split(/:(.*)/s, 2);
			const found = numeric(user) ?? (await lookUp({ ...o, name: user, file: "/etc/passwd" }));
			if (void 0 === group) return found;
			const { gid } = numeric(group) ?? (await lookUp({ ...o, name: group, file: "/etc/group" }));
			return { uid: found.uid, gid };
		}
		function numeric(text) {
			if ("root" === text || "" === text) return { uid: 0, gid: 0 };
			return /^\d+$/.test(text) ? { uid: Number(text), gid: Number(text) } : void 0;
		}
		async function lookUp(o) {
			const { name, file } = o;
			const lines = (await readText(o)).split("\n").map((line) => line.split(":"));
			const [, , first, second] = lines.find(([known]) => known === name) ?? [];
			const gid = "/etc/passwd" === file ? second : first;
			if (/^\d+$/.test(first ?? "") && /^\d+$/.test(gid ?? "")) return { uid: Number(first), gid: Number(gid) };
			throw mistake(o.place, `The image has no "${name}" in ${file}`, "Write a number, which needs no name.");
		}
		async function readText(o) {
			const entry = o.tree.get(resolvePath(o.tree, o.file));
			if (entry?.type !== "file") return "";
			await o.contents.fetch([entry]);
			const chunks = [];
			for await (const chunk of o.contents.open(entry)) chunks.push(chunk);
			return Buffer.concat(chunks).toString("utf8");
		}
		async function changeDirectory(value, o) {
			const { state, place, epoch } = o;
			const { config } = state.config;
			const given = state.expand(value, place);
			const above = config.WorkingDir ?? "/";
			config.WorkingDir = given.startsWith("/") ? given : external_node_path_.posix.join("/", above, given);
			if ("/" !== config.WorkingDir) {
				const target = await state.tree();
				target.beginLayer();
				const path = locate(o, () => resolvePath(target, config.WorkingDir ?? "/"));
				if (target.get(path)?.type !== "directory") {
					const owner = config.User ? await findOwner({ ...o, text: config.User, tree: target }) : void 0;
					locate(o, () => makeDirectories({ target, path, owner, time: epoch }));
				}
				state.layers.push({ kind: "own", changes: target.changes() });
			}
			return `WORKDIR ${config.WorkingDir}`;
		}
		async function copyFiles(instruction, o) {
			const { state, place, source } = o;
			const { kind } = instruction;
			const expand = (word = "") => state.expand(word, place);
			const [chown, chmod, destination] = [
				expand(instruction.chown),
				expand(instruction.chmod),
				expand(instruction.destination),
			];
			const sources = instruction.sources.map(expand);
			const isLinked = instruction.link && "" === chmod;
			const target = isLinked ? new FileTree() : await state.tree();
			target.beginLayer();
			const copy = {
				target,
				destination: absolute(state.config.config.WorkingDir ?? "/", destination),
				owner: "" === chown ? void 0 : await findOwner({ ...o, text: chown, tree: target }),
				mode: "" === chmod ? void 0 : parseMode(chmod, o, kind),
				time: o.epoch,
			};
			for (const pattern of sources) {
				requireLocal(pattern, o, kind);
				if ("ADD" === kind && false !== instruction.unpack) refuseArchives(pattern, o);
				locate(o, () => copyInto({ ...copy, source, pattern }), source);
			}
			for (const document of documents(instruction, o)) locate(o, () => copyInto({ ...copy, ...document }));
			const changes = target.changes();
			state.layers.push({ kind: "own", changes });
			if (isLinked) state.link(changes);
			const flags = [chown && `--chown=${chown}`, chmod && `--chmod=${chmod}`].filter((flag) => "" !== flag);
			const names = instruction.documents.map(({ name }) => `<<${name}`);
			return [kind, ...flags, ...sources, ...names, destination].join(" ");
		}
		function absolute(workingDirectory, path) {
			if (path.startsWith("/")) return path;
			const isDirectory = "" === path || /(?:^|\/)\.?$/.test(path);
			return external_node_path_.posix.join("/", workingDirectory, path, isDirectory ? "/" : "");
		}
		function documents({ documents }, { state, place, epoch }) {
			return documents.map(({ name, content, chomp, expand }) => {
				const text = chomp ? content.replace(/^\t+/gm, "") : content;
				const bytes = Buffer.from(expand ? state.expandDocument(text, place) : text);
				const source = new FileTree();
				const attributes = { mode: 420, uid: 0, gid: 0, mtime: epoch };
				source.put(`/${name}`, {
					type: "file",
					size: bytes.byteLength,
					content: { from: "memory", bytes },
					...attributes,
				});
				return { source, pattern: `/${name}` };
			});
		}
		function parseMode(text, { place }, kind) {
			if (/^0*[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
			throw mistake(
				place,
				`${kind} --chmod is not an octal number up to 7777: got "${text}"`,
				"Write it like --chmod=755.",
			);
		}
		function requireLocal(source, { place }, kind) {
			if (!/^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/i.test(source)) return;
			const why = "COPY" === kind ? "COPY takes no address" : "the direct builder fetches nothing from the internet";
			throw mistake(
				place,
				`${kind} cannot take ${source}: ${why}`,
				"COPY" === kind ? "Use ADD with builder: docker." : useDocker,
			);
		}
		function refuseArchives(pattern, o) {
			for (const path of locate(o, () => matching(o.source, pattern))) {
				const entry = o.source.get(locate(o, () => resolvePath(o.source, path)));
				if (entry?.type !== "file" || "disk" !== entry.content.from || !looksLikeArchive(entry.content.path)) continue;
				const hint =
					"Use COPY if it is to stay an archive. Otherwise unpack it in a step before, or set builder: docker.";
				throw mistake(o.place, `ADD would unpack ${path.slice(1)}, which the direct builder does not do`, hint);
			}
		}
		function locate({ place }, work, source) {
			try {
				return work();
			} catch (error) {
				if (error instanceof MissingSourceError && void 0 !== source) throw missing(error.path, place, source);
				if (error instanceof src_error.G) throw mistake(place, error.message, error.hint);
				throw mistake(place, `This cannot be carried out: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
		function missing(path, place, source) {
			const folder = external_node_path_.posix.dirname(path);
			const name = external_node_path_.posix.basename(path);
			if (!(source instanceof BuildContext)) {
				const meant = (0, nearest.p)(name, source.get(folder)?.type === "directory" ? source.list(folder) : []);
				const hint =
					void 0 === meant
						? "Check the path, and what that stage or image holds."
						: `Did you mean ${external_node_path_.posix.join(folder, meant)}?`;
				return mistake(place, `There is no ${path} to copy`, hint);
			}
			const ignored = source.whyMissing(path);
			if (void 0 !== ignored)
				return mistake(place, `${path.slice(1)} cannot be copied: ${ignored}`, "Add an exception there: !path.");
			const meant = (0, nearest.p)(name, source.namesOnDisk(folder));
			const hint =
				void 0 === meant
					? "Paths are relative to the image's context."
					: `Did you mean ${external_node_path_.posix.join(folder, meant).slice(1)}?`;
			return mistake(place, `There is no ${path.slice(1)} in the build context`, hint);
		}
		function quoteGo(text) {
			const named = {
				'"': '\\"',
				"\\": "\\\\",
				"\n": "\\n",
				"\r": "\\r",
				"	": "\\t",
				"\b": "\\b",
				"\f": "\\f",
				"\v": "\\v",
				"\x07": "\\a",
			};
			const quoted = text.replace(/["\\\p{C}]|[^\P{Z} ]/gu, (character) => named[character] ?? hexadecimal(character));
			return `"${quoted}"`;
		}
		function hexadecimal(character) {
			const code = character.codePointAt(0) ?? 0;
			if (code < 128) return `\\x${code.toString(16).padStart(2, "0")}`;
			return code < 65536 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
		}
		function formatGoDuration(nanoseconds) {
			if (0 === nanoseconds) return "0s";
			if (nanoseconds < 1e9) return `${nanoseconds / 1e6}ms`;
			const hours = Math.floor(nanoseconds / 36e11);
			const minutes = Math.floor(nanoseconds / 6e10) % 60;
			const seconds = (nanoseconds % 6e10) / 1e9;
			if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
			return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
		}
		function parsePorts(specs, place) {
			return specs.flatMap((spec) => {
				const [, first = "", last = first, protocol = "tcp"] =
					/^(?:[^/]*:)?(\d+)(?:-(\d+))?(?:\/([a-zA-Z]*))?$/.exec(spec) ?? [];
				const [from, to] = [Number(first), Number(last)];
				const name = protocol.toLowerCase() || "tcp";
				if ("" === first || to > 65535 || to < from || !["tcp", "udp", "sctp"].includes(name))
					throw mistake(place, `EXPOSE is not a port: got "${spec}"`, "Write it like 8080, 8080/udp or 8080-8090.");
				return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}/${name}`);
			});
		}
		const signals_names =
			"ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU UNUSED URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX".split(
				" ",
			);
		function isSignal(text) {
			if (/^-?\d+$/.test(text)) return 0 !== Number(text);
			const name = text.toUpperCase().replace(/^SIG/, "");
			return signals_names.includes(name) || /^RTMIN\+(?:[1-9]|1[0-5])$|^RTMAX-(?:[1-9]|1[0-4])$/.test(name);
		}
		function applyMetadata(state, instruction) {
			const { place } = instruction;
			const { config } = state.config;
			switch (instruction.kind) {
				case "ENV":
					return applyEnv(state, expandPairs(state, instruction.pairs, place));
				case "LABEL": {
					const labels = expandPairs(state, instruction.pairs, place);
					config.Labels = { ...config.Labels, ...Object.fromEntries(labels.map(({ key, value }) => [key, value])) };
					return `LABEL${pairsText(labels)}`;
				}
				case "CMD":
					config.Cmd = commandWords(state, instruction.command);
					config.ArgsEscaped = true;
					state.hasCommand = true;
					return `CMD ${listText(config.Cmd, quoteGo)}`;
				case "ENTRYPOINT":
					config.Entrypoint = commandWords(state, instruction.command);
					if (!state.hasCommand) config.Cmd = void 0;
					return `ENTRYPOINT ${listText(config.Entrypoint, quoteGo)}`;
				case "USER":
					config.User = state.expand(instruction.value, place);
					return `USER ${config.User}`;
				case "STOPSIGNAL":
					config.StopSignal = requireSignal(state.expand(instruction.value, place), place);
					return `STOPSIGNAL ${config.StopSignal}`;
				case "MAINTAINER":
					state.config.author = instruction.value;
					return `MAINTAINER ${instruction.value}`;
				case "EXPOSE": {
					const ports = parsePorts(
						instruction.ports.flatMap((port) => state.expandWords(port, place)),
						place,
					);
					config.ExposedPorts = { ...config.ExposedPorts, ...Object.fromEntries(ports.map((port) => [port, {}])) };
					return `EXPOSE ${listText(ports)}`;
				}
				case "VOLUME": {
					const paths = instruction.paths.map((path) => state.expand(path, place));
					if (paths.includes("")) throw mistake(place, "VOLUME has an empty path", "A variable in it has no value.");
					config.Volumes = { ...config.Volumes, ...Object.fromEntries(paths.map((path) => [path, {}])) };
					return `VOLUME ${listText(paths)}`;
				}
				case "SHELL":
					config.Shell = [...instruction.words];
					return `SHELL ${listText(config.Shell)}`;
				case "HEALTHCHECK":
					return applyHealthcheck(state, instruction.healthcheck);
			}
		}
		function expandPairs(state, pairs, place) {
			return pairs.map(({ key, value }) => ({ key: state.expand(key, place), value: state.expand(value, place) }));
		}
		function applyEnv(state, pairs) {
			const env = state.config.config.Env ?? [];
			for (const { key, value } of pairs) {
				const at = env.findIndex((pair) => pair === key || pair.startsWith(`${key}=`));
				env.splice(-1 === at ? env.length : at, 1, `${key}=${value}`);
				state.variables.set(key, value);
			}
			state.config.config.Env = env;
			return `ENV${pairsText(pairs)}`;
		}
		function commandWords(state, { words, isShell }) {
			if (!isShell) return [...words];
			return [...(state.config.config.Shell ?? ["/bin/sh", "-c"]), words.join(" ")];
		}
		function applyHealthcheck(state, healthcheck) {
			const { test, interval, timeout, startPeriod, startInterval, retries } = healthcheck;
			const words = "NONE" === test ? ["NONE"] : [test.isShell ? "CMD-SHELL" : "CMD", ...test.words];
			const times = { Interval: interval, Timeout: timeout, StartPeriod: startPeriod, StartInterval: startInterval };
			const set = Object.entries(times).filter(([, value]) => 0 !== value);
			state.config.config.Healthcheck = {
				Test: words,
				...Object.fromEntries(set),
				...(0 === retries ? {} : { Retries: retries }),
			};
			const shown = Object.entries(times).map(([name, value]) => `${name}:${formatGoDuration(value)}`);
			return `HEALTHCHECK {Test:${listText(words)} ${shown.join(" ")} Retries:${retries}}`;
		}
		function requireSignal(signal, place) {
			if (isSignal(signal)) return signal;
			throw mistake(place, `STOPSIGNAL is not a signal: got "${signal}"`, "Write a name such as SIGTERM, or a number.");
		}
		function pairsText(pairs) {
			return pairs.map(({ key, value }) => ` ${key}=${value}`).join("");
		}
		function listText(items, show = (item) => item) {
			return `[${items.map(show).join(" ")}]`;
		}
		function expandWord(text, options) {
			return new Lexer(text, options).read(void 0, options.keepEscapes ?? false).text;
		}
		function expandWords(text, options) {
			return new Lexer(text, options).read(void 0, options.keepEscapes ?? false).words;
		}
		const space = /[\s\u0085]/u;
		class Words {
			done = [];
			#word = "";
			add(text) {
				this.#word += text;
			}
			split(text) {
				for (const character of text)
					if (space.test(character)) this.end();
					else this.#word += character;
			}
			end() {
				if ("" !== this.#word) this.done.push(this.#word);
				this.#word = "";
			}
		}
		class Lexer {
			#characters;
			#options;
			#at = 0;
			#keepEscapes = false;
			constructor(text, options) {
				this.#characters = Array.from(text);
				this.#options = options;
			}
			read(stop, keepEscapes) {
				const outer = this.#keepEscapes;
				this.#keepEscapes = keepEscapes;
				const words = new Words();
				let text = "";
				for (;;) {
					const next = this.#peek();
					if (void 0 === next && void 0 !== stop) throw new Error(`there is no closing ${stop}`);
					if (void 0 === next || next === stop) break;
					text += this.#part(next, words);
				}
				this.#at++;
				words.end();
				this.#keepEscapes = outer;
				return { text, words: words.done };
			}
			#part(next, words) {
				const { quotes, escape } = this.#options;
				let part;
				if (("'" === next || '"' === next) && "plain" !== quotes) words.add((part = this.#quoted(next)));
				else if ("$" === next) words.split((part = this.#variable()));
				else if ("<" === next) words.add((part = this.#lessThan()));
				else if (next === escape) words.add((part = this.#escaped()));
				else words.split((part = this.#next() ?? ""));
				return part;
			}
			#escaped() {
				const kept = this.#keepEscapes ? (this.#peek() ?? "") : "";
				this.#at++;
				return kept + (this.#next() ?? "");
			}
			#lessThan() {
				this.#at++;
				if ("<" !== this.#peek()) return "<";
				this.#at++;
				let text = "<<";
				while (/^[ \t\r]$/.test(this.#peek() ?? "")) text += this.#next() ?? "";
				return text;
			}
			#quoted(quote) {
				this.#at++;
				let text = "";
				for (let next = this.#peek(); next !== quote; next = this.#peek()) {
					if (void 0 === next) throw new Error(`there is no closing ${quote}`);
					if ('"' === quote && "$" === next) text += this.#variable();
					else if ('"' === quote && next === this.#options.escape) text += this.#escapedInQuotes();
					else text += this.#next() ?? "";
				}
				this.#at++;
				return "keep" === this.#options.quotes ? quote + text + quote : text;
			}
			#escapedInQuotes() {
				const escape = this.#next() ?? "";
				const next = this.#peek();
				if (void 0 === next) return "";
				const isEscapable = '"' === next || "$" === next || next === escape;
				if (!isEscapable) return this.#keepEscapes ? escape + escape : escape;
				return (this.#keepEscapes ? escape : "") + (this.#next() ?? "");
			}
			#variable() {
				this.#at++;
				if ("{" === this.#peek()) {
					this.#at++;
					return this.#braced();
				}
				const name = this.#name();
				if ("" === name) return "$";
				return this.#options.variable(name) ?? (this.#options.keepUnset ? `$${name}` : "");
			}
			#braced() {
				const first = this.#peek();
				if (void 0 === first) throw new Error("there is no closing }");
				if ("{}:".includes(first)) throw new Error(`$\{${first} is no variable`);
				const name = this.#name();
				const value = this.#options.variable(name);
				const operator = this.#next();
				if ("}" === operator) return value ?? (this.#options.keepUnset ? `$\{${name}}` : "");
				if ("/" === operator) return this.#replaced(name, value);
				const emptyIsUnset = ":" === operator;
				const verb = emptyIsUnset ? this.#next() : operator;
				if (void 0 === verb) throw new Error("there is no closing }");
				const modifier = (emptyIsUnset ? ":" : "") + verb;
				const isTrim = "#" === verb || "%" === verb;
				if (!"+-?#%".includes(verb) || (isTrim && emptyIsUnset))
					throw new Error(`$\{${name}${modifier}} is not supported`);
				const word = this.read("}", isTrim).text;
				if (void 0 === value && this.#options.keepUnset) return `$\{${name}${modifier}${word}}`;
				return modified({ name, value, verb, word, emptyIsUnset });
			}
			#replaced(name, value) {
				const all = "/" === this.#peek();
				if (all) this.#at++;
				const pattern = this.read("/", true).text;
				const replacement = this.read("}", true).text;
				if (void 0 === value && this.#options.keepUnset)
					return `$\{${name}/${all ? "/" : ""}${pattern}/${replacement}}`;
				return (value ?? "").replace(new RegExp(shellPattern(pattern, true), all ? "gu" : "u"), () => replacement);
			}
			#name() {
				const rest = this.#characters.slice(this.#at, this.#at + 256).join("");
				const name = /^(?:\p{Nd}+|[@*#?\-$!]|[\p{L}\p{Nd}_]*)/u.exec(rest)?.[0] ?? "";
				this.#at += Array.from(name).length;
				return name;
			}
			#peek() {
				return this.#characters[this.#at];
			}
			#next() {
				return this.#characters[this.#at++];
			}
		}
		function modified(o) {
			const { name, value, verb, word } = o;
			const isUnset = void 0 === value || (o.emptyIsUnset && "" === value);
			switch (verb) {
				case "-":
					return isUnset ? word : value;
				case "+":
					return isUnset ? "" : word;
				case "?":
					if (!isUnset) return value;
					throw new Error(`${name}: ${word || `is not allowed to be ${void 0 === value ? "unset" : "empty"}`}`);
				default:
					return trimmed({ value: value ?? "", end: "#" === verb ? "start" : "end", word });
			}
		}
		function trimmed(o) {
			const sign = "start" === o.end ? "#" : "%";
			const isLongest = o.word.startsWith(sign);
			const source = shellPattern(isLongest ? o.word.slice(1) : o.word, true);
			const whole = new RegExp(`^(?:${source})$`, "u");
			const characters = Array.from(o.value);
			const lengths = Array.from({ length: characters.length + 1 }, (_, length) => length);
			for (const length of isLongest ? lengths.reverse() : lengths) {
				const cut = "start" === o.end ? length : characters.length - length;
				const [head, tail] = [characters.slice(0, cut).join(""), characters.slice(cut).join("")];
				if (whole.test("start" === o.end ? head : tail)) return "start" === o.end ? tail : head;
			}
			return o.value;
		}
		function shellPattern(pattern, greedy) {
			return pattern.replace(/\\(.?)|\*|\?|[[\]{}.+()|^$/]/gsu, (match, escaped) => {
				if ("*" === match) return greedy ? ".*" : ".*?";
				if ("?" === match) return ".";
				if (void 0 === escaped) return `\\${match}`;
				if ("}" === escaped || "/" === escaped) return "}" === escaped ? "\\}" : "\\/";
				if (["*", "?", "\\"].includes(escaped)) return `\\${escaped}`;
				throw new Error(`\\${escaped} is no escape in a pattern`);
			});
		}
		function splitStatements(text, file) {
			const lines = text.replace(/^\ufeff/, "").match(/[^\n]*\n|[^\n]+$/g) ?? [];
			const directives = readDirectives(lines, file);
			const escape = directives.get("escape")?.value ?? "\\";
			const reader = { lines, file, escape };
			const statements = [];
			for (let index = 0; index < lines.length;) {
				const logical = readLogicalLine(reader, index);
				index = logical.next;
				if ("" === logical.text) continue;
				const { heredocs, next } = readHeredocs(reader, logical);
				index = next;
				statements.push({ ...splitStatement(logical.text, escape), heredocs, place: logical.place });
			}
			const syntax = directives.get("syntax");
			return { statements, escape, ...(syntax && { syntax: { name: syntax.value, place: syntax.place } }) };
		}
		function readDirectives(lines, file) {
			const directives = new Map();
			for (const [index, line] of lines.entries()) {
				const [, name = "", value = ""] = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
				const key = name.toLowerCase();
				if (!["syntax", "escape", "check"].includes(key)) break;
				const place = { file, line: index + 1 };
				if (directives.has(key)) throw mistake(place, `# ${key}= is there twice`, "Remove one of the two.");
				if ("escape" === key && "\\" !== value && "`" !== value)
					throw mistake(
						place,
						`# escape= is neither \\ nor \`: got ${value}`,
						"These are the only two escape characters.",
					);
				directives.set(key, { value, place });
			}
			return directives;
		}
		function readLogicalLine({ lines, file, escape }, start) {
			const place = { file, line: start + 1 };
			let index = start;
			const first = withoutEnd(lines[index++] ?? "").trimStart();
			let { text, continues } = first.startsWith("#") ? { text: "", continues: false } : cutContinuation(first, escape);
			while (continues && index < lines.length) {
				const line = withoutEnd(lines[index++] ?? "");
				if ("" === line.trim() || line.trimStart().startsWith("#")) continue;
				const part = cutContinuation(line, escape);
				text += part.text;
				continues = part.continues;
			}
			return { text, place, next: index };
		}
		function cutContinuation(line, escape) {
			const trimmed = line.replace(/[ \t]+$/, "");
			const continues = trimmed.endsWith(escape) && !trimmed.endsWith(escape + escape);
			return { text: continues ? trimmed.slice(0, -1) : line, continues };
		}
		function withoutEnd(line) {
			return line.replace(/[\r\n]+$/, "");
		}
		const blanks = /[\t\v\f\r ]+/;
		function splitStatement(line, escape) {
			const [, keyword = "", rest = ""] = /^(\S+)[\t\v\f\r ]*(.*)$/s.exec(line.trim()) ?? [];
			return { keyword, ...splitFlags(rest, escape) };
		}
		function splitFlags(text, escape) {
			const flags = [];
			let rest = text.trimStart();
			while (rest.startsWith("--")) {
				const { word, length } = readFlag(rest, escape);
				rest = rest.slice(length).trimStart();
				if ("--" === word) break;
				flags.push(word);
			}
			return { flags, rest: rest.trim() };
		}
		function readFlag(text, escape) {
			let word = "";
			let quote = "";
			let at = 0;
			for (; at < text.length; at++) {
				const character = text.charAt(at);
				if (character === escape) word += text.charAt(++at);
				else if ("" === quote && /\s/.test(character)) break;
				else if (character === quote) quote = "";
				else if ("" === quote && /['"]/.test(character)) quote = character;
				else word += character;
			}
			return { word, length: at };
		}
		function readHeredocs(reader, logical) {
			let next = logical.next;
			if (!/^(?:onbuild\s+)?(?:add|copy|run)\s/i.test(logical.text) || !logical.text.includes("<<"))
				return { heredocs: [], next };
			const { rest } = splitStatement(logical.text, reader.escape);
			if (isJsonArray(rest)) return { heredocs: [], next };
			const heredocs = heredocsOf(logical.text).map((heredoc) => {
				const { content, after } = readDocument(reader, { ...heredoc, start: next, place: logical.place });
				next = after;
				return { ...heredoc, content };
			});
			return { heredocs, next };
		}
		function readDocument({ lines }, document) {
			for (let index = document.start; index < lines.length; index++) {
				const line = withoutEnd(lines[index] ?? "");
				if ((document.chomp ? line.replace(/^\t+/, "") : line) === document.name)
					return { content: lines.slice(document.start, index).join(""), after: index + 1 };
			}
			const hint = `Close it by a line that holds ${document.name} and nothing else.`;
			throw mistake(document.place, `The document <<${document.name} has no end`, hint);
		}
		function heredocsOf(line) {
			const kept = { escape: "\\", variable: () => void 0, keepUnset: true, quotes: "keep", keepEscapes: true };
			let words = [];
			try {
				words = expandWords(line, kept);
			} catch {}
			return words.map(parseHeredoc).filter((heredoc) => void 0 !== heredoc);
		}
		function parseHeredoc(word) {
			const [, dash, quoted = ""] = /^\d*<<(-?)\s*([^<]*)$/.exec(word) ?? [];
			if ("" === quoted) return;
			const plain = { escape: "\\", variable: () => void 0, keepUnset: true };
			const names = expandWords(quoted, plain);
			const name = names[0];
			if (1 !== names.length || void 0 === name) return;
			const isQuoted = countQuotes(expandWord(quoted, { ...plain, quotes: "keep" })) !== countQuotes(name);
			return { name, expand: !isQuoted, chomp: "-" === dash };
		}
		function countQuotes(text) {
			return text.replace(/[^'"]/g, "").length;
		}
		function isJsonArray(text) {
			if (!text.startsWith("[")) return false;
			try {
				return Array.isArray(JSON.parse(text));
			} catch {
				return false;
			}
		}
		function jsonWords(text, place) {
			if (!text.startsWith("[")) return;
			let value;
			try {
				value = JSON.parse(text);
			} catch {
				return;
			}
			if (!Array.isArray(value)) return;
			const words = value.filter((item) => "string" == typeof item);
			if (words.length === value.length) return words;
			throw mistake(
				place,
				"An array of an instruction holds something that is not text",
				"Put every item in double quotes.",
			);
		}
		function blankSeparated(text) {
			return "" === text ? [] : text.split(blanks);
		}
		function quotedWords(text, escape) {
			const words = [];
			let word = "";
			let isWord = false;
			let quote = "";
			const characters = Array.from(text);
			for (let at = 0; at < characters.length; at++) {
				const character = characters[at] ?? "";
				if ("" === quote && /\s/.test(character)) {
					if (isWord) words.push(word);
					[word, isWord] = ["", false];
					continue;
				}
				isWord = true;
				if (character === escape && "'" !== quote) {
					const next = characters[++at];
					word += void 0 === next ? "" : character + next;
					continue;
				}
				word += character;
				if (character === quote) quote = "";
				else if ("" === quote && /['"]/.test(character)) quote = character;
			}
			if (isWord && "" !== word) words.push(word);
			return words;
		}
		function keyValues(o) {
			const { keyword, rest, place } = o;
			const words = quotedWords(rest, o.escape);
			const example = `Write it like ${keyword} name=value.`;
			if (0 === words.length) throw mistake(place, `${keyword} has no arguments`, example);
			const pairs = words[0]?.includes("=") ? words.map(pairOf) : [oldPair(rest)];
			for (const [index, pair] of pairs.entries()) {
				const word = words[index] ?? rest;
				if (void 0 === pair) throw mistake(place, `${keyword} has a word without "=": got ${word}`, example);
				if ("" === pair.key) throw mistake(place, `${keyword} has a value without a name: got ${word}`, example);
			}
			return pairs.filter((pair) => void 0 !== pair);
		}
		function pairOf(word) {
			const equals = word.indexOf("=");
			return -1 === equals ? void 0 : { key: word.slice(0, equals), value: word.slice(equals + 1) };
		}
		function oldPair(rest) {
			const [, key, value] = /^(\S+?)[\t\v\f\r ]+(.*)$/s.exec(rest) ?? [];
			return void 0 === key || void 0 === value ? void 0 : { key, value };
		}
		const units = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 36e11 };
		function goDuration(text, place) {
			const parts = [...text.matchAll(/([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)/g)];
			const isWhole = "" !== text && parts.map(([part]) => part).join("") === text;
			const nanoseconds = parts.reduce(
				(sum, [, number, unit = ""]) => sum + Number(number) * (units[unit] ?? 0 / 0),
				0,
			);
			if ("0" === text) return 0;
			if (!isWhole) throw mistake(place, `"${text}" is not a duration`, "Write it like 30s, 1m30s or 500ms.");
			if (0 !== nanoseconds && nanoseconds < 1e6)
				throw mistake(place, `"${text}" is shorter than 1ms`, "That is the shortest duration.");
			return Math.round(nanoseconds);
		}
		function parseDockerfile(text, file) {
			const { statements, escape, syntax } = splitStatements(text, file);
			if (void 0 !== syntax && !/^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(syntax.name))
				throw mistake(syntax.place, `# syntax= asks for a frontend of its own: got ${syntax.name}`, useDocker);
			const problems = [];
			const globalArgs = [];
			const stages = [];
			for (const statement of statements)
				try {
					if ("FROM" === statement.keyword.toUpperCase()) {
						stages.push({ ...parseFrom(statement), instructions: [] });
						continue;
					}
					const instruction = { ...parseInstruction(statement, escape), place: statement.place };
					const stage = stages.at(-1);
					if (void 0 !== stage) stage.instructions.push(instruction);
					else if ("ARG" === instruction.kind) globalArgs.push(instruction);
					else
						throw mistake(
							statement.place,
							`${statement.keyword} stands before the first FROM`,
							"Only ARG may stand there.",
						);
				} catch (error) {
					if (!(error instanceof src_error.G)) throw error;
					problems.push(...error.problems);
				}
			if (problems.length > 0) throw parse_unreadable(file, problems);
			if (0 === stages.length)
				throw mistake(
					{ file, line: 1 },
					"The Dockerfile has no FROM",
					"Start it with FROM and an image, or FROM scratch.",
				);
			return { file, escape, globalArgs, stages };
		}
		function parse_unreadable(file, problems) {
			const count = 1 === problems.length ? "of a problem" : `of ${problems.length} problems`;
			return new src_error.G(`Cannot build ${file} because ${count} in it`, { code: "configuration", problems });
		}
		const parsers = {
			ADD: (statement) => parseCopy(statement, "ADD"),
			ARG: parseArg,
			CMD: (statement) => ({ kind: "CMD", command: parseCommand(withoutFlags(statement)) }),
			COPY: (statement) => parseCopy(statement, "COPY"),
			ENTRYPOINT: (statement) => ({ kind: "ENTRYPOINT", command: parseCommand(withoutFlags(statement)) }),
			ENV: (statement, escape) => ({
				kind: "ENV",
				pairs: keyValues({ ...withoutFlags(statement), keyword: "ENV", escape }),
			}),
			EXPOSE: (statement) => ({
				kind: "EXPOSE",
				ports: [...atLeastOne(statement, blankSeparated(statement.rest))].sort(),
			}),
			HEALTHCHECK: (statement) => ({ kind: "HEALTHCHECK", healthcheck: parseHealthcheck(statement) }),
			LABEL: (statement, escape) => ({
				kind: "LABEL",
				pairs: keyValues({ ...withoutFlags(statement), keyword: "LABEL", escape }),
			}),
			MAINTAINER: (statement) => ({ kind: "MAINTAINER", value: oneArgument(statement) }),
			ONBUILD: () => ({ kind: "REFUSED", why: "ONBUILD leaves instructions for later builds", hint: useDocker }),
			RUN: () => ({
				kind: "REFUSED",
				why: "RUN needs a machine to run in, and the direct builder has none",
				hint: useDocker,
			}),
			SHELL: parseShell,
			STOPSIGNAL: (statement) => ({ kind: "STOPSIGNAL", value: oneArgument(statement) }),
			USER: (statement) => ({ kind: "USER", value: oneArgument(statement) }),
			VOLUME: parseVolume,
			WORKDIR: (statement) => ({ kind: "WORKDIR", value: oneArgument(statement) }),
		};
		function parseInstruction(statement, escape) {
			const name = statement.keyword.toUpperCase();
			const parser = Object.hasOwn(parsers, name) ? parsers[name] : void 0;
			if (void 0 !== parser) return parser(statement, escape);
			const known = ["FROM", ...Object.keys(parsers)];
			const meant = (0, nearest.p)(name, known);
			const hint = void 0 === meant ? `Known are ${known.join(", ")}.` : `Did you mean ${meant}?`;
			throw mistake(statement.place, `${statement.keyword} is not an instruction of a Dockerfile`, hint);
		}
		function parseFrom(statement) {
			const { place } = statement;
			const { platform } = readFlags({ ...statement, keyword: "FROM", known: { platform: "text" } });
			const [base = "", as, name, ...more] = blankSeparated(statement.rest);
			const isNamed = as?.toLowerCase() === "as" && void 0 !== name && 0 === more.length;
			if ("" === base || (void 0 !== as && !isNamed))
				throw mistake(
					place,
					`FROM does not read "FROM image" or "FROM image AS name": got ${statement.rest}`,
					"Write it in one of these two forms.",
				);
			const stage = name?.toLowerCase();
			if (void 0 !== stage && !/^[a-z][a-z0-9-_.]*$/.test(stage))
				throw mistake(
					place,
					`"${name ?? ""}" cannot name a stage`,
					"A name starts with a letter; letters, digits, - _ and . follow.",
				);
			return {
				base,
				place,
				...(void 0 === platform ? {} : { platform }),
				...(void 0 === stage ? {} : { name: stage }),
			};
		}
		const commonFlags = { chown: "text", chmod: "text", link: "yes-or-no", exclude: "text" };
		const copyFlags = {
			COPY: { ...commonFlags, from: "text", parents: "yes-or-no" },
			ADD: { ...commonFlags, unpack: "yes-or-no", checksum: "text", "keep-git-dir": "yes-or-no" },
		};
		const notDone = ["exclude", "parents", "checksum", "keep-git-dir"];
		function parseCopy(statement, kind) {
			const { place } = statement;
			const flags = readFlags({ ...statement, keyword: kind, known: copyFlags[kind] });
			const refused = notDone.find((name) => void 0 !== flags[name]);
			if (void 0 !== refused)
				return {
					kind: "REFUSED",
					why: `${kind} --${refused} is not something that the direct builder does`,
					hint: useDocker,
				};
			const { from, chown, chmod, link, unpack } = flags;
			const words = jsonWords(statement.rest, place) ?? blankSeparated(statement.rest);
			const destination = words.at(-1);
			if (words.length < 2 || void 0 === destination)
				throw mistake(place, `${kind} names no destination`, `Write it like ${kind} source destination.`);
			if (parseHeredoc(destination))
				throw mistake(place, `${kind} has a document as its destination`, "The destination comes last.");
			const sources = words.slice(0, -1);
			return {
				kind,
				sources: sources.filter((source) => void 0 === parseHeredoc(source)),
				documents: sources.flatMap((source) => {
					const name = parseHeredoc(source)?.name;
					return statement.heredocs.filter((heredoc) => heredoc.name === name);
				}),
				destination,
				link: "true" === link,
				...(from ? { from } : {}),
				...(chown ? { chown } : {}),
				...(chmod ? { chmod } : {}),
				...(void 0 === unpack ? {} : { unpack: "true" === unpack }),
			};
		}
		function parseArg(statement, escape) {
			const words = atLeastOne(statement, quotedWords(withoutFlags(statement).rest, escape));
			const args = words.map((word) => {
				const equals = word.indexOf("=");
				if (0 === equals)
					throw mistake(
						statement.place,
						`ARG has a value without a name: got ${word}`,
						"Write it like ARG name=value.",
					);
				return -1 === equals ? { key: word } : { key: word.slice(0, equals), value: word.slice(equals + 1) };
			});
			return { kind: "ARG", args };
		}
		function parseCommand({ rest, place }) {
			const words = jsonWords(rest, place);
			if (void 0 !== words) return { words, isShell: false };
			return { words: "" === rest ? [] : [rest], isShell: true };
		}
		function parseShell(statement) {
			const words = jsonWords(withoutFlags(statement).rest, statement.place);
			const example = 'Write it like SHELL ["/bin/bash", "-c"].';
			if (void 0 === words) throw mistake(statement.place, "SHELL is not in the form with brackets", example);
			if (0 === words.length) throw mistake(statement.place, "SHELL has no arguments", example);
			return { kind: "SHELL", words };
		}
		function parseVolume(statement) {
			const { rest, place } = withoutFlags(statement);
			const paths = atLeastOne(statement, jsonWords(rest, place) ?? blankSeparated(rest)).map((path) => path.trim());
			if (paths.includes(""))
				throw mistake(place, "VOLUME has an empty path", "Write the path of a folder in the image.");
			return { kind: "VOLUME", paths };
		}
		function parseHealthcheck(statement) {
			const { place } = statement;
			const known = {
				interval: "text",
				timeout: "text",
				"start-period": "text",
				"start-interval": "text",
				retries: "text",
			};
			const flags = readFlags({ ...statement, keyword: "HEALTHCHECK", known });
			const [, word = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(statement.rest) ?? [];
			const form = word.toUpperCase();
			if ("CMD" !== form && ("NONE" !== form || "" !== rest))
				throw mistake(
					place,
					`HEALTHCHECK is neither CMD and a command nor NONE: got ${statement.rest}`,
					"Write HEALTHCHECK CMD and a command, or HEALTHCHECK NONE.",
				);
			const test = "NONE" === form ? form : parseCommand({ rest, place });
			if ("NONE" !== test && 0 === test.words.length)
				throw mistake(place, "HEALTHCHECK CMD has no command", "Write the command after CMD.");
			const { retries = "" } = flags;
			if (!/^\+?\d*$/.test(retries) || Number(retries) >= 2 ** 31)
				throw mistake(
					place,
					`HEALTHCHECK --retries is not a number of tries: got "${retries}"`,
					"Write a whole number.",
				);
			const duration = (name) => (flags[name] ? goDuration(flags[name], place) : 0);
			return {
				test,
				interval: duration("interval"),
				timeout: duration("timeout"),
				startPeriod: duration("start-period"),
				startInterval: duration("start-interval"),
				retries: Number(retries),
			};
		}
		function withoutFlags(statement) {
			readFlags({ ...statement, keyword: statement.keyword.toUpperCase(), known: {} });
			return statement;
		}
		function oneArgument(statement) {
			const { rest, place, keyword } = withoutFlags(statement);
			if ("" === rest) throw mistake(place, `${keyword} has no argument`, `Write one after ${keyword}.`);
			return rest;
		}
		function atLeastOne(statement, words) {
			withoutFlags(statement);
			if (words.length > 0) return words;
			throw mistake(
				statement.place,
				`${statement.keyword} has no arguments`,
				`Write at least one after ${statement.keyword}.`,
			);
		}
		function globalVariables(o) {
			const { dockerfile, buildArgs } = o;
			const predefined = {
				...platformVariables("BUILD", o.buildPlatform),
				...platformVariables("TARGET", o.platform),
				TARGETSTAGE: o.target ?? dockerfile.stages.at(-1)?.name ?? "default",
			};
			const variables = new Map();
			for (const [name, value] of Object.entries(predefined)) variables.set(name, buildArgs.get(name) ?? value);
			for (const { args, place } of dockerfile.globalArgs)
				for (const { key, value } of args) {
					const final = buildArgs.get(key) ?? (value && expandGlobal(value, { dockerfile, variables, place }));
					if (void 0 !== final) variables.set(key, final);
				}
			return variables;
		}
		function expandGlobal(text, o) {
			try {
				return expandWord(text, { escape: o.dockerfile.escape, variable: (name) => o.variables.get(name) });
			} catch (error) {
				throw mistake(o.place, `A variable cannot be read: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
		function platformVariables(prefix, platform) {
			return {
				[`${prefix}PLATFORM`]: (0, image_platform.Bq)(platform),
				[`${prefix}OS`]: platform.os,
				[`${prefix}OSVERSION`]: "",
				[`${prefix}ARCH`]: platform.architecture,
				[`${prefix}VARIANT`]: platform.variant ?? "",
			};
		}
		class StageGraph {
			#dockerfile;
			#stages;
			#variables;
			constructor(dockerfile, variables) {
				this.#dockerfile = dockerfile;
				this.#stages = dockerfile.stages;
				this.#variables = variables;
			}
			stage(index) {
				const stage = this.#stages[index];
				if (void 0 === stage) throw new Error(`there is no stage ${index}`);
				return stage;
			}
			target(name) {
				if (void 0 === name) return this.#stages.length - 1;
				const index = this.#named(name);
				if (void 0 !== index) return index;
				const names = this.#stages.flatMap((stage) => stage.name ?? []);
				const meant = (0, nearest.p)(name, names);
				throw new src_error.G(`Cannot build the target "${name}" because ${this.#dockerfile.file} has no such stage`, {
					code: "configuration",
					hint:
						void 0 === meant ? `Its stages are: ${names.join(", ") || "none with a name"}.` : `Did you mean ${meant}?`,
				});
			}
			refuseImpossible(target) {
				const problems = [];
				for (const index of [...this.#reachable(target)].sort((a, b) => a - b))
					for (const instruction of this.stage(index).instructions)
						if ("REFUSED" === instruction.kind)
							problems.push({ message: instruction.why, hint: instruction.hint, ...instruction.place });
				if (problems.length > 0) throw parse_unreadable(this.#dockerfile.file, problems);
			}
			base(index) {
				const { base, place } = this.stage(index);
				const name = this.#expand(base, place);
				if ("" === name)
					throw mistake(place, `FROM ${base} names nothing`, "A variable in it has no value: give it as a build-arg.");
				const below = this.#stages.findLastIndex((stage, at) => at < index && stage.name === name);
				return -1 === below ? name : below;
			}
			source(from, o) {
				const { index, place } = o;
				const stage = /^\d+$/.test(from) ? Number(from) : this.#named(from);
				if (void 0 !== stage && stage >= index)
					throw mistake(
						place,
						`COPY --from=${from} does not name an earlier stage`,
						"A stage can only copy from those above it.",
					);
				if (from.includes("$"))
					throw mistake(
						place,
						"COPY --from takes no variable",
						"Give the image to a stage by FROM, and name that stage.",
					);
				if ("scratch" === from)
					throw mistake(place, "COPY --from=scratch has nothing to copy", "Name a stage or an image.");
				return stage ?? from;
			}
			platform(index) {
				const { platform, place } = this.stage(index);
				if (void 0 === platform) return;
				try {
					return (0, image_platform.FL)(this.#expand(platform, place));
				} catch (error) {
					if (!(error instanceof src_error.G) || error.problems.length > 0) throw error;
					throw mistake(place, `FROM --platform: ${error.message}`, error.hint);
				}
			}
			#reachable(index, found = new Set()) {
				if (found.has(index)) return found;
				found.add(index);
				const sources = this.stage(index).instructions.map((instruction) =>
					"COPY" === instruction.kind && void 0 !== instruction.from
						? this.source(instruction.from, { index, place: instruction.place })
						: void 0,
				);
				for (const next of [this.base(index), ...sources]) if ("number" == typeof next) this.#reachable(next, found);
				return found;
			}
			#named(name) {
				const index = this.#stages.findLastIndex((stage) => stage.name === name.toLowerCase());
				return -1 === index ? void 0 : index;
			}
			#expand(text, place) {
				return expandGlobal(text, { dockerfile: this.#dockerfile, variables: this.#variables, place });
			}
		}
		var image_config = __webpack_require__(7087);
		class StageState {
			config;
			layers;
			variables;
			platform;
			hasCommand = false;
			#escape;
			#readTree;
			#tree;
			constructor(o) {
				this.config = o.config;
				this.layers = [...o.layers];
				this.variables = new Map(o.variables);
				for (const pair of o.config.config.Env ?? []) this.variables.set(...splitPair(pair));
				this.platform = o.platform;
				this.#escape = o.escape;
				this.#readTree = o.readTree;
			}
			static scratch(platform, escape) {
				const readTree = () => Promise.resolve(new FileTree());
				return new StageState({
					config: (0, image_config.i4)(platform),
					layers: [],
					variables: new Map(),
					platform,
					escape,
					readTree,
				});
			}
			static of(image, o) {
				const layers = image.layers.map((layer) => ({ kind: "base", layer }));
				return new StageState({
					...o,
					config: (0, image_config.W1)(image.config),
					layers,
					variables: new Map(),
					readTree: () => image.tree(),
				});
			}
			next() {
				const readTree = async () => (await this.tree()).clone();
				const config = structuredClone(this.config);
				const { layers, variables, platform } = this;
				return new StageState({ config, layers, variables, platform, escape: this.#escape, readTree });
			}
			tree() {
				return (this.#tree ??= this.#readTree());
			}
			link(changes) {
				const below = this.#tree ?? this.#readTree;
				const merge = async () => {
					const tree = await ("function" == typeof below ? below() : below);
					for (const { path, entry } of changes) tree.put(path, entry);
					return tree;
				};
				this.#readTree = merge;
				this.#tree = void 0 === this.#tree ? void 0 : merge();
			}
			expand(word, place) {
				return this.#lexed(place, (options) => expandWord(word, options));
			}
			expandWords(word, place) {
				return this.#lexed(place, (options) => expandWords(word, options));
			}
			expandDocument(text, place) {
				return this.#lexed(place, (options) => expandWord(text, { ...options, escape: "\\", quotes: "plain" }));
			}
			commit(createdBy, o) {
				this.config.history.push({
					created: (0, image_config.Ly)(o.epoch),
					created_by: createdBy,
					comment: "slipway.direct",
					...(o.hasLayer ? {} : { empty_layer: true }),
				});
			}
			#lexed(place, work) {
				try {
					return work({ escape: this.#escape, variable: (name) => this.variables.get(name) });
				} catch (error) {
					const reason = error instanceof Error ? error.message : String(error);
					throw mistake(
						place,
						`A variable or quote cannot be read: ${reason}`,
						"The forms are those of a POSIX shell.",
					);
				}
			}
		}
		function splitPair(pair) {
			const equals = pair.indexOf("=");
			return -1 === equals ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
		}
		async function buildDirectly(build) {
			const variables = globalVariables(build);
			const graph = new StageGraph(build.dockerfile, variables);
			const target = graph.target(build.target);
			graph.refuseImpossible(target);
			const state = await new Builder(build, { graph, variables }).stage(target);
			if (Object.keys(build.labels).length > 0)
				state.config.config.Labels = { ...state.config.config.Labels, ...build.labels };
			return state;
		}
		class Builder {
			#build;
			#graph;
			#variables;
			#stages = new Map();
			constructor(build, o) {
				this.#build = build;
				this.#graph = o.graph;
				this.#variables = o.variables;
			}
			stage(index) {
				const stage = this.#stages.get(index) ?? this.#carryOut(index);
				this.#stages.set(index, stage);
				return stage;
			}
			async #carryOut(index) {
				const state = await this.#begin(index);
				for (const instruction of this.#graph.stage(index).instructions) {
					const before = state.layers.length;
					const createdBy = await this.#apply(state, instruction, index);
					state.commit(createdBy, { epoch: this.#build.epoch, hasLayer: state.layers.length > before });
				}
				return state;
			}
			async #begin(index) {
				const { place } = this.#graph.stage(index);
				const { escape } = this.#build.dockerfile;
				const platform = this.#graph.platform(index) ?? this.#build.platform;
				const base = this.#graph.base(index);
				if ("number" == typeof base) return (await this.stage(base)).next();
				if ("scratch" === base) return StageState.scratch(platform, escape);
				const image = await build_locate(place, () => this.#build.images.find(base, platform));
				if (image.config.config?.OnBuild?.length)
					throw mistake(
						place,
						`${base} brings instructions of its own (ONBUILD)`,
						"Set builder: docker for this image.",
					);
				return StageState.of(image, { platform, escape });
			}
			async #apply(state, instruction, index) {
				const { contents, epoch } = this.#build;
				const { place } = instruction;
				const options = { state, contents, epoch, place };
				switch (instruction.kind) {
					case "ARG":
						return this.#declare(state, instruction);
					case "WORKDIR":
						return changeDirectory(instruction.value, options);
					case "COPY":
					case "ADD":
						return copyFiles(instruction, { ...options, source: await this.#source(instruction, index) });
					case "REFUSED":
						throw mistake(place, instruction.why, instruction.hint);
					default:
						return applyMetadata(state, instruction);
				}
			}
			#declare(state, { args, place }) {
				const shown = args.map(({ key, value }) => {
					const own = void 0 === value ? this.#variables.get(key) : void 0;
					const final = this.#build.buildArgs.get(key) ?? own ?? (value && state.expand(value, place));
					if (void 0 !== final) state.variables.set(key, final);
					return void 0 === final ? key : `${key}=${final}`;
				});
				return `ARG ${shown.join(" ")}`;
			}
			async #source({ from, place }, index) {
				if (void 0 === from) return this.#build.context;
				const source = this.#graph.source(from, { index, place });
				if ("number" == typeof source) return (await this.stage(source)).tree();
				return (await build_locate(place, () => this.#build.images.find(source, this.#build.platform))).tree();
			}
		}
		async function build_locate(place, work) {
			try {
				return await work();
			} catch (error) {
				if (!(error instanceof src_error.G) || error.problems.length > 0) throw error;
				const { message, hint, code, outcome, cause } = error;
				const problem = { message, ...(void 0 === hint ? {} : { hint }), ...place };
				throw new src_error.G(message, { code, outcome, problems: [problem], cause });
			}
		}
		var digest = __webpack_require__(5035);
		var external_node_crypto_ = __webpack_require__(7598);
		const pieceSize = 262144;
		async function digestArchive(changes, contents) {
			const hash = (0, external_node_crypto_.createHash)("sha256");
			let size = 0;
			for await (const piece of inPieces(archive(changes, contents))) {
				hash.update(piece);
				size += piece.byteLength;
			}
			return { diffId: `sha256:${hash.digest("hex")}`, size };
		}
		async function writeLayer(changes, contents) {
			const path = contents.newPath();
			const archived = (0, external_node_crypto_.createHash)("sha256");
			const compressed = (0, external_node_crypto_.createHash)("sha256");
			let size = 0;
			const hashed = async function* () {
				for await (const piece of inPieces(archive(changes, contents))) {
					archived.update(piece);
					yield piece;
				}
			};
			const count = new external_node_stream_.Transform({
				transform(chunk, _encoding, done) {
					if (0 === size) chunk[9] = 255;
					size += chunk.byteLength;
					compressed.update(chunk);
					done(null, chunk);
				},
			});
			const gzip = (0, external_node_zlib_.createGzip)({ level: 5, chunkSize: pieceSize });
			await (0, promises_.pipeline)(
				external_node_stream_.Readable.from(hashed(), { objectMode: false }),
				gzip,
				count,
				(0, external_node_fs_.createWriteStream)(path, { flags: "wx", mode: 384 }),
			);
			const digest = `sha256:${compressed.digest("hex")}`;
			return { mediaType: media_types.J.gzipLayer, digest, size, diffId: `sha256:${archived.digest("hex")}`, path };
		}
		async function* archive(changes, contents) {
			const names = new Map();
			for (const change of changes) {
				const header = headerOf(change, names);
				yield encodeHeader(header);
				if ("file" !== header.type || "file" !== change.entry.type) continue;
				let size = 0;
				try {
					for await (const chunk of contents.open(change.entry)) {
						size += chunk.byteLength;
						if (size > header.size) break;
						yield chunk;
					}
				} catch (error) {
					throw isFileError(error) ? layer_archive_unreadable(change, error.message) : error;
				}
				if (size !== header.size) throw layer_archive_unreadable(change, "the file changed while it was read");
				yield padding(size);
			}
			yield endOfArchive;
		}
		function headerOf({ path, entry }, names) {
			const { mode, uid, gid, mtime } = entry;
			const header = { name: path.slice(1), mode, uid, gid, mtime, size: 0 };
			switch (entry.type) {
				case "directory":
					return { ...header, type: "directory", name: `${header.name}/` };
				case "symlink":
					return { ...header, type: "symlink", linkName: entry.target };
				case "special":
					if ("socket" === entry.kind) throw new Error("a socket came as far as a layer");
					return { ...header, type: entry.kind, major: entry.major, minor: entry.minor };
				case "file": {
					const file = { ...header, ...(void 0 === entry.capability ? {} : { capability: entry.capability }) };
					const first = names.get(entry);
					if (void 0 !== first) return { ...file, type: "hard-link", linkName: first };
					names.set(entry, header.name);
					return { ...file, type: "file", size: entry.size };
				}
			}
		}
		async function* inPieces(chunks) {
			let pending = Buffer.allocUnsafe(pieceSize);
			let length = 0;
			for await (const chunk of chunks) {
				if (length + chunk.byteLength > pieceSize && length > 0) {
					yield pending.subarray(0, length);
					pending = Buffer.allocUnsafe(pieceSize);
					length = 0;
				}
				if (chunk.byteLength >= pieceSize) yield chunk;
				else length += chunk.copy(pending, length);
			}
			if (length > 0) yield pending.subarray(0, length);
		}
		function isFileError(error) {
			return error instanceof Error && "syscall" in error;
		}
		function layer_archive_unreadable({ path }, why) {
			return new src_error.G(`Cannot make a layer of ${path} because ${why}`, {
				code: "configuration",
				hint: "The files of the context have to be readable, and must not change while the image is built.",
			});
		}
		const finish_atOnce = 2;
		async function finishImage(state, o) {
			const own = state.layers.flatMap((layer) => ("own" === layer.kind ? layer.changes : []));
			await o.contents.fetch(own.flatMap(({ entry }) => ("file" === entry.type ? [entry] : [])));
			const layers = await (0, parallel.H)(state.layers, finish_atOnce, (layer) => finishLayer(layer, o));
			const image = { ...state.config, rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) } };
			const config = finish_document(media_types.J.config, (0, image_config.dI)(image, o.epoch));
			const manifest = {
				schemaVersion: 2,
				mediaType: media_types.J.manifest,
				config: descriptor(config),
				layers: layers.map(descriptor),
			};
			return {
				platform: state.platform,
				config,
				layers,
				manifest: finish_document(media_types.J.manifest, encode(manifest)),
			};
		}
		async function finishLayer(layer, o) {
			if ("base" === layer.kind) return { ...descriptor(layer.layer), diffId: layer.layer.diffId, base: layer.layer };
			if (void 0 !== o.findLayer) {
				const archive = await digestArchive(layer.changes, o.contents);
				const known = await o.findLayer(archive);
				if (void 0 !== known) return { ...descriptor(known), diffId: archive.diffId };
			}
			const file = await writeLayer(layer.changes, o.contents);
			return { ...descriptor(file), diffId: file.diffId, file };
		}
		function indexOf(images) {
			const manifests = images.map(({ manifest, platform }) => ({ ...descriptor(manifest), platform }));
			return finish_document(
				media_types.J.index,
				encode({ schemaVersion: 2, mediaType: media_types.J.index, manifests }),
			);
		}
		function finish_document(type, bytes) {
			return { mediaType: type, digest: (0, digest.sc)(bytes), size: bytes.byteLength, bytes };
		}
		function descriptor({ mediaType: type, digest, size }) {
			return { mediaType: type, digest, size };
		}
		function encode(value) {
			return Buffer.from(JSON.stringify(value));
		}
		const predefined = [
			...["BUILD", "TARGET"].flatMap((side) => ["PLATFORM", "OS", "ARCH", "VARIANT"].map((part) => side + part)),
			"HTTP_PROXY",
			"HTTPS_PROXY",
			"FTP_PROXY",
			"NO_PROXY",
			"ALL_PROXY",
			"SOURCE_DATE_EPOCH",
		];
		function undeclaredArgs({ globalArgs, stages }, given) {
			const instructions = [...globalArgs, ...stages.flatMap((stage) => stage.instructions)];
			const declared = instructions.flatMap((one) => ("ARG" === one.kind ? one.args.map(({ key }) => key) : []));
			const unknown = [...given].filter((name) => !declared.includes(name) && !predefined.includes(name.toUpperCase()));
			return unknown.map((name) => ({ name, meant: (0, nearest.p)(name, declared) }));
		}
		class Ignore {
			file;
			#rules;
			#exceptions;
			constructor(text, file) {
				this.file = file;
				this.#rules = text
					.replace(/^\ufeff/, "")
					.split("\n")
					.map((line, index) => parseRule(line.replace(/\r$/, ""), { file, line: index + 1 }))
					.filter((rule) => void 0 !== rule);
				this.#exceptions = this.#rules.filter((rule) => rule.isException);
			}
			judge(path, parent) {
				let isIgnored = false;
				let line;
				const matches = this.#rules.map((rule, index) => {
					const isInherited = parent?.matches[index] === true;
					const isMatch = isInherited || (rule.isException === isIgnored && rule.expression.test(path));
					if (isMatch) [isIgnored, line] = [!rule.isException, rule.line];
					return isMatch;
				});
				return { isIgnored, matches, line };
			}
			mayReach(directory) {
				return this.#exceptions.some(({ pattern }) => {
					const plain = pattern.replace(/(?:\/\*\*?)$/, "");
					return /[*[\]?^\\]/.test(plain) || `${plain}/`.startsWith(`${directory}/`);
				});
			}
		}
		function parseRule(text, place) {
			if (text.startsWith("#") || "" === text.trim()) return;
			const isException = text.trim().startsWith("!");
			const given = text.trim().replace(/^!\s*/, "");
			if ("" === given) throw ignore_malformed(text, place);
			const pattern = external_node_path_.posix
				.normalize(given)
				.replace(/^\/(?=.)/, "")
				.replace(/(?<=.)\/$/, "");
			const expression = compile(pattern);
			if (void 0 === expression) throw ignore_malformed(text, place);
			return { isException, pattern, expression, line: place.line };
		}
		function ignore_malformed(text, { file, line }) {
			const problem = {
				message: `"${text.trim()}" is not a pattern`,
				hint: "Close every [ and write something after ! and \\.",
				file,
				line,
			};
			return new src_error.G(`Cannot read ${file} because of line ${line}`, {
				code: "configuration",
				problems: [problem],
			});
		}
		function compile(pattern) {
			const isSuffix = /^\*\*[^*?[\]\\]+$/.test(pattern);
			const source = pattern.replace(/\*\*\/?|\*|\?|\\(.)|[.+()|{}$]/gsu, (match, escaped, offset) => {
				if (match.startsWith("**")) {
					const isAll = offset + match.length === pattern.length || (isSuffix && "**" === match);
					return isAll ? ".*" : "(?:.*/)?";
				}
				if ("*" === match) return "[^/]*";
				return "?" === match ? "[^/]" : literal(escaped ?? match);
			});
			return expression(source);
		}
		const worthAsking = 4194304;
		class KnownLayers {
			#options;
			#layers;
			constructor(options) {
				this.#options = options;
			}
			async find({ diffId, size }) {
				if (size < worthAsking) return;
				const known = (await (this.#layers ??= this.#read())).get(diffId);
				const isThere = known && (await known.client.blobSize(known.repository, known.digest)) === known.size;
				return isThere ? known : void 0;
			}
			async #read() {
				for (const name of this.#options.names)
					try {
						const image = await this.#options.images.find(name, this.#options.platform);
						return new Map(image.layers.map((layer) => [layer.diffId, layer]));
					} catch (error) {
						if (!(error instanceof src_error.G)) throw error;
					}
				return new Map();
			}
		}
		const push_image_atOnce = 4;
		const nothing = { uploaded: 0, reused: 0, uploadedBytes: 0 };
		async function pushImage(image, to) {
			const { client, repository } = to;
			client.expectWrites(repository);
			if ((await client.findManifest(repository, image.manifest.digest)) !== void 0)
				return { ...nothing, reused: image.layers.length };
			const distinct = [...new Map(image.layers.map((layer) => [layer.digest, layer])).values()];
			const arrivals = await (0, parallel.H)(distinct, push_image_atOnce, (layer) => pushLayer(layer, to));
			await client.pushBlob(repository, blobOf(image.config));
			await client.pushManifest(repository, image.manifest.digest, image.manifest);
			const sent = distinct.filter((_, index) => "uploaded" === arrivals[index]);
			return {
				uploaded: sent.length,
				reused: image.layers.length - sent.length,
				uploadedBytes: sent.reduce((sum, { size }) => sum + size, 0),
			};
		}
		async function pushIndex(index, to) {
			if ((await to.client.findManifest(to.repository, index.digest)) !== void 0) return;
			await to.client.pushManifest(to.repository, index.digest, index);
		}
		async function pushLayer(layer, { client, repository }) {
			const { digest, size, file, base } = layer;
			if (void 0 !== file) {
				const { path } = file;
				return client.pushBlob(repository, {
					digest,
					size,
					open: () => (0, external_node_fs_.createReadStream)(path, { highWaterMark: 262144 }),
				});
			}
			if (void 0 === base) return "there already";
			const blob = { digest, size, open: () => base.client.readBlob(base.repository, base) };
			const isHere = base.client.registry === client.registry;
			return client.pushBlob(repository, blob, isHere && base.repository !== repository ? base.repository : void 0);
		}
		function blobOf({ digest, size, bytes }) {
			return {
				digest,
				size,
				async *open() {
					yield await Promise.resolve(bytes);
				},
			};
		}
		var find_dockerfile = __webpack_require__(9919);
		function directBuilder(options) {
			const images = new BaseImages(options.client);
			return async (plan) => {
				const contents = new Contents(options.temp, options.signal);
				try {
					return await build(plan, { ...options, images, contents });
				} finally {
					contents.close();
				}
			};
		}
		async function build(plan, session) {
			const dockerfilePath = (0, find_dockerfile.m)(plan, session.workspace);
			const dockerfile = parseDockerfile(
				(0, external_node_fs_.readFileSync)((0, find_dockerfile.G)(session.workspace, dockerfilePath), "utf8"),
				dockerfilePath,
			);
			for (const { name, meant } of undeclaredArgs(dockerfile, plan.buildArgs.keys())) {
				const guess = void 0 === meant ? "" : ` Did you mean ${meant}?`;
				session.log.warning(`No ARG takes the build argument ${name}.${guess}`, { file: dockerfilePath });
			}
			const context = openContext(plan, dockerfilePath, session);
			const finished = [];
			for (const platform of plan.platforms)
				finished.push(await buildFor(platform, { plan, dockerfile, context, session }));
			const [first] = finished;
			if (void 0 === first) throw new Error("an image without a platform came as far as its build");
			const index = finished.length > 1 ? indexOf(finished) : void 0;
			const result = {
				digest: (index ?? first.manifest).digest,
				size: first.layers.reduce((sum, { size }) => sum + size, first.config.size),
				layers: first.layers.length,
			};
			if (!session.push) return result;
			const to = { client: session.client(plan.registry), repository: plan.repository };
			const traffic = [];
			for (const image of finished) traffic.push(await pushImage(image, to));
			if (void 0 !== index) await pushIndex(index, to);
			return { ...result, traffic: total(traffic) };
		}
		function openContext(plan, dockerfile, { workspace }) {
			const candidates = [`${dockerfile}.dockerignore`, (0, external_node_path_.join)(plan.context, ".dockerignore")];
			const file = candidates.find((path) =>
				(0, external_node_fs_.existsSync)((0, find_dockerfile.G)(workspace, path)),
			);
			const text =
				void 0 === file ? "" : (0, external_node_fs_.readFileSync)((0, find_dockerfile.G)(workspace, file), "utf8");
			const ignore = new Ignore(text, file ?? "");
			return new BuildContext({ folder: (0, find_dockerfile.G)(workspace, plan.context), ignore, time: plan.epoch });
		}
		async function buildFor(platform, o) {
			const { plan, dockerfile, context, session } = o;
			const { contents, images } = session;
			const { target, buildArgs, labels, registry, repository, epoch } = plan;
			const buildPlatform = (0, image_platform.j7)({
				os: "linux",
				architecture: "arm64" === process.arch ? "arm64" : "amd64",
			});
			const state = await buildDirectly({
				dockerfile,
				context,
				contents,
				images,
				target,
				buildArgs,
				platform,
				buildPlatform,
				labels,
				epoch,
			});
			if (!session.push || !session.cache) return finishImage(state, { contents, epoch });
			const names = [...plan.tags.names, "latest"].map((tag) => `${registry}/${repository}:${tag}`);
			const known = new KnownLayers({ images, names, platform });
			return finishImage(state, { contents, epoch, findLayer: (archive) => known.find(archive) });
		}
		function total(traffic) {
			const sum = (of) => traffic.reduce((all, one) => all + of(one), 0);
			return {
				uploaded: sum(({ uploaded }) => uploaded),
				reused: sum(({ reused }) => reused),
				uploadedBytes: sum(({ uploadedBytes }) => uploadedBytes),
			};
		}
	},
	9919: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, { G: () => below, m: () => findDockerfile });
		var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
		var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
		var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1557);
		var _runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4140);
		function findDockerfile(plan, workspace) {
			const { name, context, dockerfiles } = plan;
			if (!isA("isDirectory", below(workspace, context)))
				throw new _error_js__WEBPACK_IMPORTED_MODULE_2__.G(
					`Cannot build ${name} because its context is no folder of the workspace: got ${context}`,
					{
						code: "configuration",
						hint: "context is relative to the root of the repository. Is it checked out before this step?",
					},
				);
			const found = dockerfiles.find((path) => isA("isFile", below(workspace, path)));
			if (void 0 !== found) return found;
			const first = dockerfiles[0] ?? "Dockerfile";
			const meant = dockerfiles.map((path) => nearPath(path, workspace)).find((path) => void 0 !== path);
			throw new _error_js__WEBPACK_IMPORTED_MODULE_2__.G(
				`Cannot build ${name} because there is no Dockerfile: got ${first}`,
				{
					code: "configuration",
					hint:
						void 0 === meant
							? "dockerfile is relative to the root of the repository, or to the context."
							: `Did you mean ${meant}?`,
				},
			);
		}
		function below(workspace, path) {
			return (0, node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path)
				? path
				: (0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, path);
		}
		function nearPath(path, workspace) {
			const folder = (0, node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
			if (!isA("isDirectory", below(workspace, folder))) return;
			const names = (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(below(workspace, folder));
			const wanted = path.slice("." === folder ? 0 : folder.length + 1);
			const meant =
				(0, _runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__.p)(wanted, names) ??
				names.find((name) => /^dockerfile/i.test(name) && !name.endsWith(".dockerignore"));
			return void 0 === meant ? void 0 : (0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, meant);
		}
		function isA(kind, path) {
			return (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false })?.[kind]() === true;
		}
	},
};
