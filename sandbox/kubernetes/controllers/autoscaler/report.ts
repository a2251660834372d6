import { updatedCondition } from "../conditions.ts";
import type { Condition } from "../kinds.ts";
import type { Autoscaler, AutoscalerStatus } from "./kinds.ts";
import { timestamp } from "../../timestamp.ts";

type Counts = Omit<AutoscalerStatus, "conditions">;

/** The status of an autoscaler as it grows while its load is looked at. */
export class Report {
  counts: Counts;
  #conditions: Condition[];

  constructor({ status }: Autoscaler) {
    const { conditions = [], ...counts } = status ?? { desiredReplicas: 0 };
    this.counts = counts;
    this.#conditions = conditions;
  }

  say(type: string, status: Condition["status"], reason: string, message: string): void {
    const lastTransitionTime = timestamp(new Date());
    this.#conditions = updatedCondition(this.#conditions, { type, status, lastTransitionTime, reason, message });
  }

  status(): AutoscalerStatus {
    return { ...this.counts, conditions: this.#conditions };
  }
}
