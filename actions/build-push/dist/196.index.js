export const id = 196;
export const ids = [196];
export const modules = {

/***/ 6815:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  directBuilder: () => (/* binding */ directBuilder)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/error.ts
var src_error = __webpack_require__(1557);
// EXTERNAL MODULE: ./src/parallel.ts
var parallel = __webpack_require__(3716);
// EXTERNAL MODULE: ./src/registry/media-types.ts
var media_types = __webpack_require__(9867);
// EXTERNAL MODULE: ./src/registry/reference.ts
var registry_reference = __webpack_require__(9310);
;// CONCATENATED MODULE: ./src/image/file-tree.ts

/** The root is never part of a layer. It changes whenever the image does, so it is newer than anything else. */
const newRoot = { mode: 0o755, uid: 0, gid: 0, mtime: Infinity };
/** The files of an image, in memory: names and attributes, and of each file's content where it is. */
class FileTree {
    #root = { type: "directory", ...newRoot, entries: new Map() };
    #changed = new Set();
    get(path) {
        let node = this.#root;
        for (const name of names(path))
            node = node?.type === "directory" ? node.entries.get(name) : undefined;
        return node;
    }
    list(path) {
        const directory = this.#directory(path);
        return directory === undefined ? [] : [...directory.entries.keys()].sort();
    }
    /**
     * Puts an entry at a path whose directory exists, in place of what is there. A directory in place of a directory keeps what is in it.
     * Files are never changed, only replaced, so that trees can share them. `now` becomes the time of the directory it is put into.
     */
    put(path, entry, now) {
        const parent = this.#directory(external_node_path_.posix.dirname(path));
        if (parent === undefined)
            throw new Error(`${external_node_path_.posix.dirname(path)} is not a directory`);
        const name = external_node_path_.posix.basename(path);
        const old = parent.entries.get(name);
        const entries = old?.type === "directory" ? old.entries : new Map();
        parent.entries.set(name, entry.type === "directory" ? { ...entry, entries } : entry);
        if (now !== undefined)
            parent.mtime = now;
        if (!isSame(old, entry))
            this.#changed.add(path);
    }
    remove(path) {
        this.#directory(external_node_path_.posix.dirname(path))?.entries.delete(external_node_path_.posix.basename(path));
    }
    /** The same files again, to go on from. What changes in one does not show in the other. */
    clone() {
        const copy = new FileTree();
        copy.#root = cloneDirectory(this.#root);
        return copy;
    }
    /** Starts to note what changes anew, as a layer does. */
    beginLayer() {
        this.#changed = new Set();
    }
    /**
     * What has changed since `beginLayer`, in the order of a layer's archive: by name within each directory, a directory before what is in
     * it. The directories that lead there are part of it with the attributes they have, or a runtime would make up others.
     */
    changes() {
        const found = [];
        const leading = new Set();
        for (const path of this.#changed)
            for (let above = external_node_path_.posix.dirname(path); above !== "/" && !leading.has(above); above = external_node_path_.posix.dirname(above))
                leading.add(above);
        const walk = (directory, path) => {
            for (const name of [...directory.entries.keys()].sort()) {
                const below = external_node_path_.posix.join(path, name);
                const entry = directory.entries.get(name);
                if (entry === undefined || !(leading.has(below) || this.#changed.has(below)))
                    continue;
                found.push({ path: below, entry: snapshot(entry) });
                if (entry.type === "directory" && leading.has(below))
                    walk(entry, below);
            }
        };
        walk(this.#root, "/");
        return found;
    }
    #directory(path) {
        let node = this.#root;
        for (const name of names(path))
            node = node?.type === "directory" ? node.entries.get(name) : undefined;
        return node?.type === "directory" ? node : undefined;
    }
}
/** A directory goes on changing while later layers are made. */
function snapshot(node) {
    if (node.type !== "directory")
        return node;
    const { type, mode, uid, gid, mtime } = node;
    return { type, mode, uid, gid, mtime };
}
function names(path) {
    return path.split("/").filter((name) => name !== "");
}
/**
 * Whether putting `entry` in place of `old` changes nothing that a layer shows: a directory whose time alone changes, since that follows
 * from what is in it, and the same file once more.
 */
function isSame(old, entry) {
    if (old?.mode !== entry.mode || old.uid !== entry.uid || old.gid !== entry.gid)
        return false;
    if (old.type === "directory")
        return entry.type === "directory";
    const isOneFile = old.type === "file" && entry.type === "file" && old.content.from === "disk" && entry.content.from === "disk";
    return isOneFile && old.content.path === entry.content.path && old.mtime === entry.mtime;
}
function cloneDirectory(directory) {
    const entries = [...directory.entries].map(([name, node]) => [name, node.type === "directory" ? cloneDirectory(node) : node]);
    return { ...directory, entries: new Map(entries) };
}

// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./src/image/path.ts

/** A path with too many symbolic links leads in circles. */
const mostLinks = 255;
/**
 * Follows the symbolic links of a path, the last one too, as if the tree were the whole file system: a link to `/etc` leads to the
 * tree's own, and `..` never leads out. What does not exist is left as it is written.
 * @throws Error where links lead in circles, or a file is treated as a folder.
 */
function resolvePath(tree, path) {
    const open = path_names(path);
    let at = "/";
    let links = 0;
    for (let name = open.shift(); name !== undefined; name = open.shift()) {
        if (name === "..") {
            at = external_node_path_.posix.dirname(at);
            continue;
        }
        const next = external_node_path_.posix.join(at, name);
        const entry = tree.get(next);
        if (entry?.type === "symlink") {
            if (++links > mostLinks)
                throw new Error(`too many symbolic links in ${path}`);
            open.unshift(...path_names(entry.target));
            if (entry.target.startsWith("/"))
                at = "/";
            continue;
        }
        if (open.length > 0 && entry !== undefined && entry.type !== "directory")
            throw new Error(`${next} is not a directory`);
        at = next;
    }
    return at;
}
/** Follows the links up to the last name, which stays as it is. */
function resolveParent(tree, path) {
    const clean = external_node_path_.posix.join("/", path);
    return clean === "/" ? clean : external_node_path_.posix.join(resolvePath(tree, external_node_path_.posix.dirname(clean)), external_node_path_.posix.basename(clean));
}
function path_names(path) {
    return path.split("/").filter((name) => name !== "" && name !== ".");
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./src/image/tar/write.ts

const blockSize = 512;
/** Two blocks of zeros. */
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
/**
 * The header of one entry: POSIX ustar, with a PAX header before it for what that cannot hold. Byte for byte what Go's archive/tar writes,
 * so that equal files give the layer that BuildKit gives.
 */
function encodeHeader(header) {
    const typeFlag = typeFlags[header.type];
    const split = splitName(header.name);
    const others = paxRecords({ ...header, name: "" });
    if (split !== undefined && others.byteLength === 0)
        return encodeBlock({ ...header, ...split, typeFlag });
    const records = paxRecords(header);
    const block = encodeBlock({ ...header, typeFlag });
    return records.byteLength === 0 ? block : external_node_buffer_.Buffer.concat([encodePaxHeader(header.name, records), block]);
}
/** A long name in the two fields that ustar has for it, cut at a slash; undefined where it is short or does not fit. */
function splitName(name) {
    if (name.length <= 100 || ascii(name) !== name)
        return undefined;
    const slash = name.slice(0, Math.min(156, name.length - 1)).lastIndexOf("/");
    if (slash <= 0 || name.length - slash - 1 > 100)
        return undefined;
    return { prefix: name.slice(0, slash), name: name.slice(slash + 1) };
}
/** The zeros that fill the last block of a content. */
function padding(size) {
    return endOfArchive.subarray(0, (blockSize - (size % blockSize)) % blockSize);
}
function paxRecords({ name, linkName = "", uid, gid, size, mtime, capability }) {
    const records = [];
    if (capability !== undefined)
        records.push([capabilityRecord, capability]);
    if (!fitsOctal(gid, 8))
        records.push(["gid", String(gid)]);
    if (!fitsText(linkName))
        records.push(["linkpath", linkName]);
    if (!fitsOctal(mtime, 12))
        records.push(["mtime", String(mtime)]);
    if (!fitsText(name))
        records.push(["path", name]);
    if (!fitsOctal(size, 12))
        records.push(["size", String(size)]);
    if (!fitsOctal(uid, 8))
        records.push(["uid", String(uid)]);
    return external_node_buffer_.Buffer.concat(records.map(encodeRecord));
}
/** `length key=value\n`, where the length counts its own digits. */
function encodeRecord([key, value]) {
    const rest = external_node_buffer_.Buffer.concat([external_node_buffer_.Buffer.from(` ${key}=`), external_node_buffer_.Buffer.from(value), external_node_buffer_.Buffer.from("\n")]);
    let length = rest.byteLength;
    while (String(length).length + rest.byteLength !== length)
        length = String(length).length + rest.byteLength;
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
    block.write("ustar\0" + "00", 257);
    if (header.typeFlag !== "x") {
        writeOctal(block.subarray(329, 337), header.major ?? 0);
        writeOctal(block.subarray(337, 345), header.minor ?? 0);
    }
    writeText(block.subarray(345, 500), header.prefix ?? "");
    // The sum counts its own eight bytes as blanks.
    const sum = block.reduce((total, byte) => total + byte, 8 * 0x20);
    block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return block;
}
/** What does not fit is cut: the PAX header has it whole. A cut may not leave a slash at the end, or a file would look like a directory. */
function writeText(field, text) {
    const plain = ascii(text);
    field.write(plain, "latin1");
    if (plain.length <= field.length || field.at(-1) !== 0x2f)
        return;
    field.fill(0, plain.slice(0, field.length - 1).replace(/\/+$/, "").length);
}
/** A number that does not fit is 0: the PAX header has it. */
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

;// CONCATENATED MODULE: ./src/image/tar/read.ts

const types = {
    "\0": "file",
    "0": "file",
    "7": "file",
    "1": "hard-link",
    "2": "symlink",
    "3": "character-device",
    "4": "block-device",
    "5": "directory",
    "6": "pipe",
};
/** Longer than any name or attribute; a header beyond it is an attack or no archive. */
const longestExtension = 1024 * 1024;
/**
 * Reads an archive as its bytes come: ustar, PAX and GNU long names. Nothing is kept but the header in work.
 * @throws Error from `write` and `end` where it is no archive, is cut off, or uses what is not read here (sparse files).
 */
class TarReader {
    #onEntry;
    #pending = Buffer.alloc(0);
    /** Content and padding that still belong to the last header. */
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
        let rest = this.#pending.byteLength === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
        while (!this.#ended) {
            const taken = this.#left + this.#padding > 0 ? this.#takeContent(rest) : this.#takeHeader(rest);
            if (taken === 0)
                break;
            rest = rest.subarray(taken);
        }
        this.#pending = this.#ended ? Buffer.alloc(0) : Buffer.from(rest);
    }
    end() {
        if (!this.#ended && (this.#left > 0 || this.#pending.byteLength > 0))
            throw new Error("the archive is cut off");
    }
    #takeContent(bytes) {
        const content = Math.min(this.#left, bytes.byteLength);
        if (content > 0) {
            this.#sink?.(bytes.subarray(0, content));
            this.#left -= content;
        }
        const padding = this.#left > 0 ? 0 : Math.min(this.#padding, bytes.byteLength - content);
        this.#padding -= padding;
        if (this.#left === 0 && this.#extensionFlag !== "")
            this.#endExtension();
        return content + padding;
    }
    #takeHeader(bytes) {
        if (bytes.byteLength < blockSize)
            return 0;
        const block = bytes.subarray(0, blockSize);
        if (block[0] === 0 && block.every((byte) => byte === 0)) {
            this.#ended = true;
            return blockSize;
        }
        requireChecksum(block);
        const flag = String.fromCharCode(block[156] ?? 0);
        const size = numberOf(this.#local.get("size") ?? this.#global.get("size"), readNumber(block.subarray(124, 136)));
        if ("xgLK".includes(flag))
            this.#beginExtension(flag, readNumber(block.subarray(124, 136)));
        else
            this.#beginEntry(block, { flag, size });
        return blockSize;
    }
    #beginExtension(flag, size) {
        if (size > longestExtension)
            throw new Error("an entry's header is too long");
        this.#extensionFlag = flag;
        this.#extension = [];
        this.#sink = (chunk) => this.#extension.push(Buffer.from(chunk));
        this.#setLength(size);
        if (size === 0)
            this.#endExtension();
    }
    #endExtension() {
        const bytes = Buffer.concat(this.#extension);
        const flag = this.#extensionFlag;
        this.#extensionFlag = "";
        if (flag === "g")
            this.#global = new Map([...this.#global, ...parseRecords(bytes)]);
        else if (flag === "x")
            this.#local = new Map([...this.#local, ...parseRecords(bytes)]);
        else
            this.#local = new Map([...this.#local, [flag === "L" ? "path" : "linkpath", untilZero(bytes)]]);
    }
    #beginEntry(block, o) {
        const records = new Map([...this.#global, ...this.#local]);
        this.#local = new Map();
        const type = types[o.flag];
        if (type === undefined || [...records.keys()].some((key) => key.startsWith("GNU.sparse")))
            throw new Error(`an entry is of a kind that is not read here: got "${o.flag}"`);
        const header = entryHeader(block, { type, records });
        const size = type === "file" ? o.size : 0;
        // Old archives mark a directory by its name alone.
        const isDirectory = type === "file" && header.name.endsWith("/");
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
    const isUstar = block.toString("latin1", 257, 263) === "ustar\0";
    const prefix = isUstar ? read_text(block.subarray(345, 500)) : "";
    const name = read_text(block.subarray(0, 100));
    const linkName = records.get("linkpath")?.toString("utf8") ?? read_text(block.subarray(157, 257));
    const capability = records.get(capabilityRecord);
    return {
        type: o.type,
        name: records.get("path")?.toString("utf8") ?? (prefix === "" ? name : `${prefix}/${name}`),
        mode: readNumber(block.subarray(100, 108)) & 0o7777,
        uid: numberOf(records.get("uid"), readNumber(block.subarray(108, 116))),
        gid: numberOf(records.get("gid"), readNumber(block.subarray(116, 124))),
        size: 0,
        mtime: Math.floor(numberOf(records.get("mtime"), readNumber(block.subarray(136, 148)))),
        major: readNumber(block.subarray(329, 337)),
        minor: readNumber(block.subarray(337, 345)),
        ...(linkName === "" ? {} : { linkName }),
        ...(capability === undefined ? {} : { capability }),
    };
}
function parseRecords(bytes) {
    const records = new Map();
    for (let at = 0; at < bytes.byteLength;) {
        const blank = bytes.indexOf(0x20, at);
        const length = Number(bytes.toString("latin1", at, blank));
        const equals = bytes.indexOf(0x3d, blank);
        if (!Number.isInteger(length) || length <= 0 || equals === -1 || equals > at + length)
            throw new Error("a PAX header is malformed");
        records.set(bytes.toString("utf8", blank + 1, equals), bytes.subarray(equals + 1, at + length - 1));
        at += length;
    }
    return records;
}
function numberOf(record, otherwise) {
    const number = record === undefined ? otherwise : Number(record.toString("latin1"));
    if (Number.isNaN(number))
        throw new Error("a header holds something that is not a number");
    return number;
}
/** Octal digits, or GNU's big-endian number after a set first bit. */
function readNumber(field) {
    const first = field[0] ?? 0;
    if (first & 0x80)
        return field.subarray(1).reduce((value, byte) => value * 256 + byte, first & 0x3f);
    const digits = read_text(field).trim();
    if (!/^[0-7]*$/.test(digits))
        throw new Error("a header holds something that is not a number");
    return digits === "" ? 0 : parseInt(digits, 8);
}
function requireChecksum(block) {
    const told = parseInt(read_text(block.subarray(148, 156)), 8);
    let sum = 8 * 0x20;
    for (let index = 0; index < blockSize; index++)
        if (index < 148 || index >= 156)
            sum += block[index] ?? 0;
    if (sum !== told)
        throw new Error("it is not a tar archive, or damaged");
}
function read_text(field) {
    return untilZero(field).toString("utf8");
}
function untilZero(field) {
    const end = field.indexOf(0);
    return end === -1 ? field : field.subarray(0, end);
}

;// CONCATENATED MODULE: ./src/image/layer-entries.ts








/** Files whose content is kept while the layer passes by, so that it need not be read twice: owners are looked up in them. */
const keptFiles = ["etc/passwd", "etc/group"];
const longestKept = 1024 * 1024;
const whiteout = ".wh.";
const opaque = ".wh..wh..opq";
/** Reads what a layer holds, without the files' contents. */
async function readLayerEntries(layer) {
    const entries = [];
    await readLayer(layer, (header, index) => {
        const isKept = keptFiles.includes(external_node_path_.posix.normalize(header.name)) && header.type === "file" && header.size <= longestKept;
        if (!isKept) {
            entries.push({ header, layer, index });
            return undefined;
        }
        const bytes = Buffer.alloc(header.size);
        let at = 0;
        entries.push({ header, layer, index, bytes });
        return (chunk) => (at += chunk.copy(bytes, at));
    });
    return entries;
}
/** Streams a layer's archive past `onEntry`, which says where an entry's content goes. */
async function readLayer(layer, onEntry) {
    let count = 0;
    const reader = new TarReader((header) => onEntry(header, count++));
    const drain = async (bytes) => {
        for await (const chunk of bytes)
            reader.write(chunk);
        reader.end();
    };
    const compressed = external_node_stream_.Readable.from(layer.client.readBlob(layer.repository, layer), { objectMode: false });
    try {
        if (layer.mediaType === media_types/* mediaType */.J.layer)
            await (0,promises_.pipeline)(compressed, drain);
        else
            await (0,promises_.pipeline)(compressed, decompressor(layer.mediaType), drain);
    }
    catch (error) {
        if (error instanceof src_error/* SlipwayError */.G)
            throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw unreadable(layer, reason, error);
    }
}
function unreadable(layer, why, cause) {
    const { digest, client, repository } = layer;
    return new src_error/* SlipwayError */.G(`Cannot read the layer ${digest} of ${client.registry}/${repository} because ${why}`, {
        code: "refused",
        cause,
    });
}
function decompressor(type) {
    const options = { chunkSize: 256 * 1024 };
    return type === media_types/* mediaType */.J.zstdLayer ? (0,external_node_zlib_.createZstdDecompress)(options) : (0,external_node_zlib_.createGunzip)(options);
}
/** Puts a layer upon what is there, as a runtime does when it unpacks an image (OCI image specification, layer.md). */
function applyLayer(tree, entries) {
    const added = new Set();
    for (const entry of entries) {
        const path = resolveParent(tree, external_node_path_.posix.join("/", entry.header.name));
        const name = external_node_path_.posix.basename(path);
        if (path === "/")
            continue;
        if (name === opaque) {
            const directory = external_node_path_.posix.dirname(path);
            for (const below of tree.list(directory))
                if (!added.has(external_node_path_.posix.join(directory, below)))
                    tree.remove(external_node_path_.posix.join(directory, below));
        }
        else if (name.startsWith(whiteout)) {
            const removed = external_node_path_.posix.join(external_node_path_.posix.dirname(path), name.slice(whiteout.length));
            if (!added.has(removed))
                tree.remove(removed);
        }
        else {
            makeParents(tree, external_node_path_.posix.dirname(path));
            tree.put(path, toEntry(tree, entry));
            for (let at = path; at !== "/" && !added.has(at); at = external_node_path_.posix.dirname(at))
                added.add(at);
        }
    }
}
function makeParents(tree, path) {
    if (tree.get(path)?.type === "directory")
        return;
    makeParents(tree, external_node_path_.posix.dirname(path));
    tree.put(path, { type: "directory", mode: 0o755, uid: 0, gid: 0, mtime: 0 });
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
            if (linked === undefined || linked.type === "directory")
                throw unreadable(layer, `its entry ${header.name} is a link to nothing`);
            return linked;
        }
        case "file": {
            const content = bytes === undefined ? { from: "layer", layer, index } : { from: "memory", bytes };
            const { capability } = header;
            return { type: "file", size, content, ...attributes, ...(capability === undefined ? {} : { capability }) };
        }
        default:
            return { type: "special", kind: header.type, major, minor, ...attributes };
    }
}

// EXTERNAL MODULE: ./src/image/platform.ts
var image_platform = __webpack_require__(2554);
;// CONCATENATED MODULE: ./src/image/base-image.ts







const atOnce = 3;
const configLimit = 8 * 1024 * 1024;
/** Finds images in their registries. Each is read once, however many builds want it. */
class BaseImages {
    #client;
    #found = new Map();
    constructor(client) {
        this.#client = client;
    }
    /** @throws SlipwayError where there is no such image, it is not for that platform, or it may not be read. */
    find(name, platform) {
        const reference = (0,registry_reference/* parseReference */.F2)(name);
        const key = `${(0,registry_reference/* formatReference */.FH)(reference)} ${(0,image_platform/* formatPlatform */.Bq)(platform)}`;
        const found = this.#found.get(key) ?? this.#find(reference, platform);
        this.#found.set(key, found);
        return found;
    }
    async #find(reference, platform) {
        const { registry, repository } = reference;
        const client = this.#client(registry);
        const manifest = await this.#manifest(client, reference, platform);
        const { config, layers = [] } = parse(manifest.bytes);
        if (config === undefined)
            throw malformed((0,registry_reference/* formatReference */.FH)(reference), "a manifest without a config");
        const document = parse(await readWhole(client.readBlob(repository, config)));
        const name = (0,registry_reference/* formatReference */.FH)({ registry, repository, digest: manifest.digest });
        const own = (0,image_platform/* normalise */.j7)(document);
        if ((0,image_platform/* bestFor */.CF)(platform, [{ platform: own }]) === undefined)
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
        const manifest = await client.readManifest(reference.repository, (0,registry_reference/* manifestName */.vS)(reference));
        if (manifest.mediaType === media_types/* mediaType */.J.manifest || manifest.mediaType === media_types/* mediaType */.J.dockerManifest)
            return manifest;
        if (manifest.mediaType !== media_types/* mediaType */.J.index && manifest.mediaType !== media_types/* mediaType */.J.dockerList)
            throw malformed((0,registry_reference/* formatReference */.FH)(reference), `the media type ${manifest.mediaType}`);
        const { manifests } = parse(manifest.bytes);
        const offered = manifests.flatMap(({ digest, platform }) => platform ? [{ digest, platform: (0,image_platform/* normalise */.j7)(platform) }] : []);
        const best = (0,image_platform/* bestFor */.CF)(platform, offered);
        if (best === undefined)
            throw otherPlatform({ reference, platform, offered: offered.map((one) => one.platform) });
        return client.readManifest(reference.repository, best.digest);
    }
}
async function readTree(layers) {
    const entries = await (0,parallel/* inParallel */.H)(layers, atOnce, (layer) => readLayerEntries(layer));
    const tree = new FileTree();
    for (const layer of entries)
        applyLayer(tree, layer);
    return tree;
}
async function readWhole(bytes) {
    const chunks = [];
    let size = 0;
    for await (const chunk of bytes) {
        size += chunk.byteLength;
        if (size > configLimit)
            throw new src_error/* SlipwayError */.G("Cannot read an image's config because it is too large", { code: "refused" });
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
/** Documents of a registry whose digests have been checked. */
function parse(bytes) {
    return JSON.parse(bytes.toString("utf8"));
}
const ociTypes = {
    [media_types/* mediaType */.J.dockerLayer]: media_types/* mediaType */.J.layer,
    [media_types/* mediaType */.J.dockerGzipLayer]: media_types/* mediaType */.J.gzipLayer,
};
function ociLayerType(type, image) {
    const converted = ociTypes[type] ?? type;
    if ([media_types/* mediaType */.J.layer, media_types/* mediaType */.J.gzipLayer, media_types/* mediaType */.J.zstdLayer].includes(converted))
        return converted;
    throw malformed(image, `a layer of media type ${type}`);
}
function malformed(image, got) {
    return new src_error/* SlipwayError */.G(`Cannot build on ${image} because the direct builder does not know how to read it: got ${got}`, {
        code: "configuration",
        hint: 'Set "builder: docker" for this image.',
    });
}
function otherPlatform(o) {
    const offered = o.offered.map(image_platform/* formatPlatform */.Bq).filter((name) => name !== "unknown/unknown");
    return new src_error/* SlipwayError */.G(`Cannot build on ${(0,registry_reference/* formatReference */.FH)(o.reference)} because it is not there for ${(0,image_platform/* formatPlatform */.Bq)(o.platform)}: got ${offered.join(", ") || "none"}`, { code: "configuration", hint: "Set platforms to one that the image is there for, or choose another image." });
}

;// CONCATENATED MODULE: ./src/image/context.ts



/**
 * The folder whose files COPY may take, less what .dockerignore leaves out. Files belong to root and bear the commit's time, so that the
 * same commit gives the same layers on every machine. Nothing is read before it is asked for.
 */
class BuildContext {
    #folder;
    #ignore;
    #time;
    #visited = new Map();
    #linked = new Map();
    /** `time`: what every file bears, in seconds since 1970. @throws SlipwayError `configuration` where the folder does not exist. */
    constructor(o) {
        this.#folder = (0,external_node_fs_.realpathSync)(o.folder);
        this.#ignore = o.ignore;
        this.#time = o.time;
    }
    get(path) {
        if (path === "/")
            return { type: "directory", ...this.#attributes(0o755) };
        const visited = this.#visit(path);
        if (visited === undefined || !this.#isVisible(path, visited))
            return undefined;
        return this.#entry(path, visited.stats);
    }
    list(path) {
        const names = (0,external_node_fs_.readdirSync)(this.#disk(path)).filter((name) => {
            const below = external_node_path_.posix.join(path, name);
            const visited = this.#visit(below);
            return visited !== undefined && this.#isVisible(below, visited);
        });
        const unreadable = names.find((name) => name.includes("\ufffd"));
        if (unreadable === undefined)
            return names.sort();
        throw new src_error/* SlipwayError */.G(`Cannot copy ${external_node_path_.posix.join(path, unreadable).slice(1)} because its name is not UTF-8`, {
            code: "configuration",
            hint: "Rename the file, or leave it out by .dockerignore.",
        });
    }
    /** For an error: why a path that is on disk is not in the context. */
    whyMissing(path) {
        const visited = this.#visit(path);
        if (visited === undefined || this.#isVisible(path, visited))
            return undefined;
        return `${this.#ignore.file}, line ${visited.verdict.line ?? 0}, leaves it out`;
    }
    /** For an error: the names on disk in a directory, ignored ones too. */
    namesOnDisk(path) {
        return this.#visit(path)?.stats.isDirectory() === true || path === "/" ? (0,external_node_fs_.readdirSync)(this.#disk(path)) : [];
    }
    #visit(path) {
        if (this.#visited.has(path))
            return this.#visited.get(path);
        const parent = external_node_path_.posix.dirname(path);
        const above = parent === "/" ? undefined : this.#visit(parent);
        const stats = parent === "/" || above?.stats.isDirectory() ? (0,external_node_fs_.lstatSync)(this.#disk(path), { throwIfNoEntry: false }) : undefined;
        const visited = stats && { stats, verdict: this.#ignore.judge(path.slice(1), above?.verdict) };
        this.#visited.set(path, visited);
        return visited;
    }
    /** An ignored directory is there all the same where something in it is. */
    #isVisible(path, { stats, verdict }) {
        if (!verdict.isIgnored)
            return true;
        return stats.isDirectory() && this.#ignore.mayReach(path.slice(1)) && this.list(path).length > 0;
    }
    #entry(path, stats) {
        const attributes = this.#attributes(stats.mode & 0o7777);
        if (stats.isDirectory())
            return { type: "directory", ...attributes };
        if (stats.isSymbolicLink())
            return { type: "symlink", target: (0,external_node_fs_.readlinkSync)(this.#disk(path)), ...attributes, mode: 0o777 };
        if (!stats.isFile())
            return { type: "special", ...deviceOf(stats), ...attributes };
        const file = {
            type: "file",
            size: stats.size,
            content: { from: "disk", path: this.#disk(path) },
            ...attributes,
        };
        if (stats.nlink === 1)
            return file;
        const inode = `${stats.dev}:${stats.ino}`;
        const known = this.#linked.get(inode) ?? file;
        this.#linked.set(inode, known);
        return known;
    }
    #attributes(mode) {
        return { mode, uid: 0, gid: 0, mtime: this.#time };
    }
    #disk(path) {
        return (0,external_node_path_.join)(this.#folder, path);
    }
}
function deviceOf(stats) {
    const numbers = { major: (stats.rdev >> 8) & 0xfff, minor: (stats.rdev & 0xff) | ((stats.rdev >> 12) & 0xfff00) };
    if (stats.isBlockDevice())
        return { kind: "block-device", ...numbers };
    if (stats.isCharacterDevice())
        return { kind: "character-device", ...numbers };
    return { kind: stats.isFIFO() ? "pipe" : "socket", major: 0, minor: 0 };
}

;// CONCATENATED MODULE: ./src/image/contents.ts



/** Up to this size a file is read in one piece. */
const smallFile = 256 * 1024;
/**
 * Gives the bytes of files, wherever they are. What lies in the layers of other images is fetched first, by `fetch`, into a folder of
 * its own: a layer can only be read from its start to its end.
 */
class Contents {
    #folder;
    #signal;
    #fetched = new Map();
    #files = 0;
    /** @param temp where the folder is made; `close` removes it. @param signal ends the reading, with an error. */
    constructor(temp, signal) {
        this.#folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(temp, "slipway-image-"));
        this.#signal = signal;
    }
    /** A path in the folder that nobody else gets. */
    newPath() {
        return (0,external_node_path_.join)(this.#folder, String(this.#files++));
    }
    /** Makes the contents of these files readable. Each layer is read once. */
    async fetch(files) {
        const wanted = new Map();
        for (const { content } of files) {
            if (content.from !== "layer" || this.#fetched.get(content.layer)?.has(content.index) === true)
                continue;
            wanted.set(content.layer, (wanted.get(content.layer) ?? new Set()).add(content.index));
        }
        for (const [layer, indices] of wanted)
            await this.#fetchLayer(layer, indices);
    }
    /** The bytes of a file, in pieces. */
    open(file) {
        const { content, size } = file;
        const signal = this.#signal;
        signal?.throwIfAborted();
        if (size === 0)
            return [];
        switch (content.from) {
            case "memory":
                return [content.bytes];
            case "disk":
                return size <= smallFile
                    ? [(0,external_node_fs_.readFileSync)(content.path)]
                    : (0,external_node_fs_.createReadStream)(content.path, { highWaterMark: smallFile, signal });
            case "layer": {
                const { path, start } = this.#place(content);
                return (0,external_node_fs_.createReadStream)(path, { start, end: start + size - 1, highWaterMark: smallFile, signal });
            }
        }
    }
    close() {
        (0,external_node_fs_.rmSync)(this.#folder, { recursive: true, force: true });
    }
    #place(content) {
        const place = this.#fetched.get(content.layer)?.get(content.index);
        if (place === undefined)
            throw new Error("a file of a layer was opened before it was fetched");
        return place;
    }
    async #fetchLayer(layer, indices) {
        const path = this.newPath();
        const places = this.#fetched.get(layer) ?? new Map();
        const descriptor = (0,external_node_fs_.openSync)(path, "wx", 0o600);
        let end = 0;
        try {
            await readLayer(layer, (_header, index) => {
                if (!indices.has(index))
                    return undefined;
                places.set(index, { path, start: end });
                return (chunk) => (end += writeWhole(descriptor, chunk));
            });
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
        this.#fetched.set(layer, places);
    }
}
function writeWhole(descriptor, bytes) {
    let written = 0;
    while (written < bytes.byteLength)
        written += (0,external_node_fs_.writeSync)(descriptor, bytes, written);
    return written;
}

;// CONCATENATED MODULE: ./src/image/dockerfile/mistake.ts

/** An error about one line of a Dockerfile. */
function mistake(place, message, hint) {
    const problem = { message, ...place, ...(hint === undefined ? {} : { hint }) };
    return new src_error/* SlipwayError */.G(message, {
        code: "configuration",
        problems: [problem],
        ...(hint === undefined ? {} : { hint }),
    });
}

// EXTERNAL MODULE: ./src/runner/nearest.ts
var nearest = __webpack_require__(4140);
;// CONCATENATED MODULE: ./src/image/archive-kind.ts




const headLength = 64 * 1024;
/** bzip2, xz and zstd, by their first bytes. */
const compressed = [/^BZh/, /^\xfd7zXZ\0/, /^\x28\xb5\x2f\xfd/];
/** Whether ADD would unpack a file: a tar archive, as it is or compressed. Compressed in a way that is not looked into counts. */
function looksLikeArchive(path) {
    const head = readHead(path);
    if (compressed.some((start) => start.test(head.toString("latin1", 0, 8))))
        return true;
    return isTar(head[0] === 0x1f && head[1] === 0x8b ? unzipped(head) : head);
}
function readHead(path) {
    const head = Buffer.alloc(headLength);
    const descriptor = (0,external_node_fs_.openSync)(path, "r");
    try {
        return head.subarray(0, (0,external_node_fs_.readSync)(descriptor, head));
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
function unzipped(head) {
    try {
        return (0,external_node_zlib_.gunzipSync)(head, { finishFlush: external_node_zlib_.constants.Z_SYNC_FLUSH });
    }
    catch {
        // It only begins like gzip.
        return head;
    }
}
function isTar(bytes) {
    if (bytes.byteLength < blockSize)
        return false;
    let entries = 0;
    try {
        const reader = new TarReader(() => {
            entries++;
            return undefined;
        });
        reader.write(bytes.subarray(0, headLength));
        return entries > 0;
    }
    catch {
        return entries > 0;
    }
}

;// CONCATENATED MODULE: ./src/image/wildcard.ts
/** What a pattern of Go's path/filepath makes of a path; undefined where it is malformed, and so matches nothing. */
function wildcard(pattern) {
    let isMalformed = /(?:^|[^\\])(?:\\\\)*\\$/.test(pattern);
    const source = pattern.replace(/\\(.)|\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|./gsu, (match, escaped, not, set) => {
        if (match === "*")
            return "[^/]*";
        if (match === "?")
            return "[^/]";
        isMalformed ||= match === "[";
        if (set === undefined)
            return literal(escaped ?? match);
        return `[${not ?? ""}${set.replace(/\\(.)|[^-]/gsu, (one, inSet) => literal(inSet ?? one))}]`;
    });
    return isMalformed ? undefined : expression(source);
}
/** A regular expression for whole texts; undefined where the source is none. */
function expression(source) {
    try {
        return new RegExp(`^(?:${source})$`, "su");
    }
    catch {
        return undefined;
    }
}
/** A character that stands for itself in a regular expression. */
function literal(character) {
    return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
/** Whether a name holds a character that makes it a pattern. */
function hasWildcard(name) {
    return /[*?[]/.test(name.replace(/\\./gs, ""));
}

;// CONCATENATED MODULE: ./src/image/copy.ts



/**
 * COPY with one source, as BuildKit does it (github.com/tonistiigi/fsutil/copy): links that lead to the source and to the destination are
 * followed, links among what is copied are copied; of a directory, its content is copied; directories merge, files replace files.
 * A pattern that matches nothing copies nothing. Entries of which no layer can be made are refused.
 * @throws Error naming the path that is missing or in the way.
 */
function copyInto(options) {
    for (const path of matching(options.source, options.pattern))
        new Copier(options).copy(path);
}
/** The paths that a pattern stands for, sorted. A path without wildcards stands for itself, whether it exists or not. */
function matching(source, pattern) {
    const parts = external_node_path_.posix.join("/", pattern).split("/").slice(1);
    const first = parts.findIndex(hasWildcard);
    if (first === -1)
        return [external_node_path_.posix.join("/", pattern).replace(/(?<=.)\/$/, "")];
    const base = resolvePath(source, `/${parts.slice(0, first).join("/")}`);
    if (source.get(base) === undefined)
        throw new MissingSourceError(base);
    const expression = wildcard(parts.slice(first).join("/"));
    const depth = parts.length - first;
    return expression === undefined ? [] : descend({ source, base, expression, depth }, "");
}
function descend(search, below) {
    const directory = external_node_path_.posix.join(search.base, below);
    if (search.source.get(directory)?.type !== "directory")
        return [];
    return search.source.list(directory).flatMap((name) => {
        const path = external_node_path_.posix.join(below, name);
        if (search.expression.test(path))
            return [external_node_path_.posix.join(search.base, path)];
        // Neither * nor ? matches a slash, so nothing deeper than the pattern can match.
        return path.split("/").length < search.depth ? descend(search, path) : [];
    });
}
class Copier {
    #options;
    /** Files with several names, by what they were in the source: they keep their names together. */
    #copied = new Map();
    constructor(options) {
        this.#options = options;
    }
    copy(path) {
        const { source, target, destination } = this.#options;
        const wanted = external_node_path_.posix.normalize(destination);
        this.#makeDirectories(resolvePath(target, /\/\.?$/.test(destination) ? wanted : external_node_path_.posix.dirname(wanted)));
        const from = resolvePath(source, path);
        const entry = source.get(from);
        if (entry === undefined)
            throw new MissingSourceError(path);
        const to = resolvePath(target, wanted);
        const there = target.get(to);
        if (entry.type === "directory") {
            this.#makeDirectories(to);
            this.#copyContent(from, to);
            return;
        }
        const place = there?.type === "directory" ? external_node_path_.posix.join(to, external_node_path_.posix.basename(path)) : to;
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
        if (entry === undefined)
            throw new MissingSourceError(from);
        const there = target.get(to);
        if (entry.type === "directory") {
            if (there !== undefined && there.type !== "directory")
                throw new Error(`${to} is there already and is no directory`);
            this.#put(to, { ...entry, ...this.#attributes(entry) });
            this.#copyContent(from, to);
        }
        else if (there?.type === "directory") {
            throw new Error(`${to} is there already and is a directory`);
        }
        else {
            this.#put(to, this.#converted(entry, from));
        }
    }
    #converted(entry, from) {
        if (entry.type === "special" && entry.kind === "socket")
            throw new Error(`${from.slice(1)} is a socket, of which no layer can be made`);
        if (entry.type === "symlink")
            return { ...entry, ...this.#attributes(entry), mode: 0o777 };
        if (entry.type === "special")
            return { ...entry, ...this.#attributes(entry) };
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
        if (directory?.type === "directory" && path !== "/" && entry)
            target.put(path, { ...directory, mtime: Math.min(entry.mtime, time) });
    }
}
/** The source of a COPY does not exist. */
class MissingSourceError extends Error {
    /** As the instruction names it, from the root of the source. */
    path;
    constructor(path) {
        super(`${path} does not exist`);
        this.path = path;
    }
}
/**
 * Makes a directory and those that lead to it; what is there stays as it is. `path` has no links in it any more.
 * @throws Error where something else is in the way.
 */
function makeDirectories(o) {
    const { target, path, time } = o;
    const there = target.get(path);
    if (there?.type === "directory")
        return;
    if (there !== undefined)
        throw new Error(`${path} is there already and is no directory`);
    makeDirectories({ ...o, path: external_node_path_.posix.dirname(path) });
    const { uid, gid } = o.owner ?? { uid: 0, gid: 0 };
    target.put(path, { type: "directory", mode: (o.mode ?? 0o755) & 0o777, uid, gid, mtime: time }, time);
}

;// CONCATENATED MODULE: ./src/image/dockerfile/flags.ts


/** Reads the `--name=value` words of one instruction. @throws SlipwayError for one that is unknown, twice there, or wrong. */
function readFlags(o) {
    const { keyword, known, place } = o;
    const values = {};
    for (const word of o.flags) {
        const [, name = "", given] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
        const kind = Object.hasOwn(known, name) ? known[name] : undefined;
        if (kind === undefined)
            throw unknownFlag({ keyword, name, known, place });
        if (Object.hasOwn(values, name))
            throw mistake(place, `${keyword} has --${name} twice`, "Remove one of the two.");
        values[name] =
            kind === "text" ? requireText({ keyword, name, given, place }) : yesOrNo({ keyword, name, given, place });
    }
    return values;
}
/** What to do about an instruction that needs BuildKit. */
const useDocker = 'Set "builder: docker" for this image, or take it out of the Dockerfile.';
function requireText({ keyword, name, given, place }) {
    if (given !== undefined)
        return given;
    throw mistake(place, `${keyword} --${name} has no value`, `Write it like --${name}=value.`);
}
function yesOrNo({ keyword, name, given, place }) {
    const value = (given ?? "true").toLowerCase();
    if (value === "true" || value === "false")
        return value;
    throw mistake(place, `${keyword} --${name} is neither true nor false: got "${given ?? ""}"`, `Write --${name} or --${name}=false.`);
}
function unknownFlag(o) {
    const names = Object.keys(o.known);
    const meant = (0,nearest/* nearest */.p)(o.name, names);
    const list = names.length === 0 ? `${o.keyword} has no flags.` : `Known: ${names.map((name) => `--${name}`).join(", ")}.`;
    return mistake(o.place, `${o.keyword} has an unknown flag --${o.name}`, meant ? `Did you mean --${meant}? ${list}` : list);
}

;// CONCATENATED MODULE: ./src/image/direct/owner.ts


/**
 * Who `1000`, `1000:50`, `node` or `node:www-data` is. Names are looked up in the image's own /etc/passwd and /etc/group; a number alone
 * stands for the user and the group of that number.
 * @throws SlipwayError at `place` where the image does not know a name.
 */
async function findOwner(o) {
    const [user = "", group] = o.text.split(/:(.*)/s, 2);
    const found = numeric(user) ?? (await lookUp({ ...o, name: user, file: "/etc/passwd" }));
    if (group === undefined)
        return found;
    const { gid } = numeric(group) ?? (await lookUp({ ...o, name: group, file: "/etc/group" }));
    return { uid: found.uid, gid };
}
function numeric(text) {
    // A group alone (":50") leaves the user to be root.
    if (text === "root" || text === "")
        return { uid: 0, gid: 0 };
    return /^\d+$/.test(text) ? { uid: Number(text), gid: Number(text) } : undefined;
}
async function lookUp(o) {
    const { name, file } = o;
    const lines = (await readText(o)).split("\n").map((line) => line.split(":"));
    // passwd is name:password:uid:gid:…, group is name:password:gid:…
    const [, , first, second] = lines.find(([known]) => known === name) ?? [];
    const gid = file === "/etc/passwd" ? second : first;
    if (/^\d+$/.test(first ?? "") && /^\d+$/.test(gid ?? ""))
        return { uid: Number(first), gid: Number(gid) };
    throw mistake(o.place, `The image has no "${name}" in ${file}`, "Write a number, which needs no name.");
}
async function readText(o) {
    const entry = o.tree.get(resolvePath(o.tree, o.file));
    if (entry?.type !== "file")
        return "";
    await o.contents.fetch([entry]);
    const chunks = [];
    for await (const chunk of o.contents.open(entry))
        chunks.push(chunk);
    return Buffer.concat(chunks).toString("utf8");
}

;// CONCATENATED MODULE: ./src/image/direct/files.ts











/** WORKDIR: makes the directory, unless it is there. Gives the line of the history. */
async function changeDirectory(value, o) {
    const { state, place, epoch } = o;
    const { config } = state.config;
    const given = state.expand(value, place);
    const above = config.WorkingDir ?? "/";
    config.WorkingDir = given.startsWith("/") ? given : external_node_path_.posix.join("/", above, given);
    if (config.WorkingDir !== "/") {
        const target = await state.tree();
        target.beginLayer();
        const path = locate(o, () => resolvePath(target, config.WorkingDir ?? "/"));
        if (target.get(path)?.type !== "directory") {
            const owner = config.User ? await findOwner({ ...o, text: config.User, tree: target }) : undefined;
            locate(o, () => makeDirectories({ target, path, owner, time: epoch }));
        }
        state.layers.push({ kind: "own", changes: target.changes() });
    }
    return `WORKDIR ${config.WorkingDir}`;
}
/** COPY and ADD: puts the files into the stage as one layer. Gives the line of the history. */
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
    const isLinked = instruction.link && chmod === "";
    const target = isLinked ? new FileTree() : await state.tree();
    target.beginLayer();
    const copy = {
        target,
        destination: absolute(state.config.config.WorkingDir ?? "/", destination),
        owner: chown === "" ? undefined : await findOwner({ ...o, text: chown, tree: target }),
        mode: chmod === "" ? undefined : parseMode(chmod, o, kind),
        time: o.epoch,
    };
    for (const pattern of sources) {
        requireLocal(pattern, o, kind);
        if (kind === "ADD" && instruction.unpack !== false)
            refuseArchives(pattern, o);
        locate(o, () => copyInto({ ...copy, source, pattern }), source);
    }
    for (const document of documents(instruction, o))
        locate(o, () => copyInto({ ...copy, ...document }));
    const changes = target.changes();
    state.layers.push({ kind: "own", changes });
    if (isLinked)
        state.link(changes);
    const flags = [chown && `--chown=${chown}`, chmod && `--chmod=${chmod}`].filter((flag) => flag !== "");
    const names = instruction.documents.map(({ name }) => `<<${name}`);
    return [kind, ...flags, ...sources, ...names, destination].join(" ");
}
/** A destination as it is copied to: below the working directory unless it starts at the root; a slash at the end stays. */
function absolute(workingDirectory, path) {
    if (path.startsWith("/"))
        return path;
    const isDirectory = path === "" || /(?:^|\/)\.?$/.test(path);
    return external_node_path_.posix.join("/", workingDirectory, path, isDirectory ? "/" : "");
}
/** The files that stand in the Dockerfile itself, each in a tree of its own. */
function documents({ documents }, { state, place, epoch }) {
    return documents.map(({ name, content, chomp, expand }) => {
        const text = chomp ? content.replace(/^\t+/gm, "") : content;
        const bytes = Buffer.from(expand ? state.expandDocument(text, place) : text);
        const source = new FileTree();
        const attributes = { mode: 0o644, uid: 0, gid: 0, mtime: epoch };
        source.put(`/${name}`, { type: "file", size: bytes.byteLength, content: { from: "memory", bytes }, ...attributes });
        return { source, pattern: `/${name}` };
    });
}
function parseMode(text, { place }, kind) {
    if (/^0*[0-7]{1,4}$/.test(text))
        return Number.parseInt(text, 8);
    throw mistake(place, `${kind} --chmod is not an octal number up to 7777: got "${text}"`, "Write it like --chmod=755.");
}
function requireLocal(source, { place }, kind) {
    if (!/^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/i.test(source))
        return;
    const why = kind === "COPY" ? "COPY takes no address" : "the direct builder fetches nothing from the internet";
    throw mistake(place, `${kind} cannot take ${source}: ${why}`, kind === "COPY" ? "Use ADD with builder: docker." : useDocker);
}
/** ADD unpacks archives, and what that makes of owners and times is not something that can be foreseen exactly. */
function refuseArchives(pattern, o) {
    for (const path of locate(o, () => matching(o.source, pattern))) {
        const entry = o.source.get(locate(o, () => resolvePath(o.source, path)));
        if (entry?.type !== "file" || entry.content.from !== "disk" || !looksLikeArchive(entry.content.path))
            continue;
        const hint = "Use COPY if it is to stay an archive. Otherwise unpack it in a step before, or set builder: docker.";
        throw mistake(o.place, `ADD would unpack ${path.slice(1)}, which the direct builder does not do`, hint);
    }
}
/** Does `work` on files; what goes wrong in it goes to the line of the instruction. */
function locate({ place }, work, source) {
    try {
        return work();
    }
    catch (error) {
        if (error instanceof MissingSourceError && source !== undefined)
            throw missing(error.path, place, source);
        if (error instanceof src_error/* SlipwayError */.G)
            throw mistake(place, error.message, error.hint);
        throw mistake(place, `This cannot be carried out: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function missing(path, place, source) {
    const folder = external_node_path_.posix.dirname(path);
    const name = external_node_path_.posix.basename(path);
    if (!(source instanceof BuildContext)) {
        const meant = (0,nearest/* nearest */.p)(name, source.get(folder)?.type === "directory" ? source.list(folder) : []);
        const hint = meant === undefined
            ? "Check the path, and what that stage or image holds."
            : `Did you mean ${external_node_path_.posix.join(folder, meant)}?`;
        return mistake(place, `There is no ${path} to copy`, hint);
    }
    const ignored = source.whyMissing(path);
    if (ignored !== undefined)
        return mistake(place, `${path.slice(1)} cannot be copied: ${ignored}`, "Add an exception there: !path.");
    const meant = (0,nearest/* nearest */.p)(name, source.namesOnDisk(folder));
    const hint = meant === undefined
        ? "Paths are relative to the image's context."
        : `Did you mean ${external_node_path_.posix.join(folder, meant).slice(1)}?`;
    return mistake(place, `There is no ${path.slice(1)} in the build context`, hint);
}

;// CONCATENATED MODULE: ./src/image/direct/go-format.ts
/** Text as Go's `%q` quotes it: the form in which histories show commands. */
function quoteGo(text) {
    const named = {
        '"': '\\"',
        "\\": "\\\\",
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
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
    if (code < 0x80)
        return `\\x${code.toString(16).padStart(2, "0")}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
/** Nanoseconds as Go writes a duration: `1m30s`, `500ms`, `0s`. */
function formatGoDuration(nanoseconds) {
    if (nanoseconds === 0)
        return "0s";
    if (nanoseconds < 1e9)
        return `${nanoseconds / 1e6}ms`;
    const hours = Math.floor(nanoseconds / 3600e9);
    const minutes = Math.floor(nanoseconds / 60e9) % 60;
    const seconds = (nanoseconds % 60e9) / 1e9;
    if (hours > 0)
        return `${hours}h${minutes}m${seconds}s`;
    return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

;// CONCATENATED MODULE: ./src/image/direct/ports.ts

/** `80`, `80-90`, `53/udp`, and what Docker takes too although it means nothing here: `8080:80`. As `port/protocol`. */
function parsePorts(specs, place) {
    return specs.flatMap((spec) => {
        const [, first = "", last = first, protocol = "tcp"] = /^(?:[^/]*:)?(\d+)(?:-(\d+))?(?:\/([a-zA-Z]*))?$/.exec(spec) ?? [];
        const [from, to] = [Number(first), Number(last)];
        const name = protocol.toLowerCase() || "tcp";
        if (first === "" || to > 65535 || to < from || !["tcp", "udp", "sctp"].includes(name))
            throw mistake(place, `EXPOSE is not a port: got "${spec}"`, "Write it like 8080, 8080/udp or 8080-8090.");
        return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}/${name}`);
    });
}

;// CONCATENATED MODULE: ./src/image/direct/signals.ts
/** The signals of Linux by name, without SIG. */
const signals_names = ("ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU " +
    "UNUSED URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX").split(" ");
/** Whether a container can be stopped by it: a name with or without SIG, a real-time signal such as RTMIN+3, or a number. */
function isSignal(text) {
    if (/^-?\d+$/.test(text))
        return Number(text) !== 0;
    const name = text.toUpperCase().replace(/^SIG/, "");
    return signals_names.includes(name) || /^RTMIN\+(?:[1-9]|1[0-5])$|^RTMAX-(?:[1-9]|1[0-4])$/.test(name);
}

;// CONCATENATED MODULE: ./src/image/direct/metadata.ts




/** Carries one out and gives its line in the history, worded as BuildKit does. */
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
            if (!state.hasCommand)
                config.Cmd = undefined;
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
            const ports = parsePorts(instruction.ports.flatMap((port) => state.expandWords(port, place)), place);
            config.ExposedPorts = { ...config.ExposedPorts, ...Object.fromEntries(ports.map((port) => [port, {}])) };
            return `EXPOSE ${listText(ports)}`;
        }
        case "VOLUME": {
            const paths = instruction.paths.map((path) => state.expand(path, place));
            if (paths.includes(""))
                throw mistake(place, "VOLUME has an empty path", "A variable in it has no value.");
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
/** All values are read before the first is set, so that none sees another of the same line. */
function expandPairs(state, pairs, place) {
    return pairs.map(({ key, value }) => ({ key: state.expand(key, place), value: state.expand(value, place) }));
}
function applyEnv(state, pairs) {
    const env = state.config.config.Env ?? [];
    for (const { key, value } of pairs) {
        const at = env.findIndex((pair) => pair === key || pair.startsWith(`${key}=`));
        env.splice(at === -1 ? env.length : at, 1, `${key}=${value}`);
        state.variables.set(key, value);
    }
    state.config.config.Env = env;
    return `ENV${pairsText(pairs)}`;
}
/** The form without brackets runs in the shell that SHELL has set. */
function commandWords(state, { words, isShell }) {
    if (!isShell)
        return [...words];
    return [...(state.config.config.Shell ?? ["/bin/sh", "-c"]), words.join(" ")];
}
function applyHealthcheck(state, healthcheck) {
    const { test, interval, timeout, startPeriod, startInterval, retries } = healthcheck;
    const words = test === "NONE" ? ["NONE"] : [test.isShell ? "CMD-SHELL" : "CMD", ...test.words];
    const times = { Interval: interval, Timeout: timeout, StartPeriod: startPeriod, StartInterval: startInterval };
    const set = Object.entries(times).filter(([, value]) => value !== 0);
    state.config.config.Healthcheck = {
        Test: words,
        ...Object.fromEntries(set),
        ...(retries === 0 ? {} : { Retries: retries }),
    };
    const shown = Object.entries(times).map(([name, value]) => `${name}:${formatGoDuration(value)}`);
    return `HEALTHCHECK {Test:${listText(words)} ${shown.join(" ")} Retries:${retries}}`;
}
function requireSignal(signal, place) {
    if (isSignal(signal))
        return signal;
    throw mistake(place, `STOPSIGNAL is not a signal: got "${signal}"`, "Write a name such as SIGTERM, or a number.");
}
function pairsText(pairs) {
    return pairs.map(({ key, value }) => ` ${key}=${value}`).join("");
}
function listText(items, show = (item) => item) {
    return `[${items.map(show).join(" ")}]`;
}

;// CONCATENATED MODULE: ./src/image/dockerfile/words.ts
/** One word, or a whole line taken as one: variables replaced, quotes and escapes resolved. @throws Error saying what is malformed. */
function expandWord(text, options) {
    return new Lexer(text, options).read(undefined, options.keepEscapes ?? false).text;
}
/** The words of a line. Splitting comes after the replacement of variables, except inside quotes. @throws Error saying what is malformed. */
function expandWords(text, options) {
    return new Lexer(text, options).read(undefined, options.keepEscapes ?? false).words;
}
const space = /[\s\u0085]/u;
/** Gathers characters into words. */
class Words {
    done = [];
    #word = "";
    /** Part of a word, whatever it is. */
    add(text) {
        this.#word += text;
    }
    /** Text in which white space separates words. */
    split(text) {
        for (const character of text) {
            if (space.test(character))
                this.end();
            else
                this.#word += character;
        }
    }
    end() {
        if (this.#word !== "")
            this.done.push(this.#word);
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
    /** Reads up to the character `stop`, which is consumed, or to the end. */
    read(stop, keepEscapes) {
        const outer = this.#keepEscapes;
        this.#keepEscapes = keepEscapes;
        const words = new Words();
        let text = "";
        for (;;) {
            const next = this.#peek();
            if (next === undefined && stop !== undefined)
                throw new Error(`there is no closing ${stop}`);
            if (next === undefined || next === stop)
                break;
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
        if ((next === "'" || next === '"') && quotes !== "plain")
            words.add((part = this.#quoted(next)));
        else if (next === "$")
            words.split((part = this.#variable()));
        else if (next === "<")
            words.add((part = this.#lessThan()));
        else if (next === escape)
            words.add((part = this.#escaped()));
        else
            words.split((part = this.#next() ?? ""));
        return part;
    }
    #escaped() {
        const kept = this.#keepEscapes ? (this.#peek() ?? "") : "";
        this.#at++;
        return kept + (this.#next() ?? "");
    }
    /** `<<` swallows the white space after it: it may open a here-document. */
    #lessThan() {
        this.#at++;
        if (this.#peek() !== "<")
            return "<";
        this.#at++;
        let text = "<<";
        while (/^[ \t\r]$/.test(this.#peek() ?? ""))
            text += this.#next() ?? "";
        return text;
    }
    #quoted(quote) {
        this.#at++;
        let text = "";
        for (let next = this.#peek(); next !== quote; next = this.#peek()) {
            if (next === undefined)
                throw new Error(`there is no closing ${quote}`);
            if (quote === '"' && next === "$")
                text += this.#variable();
            else if (quote === '"' && next === this.#options.escape)
                text += this.#escapedInQuotes();
            else
                text += this.#next() ?? "";
        }
        this.#at++;
        return this.#options.quotes === "keep" ? quote + text + quote : text;
    }
    /** Between double quotes only a quote, a dollar and the escape itself can be escaped. */
    #escapedInQuotes() {
        const escape = this.#next() ?? "";
        const next = this.#peek();
        if (next === undefined)
            return "";
        const isEscapable = next === '"' || next === "$" || next === escape;
        if (!isEscapable)
            return this.#keepEscapes ? escape + escape : escape;
        return (this.#keepEscapes ? escape : "") + (this.#next() ?? "");
    }
    #variable() {
        this.#at++;
        if (this.#peek() === "{") {
            this.#at++;
            return this.#braced();
        }
        const name = this.#name();
        if (name === "")
            return "$";
        return this.#options.variable(name) ?? (this.#options.keepUnset ? `$${name}` : "");
    }
    #braced() {
        const first = this.#peek();
        if (first === undefined)
            throw new Error("there is no closing }");
        if ("{}:".includes(first))
            throw new Error(`\${${first} is no variable`);
        const name = this.#name();
        const value = this.#options.variable(name);
        const operator = this.#next();
        if (operator === "}")
            return value ?? (this.#options.keepUnset ? `\${${name}}` : "");
        if (operator === "/")
            return this.#replaced(name, value);
        const emptyIsUnset = operator === ":";
        const verb = emptyIsUnset ? this.#next() : operator;
        if (verb === undefined)
            throw new Error("there is no closing }");
        const modifier = (emptyIsUnset ? ":" : "") + verb;
        const isTrim = verb === "#" || verb === "%";
        if (!"+-?#%".includes(verb) || (isTrim && emptyIsUnset))
            throw new Error(`\${${name}${modifier}} is not supported`);
        const word = this.read("}", isTrim).text;
        if (value === undefined && this.#options.keepUnset)
            return `\${${name}${modifier}${word}}`;
        return modified({ name, value, verb, word, emptyIsUnset });
    }
    /** `${name/pattern/text}`, and with two slashes in front for every match. */
    #replaced(name, value) {
        const all = this.#peek() === "/";
        if (all)
            this.#at++;
        const pattern = this.read("/", true).text;
        const replacement = this.read("}", true).text;
        if (value === undefined && this.#options.keepUnset)
            return `\${${name}/${all ? "/" : ""}${pattern}/${replacement}}`;
        return (value ?? "").replace(new RegExp(shellPattern(pattern, true), all ? "gu" : "u"), () => replacement);
    }
    /** Digits, one special parameter, or letters, digits and underscores. */
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
    const isUnset = value === undefined || (o.emptyIsUnset && value === "");
    switch (verb) {
        case "-":
            return isUnset ? word : value;
        case "+":
            return isUnset ? "" : word;
        case "?":
            if (!isUnset)
                return value;
            throw new Error(`${name}: ${word || `is not allowed to be ${value === undefined ? "unset" : "empty"}`}`);
        default:
            return trimmed({ value: value ?? "", end: verb === "#" ? "start" : "end", word });
    }
}
/** `${x#pattern}` and `${x%pattern}` cut the shortest match off one end; a doubled sign cuts the longest. */
function trimmed(o) {
    const sign = o.end === "start" ? "#" : "%";
    const isLongest = o.word.startsWith(sign);
    const source = shellPattern(isLongest ? o.word.slice(1) : o.word, true);
    const whole = new RegExp(`^(?:${source})$`, "u");
    const characters = Array.from(o.value);
    // Both ends alike: try every length, from the shortest or the longest on.
    const lengths = Array.from({ length: characters.length + 1 }, (_, length) => length);
    for (const length of isLongest ? lengths.reverse() : lengths) {
        const cut = o.end === "start" ? length : characters.length - length;
        const [head, tail] = [characters.slice(0, cut).join(""), characters.slice(cut).join("")];
        if (whole.test(o.end === "start" ? head : tail))
            return o.end === "start" ? tail : head;
    }
    return o.value;
}
/** A regular expression for a pattern of `*`, `?` and escapes. */
function shellPattern(pattern, greedy) {
    return pattern.replace(/\\(.?)|\*|\?|[[\]{}.+()|^$/]/gsu, (match, escaped) => {
        if (match === "*")
            return greedy ? ".*" : ".*?";
        if (match === "?")
            return ".";
        if (escaped === undefined)
            return `\\${match}`;
        if (escaped === "}" || escaped === "/")
            return escaped === "}" ? "\\}" : "\\/";
        if (["*", "?", "\\"].includes(escaped))
            return `\\${escaped}`;
        throw new Error(`\\${escaped} is no escape in a pattern`);
    });
}

;// CONCATENATED MODULE: ./src/image/dockerfile/statements.ts


/**
 * Cuts a Dockerfile into its instructions, as BuildKit does (frontend/dockerfile/parser): parser directives, line continuation, comments
 * in between, here-documents.
 * @throws SlipwayError at the line that cannot be read.
 */
function splitStatements(text, file) {
    const lines = text.replace(/^\ufeff/, "").match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const directives = readDirectives(lines, file);
    const escape = directives.get("escape")?.value ?? "\\";
    const reader = { lines, file, escape };
    const statements = [];
    for (let index = 0; index < lines.length;) {
        const logical = readLogicalLine(reader, index);
        index = logical.next;
        if (logical.text === "")
            continue;
        const { heredocs, next } = readHeredocs(reader, logical);
        index = next;
        statements.push({ ...splitStatement(logical.text, escape), heredocs, place: logical.place });
    }
    const syntax = directives.get("syntax");
    return { statements, escape, ...(syntax && { syntax: { name: syntax.value, place: syntax.place } }) };
}
/** `# name=value` comments at the very top. The first line that is anything else ends them. */
function readDirectives(lines, file) {
    const directives = new Map();
    for (const [index, line] of lines.entries()) {
        const [, name = "", value = ""] = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
        const key = name.toLowerCase();
        if (!["syntax", "escape", "check"].includes(key))
            break;
        const place = { file, line: index + 1 };
        if (directives.has(key))
            throw mistake(place, `# ${key}= is there twice`, "Remove one of the two.");
        if (key === "escape" && value !== "\\" && value !== "`")
            throw mistake(place, `# escape= is neither \\ nor \`: got ${value}`, "These are the only two escape characters.");
        directives.set(key, { value, place });
    }
    return directives;
}
/** One line and the lines that continue it. Comments and empty lines in between do not count. */
function readLogicalLine({ lines, file, escape }, start) {
    const place = { file, line: start + 1 };
    let index = start;
    const first = withoutEnd(lines[index++] ?? "").trimStart();
    let { text, continues } = first.startsWith("#") ? { text: "", continues: false } : cutContinuation(first, escape);
    while (continues && index < lines.length) {
        const line = withoutEnd(lines[index++] ?? "");
        if (line.trim() === "" || line.trimStart().startsWith("#"))
            continue;
        const part = cutContinuation(line, escape);
        text += part.text;
        continues = part.continues;
    }
    return { text, place, next: index };
}
/** An escape at a line's end, with nothing but blanks after it and no escape before it, joins the next line. */
function cutContinuation(line, escape) {
    const trimmed = line.replace(/[ \t]+$/, "");
    const continues = trimmed.endsWith(escape) && !trimmed.endsWith(escape + escape);
    return { text: continues ? trimmed.slice(0, -1) : line, continues };
}
function withoutEnd(line) {
    return line.replace(/[\r\n]+$/, "");
}
/** White space as it separates a keyword from its arguments, and arguments from each other. */
const blanks = /[\t\v\f\r ]+/;
function splitStatement(line, escape) {
    const [, keyword = "", rest = ""] = /^(\S+)[\t\v\f\r ]*(.*)$/s.exec(line.trim()) ?? [];
    return { keyword, ...splitFlags(rest, escape) };
}
/** Takes the flags off the front of the arguments. Quotes and escapes in them are resolved; `--` alone ends them. */
function splitFlags(text, escape) {
    const flags = [];
    let rest = text.trimStart();
    while (rest.startsWith("--")) {
        const { word, length } = readFlag(rest, escape);
        rest = rest.slice(length).trimStart();
        if (word === "--")
            break;
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
        if (character === escape)
            word += text.charAt(++at);
        else if (quote === "" && /\s/.test(character))
            break;
        else if (character === quote)
            quote = "";
        else if (quote === "" && /['"]/.test(character))
            quote = character;
        else
            word += character;
    }
    return { word, length: at };
}
/** The documents that follow an instruction whose line announces them. */
function readHeredocs(reader, logical) {
    let next = logical.next;
    if (!/^(?:onbuild\s+)?(?:add|copy|run)\s/i.test(logical.text) || !logical.text.includes("<<"))
        return { heredocs: [], next };
    const { rest } = splitStatement(logical.text, reader.escape);
    if (isJsonArray(rest))
        return { heredocs: [], next };
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
        if ((document.chomp ? line.replace(/^\t+/, "") : line) !== document.name)
            continue;
        return { content: lines.slice(document.start, index).join(""), after: index + 1 };
    }
    const hint = `Close it by a line that holds ${document.name} and nothing else.`;
    throw mistake(document.place, `The document <<${document.name} has no end`, hint);
}
function heredocsOf(line) {
    const kept = { escape: "\\", variable: () => undefined, keepUnset: true, quotes: "keep", keepEscapes: true };
    let words = [];
    try {
        words = expandWords(line, kept);
    }
    catch {
        // A quote that never closes is a matter of the shell that reads the line; then it announces no document either.
    }
    return words.map(parseHeredoc).filter((heredoc) => heredoc !== undefined);
}
/** Reads `<<NAME`, `<<-NAME` and `<<"NAME"`; undefined for any other word. */
function parseHeredoc(word) {
    const [, dash, quoted = ""] = /^\d*<<(-?)\s*([^<]*)$/.exec(word) ?? [];
    if (quoted === "")
        return undefined;
    const plain = { escape: "\\", variable: () => undefined, keepUnset: true };
    const names = expandWords(quoted, plain);
    const name = names[0];
    if (names.length !== 1 || name === undefined)
        return undefined;
    const isQuoted = countQuotes(expandWord(quoted, { ...plain, quotes: "keep" })) !== countQuotes(name);
    return { name, expand: !isQuoted, chomp: dash === "-" };
}
function countQuotes(text) {
    return text.replace(/[^'"]/g, "").length;
}
/** Whether arguments are in the JSON form; what only looks like it is in the other form, which is the user's right. */
function isJsonArray(text) {
    if (!text.startsWith("["))
        return false;
    try {
        return Array.isArray(JSON.parse(text));
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./src/image/dockerfile/arguments.ts


/** The strings of a JSON array; undefined for the form without brackets. @throws SlipwayError for an array of anything but strings. */
function jsonWords(text, place) {
    if (!text.startsWith("["))
        return undefined;
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (!Array.isArray(value))
        return undefined;
    const words = value.filter((item) => typeof item === "string");
    if (words.length === value.length)
        return words;
    throw mistake(place, "An array of an instruction holds something that is not text", "Put every item in double quotes.");
}
function blankSeparated(text) {
    return text === "" ? [] : text.split(blanks);
}
/** Words as white space separates them, except inside quotes; quotes and escapes stay, for variables are replaced later. */
function quotedWords(text, escape) {
    const words = [];
    let word = "";
    let isWord = false;
    let quote = "";
    const characters = Array.from(text);
    for (let at = 0; at < characters.length; at++) {
        const character = characters[at] ?? "";
        if (quote === "" && /\s/.test(character)) {
            if (isWord)
                words.push(word);
            [word, isWord] = ["", false];
            continue;
        }
        isWord = true;
        if (character === escape && quote !== "'") {
            const next = characters[++at];
            // An escape with nothing after it is left out.
            word += next === undefined ? "" : character + next;
            continue;
        }
        word += character;
        if (character === quote)
            quote = "";
        else if (quote === "" && /['"]/.test(character))
            quote = character;
    }
    if (isWord && word !== "")
        words.push(word);
    return words;
}
/** `key=value …` of ENV and LABEL, or their old form `key value` whose value is the rest of the line. */
function keyValues(o) {
    const { keyword, rest, place } = o;
    const words = quotedWords(rest, o.escape);
    const example = `Write it like ${keyword} name=value.`;
    if (words.length === 0)
        throw mistake(place, `${keyword} has no arguments`, example);
    const pairs = words[0]?.includes("=") ? words.map(pairOf) : [oldPair(rest)];
    for (const [index, pair] of pairs.entries()) {
        const word = words[index] ?? rest;
        if (pair === undefined)
            throw mistake(place, `${keyword} has a word without "=": got ${word}`, example);
        if (pair.key === "")
            throw mistake(place, `${keyword} has a value without a name: got ${word}`, example);
    }
    return pairs.filter((pair) => pair !== undefined);
}
function pairOf(word) {
    const equals = word.indexOf("=");
    return equals === -1 ? undefined : { key: word.slice(0, equals), value: word.slice(equals + 1) };
}
function oldPair(rest) {
    const [, key, value] = /^(\S+?)[\t\v\f\r ]+(.*)$/s.exec(rest) ?? [];
    return key === undefined || value === undefined ? undefined : { key, value };
}
const units = {
    ns: 1,
    us: 1e3,
    µs: 1e3,
    μs: 1e3,
    ms: 1e6,
    s: 1e9,
    m: 60e9,
    h: 3600e9,
};
/** Nanoseconds of a duration as Go writes it, such as `1m30s` or `0.5s`. @throws SlipwayError where it is none. */
function goDuration(text, place) {
    const parts = [...text.matchAll(/([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)/g)];
    const isWhole = text !== "" && parts.map(([part]) => part).join("") === text;
    const nanoseconds = parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (units[unit] ?? NaN), 0);
    if (text === "0")
        return 0;
    if (!isWhole)
        throw mistake(place, `"${text}" is not a duration`, "Write it like 30s, 1m30s or 500ms.");
    if (nanoseconds !== 0 && nanoseconds < 1e6)
        throw mistake(place, `"${text}" is shorter than 1ms`, "That is the shortest duration.");
    return Math.round(nanoseconds);
}

;// CONCATENATED MODULE: ./src/image/dockerfile/parse.ts






/**
 * Reads a Dockerfile. An instruction that only BuildKit can carry out is no error here: its stage may not be needed.
 * @throws SlipwayError `configuration` with everything that is wrong, each at its line.
 */
function parseDockerfile(text, file) {
    const { statements, escape, syntax } = splitStatements(text, file);
    if (syntax !== undefined && !/^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(syntax.name))
        throw mistake(syntax.place, `# syntax= asks for a frontend of its own: got ${syntax.name}`, useDocker);
    const problems = [];
    const globalArgs = [];
    const stages = [];
    for (const statement of statements) {
        try {
            if (statement.keyword.toUpperCase() === "FROM") {
                stages.push({ ...parseFrom(statement), instructions: [] });
                continue;
            }
            const instruction = { ...parseInstruction(statement, escape), place: statement.place };
            const stage = stages.at(-1);
            if (stage !== undefined)
                stage.instructions.push(instruction);
            else if (instruction.kind === "ARG")
                globalArgs.push(instruction);
            else
                throw mistake(statement.place, `${statement.keyword} stands before the first FROM`, "Only ARG may stand there.");
        }
        catch (error) {
            if (!(error instanceof src_error/* SlipwayError */.G))
                throw error;
            problems.push(...error.problems);
        }
    }
    if (problems.length > 0)
        throw parse_unreadable(file, problems);
    if (stages.length === 0)
        throw mistake({ file, line: 1 }, "The Dockerfile has no FROM", "Start it with FROM and an image, or FROM scratch.");
    return { file, escape, globalArgs, stages };
}
/** One error of many problems; a single one speaks for itself. */
function parse_unreadable(file, problems) {
    const count = problems.length === 1 ? "of a problem" : `of ${problems.length} problems`;
    return new src_error/* SlipwayError */.G(`Cannot build ${file} because ${count} in it`, { code: "configuration", problems });
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
    EXPOSE: (statement) => ({ kind: "EXPOSE", ports: [...atLeastOne(statement, blankSeparated(statement.rest))].sort() }),
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
    const parser = Object.hasOwn(parsers, name) ? parsers[name] : undefined;
    if (parser !== undefined)
        return parser(statement, escape);
    const known = ["FROM", ...Object.keys(parsers)];
    const meant = (0,nearest/* nearest */.p)(name, known);
    const hint = meant === undefined ? `Known are ${known.join(", ")}.` : `Did you mean ${meant}?`;
    throw mistake(statement.place, `${statement.keyword} is not an instruction of a Dockerfile`, hint);
}
function parseFrom(statement) {
    const { place } = statement;
    const { platform } = readFlags({ ...statement, keyword: "FROM", known: { platform: "text" } });
    const [base = "", as, name, ...more] = blankSeparated(statement.rest);
    const isNamed = as?.toLowerCase() === "as" && name !== undefined && more.length === 0;
    if (base === "" || (as !== undefined && !isNamed))
        throw mistake(place, `FROM does not read "FROM image" or "FROM image AS name": got ${statement.rest}`, "Write it in one of these two forms.");
    const stage = name?.toLowerCase();
    if (stage !== undefined && !/^[a-z][a-z0-9-_.]*$/.test(stage))
        throw mistake(place, `"${name ?? ""}" cannot name a stage`, "A name starts with a letter; letters, digits, - _ and . follow.");
    return {
        base,
        place,
        ...(platform === undefined ? {} : { platform }),
        ...(stage === undefined ? {} : { name: stage }),
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
    const refused = notDone.find((name) => flags[name] !== undefined);
    if (refused !== undefined)
        return {
            kind: "REFUSED",
            why: `${kind} --${refused} is not something that the direct builder does`,
            hint: useDocker,
        };
    const { from, chown, chmod, link, unpack } = flags;
    const words = jsonWords(statement.rest, place) ?? blankSeparated(statement.rest);
    const destination = words.at(-1);
    if (words.length < 2 || destination === undefined)
        throw mistake(place, `${kind} names no destination`, `Write it like ${kind} source destination.`);
    if (parseHeredoc(destination))
        throw mistake(place, `${kind} has a document as its destination`, "The destination comes last.");
    const sources = words.slice(0, -1);
    return {
        kind,
        sources: sources.filter((source) => parseHeredoc(source) === undefined),
        documents: sources.flatMap((source) => {
            const name = parseHeredoc(source)?.name;
            return statement.heredocs.filter((heredoc) => heredoc.name === name);
        }),
        destination,
        link: link === "true",
        ...(from ? { from } : {}),
        ...(chown ? { chown } : {}),
        ...(chmod ? { chmod } : {}),
        ...(unpack === undefined ? {} : { unpack: unpack === "true" }),
    };
}
function parseArg(statement, escape) {
    const words = atLeastOne(statement, quotedWords(withoutFlags(statement).rest, escape));
    const args = words.map((word) => {
        const equals = word.indexOf("=");
        if (equals === 0)
            throw mistake(statement.place, `ARG has a value without a name: got ${word}`, "Write it like ARG name=value.");
        return equals === -1 ? { key: word } : { key: word.slice(0, equals), value: word.slice(equals + 1) };
    });
    return { kind: "ARG", args };
}
function parseCommand({ rest, place }) {
    const words = jsonWords(rest, place);
    if (words !== undefined)
        return { words, isShell: false };
    return { words: rest === "" ? [] : [rest], isShell: true };
}
function parseShell(statement) {
    const words = jsonWords(withoutFlags(statement).rest, statement.place);
    const example = 'Write it like SHELL ["/bin/bash", "-c"].';
    if (words === undefined)
        throw mistake(statement.place, "SHELL is not in the form with brackets", example);
    if (words.length === 0)
        throw mistake(statement.place, "SHELL has no arguments", example);
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
    if (form !== "CMD" && (form !== "NONE" || rest !== ""))
        throw mistake(place, `HEALTHCHECK is neither CMD and a command nor NONE: got ${statement.rest}`, "Write HEALTHCHECK CMD and a command, or HEALTHCHECK NONE.");
    const test = form === "NONE" ? form : parseCommand({ rest, place });
    if (test !== "NONE" && test.words.length === 0)
        throw mistake(place, "HEALTHCHECK CMD has no command", "Write the command after CMD.");
    const { retries = "" } = flags;
    if (!/^\+?\d*$/.test(retries) || Number(retries) >= 2 ** 31)
        throw mistake(place, `HEALTHCHECK --retries is not a number of tries: got "${retries}"`, "Write a whole number.");
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
    if (rest === "")
        throw mistake(place, `${keyword} has no argument`, `Write one after ${keyword}.`);
    return rest;
}
function atLeastOne(statement, words) {
    withoutFlags(statement);
    if (words.length > 0)
        return words;
    throw mistake(statement.place, `${statement.keyword} has no arguments`, `Write at least one after ${statement.keyword}.`);
}

;// CONCATENATED MODULE: ./src/image/direct/variables.ts



/** The variables that hold in the whole Dockerfile: the platforms, and the ARGs before the first FROM. */
function globalVariables(o) {
    const { dockerfile, buildArgs } = o;
    const predefined = {
        ...platformVariables("BUILD", o.buildPlatform),
        ...platformVariables("TARGET", o.platform),
        TARGETSTAGE: o.target ?? dockerfile.stages.at(-1)?.name ?? "default",
    };
    const variables = new Map();
    for (const [name, value] of Object.entries(predefined))
        variables.set(name, buildArgs.get(name) ?? value);
    for (const { args, place } of dockerfile.globalArgs) {
        for (const { key, value } of args) {
            const final = buildArgs.get(key) ?? (value && expandGlobal(value, { dockerfile, variables, place }));
            if (final !== undefined)
                variables.set(key, final);
        }
    }
    return variables;
}
/** Replaces global variables. */
function expandGlobal(text, o) {
    try {
        return expandWord(text, { escape: o.dockerfile.escape, variable: (name) => o.variables.get(name) });
    }
    catch (error) {
        throw mistake(o.place, `A variable cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function platformVariables(prefix, platform) {
    return {
        [`${prefix}PLATFORM`]: (0,image_platform/* formatPlatform */.Bq)(platform),
        [`${prefix}OS`]: platform.os,
        [`${prefix}OSVERSION`]: "",
        [`${prefix}ARCH`]: platform.architecture,
        [`${prefix}VARIANT`]: platform.variant ?? "",
    };
}

;// CONCATENATED MODULE: ./src/image/direct/stage-graph.ts






/** How the stages of a Dockerfile hang together: which begins where, and which copies from which. Stages are known by their index. */
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
        if (stage === undefined)
            throw new Error(`there is no stage ${index}`);
        return stage;
    }
    /** The stage that is asked for; the last one, if none is. @throws SlipwayError where there is no such stage. */
    target(name) {
        if (name === undefined)
            return this.#stages.length - 1;
        const index = this.#named(name);
        if (index !== undefined)
            return index;
        const names = this.#stages.flatMap((stage) => stage.name ?? []);
        const meant = (0,nearest/* nearest */.p)(name, names);
        throw new src_error/* SlipwayError */.G(`Cannot build the target "${name}" because ${this.#dockerfile.file} has no such stage`, {
            code: "configuration",
            hint: meant === undefined ? `Its stages are: ${names.join(", ") || "none with a name"}.` : `Did you mean ${meant}?`,
        });
    }
    /** @throws SlipwayError with everything at once that keeps the target from being built without running anything. */
    refuseImpossible(target) {
        const problems = [];
        for (const index of [...this.#reachable(target)].sort((a, b) => a - b)) {
            for (const instruction of this.stage(index).instructions) {
                if (instruction.kind !== "REFUSED")
                    continue;
                problems.push({ message: instruction.why, hint: instruction.hint, ...instruction.place });
            }
        }
        if (problems.length > 0)
            throw parse_unreadable(this.#dockerfile.file, problems);
    }
    /** What a stage begins with: an earlier stage, or an image by its name (`scratch` for none). */
    base(index) {
        const { base, place } = this.stage(index);
        const name = this.#expand(base, place);
        if (name === "")
            throw mistake(place, `FROM ${base} names nothing`, "A variable in it has no value: give it as a build-arg.");
        // FROM finds a stage by the very name it has, COPY --from in any case.
        const below = this.#stages.findLastIndex((stage, at) => at < index && stage.name === name);
        return below === -1 ? name : below;
    }
    /** What COPY --from in a stage names: an earlier stage, or an image by its name. */
    source(from, o) {
        const { index, place } = o;
        const stage = /^\d+$/.test(from) ? Number(from) : this.#named(from);
        if (stage !== undefined && stage >= index)
            throw mistake(place, `COPY --from=${from} does not name an earlier stage`, "A stage can only copy from those above it.");
        if (from.includes("$"))
            throw mistake(place, "COPY --from takes no variable", "Give the image to a stage by FROM, and name that stage.");
        if (from === "scratch")
            throw mistake(place, "COPY --from=scratch has nothing to copy", "Name a stage or an image.");
        return stage ?? from;
    }
    /** The platform that FROM asks for; undefined where it does not. */
    platform(index) {
        const { platform, place } = this.stage(index);
        if (platform === undefined)
            return undefined;
        try {
            return (0,image_platform/* parsePlatform */.FL)(this.#expand(platform, place));
        }
        catch (error) {
            if (!(error instanceof src_error/* SlipwayError */.G) || error.problems.length > 0)
                throw error;
            throw mistake(place, `FROM --platform: ${error.message}`, error.hint);
        }
    }
    #reachable(index, found = new Set()) {
        if (found.has(index))
            return found;
        found.add(index);
        const sources = this.stage(index).instructions.map((instruction) => instruction.kind === "COPY" && instruction.from !== undefined
            ? this.source(instruction.from, { index, place: instruction.place })
            : undefined);
        for (const next of [this.base(index), ...sources])
            if (typeof next === "number")
                this.#reachable(next, found);
        return found;
    }
    #named(name) {
        const index = this.#stages.findLastIndex((stage) => stage.name === name.toLowerCase());
        return index === -1 ? undefined : index;
    }
    #expand(text, place) {
        return expandGlobal(text, { dockerfile: this.#dockerfile, variables: this.#variables, place });
    }
}

// EXTERNAL MODULE: ./src/image/image-config.ts
var image_config = __webpack_require__(7087);
;// CONCATENATED MODULE: ./src/image/direct/stage-state.ts




/** A stage while its instructions are carried out: the image as it is so far. */
class StageState {
    config;
    layers;
    /** What variables stand for: ENV, and those ARGs that were declared. */
    variables;
    platform;
    /** Whether CMD was given in this stage: a CMD from below ends at ENTRYPOINT. */
    hasCommand = false;
    #escape;
    #readTree;
    #tree;
    constructor(o) {
        this.config = o.config;
        this.layers = [...o.layers];
        this.variables = new Map(o.variables);
        for (const pair of o.config.config.Env ?? [])
            this.variables.set(...splitPair(pair));
        this.platform = o.platform;
        this.#escape = o.escape;
        this.#readTree = o.readTree;
    }
    static scratch(platform, escape) {
        const readTree = () => Promise.resolve(new FileTree());
        return new StageState({
            config: (0,image_config/* emptyConfig */.i4)(platform),
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
            config: (0,image_config/* configOf */.W1)(image.config),
            layers,
            variables: new Map(),
            readTree: () => image.tree(),
        });
    }
    /** A stage that goes on from this one, which is complete. */
    next() {
        const readTree = async () => (await this.tree()).clone();
        const config = structuredClone(this.config);
        const { layers, variables, platform } = this;
        return new StageState({ config, layers, variables, platform, escape: this.#escape, readTree });
    }
    /** The files. A stage that copies nothing never reads its base's. */
    tree() {
        return (this.#tree ??= this.#readTree());
    }
    /** Adds a layer that was made without looking at what is below it (COPY --link). */
    link(changes) {
        const below = this.#tree ?? this.#readTree;
        const merge = async () => {
            const tree = await (typeof below === "function" ? below() : below);
            for (const { path, entry } of changes)
                tree.put(path, entry);
            return tree;
        };
        this.#readTree = merge;
        this.#tree = this.#tree === undefined ? undefined : merge();
    }
    /** Replaces variables and resolves quotes and escapes. */
    expand(word, place) {
        return this.#lexed(place, (options) => expandWord(word, options));
    }
    /** The same, and splits the result into words. */
    expandWords(word, place) {
        return this.#lexed(place, (options) => expandWords(word, options));
    }
    /** For the content of a document in the Dockerfile: quotes are nothing special there. */
    expandDocument(text, place) {
        return this.#lexed(place, (options) => expandWord(text, { ...options, escape: "\\", quotes: "plain" }));
    }
    /** Notes an instruction in the image's history, the way `docker history` shows it. */
    commit(createdBy, o) {
        this.config.history.push({
            created: (0,image_config/* isoTime */.Ly)(o.epoch),
            created_by: createdBy,
            comment: "slipway.direct",
            ...(o.hasLayer ? {} : { empty_layer: true }),
        });
    }
    #lexed(place, work) {
        try {
            return work({ escape: this.#escape, variable: (name) => this.variables.get(name) });
        }
        catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            throw mistake(place, `A variable or quote cannot be read: ${reason}`, "The forms are those of a POSIX shell.");
        }
    }
}
function splitPair(pair) {
    const equals = pair.indexOf("=");
    return equals === -1 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

;// CONCATENATED MODULE: ./src/image/direct/build.ts







/**
 * Carries out a Dockerfile that runs nothing: the same image that BuildKit would make of it (frontend/dockerfile/dockerfile2llb).
 * @throws SlipwayError with the line of each instruction that cannot be carried out, or that is wrong.
 */
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
    /** A stage with all its instructions carried out. Each is built once. */
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
    /** FROM: nothing, another stage, or an image. */
    async #begin(index) {
        const { place } = this.#graph.stage(index);
        const { escape } = this.#build.dockerfile;
        const platform = this.#graph.platform(index) ?? this.#build.platform;
        const base = this.#graph.base(index);
        if (typeof base === "number")
            return (await this.stage(base)).next();
        if (base === "scratch")
            return StageState.scratch(platform, escape);
        const image = await build_locate(place, () => this.#build.images.find(base, platform));
        if (image.config.config?.OnBuild?.length)
            throw mistake(place, `${base} brings instructions of its own (ONBUILD)`, "Set builder: docker for this image.");
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
    /** ARG: the value given for the build, else its own, else the one from before the first FROM. */
    #declare(state, { args, place }) {
        const shown = args.map(({ key, value }) => {
            const own = value === undefined ? this.#variables.get(key) : undefined;
            const final = this.#build.buildArgs.get(key) ?? own ?? (value && state.expand(value, place));
            if (final !== undefined)
                state.variables.set(key, final);
            return final === undefined ? key : `${key}=${final}`;
        });
        return `ARG ${shown.join(" ")}`;
    }
    async #source({ from, place }, index) {
        if (from === undefined)
            return this.#build.context;
        const source = this.#graph.source(from, { index, place });
        if (typeof source === "number")
            return (await this.stage(source)).tree();
        return (await build_locate(place, () => this.#build.images.find(source, this.#build.platform))).tree();
    }
}
/** What goes wrong with an image goes to the line that names it. */
async function build_locate(place, work) {
    try {
        return await work();
    }
    catch (error) {
        if (!(error instanceof src_error/* SlipwayError */.G) || error.problems.length > 0)
            throw error;
        const { message, hint, code, outcome, cause } = error;
        const problem = { message, ...(hint === undefined ? {} : { hint }), ...place };
        throw new src_error/* SlipwayError */.G(message, { code, outcome, problems: [problem], cause });
    }
}

// EXTERNAL MODULE: ./src/registry/digest.ts
var digest = __webpack_require__(5035);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/image/layer-archive.ts








/** Hashing and compressing tiny pieces costs more than the bytes themselves. */
const pieceSize = 256 * 1024;
async function digestArchive(changes, contents) {
    const hash = (0,external_node_crypto_.createHash)("sha256");
    let size = 0;
    for await (const piece of inPieces(archive(changes, contents))) {
        hash.update(piece);
        size += piece.byteLength;
    }
    return { diffId: `sha256:${hash.digest("hex")}`, size };
}
/** Writes a layer's archive, compressed by gzip without a time or name in it. Memory stays small however big the files are. */
async function writeLayer(changes, contents) {
    const path = contents.newPath();
    const archived = (0,external_node_crypto_.createHash)("sha256");
    const compressed = (0,external_node_crypto_.createHash)("sha256");
    let size = 0;
    const hashed = async function* () {
        for await (const piece of inPieces(archive(changes, contents))) {
            archived.update(piece);
            yield piece;
        }
    };
    const count = new external_node_stream_.Transform({
        transform(chunk, _encoding, done) {
            // The tenth byte names the system that compressed: 255, "unknown", wherever this runs.
            if (size === 0)
                chunk[9] = 255;
            size += chunk.byteLength;
            compressed.update(chunk);
            done(null, chunk);
        },
    });
    // One below zlib's own choice: a fifth less time for half a percent more bytes.
    const gzip = (0,external_node_zlib_.createGzip)({ level: 5, chunkSize: pieceSize });
    await (0,promises_.pipeline)(external_node_stream_.Readable.from(hashed(), { objectMode: false }), gzip, count, (0,external_node_fs_.createWriteStream)(path, { flags: "wx", mode: 0o600 }));
    const digest = `sha256:${compressed.digest("hex")}`;
    return { mediaType: media_types/* mediaType */.J.gzipLayer, digest, size, diffId: `sha256:${archived.digest("hex")}`, path };
}
async function* archive(changes, contents) {
    /** The first name of each file; any other is a link to it. */
    const names = new Map();
    for (const change of changes) {
        const header = headerOf(change, names);
        yield encodeHeader(header);
        if (header.type !== "file" || change.entry.type !== "file")
            continue;
        let size = 0;
        try {
            for await (const chunk of contents.open(change.entry)) {
                size += chunk.byteLength;
                if (size > header.size)
                    break;
                yield chunk;
            }
        }
        catch (error) {
            throw isFileError(error) ? layer_archive_unreadable(change, error.message) : error;
        }
        if (size !== header.size)
            throw layer_archive_unreadable(change, "the file changed while it was read");
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
            if (entry.kind === "socket")
                throw new Error("a socket came as far as a layer");
            return { ...header, type: entry.kind, major: entry.major, minor: entry.minor };
        case "file": {
            const file = { ...header, ...(entry.capability === undefined ? {} : { capability: entry.capability }) };
            const first = names.get(entry);
            if (first !== undefined)
                return { ...file, type: "hard-link", linkName: first };
            names.set(entry, header.name);
            return { ...file, type: "file", size: entry.size };
        }
    }
}
/** Small pieces joined, large ones passed on. */
async function* inPieces(chunks) {
    let pending = Buffer.allocUnsafe(pieceSize);
    let length = 0;
    for await (const chunk of chunks) {
        if (length + chunk.byteLength > pieceSize && length > 0) {
            yield pending.subarray(0, length);
            pending = Buffer.allocUnsafe(pieceSize);
            length = 0;
        }
        if (chunk.byteLength >= pieceSize)
            yield chunk;
        else
            length += chunk.copy(pending, length);
    }
    if (length > 0)
        yield pending.subarray(0, length);
}
function isFileError(error) {
    return error instanceof Error && "syscall" in error;
}
function layer_archive_unreadable({ path }, why) {
    return new src_error/* SlipwayError */.G(`Cannot make a layer of ${path} because ${why}`, {
        code: "configuration",
        hint: "The files of the context have to be readable, and must not change while the image is built.",
    });
}

;// CONCATENATED MODULE: ./src/image/direct/finish.ts





/** Compressing is what takes the processor's time, and it has few cores on a runner. */
const finish_atOnce = 2;
/**
 * Makes the layers, the config and the manifest of a stage.
 * @param o.findLayer finds the compressed form of a layer, where the repository has it already.
 */
async function finishImage(state, o) {
    const own = state.layers.flatMap((layer) => (layer.kind === "own" ? layer.changes : []));
    await o.contents.fetch(own.flatMap(({ entry }) => (entry.type === "file" ? [entry] : [])));
    const layers = await (0,parallel/* inParallel */.H)(state.layers, finish_atOnce, (layer) => finishLayer(layer, o));
    const image = { ...state.config, rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) } };
    const config = finish_document(media_types/* mediaType */.J.config, (0,image_config/* encodeConfig */.dI)(image, o.epoch));
    const manifest = {
        schemaVersion: 2,
        mediaType: media_types/* mediaType */.J.manifest,
        config: descriptor(config),
        layers: layers.map(descriptor),
    };
    return { platform: state.platform, config, layers, manifest: finish_document(media_types/* mediaType */.J.manifest, encode(manifest)) };
}
async function finishLayer(layer, o) {
    if (layer.kind === "base")
        return { ...descriptor(layer.layer), diffId: layer.layer.diffId, base: layer.layer };
    if (o.findLayer !== undefined) {
        const archive = await digestArchive(layer.changes, o.contents);
        const known = await o.findLayer(archive);
        if (known !== undefined)
            return { ...descriptor(known), diffId: archive.diffId };
    }
    const file = await writeLayer(layer.changes, o.contents);
    return { ...descriptor(file), diffId: file.diffId, file };
}
/** The images of several platforms under one name. */
function indexOf(images) {
    const manifests = images.map(({ manifest, platform }) => ({ ...descriptor(manifest), platform }));
    return finish_document(media_types/* mediaType */.J.index, encode({ schemaVersion: 2, mediaType: media_types/* mediaType */.J.index, manifests }));
}
function finish_document(type, bytes) {
    return { mediaType: type, digest: (0,digest/* sha256 */.sc)(bytes), size: bytes.byteLength, bytes };
}
function descriptor({ mediaType: type, digest, size }) {
    return { mediaType: type, digest, size };
}
function encode(value) {
    return Buffer.from(JSON.stringify(value));
}

;// CONCATENATED MODULE: ./src/image/dockerfile/undeclared-args.ts

/** Arguments that Docker knows without an ARG. */
const predefined = [
    ...["BUILD", "TARGET"].flatMap((side) => ["PLATFORM", "OS", "ARCH", "VARIANT"].map((part) => side + part)),
    ...["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY", "SOURCE_DATE_EPOCH"],
];
/** Of the arguments given for a build those that no ARG asks for, with the name that was probably meant. */
function undeclaredArgs({ globalArgs, stages }, given) {
    const instructions = [...globalArgs, ...stages.flatMap((stage) => stage.instructions)];
    const declared = instructions.flatMap((one) => (one.kind === "ARG" ? one.args.map(({ key }) => key) : []));
    const unknown = [...given].filter((name) => !declared.includes(name) && !predefined.includes(name.toUpperCase()));
    return unknown.map((name) => ({ name, meant: (0,nearest/* nearest */.p)(name, declared) }));
}

;// CONCATENATED MODULE: ./src/image/ignore.ts



/**
 * Which files of a build context stay out of the build. Rules and matching are those of github.com/moby/patternmatcher, which BuildKit
 * uses: Go's patterns with `**`, cases count, the last line that matches decides.
 */
class Ignore {
    /** Relative to the workspace; "" where there is no such file. */
    file;
    #rules;
    #exceptions;
    /** @throws SlipwayError `configuration` at the line of a pattern that is malformed. */
    constructor(text, file) {
        this.file = file;
        this.#rules = text
            .replace(/^\ufeff/, "")
            .split("\n")
            .map((line, index) => parseRule(line.replace(/\r$/, ""), { file, line: index + 1 }))
            .filter((rule) => rule !== undefined);
        this.#exceptions = this.#rules.filter((rule) => rule.isException);
    }
    /** Judges a path relative to the context, such as `a/b`, by the verdict on the directory it is in (undefined for the context itself). */
    judge(path, parent) {
        let isIgnored = false;
        let line;
        const matches = this.#rules.map((rule, index) => {
            const isInherited = parent?.matches[index] === true;
            // A rule that would change nothing is not looked at, and so is not inherited either. That is how BuildKit counts.
            const isMatch = isInherited || (rule.isException === isIgnored && rule.expression.test(path));
            if (isMatch)
                [isIgnored, line] = [!rule.isException, rule.line];
            return isMatch;
        });
        return { isIgnored, matches, line };
    }
    /** Whether something below an ignored directory could be in again, so that it has to be looked through. */
    mayReach(directory) {
        return this.#exceptions.some(({ pattern }) => {
            const plain = pattern.replace(/(?:\/\*\*?)$/, "");
            return /[*[\]?^\\]/.test(plain) || `${plain}/`.startsWith(`${directory}/`);
        });
    }
}
function parseRule(text, place) {
    if (text.startsWith("#") || text.trim() === "")
        return undefined;
    const isException = text.trim().startsWith("!");
    const given = text.trim().replace(/^!\s*/, "");
    if (given === "")
        throw ignore_malformed(text, place);
    const pattern = external_node_path_.posix
        .normalize(given)
        .replace(/^\/(?=.)/, "")
        .replace(/(?<=.)\/$/, "");
    const expression = compile(pattern);
    if (expression === undefined)
        throw ignore_malformed(text, place);
    return { isException, pattern, expression, line: place.line };
}
function ignore_malformed(text, { file, line }) {
    const problem = {
        message: `"${text.trim()}" is not a pattern`,
        hint: "Close every [ and write something after ! and \\.",
        file,
        line,
    };
    return new src_error/* SlipwayError */.G(`Cannot read ${file} because of line ${line}`, {
        code: "configuration",
        problems: [problem],
    });
}
/**
 * `**` stands for any number of directories, none included; at the end for everything. At the start of a pattern without any other
 * wildcard, the path need only end in the rest: `**.md` is every file of that kind.
 */
function compile(pattern) {
    const isSuffix = /^\*\*[^*?[\]\\]+$/.test(pattern);
    const source = pattern.replace(/\*\*\/?|\*|\?|\\(.)|[.+()|{}$]/gsu, (match, escaped, offset) => {
        if (match.startsWith("**")) {
            const isAll = offset + match.length === pattern.length || (isSuffix && match === "**");
            return isAll ? ".*" : "(?:.*/)?";
        }
        if (match === "*")
            return "[^/]*";
        return match === "?" ? "[^/]" : literal(escaped ?? match);
    });
    return expression(source);
}

;// CONCATENATED MODULE: ./src/image/known-layers.ts

/** Below this size, compressing is quicker than asking. */
const worthAsking = 4 * 1024 * 1024;
/**
 * The layers that an earlier build has left in a repository. One that holds the same files need not be compressed again, which is what
 * takes a build's time.
 */
class KnownLayers {
    #options;
    #layers;
    constructor(options) {
        this.#options = options;
    }
    /** A layer with that content, where the repository has it; undefined otherwise, and for those that are quickly made. */
    async find({ diffId, size }) {
        if (size < worthAsking)
            return undefined;
        const known = (await (this.#layers ??= this.#read())).get(diffId);
        const isThere = known && (await known.client.blobSize(known.repository, known.digest)) === known.size;
        return isThere ? known : undefined;
    }
    /** Whatever goes wrong here only costs time: the layers are made anew. */
    async #read() {
        for (const name of this.#options.names) {
            try {
                const image = await this.#options.images.find(name, this.#options.platform);
                return new Map(image.layers.map((layer) => [layer.diffId, layer]));
            }
            catch (error) {
                if (!(error instanceof src_error/* SlipwayError */.G))
                    throw error;
            }
        }
        return new Map();
    }
}

;// CONCATENATED MODULE: ./src/image/push-image.ts


const push_image_atOnce = 4;
const nothing = { uploaded: 0, reused: 0, uploadedBytes: 0 };
/**
 * Sends an image under its digest, and no more of it than the repository lacks. Where its manifest is there, all of it is: a registry
 * takes a manifest only after what it names.
 */
async function pushImage(image, to) {
    const { client, repository } = to;
    client.expectWrites(repository);
    if ((await client.findManifest(repository, image.manifest.digest)) !== undefined)
        return { ...nothing, reused: image.layers.length };
    const distinct = [...new Map(image.layers.map((layer) => [layer.digest, layer])).values()];
    const arrivals = await (0,parallel/* inParallel */.H)(distinct, push_image_atOnce, (layer) => pushLayer(layer, to));
    await client.pushBlob(repository, blobOf(image.config));
    await client.pushManifest(repository, image.manifest.digest, image.manifest);
    const sent = distinct.filter((_, index) => arrivals[index] === "uploaded");
    return {
        uploaded: sent.length,
        reused: image.layers.length - sent.length,
        uploadedBytes: sent.reduce((sum, { size }) => sum + size, 0),
    };
}
/** Sends the index of images that are there already. */
async function pushIndex(index, to) {
    if ((await to.client.findManifest(to.repository, index.digest)) !== undefined)
        return;
    await to.client.pushManifest(to.repository, index.digest, index);
}
async function pushLayer(layer, { client, repository }) {
    const { digest, size, file, base } = layer;
    if (file !== undefined) {
        const { path } = file;
        return client.pushBlob(repository, {
            digest,
            size,
            open: () => (0,external_node_fs_.createReadStream)(path, { highWaterMark: 256 * 1024 }),
        });
    }
    if (base === undefined)
        return "there already";
    const blob = { digest, size, open: () => base.client.readBlob(base.repository, base) };
    const isHere = base.client.registry === client.registry;
    return client.pushBlob(repository, blob, isHere && base.repository !== repository ? base.repository : undefined);
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

// EXTERNAL MODULE: ./src/build-push/find-dockerfile.ts
var find_dockerfile = __webpack_require__(9919);
;// CONCATENATED MODULE: ./src/build-push/direct-builder.ts














/** Builds without Docker: Dockerfile and files in, layers and manifests out, straight to the registry. */
function directBuilder(options) {
    const images = new BaseImages(options.client);
    return async (plan) => {
        const contents = new Contents(options.temp, options.signal);
        try {
            return await build(plan, { ...options, images, contents });
        }
        finally {
            contents.close();
        }
    };
}
async function build(plan, session) {
    const dockerfilePath = (0,find_dockerfile/* findDockerfile */.m)(plan, session.workspace);
    const dockerfile = parseDockerfile((0,external_node_fs_.readFileSync)((0,find_dockerfile/* below */.G)(session.workspace, dockerfilePath), "utf8"), dockerfilePath);
    for (const { name, meant } of undeclaredArgs(dockerfile, plan.buildArgs.keys())) {
        const guess = meant === undefined ? "" : ` Did you mean ${meant}?`;
        session.log.warning(`No ARG takes the build argument ${name}.${guess}`, { file: dockerfilePath });
    }
    const context = openContext(plan, dockerfilePath, session);
    const finished = [];
    for (const platform of plan.platforms)
        finished.push(await buildFor(platform, { plan, dockerfile, context, session }));
    const [first] = finished;
    if (first === undefined)
        throw new Error("an image without a platform came as far as its build");
    const index = finished.length > 1 ? indexOf(finished) : undefined;
    const result = {
        digest: (index ?? first.manifest).digest,
        size: first.layers.reduce((sum, { size }) => sum + size, first.config.size),
        layers: first.layers.length,
    };
    if (!session.push)
        return result;
    const to = { client: session.client(plan.registry), repository: plan.repository };
    const traffic = [];
    for (const image of finished)
        traffic.push(await pushImage(image, to));
    if (index !== undefined)
        await pushIndex(index, to);
    return { ...result, traffic: total(traffic) };
}
/** .dockerignore of the context, or one that bears the Dockerfile's name and lies beside it. */
function openContext(plan, dockerfile, { workspace }) {
    const candidates = [`${dockerfile}.dockerignore`, (0,external_node_path_.join)(plan.context, ".dockerignore")];
    const file = candidates.find((path) => (0,external_node_fs_.existsSync)((0,find_dockerfile/* below */.G)(workspace, path)));
    const text = file === undefined ? "" : (0,external_node_fs_.readFileSync)((0,find_dockerfile/* below */.G)(workspace, file), "utf8");
    const ignore = new Ignore(text, file ?? "");
    return new BuildContext({ folder: (0,find_dockerfile/* below */.G)(workspace, plan.context), ignore, time: plan.epoch });
}
async function buildFor(platform, o) {
    const { plan, dockerfile, context, session } = o;
    const { contents, images } = session;
    const { target, buildArgs, labels, registry, repository, epoch } = plan;
    const buildPlatform = (0,image_platform/* normalise */.j7)({ os: "linux", architecture: process.arch === "arm64" ? "arm64" : "amd64" });
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
    if (!session.push || !session.cache)
        return finishImage(state, { contents, epoch });
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


/***/ }),

/***/ 9919:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ below),
/* harmony export */   m: () => (/* binding */ findDockerfile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1557);
/* harmony import */ var _runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4140);




/**
 * The Dockerfile of an image, relative to the workspace: where `dockerfile` says, as for `docker build --file`, else below the context.
 * @throws SlipwayError `configuration` where the context or the Dockerfile does not exist; the nearest name is in the hint.
 */
function findDockerfile(plan, workspace) {
    const { name, context, dockerfiles } = plan;
    if (!isA("isDirectory", below(workspace, context))) {
        throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SlipwayError */ .G(`Cannot build ${name} because its context is no folder of the workspace: got ${context}`, {
            code: "configuration",
            hint: "context is relative to the root of the repository. Is it checked out before this step?",
        });
    }
    const found = dockerfiles.find((path) => isA("isFile", below(workspace, path)));
    if (found !== undefined)
        return found;
    const first = dockerfiles[0] ?? "Dockerfile";
    const meant = dockerfiles.map((path) => nearPath(path, workspace)).find((path) => path !== undefined);
    throw new _error_js__WEBPACK_IMPORTED_MODULE_2__/* .SlipwayError */ .G(`Cannot build ${name} because there is no Dockerfile: got ${first}`, {
        code: "configuration",
        hint: meant === undefined
            ? "dockerfile is relative to the root of the repository, or to the context."
            : `Did you mean ${meant}?`,
    });
}
/** A path as the runner's machine has it. */
function below(workspace, path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path) ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, path);
}
function nearPath(path, workspace) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
    if (!isA("isDirectory", below(workspace, folder)))
        return undefined;
    const names = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(below(workspace, folder));
    const wanted = path.slice(folder === "." ? 0 : folder.length + 1);
    const meant = (0,_runner_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .p)(wanted, names) ?? names.find((name) => /^dockerfile/i.test(name) && !name.endsWith(".dockerignore"));
    return meant === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, meant);
}
function isA(kind, path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false })?.[kind]() === true;
}


/***/ })

};
