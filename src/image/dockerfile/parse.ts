import { SlipwayError, type Problem } from "../../error.ts";
import { nearest } from "../../runner/nearest.ts";
import { blankSeparated, goDuration, jsonWords, keyValues, quotedWords } from "./arguments.ts";
import { readFlags, useDocker, type FlagKind } from "./flags.ts";
import type { Command, CopyInstruction, Healthcheck, Instruction, InstructionBody, Stage } from "./instruction.ts";
import { mistake } from "./mistake.ts";
import { parseHeredoc, splitStatements, type Statement } from "./statements.ts";

/** A Dockerfile, read and not yet carried out. */
export interface Dockerfile {
  readonly file: string;
  readonly escape: string;
  /** ARG before the first FROM, whose values FROM may use. */
  readonly globalArgs: readonly (Instruction & { readonly kind: "ARG" })[];
  /** At least one. */
  readonly stages: readonly Stage[];
}

/**
 * Reads a Dockerfile. An instruction that only BuildKit can carry out is no error here: its stage may not be needed.
 * @throws SlipwayError `configuration` with everything that is wrong, each at its line.
 */
export function parseDockerfile(text: string, file: string): Dockerfile {
  const { statements, escape, syntax } = splitStatements(text, file);
  if (syntax !== undefined && !/^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(syntax.name))
    throw mistake(syntax.place, `# syntax= asks for a frontend of its own: got ${syntax.name}`, useDocker);
  const problems: Problem[] = [];
  const globalArgs: (Instruction & { readonly kind: "ARG" })[] = [];
  const stages: (Stage & { readonly instructions: Instruction[] })[] = [];
  for (const statement of statements) {
    try {
      if (statement.keyword.toUpperCase() === "FROM") {
        stages.push({ ...parseFrom(statement), instructions: [] });
        continue;
      }
      const instruction = { ...parseInstruction(statement, escape), place: statement.place };
      const stage = stages.at(-1);
      if (stage !== undefined) stage.instructions.push(instruction);
      else if (instruction.kind === "ARG") globalArgs.push(instruction);
      else
        throw mistake(
          statement.place,
          `${statement.keyword} stands before the first FROM`,
          "Only ARG may stand there.",
        );
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw unreadable(file, problems);
  if (stages.length === 0)
    throw mistake({ file, line: 1 }, "The Dockerfile has no FROM", "Start it with FROM and an image, or FROM scratch.");
  return { file, escape, globalArgs, stages };
}

/** One error of many problems; a single one speaks for itself. */
export function unreadable(file: string, problems: readonly Problem[]): SlipwayError {
  const count = problems.length === 1 ? "of a problem" : `of ${problems.length} problems`;
  return new SlipwayError(`Cannot build ${file} because ${count} in it`, { code: "configuration", problems });
}

const parsers: Readonly<Record<string, (statement: Statement, escape: string) => InstructionBody>> = {
  ADD: (statement) => parseCopy(statement, "ADD"),
  ARG: parseArg,
  CMD: (statement) => ({ kind: "CMD", command: parseCommand(withoutFlags(statement)) }),
  COPY: (statement) => parseCopy(statement, "COPY"),
  ENTRYPOINT: (statement) => ({ kind: "ENTRYPOINT", command: parseCommand(withoutFlags(statement)) }),
  ENV: (statement, escape) => ({
    kind: "ENV",
    pairs: keyValues({ ...withoutFlags(statement), keyword: "ENV", escape }),
  }),
  EXPOSE: (statement) => ({ kind: "EXPOSE", ports: [...atLeastOne(statement, blankSeparated(statement.rest))].sort() }),
  HEALTHCHECK: (statement) => ({ kind: "HEALTHCHECK", healthcheck: parseHealthcheck(statement) }),
  LABEL: (statement, escape) => ({
    kind: "LABEL",
    pairs: keyValues({ ...withoutFlags(statement), keyword: "LABEL", escape }),
  }),
  MAINTAINER: (statement) => ({ kind: "MAINTAINER", value: oneArgument(statement) }),
  ONBUILD: () => ({ kind: "REFUSED", why: "ONBUILD leaves instructions for later builds", hint: useDocker }),
  RUN: () => ({
    kind: "REFUSED",
    why: "RUN needs a machine to run in, and the direct builder has none",
    hint: useDocker,
  }),
  SHELL: parseShell,
  STOPSIGNAL: (statement) => ({ kind: "STOPSIGNAL", value: oneArgument(statement) }),
  USER: (statement) => ({ kind: "USER", value: oneArgument(statement) }),
  VOLUME: parseVolume,
  WORKDIR: (statement) => ({ kind: "WORKDIR", value: oneArgument(statement) }),
};

function parseInstruction(statement: Statement, escape: string): InstructionBody {
  const name = statement.keyword.toUpperCase();
  const parser = Object.hasOwn(parsers, name) ? parsers[name] : undefined;
  if (parser !== undefined) return parser(statement, escape);
  const known = ["FROM", ...Object.keys(parsers)];
  const meant = nearest(name, known);
  const hint = meant === undefined ? `Known are ${known.join(", ")}.` : `Did you mean ${meant}?`;
  throw mistake(statement.place, `${statement.keyword} is not an instruction of a Dockerfile`, hint);
}

function parseFrom(statement: Statement): Omit<Stage, "instructions"> {
  const { place } = statement;
  const { platform } = readFlags({ ...statement, keyword: "FROM", known: { platform: "text" } });
  const [base = "", as, name, ...more] = blankSeparated(statement.rest);
  const isNamed = as?.toLowerCase() === "as" && name !== undefined && more.length === 0;
  if (base === "" || (as !== undefined && !isNamed))
    throw mistake(
      place,
      `FROM does not read "FROM image" or "FROM image AS name": got ${statement.rest}`,
      "Write it in one of these two forms.",
    );
  const stage = name?.toLowerCase();
  if (stage !== undefined && !/^[a-z][a-z0-9-_.]*$/.test(stage))
    throw mistake(
      place,
      `"${name ?? ""}" cannot name a stage`,
      "A name starts with a letter; letters, digits, - _ and . follow.",
    );
  return {
    base,
    place,
    ...(platform === undefined ? {} : { platform }),
    ...(stage === undefined ? {} : { name: stage }),
  };
}

const commonFlags = { chown: "text", chmod: "text", link: "yes-or-no", exclude: "text" } as const;
const copyFlags: Readonly<Record<CopyInstruction["kind"], Readonly<Record<string, FlagKind>>>> = {
  COPY: { ...commonFlags, from: "text", parents: "yes-or-no" },
  ADD: { ...commonFlags, unpack: "yes-or-no", checksum: "text", "keep-git-dir": "yes-or-no" },
};
const notDone = ["exclude", "parents", "checksum", "keep-git-dir"];

function parseCopy(statement: Statement, kind: CopyInstruction["kind"]): InstructionBody {
  const { place } = statement;
  const flags = readFlags({ ...statement, keyword: kind, known: copyFlags[kind] });
  const refused = notDone.find((name) => flags[name] !== undefined);
  if (refused !== undefined)
    return {
      kind: "REFUSED",
      why: `${kind} --${refused} is not something that the direct builder does`,
      hint: useDocker,
    };
  const { from, chown, chmod, link, unpack } = flags;
  const words = jsonWords(statement.rest, place) ?? blankSeparated(statement.rest);
  const destination = words.at(-1);
  if (words.length < 2 || destination === undefined)
    throw mistake(place, `${kind} names no destination`, `Write it like ${kind} source destination.`);
  if (parseHeredoc(destination))
    throw mistake(place, `${kind} has a document as its destination`, "The destination comes last.");
  const sources = words.slice(0, -1);
  return {
    kind,
    sources: sources.filter((source) => parseHeredoc(source) === undefined),
    documents: sources.flatMap((source) => {
      const name = parseHeredoc(source)?.name;
      return statement.heredocs.filter((heredoc) => heredoc.name === name);
    }),
    destination,
    link: link === "true",
    ...(from ? { from } : {}),
    ...(chown ? { chown } : {}),
    ...(chmod ? { chmod } : {}),
    ...(unpack === undefined ? {} : { unpack: unpack === "true" }),
  };
}

function parseArg(statement: Statement, escape: string): InstructionBody {
  const words = atLeastOne(statement, quotedWords(withoutFlags(statement).rest, escape));
  const args = words.map((word) => {
    const equals = word.indexOf("=");
    if (equals === 0)
      throw mistake(statement.place, `ARG has a value without a name: got ${word}`, "Write it like ARG name=value.");
    return equals === -1 ? { key: word } : { key: word.slice(0, equals), value: word.slice(equals + 1) };
  });
  return { kind: "ARG", args };
}

function parseCommand({ rest, place }: Pick<Statement, "rest" | "place">): Command {
  const words = jsonWords(rest, place);
  if (words !== undefined) return { words, isShell: false };
  return { words: rest === "" ? [] : [rest], isShell: true };
}

function parseShell(statement: Statement): InstructionBody {
  const words = jsonWords(withoutFlags(statement).rest, statement.place);
  const example = 'Write it like SHELL ["/bin/bash", "-c"].';
  if (words === undefined) throw mistake(statement.place, "SHELL is not in the form with brackets", example);
  if (words.length === 0) throw mistake(statement.place, "SHELL has no arguments", example);
  return { kind: "SHELL", words };
}

function parseVolume(statement: Statement): InstructionBody {
  const { rest, place } = withoutFlags(statement);
  const paths = atLeastOne(statement, jsonWords(rest, place) ?? blankSeparated(rest)).map((path) => path.trim());
  if (paths.includes("")) throw mistake(place, "VOLUME has an empty path", "Write the path of a folder in the image.");
  return { kind: "VOLUME", paths };
}

function parseHealthcheck(statement: Statement): Healthcheck {
  const { place } = statement;
  const known = {
    interval: "text",
    timeout: "text",
    "start-period": "text",
    "start-interval": "text",
    retries: "text",
  } as const;
  const flags = readFlags({ ...statement, keyword: "HEALTHCHECK", known });
  const [, word = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(statement.rest) ?? [];
  const form = word.toUpperCase();
  if (form !== "CMD" && (form !== "NONE" || rest !== ""))
    throw mistake(
      place,
      `HEALTHCHECK is neither CMD and a command nor NONE: got ${statement.rest}`,
      "Write HEALTHCHECK CMD and a command, or HEALTHCHECK NONE.",
    );
  const test = form === "NONE" ? form : parseCommand({ rest, place });
  if (test !== "NONE" && test.words.length === 0)
    throw mistake(place, "HEALTHCHECK CMD has no command", "Write the command after CMD.");
  const { retries = "" } = flags;
  if (!/^\+?\d*$/.test(retries) || Number(retries) >= 2 ** 31)
    throw mistake(place, `HEALTHCHECK --retries is not a number of tries: got "${retries}"`, "Write a whole number.");
  const duration = (name: string): number => (flags[name] ? goDuration(flags[name], place) : 0);
  return {
    test,
    interval: duration("interval"),
    timeout: duration("timeout"),
    startPeriod: duration("start-period"),
    startInterval: duration("start-interval"),
    retries: Number(retries),
  };
}

function withoutFlags(statement: Statement): Statement {
  readFlags({ ...statement, keyword: statement.keyword.toUpperCase(), known: {} });
  return statement;
}

function oneArgument(statement: Statement): string {
  const { rest, place, keyword } = withoutFlags(statement);
  if (rest === "") throw mistake(place, `${keyword} has no argument`, `Write one after ${keyword}.`);
  return rest;
}

function atLeastOne(statement: Statement, words: readonly string[]): readonly string[] {
  withoutFlags(statement);
  if (words.length > 0) return words;
  throw mistake(
    statement.place,
    `${statement.keyword} has no arguments`,
    `Write at least one after ${statement.keyword}.`,
  );
}
