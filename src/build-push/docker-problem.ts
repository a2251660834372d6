import { SlipwayError } from "../error.ts";
import type { ExecResult } from "../runner/runner.ts";

/** What buildx said when it failed, at the line of the Dockerfile where it says which. */
export function buildxProblem(o: {
  readonly name: string;
  readonly dockerfile: string;
  readonly result: ExecResult;
}): SlipwayError {
  const { exitCode, stderr } = o.result;
  const said = /^ERROR: (.*)/m.exec(stderr)?.[1] ?? stderr.trim().split("\n").at(-1) ?? "";
  const message = `Cannot build ${o.name} because docker buildx failed with exit code ${exitCode}: got ${said.replace(/^(?:failed to (?:build|solve): )+/, "")}`;
  const hint = hintFor(said);
  // BuildKit shows the lines in question below a line such as "Dockerfile:12".
  const line = /^\S*:(\d+)\n-{10,}$/m.exec(stderr)?.[1];
  const place = line === undefined ? {} : { file: o.dockerfile, line: Number(line) };
  return new SlipwayError(message, {
    code: "configuration",
    problems: [{ message, ...(hint === undefined ? {} : { hint }), ...place }],
  });
}

function hintFor(said: string): string | undefined {
  if (/failed to fetch oauth token: 403|denied|insufficient_scope/.test(said))
    return "The registry did not let the push through. On DigitalOcean the plan may have no room for another repository.";
  if (/unauthorized|authentication required/.test(said))
    return "Check the credentials: username and password, digitalocean-token or logins.";
  return undefined;
}
