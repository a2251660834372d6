import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Comparer } from "../../../sandbox/kubernetes/api/conformance/compare.ts";
import { controllers } from "../../../sandbox/kubernetes/api/conformance/controllers.ts";
import { Conversation } from "../../../sandbox/kubernetes/api/conformance/conversation.ts";
import { apiOf, peerOf } from "../../../sandbox/kubernetes/api/conformance/peer.ts";
import { readRecording } from "../../../sandbox/kubernetes/api/conformance/recording.ts";
import { kubernetesProgram } from "../cluster/prepare.ts";
import { Instance } from "../instance.ts";
import { quietWorkshop } from "../programs/cache.ts";

/** What the server needs a moment for: policies are compiled, and quotas read, beside the requests. */
const pausesMs: Readonly<Record<string, number>> = { "policy denies": 2_000, "quota exceeded": 1_000 };

/** What the controllers did then, of whom none is there now. The sandbox counts quotas by itself. */
const played: typeof controllers = {
  ...controllers,
  async "quota exceeded"(connect) {
    const path = "/api/v1/namespaces/wire/resourcequotas/q/status";
    const hard = { "count/secrets": "2", pods: "1" };
    const body = { status: { hard, used: { "count/secrets": "2", pods: "0" } } };
    const contentType = "application/merge-patch+json";
    await connect("system:kube-controller-manager").request({ method: "PATCH", path, body, contentType });
  },
};

/** What depends on who has built the server. */
const ofTheBuild = /^\.body\.(goVersion|platform):/;

/** Managers stand in the order of the seconds in which they wrote, and that depends on where a second ended. */
function inOneOrder(value: unknown, key = ""): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => inOneOrder(item));
    const id = (item: unknown): string => JSON.stringify({ ...(item as object), time: "", fieldsV1: "" });
    return key === "managedFields" ? items.sort((a, b) => (id(a) < id(b) ? -1 : 1)) : items;
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inOneOrder(item, name)]));
}

describe.each(["wire", "wire-more"] as const)("a real API server, asked what %s holds", (recording) => {
  const exchanges = readRecording(recording);
  const differences = new Map<string, readonly string[]>();
  let instance: Instance;

  beforeAll(async () => {
    const { signal } = new AbortController();
    const program = await kubernetesProgram(quietWorkshop());
    instance = new Instance(await mkdtemp(join(tmpdir(), "slipway-engines-")));
    const settings = { program, only: "api-server" as const, nodeAddress: "127.0.0.1", reach: [] };
    const { KUBECONFIG = "" } = await instance.start({ unit: "cluster", settings }, { stays: false, signal });
    const kubeconfig = await readFile(KUBECONFIG, "utf8");
    const conversation = new Conversation(peerOf(kubeconfig));
    const comparer = new Comparer();
    for (const { name, request, response } of exchanges) {
      await played[name]?.((user) => apiOf(kubeconfig, user), exchanges);
      await sleep(pausesMs[name] ?? 0);
      const found = comparer.differences(inOneOrder(response), inOneOrder(await conversation.ask(request)));
      differences.set(
        name,
        found.filter((line) => !ofTheBuild.test(line)),
      );
    }
  }, 120_000);
  afterAll(() => instance.close());

  it.each(exchanges.map(({ name }) => name))("answers as it did then: %s", (name) => {
    expect(differences.get(name)).toEqual([]);
  });
});
