import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { ContainerLog } from "./container-log.ts";
import { ContainerProcess } from "./container-process.ts";
import { ContainerRoot } from "./container-root.ts";
import { Supervisor } from "./supervisor.ts";
import { temporaryFolders } from "./testing/objects.ts";

const folder = temporaryFolders();

it("a container that has ended by itself is not killed later", async () => {
  const base = await folder();
  const image = join(base, "image");
  await mkdir(image);
  await symlink(process.execPath, join(image, "node"));
  const supervisor = Supervisor.start(join(base, "root"));
  try {
    const container = await ContainerProcess.start({
      supervisor,
      id: "main",
      root: await ContainerRoot.make({ directory: join(base, "root/main"), image, mounts: [], workingDirectory: "/" }),
      image: {},
      command: ["/node", "--version"],
      env: new Map(),
      memoryLimit: undefined,
      log: new ContainerLog(join(base, "log")),
    });
    await container.ended;
    const before = timers();
    container.stop(60_000);
    expect(timers()).toBe(before);
  } finally {
    await supervisor.stop();
  }
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;
}
