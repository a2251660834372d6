import { eventually } from "./eventually.ts";
import { startTestNode } from "./test-node.ts";

/**
 * A program that is to be killed: it runs a pod whose process has a child in its group and another that has left it, and prints
 * where everything is.
 */
const node = await startTestNode({ backOffMs: 10_000 });
const source = `
  const { spawn } = require("node:child_process");
  const child = (detached) => spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { detached, stdio: "ignore" }).pid;
  console.log(JSON.stringify([process.pid, child(false), child(true)]));
  setInterval(() => {}, 1e6);`;
await node.createPod("pod", { containers: [{ name: "main", image: node.image, command: ["node", "-e", source] }] });
const log = await eventually("the processes", async () => {
  const text = await node.log("pod");
  return text.endsWith("]\n") ? text : undefined;
});
process.stdout.write(`${JSON.stringify({ pids: JSON.parse(log) as number[], rootDir: node.rootDir })}\n`);
setInterval(() => undefined, 1e6);
