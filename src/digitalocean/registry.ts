import { looseObject, record, string } from "valibot";
import { SlipwayError } from "../error.ts";
import { nearest } from "../runner/nearest.ts";
import type { DigitalOceanApi } from "./client.ts";
import { DigitalOceanError } from "./error.ts";

export interface RegistryCredentials {
  /** The registry's host, as DigitalOcean names it. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
  /** When they stop working, as an RFC 3339 time. */
  readonly expiresAt: string;
}

const publicHost = "registry.digitalocean.com";

/** A docker configuration, as DigitalOcean hands it out: `auth` is "username:password" in base64. */
const dockerConfig = looseObject({ auths: record(string(), looseObject({ auth: string() })) });

/**
 * Credentials for one registry of DOCR that last for `expirySeconds`. DigitalOcean's own default is for ever, so it is always sent.
 * @throws SlipwayError that names the nearest registry or the scope that the token lacks
 */
export async function registryCredentials(
  api: DigitalOceanApi,
  registryName: string,
  o: { readonly readWrite: boolean; readonly expirySeconds: number },
): Promise<RegistryCredentials> {
  const doing = `get credentials for the registry ${registryName}`;
  const requested = Date.now();
  const config = await api
    .request({
      answer: dockerConfig,
      path: `/v2/registries/${encodeURIComponent(registryName)}/docker-credentials`,
      query: { read_write: o.readWrite, expiry_seconds: o.expirySeconds },
      doing,
      // To read and update is not enough: DigitalOcean answers 403 to a token that may do just that.
      scope: "registry:create",
    })
    .catch(async (error: unknown) => {
      throw error instanceof DigitalOceanError && error.status === 404
        ? await unknownRegistry(api, registryName)
        : error;
    });
  const [host, entry] = Object.entries(config.auths)[0] ?? [];
  const [username, password] = Buffer.from(entry?.auth ?? "", "base64")
    .toString("utf8")
    .split(/:(.*)/s);
  if (host === undefined || !username || !password) {
    throw new SlipwayError(`Cannot ${doing} because DigitalOcean's answer holds none`, { code: "refused" });
  }
  return { host, username, password, expiresAt: new Date(requested + o.expirySeconds * 1000).toISOString() };
}

/** The names of the account's registries. `doing` reads on after "Cannot". */
export async function registryNames(api: DigitalOceanApi, doing: string): Promise<string[]> {
  const registries = await api.list({
    path: "/v2/registries",
    key: "registries",
    item: looseObject({ name: string() }),
    doing,
    scope: "registry:read",
  });
  return registries.map(({ name }) => name);
}

async function unknownRegistry(api: DigitalOceanApi, name: string): Promise<SlipwayError> {
  const names = await registryNames(api, `find the registry ${name}`);
  const meant = nearest(name, names);
  return new SlipwayError(
    `Cannot use the registry ${name} because this account has none of that name: got ${names.join(", ") || "none at all"}`,
    {
      code: "configuration",
      hint:
        meant === undefined
          ? `\`registry\` reads ${publicHost}/NAME, or with a path behind it.`
          : `Did you mean ${meant}?`,
    },
  );
}
