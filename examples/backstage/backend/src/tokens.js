import { createHmac, timingSafeEqual } from "node:crypto";

const header = encode({ alg: "HS256", typ: "JWT" });
const issuer = "backstage-auth";
const audience = "backstage";

/** A JSON Web Token (RFC 7519), signed with HMAC-SHA-256, that is good for `seconds`. */
export function signToken({ subject, name, seconds, secret, now = Date.now() }) {
  const issuedAt = Math.floor(now / 1000);
  const claims = { iss: issuer, aud: audience, sub: subject, name, iat: issuedAt, exp: issuedAt + seconds };
  const content = `${header}.${encode(claims)}`;
  return `${content}.${signature(content, secret)}`;
}

/** The token's claims, or `undefined` if it is not one of ours, was tampered with, or has expired. */
export function verifyToken(token, { secret, now = Date.now() }) {
  const [head, body, signed, ...rest] = token.split(".");
  // Whoever makes a token chooses its algorithm, so only the one header that we write ourselves will do.
  if (rest.length > 0 || head !== header || signed === undefined) return undefined;
  if (!sameText(signed, signature(`${head}.${body}`, secret))) return undefined;
  const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
  const current = claims.iss === issuer && claims.aud === audience && claims.exp > now / 1000;
  return current ? claims : undefined;
}

function signature(content, secret) {
  return createHmac("sha256", secret).update(content).digest("base64url");
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Takes the same time wherever the first difference is. */
function sameText(a, b) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
