/**
 * What a program costs that does nothing but send the writes: reads `[{path, body}]` from a file, and applies each of them on the server's
 * side, 16 at a time over connections that are kept. Usage: node bare-client.ts KUBECONFIG FILE NAMESPACE
 */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";

interface Write {
  readonly path: string;
  readonly body: unknown;
}

const parallel = 16;
const [kubeconfig = "", file = "", namespace = ""] = process.argv.slice(2);
const text = readFileSync(kubeconfig, "utf8");
const field = (name: string): string => new RegExp(`${name}: (\\S+)`).exec(text)?.[1] ?? "";
const pem = (name: string): Buffer => Buffer.from(field(name), "base64");
const server = new URL(field("server"));
const agent = new Agent({
  keepAlive: true,
  maxSockets: parallel,
  ca: pem("certificate-authority-data"),
  cert: pem("client-certificate-data"),
  key: pem("client-key-data"),
});

function send({ path, body }: Write): Promise<void> {
  return new Promise((resolve, reject) => {
    const url = new URL(`${path.replace("NAMESPACE", namespace)}?fieldManager=bare`, server);
    const headers = { "content-type": "application/apply-patch+yaml" };
    request(url, { method: "PATCH", agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const status = answer.statusCode ?? 0;
        if (status < 300) resolve();
        else reject(new Error(`${path}: ${status} ${Buffer.concat(chunks).toString()}`));
      });
    })
      .on("error", reject)
      .end(JSON.stringify(body));
  });
}

const writes = JSON.parse(readFileSync(file, "utf8")) as Write[];
let next = 0;
async function work(): Promise<void> {
  for (let write = writes[next++]; write !== undefined; write = writes[next++]) await send(write);
}
await Promise.all(Array.from({ length: parallel }, work));
agent.destroy();
