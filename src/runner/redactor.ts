/** As short as a form of a secret may be: what it begins with finds it. */
const headLength = 4;

/** Texts that begin alike. */
interface Alike {
  readonly forms: Set<string>;
  /** The longest first: one secret may be the beginning of another. */
  readonly lengths: readonly number[];
}

const none: Alike = { forms: new Set(), lengths: [] };

/** Takes texts that are not to be shown out of others, in time that does not depend on how many they are. */
export class Redactor {
  readonly #byHead = new Map<string, Alike>();

  add(forms: readonly string[]): void {
    for (const form of forms) {
      if (form.length < headLength) continue;
      const head = form.slice(0, headLength);
      const { forms, lengths } = this.#byHead.get(head) ?? { forms: new Set(), lengths: [] };
      forms.add(form);
      const all = lengths.includes(form.length) ? lengths : [...lengths, form.length].sort((a, b) => b - a);
      this.#byHead.set(head, { forms, lengths: all });
    }
  }

  redact(text: string): string {
    if (this.#byHead.size === 0) return text;
    let [shown, from] = ["", 0];
    for (let at = 0; at + headLength <= text.length; at++) {
      const { forms, lengths } = this.#byHead.get(text.slice(at, at + headLength)) ?? none;
      const length = lengths.find((each) => forms.has(text.slice(at, at + each)));
      if (length === undefined) continue;
      shown += `${text.slice(from, at)}***`;
      from = at + length;
      at = from - 1;
    }
    return shown + text.slice(from);
  }
}
