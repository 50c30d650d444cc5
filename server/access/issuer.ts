import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { BedsideError } from "../../contracts/errors.ts";
import { type Role, ROLES } from "../../contracts/session.ts";
import type { Principal } from "./principal.ts";

/** Signatures by a key pair alone: a shared secret, or none, is no issuer's. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const CLOCK_TOLERANCE_S = 5;
const ANSWERS_WITHIN_MS = 5000;

export interface IssuerOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Empty: where the issuer's openid-configuration says. */
  readonly jwksUrl: string;
  readonly rolesClaim: string;
}

/** Takes bearer tokens (JWT) of an OpenID Connect issuer, by the keys that it publishes. */
export class Issuer {
  private keys: Promise<JWTVerifyGetKey> | null = null;

  constructor(private readonly options: IssuerOptions) {}

  /** Whom a token names; null where it is none of this issuer's for us, or gives no role. Throws SIGN_IN_UNAVAILABLE where the issuer does not answer. */
  async who(token: string): Promise<Principal | null> {
    const { issuer, audience, rolesClaim } = this.options;
    const keys = await this.openKeys();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ["exp", "sub"],
      });
      const role = roleIn(payload, rolesClaim);
      const { sub, exp } = payload;
      if (role === null || sub === undefined || exp === undefined) return null;
      return { id: `${issuer} ${sub}`, name: nameIn(payload, sub), role, mark: null, untilMs: exp * 1000 };
    } catch (error) {
      if (isAbout(error)) return null;
      throw unavailable(issuer, error);
    }
  }

  private openKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.findKeys().catch((error: unknown) => {
      this.keys = null;
      throw unavailable(this.options.issuer, error);
    });
    return this.keys;
  }

  private async findKeys(): Promise<JWTVerifyGetKey> {
    const { jwksUrl, issuer } = this.options;
    const url = jwksUrl === "" ? await discovered(issuer) : jwksUrl;
    return createRemoteJWKSet(new URL(url), { timeoutDuration: ANSWERS_WITHIN_MS });
  }
}

/** OpenID Connect Discovery 1.0, section 4. */
async function discovered(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    redirect: "error",
  });
  const told = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (!response.ok || told.issuer !== issuer || typeof told.jwks_uri !== "string")
    throw new Error("its openid-configuration is not its own");
  return told.jwks_uri;
}

/** What is wrong is the token, not the way to the keys. */
const isAbout = (error: unknown): boolean =>
  error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== "ERR_JOSE_GENERIC";

const unavailable = (issuer: string, cause: unknown): BedsideError =>
  new BedsideError("SIGN_IN_UNAVAILABLE", `whom a token names can't be told: ${issuer} does not answer`, { cause });

/** The one that may most, of those that the claim names. */
function roleIn(payload: JWTPayload, claim: string): Role | null {
  const value = claim
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key], payload);
  const told = (Array.isArray(value) ? value : [value]) as unknown[];
  const order = ["operator", "viewer", "service"] as const satisfies readonly (typeof ROLES)[number][];
  return order.find((role) => told.includes(role)) ?? null;
}

/** What people call them, where the issuer says; at most as long as a command's `by`. */
function nameIn({ preferred_username: preferred }: JWTPayload, sub: string): string {
  const name = typeof preferred === "string" && preferred.trim() !== "" ? preferred : sub;
  return name.slice(0, 64);
}
