import type { Event } from "../../readiness/objects.ts";
import { specsOf } from "../facts.ts";
import type { Cause, Facts } from "../facts.ts";
import { inContainer } from "../field.ts";

/** The kubelet stops it because a probe fails. */
export function killedByProbe(facts: Facts): Cause | undefined {
  const { container, events } = facts;
  const name = container?.name ?? "";
  const killing = events.findLast(
    ({ reason, message = "" }) => reason === "Killing" && message.startsWith(`Container ${name} failed `),
  );
  const probe = /failed (liveness|startup) probe/.exec(killing?.message ?? "")?.[1];
  if (probe === undefined) return undefined;
  return {
    cause: `container ${name} is stopped again and again because its ${probe} probe fails${answerOf(probe, events)}`,
    remedy:
      "Check path and port of the probe, and that it gives the program enough time (failureThreshold, startupProbe).",
    field: inContainer(facts, `${probe}Probe`),
  };
}

/** It runs, and is not ready. */
export function probeAnswer(facts: Facts): Cause | undefined {
  const { container, spec, events, verdict, pod } = facts;
  const probe = ["startup", "readiness"].find((one) => answerOf(one, events) !== "");
  if (probe === undefined || pod === undefined) return undefined;
  const probed = container ?? spec ?? specsOf(pod).find((one) => one.readinessProbe !== undefined);
  const name = probed?.name ?? "";
  const deadline = verdict.reason === "ProgressDeadlineExceeded" ? `${verdict.message.split(":", 1)[0] ?? ""}: ` : "";
  return {
    cause: `${deadline}container ${name} runs, but its ${probe} probe does not pass${answerOf(probe, events)}`,
    remedy: "Check path and port of the probe, and what the program waits for.",
    field: ["containers", { name }, `${probe}Probe`],
  };
}

/** What the probe got, from the kubelet's event: ": HTTP probe failed with statuscode: 404". */
function answerOf(probe: string, events: readonly Event[]): string {
  const start = `${probe.charAt(0).toUpperCase()}${probe.slice(1)} probe failed: `;
  const message = events.findLast((event) => event.message?.startsWith(start))?.message;
  return message === undefined ? "" : `: ${message.slice(start.length).trim()}`;
}
