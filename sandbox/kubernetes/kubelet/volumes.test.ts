import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { References } from "./environment.ts";
import type { Volume } from "./pod.ts";
import { podOf, temporaryFolders } from "./testing/objects.ts";
import { containerMounts, setUpVolumes } from "./volumes.ts";

const folder = temporaryFolders();
const text = (value: string): string => Buffer.from(value).toString("base64");

function options(directory: string, volumes: Volume[], data: Record<string, string>) {
  const meta = { apiVersion: "v1", metadata: { name: "x" } };
  const references: References = {
    configMap: async (name) =>
      Promise.resolve(name === "c" ? { ...meta, kind: "ConfigMap", data, binaryData: { bin: text("\0") } } : undefined),
    secret: async (name) =>
      Promise.resolve(name === "s" ? { ...meta, kind: "Secret", data: { key: text("secret") } } : undefined),
    claim: async (name) => {
      const claim = { ...meta, metadata: { name, uid: `uid-of-${name}` }, kind: "PersistentVolumeClaim" };
      return Promise.resolve(name === "none" ? undefined : { ...claim, status: { phase: name } });
    },
  };
  return {
    pod: podOf({ containers: [{ name: "main", image: "web", resources: { limits: { memory: "1Ki" } } }], volumes }),
    directory,
    claims: join(directory, "claims"),
    facts: { podAddress: "", hostAddress: "127.0.0.1", allocatable: {} },
    references,
    token: async () => Promise.resolve("token"),
  };
}

describe("setUpVolumes()", () => {
  it("makes ConfigMaps, Secrets, the downward API and projections of them to files", async () => {
    const directory = await folder();
    const fieldRef = { fieldPath: "metadata.labels" };
    const memory = { containerName: "main", resource: "limits.memory" };
    await setUpVolumes(
      options(
        directory,
        [
          { name: "empty", emptyDir: {} },
          { name: "all", configMap: { name: "c", defaultMode: 0o600 } },
          { name: "some", secret: { secretName: "s", items: [{ key: "key", path: "deep/file", mode: 0o400 }] } },
          {
            name: "mixed",
            projected: {
              sources: [
                { configMap: { name: "c", items: [{ key: "a", path: "config" }] } },
                {
                  downwardAPI: {
                    items: [
                      { path: "labels", fieldRef },
                      { path: "memory", resourceFieldRef: memory },
                    ],
                  },
                },
                { serviceAccountToken: { path: "token" } },
              ],
            },
          },
        ],
        { a: "1" },
      ),
    );
    const read = (path: string): string => readFileSync(join(directory, path), "utf8");
    expect(
      ["all/a", "all/bin", "some/deep/file", "mixed/config", "mixed/labels", "mixed/memory", "mixed/token"].map(read),
    ).toEqual(["1", "\0", "secret", "1", 'app="web"', "1024", "token"]);
    expect(["all/a", "some/deep/file"].map((path) => statSync(join(directory, path)).mode & 0o777)).toEqual([
      0o600, 0o400,
    ]);
    expect(readdirSync(join(directory, "empty"))).toEqual([]);
  });

  it("makes them anew when it is tried again, and as they are then", async () => {
    const directory = await folder();
    const volumes = [{ name: "v", configMap: { name: "c", defaultMode: 0o400 } }];
    await setUpVolumes(options(directory, volumes, { old: "1", both: "1" }));
    await setUpVolumes(options(directory, volumes, { new: "2", both: "2" }));
    expect(readdirSync(join(directory, "v")).sort()).toEqual(["bin", "both", "new"]);
    expect(readFileSync(join(directory, "v/both"), "utf8")).toBe("2");
  });

  it.each<[string, Volume]>([
    ['configmap "none" not found', { name: "v", configMap: { name: "none" } }],
    ['secret "none" not found', { name: "v", secret: { secretName: "none" } }],
    [
      "references non-existent config key: z",
      { name: "v", configMap: { name: "c", items: [{ key: "z", path: "z" }] } },
    ],
    ['persistentvolumeclaim "none" not found', { name: "v", persistentVolumeClaim: { claimName: "none" } }],
    ['persistentvolumeclaim "Pending" is not bound', { name: "v", persistentVolumeClaim: { claimName: "Pending" } }],
    ["the sandbox has no volumes of this kind", { name: "v" }],
  ])("says as the kubelet does: %s", async (problem, volume) => {
    const done = setUpVolumes(options(await folder(), [volume], {}));
    await expect(done).rejects.toThrow(`MountVolume.SetUp failed for volume "v" : ${problem}`);
  });

  it("gives every pod that has a claim the same folder", async () => {
    const [one, other, claims] = await Promise.all([folder(), folder(), folder()]);
    const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "Bound" } }];
    for (const directory of [one, one, other]) await setUpVolumes({ ...options(directory, volumes, {}), claims });
    writeFileSync(join(one, "data/file"), "kept");
    expect(readFileSync(join(other, "data/file"), "utf8")).toBe("kept");
  });

  it("goes without what is optional", async () => {
    const directory = await folder();
    await setUpVolumes(options(directory, [{ name: "v", configMap: { name: "none", optional: true } }], {}));
    expect(existsSync(join(directory, "v"))).toBe(true);
  });
});

it("containerMounts() keeps a subPath inside its volume", async () => {
  const directory = await folder();
  const mount = { name: "v", mountPath: "/m", subPathExpr: "$(NAME)/../../../x" };
  const variables = new Map([["NAME", "pod"]]);
  const mounts = await containerMounts({
    container: { name: "main", image: "web", volumeMounts: [mount] },
    directory,
    variables,
  });
  expect(mounts).toEqual([{ path: "/m", source: join(directory, "v/x") }]);
});
