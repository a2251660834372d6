import { ApiError } from "../../../../src/kubernetes/api-error.ts";
import { objectPath } from "../../../../src/kubernetes/discovery.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller } from "../controller.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";
import type { Again } from "../work-queue.ts";
import { desiredReplicas } from "./desired.ts";
import type { Desired } from "./desired.ts";
import { autoscalerKind } from "./kinds.ts";
import type { Autoscaler, AutoscalerStatus, Scale } from "./kinds.ts";
import { Report } from "./report.ts";
import { timestamp } from "../../timestamp.ts";

/** How often the target is looked at. Kubernetes' default is 15 s; somebody waits at a sandbox. */
const periodMs = 5_000;

interface Parts extends Context {
  readonly autoscalers: Store<Autoscaler>;
}

/** Keeps workloads within their bounds. It knows no load: the sandbox has no metrics. */
export const autoscalerController: Controller = {
  name: "horizontal-pod-autoscaler",
  async prepare(context) {
    const autoscalers = await context.cluster.store(autoscalerKind);
    const parts = { ...context, autoscalers };
    return {
      // Its own status is most of what changes of it: a change of its spec is seen with the next look.
      sources: [changesOf(autoscalers, (autoscaler, type) => (type === "MODIFIED" ? [] : [keyOf(autoscaler)]))],
      reconcile: (key) => sync(parts, key),
    };
  },
};

async function sync(parts: Parts, key: string): Promise<Again | undefined> {
  const autoscaler = parts.autoscalers.get(key);
  if (autoscaler === undefined) return undefined;
  await parts.cluster.replaceStatus(autoscalerKind, autoscaler, await look(parts, autoscaler));
  return { afterMs: periodMs };
}

async function look(parts: Parts, autoscaler: Autoscaler): Promise<AutoscalerStatus> {
  const report = new Report(autoscaler);
  const target = await scaleTarget(parts, autoscaler, report);
  if (target === undefined) return report.status();
  const current = target.scale.spec.replicas ?? 0;
  report.counts = { ...report.counts, currentReplicas: current };
  const desired = desiredReplicas({ autoscaler, current, report, record: parts.record });
  if (desired === undefined) return report.status();
  report.counts = { ...report.counts, desiredReplicas: desired.replicas };
  if (desired.replicas !== current) await rescale(parts, { autoscaler, report, target, desired });
  return report.status();
}

interface Target {
  readonly path: string;
  readonly scale: Scale;
}

async function scaleTarget(parts: Parts, autoscaler: Autoscaler, report: Report): Promise<Target | undefined> {
  const { apiVersion, kind, name } = autoscaler.spec.scaleTargetRef;
  try {
    const found = await parts.cluster.findKind(apiVersion, kind);
    if (found === undefined) throw new Error(`no matches for kind "${kind}" in version "${apiVersion}"`);
    const path = objectPath(found, autoscaler.metadata.namespace ?? "", name, "scale");
    const scale = await parts.cluster.api.request<Scale>({ method: "GET", path });
    report.say(
      "AbleToScale",
      "True",
      "SucceededGetScale",
      "the HPA controller was able to get the target's current scale",
    );
    return { path, scale };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const why = `the HPA controller was unable to get the target's current scale: ${message}`;
    report.say("AbleToScale", "False", "FailedGetScale", why);
    parts.record(autoscaler, { type: "Warning", reason: "FailedGetScale", message });
    return undefined;
  }
}

async function rescale(
  { cluster, record }: Parts,
  o: { readonly autoscaler: Autoscaler; readonly report: Report; readonly target: Target; readonly desired: Desired },
): Promise<void> {
  const { path, scale } = o.target;
  const { replicas, reason } = o.desired;
  try {
    const query = { fieldManager: "kube-controller-manager" };
    await cluster.api.request({ method: "PUT", path, query, body: { ...scale, spec: { ...scale.spec, replicas } } });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const why = `the HPA controller was unable to update the target scale: ${error.message}`;
    o.report.say("AbleToScale", "False", "FailedUpdateScale", why);
    const message = `New size: ${replicas}; reason: ${reason}; error: ${error.message}`;
    record(o.autoscaler, { type: "Warning", reason: "FailedRescale", message });
    return;
  }
  const done = `the HPA controller was able to update the target scale to ${replicas}`;
  o.report.say("AbleToScale", "True", "SucceededRescale", done);
  o.report.counts = { ...o.report.counts, lastScaleTime: timestamp(new Date()) };
  record(o.autoscaler, {
    type: "Normal",
    reason: "SuccessfulRescale",
    message: `New size: ${replicas}; reason: ${reason}`,
  });
}
