import type { KubernetesObject, ManagedFieldsEntry } from "../../../src/kubernetes/object.ts";
import { emptySet, fromFieldsV1, toFieldsV1, type FieldSet } from "./field-set.ts";

/** Who owns what of an object, by manager id. */
export type Managers = Map<string, Manager>;

/** What one manager owns by one kind of operation, through one subresource. */
export interface Manager {
  readonly name: string;
  readonly operation: ManagedFieldsEntry["operation"];
  readonly apiVersion: string;
  readonly subresource?: string;
  /** When its fields last changed by its own doing. */
  readonly time?: string;
  readonly set: FieldSet;
}

/** The server's id of a manager. An applier keeps its identity over API versions, an updater has one for each. */
export function managerId(manager: Omit<Manager, "set">): string {
  return JSON.stringify({
    manager: manager.name,
    operation: manager.operation,
    apiVersion: manager.operation === "Update" ? manager.apiVersion : undefined,
    subresource: manager.subresource || undefined,
  });
}

/** Reads managedFields. Entries that make no sense count as none at all, as they do for the server. */
export function readManagers(object: KubernetesObject | undefined): Managers {
  const managers: Managers = new Map();
  for (const entry of object?.metadata.managedFields ?? []) {
    if (!isValid(entry)) return new Map();
    const manager: Manager = {
      name: entry.manager,
      operation: entry.operation,
      apiVersion: entry.apiVersion,
      ...(entry.subresource === undefined ? {} : { subresource: entry.subresource }),
      ...(entry.time === undefined ? {} : { time: entry.time }),
      set: entry.fieldsV1 === undefined ? emptySet : fromFieldsV1(entry.fieldsV1),
    };
    managers.set(managerId(manager), manager);
  }
  return managers;
}

function isValid(entry: ManagedFieldsEntry): entry is ManagedFieldsEntry & { apiVersion: string } {
  const operations: readonly string[] = ["Apply", "Update"];
  return (
    operations.includes(entry.operation) &&
    entry.fieldsType === "FieldsV1" &&
    entry.apiVersion !== undefined &&
    entry.apiVersion !== ""
  );
}

/** The managedFields in the server's order: appliers before updaters, then by time, oldest first. */
export function writeManagers(managers: Managers): ManagedFieldsEntry[] {
  return [...managers.values()].sort(inServerOrder).map(({ name, operation, apiVersion, time, subresource, set }) => ({
    manager: name,
    operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: "FieldsV1",
    fieldsV1: toFieldsV1(set),
    ...(subresource === undefined ? {} : { subresource }),
  }));
}

function inServerOrder(a: Manager, b: Manager): number {
  return (
    compareText(a.operation, b.operation) ||
    secondsOf(a.time) - secondsOf(b.time) ||
    compareText(a.name, b.name) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource ?? "", b.subresource ?? "")
  );
}

/** Without a time, an entry counts as the oldest; a text that is no time counts so too. */
const secondsOf = (time: string | undefined): number => Math.floor(Date.parse(time ?? "") / 1000) || 0;

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** The object with these managers; without managedFields when there are none. */
export function withManagers<T extends KubernetesObject>(object: T, managers: Managers): T {
  const { managedFields: _, ...metadata } = object.metadata;
  const entries = writeManagers(managers);
  return { ...object, metadata: entries.length === 0 ? metadata : { ...metadata, managedFields: entries } };
}
