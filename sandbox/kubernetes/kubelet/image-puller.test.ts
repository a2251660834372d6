import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { RegistryClient } from "../../../src/registry/registry-client.ts";
import { systemClock } from "../../../src/runner/clock.ts";
import type { Answer } from "../../http.ts";
import { startRegistry } from "../../registry/server.ts";
import type { Registry } from "../../registry/server.ts";
import { BackOff } from "./back-off.ts";
import { ImagePuller } from "./image-puller.ts";
import { ImageStore } from "./image-store.ts";
import type { Container } from "./pod.ts";
import { credentialsFor } from "./pull-credentials.ts";
import { temporaryFolders } from "./testing/objects.ts";
import { putImage } from "./testing/test-image.ts";

const folder = temporaryFolders();
let registry: Registry;
let fault: ((path: string) => Answer | undefined) | undefined;

beforeAll(async () => {
  registry = await startRegistry({ onFault: ({ path }) => fault?.(path) });
  const image = { files: { "etc/release": "1" }, config: { Cmd: ["run"] } };
  await putImage(registry, { repository: "app", tag: "latest", ...image });
});

afterAll(() => registry.close());

/** Gets an image, and what is told meanwhile. Each call has a machine without images, unless `puller` says otherwise. */
async function ensure(container: Partial<Container>, puller?: ImagePuller) {
  const told: string[] = [];
  const used = puller ?? (await newPuller());
  const result = await used
    .ensure({
      container: { name: "main", image: `${registry.address}/app`, ...container },
      pod: "uid",
      credentials: () => Promise.resolve([]),
      tell: (_type, reason, message) => told.push(`${reason}: ${message.replace(/in [\w.]+ \([\w.]+ /, "in T (T ")}`),
    })
    .catch((error: unknown) => error as Error & { reason: string });
  return { told, result };
}

async function newPuller(): Promise<ImagePuller> {
  const { signal } = new AbortController();
  const source = (address: string) =>
    new RegistryClient({ registry: address, clock: systemClock, signal, env: {}, tries: 1 });
  return new ImagePuller({ store: new ImageStore(await folder()), backOff: new BackOff(10_000), source });
}

describe("ImagePuller", () => {
  it("pulls what is absent once, and asks again only where the policy says so", async () => {
    const puller = await newPuller();
    const name = `${registry.address}/app`;
    const pulls = [
      `Pulling: Pulling image "${name}:latest"`,
      expect.stringContaining(`Pulled: Successfully pulled image "${name}:latest" in T (T`),
    ];
    expect((await ensure({ imagePullPolicy: "IfNotPresent" }, puller)).told).toEqual(pulls);
    expect((await ensure({ imagePullPolicy: "IfNotPresent" }, puller)).told).toEqual([
      `Pulled: Container image "${name}" already present on machine`,
    ]);
    expect((await ensure({ imagePullPolicy: "Always" }, puller)).told).toEqual(pulls);
    expect(registry.counts()["GET blob 200"]).toBe(2);
  });

  it("waits after a failure, and goes on saying what went wrong", async () => {
    const puller = await newPuller();
    const image = `${registry.address}/none:1`;
    const first = await ensure({ image }, puller);
    const again = await ensure({ image }, puller);
    const message = first.result instanceof Error ? first.result.message : "";
    expect(again.told).toEqual([`BackOff: Back-off pulling image "${image}"`]);
    expect(again.result).toMatchObject({
      reason: "ImagePullBackOff",
      message: `Back-off pulling image "${image}": ErrImagePull: ${message}`,
    });
  });

  it.each<[string, Answer | undefined, string, string]>([
    ["no such image", undefined, "none:1", "rpc error: code = NotFound desc = RESOLVING: IMAGE: not found"],
    [
      "no admission",
      { status: 401 },
      "app:latest",
      "RESOLVING: pulling from host HOST failed with status code [manifests latest]: 401 Unauthorized",
    ],
    [
      "a problem of the registry's own",
      { status: 503 },
      "app:latest",
      "RESOLVING: unexpected status from HEAD request to http://HOST/v2/app/manifests/latest: 503 Service Unavailable",
    ],
  ])("says of %s what containerd says", async (_name, answer, name, expected) => {
    const image = `${registry.address}/${name}`;
    fault = () => answer;
    const { told, result } = await ensure({ image });
    fault = undefined;
    const message = expected
      .replaceAll("RESOLVING", 'failed to pull and unpack image "IMAGE": failed to resolve reference "IMAGE"')
      .replaceAll("IMAGE", image)
      .replaceAll("HOST", registry.address);
    expect(result).toMatchObject({ reason: "ErrImagePull", message });
    expect(told).toEqual([`Pulling: Pulling image "${image}"`, `Failed: Failed to pull image "${image}": ${message}`]);
  });

  it("says of a registry that gives tokens to anybody, and images to few, what containerd says", async () => {
    const closed = await startRegistry({ credentials: [{ username: "a", password: "b", readWrite: false }] });
    const { result } = await ensure({ image: `${closed.address}/app:1` });
    await closed.close();
    expect(result).toMatchObject({
      message: expect.stringMatching(
        /: pull access denied, .*: server message: insufficient_scope: authorization failed$/,
      ),
    });
  });

  it("says at once that nothing listens where the registry should be", async () => {
    const { result } = await ensure({ image: "127.0.0.1:1/app:1" });
    const request = 'failed to do request: Head "http://127.0.0.1:1/v2/app/manifests/1"';
    expect(result).toMatchObject({
      message: expect.stringContaining(`${request}: dial tcp 127.0.0.1:1: connect: connection refused`),
    });
  });

  it("takes no layer that is not what its digest says", async () => {
    fault = (path) => (path.includes("/blobs/") ? { status: 200, body: "something else" } : undefined);
    const { result } = await ensure({});
    fault = undefined;
    expect(result).toMatchObject({
      reason: "ErrImagePull",
      message: expect.stringContaining("Cannot trust what the registry sent"),
    });
    expect((await ensure({})).result).toMatchObject({ config: { Cmd: ["run"] } });
  });

  it.each([
    ["UPPER/case::1", ""],
    ["registry.example/Team/app", ": repository name (registry.example/Team/app) must be lowercase"],
  ])("refuses the name %s", async (image, rule) => {
    const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format${rule}`;
    const { told, result } = await ensure({ image });
    expect(told).toEqual([`InspectFailed: ${message}`]);
    expect(result).toMatchObject({ reason: "InvalidImageName", message });
  });
});

describe("credentialsFor()", () => {
  const secret = (auths: object) => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "pull" },
    type: "kubernetes.io/dockerconfigjson",
    data: { ".dockerconfigjson": Buffer.from(JSON.stringify({ auths })).toString("base64") },
  });
  const auth = { auth: Buffer.from("robot:pass:word").toString("base64") };
  const of = (registryName: string, repository: string, auths: object) =>
    credentialsFor({ registry: registryName, repository }, [secret(auths)]).map(({ username, password }) => [
      username,
      password,
    ]);

  it.each([
    ["the host", "r.example", "team/app", "r.example", true],
    ["an address as docker login writes it", "r.example", "team/app", "https://r.example/v2/", true],
    ["Docker Hub by its old name", "docker.io", "library/app", "https://index.docker.io/v1/", true],
    ["a path above the image", "r.example", "team/app", "r.example/team", true],
    ["a path beside the image", "r.example", "team/app", "r.example/te", false],
    ["another host", "r.example", "team/app", "s.example", false],
  ])("%s", (_name, host, repository, place, fits) => {
    expect(of(host, repository, { [place]: auth })).toEqual(fits ? [["robot", "pass:word"]] : []);
  });

  it("passes over a secret that does not hold what it should", () => {
    const broken = { ...secret({}), data: { ".dockerconfigjson": "!" } };
    expect(credentialsFor({ registry: "r.example", repository: "app" }, [broken])).toEqual([]);
  });
});
