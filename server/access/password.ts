import { createHash, randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const scrypt = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scryptWithCallback,
);

/** What a guess costs: 64 MB and a third of a second (OWASP's password storage sheet; ASVS 2.4.6). */
export const SCRYPT_COST: ScryptCost = { N: 1 << 16, r: 8, p: 2 };
const BYTES = 32;

export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** Length of what people choose; any characters. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** As `scrypt$N$r$p$salt$hash`, base64url. */
export async function hashPassword(password: string, cost: ScryptCost = SCRYPT_COST): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** What a file may ask of this machine: at most three times what `hashPassword` takes. */
export const PASSWORD_HASH =
  "^scrypt\\$(?:1024|2048|4096|8192|16384|32768|65536|131072)\\$8\\$[1-3]\\$[\\w-]{22}\\$[\\w-]{43}$";

export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [, N, r, p, salt, hash] = hashed.split("$");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, "base64url"), cost), Buffer.from(hash, "base64url"));
}

const derive = (password: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> =>
  scrypt(password.normalize("NFC"), salt, BYTES, { N, r, p, maxmem: 256 * N * r });

/** A program's key: nobody can guess it, so that a plain hash of it is as good as a slow one. */
export const newKey = (): string => randomBytes(32).toString("base64url");

/** As `sha256$hash`. */
export const hashKey = (key: string): string => `sha256$${createHash("sha256").update(key).digest("base64url")}`;
export const KEY_HASH = "^sha256\\$[\\w-]{43}$";

export const isKey = (key: string, hashed: string): boolean =>
  timingSafeEqual(Buffer.from(hashKey(key)), Buffer.from(hashed));
