import { readFileSync } from "node:fs";
import { served } from "../convert.ts";
import { partial } from "../represent.ts";
import type { Resource } from "../resources.ts";
import type { Stored } from "../store.ts";
import { cellsOf } from "./cells.ts";
import type { Cell } from "./cells.ts";
import { columnsOf, columnType } from "./columns.ts";

interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  /** Columns above 0 are shown by `-o wide` only. */
  readonly priority: number;
}

/** What `includeObject` asks to be put beside the cells; undefined is `Metadata`. */
export type IncludeObject = string | undefined;

/** Objects as `kubectl get` prints them: meta.k8s.io/v1 Table. */
export function table(
  resource: Resource,
  objects: readonly Stored[],
  o: { metadata: object; include: IncludeObject },
): object {
  const { columns, cells } = layout(resource);
  const rows = objects.map((object) => ({
    cells: cells(object),
    ...(o.include === "None" ? {} : { object: o.include === "Object" ? served(resource, object) : partial(object) }),
  }));
  return { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata: o.metadata, columnDefinitions: columns, rows };
}

interface Layout {
  readonly columns: readonly Column[];
  readonly cells: (object: Stored) => Cell[];
}

function layout(resource: Resource): Layout {
  const names = columnsOf(resource);
  const texts = readDescriptions();
  const columns = [
    ...names.narrow.map((name) => ({ name, priority: 0 })),
    ...names.wide.map((name) => ({ name, priority: 1 })),
  ];
  return {
    columns: columns.map(({ name, priority }) => ({
      name,
      type: columnType(resource.storage, name),
      format: name === "Name" ? "name" : "",
      description: texts[resource.storage]?.[name] ?? texts[""]?.[name] ?? "",
      priority,
    })),
    cells: (object) => cellsOf(resource, object),
  };
}

type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;
let descriptions: Descriptions | undefined;

function readDescriptions(): Descriptions {
  const file = new URL("../../data/column-descriptions.json", import.meta.url);
  return (descriptions ??= JSON.parse(readFileSync(file, "utf8")) as Descriptions);
}
