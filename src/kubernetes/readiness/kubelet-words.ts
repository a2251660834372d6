/** What the layers between the kubelet and the cause put before it, each once, from the outside in. */
const wrappers: readonly RegExp[] = [
  /^Back-off pulling image "[^"]*":? ?/,
  /^ErrImagePull: /,
  /^rpc error: code = \w+ desc = /,
  /^failed to pull and unpack image "[^"]*": /,
  /^failed to resolve reference "[^"]*": /,
  /^failed to (create|start) containerd task: /,
  /^failed to create shim task: /,
  /^OCI runtime create failed: /,
  /^runc create failed: /,
  /^unable to start container process: /,
];

/**
 * The end of a kubelet's or runtime's message, where the cause stands. `image` is left out where it only repeats what the reader knows.
 * Text without these wrappers comes back as it is.
 */
export function causeOf(message: string, image = ""): string {
  const text = wrappers.reduce((rest, wrapper) => rest.replace(wrapper, ""), message).replace(/: unknown$/, "");
  return image !== "" && text.startsWith(`${image}: `) ? text.slice(image.length + 2) : text;
}

/** "0/3 nodes are available: 3 Insufficient cpu. preemption: …": what follows the first sentence tells a person nothing. */
export function schedulingCause(message: string): string {
  return (message.split(/\. (?=no new claims|preemption)/, 1)[0] ?? "").replace(/\.$/, "");
}
