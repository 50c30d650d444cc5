import type { Role } from "../../contracts/session.ts";

/** Who is signed in. */
export interface Principal {
  /** Of the session, which ends for all that came of it at once. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Of a local user as they were when they signed in (users-file.ts); null: an issuer's. */
  readonly mark: string | null;
  readonly untilMs: number;
}
