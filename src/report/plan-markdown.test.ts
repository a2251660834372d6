import { describe, expect, it } from "@jest/globals";
import type { Change } from "../release/plan/plan-document.ts";
import { changesAsYaml } from "./change-yaml.ts";
import { planMarkdown } from "./plan-markdown.ts";

const digest = (character: string): string => `sha256:${character.repeat(64)}`;

describe("changesAsYaml()", () => {
  it("shows changed fields as the manifest would have them, each once below what it is in", () => {
    const container = "spec.template.spec.containers[app]";
    const lines = changesAsYaml([
      { path: "spec.replicas", before: 2, after: 4 },
      { path: `${container}.image`, before: `r.test/a@${digest("1")}`, after: `r.test/a@${digest("2")}` },
      { path: `${container}.args`, before: ["--port", "80"], after: ["--port", "81"] },
      { path: `${container}.ports[containerPort=80]`, after: { containerPort: 80, name: "http" } },
      { path: 'metadata.annotations["acme.test/note"]', after: "n" },
      { path: `${container}.env[TOKEN].value`, hidden: "changed" },
      { path: "spec.rules[1].host", before: "a", after: "b" },
      { path: "spec.template.spec.initContainers[order]", before: ["a", "b"], after: ["b", "a"] },
    ]);
    expect(lines.join("\n")).toBe(
      `
  spec:
-   replicas: 2
+   replicas: 4
    template:
      spec:
        containers:
          - name: app
-           image: r.test/a@sha256:111111111111
+           image: r.test/a@sha256:222222222222
            args:
              - --port
-             - "80"
+             - "81"
            ports:
+             - containerPort: 80
+               name: http
            env:
              - name: TOKEN
!               value: # changed, not shown
        initContainers:
-         # in this order: a, b
+         # in this order: b, a
    rules:
      - # item 2
-       host: a
+       host: b
  metadata:
    annotations:
+     acme.test/note: n`.slice(1),
    );
  });

  it("shows of a text of many lines those that change", () => {
    const text = (line: string): string => `${["a", "b", "c", "d", line, "f"].join("\n")}\n`;
    expect(changesAsYaml([{ path: 'data["app.conf"]', before: text("e"), after: text("x") }])).toEqual([
      "  data:",
      "    app.conf: |",
      "      …",
      "      c",
      "      d",
      "-     e",
      "+     x",
      "      f",
    ]);
  });
});

describe("planMarkdown()", () => {
  const change = (action: Change["action"], object: string, rest: Partial<Change> = {}): Change => ({
    action,
    object,
    namespace: "shop",
    file: "app.yaml",
    line: 3,
    fields: [],
    ...rest,
  });

  it("tells in this order what happens, what changes, and what to beware of", () => {
    const changes = [
      change("create", "ConfigMap/a"),
      change("update", "Deployment/web", { fields: [{ path: "spec.replicas", before: 1, after: 2 }], rolls: true }),
      change("update", "Service/web", { adopted: 'the app "other"', taken: ['spec.type (conflict with "x")'] }),
      change("unchanged", "Endpoints/e", { warnings: [{ message: "it is deprecated", file: "app.yaml", line: 9 }] }),
      change("create", "Widget/w", { unchecked: "what comes later" }),
    ];
    expect(planMarkdown({ changes })).toBe(
      `**2 to create, 2 to update, 1 unchanged**

|  | Object | Manifest | Note |
| --- | --- | --- | --- |
| 🟢 create | \`ConfigMap/a\` | \`app.yaml:3\` |  |
| 🟡 update | \`Deployment/web\` | \`app.yaml:3\` | its pods are replaced |
| 🟡 update | \`Service/web\` | \`app.yaml:3\` | taken over from the app "other" |
| 🟢 create | \`Widget/w\` | \`app.yaml:3\` |  |

\`Deployment/web\` \`app.yaml:3\`

\`\`\`diff
  spec:
-   replicas: 1
+   replicas: 2
\`\`\`

**Fields that are taken from others:**

- \`Service/web\`: spec.type \\(conflict with "x"\\)

⚠️ **The cluster warns:**

- \`Endpoints/e\` \`app.yaml:9\`: it is deprecated

**Not checked beforehand:**

- what comes later \\(Widget/w\\)`,
    );
  });

  it("tells why a plan is refused, and what gives the permissions that are missing", () => {
    const problems = [{ message: "Pod/p: no", hint: "do so", file: "app.yaml", line: 1 }];
    const text = planMarkdown({ changes: [], problems, roles: "kind: Role\n" });
    expect(text).toBe(
      "**The cluster would refuse it:**\n\n- `app.yaml:1` Pod/p: no<br>do so\n\n**What gives the permissions that are missing:**\n\n```yaml\nkind: Role\n```",
    );
  });

  it("stays short enough for a comment, however much changes", () => {
    const long = Array.from({ length: 200 }, (_, index) => `line ${index} ${"x".repeat(300)}`).join("\n");
    const changes = Array.from({ length: 500 }, (_, index) =>
      change("update", `ConfigMap/c${index}`, { fields: [{ path: "data.k", before: "", after: long }] }),
    );
    const text = planMarkdown({ changes });
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/The output `plan` tells what changes in the other \d+\./);
  });
});
