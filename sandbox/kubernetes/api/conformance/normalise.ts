/** What takes the place of values that differ from run to run, by the key that they stand under. */
const placeholders: Readonly<Record<string, string>> = {
  resourceVersion: "<rv>",
  continue: "<continue>",
  token: "<token>",
  clusterIP: "<ip>",
  clusterIPs: "<ip>",
  buildDate: "<time>",
};
const kept = new Set(["", "None"]);

/** Makes an answer what the same request is answered any day by any server of this version. One for a whole recording. */
export class Normaliser {
  readonly #uids = new Map<string, string>();

  normalise(value: unknown, key = ""): unknown {
    if (typeof value === "string") return this.#text(value, key);
    if (Array.isArray(value)) return value.map((item) => this.normalise(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.normalise(item, name)]));
  }

  #text(text: string, key: string): string {
    const placeholder = placeholders[key];
    if (placeholder !== undefined && !kept.has(text)) return placeholder;
    return text
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/g, "<microtime>")
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "<time>")
      .replace(/(ResourceVersion in object meta: |resourceVersion\\":\\")\d+/g, "$1<rv>")
      .replace(/(ResourceVersion in record )\(\d+\)/g, "$1(<rv>)")
      .replace(/10\.96\.\d+\.\d+/g, "<ip>")
      .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, (uid) => this.#uid(uid));
  }

  #uid(uid: string): string {
    const known = this.#uids.get(uid) ?? `<uid-${this.#uids.size + 1}>`;
    this.#uids.set(uid, known);
    return known;
  }
}
