/** The host that an image comes from. The first part of a name is one only where it looks like one, as Docker reads it. */
export function registryOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : "docker.io";
}

/** Twelve digits of a digest tell images apart. */
export function shortImage(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/g, "$1");
}
