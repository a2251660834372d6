/** What stands in the recording for values that differ from run to run. */
const placeholders: readonly (readonly [RegExp, string])[] = [
  [/^<rv>$/, "[1-9]\\d*"],
  [/^<time>$/, "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"],
  [/^<microtime>$/, "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"],
  [/^<ip>$/, "\\d+\\.\\d+\\.\\d+\\.\\d+"],
  [/^<(token|continue)>$/, "[\\w.-]{10,}"],
];
/** Names that the real server completed at random. */
const generated = /(gen-|kube-api-access-)[a-z0-9]{5}/g;
/** How long ago something was created, in a table. */
const age = /^\d+s$/;

/**
 * Compares answers with recorded ones, whose placeholders stand for any value of their kind. A placeholder of a uid stands for the same
 * uid throughout the recording, so one comparer serves one replay.
 */
export class Comparer {
  readonly #uids = new Map<string, string>();

  /** One line for each difference: where, what was expected, what came. */
  differences(expected: unknown, actual: unknown, path = ""): string[] {
    if (typeof expected === "string") return this.#strings(expected, actual, path);
    if (!isObject(expected) || !isObject(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
      return Object.is(expected, actual) ? [] : [`${path}: expected ${show(expected)}, got ${show(actual)}`];
    }
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) => this.differences(expected[key], actual[key], `${path}.${key}`));
  }

  #strings(expected: string, actual: unknown, path: string): string[] {
    const differs = [`${path}: expected ${show(expected)}, got ${show(actual)}`];
    if (typeof actual !== "string") return differs;
    if (expected === actual || (age.test(expected) && age.test(actual))) return [];
    const uids: string[] = [];
    const pattern = expected.replace(generated, "$1<generated>").split(/(<[\w-]+>)/);
    const source = pattern.map((part) => {
      if (part === "<generated>") return "[a-z0-9]{5}";
      if (part.startsWith("<uid-")) {
        uids.push(part);
        return "([\\da-f-]{36})";
      }
      return placeholders.find(([name]) => name.test(part))?.[1] ?? escape(part);
    });
    const match = new RegExp(`^${source.join("")}$`).exec(actual);
    if (match === null) return differs;
    return uids.every((uid, index) => this.#isSame(uid, match[index + 1] ?? "")) ? [] : differs;
  }

  #isSame(placeholder: string, uid: string): boolean {
    const known = this.#uids.get(placeholder);
    if (known !== undefined) return known === uid;
    if ([...this.#uids.values()].includes(uid)) return false;
    this.#uids.set(placeholder, uid);
    return true;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
