import { msg, str } from "@lit/localize";
import { Value } from "typebox/value";
import { type SignedIn, SessionSchema, TicketSchema } from "../../contracts/session.ts";
import { Changes } from "../changes.ts";

/** The gateway lets nobody connect who has not signed in. */
export class SignInWanted extends Error {}

/** Who is signed in at this screen, where the gateway asks for it. */
class Session {
  readonly changes = new Changes();
  /** As the gateway last said; null: not known yet. */
  state: SignedIn | null = null;
  /** When this screen's sign-in ended without anybody's having signed out, Unix ms. */
  endedMs: number | null = null;

  /** Nobody is signed in, and somebody has to be. */
  get isWanted(): boolean {
    return this.state !== null && this.state.signIn !== "none" && this.state.who === null;
  }

  /** Why whoever is signed in may give no commands; null: they may. */
  get whyNoCommands(): string | null {
    const who = this.state?.who;
    if (!who || who.role === "operator") return null;
    return msg(str`${who.name} is signed in as a viewer: operators alone may do this.`);
  }

  /** Asks the gateway who is signed in. */
  async ask(): Promise<void> {
    const response = await fetch("api/session").catch(() => null);
    const value: unknown = response?.ok ? await response.json().catch(() => null) : null;
    if (Value.Check(SessionSchema, value)) this.become(value as SignedIn);
  }

  /** Why it did not work, in words; null: somebody is signed in. */
  async signIn(name: string, password: string): Promise<string | null> {
    const response = await send("POST", "api/session", { name, password });
    if (!response) return msg("The server does not answer. When it is back, try again.");
    const value: unknown = await response.json().catch(() => null);
    if (response.ok && Value.Check(SessionSchema, value)) {
      this.endedMs = null;
      this.become(value as SignedIn);
      return null;
    }
    if (response.status === 401) return msg("Name and password don't belong together.");
    if (response.status === 429) return msg("Too many attempts. Wait a minute, then try again.");
    return msg(str`The server refuses: ${response.status}.`);
  }

  /** Whether it was taken; the page that is left has patients' names in it, so that it is to be loaded anew. */
  async signOut(): Promise<boolean> {
    return (await send("DELETE", "api/session"))?.ok === true;
  }

  /** What opens a socket; null: nothing is needed. Throws SignInWanted, or an Error where the gateway can't be asked. */
  async ticket(): Promise<string | null> {
    const response = await send("POST", "api/ticket");
    // A gateway from before there were tickets wants none.
    if (response?.status === 404) return null;
    if (response?.status === 401) throw new SignInWanted();
    const value: unknown = response?.ok ? await response.json().catch(() => null) : null;
    if (!Value.Check(TicketSchema, value)) throw new Error("the gateway gives no ticket");
    return (value as { ticket: string | null }).ticket;
  }

  /** The gateway lets this screen in no more. */
  end(): void {
    if (this.state?.who) {
      this.endedMs = Date.now();
      this.become({ ...this.state, who: null });
    } else if (!this.isWanted) {
      void this.ask();
    }
  }

  private become(state: SignedIn): void {
    this.state = state;
    this.changes.tell();
  }
}

export const session = new Session();

async function send(method: string, path: string, body?: object): Promise<Response | null> {
  const json = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return fetch(path, { method, ...json }).catch(() => null);
}
