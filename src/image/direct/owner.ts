import type { Contents } from "../contents.ts";
import type { Owner } from "../copy.ts";
import { mistake, type Place } from "../dockerfile/mistake.ts";
import type { FileTree } from "../file-tree.ts";
import { resolvePath } from "../path.ts";

/**
 * Who `1000`, `1000:50`, `node` or `node:www-data` is. Names are looked up in the image's own /etc/passwd and /etc/group; a number alone
 * stands for the user and the group of that number.
 * @throws SlipwayError at `place` where the image does not know a name.
 */
export async function findOwner(o: {
  readonly text: string;
  readonly tree: FileTree;
  readonly contents: Contents;
  readonly place: Place;
}): Promise<Owner> {
  const [user = "", group] = o.text.split(/:(.*)/s, 2);
  const found = numeric(user) ?? (await lookUp({ ...o, name: user, file: "/etc/passwd" }));
  if (group === undefined) return found;
  const { gid } = numeric(group) ?? (await lookUp({ ...o, name: group, file: "/etc/group" }));
  return { uid: found.uid, gid };
}

function numeric(text: string): Owner | undefined {
  // A group alone (":50") leaves the user to be root.
  if (text === "root" || text === "") return { uid: 0, gid: 0 };
  return /^\d+$/.test(text) ? { uid: Number(text), gid: Number(text) } : undefined;
}

async function lookUp(o: {
  readonly name: string;
  readonly file: "/etc/passwd" | "/etc/group";
  readonly tree: FileTree;
  readonly contents: Contents;
  readonly place: Place;
}): Promise<Owner> {
  const { name, file } = o;
  const lines = (await readText(o)).split("\n").map((line) => line.split(":"));
  // passwd is name:password:uid:gid:…, group is name:password:gid:…
  const [, , first, second] = lines.find(([known]) => known === name) ?? [];
  const gid = file === "/etc/passwd" ? second : first;
  if (/^\d+$/.test(first ?? "") && /^\d+$/.test(gid ?? "")) return { uid: Number(first), gid: Number(gid) };
  throw mistake(o.place, `The image has no "${name}" in ${file}`, "Write a number, which needs no name.");
}

async function readText(o: {
  readonly file: string;
  readonly tree: FileTree;
  readonly contents: Contents;
}): Promise<string> {
  const entry = o.tree.get(resolvePath(o.tree, o.file));
  if (entry?.type !== "file") return "";
  await o.contents.fetch([entry]);
  const chunks: Buffer[] = [];
  for await (const chunk of o.contents.open(entry)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
