import { causeOf } from "../../readiness/kubelet-words.ts";
import type { Cause, Facts } from "../facts.ts";
import { inContainer } from "../field.ts";
import { registryOf, shortImage } from "../image-name.ts";

interface Answer {
  readonly image: string;
  readonly registry: string;
  readonly words: string;
}

/** What registries and networks say, by the first words that match. */
const answers: readonly (readonly [said: RegExp, cause: (answer: Answer) => Cause])[] = [
  [
    /no match for platform/i,
    ({ image }) => ({
      cause: `the image ${image} is not made for the platform of the node`,
      remedy: "Add that platform to `platforms` where the image is built.",
    }),
  ],
  [
    /\b(429|too ?many ?requests)\b/i,
    ({ image, registry, words }) => ({
      cause: `${registry} gives out no more images for now, so ${image} cannot be pulled: ${words}`,
      remedy: "Pull with credentials (imagePullSecrets), for which registries allow more, or wait.",
    }),
  ],
  [
    /no such host/i,
    ({ image, registry }) => ({
      cause: `no name server knows the registry ${registry} of the image ${image}`,
      remedy: "Check the name of the registry.",
    }),
  ],
  [
    /x509|certificate/i,
    ({ registry, words }) => ({
      cause: `the node does not trust the certificate of the registry ${registry}: ${words}`,
      remedy: "Give the nodes the authority that signed it, or use a registry with a public certificate.",
    }),
  ],
  [
    /HTTP response to HTTPS client/i,
    ({ registry }) => ({
      cause: `the registry ${registry} speaks plain HTTP, and the node wants HTTPS`,
      remedy: "Give the registry a certificate, or tell the container runtime of the nodes about it.",
    }),
  ],
  [
    /\b(401|403|unauthorized|forbidden|denied|authentication|authorization|basic auth)\b/i,
    ({ image, registry, words }) => ({
      cause: `${registry} refuses to give out the image ${image}: ${words}`,
      remedy: "Give the pod credentials for it (imagePullSecrets), or renew those that it has.",
    }),
  ],
  [
    /\b(not found|unknown|does not exist|404)\b/i,
    ({ image, registry }) => ({
      cause: `the image ${image} is not in its registry`,
      remedy: `Check its name and its tag or digest, and that it was pushed to ${registry} and not cleaned up since.`,
    }),
  ],
];

/** Which image could not be had, and who refused it. */
export function pullRefused(facts: Facts): Cause {
  const { container, events } = facts;
  const failed = events.findLast(({ message = "" }) => message.startsWith("Failed to pull image "));
  const waiting = container?.state?.waiting?.message ?? "";
  const words =
    causeOf(waiting, container?.image) ||
    causeOf(failed?.message?.replace(/^Failed to pull image "[^"]*": /, "") ?? "", container?.image);
  const image = shortImage(container?.image ?? "");
  const [, cause] = answers.find(([said]) => said.test(words)) ?? [];
  return {
    ...(cause?.({ image, registry: registryOf(image), words }) ?? {
      cause: `the image ${image} cannot be pulled from ${registryOf(image)}: ${words}`,
    }),
    field: inContainer(facts, "image"),
  };
}
