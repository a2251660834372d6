import type { MainRun } from "../test/action-process.ts";
import type { Commit } from "./commits.ts";
import type { Stage } from "./stage.ts";
import type { Terminal } from "./terminal.ts";

/** What came of one run of the example's workflow. */
export interface PipelineRun {
  readonly deploy: MainRun;
  /** Undefined where the deploy failed: the workflow ends there. */
  readonly smokeTest?: MainRun;
  /** Undefined unless the smoke test failed. */
  readonly rollback?: MainRun;
}

export interface PipelineOptions {
  readonly stage: Stage;
  readonly terminal: Terminal;
  readonly commit: Commit;
  /** Which release of the story it is: the summaries are named by it. */
  readonly number: number;
}

/** Build, deploy, check as a user would, go back if that fails: what examples/backstage/.github/workflows/deploy.yml does. */
export async function runPipeline(options: PipelineOptions): Promise<PipelineRun> {
  const { stage } = options;
  const { cloudRegistry, digitaloceanToken } = stage.outside;
  const cluster = {
    app: "backstage",
    namespace: "backstage",
    cluster: "sandbox",
    "digitalocean-token": digitaloceanToken,
  };
  const build = await act(options, "build-push", {
    registry: cloudRegistry,
    "digitalocean-token": digitaloceanToken,
    builder: "direct",
    images: imagesOf(options),
  });
  if (build.exitCode !== 0) throw new Error(`build-push failed:\n${build.stdout}`);
  const deploy = await act(options, "deploy-doks", {
    ...cluster,
    manifests: "k8s/digitalocean",
    images: build.outputs.images ?? "",
    secrets: `- { name: backstage-secrets, data: { jwt-secret: "${stage.jwtSecret}" } }\n- { name: backstage-registry, registry: docr }`,
    timeout: "60s",
  });
  if (deploy.exitCode !== 0) return { deploy };
  const smokeTest = await act(options, "smoke-test", {
    ...cluster,
    revision: deploy.outputs.revision ?? "",
    url: stage.serverUrl,
    checks: checksOf(options),
    timeout: "5s",
  });
  if (smokeTest.exitCode === 0) return { deploy, smokeTest };
  const rollback = await act(options, "rollback", {
    ...cluster,
    "if-revision": deploy.outputs.revision ?? "",
    reason: "the smoke test failed",
  });
  return { deploy, smokeTest, rollback };
}

/** Runs one action with its line of progress. */
async function act(
  { stage, terminal, commit, number }: PipelineOptions,
  action: string,
  inputs: Record<string, string>,
): Promise<MainRun> {
  const run = await terminal.during(
    action,
    (tell) => stage.act(action, { commit, inputs, tell, summary: `${number}-${action}` }),
    (ended) => describe(action, ended),
  );
  terminal.quote(errorsOf(run).flatMap(errorLines));
  return run;
}

/** What an action says is wrong. */
export function errorsOf(run: MainRun): MainRun["annotations"] {
  return run.annotations.filter(({ level }) => level === "error");
}

/** Where it is wrong, what, and why; the rest of an annotation is for the summary. */
function errorLines({ message, file, line }: MainRun["annotations"][number]): string[] {
  const place = file === undefined ? [] : [`${file}:${line ?? 1}`];
  return [...place, ...message.split("\n").slice(0, 3)];
}

function describe(action: string, { exitCode, outputs, annotations, stdout }: MainRun): string {
  if (action === "build-push") return exitCode === 0 ? "two images, by digest, without Docker" : "failed";
  if (action === "deploy-doks") {
    const revision = outputs.revision === undefined ? "" : `r${outputs.revision} `;
    return `${revision}${outputs.outcome ?? ""}${outputs.changed === "false" ? ", nothing to do" : planOf(stdout)}`;
  }
  if (action === "rollback") {
    const back = outputs.outcome === "succeeded" ? `: r${outputs.to ?? ""} is back, as r${outputs.revision ?? ""}` : "";
    return `${outputs.outcome ?? ""}${back}`;
  }
  const total = Number(outputs.passed) + Number(outputs.failed);
  const verified = annotations.find(({ message }) => message.includes("is verified"))?.message;
  return `${outputs.passed ?? "0"} of ${total} checks passed${verified === undefined ? "" : `, ${verified}`}`;
}

/** The counts of the plan: `: 2 to update, 9 unchanged`. */
function planOf(stdout: string): string {
  return /Plan for \S+ r\d+(: .*)/.exec(stdout)?.[1] ?? "";
}

function imagesOf({ stage, commit }: PipelineOptions): string {
  const image = (name: string, dockerfile: string): string =>
    `- name: ${name}\n  context: backend\n  dockerfile: backend/${dockerfile}\n  build-args: { BASE: "${stage.outside.registry}/library/node:24-slim", VERSION: "${commit.backend}" }`;
  return [image("backstage-server", "Dockerfile.server"), image("backstage-auth", "Dockerfile.auth")].join("\n");
}

function checksOf({ stage, commit }: PipelineOptions): string {
  return `
- name: the released server answers, on every connection
  path: /health
  expect: { json: { $.status: healthy } }
  version: { json: $.version, equals: "${commit.backend}", connections: 20 }
- name: the portal can be set up
  path: /setup
  expect: { json: { $.service: backstage-server } }
- name: posts are for people who are signed in
  path: /posts
  expect: { status: 401 }
- name: the released auth service answers
  path: ${stage.authUrl}/health
  expect: { json: { $.service: backstage-auth }, latency: 500ms }
  version: { json: $.version, equals: "${commit.backend}" }
`;
}
