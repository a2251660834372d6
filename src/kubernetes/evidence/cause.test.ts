import { describe, expect, it } from "@jest/globals";
import type { Event, Pod, Verdict } from "../readiness.ts";
import type { ContainerSpec, ContainerStatus } from "../readiness/objects.ts";
import { failed, inProgress } from "../readiness/verdict.ts";
import { object, pod, waiting } from "../readiness/testing/builders.ts";
import { probableCause } from "./cause.ts";
import type { FieldHint } from "./field.ts";

/** A pod of one container. */
function podWith(
  o: { spec?: object; container?: Partial<ContainerSpec>; status?: Partial<ContainerStatus> } = {},
): Pod {
  const made = pod({ container: { image: "r.io/a:1", ...o.status } });
  return { ...made, spec: { containers: [{ name: "main", ...o.container }], ...o.spec } };
}

const main = ["containers", { name: "main" }] as const;
const event = (message: string, o: Partial<Event> = {}): Event => ({ ...object("Event"), message, ...o });
const refused = (message: string): Verdict => failed("FailedCreate", message);
const ended = (exitCode: number, reason = "Error"): Partial<ContainerStatus> => ({
  restartCount: 1,
  state: { terminated: { exitCode, reason } },
});

interface Case {
  readonly verdict: Verdict;
  readonly pod?: Pod;
  readonly cause: RegExp;
  readonly field: FieldHint | undefined;
}

describe("probableCause() names the cause and the field to change", () => {
  const variable = { name: "MODE", valueFrom: { configMapKeyRef: { name: "settings", key: "mode" } } };
  const cases: readonly (readonly [string, Case])[] = [
    [
      "an image that is not there",
      {
        verdict: failed("ErrImagePull", ""),
        pod: podWith({ status: waiting("ErrImagePull", "r.io/a:1: not found") }),
        cause: /^the image r.io\/a:1 is not in its registry$/,
        field: [...main, "image"],
      },
    ],
    [
      "a registry that counts",
      {
        verdict: failed("ImagePullBackOff", ""),
        pod: podWith({ status: waiting("ErrImagePull", "toomanyrequests: rate limit: denied") }),
        cause: /^r.io gives out no more images for now, .*rate limit/,
        field: [...main, "image"],
      },
    ],
    [
      "a registry that nobody knows",
      {
        verdict: failed("ErrImagePull", ""),
        pod: podWith({ status: waiting("ErrImagePull", "dial tcp: lookup r.io: no such host") }),
        cause: /^no name server knows the registry r.io /,
        field: [...main, "image"],
      },
    ],
    [
      "memory",
      {
        verdict: failed("OOMKilled", ""),
        pod: podWith({ container: { resources: { limits: { memory: "64Mi" } } }, status: ended(137, "OOMKilled") }),
        cause: /^container main ran out of memory \(its limit is 64Mi\)$/,
        field: [...main, "resources", "limits", "memory"],
      },
    ],
    [
      "a command that a script does not find",
      {
        verdict: failed("CrashLoopBackOff", ""),
        pod: podWith({ container: { args: ["x"] }, status: ended(127) }),
        cause: /^container main ends with exit code 127 \(the command was not found\), 2 times so far$/,
        field: [...main, "args"],
      },
    ],
    [
      "a variable whose key is missing",
      {
        verdict: failed("CreateContainerConfigError", ""),
        pod: podWith({
          container: { env: [variable] },
          status: waiting("CreateContainerConfigError", "couldn't find key mode in ConfigMap ns/settings"),
        }),
        cause: /^the ConfigMap settings has no key mode$/,
        field: [...main, "env", { name: "MODE" }, "valueFrom", "configMapKeyRef", "key"],
      },
    ],
    [
      "a Secret for all variables",
      {
        verdict: failed("CreateContainerConfigError", ""),
        pod: podWith({ status: waiting("CreateContainerConfigError", 'secret "keys" not found') }),
        cause: /^the Secret keys does not exist$/,
        field: [...main, "envFrom", { secretRef: { name: "keys" } }, "secretRef", "name"],
      },
    ],
    [
      "a volume",
      {
        verdict: failed("FailedMount", 'MountVolume.SetUp failed for volume "v" : configmap "c" not found'),
        pod: podWith({ spec: { volumes: [{ name: "v", configMap: { name: "c" } }] } }),
        cause: /^the ConfigMap c does not exist, and the volume v needs it$/,
        field: ["volumes", { name: "v" }, "configMap", "name"],
      },
    ],
    [
      "a user",
      {
        verdict: failed("CreateContainerConfigError", ""),
        pod: podWith({
          spec: { securityContext: { runAsNonRoot: true }, containers: [{ name: "main" }] },
          status: waiting("CreateContainerConfigError", "container has runAsNonRoot and image will run as root"),
        }),
        cause: /^container main may not run as root/,
        field: ["securityContext", "runAsNonRoot"],
      },
    ],
    [
      "a quota",
      {
        verdict: refused(
          'pods "a" is forbidden: exceeded quota: q, requested: limits.memory=1Gi, used: limits.memory=3Gi, limited: limits.memory=3500Mi',
        ),
        cause: /^the quota q is used up \(limits.memory: 3Gi of 3500Mi in use, and a pod asks for 1Gi\)$/,
        field: ["containers", {}, "resources", "limits", "memory"],
      },
    ],
    [
      "a range",
      {
        verdict: refused('pods "a" is forbidden: maximum cpu usage per Container is 500m, but limit is 1'),
        cause: /^a LimitRange wants at most 500m cpu for each container, and the limit is 1$/,
        field: ["containers", {}, "resources", "limits", "cpu"],
      },
    ],
    [
      "the security level of the namespace",
      {
        verdict: refused('pods "a" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true'),
        cause:
          /^the namespace takes only pods of the security level restricted:latest, and these are not: runAsNonRoot/,
        field: ["containers", {}, "securityContext"],
      },
    ],
    [
      "a webhook",
      {
        verdict: refused('admission webhook "policy.acme.io" denied the request: no owner'),
        cause: /^the admission webhook policy.acme.io refuses the pods: no owner$/,
        field: undefined,
      },
    ],
  ];
  it.each(cases)("%s", (_, { verdict, pod: told, cause, field }) => {
    const found = probableCause({ verdict, pods: told === undefined ? [] : [told], events: [] });
    expect(found.cause).toMatch(cause);
    expect(found.field).toEqual(field);
  });

  it("what a pod asks for, and the most that a node has", () => {
    const unschedulable = { type: "PodScheduled", status: "False", reason: "Unschedulable" };
    const condition = { ...unschedulable, message: "0/2 nodes are available: 2 Insufficient memory." };
    const greedy = podWith({ container: { resources: { requests: { memory: "64Gi" } } } });
    const told = { ...greedy, status: { ...greedy.status, conditions: [condition] } };
    const mostFree = new Map([["memory", { node: "n2", milli: 3.5 * 2 ** 30 * 1000 }]]);
    const verdict = { ...inProgress("Unschedulable", ""), limit: "not ready in time" };
    expect(probableCause({ verdict, pods: [told], events: [], mostFree })).toEqual({
      cause:
        "not ready in time: no node has enough memory free for pod p (it asks for memory: 64Gi, and the most that is free is 3.5Gi on n2): 0/2 nodes are available: 2 Insufficient memory",
      remedy: expect.stringContaining("resources.requests"),
      field: [...main, "resources", "requests", "memory"],
    });
  });

  it("what a controller warned of last, where it says so nowhere else", () => {
    const service = object("Service");
    const warning = event("Error syncing load balancer: limit of 10 reached", {
      type: "Warning",
      involvedObject: { uid: "uid-Service" },
    });
    const verdict = inProgress("NoLoadBalancer", "its load balancer has no address yet");
    expect(probableCause({ verdict, pods: [], events: [warning], object: service }).cause).toBe(
      "its load balancer has no address yet: Error syncing load balancer: limit of 10 reached",
    );
  });
});
