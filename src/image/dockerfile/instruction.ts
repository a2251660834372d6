import type { Heredoc } from "./statements.ts";
import type { Place } from "./mistake.ts";

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** The command of CMD, ENTRYPOINT and HEALTHCHECK. */
export interface Command {
  readonly words: readonly string[];
  /** True in the form without brackets: a shell reads it. */
  readonly isShell: boolean;
}

export interface CopyInstruction {
  readonly kind: "COPY" | "ADD";
  readonly sources: readonly string[];
  readonly documents: readonly Heredoc[];
  readonly destination: string;
  readonly from?: string;
  readonly chown?: string;
  readonly chmod?: string;
  readonly link: boolean;
  /** ADD: whether archives are unpacked; undefined where the Dockerfile does not say. */
  readonly unpack?: boolean;
}

/** Durations in nanoseconds, as an image's config holds them. */
export interface Healthcheck {
  readonly test: Command | "NONE";
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly startInterval: number;
  readonly retries: number;
}

/** What an instruction asks for, before variables are replaced. */
export type InstructionBody =
  | CopyInstruction
  | { readonly kind: "ARG"; readonly args: readonly { readonly key: string; readonly value?: string }[] }
  | { readonly kind: "ENV" | "LABEL"; readonly pairs: readonly KeyValue[] }
  | { readonly kind: "CMD" | "ENTRYPOINT"; readonly command: Command }
  | { readonly kind: "WORKDIR"; readonly value: string }
  | { readonly kind: "USER" | "STOPSIGNAL" | "MAINTAINER"; readonly value: string }
  | { readonly kind: "EXPOSE"; readonly ports: readonly string[] }
  | { readonly kind: "VOLUME"; readonly paths: readonly string[] }
  | { readonly kind: "SHELL"; readonly words: readonly string[] }
  | { readonly kind: "HEALTHCHECK"; readonly healthcheck: Healthcheck }
  /** Known, and not for a builder that runs nothing. */
  | { readonly kind: "REFUSED"; readonly why: string; readonly hint: string };

export type Instruction = InstructionBody & { readonly place: Place };

export interface Stage {
  /** As written: variables are still in it. */
  readonly base: string;
  readonly platform?: string;
  /** In lower case. */
  readonly name?: string;
  readonly instructions: readonly Instruction[];
  readonly place: Place;
}
