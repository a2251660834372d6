/** Shorter values are not worth hiding: the log would be full of asterisks, and outputs that contain them would be dropped. */
const shortestMask = 4;
/** Words that stand in every second line and that no one can guess a secret from. */
const commonWords = /^(?:true|false|null|none)$/i;
/** Inside base64, shorter pieces than this turn up by chance. */
const shortestPiece = 8;
/** Where PEM (`openssl base64`) and MIME (`base64`) break lines. */
const wrapWidths = [64, 76];

/**
 * Every form of `secret` that the runner must be told to hide. The runner itself adds base64, JSON, URI and XML escapes of each; added
 * here is what it misses: hexadecimal, the URL-safe alphabet, base64 in wrapped lines or as part of something longer, such as the user and
 * password of a header.
 * A secret of several lines is hidden line by line, because the runner would split it just so, and hide a line that is only `{` too.
 */
export function masksOf(secret: string): string[] {
  const masks = maskLines(secret).flatMap((line) => [line, ...encodings(line), ...encodings(escapeJson(line))]);
  return [...new Set(masks)];
}

/** The same for text that no runner reads, such as a file that is kept: with the escapes that the runner would add by itself. */
export function formsOf(secret: string): string[] {
  const forms = masksOf(secret.toWellFormed()).flatMap((mask) => [
    mask,
    escapeJson(mask),
    encodeURIComponent(mask),
    mask.replace(/[&<>"']/g, (character) => xmlEntities[character] ?? character),
  ]);
  return [...new Set(forms)];
}

/** The lines of `secret` that are worth hiding, as they are. */
export function maskLines(secret: string): string[] {
  return secret
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(isMaskable);
}

const xmlEntities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function isMaskable(line: string): boolean {
  return line.length >= shortestMask && !commonWords.test(line);
}

function encodings(line: string): string[] {
  const bytes = Buffer.from(line);
  const hex = bytes.toString("hex");
  const wrapped = wrapWidths.flatMap((width) => wrap(bytes.toString("base64"), width));
  const pieces = [...[0, 1, 2].map((shift) => base64Inside(bytes, shift)), ...wrapped];
  const telling = pieces.filter((piece) => piece.length >= shortestPiece);
  return [hex, hex.toUpperCase(), ...telling, ...telling.map(urlSafe)];
}

function wrap(text: string, width: number): string[] {
  return text.length > width ? (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []) : [];
}

/** The base64 characters that `bytes` alone decide when `shift` bytes of a group of three stand before it. */
function base64Inside(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const wholeGroups = Math.floor(((shift + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((shift * 8) / 6), wholeGroups);
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
