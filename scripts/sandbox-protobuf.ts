/**
 * Makes sandbox/kubernetes/data/protobuf.json.gz from the `generated.proto` files that Kubernetes publishes with its Go modules:
 *
 *     node scripts/sandbox-protobuf.ts FOLDER/k8s.io/api@v0.34.1 FOLDER/k8s.io/apimachinery@v0.34.1
 *
 * The file maps each message to its fields, by number, for sandbox/kubernetes/api/protobuf.ts, which describes its form.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Messages } from "../sandbox/kubernetes/api/protobuf.ts";

/** The versions that the sandbox serves, and what their messages are made of. */
const packages =
  /^k8s\.io\.(?:api\.(?!extensions|admission|resource)(\w+\.(?:v1|v2))|apimachinery\.pkg\.(?:apis\.(meta\.v1)|api\.(resource)|util\.(intstr)|(runtime)))$/;

function main(folders: readonly string[]): void {
  const messages: Record<string, Messages[string]> = {};
  for (const file of folders.flatMap((folder) =>
    globSync("**/generated.proto", { cwd: folder }).map((name) => join(folder, name)),
  )) {
    const text = readFileSync(file, "utf8").replace(/\/\/.*$/gm, "");
    const [, name] = /^package (\S+);/m.exec(text) ?? [];
    const own = packageOf(name ?? "");
    if (own !== undefined) Object.assign(messages, messagesOf(text, own));
  }
  const target = fileURLToPath(new URL("../sandbox/kubernetes/data/protobuf.json.gz", import.meta.url));
  const sorted = Object.fromEntries(Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(target, gzipSync(JSON.stringify(sorted), { level: 9 }));
}

/** "core.v1" of "k8s.io.api.core.v1"; undefined for a package that is not needed. */
function packageOf(name: string): string | undefined {
  return packages
    .exec(name)
    ?.slice(1)
    .find((part: string | undefined) => part !== undefined);
}

function messagesOf(text: string, own: string): Record<string, Messages[string]> {
  return Object.fromEntries(
    [...text.matchAll(/^message (\w+) \{([^}]*)\}/gm)].map(([, name = "", body = ""]) => [
      `${own}.${name}`,
      fieldsOf(body, own),
    ]),
  );
}

function fieldsOf(body: string, own: string): Messages[string] {
  const fields = /(optional|repeated|map<(\w+), *([\w.]+)>)\s+(?:([\w.]+)\s+)?(\w+) = (\d+);/g;
  return Object.fromEntries(
    [...body.matchAll(fields)].map(([, label, , mapped, plain, name = "", number = ""]) => {
      const type = typeOf(mapped ?? plain ?? "", own);
      return [
        number,
        [jsonName(name), mapped === undefined ? (label === "repeated" ? `*${type}` : type) : `%${type}`] as const,
      ];
    }),
  );
}

/** A few abbreviations are written in another way in JSON. */
function jsonName(name: string): string {
  return name.replace(/^aPI/, "api").replace(/^uID$/, "uid");
}

function typeOf(type: string, own: string): string {
  if (/^(string|bool|bytes|int32|int64|uint32|uint64|double)$/.test(type)) return type;
  const parts = type.replace(/^\./, "").split(".");
  const name = parts.pop() ?? "";
  return `${parts.length === 0 ? own : (packageOf(parts.join(".")) ?? "")}.${name}`;
}

main(process.argv.slice(2));
