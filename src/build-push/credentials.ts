import type { Credentials } from "../registry/access.ts";
import { canonicalRegistry } from "../registry/reference.ts";
import type { Runner } from "../runner/runner.ts";
import type { BuildPushInputs } from "./inputs.ts";

/** Who logs in where, by the registry's host. */
export type Logins = ReadonlyMap<string, Credentials>;

/** What the post step has to revoke. */
const mintedState = "minted-credential";
/** A job's build is done within the hour, or its next step is not worth waiting for. */
const expirySeconds = 3600;

/** Gathers the credentials of the inputs. With `digitalocean-token`, one for this job is made; it is masked, and revoked by the post step. */
export async function collectLogins(runner: Runner, inputs: BuildPushInputs): Promise<Logins> {
  const logins = new Map<string, Credentials>();
  for (const { registry, username, password } of inputs.logins ?? [])
    logins.set(canonicalRegistry(registry), { username, password, origin: "input logins" });
  const [host = "", namespace = ""] = inputs.registry.split("/");
  const { username, password, "digitalocean-token": token } = inputs;
  if (username !== undefined && password !== undefined)
    logins.set(canonicalRegistry(host), { username, password, origin: "inputs username and password" });
  else if (token !== undefined) logins.set(host, await mint(runner, { token, namespace, readWrite: inputs.push }));
  return logins;
}

async function mint(
  runner: Runner,
  o: { readonly token: string; readonly namespace: string; readonly readWrite: boolean },
): Promise<Credentials> {
  const { env, signal } = runner;
  const { openDigitalOcean } = await import("../digitalocean/client.ts");
  const { registryCredentials } = await import("../digitalocean/registry.ts");
  const api = openDigitalOcean({ token: o.token, env, signal });
  try {
    const { username, password } = await registryCredentials(api, o.namespace, {
      readWrite: o.readWrite,
      expirySeconds,
    });
    for (const secret of [username, password]) runner.mask(secret);
    runner.saveState(mintedState, password);
    return { username, password, origin: "made with digitalocean-token" };
  } finally {
    api.close();
  }
}

/** Makes the credential useless that this job has used. */
export async function revokeMinted(runner: Runner): Promise<void> {
  const token = runner.getState(mintedState);
  if (token === "") return;
  runner.mask(token);
  const { openDigitalOcean } = await import("../digitalocean/client.ts");
  // Not the job's signal: a cancelled job has to clean up too.
  const api = openDigitalOcean({ token, env: runner.env });
  try {
    await api.revoke(token);
    runner.log.info("The registry credential of this job is revoked.");
  } finally {
    api.close();
  }
}
