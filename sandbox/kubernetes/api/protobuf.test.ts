import { describe, expect, it } from "@jest/globals";
import { decodeProtobuf } from "./protobuf.ts";

/** What kubectl 1.32 sent for these commands. */
const sent = {
  "create deployment web --image=x:1 --replicas=3 --port=80":
    "azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50ErIBCh8KA3dlYhIAGgAiACoAMgA4AEIAWgoKA2FwcBIDd2ViEoABCAMSDAoKCgNhcHASA3dlYhpmChwKABIAGgAiACoAMgA4AEIAWgoKA2FwcBIDd2ViEkYSKAoBeBIDeDoxKgAyCgoAEAAYUCIAKgBCAGoAcgCAAQCIAQCQAQCiAQAaADIAQgBKAFIAWABgAGgAggEAigEAmgEAwgEAIgIKACgAOAAaDAgAEAAYACAAKAA4ABoAIgA=",
  "create ingress i --rule=foo.com/bar=svc1:8080":
    "azhzAAofChRuZXR3b3JraW5nLms4cy5pby92MRIHSW5ncmVzcxJIChEKAWkSABoAIgAqADIAOABCABIvGi0KB2Zvby5jb20SIgogCh4KBC9iYXISDyINCgRzdmMxEgUKABCQPxoFRXhhY3QaAgoAGgAiAA==",
  "create quota q --hard=cpu=1500m,pods=2":
    "azhzAAoTCgJ2MRINUmVzb3VyY2VRdW90YRI0ChEKAXESABoAIgAqADIAOABCABIdCg4KA2NwdRIHCgUxNTAwbQoLCgRwb2RzEgMKATIaABoAIgA=",
} as const;

function decoded(command: keyof typeof sent): unknown {
  return decodeProtobuf(Buffer.from(sent[command], "base64"));
}

describe("decodeProtobuf()", () => {
  it("reads numbers, maps and lists of messages", () => {
    const container = { name: "x", image: "x:1", ports: [{ containerPort: 80 }] };
    expect(decoded("create deployment web --image=x:1 --replicas=3 --port=80")).toMatchObject({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", labels: { app: "web" }, creationTimestamp: null },
      spec: { replicas: 3, selector: { matchLabels: { app: "web" } }, template: { spec: { containers: [container] } } },
    });
  });

  it("puts embedded messages where JSON has their fields", () => {
    const paths = [{ path: "/bar", pathType: "Exact", backend: { service: { name: "svc1", port: { number: 8080 } } } }];
    expect(decoded("create ingress i --rule=foo.com/bar=svc1:8080")).toMatchObject({
      spec: { rules: [{ host: "foo.com", http: { paths } }] },
    });
  });

  it("reads quantities as text", () => {
    expect(decoded("create quota q --hard=cpu=1500m,pods=2")).toMatchObject({
      spec: { hard: { cpu: "1500m", pods: "2" } },
    });
  });

  it.each([
    ["no envelope", Buffer.from("k8")],
    ["an unknown kind", Buffer.from(sent["create quota q --hard=cpu=1500m,pods=2"], "base64").fill("X", 12, 20)],
    ["an early end", Buffer.from("k8s\0\x0a\xff", "latin1")],
  ])("refuses %s", (_, bytes) => {
    expect(() => decodeProtobuf(bytes)).toThrow();
  });
});
