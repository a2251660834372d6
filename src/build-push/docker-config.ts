import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Runner } from "../runner/runner.ts";
import type { Logins } from "./credentials.ts";

/** Environment variables with which `docker` uses a configuration of the job's own. */
export type DockerEnvironment = Readonly<Record<string, string>>;

const folderState = "docker-config";

interface DockerConfig {
  readonly auths?: Readonly<Record<string, unknown>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

/**
 * Makes a Docker configuration for this job alone, with the logins in it: a file that only this user can read, in a folder that the post
 * step removes. What the user's own configuration says stays in force, plugins, contexts and builders too.
 */
export function makeDockerConfig(runner: Runner, logins: Logins): DockerEnvironment {
  const folder = mkdtempSync(join(runner.temp, "slipway-docker-"));
  runner.saveState(folderState, folder);
  const own = runner.env.DOCKER_CONFIG ?? join(runner.env.HOME ?? "", ".docker");
  const inherited = readConfig(join(own, "config.json"));
  const hosts = [...logins].map(([host, { username, password }]) => {
    return [keyOf(host), Buffer.from(`${username}:${password}`).toString("base64")] as const;
  });
  const config = {
    ...inherited,
    auths: { ...inherited.auths, ...Object.fromEntries(hosts.map(([key, auth]) => [key, { auth }])) },
    // A credential store of the user's would come first; an empty helper means this file.
    credHelpers: { ...inherited.credHelpers, ...Object.fromEntries(hosts.map(([key]) => [key, ""])) },
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config), { flag: "wx", mode: 0o600 });
  for (const name of ["cli-plugins", "contexts"])
    if (existsSync(join(own, name))) symlinkSync(join(own, name), join(folder, name));
  return { DOCKER_CONFIG: folder, BUILDX_CONFIG: runner.env.BUILDX_CONFIG ?? join(own, "buildx") };
}

/** Removes the configuration. Called as soon as it is not needed, and again by the post step of a job that was cut off. */
export function removeDockerConfig(runner: Runner, environment?: DockerEnvironment): void {
  const folder = environment?.DOCKER_CONFIG ?? runner.getState(folderState);
  if (folder) rmSync(folder, { recursive: true, force: true });
}

function readConfig(path: string): DockerConfig {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, "utf8")) as DockerConfig;
  } catch {
    // Docker itself goes on without a configuration that it cannot read.
    return {};
  }
}

/** Docker Hub has the name of long ago in Docker's configuration. */
function keyOf(host: string): string {
  return host === "docker.io" ? "https://index.docker.io/v1/" : host;
}
