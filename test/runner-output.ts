/**
 * Reads an action's output as GitHub's runner does: commands at a line's start (`::name k=v::text`, version 2) and anywhere in a line
 * (`##[name k=v]text`, version 1), and secrets replaced by asterisks. After ActionCommand.cs and ValueEncoders.cs of actions/runner.
 */

/** What GitHub shows beside the log, at a file's line where it has one. */
export interface Annotation {
  readonly level: "notice" | "warning" | "error";
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly title?: string;
}

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The commands that the runner obeys in an action's output. Anything else that looks like one is text. */
const obeyed = new Set(
  "add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning".split(
    " ",
  ),
);

/** The command that a line holds, or undefined for a line of text. */
export function parseCommand(line: string): Command | undefined {
  const second = /^\s*::([^\s:]+)(?:\s+(.*?))?::(.*)$/s.exec(line);
  const first = /##\[([^\s\]]+)(?:\s+([^\]]*))?\](.*)$/s.exec(line);
  const [, name = "", properties = "", data = ""] = second ?? first ?? [];
  if (!obeyed.has(name.toLowerCase())) return undefined;
  return {
    name: name.toLowerCase(),
    properties: parseProperties(properties, second ? "," : ";"),
    data: unescape(data),
  };
}

function parseProperties(text: string, separator: string): Record<string, string> {
  const pairs = text.split(separator).filter((pair) => pair.includes("="));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")).trim(), unescape(pair.slice(pair.indexOf("=") + 1))]),
  );
}

function unescape(text: string): string {
  const characters: Record<string, string> = { "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%" };
  return text.replace(/%(?:0D|0A|3A|2C|25)/g, (escaped) => characters[escaped] ?? escaped);
}

/** The annotation that a command stands for, if any. */
export function annotationOf({ name, properties, data }: Command): Annotation | undefined {
  if (name !== "notice" && name !== "warning" && name !== "error") return undefined;
  const { file, line, title } = properties;
  return {
    level: name,
    message: data,
    ...(file && { file }),
    ...(line && { line: Number(line) }),
    ...(title && { title }),
  };
}

/** Hides secrets in text, with the encodings that the runner knows. */
export class SecretMasker {
  /** The secrets, as they were given. */
  readonly told: string[] = [];
  readonly #values = new Set<string>();

  add(secret: string): void {
    this.told.push(secret);
    for (const value of [secret, ...secret.split(/[\r\n]+/)].filter((line) => line.trim() !== "")) {
      for (const form of encodings(value)) this.#values.add(form);
    }
  }

  mask(text: string): string {
    const longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((masked, value) => masked.replaceAll(value, "***"), text);
  }
}

function encodings(value: string): string[] {
  const bytes = Buffer.from(value);
  const shifted = [0, 1, 2].map((shift) => bytes.subarray(bytes.length > shift ? shift : 0).toString("base64"));
  const xml = value.replace(
    /[&<>"']/g,
    (character) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" }[character]};`,
  );
  return [value, ...shifted, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), xml];
}

/** The entries of a file that actions append to: `name=value`, or `name<<end`, the value's lines and `end`. */
export function parseKeyValues(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split("\n");
  while (lines.length > 0) {
    const line = lines.shift() ?? "";
    const heredoc = /^([^=]+?)<<(.+)$/.exec(line);
    if (heredoc) {
      const end = lines.indexOf(heredoc[2] ?? "");
      if (end < 0) throw new Error(`The value of ${heredoc[1] ?? ""} has no end`);
      values[heredoc[1] ?? ""] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join("\n");
    } else if (line.includes("=")) {
      values[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
    } else if (line !== "") {
      throw new Error(`The runner would refuse this line: ${line}`);
    }
  }
  return values;
}
