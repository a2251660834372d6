import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openKubectl } from "./kubectl.ts";
import type { Kubectl } from "./kubectl.ts";
import type { Finished } from "./program.ts";

let kubectl: Kubectl;
/** What kubectl prints when it succeeds. */
async function succeed(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await kubectl.run(...args);
  expect({ args, code, stderr: withoutWarnings(stderr) }).toEqual({ args, code: 0, stderr: "" });
  return stdout;
}

async function fail(...args: readonly string[]): Promise<Finished> {
  const finished = await kubectl.run(...args);
  expect(finished.code).toBe(1);
  return finished;
}

/** A kubectl of another version says so, and it names the pod that it picks from several. */
function withoutWarnings(stderr: string): string {
  return stderr.replace(/^(WARNING|Warning|Found \d+ pods).*\n/gm, "");
}

/** A Deployment that says hello on port 8080 and ticks in its log, with a Service. */
function app(name: string): string {
  const program = `
    console.log("listening");
    setInterval(() => console.log("tick"), 100);
    require("http").createServer((_, answer) => answer.end("hello")).listen(8080, process.env.HOST);`;
  return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: main
          image: ${kubectl.registry}/library/node:24-slim
          args: ${JSON.stringify(["node", "-e", program])}
          env: [{ name: HOST, valueFrom: { fieldRef: { apiVersion: v1, fieldPath: status.podIP } } }]
          readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }
`;
}

function settings(colour: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { colour: ${colour} }\n`;
}

/** A table's lines, each with its words. */
function words(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/));
}

describe("kubectl on the sandbox:", () => {
  beforeAll(async () => {
    kubectl = await openKubectl();
    await succeed("create", "namespace", "shop");
    await succeed("apply", "-f", await kubectl.file("settings.yaml", settings("green")));
    await succeed("apply", "-f", await kubectl.file("web.yaml", app("web")));
    await succeed("rollout", "status", "deployment/web", "--timeout=20s");
  });
  afterAll(() => kubectl.close());

  describe("get", () => {
    it("prints a table", async () => {
      const [head, row] = words(await succeed("get", "deployment", "web"));
      expect(head).toEqual(["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"]);
      expect(row).toEqual(["web", "2/2", "2", "2", expect.stringMatching(/^\d+s$/)]);
    });

    it("prints more with -o wide", async () => {
      const [head, first, second] = words(await succeed("get", "pods", "-l", "app=web", "-o", "wide"));
      expect(head?.slice(5)).toEqual(["IP", "NODE", "NOMINATED NODE", "READINESS GATES"]);
      for (const row of [first, second]) expect(row?.slice(1, 4)).toEqual(["1/1", "Running", "0"]);
    });

    it("prints all kinds of a category", async () => {
      const all = await succeed("get", "all");
      for (const name of ["pod/web-", "service/web ", "deployment.apps/web ", "replicaset.apps/web-"])
        expect(all).toContain(name);
    });

    it("prints YAML", async () => {
      const yaml = await succeed("get", "configmap", "settings", "-o", "yaml");
      expect(yaml).toMatch(/^apiVersion: v1\ndata:\n {2}colour: \w+\nkind: ConfigMap\n/);
    });

    it("prints what a JSONPath asks for", async () => {
      const path = "{.spec.replicas} {.spec.template.spec.containers[*].name}";
      expect(await succeed("get", "deployment", "web", "-o", `jsonpath=${path}`)).toBe("2 main");
    });

    it("follows changes", async () => {
      const said = kubectl.follow(/watched +1 +/, "get", "configmaps", "--watch");
      await succeed("create", "configmap", "watched", "--from-literal=a=b");
      expect(await said).toMatch(/^NAME +DATA +AGE\n/);
    });

    it("says what is not there", async () => {
      const { stderr } = await fail("get", "configmap", "none");
      expect(stderr).toBe('Error from server (NotFound): configmaps "none" not found\n');
    });

    it("says which kind there is not", async () => {
      const { stderr } = await fail("get", "things");
      expect(stderr).toBe('error: the server doesn\'t have a resource type "things"\n');
    });
  });

  describe("describe", () => {
    it("tells a Deployment's state and events", async () => {
      const said = await succeed("describe", "deployment", "web");
      expect(said).toMatch(/Replicas: +2 desired \| 2 updated \| 2 total \| 2 available \| 0 unavailable/);
      expect(said).toMatch(/Progressing +True +NewReplicaSetAvailable/);
      expect(said).toMatch(
        /Normal +ScalingReplicaSet .* deployment-controller +Scaled up replica set web-\w+ from 0 to 2/,
      );
    });

    it("tells what happened to a pod", async () => {
      const said = await succeed("describe", "pods", "-l", "app=web");
      for (const reason of ["Scheduled", "Pulled", "Created", "Started"])
        expect(said).toMatch(new RegExp(`Normal +${reason} `));
      expect(said).toMatch(/State: +Running/);
    });

    it("tells where a Service leads", async () => {
      expect(await succeed("describe", "service", "web")).toMatch(/Endpoints: +[\d.]+:8080,[\d.]+:8080\n/);
    });
  });

  describe("apply", () => {
    it("creates, leaves alone and configures", async () => {
      const file = (colour: string): Promise<string> =>
        kubectl.file("applied.yaml", settings(colour).replace("settings", "applied"));
      expect(await succeed("apply", "-f", await file("green"))).toBe("configmap/applied created\n");
      expect(await succeed("apply", "-f", await file("green"))).toBe("configmap/applied unchanged\n");
      expect(await succeed("apply", "-f", await file("blue"))).toBe("configmap/applied configured\n");
    });

    it("takes over on the server's side what it applied on its own", async () => {
      const file = await kubectl.file("web.yaml", app("web"));
      expect(await succeed("apply", "--server-side", "-f", file)).toBe(
        "service/web serverside-applied\ndeployment.apps/web serverside-applied\n",
      );
      const managers = "jsonpath={.metadata.managedFields[?(@.operation=='Apply')].manager}";
      // The annotation, which it may need again, gets an owner of its own.
      expect(await succeed("get", "service", "web", "-o", managers)).toBe("kubectl-last-applied kubectl");
    });

    it("tells conflicts, and applies over them when it is told to", async () => {
      const file = await kubectl.file("conflict.yaml", settings("white"));
      const other = ["apply", "--server-side", "--field-manager=other", "-f", file];
      const { stderr } = await fail(...other);
      expect(stderr).toMatch(
        /Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: \.data\.colour\n/,
      );
      expect(await succeed(...other, "--force-conflicts")).toBe("configmap/settings serverside-applied\n");
    });

    it("refuses unknown fields", async () => {
      const file = await kubectl.file("unknown.yaml", settings("red").replace("\ndata:", "\ndta:"));
      const { stderr } = await fail("apply", "-f", file);
      expect(stderr).toContain('strict decoding error: unknown field "dta"');
    });

    it("diffs, with the exit code that says so", async () => {
      const same = await kubectl.file("same.yaml", app("web"));
      expect(await succeed("diff", "-f", same)).toBe("");
      const { stdout } = await fail("diff", "-f", await kubectl.file("other.yaml", settings("purple")));
      expect(stdout).toMatch(/\n-\s+colour: \w+\n\+\s+colour: purple\n/);
    });
  });

  describe("patch and delete", () => {
    it.each([
      ["strategic", '{"data":{"colour":"one"}}'],
      ["merge", '{"data":{"colour":"two"}}'],
      ["json", '[{"op":"replace","path":"/data/colour","value":"three"}]'],
    ])("patches with a %s patch", async (type, patch) => {
      expect(await succeed("patch", "configmap", "settings", `--type=${type}`, "-p", patch)).toBe(
        "configmap/settings patched\n",
      );
    });

    it("labels and annotates", async () => {
      expect(await succeed("label", "configmap", "settings", "tier=front")).toBe("configmap/settings labeled\n");
      expect(await succeed("annotate", "configmap", "settings", "note=a")).toBe("configmap/settings annotated\n");
    });

    it("waits until what it deletes is gone, pods and all", async () => {
      await succeed("apply", "-f", await kubectl.file("gone.yaml", app("gone")));
      const deleted = await succeed("delete", "deployment", "gone", "--cascade=foreground", "--timeout=20s");
      expect(deleted).toContain('deployment.apps "gone" deleted');
      expect(await succeed("get", "pods", "-l", "app=gone", "-o", "name")).toBe("");
    });

    it("deletes a namespace with all that is in it", async () => {
      await succeed("create", "namespace", "short");
      await succeed("create", "configmap", "c", "--namespace=short");
      expect(await succeed("delete", "namespace", "short", "--timeout=20s")).toContain('namespace "short" deleted');
      await fail("get", "namespace", "short");
    });
  });

  describe("rollout", () => {
    beforeAll(async () => {
      await succeed("apply", "-f", await kubectl.file("roll.yaml", app("roll")));
      await succeed("rollout", "status", "deployment/roll", "--timeout=20s");
    });

    it("scales, and waits for it", async () => {
      expect(await succeed("scale", "deployment/roll", "--replicas=1")).toBe("deployment.apps/roll scaled\n");
      const condition = "--for=jsonpath={.status.replicas}=1";
      expect(await succeed("wait", condition, "deployment/roll", "--timeout=20s")).toBe(
        "deployment.apps/roll condition met\n",
      );
    });

    it("tells in time that a bad image does not come up, and undoes it", async () => {
      const image = `main=${kubectl.registry}/library/node:none`;
      expect(await succeed("set", "image", "deployment/roll", image)).toBe("deployment.apps/roll image updated\n");
      const waiting = await fail("rollout", "status", "deployment/roll", "--timeout=2s");
      expect(waiting.stdout).toMatch(/^Waiting for deployment "roll" rollout to finish: /);
      expect(withoutWarnings(waiting.stderr)).toBe("error: timed out waiting for the condition\n");
      expect(await succeed("get", "pods", "-l", "app=roll")).toMatch(/ (ErrImagePull|ImagePullBackOff) /);
      expect(await succeed("rollout", "history", "deployment/roll")).toMatch(/\n1 +<none>\n2 +<none>\n/);
      expect(await succeed("rollout", "undo", "deployment/roll")).toBe("deployment.apps/roll rolled back\n");
      expect(await succeed("rollout", "status", "deployment/roll", "--timeout=20s")).toMatch(
        /deployment "roll" successfully rolled out\n$/,
      );
      expect(await succeed("rollout", "history", "deployment/roll")).toMatch(/\n2 +<none>\n3 +<none>\n/);
    });

    it("autoscales by the CPU", async () => {
      expect(await succeed("autoscale", "deployment/roll", "--max=2")).toBe(
        "horizontalpodautoscaler.autoscaling/roll autoscaled\n",
      );
      const targets = "jsonpath={.spec.metrics[0].resource.target.averageUtilization}";
      expect(await succeed("get", "hpa", "roll", "-o", targets)).toBe("80");
      await succeed("delete", "hpa", "roll");
    });

    it("restarts", async () => {
      const before = await succeed("get", "pods", "-l", "app=roll", "-o", "name");
      expect(await succeed("rollout", "restart", "deployment/roll")).toBe("deployment.apps/roll restarted\n");
      await succeed("rollout", "status", "deployment/roll", "--timeout=20s");
      await succeed("wait", "--for=delete", before.trim(), "--timeout=20s");
      expect(await succeed("wait", "--for=condition=Available", "deployment/roll", "--timeout=20s")).toBe(
        "deployment.apps/roll condition met\n",
      );
    });
  });

  describe("logs and events", () => {
    it("follows a log", async () => {
      expect(await kubectl.follow(/(tick\n){3}/, "logs", "-f", "deployment/web")).toMatch(/^listening\n(tick\n)+/);
    });

    it("shows the end of each pod's log", async () => {
      const said = await succeed("logs", "-l", "app=web", "--tail=1", "--prefix");
      expect(said).toMatch(/^(\[pod\/web-\w+-\w+\/main\] (tick|listening)\n){2}$/);
    });

    it("shows the log of a Job that is over", async () => {
      const image = `--image=${kubectl.registry}/library/node:24-slim`;
      await succeed("create", "job", "once", image, "--", "node", "-e", "console.log(6 * 7)");
      await succeed("wait", "--for=condition=Complete", "job/once", "--timeout=20s");
      expect(await succeed("logs", "job/once")).toBe("42\n");
    });

    it("tells events", async () => {
      const [head, first] = words(await succeed("events", "--for=deployment/web"));
      expect(head).toEqual(["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]);
      expect(first?.slice(1, 4)).toEqual(["Normal", "ScalingReplicaSet", "Deployment/web"]);
    });
  });

  describe("port-forward", () => {
    it("reaches a Service's pod by a port of this machine, several times at once", async () => {
      const forward = await kubectl.background(
        /Forwarding from 127.0.0.1:(\d+) -> 8080/,
        "port-forward",
        "service/web",
        ":80",
      );
      const url = `http://127.0.0.1:${forward.found}/`;
      const answers = await Promise.all(Array.from({ length: 5 }, async () => (await fetch(url)).text()));
      expect(answers).toEqual(Array.from({ length: 5 }, () => "hello"));
      await forward.stop();
    });

    it("says where nobody listens", async () => {
      const forward = await kubectl.background(
        /Forwarding from 127.0.0.1:(\d+) -> 9999/,
        "port-forward",
        "deployment/web",
        ":9999",
      );
      await expect(fetch(`http://127.0.0.1:${forward.found}/`)).rejects.toThrow("fetch failed");
      expect(await forward.ended).toMatch(
        /error forwarding port 9999: connect ECONNREFUSED .*\nerror: lost connection to pod\n$/,
      );
    });
  });
});
