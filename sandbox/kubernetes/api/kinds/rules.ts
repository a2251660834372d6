import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Core } from "../core.ts";
import type { Cause } from "../status.ts";

/** What a client may have sent: anything of it may be missing. Times are text on the wire. */
export type Loose<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Loose<Item>[]
    : T extends object
      ? { [Key in keyof T]?: Loose<T[Key]> | undefined }
      : T;

export type Draft<T> = Loose<Omit<T, "metadata">> & Pick<KubernetesObject, "metadata">;

/** What happens to a draft before it is stored. */
export interface Preparation<T> {
  readonly core: Core;
  /** What is stored now; undefined on create. */
  readonly old: Readonly<T> | undefined;
}

/**
 * What a kind does beyond what all kinds do, in the order in which the API server does it. A draft is the caller's own: rules change
 * it in place. Kubernetes' names for the steps: SetDefaults, PrepareForCreate and PrepareForUpdate with admission, Validate.
 */
export interface Rules<T> {
  /** metadata.generation counts the changes of everything but metadata and status. */
  readonly generation?: boolean;
  /** With `generation`: of annotations too. */
  readonly annotated?: boolean;
  /** A PUT to a name that is not there creates the object. */
  readonly createdByUpdate?: boolean;
  /** An update must say which version it changes; elsewhere one without a resourceVersion overwrites whatever is there. */
  readonly conditional?: boolean;
  /** The status a new object gets, in place of whatever was sent; `sent` keeps what was sent. */
  readonly status?: Readonly<Record<string, unknown>> | "sent";
  /** What its name must look like; a DNS subdomain otherwise. */
  readonly name?: "label" | "service" | "path";
  /** Fills what was left out. Its fields belong to the one who writes. */
  defaults?(draft: T): void;
  /** Fills what the server decides. Its fields belong to nobody. */
  prepare?(draft: T, o: Preparation<T>): void;
  /** Everything that is wrong, with Kubernetes' wordings. */
  validate?(draft: Readonly<T>, old: Readonly<T> | undefined): Cause[];
  /** Called when a draft is valid and about to be stored: takes what only one object can have. Throws a Refusal. */
  allocate?(draft: T, o: Preparation<T>): void;
  /** Gives back what `allocate` took. */
  release?(object: Readonly<T>, core: Core): void;
}

/** The one place where an object of any kind becomes an object of this kind. */
export function rules<T extends object>(given: Rules<Draft<T>>): Rules<KubernetesObject> {
  return given as unknown as Rules<KubernetesObject>;
}
