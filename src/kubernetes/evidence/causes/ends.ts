import { describeExit } from "../../readiness/exit.ts";
import { causeOf } from "../../readiness/kubelet-words.ts";
import type { ContainerSpec, Terminated } from "../../readiness/objects.ts";
import type { Cause, Facts } from "../facts.ts";
import { inContainer } from "../field.ts";

/** It was killed for its memory. */
export function outOfMemory(facts: Facts): Cause {
  const limit = facts.spec?.resources?.limits?.memory;
  return {
    cause: `container ${facts.container?.name ?? ""} ran out of memory${limit === undefined ? "" : ` (its limit is ${limit})`}`,
    remedy: "Raise resources.limits.memory, or make it use less.",
    field: inContainer(facts, "resources", "limits", "memory"),
  };
}

/** Its program could not be run at all. */
export function cannotStart(facts: Facts): Cause | undefined {
  const { container, spec } = facts;
  const { waiting } = container?.state ?? {};
  const ended = container?.state?.terminated ?? container?.lastState?.terminated;
  const words = causeOf(waiting?.message || (ended?.message ?? ""));
  const name = container?.name ?? "";
  const command = /exec: "([^"]*)"/.exec(words)?.[1];
  if (words === "") return undefined;
  if (words.includes("exec format error")) {
    return {
      cause: `container ${name} cannot start: its program is made for another kind of processor`,
      remedy: "Build the image for the platform of the nodes.",
      field: inContainer(facts, "image"),
    };
  }
  const field = inContainer(facts, ...whatRuns(spec));
  if (command !== undefined && /no such file|executable file not found/.test(words)) {
    return {
      cause: `container ${name} cannot start: its command ${command} is not in the image`,
      remedy: "Check command and args of the container, and ENTRYPOINT and CMD of the image.",
      field,
    };
  }
  if (command !== undefined && words.includes("permission denied")) {
    return {
      cause: `container ${name} cannot start: its command ${command} may not be executed`,
      remedy: "Make the file executable in the image, or let the container run as a user who may.",
      field,
    };
  }
  return { cause: `container ${name} cannot start: ${words}`, field };
}

/** What of the manifest decides what runs. */
function whatRuns(spec: ContainerSpec | undefined): readonly string[] {
  return spec?.command === undefined ? (spec?.args === undefined ? ["image"] : ["args"]) : ["command"];
}

const remedies: Readonly<Record<number, string>> = {
  0: "The container of a service must go on: a program that ends belongs into a Job.",
  126: "Make what it calls executable, or check command and args of the container.",
  127: "Check command and args of the container, and what its script calls: the image lacks it.",
  137: "Nobody said why: look at the memory of container and node, and whether it stops in time when it is asked to.",
  139: "The program itself is broken, or built for other libraries than the image has.",
};

/** It ends by itself, again and again. */
export function endsAgain(facts: Facts): Cause | undefined {
  const { container, verdict } = facts;
  const ended: Terminated | undefined = container?.state?.terminated ?? container?.lastState?.terminated;
  if (container === undefined || ended === undefined) return undefined;
  if (ended.reason === "OOMKilled") return outOfMemory(facts);
  const often = verdict.reason === "BackoffLimitExceeded" ? `: ${verdict.message}` : "";
  const times = (container.restartCount ?? 0) + 1;
  const again = often === "" && times > 1 ? `, ${times} times so far` : "";
  const remedy = remedies[ended.exitCode];
  return {
    cause: `container ${container.name} ends with ${describeExit(ended)}${again}${often}`,
    ...(remedy === undefined ? {} : { remedy }),
    field: inContainer(facts, ...(ended.exitCode === 126 || ended.exitCode === 127 ? whatRuns(facts.spec) : [])),
  };
}
