import type { ApiError } from "../kubernetes/api-error.ts";

interface Denial {
  readonly text: string;
  readonly hint?: string;
}

/** How those who may say no word it, and what to do about it. The first that matches counts. */
const denials: readonly { readonly pattern: RegExp; readonly tell: (parts: readonly string[]) => Denial }[] = [
  {
    pattern: /^(exceeded quota: .*)$/s,
    tell: ([words = ""]) => ({ text: words, hint: "Raise the ResourceQuota, or ask for less." }),
  },
  {
    pattern: /ValidatingAdmissionPolicy '([^']+)' with binding '[^']*' denied request: (.*)$/s,
    tell: ([name = "", words = ""]) => ({
      text: `the policy ${name} of this cluster says no: ${words}`,
      hint: `Change the manifest, or ask whoever keeps the ValidatingAdmissionPolicy ${name}.`,
    }),
  },
  {
    pattern: /admission webhook "([^"]+)" denied the request:? ?(.*)$/s,
    tell: ([name = "", words = ""]) => ({
      text: `the admission webhook ${name} says no: ${words || "it gives no reason"}`,
      hint: `Change the manifest, or ask whoever keeps ${name}.`,
    }),
  },
  {
    pattern: /failed calling webhook "([^"]+)": (.*)$/s,
    tell: ([name = "", words = ""]) => ({
      text: `the admission webhook ${name} cannot be asked: ${words}`,
      hint: "Nothing of this kind can be changed until it answers: see to the pods behind it, then deploy again.",
    }),
  },
  {
    pattern: /attempting to grant RBAC permissions not currently held:\s*(.*)$/s,
    tell: ([rules = ""]) => ({
      text: `it grants what the user of this deploy may not do itself: ${rules.replace(/\s+/g, " ")}`,
      hint: 'Give that user the same permissions, or the verb "escalate" on roles and "bind" for their bindings.',
    }),
  },
];

/** What an answer means that is about no field: the words of whoever said no, and the way on. */
export function explainDenial(error: ApiError): Denial {
  const message = error.message.replace(/^\S+ "[^"]*" is forbidden: (?!User )/, "");
  for (const { pattern, tell } of denials) {
    const found = pattern.exec(message);
    if (found !== null) return tell(found.slice(1));
  }
  return { text: message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
}
