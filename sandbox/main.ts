import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SlipwayError } from "../src/error.ts";
import { serveParent } from "./parent.ts";
import type { Sandbox } from "./sandbox.ts";
import { stopRequested } from "./stop-requested.ts";

const help = `Usage: npm run sandbox -- [options]

The outside world on this machine: a DigitalOcean API, a part of GitHub's API, a container
registry, and a Kubernetes cluster that really runs containers, as plain processes. It needs
no account, no Docker and no root, listens on loopback only, and leaves nothing behind.

Options:
  --address ADDRESS       where the APIs listen (127.0.0.1)
  --node-address ADDRESS  where NodePorts and load balancers listen (127.0.0.1); give a
                          second sandbox another one, such as 127.0.0.2
  --help                  this text

It runs until Ctrl-C. Standard output is six lines for a shell: KUBECONFIG, REGISTRY,
DIGITALOCEAN_API_URL, DIGITALOCEAN_ACCESS_TOKEN, GITHUB_API_URL and GITHUB_TOKEN. So, in
two terminals:
  npm run --silent sandbox > sandbox.env
  set -a; . ./sandbox.env; kubectl get nodes
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { address: { type: "string" }, "node-address": { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help === true) return void process.stdout.write(help);
  const stop = stopRequested();
  // Most of a start is to read two hundred files of TypeScript: from the second on it takes a third of the time and less memory.
  enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/sandbox", import.meta.url)));
  const { startSandbox } = await import("./sandbox.ts");
  const sandbox = await startSandbox({
    address: values.address,
    nodeAddress: values["node-address"],
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  serveParent(sandbox);
  process.stdout.write(variables(sandbox));
  process.stderr.write(welcome(sandbox));
  await stop;
  await sandbox.stop();
}

function variables(sandbox: Sandbox): string {
  return Object.entries({
    KUBECONFIG: sandbox.kubeconfig,
    REGISTRY: sandbox.registry,
    DIGITALOCEAN_API_URL: sandbox.digitaloceanApiUrl,
    DIGITALOCEAN_ACCESS_TOKEN: sandbox.digitaloceanToken,
    GITHUB_API_URL: sandbox.githubApiUrl,
    GITHUB_TOKEN: sandbox.githubToken,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function welcome(sandbox: Sandbox): string {
  return `
The sandbox is up. Ctrl-C stops it and removes everything.
  cluster     sandbox, its NodePorts on ${sandbox.nodeAddress}
  registry    ${sandbox.registry}/sandbox, user and password: $DIGITALOCEAN_ACCESS_TOKEN
  base image  ${sandbox.baseImage}
`;
}

try {
  await main();
} catch (error) {
  const known = error instanceof SlipwayError || (error instanceof TypeError && "code" in error);
  const hint = error instanceof SlipwayError && error.hint !== undefined ? `\n${error.hint}` : "";
  process.stderr.write(`${known ? error.message + hint : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
} finally {
  // A channel to a parent would keep this process.
  if (process.connected) process.disconnect();
}
