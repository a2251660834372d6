import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readKubeconfig } from "../../../src/kubernetes/access.ts";
import { connect } from "../../../src/kubernetes/client.ts";
import { SlipwayError } from "../../../src/error.ts";
import { freePort } from "../free-port.ts";
import type { Unit, UnitOptions } from "../unit.ts";
import { cgroupName } from "./cgroup.ts";
import { openGate, publish } from "./gate.ts";
import { gates, ready } from "./inside.ts";
import type { InsideOptions } from "./inside.ts";
import type { NodeSettings } from "./real-node.ts";
import { publishServices } from "./published-services.ts";

export interface ClusterSettings {
  /** The program that is each part of Kubernetes. */
  readonly program: string;
  /** Where its NodePorts listen. */
  readonly nodeAddress: string;
  /** Ports of this machine's loopback that the cluster has to reach at its own. */
  readonly reach: readonly number[];
  /** What to leave out: the node, or all but etcd and the API server. */
  readonly only?: "api-server" | "control-plane";
  /** Of a real node. */
  readonly node?: NodeSettings;
}

/**
 * Starts a cluster in namespaces of its own and opens the ways to it: its API server and its NodePorts are found on loopback. Resolves
 * when pods can be made in it. Killing its process group ends all of it.
 */
export async function startCluster(settings: ClusterSettings, options: UnitOptions): Promise<Unit> {
  const { folder, log } = options;
  const port = await freePort();
  const gate = join(folder, gates.inside);
  const ways = [await openGate(join(folder, gates.outside), (asked) => settings.reach.includes(asked))];
  const { node, ...others } = settings;
  const withNode = node === undefined ? {} : { node: { ...node, cgroup: cgroupName() } };
  const inside = await launch({ folder, port, ...others, ...withNode }, options);
  await Promise.race([inside.ready, inside.ended.then(failed)]);
  ways.push(await publish({ host: "127.0.0.1", port, gate, to: port }));
  const kubeconfig = join(folder, "credentials/admin.kubeconfig");
  const ending = new AbortController();
  const { signal } = ending;
  const api = connect(readKubeconfig(await readFile(kubeconfig, "utf8")), { signal });
  ways.push(await publishServices({ api, host: settings.nodeAddress, gate, signal, log }));
  return {
    variables: { KUBECONFIG: kubeconfig },
    ended: inside.ended,
    async close() {
      ending.abort(new Error("the cluster was stopped"));
      api.close();
      for (const way of ways) await way.close();
    },
  };
}

interface Inside {
  readonly ready: Promise<void>;
  /** What it said last. */
  readonly ended: Promise<string>;
}

async function launch(options: InsideOptions, { supervisor, log }: UnitOptions): Promise<Inside> {
  let said = "";
  let setReady = (): void => undefined;
  const becameReady = new Promise<void>((resolve) => (setReady = resolve));
  const program = join(import.meta.dirname, "inside.ts");
  const node = [process.execPath, "--no-warnings", program, JSON.stringify(options)];
  const running = await supervisor.start({
    file: "unshare",
    args: [...unshareArguments(), "--", ...node],
    argv0: "unshare",
    cwd: "/",
    env: new Map(Object.entries({ PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin`, HOME: options.folder })),
    container: "cluster",
    onOutput: (stream, chunk) => {
      const text = chunk.toString();
      if (stream === "stdout" && text.endsWith(ready)) setReady();
      if (stream === "stderr") said = `${said}${text}`.slice(-4096);
      if (stream === "stderr") log(text.trimEnd());
    },
  });
  return { ready: becameReady, ended: running.ended.then(({ exitCode }) => said || `it ended with ${exitCode}`) };
}

/** For namespaces that end with their first process. Who is not root becomes root of a user namespace. */
export function unshareArguments(): string[] {
  const user = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  return [...user, "--mount", "--pid", "--net", "--fork", "--kill-child", "--mount-proc"];
}

function failed(said: string): never {
  throw new SlipwayError(`Cannot start a cluster because ${said.trim()}`, { code: "refused" });
}
