import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { on, once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ScriptedFault } from "../sandbox/faults.ts";
import type { Order } from "../sandbox/parent.ts";

/** A sandbox in a process of its own, as `npm run sandbox` starts it. */
export interface SandboxProcess {
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  readonly registry: string;
  readonly digitaloceanApiUrl: string;
  readonly digitaloceanToken: string;
  readonly githubApiUrl: string;
  readonly githubToken: string;
  /** Where NodePorts listen: an address of this sandbox's own, so that tests can run side by side. */
  readonly nodeAddress: string;
  readonly process: ChildProcess;
  addFault(fault: ScriptedFault): Promise<void>;
  clearFaults(): Promise<void>;
  /** How often each kind of request was answered how by the registry, such as `PUT upload 201`. */
  registryCounts(): Promise<Readonly<Record<string, number>>>;
  /** How many requests came to each service by which method, such as `kubernetes PATCH`. */
  requestCounts(): Promise<Readonly<Record<string, number>>>;
  /** Makes the API server forget its history, so that a watch which resumes is answered 410. */
  compact(): Promise<void>;
  /** Cuts every connection to the API server, watches too. */
  disconnect(): Promise<void>;
  stop(): Promise<void>;
}

const readyLimitMs = 20_000;
const stopLimitMs = 15_000;
const program = fileURLToPath(new URL("../sandbox/main.ts", import.meta.url));

/** Starts a sandbox and waits until it is ready. It ends with this process, whatever becomes of that. */
export async function sandboxProcess(options: { readonly nodeAddress?: string } = {}): Promise<SandboxProcess> {
  const nodeAddress = options.nodeAddress ?? randomLoopback();
  const child = fork(program, ["--node-address", nodeAddress], {
    execArgv: ["--no-warnings"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Out of the terminal's process group: Ctrl-C is for its owner, which may need it for a moment more to end well.
    detached: true,
  });
  try {
    const variables = await readVariables(child);
    const ask = orders(child);
    return {
      kubeconfig: variables("KUBECONFIG"),
      registry: variables("REGISTRY"),
      digitaloceanApiUrl: variables("DIGITALOCEAN_API_URL"),
      digitaloceanToken: variables("DIGITALOCEAN_ACCESS_TOKEN"),
      githubApiUrl: variables("GITHUB_API_URL"),
      githubToken: variables("GITHUB_TOKEN"),
      nodeAddress,
      process: child,
      addFault: (fault) => ask({ order: "add fault", fault }).then(() => undefined),
      clearFaults: () => ask({ order: "clear faults" }).then(() => undefined),
      compact: () => ask({ order: "compact" }).then(() => undefined),
      disconnect: () => ask({ order: "disconnect" }).then(() => undefined),
      registryCounts: () => ask({ order: "registry counts" }),
      requestCounts: () => ask({ order: "request counts" }),
      stop: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** Pods and services live in 127.16.0.0 and above, so this is nobody else's. */
function randomLoopback(): string {
  return `127.${randomInt(2, 16)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}

/** The lines of standard output, which are complete once the sandbox is ready. */
async function readVariables(child: ChildProcess): Promise<(name: string) => string> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4096)));
  const found = new Map<string, string>();
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the sandbox is not ready after ${readyLimitMs} ms: ${said}`)),
      readyLimitMs,
    );
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}: ${said}`)));
    child.once("exit", () => clearTimeout(timer));
    if (child.stdout === null) return;
    createInterface(child.stdout).on("line", (line) => {
      const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
      if (found.set(name, value).size < 6) return;
      clearTimeout(timer);
      resolve();
    });
  });
  await ready;
  return (name) => found.get(name) ?? "";
}

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

function orders(child: ChildProcess): (order: WithoutId<Order>) => Promise<Readonly<Record<string, number>>> {
  let last = 0;
  return async (order) => {
    const id = ++last;
    child.send({ ...order, id });
    const limit = AbortSignal.timeout(stopLimitMs);
    for await (const [answer] of on(child, "message", { signal: limit })) {
      const { id: answered, result } = answer as { id: number; result: Readonly<Record<string, number>> };
      if (answered === id) return result;
    }
    throw new Error("the sandbox ended");
  };
}

/** As Ctrl-C does; killed when that takes too long. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopLimitMs);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(timer);
}
