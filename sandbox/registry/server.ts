import type { IncomingMessage } from "node:http";
import { json, serve } from "../http.ts";
import type { Answer, FaultHook } from "../http.ts";
import { Access } from "./access.ts";
import type { Action, Credential, Scope } from "./access.ts";
import { memoryStore, folderStore } from "./blob-store.ts";
import { answerBlob } from "./blobs.ts";
import { Contents } from "./contents.ts";
import { RegistryError } from "./errors.ts";
import { answerReferrers, answerTags } from "./listings.ts";
import { answerManifest } from "./manifests.ts";
import { requireName } from "./names.ts";
import { Uploads } from "./uploads.ts";

type Operation = "version" | "token" | "blob" | "upload" | "manifest" | "tags" | "referrers" | "unknown";

export interface Registry {
  /** `host:port`, as in an image's name. */
  readonly address: string;
  readonly contents: Contents;
  /** The first credential closes the registry to everybody who has none. */
  addCredential(credential: Credential): void;
  removeCredential(credential: Pick<Credential, "username" | "password">): void;
  /** How often each kind of request was answered how, such as `PUT upload 201`. */
  counts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** An OCI registry (distribution specification 1.1) over plain HTTP on loopback. */
export async function startRegistry(
  options: {
    readonly address?: string;
    readonly port?: number;
    /** Where blobs are kept; in memory by default. */
    readonly folder?: string;
    /** Absent: open to everybody until the first credential is added. */
    readonly credentials?: readonly Credential[];
    /** First parts of names that anybody may pull, such as `library`. */
    readonly publicNamespaces?: readonly string[];
    readonly challenge?: "Bearer" | "Basic";
    readonly onFault?: FaultHook;
  } = {},
): Promise<Registry> {
  const contents = new Contents(options.folder === undefined ? memoryStore() : folderStore(options.folder));
  const uploads = new Uploads(contents);
  const access = new Access({
    publicNamespaces: options.publicNamespaces ?? [],
    challenge: options.challenge ?? "Bearer",
    open: options.credentials === undefined,
  });
  for (const credential of options.credentials ?? []) access.add(credential);
  const counts: Record<string, number> = {};
  const server = await serve({
    ...options,
    handle: (request, url) => handle({ contents, uploads, access }, request, url),
    onAnswer: (request, { status }) => {
      const { method = "GET", url: path = "/" } = request;
      const operation = route(new URL(path, "http://sandbox").pathname).operation;
      const key = `${method} ${operation} ${status}`;
      counts[key] = (counts[key] ?? 0) + 1;
    },
  });
  return {
    address: server.address,
    contents,
    addCredential: (credential) => access.add(credential),
    removeCredential: (credential) => access.remove(credential),
    counts: () => ({ ...counts }),
    close: async () => {
      await server.close();
      await uploads.discardAll();
    },
  };
}

interface Parts {
  readonly contents: Contents;
  readonly uploads: Uploads;
  readonly access: Access;
}

interface Route {
  readonly operation: Operation;
  readonly name: string;
  /** A tag, a digest or an upload's id; "" where the path has none. */
  readonly reference: string;
}

function route(path: string): Route {
  if (path === "/v2/" || path === "/v2") return { operation: "version", name: "", reference: "" };
  if (path === "/token") return { operation: "token", name: "", reference: "" };
  const pattern =
    /^\/v2\/(?<name>.+)\/(?:(?<kind>manifests|referrers|blobs\/uploads|blobs|tags)\/)(?<reference>[^/]*)$/;
  const { name = "", kind = "", reference = "" } = pattern.exec(path)?.groups ?? {};
  const operations: Record<string, Operation> = {
    manifests: "manifest",
    referrers: "referrers",
    blobs: "blob",
    "blobs/uploads": "upload",
    ...(reference === "list" ? { tags: "tags" } : {}),
  };
  return { operation: operations[kind] ?? "unknown", name, reference };
}

async function handle(parts: Parts, request: IncomingMessage, url: URL): Promise<Answer> {
  try {
    const answer = await dispatch(parts, request, url);
    return { ...answer, headers: { "docker-distribution-api-version": "registry/2.0", ...answer.headers } };
  } catch (error) {
    if (error instanceof RegistryError) return error.answer;
    throw error;
  }
}

async function dispatch(parts: Parts, request: IncomingMessage, url: URL): Promise<Answer> {
  const { contents, uploads, access } = parts;
  const { searchParams: query } = url;
  const { operation, name, reference } = route(decode(url.pathname));
  if (operation === "token") return await access.token(request, url);
  if (operation === "unknown") return { status: 404, headers: { "content-length": "0" } };
  access.require(request, needed(operation, name, request.method ?? "GET"));
  requireMethod(operation, request.method ?? "GET");
  if (operation === "version") return json(200, {});
  requireName(name);
  switch (operation) {
    case "blob":
      return answerBlob(contents, request, { name, digest: reference });
    case "manifest":
      return await answerManifest(contents, request, { name, reference });
    case "tags":
      return answerTags(contents, name, query);
    case "referrers":
      return answerReferrers(contents, { name, digest: reference, query });
    case "upload": {
      if (reference !== "") return await uploads.proceed(request, { name, id: reference, query });
      const mayRead = (from: string): boolean => access.allows(request, scope(from, "pull"));
      return await uploads.start(request, { name, query, mayRead });
    }
  }
}

const methods: Readonly<Record<Operation, readonly string[]>> = {
  version: ["GET", "HEAD"],
  token: ["GET", "POST"],
  blob: ["GET", "HEAD", "DELETE"],
  upload: ["POST", "GET", "PATCH", "PUT", "DELETE"],
  manifest: ["GET", "HEAD", "PUT", "DELETE"],
  tags: ["GET"],
  referrers: ["GET"],
  unknown: [],
};

function requireMethod(operation: Operation, method: string): void {
  if (!methods[operation].includes(method)) throw new RegistryError("UNSUPPORTED", "the operation is unsupported");
}

function needed(operation: Operation, name: string, method: string): Scope | undefined {
  if (operation === "version") return undefined;
  if (method === "GET" || method === "HEAD")
    return operation === "upload" ? scope(name, "pull", "push") : scope(name, "pull");
  return method === "DELETE" && operation !== "upload" ? scope(name, "delete") : scope(name, "pull", "push");
}

function scope(name: string, ...actions: Action[]): Scope {
  return { type: "repository", name, actions };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new RegistryError("NAME_INVALID", "invalid repository name");
  }
}
