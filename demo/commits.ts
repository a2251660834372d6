import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A commit of the app, as far as the demo needs one: a working tree and a name for it. */
export interface Commit {
  readonly sha: string;
  /** The commit that last touched backend/: what the images are built from, and the version they tell. */
  readonly backend: string;
}

interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Nobody has to sign in any more to read posts: every pod is up and healthy, and the app is broken for its users. */
export const openToEverybody: Edit = {
  file: "backend/src/server.js",
  from: `"GET /posts": signedIn(({ url }) => {`,
  to: `"GET /posts": (({ url }) => {`,
};

/** A file is imported by a name that it does not have: the program ends as soon as it starts. */
export const cannotStart: Edit = {
  file: "backend/src/server.js",
  from: `from "./posts.js"`,
  to: `from "./post.js"`,
};

/** One value of one ConfigMap, which the server reads and the auth service does not. */
export const newBanner: Edit = {
  file: "k8s/digitalocean/02-config.yaml",
  from: "BANNER: Welcome to Backstage",
  to: "BANNER: Welcome aboard",
};

/** The history of a working copy: each commit edits it, and says what it is. */
export class WorkingCopy {
  readonly folder: string;
  #count = 0;
  #backend = "";

  constructor(folder: string) {
    this.folder = folder;
  }

  async commit(...edits: readonly Edit[]): Promise<Commit> {
    for (const edit of edits) await this.#edit(edit);
    this.#count += 1;
    const sha = createHash("sha1").update(`commit ${this.#count} of the demo`).digest("hex");
    if (this.#backend === "" || edits.some(({ file }) => file.startsWith("backend/"))) this.#backend = sha;
    return { sha, backend: this.#backend };
  }

  /** Takes edits back. The backend is then what it was at `as`, byte for byte. */
  async revert(as: Commit, ...edits: readonly Edit[]): Promise<void> {
    for (const { file, from, to } of edits) await this.#edit({ file, from: to, to: from });
    this.#backend = as.backend;
  }

  async #edit({ file, from, to }: Edit): Promise<void> {
    const path = join(this.folder, file);
    const text = await readFile(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)} to edit`);
    await writeFile(path, text.replace(from, to));
  }
}
