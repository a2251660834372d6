import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { milliValue } from "../../../src/kubernetes/quantity.ts";
import type { Credentials } from "../../../src/registry/access.ts";
import type { ImageReference } from "../../../src/registry/reference.ts";
import type { Attempt } from "./attempt.ts";
import { commandLine } from "./command.ts";
import { configError, ContainerError } from "./container-error.ts";
import { ContainerLog } from "./container-log.ts";
import { ContainerProcess } from "./container-process.ts";
import { ContainerRoot } from "./container-root.ts";
import type { Mount } from "./container-root.ts";
import type { PodFacts } from "./downward.ts";
import { environment } from "./environment.ts";
import type { References } from "./environment.ts";
import type { Image } from "./image-store.ts";
import type { Tell } from "./image-puller.ts";
import type { Kubelet } from "./kubelet.ts";
import type { Container, Pod } from "./pod.ts";
import { credentialsFor } from "./pull-credentials.ts";
import { securePath } from "./secure-path.ts";
import { unlessAborted } from "./unless-aborted.ts";
import { containerMounts } from "./volumes.ts";

export interface StartOptions {
  readonly kubelet: Kubelet;
  readonly pod: Pod;
  readonly container: Container;
  readonly isInit: boolean;
  /** How many attempts there were before. */
  readonly count: number;
  readonly facts: PodFacts;
  /** The pod's own folder. */
  readonly directory: string;
  /** Aborted when the pod is to go. */
  readonly signal: AbortSignal;
  /** Told of the attempt as soon as there is one: it may fail to start still. */
  readonly onCreated: (attempt: Attempt) => void;
}

/** Exit code and reason that container runtimes give a process that could not be started. */
const startFailure = { exitCode: 128, reason: "StartError" } as const;

/**
 * Starts a container: image, variables, files, process.
 * @throws ContainerError
 */
export async function startContainer(o: StartOptions): Promise<Attempt & { process: ContainerProcess }> {
  const { kubelet, pod, container } = o;
  const tell: Tell = (type, reason, message) => kubelet.record(pod, { type, reason, message, container });
  const references = kubelet.references(pod.metadata.namespace);
  // Once begun, a pull goes on, as other pods may wait for it too.
  const image = await unlessAborted(ensureImage(o, { references, tell }), o.signal);
  if (container.restartPolicy === "Always" && o.isInit) throw configError("the sandbox has no sidecar containers");
  const env = await environment({
    ...o,
    references,
    services: kubelet.services(pod),
    onSkipped: (source, keys) => {
      const why = "were skipped since they are considered invalid environment variable names.";
      tell("Warning", "InvalidEnvironmentVariableNames", `Keys [${keys.join(", ")}] from the EnvFrom ${source} ${why}`);
    },
  });
  const command = commandLine(container, image.config, env);
  if (command.length === 0) throw new ContainerError("CreateContainerError", "no command specified");
  o.signal.throwIfAborted();
  const root = await makeRoot(o, { image, variables: env });
  const attempt = newAttempt(o, image);
  tell("Normal", "Created", `Created container: ${container.name}`);
  o.onCreated(attempt);
  const hostname = pod.spec.hostname ?? pod.metadata.name;
  try {
    const process = await ContainerProcess.start({
      supervisor: kubelet.supervisor,
      id: attempt.run.id,
      root,
      image: image.config,
      command,
      env: new Map([["HOSTNAME", hostname], ...env]),
      memoryLimit: memoryLimit(container),
      log: attempt.log,
    });
    tell("Normal", "Started", `Started container ${container.name}`);
    return Object.assign(attempt, { process });
  } catch (error) {
    attempt.log.close();
    const message = error instanceof Error ? error.message : String(error);
    attempt.run = { ...attempt.run, startedAt: 0, end: { ...startFailure, at: Date.now(), message } };
    throw error;
  }
}

async function ensureImage(
  { kubelet, pod, container }: StartOptions,
  { references, tell }: { readonly references: References; readonly tell: Tell },
): Promise<Image> {
  const credentials = async (reference: ImageReference): Promise<readonly Credentials[]> => {
    const secrets = (pod.spec.imagePullSecrets ?? []).map(({ name }) => references.secret(name));
    const found = (await Promise.all(secrets)).filter((secret) => secret !== undefined);
    return credentialsFor(reference, found);
  };
  return kubelet.images.ensure({ container, pod: pod.metadata.uid, tell, credentials });
}

async function makeRoot(
  o: StartOptions,
  { image, variables }: { readonly image: Image; readonly variables: ReadonlyMap<string, string> },
): Promise<ContainerRoot> {
  const directory = join(o.directory, "containers", o.container.name);
  // What the attempt before wrote is gone, as with any container.
  await rm(directory, { recursive: true, force: true });
  const volumes = await containerMounts({ container: o.container, directory: join(o.directory, "volumes"), variables });
  const programs = Object.entries(o.kubelet.hostPrograms).flatMap(([path, source]): Mount[] => {
    return existsSync(securePath(image.root, path)) ? [{ path, source }] : [];
  });
  const workingDirectory = o.container.workingDir || image.config.WorkingDir || "/";
  return ContainerRoot.make({ directory, image: image.root, mounts: [...programs, ...volumes], workingDirectory });
}

function newAttempt(o: StartOptions, image: Image): Attempt {
  const { container, isInit, count } = o;
  const logOf = (attempt: number): string => join(o.directory, "logs", container.name, `${attempt}.log`);
  ContainerLog.remove(logOf(count - 2));
  const log = new ContainerLog(logOf(count));
  const run = {
    id: randomUUID().replaceAll("-", ""),
    attempt: count,
    image: container.image,
    imageId: image.id,
    startedAt: Date.now(),
  };
  return { container, isInit, log, run };
}

/** In bytes. */
function memoryLimit({ resources }: Container): number | undefined {
  const limit = milliValue(resources?.limits?.memory ?? "");
  return limit === undefined ? undefined : limit / 1_000;
}
