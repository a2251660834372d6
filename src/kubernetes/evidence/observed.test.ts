import { describe, expect, it } from "@jest/globals";
import { observedWorkloads } from "../../../test/observed.ts";
import { readiness } from "../readiness.ts";
import { probableCause } from "./cause.ts";

describe("the probable cause of what was watched on a real node", () => {
  const causes: Readonly<Record<string, string>> = {
    "image is not in the registry": "the image 127.0.0.1:5001/none/none:1 is not in its registry",
    "image needs credentials":
      "127.0.0.1:5002 refuses to give out the image 127.0.0.1:5002/private/app:1: pulling from host 127.0.0.1:5002 failed with status code [manifests 1]: 401 Unauthorized",
    "image name is invalid": '"UPPER/case::1" is not the name of an image',
    "image is never pulled and absent":
      "the image docker.io/library/absent:1 is not on the node, and its pull policy is Never",
    "crash on start, exit 1": "container main ends with exit code 1 (the program gave up on an error), 2 times so far",
    "command does not exist": "container main cannot start: its command /no/such/file is not in the image",
    "out of memory": "container main ran out of memory (its limit is 24Mi)",
    "readiness never passes":
      "no progress within 12 s: container main runs, but its readiness probe does not pass: HTTP probe failed with statuscode: 404",
    "readiness port is closed":
      'no progress within 12 s: container main runs, but its readiness probe does not pass: Get "http://<pod-ip>:9999/": dial tcp <pod-ip>:9999: connect: connection refused',
    "liveness fails and restarts":
      "container main is stopped again and again because its liveness probe fails: HTTP probe failed with statuscode: 404",
    "config map key is missing": "the ConfigMap c has no key b",
    "secret is missing": "the Secret none does not exist",
    "volume config map is missing": "the ConfigMap none does not exist, and the volume v needs it",
    "no node has the cpu":
      "no node has enough cpu free for pod app-rs1-p1 (it asks for cpu: 64): 0/1 nodes are available: 1 Insufficient cpu",
    "node selector matches nothing":
      "no node takes pod app-rs1-p1: 0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector",
    "quota is exceeded": "the quota q is used up (pods: 1 of 1 in use, and a pod asks for 1)",
    "service account is missing": "the ServiceAccount none does not exist",
    "init container fails": "container migrate ends with exit code 3, 2 times so far",
    "deadline exceeded on a bad update": "the image 127.0.0.1:5001/none/none:2 is not in its registry",
    "fix arrives while the bad pod still fails":
      "container main ends with exit code 1 (the program gave up on an error), 2 times so far",
    "job fails":
      "container main ends with exit code 2 (wrong use of a command, or an error of the program): job has reached the specified backoff limit",
    "stateful set is stuck after a bad update, also once it is fixed":
      "the image 127.0.0.1:5001/none/none:2 is not in its registry",
  };

  it("is told in one sentence as soon as it is known", async () => {
    const found: Record<string, string> = {};
    for (const { scenario, workload, moments } of await observedWorkloads()) {
      const judged = moments.flatMap((moment) => {
        const object = moment.given.get(workload);
        return object === undefined ? [] : [{ moment, verdict: readiness(object, { ...moment, now: new Date() }) }];
      });
      const last = judged.find(({ verdict }) => verdict.status === "failed") ?? judged.at(-1);
      if (last === undefined || last.verdict.status === "current") continue;
      const { pods, events } = last.moment;
      const newest = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).toReversed();
      found[scenario] = probableCause({ verdict: last.verdict, pods: newest, events }).cause;
    }
    expect(found).toEqual(causes);
  });
});
