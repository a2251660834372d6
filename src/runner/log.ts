import type { Log, Place } from "./runner.ts";
import { issueCommand } from "./commands.ts";
import { TerminalLines } from "./live-lines.ts";
import type { Terminal } from "./live-lines.ts";
import { neutralise } from "./untrusted.ts";

type Level = "notice" | "warning" | "error";

/** GitHub keeps this many annotations of a level per step and drops the others without a word. */
const mostAnnotations = 10;
/** GitHub cuts an annotation's text after 4096 characters. */
const longestAnnotation = 4000;

const labels: Readonly<Record<Level, string>> = { notice: "Notice", warning: "Warning", error: "Error" };

/** A log that must be ended: what did not fit into the annotations is then counted in the last of them. */
export interface RunnerLog extends Log {
  end(): void;
}

/**
 * The log of this process: lines and runner commands on standard output. `debug` prints only where the runner's debug log is on. On a
 * `terminal` there is a person in place of a runner: what would be a command is plain text there. `redact` takes secrets out first: the
 * runner knows some of their encodings only.
 */
export function createLog(options: {
  readonly debug: boolean;
  readonly terminal?: Terminal | undefined;
  readonly redact: (text: string) => string;
}): RunnerLog {
  const { debug, terminal, redact } = options;
  return terminal === undefined ? redacting(runnerLog({ debug }), redact) : terminalLog(debug, terminal);
}

function redacting(log: RunnerLog, redact: (text: string) => string): RunnerLog {
  return {
    info: (text) => log.info(redact(text)),
    debug: (text) => log.debug(redact(text)),
    notice: (text, place) => log.notice(redact(text), place),
    warning: (text, place) => log.warning(redact(text), place),
    error: (text, place) => log.error(redact(text), place),
    group: (title, work) => log.group(redact(title), work),
    end: () => log.end(),
  };
}

function terminalLog(debug: boolean, terminal: Terminal): RunnerLog {
  const live = new TerminalLines(terminal);
  const print = (text: string): void => live.around(() => terminal.write(`${neutralise(text)}\n`));
  const say =
    (level: Level) =>
    (text: string, place: Place = {}) =>
      print(`${labels[level]}: ${placed(text, place)}`);
  return {
    live,
    info: print,
    debug: (text) => {
      if (debug) print(text);
    },
    notice: say("notice"),
    warning: say("warning"),
    error: say("error"),
    group: async (title, work) => {
      print(title);
      return work();
    },
    end: () => live.show([]),
  };
}

function runnerLog(options: { readonly debug: boolean }): RunnerLog {
  const annotations = new Map<Level, { given: number; held: { text: string; place: Place }[] }>();
  let openGroups = 0;

  function annotate(level: Level, text: string, place: Place = {}): void {
    const seen = annotations.get(level) ?? { given: 0, held: [] };
    annotations.set(level, seen);
    if (seen.given < mostAnnotations - 1) {
      seen.given++;
      issueAnnotation(level, text, place);
    } else {
      seen.held.push({ text, place });
      print(`${labels[level]}: ${placed(text, place)}`);
    }
  }

  return {
    info: print,
    debug: (text) => {
      if (options.debug) issueCommand("debug", {}, neutralise(text));
    },
    notice: (text, place) => annotate("notice", text, place),
    warning: (text, place) => annotate("warning", text, place),
    error: (text, place) => annotate("error", text, place),
    async group(title, work) {
      openGroups++;
      if (openGroups === 1) issueCommand("group", {}, oneLine(title));
      else print(title);
      try {
        return await work();
      } finally {
        openGroups--;
        if (openGroups === 0) issueCommand("endgroup", {}, "");
      }
    },
    end() {
      for (const [level, { held }] of annotations) {
        const [first, ...others] = held;
        if (!first) continue;
        if (others.length === 0) issueAnnotation(level, first.text, first.place);
        else issueAnnotation(level, `${held.length} more ${level}s: the log of this step has them all.`, {});
      }
      annotations.clear();
    },
  };
}

function print(text: string): void {
  process.stdout.write(`${neutralise(text)}\n`);
}

function issueAnnotation(level: Level, text: string, place: Place): void {
  const safe = neutralise(text);
  const cut = safe.length > longestAnnotation;
  if (cut) print(`${labels[level]}: ${placed(text, place)}`);
  const shown = cut ? `${safe.slice(0, longestAnnotation)}\n… the log of this step has the rest.` : safe;
  issueCommand(level, { title: place.title && oneLine(place.title), file: place.file, line: place.line }, shown);
}

function placed(text: string, place: Place): string {
  if (place.file === undefined) return text;
  return place.line === undefined ? `${place.file}: ${text}` : `${place.file}:${place.line}: ${text}`;
}

function oneLine(text: string): string {
  return neutralise(text).replace(/\s*\n\s*/g, " ");
}
