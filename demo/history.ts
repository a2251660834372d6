import { readFile } from "node:fs/promises";
import { readKubeconfig } from "../src/kubernetes/access.ts";
import { connect } from "../src/kubernetes/client.ts";
import type { ReleaseSummary } from "../src/release/record/record.ts";
import { releaseStore } from "../src/release/record/store.ts";

/** The app's releases as the cluster has them recorded, oldest first. */
export async function readHistory(kubeconfig: string): Promise<ReleaseSummary[]> {
  const api = connect(readKubeconfig(await readFile(kubeconfig, "utf8")));
  try {
    return await releaseStore(api, { app: "backstage", namespace: "backstage" }).history();
  } finally {
    api.close();
  }
}

/** A release as one line: `r3  failed     31d9a0c  the server cannot start`. */
export function describeRelease({ revision, outcome, verified, restores, commit, reason }: ReleaseSummary): string {
  const what =
    restores === undefined
      ? `commit ${commit.slice(0, 7)}`
      : `back to r${restores}${reason === undefined ? "" : `: ${reason}`}`;
  return `r${revision}  ${outcome.padEnd(10)} ${(verified === undefined ? "" : "verified").padEnd(9)} ${what}`;
}
