import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { digestOf } from "./names.ts";
import { startRegistry } from "./server.ts";
import type { Registry } from "./server.ts";
import { client, code, pushBlob } from "./testing/client.ts";
import type { Send } from "./testing/client.ts";

const imageType = "application/vnd.oci.image.manifest.v1+json";
const indexType = "application/vnd.oci.image.index.v1+json";
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function registry(options: Parameters<typeof startRegistry>[0] = {}): Promise<Registry> {
  const started = await startRegistry(options);
  closers.push(() => started.close());
  return started;
}

async function startUpload(send: Send, name: string): Promise<string> {
  const answer = await send("POST", `/v2/${name}/blobs/uploads/`);
  expect(answer.status).toBe(202);
  return answer.headers.get("location") ?? "";
}

async function pushImage(send: Send, name: string, reference: string, extra: object = {}) {
  const config = { ...(await pushBlob(send, name, "{}")), mediaType: "application/vnd.oci.image.config.v1+json" };
  const layer = await pushBlob(send, name, "layer");
  const body = JSON.stringify({ schemaVersion: 2, mediaType: imageType, config, layers: [layer], ...extra });
  const target = reference === "" ? digestOf(Buffer.from(body)) : reference;
  const answer = await send("PUT", `/v2/${name}/manifests/${target}`, { body, headers: { "content-type": imageType } });
  return { answer, body, digest: digestOf(Buffer.from(body)) };
}

describe("startRegistry(): blobs", () => {
  it.each(["memory", "a folder"])(
    "gives back, from %s, the bytes that were uploaded, whole or a range of them",
    async (where) => {
      const folder = where === "memory" ? undefined : mkdtempSync(join(tmpdir(), "registry-"));
      if (folder !== undefined) closers.push(() => rmSync(folder, { recursive: true }));
      const send = client(await registry(folder === undefined ? {} : { folder }));
      const { digest } = await pushBlob(send, "acme/app", "0123456789");
      const path = `/v2/acme/app/blobs/${digest}`;
      const whole = await send("GET", path);
      expect([whole.status, await whole.text(), whole.headers.get("docker-content-digest")]).toEqual([
        200,
        "0123456789",
        digest,
      ]);
      const head = await send("HEAD", path);
      expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
      for (const [range, status, text, contentRange] of [
        ["bytes=2-4", 206, "234", "bytes 2-4/10"],
        ["bytes=7-", 206, "789", "bytes 7-9/10"],
        ["bytes=-3", 206, "789", "bytes 7-9/10"],
        ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
        ["bytes=10-", 416, "", "bytes */10"],
        ["bytes=1-2,4-5", 200, "0123456789", null],
        ["lines=1-2", 200, "0123456789", null],
      ] as const) {
        const part = await send("GET", path, { headers: { range } });
        expect([range, part.status, await part.text(), part.headers.get("content-range")]).toEqual([
          range,
          status,
          text,
          contentRange,
        ]);
      }
      expect((await send("DELETE", path)).status).toBe(202);
      expect(await code(await send("GET", path))).toBe("BLOB_UNKNOWN");
      expect((await send("DELETE", path)).status).toBe(404);
    },
  );

  it("refuses an upload whose content has another digest, and keeps nothing of it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "registry-"));
    closers.push(() => rmSync(folder, { recursive: true }));
    const send = client(await registry({ folder }));
    const wrong = digestOf(Buffer.from("something else"));
    expect(await code(await send("POST", `/v2/app/blobs/uploads/?digest=${wrong}`, { body: "content" }))).toBe(
      "DIGEST_INVALID",
    );
    const location = await startUpload(send, "app");
    expect(await code(await send("PUT", `${location}?digest=${wrong}`, { body: "content" }))).toBe("DIGEST_INVALID");
    expect(await code(await send("PUT", `${location}?digest=${wrong}`))).toBe("BLOB_UPLOAD_UNKNOWN");
    expect(await code(await send("POST", "/v2/app/blobs/uploads/?digest=md5:abc", { body: "content" }))).toBe(
      "DIGEST_INVALID",
    );
    expect((await send("HEAD", `/v2/app/blobs/${wrong}`)).status).toBe(404);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes a blob in chunks, and answers 416 with the right place to one that is out of order", async () => {
    const send = client(await registry());
    const location = await startUpload(send, "app");
    const first = await send("PATCH", location, { body: "0123", headers: { "content-range": "0-3" } });
    expect([first.status, first.headers.get("range")]).toEqual([202, "0-3"]);
    const early = await send("PATCH", location, { body: "89", headers: { "content-range": "8-9" } });
    expect([early.status, early.headers.get("range")]).toEqual([416, "0-3"]);
    const lying = await send("PATCH", location, { body: "45", headers: { "content-range": "4-9" } });
    expect(await code(lying)).toBe("SIZE_INVALID");
    const status = await send("GET", location);
    expect([status.status, status.headers.get("range")]).toEqual([204, "0-3"]);
    const second = await send("PATCH", location, { body: "4567" });
    expect([second.status, second.headers.get("range")]).toEqual([202, "0-7"]);
    const digest = digestOf(Buffer.from("0123456789"));
    const last = await send("PUT", `${location}?digest=${digest}`, { body: "89", headers: { "content-range": "8-9" } });
    expect([last.status, last.headers.get("location")]).toEqual([201, `/v2/app/blobs/${digest}`]);
    expect(await (await send("GET", `/v2/app/blobs/${digest}`)).text()).toBe("0123456789");
  });

  it("lets a client go on with an upload whose connection broke", async () => {
    const started = await registry();
    const send = client(started);
    const location = await startUpload(send, "app");
    const [host, port] = started.address.split(":");
    const socket = connect(Number(port), host);
    socket.write(`PATCH ${location} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n01234`);
    const arrived = async (): Promise<string | null> => (await send("GET", location)).headers.get("range");
    const deadline = Date.now() + 5000;
    while ((await arrived()) !== "0-4" && Date.now() < deadline);
    socket.destroy();
    const digest = digestOf(Buffer.from("0123456789"));
    expect((await send("PATCH", location, { body: "56789", headers: { "content-range": "5-9" } })).status).toBe(202);
    expect((await send("PUT", `${location}?digest=${digest}`)).status).toBe(201);
  });

  it("forgets an upload that is cancelled", async () => {
    const send = client(await registry());
    const location = await startUpload(send, "app");
    expect((await send("DELETE", location)).status).toBe(204);
    expect(await code(await send("PATCH", location, { body: "x" }))).toBe("BLOB_UPLOAD_UNKNOWN");
  });

  it("mounts a blob of another repository, and starts an upload where that has none", async () => {
    const send = client(await registry());
    const { digest } = await pushBlob(send, "one", "shared");
    expect((await send("HEAD", `/v2/two/blobs/${digest}`)).status).toBe(404);
    expect((await send("POST", `/v2/two/blobs/uploads/?mount=${digest}&from=one`)).status).toBe(201);
    expect((await send("HEAD", `/v2/two/blobs/${digest}`)).status).toBe(200);
    expect((await send("POST", `/v2/two/blobs/uploads/?mount=${digest}&from=three`)).status).toBe(202);
  });
});

describe("startRegistry(): manifests", () => {
  it("gives back the bytes that were pushed, by tag and by digest", async () => {
    const send = client(await registry());
    const { answer, body, digest } = await pushImage(send, "acme/app", "v1");
    expect([answer.status, answer.headers.get("docker-content-digest")]).toEqual([201, digest]);
    for (const reference of ["v1", digest]) {
      const got = await send("GET", `/v2/acme/app/manifests/${reference}`);
      expect([got.status, got.headers.get("content-type"), await got.text()]).toEqual([200, imageType, body]);
      const head = await send("HEAD", `/v2/acme/app/manifests/${reference}`);
      expect([head.headers.get("docker-content-digest"), head.headers.get("content-length")]).toEqual([
        digest,
        String(body.length),
      ]);
    }
  });

  it.each([
    { name: "not JSON", body: "{", type: imageType, status: 400, error: "MANIFEST_INVALID" },
    { name: "an unknown media type", body: "{}", type: "text/plain", status: 400, error: "MANIFEST_INVALID" },
    {
      name: "a media type that differs from the header",
      body: `{"schemaVersion":2,"mediaType":"${indexType}"}`,
      type: imageType,
      status: 400,
      error: "MANIFEST_INVALID",
    },
    {
      name: "no config",
      body: `{"schemaVersion":2,"layers":[]}`,
      type: imageType,
      status: 400,
      error: "MANIFEST_INVALID",
    },
    {
      name: "a missing blob",
      body: `{"schemaVersion":2,"config":{"digest":"sha256:0"},"layers":[]}`,
      type: imageType,
      status: 400,
      error: "MANIFEST_BLOB_UNKNOWN",
    },
    {
      name: "a missing manifest",
      body: `{"schemaVersion":2,"manifests":[{"digest":"sha256:0"}]}`,
      type: indexType,
      status: 400,
      error: "MANIFEST_BLOB_UNKNOWN",
    },
    {
      name: "more than 4 MiB",
      body: " ".repeat(4 * 1024 * 1024 + 1),
      type: imageType,
      status: 413,
      error: "MANIFEST_INVALID",
    },
  ])("refuses a manifest with $name", async ({ body, type, status, error }) => {
    const send = client(await registry());
    const answer = await send("PUT", "/v2/app/manifests/v1", { body, headers: { "content-type": type } });
    expect([answer.status, await code(answer)]).toEqual([status, error]);
    expect((await send("GET", "/v2/app/tags/list")).status).toBe(404);
  });

  it("takes no blob of another repository for granted", async () => {
    const send = client(await registry());
    const { body } = await pushImage(send, "one", "v1");
    const answer = await send("PUT", "/v2/two/manifests/v1", { body, headers: { "content-type": imageType } });
    expect(await code(answer)).toBe("MANIFEST_BLOB_UNKNOWN");
  });

  it("refuses bad names, tags and digests", async () => {
    const send = client(await registry());
    const { body } = await pushImage(send, "app", "v1");
    const put = (reference: string) =>
      send("PUT", `/v2/app/manifests/${reference}`, { body, headers: { "content-type": imageType } });
    expect(await code(await put(".hidden"))).toBe("MANIFEST_INVALID");
    expect(await code(await put("a".repeat(129)))).toBe("MANIFEST_INVALID");
    expect(await code(await put(digestOf(Buffer.from("other"))))).toBe("DIGEST_INVALID");
    expect(await code(await send("GET", "/v2/Acme/App/manifests/v1"))).toBe("NAME_INVALID");
    expect(await code(await send("GET", "/v2/app/manifests/v2"))).toBe("MANIFEST_UNKNOWN");
    expect(await code(await send("GET", "/v2/nobody/manifests/v1"))).toBe("NAME_UNKNOWN");
    expect(await code(await send("PATCH", "/v2/app/manifests/v1"))).toBe("UNSUPPORTED");
  });

  it("deletes a tag alone, and with a manifest every tag of it", async () => {
    const send = client(await registry());
    const { digest } = await pushImage(send, "app", "v1");
    await pushImage(send, "app", "v2");
    const tags = async (): Promise<unknown> => await (await send("GET", "/v2/app/tags/list")).json();
    expect((await send("DELETE", "/v2/app/manifests/v1")).status).toBe(202);
    expect(await tags()).toEqual({ name: "app", tags: ["v2"] });
    expect((await send("DELETE", `/v2/app/manifests/${digest}`)).status).toBe(202);
    expect(await tags()).toEqual({ name: "app", tags: [] });
    expect((await send("DELETE", `/v2/app/manifests/${digest}`)).status).toBe(404);
  });

  it("lists tags page by page", async () => {
    const send = client(await registry());
    for (const tag of ["b", "a", "c"]) await pushImage(send, "one", tag);
    const first = await send("GET", "/v2/one/tags/list?n=2");
    expect(await first.json()).toEqual({ name: "one", tags: ["a", "b"] });
    expect(first.headers.get("link")).toBe('</v2/one/tags/list?n=2&last=b>; rel="next"');
    const second = await send("GET", "/v2/one/tags/list?n=2&last=b");
    expect([await second.json(), second.headers.get("link")]).toEqual([{ name: "one", tags: ["c"] }, null]);
    expect(await (await send("GET", "/v2/one/tags/list?n=0")).json()).toEqual({ name: "one", tags: [] });
    expect((await send("GET", "/v2/one/tags/list?n=two")).status).toBe(400);
  });

  it("lists what refers to a manifest, which may come later, filtered by artifact type", async () => {
    const send = client(await registry());
    const digest = digestOf(Buffer.from("to come"));
    const subject = { mediaType: imageType, digest, size: 7 };
    const { answer, digest: bill } = await pushImage(send, "app", "", {
      subject,
      artifactType: "a/sbom",
      annotations: { by: "me" },
    });
    expect(answer.headers.get("oci-subject")).toBe(digest);
    await pushImage(send, "app", "", { subject });
    const all = await send("GET", `/v2/app/referrers/${digest}`);
    expect(all.headers.get("content-type")).toBe(indexType);
    const types = ((await all.json()) as { manifests: { artifactType: string }[] }).manifests.map(
      (entry) => entry.artifactType,
    );
    expect(types).toEqual(["a/sbom", "application/vnd.oci.image.config.v1+json"]);
    const some = await send("GET", `/v2/app/referrers/${digest}?artifactType=a/sbom`);
    expect(some.headers.get("oci-filters-applied")).toBe("artifactType");
    expect(await some.json()).toMatchObject({ manifests: [{ digest: bill, annotations: { by: "me" } }] });
    expect(await (await send("GET", `/v2/empty/referrers/${digest}`)).json()).toMatchObject({ manifests: [] });
    expect((await send("GET", "/v2/app/referrers/sha256:short")).status).toBe(400);
  });
});

describe("startRegistry()", () => {
  it("counts what it was asked, so that a test can say that no blob came in", async () => {
    const started = await registry();
    const send = client(started);
    const { digest } = await pushBlob(send, "app", "content");
    await send("HEAD", `/v2/app/blobs/${digest}`);
    expect(started.counts()).toEqual({ "POST upload 201": 1, "HEAD blob 200": 1 });
  });

  it("fails as it is told to", async () => {
    const faults = [{ status: 429, headers: { "retry-after": "1" } }, { reset: true } as const, { delayMs: 30 }];
    const started = await registry({ onFault: () => faults.shift() });
    const busy = await client(started)("GET", "/v2/");
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([429, "1"]);
    await expect(client(started)("GET", "/v2/")).rejects.toThrow("fetch failed");
    const before = performance.now();
    expect((await client(started)("GET", "/v2/")).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(25);
  });

  it("leaves no unfinished upload behind when it is closed", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "registry-")), "blobs");
    closers.push(() => rmSync(join(folder, ".."), { recursive: true }));
    const started = await startRegistry({ folder });
    const location = await startUpload(client(started), "app");
    await client(started)("PATCH", location, { body: "part" });
    expect(readdirSync(folder)).toHaveLength(1);
    await started.close();
    expect(existsSync(folder) && readdirSync(folder)).toEqual([]);
  });

  it("does not listen beyond loopback", async () => {
    await expect(startRegistry({ address: "0.0.0.0" })).rejects.toThrow(
      'beyond loopback because the sandbox runs whatever it is asked to: got "0.0.0.0"',
    );
  });
});
