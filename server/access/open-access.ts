import { isIP } from "node:net";
import { BedsideError } from "../../contracts/errors.ts";
import type { Config } from "../config.ts";
import { Access } from "./access.ts";
import { Issuer } from "./issuer.ts";
import { Seal } from "./seal.ts";
import { UsersFile } from "./users-file.ts";

type AccessConfig = Pick<
  Config,
  | "HOST"
  | "OPEN_ACCESS"
  | "USERS_FILE"
  | "OIDC_ISSUER"
  | "OIDC_AUDIENCE"
  | "OIDC_JWKS_URL"
  | "OIDC_ROLES_CLAIM"
  | "SESSION_HOURS"
  | "SESSION_SECRET"
>;

/** Who may do what, as configured; null: everybody everything. Throws BAD_CONFIG, where others would be let in without anybody having said so, too. */
export function openAccess(config: AccessConfig, onTrouble: (error: unknown) => void): Access | null {
  const { USERS_FILE, OIDC_ISSUER, OPEN_ACCESS, SESSION_SECRET, SESSION_HOURS } = config;
  if (USERS_FILE === "" && OIDC_ISSUER === "") {
    checkOpenAccess(config);
    return null;
  }
  if (OPEN_ACCESS === "yes") {
    const why = "variable OPEN_ACCESS is yes, and USERS_FILE or OIDC_ISSUER asks for a sign-in: leave one of them out";
    throw new BedsideError("BAD_CONFIG", why);
  }
  const nowMs = Date.now;
  return new Access({
    users: USERS_FILE === "" ? null : new UsersFile(USERS_FILE, onTrouble),
    issuer: OIDC_ISSUER === "" ? null : issuerOf(config),
    seal: new Seal(SESSION_SECRET, nowMs),
    sessionMs: SESSION_HOURS * 3_600_000,
    nowMs,
  });
}

/** Throws BAD_CONFIG where a gateway that asks for no sign-in would be reached by others, and nobody has said that this is meant. */
export function checkOpenAccess({ HOST, OPEN_ACCESS }: Pick<Config, "HOST" | "OPEN_ACCESS">): void {
  if (OPEN_ACCESS === "yes" || isLoopback(HOST)) return;
  throw new BedsideError(
    "BAD_CONFIG",
    `variable HOST is ${JSON.stringify(HOST)}: whoever reaches it could give commands; set USERS_FILE (npm run users) or ` +
      "OIDC_ISSUER, or OPEN_ACCESS=yes where something else keeps others out",
  );
}

/** An address that no other machine can reach. */
function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith("127.");
  return host === "::1" || host === "localhost";
}

function issuerOf({ OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL, OIDC_ROLES_CLAIM }: AccessConfig): Issuer {
  checkUrl("OIDC_ISSUER", OIDC_ISSUER);
  if (OIDC_JWKS_URL !== "") checkUrl("OIDC_JWKS_URL", OIDC_JWKS_URL);
  if (OIDC_AUDIENCE === "")
    throw new BedsideError("BAD_CONFIG", "variable OIDC_AUDIENCE is missing: tokens for others would be taken, too");
  return new Issuer({
    issuer: OIDC_ISSUER,
    audience: OIDC_AUDIENCE,
    jwksUrl: OIDC_JWKS_URL,
    rolesClaim: OIDC_ROLES_CLAIM,
  });
}

/** Keys that came over plain HTTP could be anybody's; on this machine nobody is in between. */
function checkUrl(name: string, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname.replace(/^\[|\]$/g, ""))))
    return;
  throw new BedsideError("BAD_CONFIG", `variable ${name} is ${JSON.stringify(text)}: an https address is expected`);
}
