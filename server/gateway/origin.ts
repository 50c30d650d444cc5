import { isIP } from "node:net";
import { hostname } from "node:os";

/** The origins of a comma-separated list. */
export const originsOf = (list: string): string[] =>
  list
    .split(",")
    .map((origin) => origin.trim().replace(/\/$/, ""))
    .filter((origin) => origin !== "");

/**
 * Whether a page of this origin may open a socket: the gateway's own, which is what its Host header says, or one of
 * `allowed`. Programs that are no browsers send no origin and may.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  return (host !== undefined && [`http://${host}`, `https://${host}`].includes(origin)) || allowed.includes(origin);
}

/**
 * Whether the Host header names this gateway, so that a page elsewhere can't reach it by a name of its own that it lets
 * resolve to this address (DNS rebinding): an address, which no one can rebind, localhost, the name it listens on, the
 * machine's, or that of an allowed origin.
 */
export function isAllowedHost(header: string | undefined, listening: string, allowed: readonly string[]): boolean {
  const name = nameOf(`http://${header}`);
  if (header === undefined || name === null) return false;
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0) return true;
  const own = ["localhost", listening.toLowerCase(), hostname().toLowerCase(), ...allowed.map(nameOf)];
  return own.includes(name);
}

function nameOf(url: string): string | null {
  try {
    return new URL(url).hostname;
  } catch {
    return null;
  }
}
