import { served } from "./convert.ts";
import type { Core } from "./core.ts";
import { fieldReaders } from "./field-selectors.ts";
import { formOf, partial } from "./represent.ts";
import type { Answer, Call, Target } from "./request.ts";
import { apiVersionOf } from "./resources.ts";
import type { Resource } from "./resources.ts";
import { matcher } from "./selectors.ts";
import { includeObject, shown } from "./shown.ts";
import { badRequest, expired, notFound } from "./status.ts";
import type { Stored } from "./store.ts";
import { table } from "./tables/table.ts";

export function subject(resource: Resource): { group: string; name: string } {
  return { group: resource.group, name: resource.plural };
}

/** The object a request names. Throws the 404. */
export function existing(core: Core, target: Pick<Target, "resource" | "namespace" | "name">): Stored {
  const found = core.store.get(target.resource.storage, target.namespace, target.name);
  if (found === undefined) throw notFound(subject(target.resource), target.name);
  return found;
}

export function getObject(core: Core, call: Call, target: Target): Answer {
  return { code: 200, json: shown(target.resource, existing(core, target), call) };
}

interface Page {
  readonly items: readonly Stored[];
  readonly version: string;
  readonly continue?: string;
  readonly remaining?: number;
}

export function listObjects(core: Core, call: Call, target: Target): Answer {
  const { resource } = target;
  const page = listPage(core, call, target);
  const metadata = {
    resourceVersion: page.version,
    ...(page.continue === undefined ? {} : { continue: page.continue, remainingItemCount: page.remaining }),
  };
  switch (formOf(call.accept)) {
    case "metadata": {
      const kind = "PartialObjectMetadataList";
      // Of all lists, this one is null when it is empty.
      const items = page.items.length === 0 ? null : page.items.map(partial);
      return { code: 200, json: { kind, apiVersion: "meta.k8s.io/v1", metadata, items } };
    }
    case "table":
      return { code: 200, json: table(resource, page.items, { metadata, include: includeObject(call) }) };
    case "object": {
      const items = page.items.map((item) => listItem(resource, item));
      return { code: 200, json: { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items } };
    }
  }
}

/** In a list, built-in objects do not repeat their kind. */
export function listItem(resource: Resource, object: Stored): unknown {
  if (resource.schema !== undefined) return served(resource, object);
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = served(resource, object);
  return rest;
}

/** The namespace of a list: undefined means all. */
export function scopeOf(target: Target): string | undefined {
  return target.namespace === "" ? undefined : target.namespace;
}

function listPage(core: Core, call: Call, target: Target): Page {
  const limit = Number(call.query.get("limit") ?? 0);
  const token = call.query.get("continue") ?? "";
  const matches = matcher(call.query, fieldReaders(target.resource));
  const from = token === "" ? undefined : readToken(token);
  const version = from?.version ?? core.store.version;
  const key = `${target.resource.storage}|${target.namespace}|${version}`;
  const all = from === undefined ? core.store.list(target.resource.storage, scopeOf(target)) : core.store.snapshot(key);
  if (all === undefined) {
    throw expired(
      "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.",
    );
  }
  const rest = all
    .slice(from === undefined ? 0 : all.findIndex((object) => idOf(object) === from.start))
    .filter(matches);
  if (limit === 0 || rest.length <= limit) return { items: rest, version: String(version) };
  core.store.keepSnapshot(key, all);
  const next = rest[limit];
  return {
    items: rest.slice(0, limit),
    version: String(version),
    continue: writeToken({ version, start: next === undefined ? "" : idOf(next) }),
    remaining: rest.length - limit,
  };
}

function idOf(object: Stored): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

interface PageToken {
  readonly version: number;
  readonly start: string;
}

function writeToken(token: PageToken): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: token.version, start: token.start })).toString(
    "base64url",
  );
}

function readToken(text: string): PageToken {
  const bytes = Buffer.from(text, "base64url");
  try {
    const { rv, start } = JSON.parse(bytes.toString("utf8")) as { rv: number; start: string };
    return { version: rv, start };
  } catch {
    const first = `\\u00${(bytes[0] ?? 0).toString(16).padStart(2, "0")}`;
    const why = `invalid character '${first}' looking for beginning of value`;
    throw badRequest(`invalid continue token: continue key is not valid: ${why}`);
  }
}
