import type { Status, StatusCause } from "../../../src/kubernetes/api-error.ts";

export type { Status };
export type Cause = StatusCause;

/** What a refusal is about: a resource ("configmaps") or, for an invalid object, its kind ("ConfigMap"). */
export interface Subject {
  readonly group: string;
  readonly name: string;
}

/** A request the server refuses, with the Status it answers. Wordings are those of k8s.io/apimachinery/pkg/api/errors. */
export class Refusal extends Error {
  readonly status: Status;

  constructor(o: { code: number; message: string; reason?: string; details?: Status["details"] }) {
    super(o.message);
    this.status = {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: o.message,
      ...(o.reason === undefined ? {} : { reason: o.reason }),
      ...(o.details === undefined ? {} : { details: o.details }),
      code: o.code,
    };
  }

  get code(): number {
    return this.status.code ?? 500;
  }
}

export function success(details: NonNullable<Status["details"]>): Status {
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}

/** "deployments.apps", or "configmaps" in the core group: how messages name a resource or a kind. */
export function qualified(subject: Subject): string {
  return subject.group === "" ? subject.name : `${subject.name}.${subject.group}`;
}

/** The `details` of a refusal: empty fields are left out, as Go does. */
function details(subject: Subject, name: string, causes?: readonly Cause[]): NonNullable<Status["details"]> {
  return {
    ...(name === "" ? {} : { name }),
    ...(subject.group === "" ? {} : { group: subject.group }),
    ...(subject.name === "" ? {} : { kind: subject.name }),
    ...(causes === undefined || causes.length === 0 ? {} : { causes }),
  };
}

export function notFound(subject: Subject, name: string): Refusal {
  return new Refusal({
    code: 404,
    reason: "NotFound",
    message: `${qualified(subject)} "${name}" not found`,
    details: details(subject, name),
  });
}

export function alreadyExists(subject: Subject, name: string): Refusal {
  const message = `${qualified(subject)} "${name}" already exists`;
  return new Refusal({ code: 409, reason: "AlreadyExists", message, details: details(subject, name) });
}

export function conflict(subject: Subject, name: string, why: string): Refusal {
  const message = `Operation cannot be fulfilled on ${qualified(subject)} "${name}": ${why}`;
  return new Refusal({ code: 409, reason: "Conflict", message, details: details(subject, name) });
}

/** The object was read at another resourceVersion than it has now. */
export function modified(subject: Subject, name: string): Refusal {
  return conflict(
    subject,
    name,
    "the object has been modified; please apply your changes to the latest version and try again",
  );
}

export function forbidden(subject: Subject, name: string, why: string, causes?: readonly Cause[]): Refusal {
  const message =
    name === "" ? `${qualified(subject)} is forbidden: ${why}` : `${qualified(subject)} "${name}" is forbidden: ${why}`;
  return new Refusal({ code: 403, reason: "Forbidden", message, details: details(subject, name, causes) });
}

/** 422: each cause is `{reason, message, field}`; the message lists them as field.ErrorList does. */
export function invalid(kind: Subject, name: string, causes: readonly Cause[]): Refusal {
  const lines = [...new Set(causes.map((cause) => `${cause.field ?? ""}: ${cause.message ?? ""}`))];
  const all = lines.length === 1 ? (lines[0] ?? "") : `[${lines.join(", ")}]`;
  const message = `${qualified(kind)} "${name}" is invalid: ${all}`;
  return new Refusal({ code: 422, reason: "Invalid", message, details: details(kind, name, causes) });
}

export function badRequest(message: string): Refusal {
  return new Refusal({ code: 400, reason: "BadRequest", message });
}

export function unauthorized(): Refusal {
  return new Refusal({ code: 401, reason: "Unauthorized", message: "Unauthorized" });
}

/** The history asked for is no longer kept: list again. */
export function expired(message: string): Refusal {
  return new Refusal({ code: 410, reason: "Expired", message });
}

/** A failure inside the server that has no reason of its own, as server-side apply answers for a patch that does not fit the schema. */
export function internal(message: string): Refusal {
  return new Refusal({ code: 500, message });
}

export function unsupportedMediaType(accepted: readonly string[]): Refusal {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`;
  return new Refusal({ code: 415, reason: "UnsupportedMediaType", message });
}

/** What the router answers by itself: it knows no resource to name. */
export function unknownRoute(): Refusal {
  const message = "the server could not find the requested resource";
  return new Refusal({ code: 404, reason: "NotFound", message, details: {} });
}

export function methodNotAllowed(): Refusal {
  const message = "the server does not allow this method on the requested resource";
  return new Refusal({ code: 405, reason: "MethodNotAllowed", message, details: {} });
}

/** A failure of something that this server asks on behalf of a client. */
export function internalError(why: string): Refusal {
  const message = `Internal error occurred: ${why}`;
  return new Refusal({ code: 500, reason: "InternalError", message, details: { causes: [{ message: why }] } });
}

/** field.Invalid: the value is printed as Go's %q or as JSON. */
export function invalidValue(field: string, value: unknown, why: string): Cause {
  return { reason: "FieldValueInvalid", message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field };
}

export function required(field: string, why = ""): Cause {
  return { reason: "FieldValueRequired", message: why === "" ? "Required value" : `Required value: ${why}`, field };
}

export function fieldForbidden(field: string, why: string): Cause {
  return { reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field };
}

export function notFoundValue(field: string, value: unknown): Cause {
  return { reason: "FieldValueNotFound", message: `Not found: ${JSON.stringify(value)}`, field };
}

export function duplicate(field: string, value: unknown): Cause {
  return { reason: "FieldValueDuplicate", message: `Duplicate value: ${JSON.stringify(value)}`, field };
}

export function unsupported(field: string, value: unknown, supported: readonly string[]): Cause {
  const list = supported.map((word) => JSON.stringify(word)).join(", ");
  return {
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
    field,
  };
}

export function tooLong(field: string, bytes: number): Cause {
  return { reason: "FieldValueTooLong", message: `Too long: may not be more than ${bytes} bytes`, field };
}
