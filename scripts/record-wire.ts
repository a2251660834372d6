/**
 * Asks a real API server what sandbox/kubernetes/api/conformance/requests.yaml lists, and keeps its answers for the conformance test:
 *
 *     KUBECONFIG=… node scripts/record-wire.ts
 *
 * The server must be new, of the version of the recording, and alone: an etcd, an API server, no controllers. What differs from run to
 * run is replaced by placeholders, so that recording it again shows in `git diff` only what has become different.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { parse } from "yaml";
import { Conversation } from "../sandbox/kubernetes/api/conformance/conversation.ts";
import { Normaliser } from "../sandbox/kubernetes/api/conformance/normalise.ts";
import { peerOf } from "../sandbox/kubernetes/api/conformance/peer.ts";
import { recordingFile } from "../sandbox/kubernetes/api/conformance/recording.ts";
import type { Asker, Exchange, RecordedRequest } from "../sandbox/kubernetes/api/conformance/recording.ts";

/** A request as requests.yaml writes it. */
interface Listed {
  readonly name: string;
  /** Method and path. */
  readonly ask: string;
  readonly patch?: keyof typeof patches;
  readonly accept?: keyof typeof forms;
  readonly body?: unknown;
  readonly as?: Asker;
  readonly save?: string;
}

const patches = {
  apply: "application/apply-patch+yaml",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  json: "application/json-patch+json",
};
const forms = {
  table: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
  metadata: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json",
  "metadata-of-one": "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json",
};

function requestOf({ ask, patch, accept, body, as, save }: Listed): RecordedRequest {
  const [method = "", path = ""] = ask.split(" ");
  const contentType = patch === undefined ? "application/json" : patches[patch];
  return {
    method,
    path,
    ...(accept && { accept: forms[accept] }),
    ...(body === undefined ? {} : { contentType, body }),
    ...(as && { as }),
    ...(save && { save }),
  };
}

const listFile = new URL("../sandbox/kubernetes/api/conformance/requests.yaml", import.meta.url);
const list = parse(readFileSync(listFile, "utf8"), { merge: true }) as Listed[];
const conversation = new Conversation(peerOf(readFileSync(process.env.KUBECONFIG ?? "", "utf8")));
const normaliser = new Normaliser();
const exchanges: Exchange[] = [];
// Times are kept by the second, and the order of managedFields depends on them: all writes should fall into as few as possible.
await sleep(1000 - (Date.now() % 1000));
for (const listed of list) {
  const request = requestOf(listed);
  const { body, ...response } = await conversation.ask(request);
  exchanges.push({ name: listed.name, request, response: { ...response, body: normaliser.normalise(body) } });
}
const lines = exchanges.map((exchange) => `${JSON.stringify(exchange)}\n`).join("");
writeFileSync(recordingFile("wire-more"), gzipSync(lines, { level: 9 }));
process.stdout.write(`${exchanges.length} exchanges\n`);
