import { nearest } from "../../runner/nearest.ts";

/** `${NAME}`, and `$${NAME}` which stands for itself. `${NAME:-x}` and `$(NAME)` belong to shells and to Kubernetes: left alone. */
const reference = /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Replaces every `${NAME}` by its value; `$${NAME}` becomes `${NAME}`. An unknown name is reported through `onUnknown` with what
 * would help, and left as it is.
 */
export function substitute(
  text: string,
  variables: ReadonlyMap<string, string>,
  onUnknown: (message: string, hint: string) => void,
): string {
  if (!text.includes("${")) return text;
  return text.replace(reference, (whole, escape: string, name: string) => {
    if (escape !== "") return whole.slice(1);
    const value = variables.get(name);
    if (value !== undefined) return value;
    const similar = nearest(name, variables.keys());
    onUnknown(
      `\${${name}} has no value`,
      similar === undefined
        ? `set ${name} in the input "variables", or write $\${${name}} for the text itself`
        : `did you mean \${${similar}}? Else set ${name} in the input "variables"`,
    );
    return whole;
  });
}
