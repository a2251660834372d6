import type {
  V1ConfigMap,
  V1Namespace,
  V1PersistentVolumeClaim,
  V1Role,
  V1RoleBinding,
  V1Secret,
} from "@kubernetes/client-node";
import { sameJson } from "../../json.ts";
import { fieldForbidden, invalidValue, required, tooLong } from "../status.ts";
import type { Cause } from "../status.ts";
import { rules } from "./rules.ts";

/** The data of a ConfigMap or a Secret may hold 1 MiB. */
const dataBytes = 1024 * 1024;

interface Data {
  readonly data?: Readonly<Record<string, string | undefined>> | undefined;
  readonly binaryData?: Readonly<Record<string, string | undefined>> | undefined;
  readonly immutable?: boolean | undefined;
}

interface DataRules {
  readonly bytesOf: (value: string) => number;
  /** The field that is named when there is too much. */
  readonly whole: string;
}

function validateData(draft: Data, old: Data | undefined, { bytesOf, whole }: DataRules): Cause[] {
  const values = [...Object.entries(draft.data ?? {}), ...Object.entries(draft.binaryData ?? {})];
  const bytes = values.reduce((sum, [, value = ""]) => sum + bytesOf(value), 0);
  const badKeys = values.filter(([key]) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key));
  return [
    ...badKeys.map(([key]) => invalidValue(`data[${key}]`, key, keySays)),
    ...Object.keys(draft.data ?? {})
      .filter((key) => draft.binaryData?.[key] !== undefined)
      .map((key) => invalidValue(`data[${key}]`, key, "duplicate of key present in binaryData")),
    ...(bytes > dataBytes ? [tooLong(whole, dataBytes)] : []),
    ...validateImmutable(draft, old),
  ];
}

const keySays =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function validateImmutable(draft: Data, old: Data | undefined): Cause[] {
  if (old?.immutable !== true) return [];
  const says = "field is immutable when `immutable` is set";
  const changed = (["data", "binaryData"] as const).filter((key) => !sameJson(draft[key] ?? {}, old[key] ?? {}));
  return [
    ...(draft.immutable === true ? [] : [fieldForbidden("immutable", says)]),
    ...changed.map((key) => fieldForbidden(key, says)),
  ];
}

export const configMaps = rules<V1ConfigMap>({
  validate: (draft, old) => validateData(draft, old, { bytesOf: (value) => Buffer.byteLength(value), whole: "[]" }),
});

/** The keys that a type of Secret must have. */
const secretKeys: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

export const secrets = rules<V1Secret>({
  defaults(draft) {
    draft.type ||= "Opaque";
    const written = Object.entries(draft.stringData ?? {}).map(([key, value = ""]) => [
      key,
      Buffer.from(value).toString("base64"),
    ]);
    if (written.length > 0) draft.data = { ...draft.data, ...(Object.fromEntries(written) as Record<string, string>) };
    delete draft.stringData;
  },
  validate(draft, old) {
    const missing = (secretKeys[draft.type ?? ""] ?? []).filter((key) => draft.data?.[key] === undefined);
    return [
      ...(old !== undefined && draft.type !== old.type ? [invalidValue("type", draft.type, "field is immutable")] : []),
      ...missing.map((key) => required(`data[${key}]`)),
      ...validateDockerConfig(draft.type, draft.data?.[".dockerconfigjson"]),
      ...validateData(draft, old, { bytesOf: (value) => Buffer.byteLength(value, "base64"), whole: "data" }),
    ];
  },
});

function validateDockerConfig(type: string | undefined, value: string | undefined): Cause[] {
  if (type !== "kubernetes.io/dockerconfigjson" || value === undefined) return [];
  try {
    JSON.parse(Buffer.from(value, "base64").toString("utf8"));
    return [];
  } catch {
    // The value is a secret: it is not repeated, as the real server does not.
    return [invalidValue("data[.dockerconfigjson]", "<secret contents redacted>", "not valid JSON")];
  }
}

export const namespaces = rules<V1Namespace>({
  name: "label",
  status: { phase: "Active" },
  defaults(draft) {
    const { name } = draft.metadata;
    if (name) draft.metadata.labels = { ...draft.metadata.labels, "kubernetes.io/metadata.name": name };
  },
  prepare(draft, { old }) {
    // Only the `finalize` subresource takes these away.
    draft.spec = { ...draft.spec, finalizers: old === undefined ? ["kubernetes"] : (old.spec?.finalizers ?? []) };
  },
});

export const persistentVolumeClaims = rules<V1PersistentVolumeClaim>({
  status: { phase: "Pending" },
  defaults(draft) {
    (draft.spec ??= {}).volumeMode ??= "Filesystem";
  },
  prepare(draft, { old }) {
    if (old === undefined)
      draft.metadata.finalizers = [...(draft.metadata.finalizers ?? []), "kubernetes.io/pvc-protection"];
  },
  validate(draft, old) {
    const { accessModes = [], resources, storageClassName: _class, volumeName: _volume, ...rest } = draft.spec ?? {};
    const missing = resources?.requests?.storage === undefined ? [required("spec.resources[storage]")] : [];
    const modes = accessModes.length === 0 ? [required("spec.accessModes", "at least 1 access mode is required")] : [];
    if (old === undefined) return [...modes, ...missing];
    const { accessModes: oldModes, resources: _r, storageClassName: _c, volumeName: _v, ...oldRest } = old.spec ?? {};
    if (sameJson(accessModes, oldModes) && sameJson(rest, oldRest)) return missing;
    const says =
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
    return [fieldForbidden("spec", `${says}\n${claimDifference(oldModes ?? [], accessModes)}`)];
  },
});

/** The unified diff of both specs, as Go prints the structs; this shows the only field that is changed in practice. */
function claimDifference(old: readonly (string | undefined)[], next: readonly (string | undefined)[]): string {
  const lines = (sign: string, modes: readonly (string | undefined)[]): string =>
    modes.map((mode, index) => `${sign}  ${JSON.stringify(mode)}${index < modes.length - 1 ? "," : ""}\n`).join("");
  const hunk = `@@ -1,${old.length + 5} +1,${next.length + 5} @@`;
  return `${hunk}\n {\n  "AccessModes": [\n${lines("-", old)}${lines("+", next)}  ],\n  "Selector": null,\n  "Resources": {\n`;
}

const rbac = "rbac.authorization.k8s.io";

export const roles = rules<V1Role>({
  name: "path",
  validate: ({ rules: given = [] }) =>
    given.flatMap(({ verbs }, index) =>
      (verbs?.length ?? 0) > 0 ? [] : [required(`rules[${index}].verbs`, "verbs must contain at least one value")],
    ),
});

export const roleBindings = rules<V1RoleBinding>({
  name: "path",
  defaults(draft) {
    if (draft.roleRef !== undefined) draft.roleRef.apiGroup ||= rbac;
    for (const subject of draft.subjects ?? []) if (subject.kind !== "ServiceAccount") subject.apiGroup ??= rbac;
  },
  validate(draft, old) {
    if (old === undefined || sameJson(draft.roleRef, old.roleRef)) return [];
    const { apiGroup: APIGroup, kind: Kind, name: Name } = draft.roleRef ?? {};
    return [invalidValue("roleRef", { APIGroup, Kind, Name }, "cannot change roleRef")];
  },
});
