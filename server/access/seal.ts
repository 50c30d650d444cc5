import { jwtVerify, SignJWT } from "jose";
import { randomBytes, randomUUID } from "node:crypto";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import { ROLES } from "../../contracts/session.ts";
import type { Principal } from "./principal.ts";

const ALGORITHM = "HS256";

const ClaimsSchema = Type.Object({
  jti: Type.String(),
  exp: Type.Number(),
  who: Type.Object({
    id: Type.String(),
    name: Type.String(),
    role: Type.Enum([...ROLES]),
    mark: Type.Union([Type.String(), Type.Null()]),
    untilMs: Type.Number(),
  }),
});
const claims = Compile(ClaimsSchema);

/**
 * Texts that say who somebody is, and that nobody but who has the secret can write, each for one use, e.g. "session". What is spent is known until
 * it would have ended anyway, at this gateway: others, and this one when it starts again with the same secret, don't know of it.
 */
export class Seal {
  private readonly key: Uint8Array;
  private readonly spent = new Map<string, number>();

  /** Without a secret, what is sealed holds as long as this process. */
  constructor(
    secret: string,
    private readonly nowMs: () => number,
  ) {
    this.key = secret === "" ? randomBytes(32) : new TextEncoder().encode(secret);
  }

  close(use: string, who: Principal, untilMs: number): Promise<string> {
    return new SignJWT({ who: { ...who } })
      .setProtectedHeader({ alg: ALGORITHM })
      .setAudience(use)
      .setJti(randomUUID())
      .setExpirationTime(Math.ceil(untilMs / 1000))
      .sign(this.key);
  }

  /** Whom it names, or null: it is of another secret, of another use, or over. `once`: it opens no more after that. */
  async open(use: string, text: string, { once = false } = {}): Promise<Principal | null> {
    const currentDate = new Date(this.nowMs());
    try {
      const { payload } = await jwtVerify(text, this.key, { algorithms: [ALGORITHM], audience: use, currentDate });
      if (!claims.Check(payload)) return null;
      const { jti, exp, who } = payload as Static<typeof ClaimsSchema>;
      if (this.isSpent(jti) || (once && !this.spend(jti, exp * 1000))) return null;
      return who;
    } catch {
      return null;
    }
  }

  isSpent(id: string): boolean {
    return this.spent.has(id);
  }

  /** False where it was spent before. */
  spend(id: string, untilMs: number): boolean {
    for (const [other, overMs] of this.spent) if (overMs < this.nowMs()) this.spent.delete(other);
    if (this.spent.has(id)) return false;
    this.spent.set(id, untilMs);
    return true;
  }
}
