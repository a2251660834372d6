/**
 * Makes sandbox/kubernetes/data/schema.json.gz from the OpenAPI v2 document that an API server publishes at /openapi/v2:
 *
 *     node scripts/sandbox-data.ts openapi-v2.json.gz
 *
 * The file holds what field management needs and nothing else. sandbox/kubernetes/fields/schema.ts reads it and describes
 * its form, as the types imported here.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import type { FieldCode, NamedCode, SchemaFile, TypeCode } from "../sandbox/kubernetes/fields/schema.ts";

interface OpenApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly additionalProperties?: OpenApiSchema;
  readonly items?: OpenApiSchema;
  readonly required?: readonly string[];
  readonly "x-kubernetes-group-version-kind"?: readonly { group: string; version: string; kind: string }[];
  readonly "x-kubernetes-list-type"?: string;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-map-type"?: string;
  readonly "x-kubernetes-patch-strategy"?: string;
  readonly "x-kubernetes-patch-merge-key"?: string;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Optional fields that the server writes even when they were not given. The OpenAPI document does not tell them from the
 * others: they are structs that the server does not hold by pointer, and fields without `omitempty`. Every `metadata`, the
 * `spec` and `status` of a kind, and times are such fields too, and are not listed.
 */
const alwaysWritten = words(`
  ClusterRole.rules Container.resources ContainerImage.names ContainerStatus.lastState ContainerStatus.state
  ControllerRevision.data core.v1.Event.reportingComponent core.v1.Event.reportingInstance CSINodeDriver.topologyKeys
  CustomResourceDefinitionStatus.acceptedNames CustomResourceDefinitionStatus.conditions
  CustomResourceDefinitionStatus.storedVersions DaemonSetSpec.updateStrategy DeploymentSpec.strategy
  Endpoint.conditions EndpointSlice.ports EphemeralContainer.resources Event.deprecatedSource Event.regarding
  Event.source HorizontalPodAutoscalerStatus.currentMetrics IngressServiceBackend.port IngressStatus.loadBalancer
  JobTemplateSpec.spec NetworkPolicySpec.podSelector NodeDaemonEndpoints.kubeletEndpoint NodeRuntimeHandler.name
  NodeStatus.daemonEndpoints NodeStatus.nodeInfo PersistentVolumeClaimSpec.resources PodTemplate.template
  PodTemplateSpec.spec ProjectedVolumeSource.sources ReplicaSetSpec.template ResourceFieldSelector.divisor Role.rules
  SelfSubjectReviewStatus.userInfo ServicePort.targetPort ServiceStatus.loadBalancer StatefulSetOrdinals.start
  StatefulSetSpec.serviceName StatefulSetSpec.updateStrategy StatefulSetStatus.availableReplicas
  TokenReviewStatus.user
`);

/** Fields that are always written and that the server holds by pointer: as null where they were not given. */
const writtenAsNull = words(`
  AzureFilePersistentVolumeSource.secretNamespace DaemonSetSpec.selector DeploymentSpec.selector GRPCAction.service
  HTTPIngressPath.pathType IngressClassParametersReference.scope MutatingWebhook.sideEffects ReplicaSetSpec.selector
  ScaleIOPersistentVolumeSource.secretRef ScaleIOVolumeSource.secretRef StatefulSetSpec.selector
  TokenRequestSpec.boundObjectRef TokenRequestSpec.expirationSeconds TypedLocalObjectReference.apiGroup
  TypedObjectReference.apiGroup ValidatingWebhook.sideEffects
`);

/** Required fields that the server leaves out all the same when they are zero. */
const requiredButElided = words(`
  ContainerRestartRule.action ContainerRestartRuleOnExitCodes.operator ParentReference.name ParentReference.resource
  PodCertificateProjection.keyType PodCertificateProjection.signerName
`);

/** Optional times that the server holds by pointer: left out when they were not given, unlike the others. */
const optionalTimes = words(`
  acquireTime completionTime creationTimestamp deletionTimestamp lastPhaseTransitionTime lastScaleTime
  lastScheduleTime lastSuccessfulTime renewTime startTime time timeAdded
`);

/**
 * Optional scalars that the server holds by pointer, so that "", 0 and false stay when they are given; any other optional
 * scalar is left out when it is zero. In these tables a field is named alone, or with its type, or with its type and API
 * group, where the same name is also used otherwise.
 */
const keptWhenZero = words(`
  activeDeadlineSeconds allocateLoadBalancerNodePorts allowPrivilegeEscalation allowVolumeExpansion appProtocol
  attachRequired automountServiceAccountToken averageUtilization backoffLimit backoffLimitPerIndex blockOwnerDeletion
  cachingMode collisionCount completionMode completions currentCPUUtilizationPercentage
  currentVolumeAttributesClassName defaultMode deletionGracePeriodSeconds enableServiceLinks endpointsNamespace
  endPort errorCode failedIndexes failedJobsHistoryLimit failurePolicy fsGroup fsGroupChangePolicy fsGroupPolicy
  gmsaCredentialSpec gmsaCredentialSpecName gracePeriodSeconds holderIdentity hostnameOverride hostProcess hostUsers
  immutable ingressClassName initiatorName internalTrafficPolicy ipFamilyPolicy ipMode leaseDurationSeconds
  leaseTransitions loadBalancerClass localhostProfile lun managedBy manualSelector matchPolicy maxExpirationSeconds
  maxFailedIndexes maximum maxItems maxLength maxProperties minDomains minimum minItems minLength minProperties
  minReplicas mode mountPropagation multipleOf nodeAffinityPolicy nodeAllocatableUpdatePeriodSeconds nodeTaintsPolicy
  optional orphanDependents parallelism parameterNotFoundAction persistentVolumeName podInfoOnMount
  podReplacementPolicy port preemptionPolicy preferredHolder privileged procMount progressDeadlineSeconds
  propagationPolicy readOnlyRootFilesystem ready reclaimPolicy recursiveReadOnly recursiveReadOnlyMounts
  reinvocationPolicy requiresRepublish resourceClaimName resourceClaimTemplateName revisionHistoryLimit runAsGroup
  runAsNonRoot runAsUser runAsUserName runtimeClassName selectPolicy seLinuxChangePolicy seLinuxMount serving
  setHostnameAsFQDN shareProcessNamespace signerName stabilizationWindowSeconds started startingDeadlineSeconds
  stopSignal storageCapacity strategy succeededCount succeededIndexes successfulJobsHistoryLimit
  supplementalGroupsPolicy suspend targetCPUUtilizationPercentage terminating terminatingReplicas
  terminationGracePeriodSeconds timeZone tolerationSeconds trafficDistribution ttlSecondsAfterFinished
  unhealthyPodEvictionPolicy userNamespaces volumeAttributesClassName volumeBindingMode volumeMode
  x-kubernetes-list-type x-kubernetes-map-type x-kubernetes-preserve-unknown-fields zone AzureDiskVolumeSource.fsType
  AzureDiskVolumeSource.kind AzureDiskVolumeSource.readOnly ClientIPConfig.timeoutSeconds
  ClusterTrustBundleProjection.name Container.restartPolicy CSIVolumeSource.fsType CSIVolumeSource.readOnly
  DeploymentSpec.replicas Endpoint.hostname Endpoint.nodeName EndpointAddress.nodeName EndpointPort.name
  EndpointPort.protocol EphemeralContainer.restartPolicy HorizontalPodAutoscalerStatus.observedGeneration
  HostPathVolumeSource.type IngressClassParametersReference.apiGroup IngressClassParametersReference.namespace
  IngressPortStatus.error LocalVolumeSource.fsType MutatingWebhook.timeoutSeconds NamedRuleWithOperations.scope
  NetworkPolicyPort.protocol NodeSwapStatus.capacity OwnerReference.controller PersistentVolumeClaimSpec.storageClassName
  PodDNSConfigOption.value PodFailurePolicyOnExitCodesRequirement.containerName PodSpec.priority PortStatus.error
  Preconditions.resourceVersion Preconditions.uid ReplicaSetSpec.replicas ReplicationControllerSpec.replicas
  RollingUpdateStatefulSetStrategy.partition RuleWithOperations.scope ServiceAccountTokenProjection.expirationSeconds
  ServiceReference.path StatefulSetSpec.replicas TokenRequest.expirationSeconds TypedObjectReference.namespace
  ValidatingWebhook.timeoutSeconds Validation.reason VolumeNodeResources.count WebhookClientConfig.url
`);

/** Defaults of list keys that are not simply the zero value of a required field. */
const keyDefaults: Readonly<Record<string, string>> = {
  "ContainerPort.protocol": "TCP",
  "LocalObjectReference.name": "",
  "ServicePort.protocol": "TCP",
};

/** Definitions that are one value to the server, whatever the document says of their insides. */
const values: Readonly<Record<string, TypeCode>> = {
  Time: "time",
  MicroTime: "micro-time",
  Quantity: "quantity",
  IntOrString: "int-or-string",
  RawExtension: "raw",
  FieldsV1: "object",
  JSON: "any",
  JSONSchemaPropsOrArray: "any",
  JSONSchemaPropsOrBool: "any",
  JSONSchemaPropsOrStringArray: "any",
};

const shortName = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** `io.k8s.api.core.v1.PodSpec` is `v1.PodSpec` in the server's messages. */
const goName = (name: string): string => name.split(".").slice(-2).join(".");

class SchemaWriter {
  readonly #definitions: Readonly<Record<string, OpenApiSchema>>;
  readonly #numbers = new Map<string, number>();
  readonly #types: NamedCode[] = [];

  constructor(definitions: Readonly<Record<string, OpenApiSchema>>) {
    this.#definitions = definitions;
  }

  write(): SchemaFile {
    const kinds: Record<string, number> = {};
    for (const [name, definition] of Object.entries(this.#definitions)) {
      const served = definition["x-kubernetes-group-version-kind"] ?? [];
      // Lists, options and watch events have no fields to manage.
      if (served.length !== 1 || /List$|^Status$/.test(shortName(name))) continue;
      for (const { group, version, kind } of served) kinds[`${group}/${version}/${kind}`] = this.#named(name);
    }
    return { kinds, types: this.#types };
  }

  #named(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(name, number);
    const definition = this.#definition(name);
    const fields: Record<string, FieldCode> = {};
    for (const [field, schema] of Object.entries(definition.properties ?? {})) {
      fields[field] = this.#field(field, schema, { name, definition });
    }
    const atomic = definition["x-kubernetes-map-type"] === "atomic";
    this.#types[number] = { n: goName(name), f: fields, ...(atomic ? { a: 1 } : {}) };
    return number;
  }

  #definition(name: string): OpenApiSchema {
    const definition = this.#definitions[name];
    if (definition === undefined) throw new Error(`The document refers to ${name}, which it does not define.`);
    return definition;
  }

  #field(field: string, schema: OpenApiSchema, owner: Owner): FieldCode {
    const type = this.#type(schema);
    const strategy = schema["x-kubernetes-patch-strategy"];
    const mergeKey = schema["x-kubernetes-patch-merge-key"];
    const keyDefault = keyDefaults[`${shortName(owner.name)}.${field}`];
    const code = {
      ...presenceOf(field, type, owner),
      ...(strategy === undefined ? {} : { p: strategy }),
      ...(mergeKey === undefined ? {} : { key: mergeKey }),
      ...(keyDefault === undefined ? {} : { d: keyDefault }),
    };
    return Object.keys(code).length === 0 ? type : { t: type, ...code };
  }

  #type(schema: OpenApiSchema): TypeCode {
    if (schema.$ref !== undefined) return this.#reference(schema);
    switch (schema.type) {
      case "array":
        return this.#list(schema);
      case "object":
        return this.#map(schema);
      case "string":
        return schema.format === "byte" ? "bytes" : "string";
      case "boolean":
        return "boolean";
      case "integer":
        return schema.format === "int64" ? "int64" : "int32";
      case "number":
        return "double";
      default:
        return "any";
    }
  }

  #reference(schema: OpenApiSchema): TypeCode {
    const name = schema.$ref?.slice(schema.$ref.lastIndexOf("/") + 1) ?? "";
    const value = values[shortName(name)];
    if (value !== undefined) return value;
    if (this.#definition(name).properties === undefined) return "object";
    const number = this.#named(name);
    return schema["x-kubernetes-map-type"] === "granular" ? { granular: number } : number;
  }

  #list(schema: OpenApiSchema): TypeCode {
    const items = this.#type(schema.items ?? {});
    const keys = schema["x-kubernetes-list-map-keys"];
    const listType = schema["x-kubernetes-list-type"];
    const mergeKey = schema["x-kubernetes-patch-merge-key"];
    // Before list types there were patch strategies, and lists that have only these are still read by them.
    const merged = listType === undefined && schema["x-kubernetes-patch-strategy"]?.startsWith("merge") === true;
    if (listType === "map" || (merged && mergeKey !== undefined)) return { l: items, keys: keys ?? [mergeKey ?? ""] };
    return listType === "set" || merged ? { l: items, keys: [] } : { l: items };
  }

  #map(schema: OpenApiSchema): TypeCode {
    if (schema.additionalProperties === undefined) return "object";
    const rest = this.#type(schema.additionalProperties);
    return schema["x-kubernetes-map-type"] === "atomic" ? { m: rest, a: 1 } : { m: rest };
  }
}

/** A definition that has fields. */
interface Owner {
  readonly name: string;
  readonly definition: OpenApiSchema;
}

/** When the server writes a field: see `Field.presence`. */
function presenceOf(field: string, type: TypeCode, owner: Owner): { w?: 1; k?: 1 } {
  const isIn = (table: ReadonlySet<string>): boolean =>
    [field, `${shortName(owner.name)}.${field}`, `${owner.name.split(".").slice(-3).join(".")}.${field}`].some((id) =>
      table.has(id),
    );
  if (isIn(writtenAsNull)) return { w: 1, k: 1 };
  const isRequired = owner.definition.required?.includes(field) === true && !isIn(requiredButElided);
  const isTime = type === "time" || type === "micro-time";
  if (isRequired || isIn(alwaysWritten) || (isTime && !isIn(optionalTimes)) || isPart(field, type, owner))
    return { w: 1 };
  return isIn(keptWhenZero) ? { k: 1 } : {};
}

/** The metadata of anything, and the spec and status of a kind. */
function isPart(field: string, type: TypeCode, { definition }: Owner): boolean {
  const isKind = definition["x-kubernetes-group-version-kind"] !== undefined;
  return typeof type === "number" && (field === "metadata" || (isKind && (field === "spec" || field === "status")));
}

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error("Usage: node scripts/sandbox-data.ts <openapi-v2.json or .json.gz>");
const bytes = readFileSync(source);
const document = JSON.parse((source.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString()) as {
  definitions: Record<string, OpenApiSchema>;
};
const target = fileURLToPath(new URL("../sandbox/kubernetes/data/schema.json.gz", import.meta.url));
writeFileSync(target, gzipSync(JSON.stringify(new SchemaWriter(document.definitions).write()), { level: 9 }));
