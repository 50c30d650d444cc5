import type { SignedIn } from "../../contracts/session.ts";
import { BedsideError } from "../../contracts/errors.ts";
import type { Issuer } from "./issuer.ts";
import { isKey, isPassword, SCRYPT_COST, type ScryptCost } from "./password.ts";
import type { Principal } from "./principal.ts";
import type { Seal } from "./seal.ts";
import { hashOf, markOf, type UsersFile } from "./users-file.ts";
import { randomUUID } from "node:crypto";

const TICKET_MS = 30_000;
/** A program's key has no end; what came of it is looked at anew after this time. */
const KEY_HOLDS_MS = 12 * 3_600_000;
/** Guesses at one user's password, by whomever: ASVS 2.2.1. */
const GUESSES = { most: 100, withinMs: 3_600_000 } as const;
/** Each takes memory and a third of a second of a core: one at a time, so many wait. */
const MOST_WAITING = 16;
/** A hash of nothing that anybody knows: a name that is none takes as long as a wrong password. */
const hashOfNobody = ({ N, r, p }: ScryptCost): string => `scrypt$${N}$${r}$${p}$${"A".repeat(22)}$${"A".repeat(43)}`;

export interface AccessOptions {
  /** Null: nobody signs in by password here. */
  readonly users: UsersFile | null;
  readonly issuer: Issuer | null;
  readonly seal: Seal;
  readonly sessionMs: number;
  readonly nowMs: () => number;
  /** Of a password that is nobody's; default: of any. */
  readonly cost?: ScryptCost;
}

/** Who is who, and who still is. */
export class Access {
  private readonly guesses = new Map<string, { count: number; untilMs: number }>();
  private waiting = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: AccessOptions) {}

  get way(): Exclude<SignedIn["signIn"], "none"> {
    return this.options.users ? "password" : "elsewhere";
  }

  /** The user's name as it is kept; null where nobody is called so. */
  nameOf(name: string): string | null {
    return this.options.users?.find(name)?.name ?? null;
  }

  /** Null where name and password are not a user's. Throws BUSY, or TOO_MANY_GUESSES. */
  async signIn(name: string, password: string): Promise<{ who: Principal; session: string } | null> {
    const { users, seal, sessionMs, nowMs } = this.options;
    const user = users?.find(name) ?? null;
    if (user) this.guess(user.name);
    const hashed = user && "password" in user ? user.password : null;
    const isRight = await this.inTurn(() =>
      isPassword(password, hashed ?? hashOfNobody(this.options.cost ?? SCRYPT_COST)),
    );
    if (!user || !isRight || hashed === null) return null;
    this.guesses.delete(user.name);
    const who = {
      id: randomUUID(),
      name: user.name,
      role: user.role,
      mark: markOf(user),
      untilMs: nowMs() + sessionMs,
    };
    return { who, session: await seal.close("session", who, who.untilMs) };
  }

  /** Ends a session, at all its sockets, too. */
  signOut({ id, untilMs }: Principal): void {
    this.options.seal.spend(id, untilMs);
  }

  async ofSession(session: string): Promise<Principal | null> {
    return this.stillOne(await this.options.seal.open("session", session));
  }

  /** Of an `Authorization: Bearer`: a program's key (`NAME~KEY`), or an issuer's token. */
  async ofBearer(token: string): Promise<Principal | null> {
    const { users, issuer, nowMs } = this.options;
    const [, name, key] = /^([^~]{1,64})~([\w-]{43})$/.exec(token) ?? [];
    if (name === undefined) return issuer ? issuer.who(token) : null;
    const user = users?.find(name);
    if (!user || user.role !== "service" || !isKey(key, hashOf(user))) return null;
    const untilMs = nowMs() + KEY_HOLDS_MS;
    return { id: `key of ${user.name}`, name: user.name, role: user.role, mark: markOf(user), untilMs };
  }

  ticketFor(who: Principal): Promise<string> {
    const { seal, nowMs } = this.options;
    return seal.close("ticket", who, Math.min(who.untilMs, nowMs() + TICKET_MS));
  }

  async ofTicket(ticket: string): Promise<Principal | null> {
    return this.stillOne(await this.options.seal.open("ticket", ticket, { once: true }));
  }

  /** Whether who was somebody still is: not signed out, not over, and the user as they were. */
  holds({ id, name, mark, untilMs }: Principal): boolean {
    const { seal, users, nowMs } = this.options;
    if (untilMs <= nowMs() || seal.isSpent(id)) return false;
    if (mark === null) return true;
    const user = users?.find(name);
    return user !== null && user !== undefined && markOf(user) === mark;
  }

  private stillOne(who: Principal | null): Principal | null {
    return who && this.holds(who) ? who : null;
  }

  private guess(name: string): void {
    const nowMs = this.options.nowMs();
    const before = this.guesses.get(name);
    const guesses = before && before.untilMs > nowMs ? before : { count: 0, untilMs: nowMs + GUESSES.withinMs };
    if (guesses.count >= GUESSES.most)
      throw new BedsideError("TOO_MANY_GUESSES", "too many wrong passwords for this name: try again in an hour");
    guesses.count++;
    this.guesses.set(name, guesses);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= MOST_WAITING) throw new BedsideError("BUSY", "others are signing in: try again");
    this.waiting++;
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => {}).finally(() => this.waiting--);
    return mine;
  }
}
