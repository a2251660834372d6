import { runAction } from "../runner/action.ts";
import { readInputs } from "../runner/inputs.ts";
import { inputs } from "./inputs.ts";

await runAction({
  async main(runner) {
    const given = await readInputs(runner, inputs);
    const { run } = await import("./run.ts");
    return run(runner, given);
  },
  async post(runner) {
    const { endAbandoned } = await import("../github/end-abandoned.ts");
    await endAbandoned(runner);
  },
});
