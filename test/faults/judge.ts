import { passing } from "./faults.ts";
import type { Case } from "./case.ts";
import type { Flow } from "./flows.ts";
import type { Play } from "./play.ts";
import type { Told } from "./run-action.ts";
import { differences } from "./state.ts";
import type { State } from "./state.ts";

/** What must never be. */
export type Wrong = "false green" | "untrue" | "gave up" | "lost" | "not converged" | "history" | "lock" | "bug";

export interface Finding {
  readonly wrong: Wrong;
  readonly text: string;
}

/** A dead holder's lock is taken over after 30 s, looked at each second. */
const takeOverMs = 35_000;

/** What is wrong after a run at which something went wrong: with what it told, and with what it left. `told` is undefined for a dead one. */
export function judgeFaulted({ flow, fault }: Case, told: Told | undefined, after: State): Finding[] {
  const findings = [...judgeObjects(flow, after), ...judgeRecord(flow, after)];
  if (told === undefined) return findings;
  if (passing.includes(fault)) findings.push(...judgeWeathered(flow, told, after));
  const isUnseen = fault.lastsMs === Infinity && flow.outcome === "succeeded";
  if (isUnseen && told.outcome === "failed")
    findings.push({ wrong: "untrue", text: "nobody could see that it failed" });
  return [...findings, ...judgeTold(flow, told, after)];
}

/** What passes may not keep a run from its end. */
function judgeWeathered(flow: Flow, { outcome, log }: Told, after: State): Finding[] {
  const why = log.filter((line) => line.startsWith("error: ")).join("\n");
  if (outcome !== flow.outcome) return [{ wrong: "gave up", text: `${outcome}: ${why}` }];
  return differences(flow.expected, after).map((text) => ({ wrong: "gave up", text }));
}

function judgeTold(flow: Flow, told: Told, after: State): Finding[] {
  const findings: Finding[] = [];
  const find = (wrong: Wrong, text: string): void => void findings.push({ wrong, text });
  const { outcome, log, summary } = told;
  const distance = differences(wantedBy(flow, after), after);
  const newest = after.history.at(-1);
  if (outcome === "succeeded") {
    if (flow.outcome !== "succeeded") find("false green", "it told of a success of what cannot succeed");
    for (const each of distance) find("false green", each);
    if (newest?.outcome !== "succeeded") find("false green", `the record says ${newest?.outcome ?? "nothing"}`);
  } else {
    if (!log.some((line) => line.startsWith("error: "))) find("untrue", `${outcome} without an error that says why`);
    const isNew = isNewer(flow, after);
    if (isNew && !agrees(told, after)) find("untrue", `told ${outcome}, recorded ${newest?.outcome ?? "nothing"}`);
  }
  if (log.some((line) => line.includes("is back, as r")) && distance.length > 0)
    find("false green", `it is not back: ${distance.join("; ")}`);
  if (!summary.includes(outcome)) find("untrue", `the summary does not say ${outcome}`);
  if (log.some((line) => line.includes("bug in Slipway")))
    find("bug", log.filter((line) => line.startsWith("error: ")).join("\n"));
  return findings;
}

/** Whether there is a release more than before. */
function isNewer(flow: Flow, { history }: State): boolean {
  return history.length > flow.earlier.history.length;
}

/** What the newest release wants: that of an earlier one, where a deploy was taken back to it. */
function wantedBy(flow: Flow, state: State): State {
  const { restores = 0 } = state.history.at(-1) ?? {};
  return (isNewer(flow, state) ? flow.good.get(restores) : undefined) ?? flow.expected;
}

/** Whether the record of the run says what was told, or could not be written, which was told then. */
function agrees({ outcome, log, outputs }: Told, { history }: State): boolean {
  const record = history.find(({ revision }) => String(revision) === outputs.revision);
  if (record === undefined || record.outcome === outcome || outcome === "unknown") return true;
  return record.outcome === "pending" && log.some((line) => line.includes("could not be recorded"));
}

/** No object that was there and is to stay may be missing or another one, whatever went wrong. */
function judgeObjects(flow: Flow, state: State): Finding[] {
  return [...flow.kept].flatMap(([key, id]): Finding[] => {
    const found = state.ids.get(key);
    return found === id
      ? []
      : [{ wrong: "lost", text: `${key} ${found === undefined ? "is gone" : "is another one"}` }];
  });
}

/** Only what is all there may be recorded as a success. */
function judgeRecord(flow: Flow, state: State): Finding[] {
  const { history } = state;
  const revisions = history.map(({ revision }) => revision);
  const findings: Finding[] = [];
  if (revisions.some((each, index) => index > 0 && each <= (revisions[index - 1] ?? 0)))
    findings.push({ wrong: "history", text: `revisions out of order: ${revisions.join(", ")}` });
  if (isNewer(flow, state) && history.at(-1)?.outcome === "succeeded")
    findings.push(
      ...differences(wantedBy(flow, state), state).map((text) => ({
        wrong: "false green" as const,
        text: `recorded as succeeded: ${text}`,
      })),
    );
  findings.push(...judgeHooks(flow, state));
  for (const { revision, verified } of flow.earlier.history) {
    const now = history.find((each) => each.revision === revision);
    if (now === undefined || now.verified !== verified)
      findings.push({ wrong: "history", text: `r${revision} is not what it was` });
  }
  return findings;
}

/** A release that is recorded as succeeded has run its hooks, and no release has run one twice. */
function judgeHooks(flow: Flow, state: State): Finding[] {
  const { history, hooks } = state;
  const findings: Finding[] = [];
  const twice = hooks.filter((each, index) => hooks.indexOf(each) !== index);
  for (const each of twice) findings.push({ wrong: "lost", text: `${each} ran twice` });
  const newest = history.at(-1);
  if (!isNewer(flow, state) || newest?.outcome !== "succeeded") return findings;
  const wanted = newest.restores === undefined ? ["migrate", "announce"] : ["migrate"];
  for (const each of wanted.map((name) => `${name} r${newest.revision}`))
    if (!hooks.includes(each)) findings.push({ wrong: "false green", text: `${each} did not run` });
  return findings;
}

/** What is wrong after the next run, at which nothing went wrong: it has to lead where an undisturbed one does. */
export function judgeNext(flow: Flow, { told, sightings }: Play, end: State): Finding[] {
  const findings = [...judgeObjects(flow, end), ...judgeRecord(flow, end)];
  const find = (wrong: Wrong, text: string): void => void findings.push({ wrong, text });
  if (told?.outcome !== flow.outcome)
    find("not converged", `the next run ended as ${told?.outcome ?? "dead"}: ${errorsOf(told)}`);
  for (const each of differences(flow.expected, end)) find("not converged", each);
  for (const { revision, outcome } of end.history)
    if (outcome === "pending") find("history", `r${revision} is still pending`);
  if (end.holder !== "") find("lock", `still held by ${end.holder}`);
  const [started, locked] = [sightings[0], sightings.find(({ what }) => /^(POST|PUT) .*\/leases/.test(what))];
  const waitedMs = (locked?.atMs ?? 0) - (started?.atMs ?? 0);
  if (waitedMs > takeOverMs) find("lock", `the next run waited ${Math.round(waitedMs / 1000)} s for it`);
  return findings;
}

function errorsOf(told: Told | undefined): string {
  return (told?.log ?? []).filter((line) => line.startsWith("error: ")).join("\n");
}
