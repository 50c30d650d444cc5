const LOOPBACK: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];
const ANY_ADDRESS: readonly string[] = ["0.0.0.0", "::"];

/**
 * Whether a page of this origin may open a socket: the gateway's own, or one of the comma-separated `allowed`. Programs
 * that are no browsers send none and may.
 */
export function isAllowedOrigin(origin: string | undefined, host: string | undefined, allowed: string): boolean {
  if (origin === undefined) return true;
  if (host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)) return true;
  return allowed
    .split(",")
    .map((one) => one.trim())
    .includes(origin);
}

/**
 * Whether the Host header names this gateway, so that a page elsewhere can't reach it by a name of its own that resolves
 * to loopback (DNS rebinding). One that listens on every address can't know its names and takes any.
 */
export function isAllowedHost(header: string | undefined, listening: string): boolean {
  if (ANY_ADDRESS.includes(listening)) return true;
  const name = header?.replace(/:\d+$/, "").toLowerCase();
  return name !== undefined && (LOOPBACK.includes(name) || name === listening.toLowerCase());
}
