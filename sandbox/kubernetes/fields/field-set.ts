/** One element of a path, spelled as FieldsV1 does: `f:name`, `k:{"name":"main"}`, `v:"x"`, `i:0`. */
export type PathElement = string;

/** A set of fields: for each path element whether it is a member itself, and the members below it. Never changed once made. */
export type FieldSet = ReadonlyMap<PathElement, FieldNode>;

export interface FieldNode {
  readonly member: boolean;
  readonly children: FieldSet;
}
