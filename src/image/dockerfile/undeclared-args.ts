import { nearest } from "../../runner/nearest.ts";
import type { Dockerfile } from "./parse.ts";

/** Arguments that Docker knows without an ARG. */
const predefined: readonly string[] = [
  ...["BUILD", "TARGET"].flatMap((side) => ["PLATFORM", "OS", "ARCH", "VARIANT"].map((part) => side + part)),
  ...["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY", "SOURCE_DATE_EPOCH"],
];

/** Of the arguments given for a build those that no ARG asks for, with the name that was probably meant. */
export function undeclaredArgs(
  { globalArgs, stages }: Dockerfile,
  given: Iterable<string>,
): readonly { readonly name: string; readonly meant: string | undefined }[] {
  const instructions = [...globalArgs, ...stages.flatMap((stage) => stage.instructions)];
  const declared = instructions.flatMap((one) => (one.kind === "ARG" ? one.args.map(({ key }) => key) : []));
  const unknown = [...given].filter((name) => !declared.includes(name) && !predefined.includes(name.toUpperCase()));
  return unknown.map((name) => ({ name, meant: nearest(name, declared) }));
}
