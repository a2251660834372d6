import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SlipwayError } from "../../src/error.ts";
import { systemErrorCode } from "../../sandbox/kubernetes/system-error.ts";
import { freePort } from "./free-port.ts";
import { files } from "./keeper-words.ts";
import type { State } from "./keeper-words.ts";
import { startKeeper } from "./start-keeper.ts";
import type { Tie } from "./start-keeper.ts";
import { until } from "./parts.ts";
import { unitNames } from "./unit.ts";
import type { UnitName, Variables } from "./unit.ts";
import type { UnitRequest } from "./units.ts";

/** How long a folder may be there before its keeper is. */
const beginningMs = 10_000;
const startLimitMs = 120_000;
const stopLimitMs = 30_000;

/** Units that know each other, each with a keeper process and a folder of its own. Units of two instances never meet. */
export class Instance {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Starts a unit, or waits for it where somebody else has started it.
   * @throws SlipwayError where that one has another node than is wanted
   */
  async start(request: UnitRequest, tie: Tie): Promise<Variables> {
    const folder = this.#folderOf(request.unit);
    if (await this.#claim(request.unit)) return startKeeper(request, { ...tie, folder });
    const look = (): Promise<State | undefined> => this.#state(request.unit);
    const state = await until(`${request.unit}, which another process is starting,`, look, startLimitMs);
    if (hasRealNode(request) && !hasRealNode(state.request)) throw otherNode();
    return state.variables;
  }

  /** What a unit that is up tells; undefined where it is not. */
  async variables(unit: UnitName): Promise<Variables | undefined> {
    return (await this.#state(unit))?.variables;
  }

  async #state(unit: UnitName): Promise<State | undefined> {
    if ((await this.#visit(unit)) !== "up") return undefined;
    const text = await readFile(join(this.#folderOf(unit), files.state), "utf8").catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as State);
  }

  /** Ends a unit. Resolves to whether there was something to end, when nothing is left of it. */
  async stop(unit: UnitName): Promise<boolean> {
    const folder = this.#folderOf(unit);
    const state = await this.#visit(unit, "stop");
    if (state === "down") return false;
    if (state === "left over") await rm(folder, { recursive: true, force: true });
    const gone = (): Promise<true | undefined> => Promise.resolve(existsSync(folder) ? undefined : true);
    return until(`end of ${unit}`, gone, stopLimitMs);
  }

  /** Ends all units, and forgets what the instance keeps beside them. */
  async close(): Promise<void> {
    for (const unit of unitNames.toReversed()) await this.stop(unit);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The port that the registry of this instance has, or will have: the cluster is told before the registry is there. */
  async registryPort(): Promise<number> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = join(this.folder, "registry-port");
    try {
      await writeFile(file, String(await freePort()), { flag: "wx" });
    } catch (error) {
      if (systemErrorCode(error) !== "EEXIST") throw error;
    }
    return Number(await readFile(file, "utf8"));
  }

  #folderOf(unit: UnitName): string {
    return join(this.folder, unit);
  }

  /** Whether the unit's folder is now this process's to fill. */
  async #claim(unit: UnitName): Promise<boolean> {
    const folder = this.#folderOf(unit);
    if ((await this.#visit(unit)) === "left over") await rm(folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await mkdir(folder, { mode: 0o700 });
      return true;
    } catch (error) {
      if (systemErrorCode(error) === "EEXIST") return false;
      throw error;
    }
  }

  async #visit(unit: UnitName, word = ""): Promise<"up" | "starting" | "left over" | "down"> {
    const folder = this.#folderOf(unit);
    const socket = connect(join(folder, files.socket));
    try {
      await once(socket, "connect");
      socket.end(word);
      return "up";
    } catch {
      const since = await stat(folder).then(
        ({ ctimeMs }) => ctimeMs,
        () => undefined,
      );
      if (since === undefined) return "down";
      return existsSync(join(folder, files.socket)) || Date.now() - since > beginningMs ? "left over" : "starting";
    } finally {
      socket.destroySoon();
    }
  }
}

function hasRealNode(request: UnitRequest): boolean {
  return request.unit === "cluster" && request.settings.node !== undefined;
}

function otherNode(): SlipwayError {
  return new SlipwayError(
    "Cannot start a node because the control plane is up with the sandbox's kubelet as its node",
    {
      code: "configuration",
      hint: 'Stop it first: "npm run engines -- down control-plane".',
    },
  );
}

/** The instance of this working copy, for people; two working copies have two. */
export function checkoutInstance(): Instance {
  const root = join(import.meta.dirname, "../..");
  const hash = createHash("sha256")
    .update(`${process.getuid?.() ?? ""} ${root}`)
    .digest("hex")
    .slice(0, 8);
  return new Instance(join(tmpdir(), `slipway-engines-${hash}`));
}
