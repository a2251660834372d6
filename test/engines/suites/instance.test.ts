import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readKubeconfig } from "../../../src/kubernetes/access.ts";
import { connect } from "../../../src/kubernetes/client.ts";
import { kubernetesProgram } from "../cluster/prepare.ts";
import { Instance } from "../instance.ts";
import { quietWorkshop } from "../programs/cache.ts";
import { until } from "../parts.ts";
import type { UnitRequest } from "../units.ts";

const { signal } = new AbortController();
let request: UnitRequest;
beforeAll(async () => {
  const workshop = quietWorkshop();
  const program = await kubernetesProgram(workshop);
  request = { unit: "cluster", settings: { program, only: "api-server", nodeAddress: "127.0.0.1", reach: [] } };
});

const instances: Instance[] = [];
afterAll(() => Promise.all(instances.map((instance) => instance.close())));

async function newInstance(): Promise<Instance> {
  const instance = new Instance(await mkdtemp(join(tmpdir(), "slipway-engines-")));
  instances.push(instance);
  return instance;
}

/** The names of the namespaces of a cluster. */
async function namespaces(kubeconfig: string): Promise<string[]> {
  const api = connect(readKubeconfig(await readFile(kubeconfig, "utf8")));
  try {
    const path = "/api/v1/namespaces";
    const { items } = await api.request<{ items: { metadata: { name: string } }[] }>({ method: "GET", path });
    return items.map(({ metadata }) => metadata.name);
  } finally {
    api.close();
  }
}

/** Resolves when nothing of a unit is left: its folder is what goes last. */
function gone(kubeconfig: string): Promise<true> {
  const folder = dirname(dirname(kubeconfig));
  return until(`end of ${folder}`, () => Promise.resolve(existsSync(folder) ? undefined : true), 15_000);
}

describe("an instance of engines", () => {
  it("knows nothing of another that runs at the same time", async () => {
    const both = [await newInstance(), await newInstance()];
    const started = both.map((instance) => instance.start(request, { stays: false, signal }));
    const [one = "", other = ""] = (await Promise.all(started)).map(({ KUBECONFIG }) => KUBECONFIG);
    const api = connect(readKubeconfig(await readFile(one, "utf8")));
    const body = { metadata: { name: "mine" } };
    await api.request({ method: "POST", path: "/api/v1/namespaces", body });
    api.close();
    expect(await namespaces(one)).toContain("mine");
    expect(await namespaces(other)).not.toContain("mine");
    await both[0]?.stop("cluster");
    await gone(one);
    expect(await namespaces(other)).toContain("default");
  });

  it("is started once, whoever asks for it", async () => {
    const instance = await newInstance();
    const asked = Array.from({ length: 3 }, () => instance.start(request, { stays: false, signal }));
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ KUBECONFIG }) => KUBECONFIG)).size).toBe(1);
    expect(await instance.variables("cluster")).toEqual(answers[0]);
  });

  it("ends with the process that has started it, though that is killed", async () => {
    const { folder } = await newInstance();
    const program = `
      const { Instance } = await import(${JSON.stringify(join(import.meta.dirname, "../instance.ts"))});
      const tie = { stays: false, signal: new AbortController().signal };
      console.log((await new Instance(${JSON.stringify(folder)}).start(${JSON.stringify(request)}, tie)).KUBECONFIG);
      setInterval(() => undefined, 1000);`;
    const args = ["--no-warnings", "--input-type=module", "--eval", program];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const [kubeconfig] = (await once(createInterface(child.stdout), "line")) as [string];
    expect(await namespaces(kubeconfig)).toContain("default");
    child.kill("SIGKILL");
    await gone(kubeconfig);
    await expect(namespaces(kubeconfig)).rejects.toThrow();
  });

  it.each([0, 50, 500, 2000])("leaves nothing when it is given up after %d ms", async (ms) => {
    const instance = await newInstance();
    const giveUp = new AbortController();
    const started = instance.start(request, { stays: true, signal: giveUp.signal });
    setTimeout(() => giveUp.abort(new Error("enough")), ms);
    await expect(started).rejects.toThrow("enough");
    const left = (): Promise<true | undefined> =>
      Promise.resolve(existsSync(join(instance.folder, "cluster")) ? undefined : true);
    await until("end", left, 15_000);
  });
});
