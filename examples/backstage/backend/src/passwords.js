import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(scrypt);
const length = 32;
// OWASP's recommendation for scrypt: 2^15 blocks, r 8, p 3; it takes 32 MiB and about a tenth of a second.
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

export async function hashPassword(password) {
  const salt = randomBytes(16);
  return { salt, key: await derive(password.normalize("NFKC"), salt, length, cost) };
}

const nobody = { salt: randomBytes(16), key: randomBytes(length) };

/** `undefined` for an account that does not exist takes just as long, so that the time does not tell who has one. */
export async function passwordMatches(password, hash = nobody) {
  const key = await derive(password.normalize("NFKC"), hash.salt, length, cost);
  return timingSafeEqual(key, hash.key);
}
