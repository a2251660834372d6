import { randomBytes } from "node:crypto";
import type { V1Pod, V1Toleration } from "@kubernetes/client-node";
import type { ObjectMeta } from "../../../../src/kubernetes/object.ts";
import type { Core } from "../core.ts";
import { sameJson } from "../../json.ts";
import { fieldForbidden, forbidden } from "../status.ts";
import type { Cause } from "../status.ts";
import { containersOf, defaultPodSpec, defaultRequests } from "./pod-defaults.ts";
import { validatePodSpec } from "./pod-validation.ts";
import { rules } from "./rules.ts";
import type { Draft, Loose } from "./rules.ts";

type Pod = Draft<V1Pod>;
type Spec = NonNullable<Pod["spec"]>;

const accountMount = "/var/run/secrets/kubernetes.io/serviceaccount";

export const pods = rules<V1Pod>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    defaultPodSpec(spec);
    defaultRequests(spec);
    spec.enableServiceLinks ??= true;
  },
  prepare(draft, { core, old }) {
    if (old !== undefined) return;
    const spec = (draft.spec ??= {});
    admitServiceAccount(draft, spec, core);
    admitPriority(spec, core);
    spec.tolerations = [...(spec.tolerations ?? []), ...tolerationsBut(spec.tolerations ?? [])];
    draft.status = { phase: "Pending", qosClass: qosClass(spec) };
  },
  validate(draft, old) {
    const spec = draft.spec ?? {};
    return old === undefined ? validatePodSpec(spec, "spec") : validateUpdate(spec, old.spec ?? {});
  },
});

/** The ServiceAccount admission plugin: the account, its pull secrets and a volume with its token. */
function admitServiceAccount(draft: Pod, spec: Spec, core: Core): void {
  const { namespace = "" } = draft.metadata;
  const account = spec.serviceAccountName || "default";
  spec.serviceAccountName = spec.serviceAccount = account;
  const found = core.store.get("/serviceaccounts", namespace, account);
  if (found === undefined) {
    const why = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
    throw forbidden({ group: "", name: "pods" }, nameAsked(draft.metadata), why);
  }
  if (spec.imagePullSecrets === undefined && Array.isArray(found.imagePullSecrets)) {
    spec.imagePullSecrets = found.imagePullSecrets as { name?: string }[];
  }
  if (spec.automountServiceAccountToken === false || found.automountServiceAccountToken === false) return;
  const volume = `kube-api-access-${suffix()}`;
  let isUsed = false;
  for (const container of containersOf(spec)) {
    if (container.volumeMounts?.some((mount) => mount.mountPath === accountMount)) continue;
    container.volumeMounts = [
      ...(container.volumeMounts ?? []),
      { name: volume, readOnly: true, mountPath: accountMount },
    ];
    isUsed = true;
  }
  if (isUsed) spec.volumes = [...(spec.volumes ?? []), accountVolume(volume)];
}

function accountVolume(name: string): NonNullable<Spec["volumes"]>[number] {
  const namespace = { path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } };
  const sources = [
    { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
    { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
    { downwardAPI: { items: [namespace] } },
  ];
  return { name, projected: { sources, defaultMode: 0o644 } };
}

/** Five letters and digits that cannot be mistaken for each other, or for a word: apimachinery's rand.String. */
export function suffix(): string {
  const alphabet = "bcdfghjklmnpqrstvwxz2456789";
  return [...randomBytes(5)].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
}

/** What an object that has no name yet is called when it is refused: what its name would begin with. */
export function nameAsked({ name, generateName = "" }: ObjectMeta): string {
  return name || generateName;
}

/** The Priority admission plugin. */
function admitPriority(spec: Spec, core: Core): void {
  const found = core.store.get("scheduling.k8s.io/priorityclasses", "", spec.priorityClassName ?? "");
  spec.priority ??= typeof found?.value === "number" ? found.value : 0;
  spec.preemptionPolicy ??= "PreemptLowerPriority";
}

/** A pod stays for five minutes on a node that is lost, unless it says otherwise. */
function tolerationsBut(given: readonly { readonly key?: string | undefined }[]): Loose<V1Toleration>[] {
  return ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]
    .filter((key) => !given.some((toleration) => toleration.key === key))
    .map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }));
}

function qosClass(spec: Spec): string {
  const all = containersOf(spec).map(({ resources = {} }) => ({
    limits: resources.limits ?? {},
    requests: resources.requests ?? {},
  }));
  const names = ["cpu", "memory"] as const;
  if (
    all.every(({ limits, requests }) =>
      names.every((name) => limits[name] === undefined && requests[name] === undefined),
    )
  ) {
    return "BestEffort";
  }
  const isGuaranteed = all.every(({ limits, requests }) =>
    names.every((name) => limits[name] !== undefined && limits[name] === requests[name]),
  );
  return isGuaranteed ? "Guaranteed" : "Burstable";
}

/** Once made, a pod's spec may change in few places; what a kubelet or a scheduler needs to change has subresources. */
function validateUpdate(spec: Spec, old: Spec): Cause[] {
  const fixed = ({
    activeDeadlineSeconds: _a,
    terminationGracePeriodSeconds: _t,
    tolerations: _s,
    ...rest
  }: Spec): object => {
    const images = ({ image: _i, ...container }: object & { image?: string | undefined }): object => container;
    return { ...rest, containers: rest.containers?.map(images), initContainers: rest.initContainers?.map(images) };
  };
  if (sameJson(fixed(spec), fixed(old))) return [];
  const fields =
    "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
  return [fieldForbidden("spec", `pod updates may not change fields other than ${fields}`)];
}
