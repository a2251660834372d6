import { absenceIn } from "../../readiness/absence.ts";
import type { Absence } from "../../readiness/absence.ts";
import type { EnvVar, Pod } from "../../readiness/objects.ts";
import { specsOf } from "../facts.ts";
import type { Cause, Facts } from "../facts.ts";
import { inContainer } from "../field.ts";
import type { FieldHint } from "../field.ts";

/** A ConfigMap, a Secret, a claim, or a key of one that the pod needs and that is not there. */
export function absent(facts: Facts): Cause | undefined {
  const { verdict, container, pod } = facts;
  const said = [
    container?.state?.waiting?.message ?? "",
    verdict.message,
    ...facts.events.map(({ message }) => message ?? ""),
  ];
  const absence =
    verdict.absence ?? said.map((text) => absenceIn(text, pod?.spec?.volumes)).find((one) => one !== undefined);
  if (absence === undefined) return undefined;
  const { kind, name, key, volume } = absence;
  const field = fieldFor(facts, absence);
  const need = volume === undefined ? "" : `, and the volume ${volume} needs it`;
  if (key !== undefined) {
    const remedy =
      volume === undefined ? "Add the key, or mend the container's env." : "Add the key, or mend the volume's items.";
    return { cause: `the ${kind} ${name} has no key ${key}${need}`, remedy, ...(field && { field }) };
  }
  return {
    cause: `the ${kind} ${name} does not exist${need}`,
    remedy: "Add it to what is deployed, or mend its name. It has to be in the pod's namespace.",
    ...(field && { field }),
  };
}

/** The very reference to what is missing. */
function fieldFor(facts: Facts, { kind, name, key, volume }: Absence): FieldHint | undefined {
  if (volume !== undefined)
    return ["volumes", { name: volume }, ...(kind === "Secret" ? ["secret", "secretName"] : ["configMap", "name"])];
  if (kind === "PersistentVolumeClaim") {
    return ["volumes", { persistentVolumeClaim: { claimName: name } }, "persistentVolumeClaim", "claimName"];
  }
  const container = facts.spec ?? specsOf(facts.pod)[0];
  const reference = kind === "Secret" ? "secretKeyRef" : "configMapKeyRef";
  const variable = container?.env?.find((one) => refersTo(one, { reference, name, key }));
  if (variable !== undefined) {
    return inContainer(
      facts,
      "env",
      { name: variable.name },
      "valueFrom",
      reference,
      key === undefined ? "name" : "key",
    );
  }
  const source = kind === "Secret" ? "secretRef" : "configMapRef";
  return inContainer(facts, "envFrom", { [source]: { name } }, source, "name");
}

function refersTo(
  { valueFrom }: EnvVar,
  o: {
    readonly reference: "secretKeyRef" | "configMapKeyRef";
    readonly name: string;
    readonly key: string | undefined;
  },
): boolean {
  const found = valueFrom?.[o.reference];
  return found?.name === o.name && (o.key === undefined || found.key === o.key);
}

/** The kubelet knows how the container should be, and may not or cannot make it so. */
export function cannotBeMade(facts: Facts): Cause | undefined {
  const words = facts.container?.state?.waiting?.message ?? "";
  const name = facts.container?.name ?? "";
  if (/runAsNonRoot|non-numeric user/.test(words)) {
    return {
      cause: `container ${name} may not run as root (runAsNonRoot), and its image does`,
      remedy: "Set a numeric USER in the image, or runAsUser in the manifest.",
      field: securityContext(facts.pod) ?? inContainer(facts, "securityContext"),
    };
  }
  if (!words.includes("no command specified")) return undefined;
  return {
    cause: `neither the image nor the manifest says what container ${name} is to run`,
    remedy: "Set command, or CMD or ENTRYPOINT in the image.",
    field: inContainer(facts, "image"),
  };
}

function securityContext(pod: Pod | undefined): FieldHint | undefined {
  return pod?.spec?.securityContext?.runAsNonRoot === true ? ["securityContext", "runAsNonRoot"] : undefined;
}
