import type { Clock } from "../../runner/clock.ts";
import { SlipwayError } from "../../error.ts";
import { ApiError } from "../api-error.ts";
import type { KubernetesApi } from "../api.ts";
import type { Absence } from "../readiness/absence.ts";
import { fieldsOf } from "../readiness/objects.ts";

const plurals = {
  ConfigMap: "configmaps",
  Secret: "secrets",
  PersistentVolumeClaim: "persistentvolumeclaims",
} as const;

/** An answer counts for this long. */
const freshMs = 1_000;

interface Answer {
  readonly isAbsent: boolean | undefined;
  readonly untilMs: number;
}

/**
 * Whether what a pod lacks is really not there. What the kubelet says is from its last look, and it looks again only after a while: an
 * operator may have made the Secret meanwhile.
 */
export class Absences {
  readonly #api: KubernetesApi;
  readonly #clock: Clock;
  readonly #answers = new Map<string, Answer>();
  readonly #asking = new Set<string>();

  constructor({ api, clock }: { readonly api: KubernetesApi; readonly clock: Clock }) {
    this.#api = api;
    this.#clock = clock;
  }

  /** `undefined` while that is being asked: `onAnswer` is called then. A server that does not tell is no reason to doubt the kubelet. */
  isAbsent(
    absence: Absence,
    o: { readonly namespace: string; readonly signal: AbortSignal; readonly onAnswer: () => void },
  ) {
    const key = [absence.kind, o.namespace, absence.name, absence.key].join("/");
    const known = this.#answers.get(key);
    const isFresh = known !== undefined && this.#clock.now() < known.untilMs;
    if (!isFresh && !this.#asking.has(key)) {
      this.#asking.add(key);
      void this.#ask(absence, o).then((isAbsent) => {
        this.#asking.delete(key);
        this.#answers.set(key, { isAbsent, untilMs: this.#clock.now() + freshMs });
        o.onAnswer();
      });
    }
    return known?.isAbsent;
  }

  async #ask(
    { kind, name, key }: Absence,
    o: { namespace: string; signal: AbortSignal },
  ): Promise<boolean | undefined> {
    const path = `/api/v1/namespaces/${o.namespace}/${plurals[kind]}/${name}`;
    try {
      const object = await this.#api.request<object>({ method: "GET", path, signal: o.signal });
      const { data, binaryData } = { data: undefined, binaryData: undefined, ...object };
      return key !== undefined && !(key in fieldsOf(data)) && !(key in fieldsOf(binaryData));
    } catch (error) {
      if (error instanceof ApiError) return true;
      if (error instanceof SlipwayError || o.signal.aborted) return undefined;
      throw error;
    }
  }
}
