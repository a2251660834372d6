import type { BaseImage, BaseLayer } from "../base-image.ts";
import { mistake, type Place } from "../dockerfile/mistake.ts";
import { expandWord, expandWords, type WordOptions } from "../dockerfile/words.ts";
import { FileTree, type Change } from "../file-tree.ts";
import { configOf, emptyConfig, isoTime, type ImageConfig } from "../image-config.ts";
import type { Platform } from "../platform.ts";

/** A layer of the image that is being built. */
export type Layer =
  { readonly kind: "base"; readonly layer: BaseLayer } | { readonly kind: "own"; readonly changes: readonly Change[] };

/** A stage while its instructions are carried out: the image as it is so far. */
export class StageState {
  readonly config: ImageConfig;
  readonly layers: Layer[];
  /** What variables stand for: ENV, and those ARGs that were declared. */
  readonly variables: Map<string, string>;
  readonly platform: Platform;
  /** Whether CMD was given in this stage: a CMD from below ends at ENTRYPOINT. */
  hasCommand = false;
  readonly #escape: string;
  #readTree: () => Promise<FileTree>;
  #tree: Promise<FileTree> | undefined;

  private constructor(o: {
    readonly config: ImageConfig;
    readonly layers: readonly Layer[];
    readonly variables: ReadonlyMap<string, string>;
    readonly platform: Platform;
    readonly escape: string;
    readonly readTree: () => Promise<FileTree>;
  }) {
    this.config = o.config;
    this.layers = [...o.layers];
    this.variables = new Map(o.variables);
    for (const pair of o.config.config.Env ?? []) this.variables.set(...splitPair(pair));
    this.platform = o.platform;
    this.#escape = o.escape;
    this.#readTree = o.readTree;
  }

  static scratch(platform: Platform, escape: string): StageState {
    const readTree = (): Promise<FileTree> => Promise.resolve(new FileTree());
    return new StageState({
      config: emptyConfig(platform),
      layers: [],
      variables: new Map(),
      platform,
      escape,
      readTree,
    });
  }

  static of(image: BaseImage, o: { readonly platform: Platform; readonly escape: string }): StageState {
    const layers = image.layers.map((layer) => ({ kind: "base", layer }) as const);
    return new StageState({
      ...o,
      config: configOf(image.config),
      layers,
      variables: new Map(),
      readTree: () => image.tree(),
    });
  }

  /** A stage that goes on from this one, which is complete. */
  next(): StageState {
    const readTree = async (): Promise<FileTree> => (await this.tree()).clone();
    const config = structuredClone(this.config);
    const { layers, variables, platform } = this;
    return new StageState({ config, layers, variables, platform, escape: this.#escape, readTree });
  }

  /** The files. A stage that copies nothing never reads its base's. */
  tree(): Promise<FileTree> {
    return (this.#tree ??= this.#readTree());
  }

  /** Adds a layer that was made without looking at what is below it (COPY --link). */
  link(changes: readonly Change[]): void {
    const below = this.#tree ?? this.#readTree;
    const merge = async (): Promise<FileTree> => {
      const tree = await (typeof below === "function" ? below() : below);
      for (const { path, entry } of changes) tree.put(path, entry);
      return tree;
    };
    this.#readTree = merge;
    this.#tree = this.#tree === undefined ? undefined : merge();
  }

  /** Replaces variables and resolves quotes and escapes. */
  expand(word: string, place: Place): string {
    return this.#lexed(place, (options) => expandWord(word, options));
  }

  /** The same, and splits the result into words. */
  expandWords(word: string, place: Place): string[] {
    return this.#lexed(place, (options) => expandWords(word, options));
  }

  /** For the content of a document in the Dockerfile: quotes are nothing special there. */
  expandDocument(text: string, place: Place): string {
    return this.#lexed(place, (options) => expandWord(text, { ...options, escape: "\\", quotes: "plain" }));
  }

  /** Notes an instruction in the image's history, the way `docker history` shows it. */
  commit(createdBy: string, o: { readonly epoch: number; readonly hasLayer: boolean }): void {
    this.config.history.push({
      created: isoTime(o.epoch),
      created_by: createdBy,
      comment: "slipway.direct",
      ...(o.hasLayer ? {} : { empty_layer: true }),
    });
  }

  #lexed<T>(place: Place, work: (options: WordOptions) => T): T {
    try {
      return work({ escape: this.#escape, variable: (name) => this.variables.get(name) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw mistake(place, `A variable or quote cannot be read: ${reason}`, "The forms are those of a POSIX shell.");
    }
  }
}

export function splitPair(pair: string): [string, string] {
  const equals = pair.indexOf("=");
  return equals === -1 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
}
