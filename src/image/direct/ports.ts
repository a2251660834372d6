import { mistake, type Place } from "../dockerfile/mistake.ts";

/** `80`, `80-90`, `53/udp`, and what Docker takes too although it means nothing here: `8080:80`. As `port/protocol`. */
export function parsePorts(specs: readonly string[], place: Place): string[] {
  return specs.flatMap((spec) => {
    const [, first = "", last = first, protocol = "tcp"] =
      /^(?:[^/]*:)?(\d+)(?:-(\d+))?(?:\/([a-zA-Z]*))?$/.exec(spec) ?? [];
    const [from, to] = [Number(first), Number(last)];
    const name = protocol.toLowerCase() || "tcp";
    if (first === "" || to > 65535 || to < from || !["tcp", "udp", "sctp"].includes(name))
      throw mistake(place, `EXPOSE is not a port: got "${spec}"`, "Write it like 8080, 8080/udp or 8080-8090.");
    return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}/${name}`);
  });
}
