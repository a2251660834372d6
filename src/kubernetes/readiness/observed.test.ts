import { describe, expect, it } from "@jest/globals";
import { observedWorkloads } from "../../../test/observed.ts";
import type { Moment } from "../../../test/observed.ts";
import { readiness } from "../readiness.ts";
import type { Related } from "../readiness.ts";
import { now, short } from "./testing/builders.ts";

describe("readiness() of the workloads that were watched on a real node", () => {
  const relatedAt = ({ pods, replicaSets, events }: Moment): Related => ({ pods, replicaSets, events, now });
  /** Every change from one status to another: when, to what, and why. */
  const flips = (moments: readonly Moment[], key: string): string[] => {
    const verdicts = moments.flatMap((moment) => {
      const object = moment.given.get(key);
      return object === undefined ? [] : [{ at: moment.at, verdict: readiness(object, relatedAt(moment)) }];
    });
    return verdicts
      .filter(({ verdict }, index) => verdict.status !== verdicts[index - 1]?.verdict.status)
      .map(({ at, verdict }) => `${at} ${short(verdict)}`)
      .slice(1);
  };

  // When a person who watched the cluster would have known: never earlier, and not a step later.
  const expected: Readonly<Record<string, readonly string[]>> = {
    "rollout succeeds": ["2.7 current Current"],
    "rollout to a new template succeeds": [
      "3.4 current Current",
      "8.3 in-progress NotObserved",
      "11.5 current Current",
    ],
    "image is not in the registry": ["2.6 failed ErrImagePull"],
    "image needs credentials": ["2.6 failed ErrImagePull"],
    "image name is invalid": ["2.4 failed InvalidImageName"],
    "image is never pulled and absent": ["2.3 failed ErrImageNeverPull"],
    "crash on start, exit 1": ["3.4 failed CrashLoopBackOff"],
    "command does not exist": ["2.2 failed RunContainerError"],
    "out of memory": ["2.2 failed OOMKilled"],
    "readiness never passes": ["12.5 failed ProgressDeadlineExceeded"],
    "readiness port is closed": ["13.2 failed ProgressDeadlineExceeded"],
    "liveness fails and restarts": [
      "1.3 current Current",
      "14.4 failed CrashLoopBackOff",
      "28.5 in-progress InProgress",
      "28.5 current Current",
      "32.6 failed CrashLoopBackOff",
    ],
    "config map key is missing": ["1.4 failed CreateContainerConfigError"],
    "secret is missing": ["1.3 failed CreateContainerConfigError"],
    "volume config map is missing": ["0.4 failed FailedMount"],
    "no node has the cpu": [],
    "node selector matches nothing": [],
    "quota is exceeded": ["2.3 failed FailedCreate"],
    "service account is missing": ["0.3 failed FailedCreate"],
    "init container fails": ["2.2 failed CrashLoopBackOff"],
    "deadline exceeded on a bad update": [
      "1.5 current Current",
      "6.2 in-progress NotObserved",
      "6.6 failed ErrImagePull",
    ],
    "fix arrives while the bad pod still fails": [
      "2.5 failed CrashLoopBackOff",
      "8.2 in-progress NotObserved",
      "8.7 current Current",
    ],
    "paused deployment": ["0.2 current Paused"],
    "job succeeds": ["0.2 current Started"],
    "job fails": ["0.2 current Started", "13 failed BackoffLimitExceeded"],
    "stateful set rolls out": ["2.4 current Current"],
    "stateful set is stuck after a bad update, also once it is fixed": [
      "2.2 current Current",
      "10.2 in-progress NotObserved",
      "14.3 failed ErrImagePull",
      "18.2 in-progress NotObserved",
      "18.2 failed BlockedByOldPod",
    ],
    "daemon set rolls out": ["1.3 current Current"],
    "hpa without metrics": ["1.4 current Current"],
  };

  it("flips where it should, and nowhere else", async () => {
    const workloads = await observedWorkloads();
    const found = Object.fromEntries(
      workloads.map(({ scenario, workload, moments }) => [scenario, flips(moments, workload)]),
    );
    expect(found).toEqual(expected);
    expect(Object.keys(found)).toHaveLength(29);
  });

  it("waits for a hook until it completes or fails", async () => {
    const workloads = await observedWorkloads();
    const hookFlips = (scenario: string) => {
      const moments = workloads.find((one) => one.scenario === scenario)?.moments ?? [];
      const asHook = moments.map((moment) => {
        const job = moment.given.get("job/app");
        if (job === undefined) return moment;
        const annotations = { "slipway.dev/hook": "pre-deploy" };
        const hook = { ...job, metadata: { ...job.metadata, annotations } };
        return { ...moment, given: new Map([["job/app", hook]]) };
      });
      return flips(asHook, "job/app");
    };
    expect(hookFlips("job succeeds")).toEqual(["3.5 current Complete"]);
    expect(hookFlips("job fails")).toEqual(["13 failed BackoffLimitExceeded"]);
  });

  it("tolerates an HPA without metrics, once its controller has looked", async () => {
    const moments =
      (await observedWorkloads()).find(({ scenario }) => scenario === "hpa without metrics")?.moments ?? [];
    expect(flips(moments, "horizontalpodautoscaler/app")).toEqual(["2.2 current FailedGetResourceMetric"]);
  });

  it("says in a sentence what it waits for and what is wrong", async () => {
    const messages = new Map<string, string>();
    for (const { scenario, workload, moments } of await observedWorkloads()) {
      const last = moments.findLast((moment) => moment.given.has(workload));
      const object = last?.given.get(workload);
      if (last && object) messages.set(scenario, readiness(object, relatedAt(last)).message);
    }
    expect(messages.get("image is not in the registry")).toBe(
      "pod app-rs1-p1: container main cannot get its image 127.0.0.1:5001/none/none:1: not found",
    );
    expect(messages.get("out of memory")).toBe(
      "pod app-rs1-p1: container main keeps failing (3 times so far): exit code 137 (out of memory)",
    );
    expect(messages.get("command does not exist")).toBe(
      'pod app-rs1-p1: container main cannot start: exec: "/no/such/file": stat /no/such/file: no such file or directory',
    );
    expect(messages.get("deadline exceeded on a bad update")).toContain("127.0.0.1:5001/none/none:2: not found");
  });
});
