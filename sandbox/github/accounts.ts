import { GitHubError } from "./errors.ts";

/** What a job's token may be allowed to do here, as the keys of `permissions:` in a workflow. */
export type Permission = "deployments" | "pull-requests";

/** Someone who bears a token: a job of a workflow, unless `login` is somebody else's. */
export interface Account {
  readonly token: string;
  /** `github-actions[bot]`, if not given. */
  readonly login?: string;
  /** What it may write; reading is always allowed. Everything, if not given. */
  readonly mayWrite?: readonly Permission[];
}

/** A user as it stands in what it has made. */
export interface User {
  readonly login: string;
  readonly id: number;
  readonly type: "Bot" | "User";
}

export function loginOf({ login = "github-actions[bot]" }: Account): string {
  return login;
}

export function userOf(account: Account): User {
  const login = loginOf(account);
  const isActions = login === "github-actions[bot]";
  return { login, id: isActions ? 41_898_282 : 583_231, type: login.endsWith("[bot]") ? "Bot" : "User" };
}

/** Refuses as GitHub does when a job lacks a permission, or runs for a fork and so has a token that may only read. */
export function requireWrite({ mayWrite }: Account, permission: Permission): void {
  if (mayWrite === undefined || mayWrite.includes(permission)) return;
  throw new GitHubError(403, "Resource not accessible by integration");
}
