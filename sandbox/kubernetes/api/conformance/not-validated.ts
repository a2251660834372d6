import type { RecordingName } from "./recording.ts";

/**
 * The exchanges that the sandbox answers otherwise than a real server, each with what is different and why it stays so. This list may only
 * shrink: the test fails for a name in it that is answered alike.
 */
export const notValidated: Readonly<Record<RecordingName, Readonly<Record<string, string>>>> = {
  wire: {},
  "wire-more": {
    "check in default, unknown and duplicate fields":
      "A key that stands twice in a JSON body is not found: the last one counts. No client that writes a value as JSON can send one.",
    "apply YAML that is broken": "Refused alike, with 400, but in the words of another YAML parser.",
    "apply of a scale":
      "A Scale cannot be applied, only replaced and patched, as autoscalers and kubectl do: 415 in place of 409.",
    "daemon sets as table":
      "The metadata beside the cells also have the annotation that counts the versions of the template, as those of a GET do.",
  },
};
