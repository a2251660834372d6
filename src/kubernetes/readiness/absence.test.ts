import { expect, it } from "@jest/globals";
import { absenceIn } from "./absence.ts";

const volumes = [
  { name: "v", configMap: { name: "settings" } },
  { name: "w", secret: { secretName: "keys" } },
];

it.each([
  ['configmap "c" not found', { kind: "ConfigMap", name: "c" }],
  ['secret "s" not found', { kind: "Secret", name: "s" }],
  ["couldn't find key k in ConfigMap ns/c", { kind: "ConfigMap", name: "c", key: "k" }],
  ['MountVolume.SetUp failed for volume "x" : secret "s" not found', { kind: "Secret", name: "s", volume: "x" }],
  [
    'MountVolume.SetUp failed for volume "v" : configmap references non-existent config key: k',
    { kind: "ConfigMap", name: "settings", key: "k", volume: "v" },
  ],
  [
    'MountVolume.SetUp failed for volume "w" : references non-existent secret key: k',
    { kind: "Secret", name: "keys", key: "k", volume: "w" },
  ],
  ['0/1 nodes are available: persistentvolumeclaim "d" not found.', { kind: "PersistentVolumeClaim", name: "d" }],
  ['MountVolume.SetUp failed for volume "v" : failed to sync configmap cache: timed out', undefined],
  ["context deadline exceeded", undefined],
])("absenceIn() reads %p", (message, expected) => {
  expect(absenceIn(message, volumes)).toEqual(expected);
});
