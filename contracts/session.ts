import { Type, type Static } from "typebox";
import { nullable } from "./schema.ts";

/** viewer: sees everything; operator: gives commands, too; service: a program that reads. */
export const ROLES = ["viewer", "operator", "service"] as const;
export type Role = (typeof ROLES)[number];

/** Of people and programs, as commands and the audit trail have it. */
export const USER_NAME = "^[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._@'-]{0,62}[\\p{L}\\p{N}.])?$";

/** Who is signed in, and until when. */
const WhoSchema = Type.Object({
  name: Type.String(),
  role: Type.Enum([...ROLES]),
  untilMs: Type.Number({ description: "Unix ms at the gateway" }),
});

/** GET /api/session, and the answer to a sign-in. */
export const SessionSchema = Type.Object(
  {
    signIn: Type.Enum(["none", "password", "elsewhere"], {
      description:
        "none: nobody need sign in, everybody may do everything; password: POST /api/session; elsewhere: at an issuer of bearer tokens",
    }),
    who: nullable(WhoSchema),
  },
  { $id: "Session" },
);
export type SignedIn = Static<typeof SessionSchema>;

/** POST /api/session; the answer's cookie is the session. DELETE ends it. */
export const SignInSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 256 }),
  },
  { additionalProperties: false },
);
export type SignIn = Static<typeof SignInSchema>;

/** POST /api/ticket: what opens one socket, once, within seconds: offered as a subprotocol `ticket.…` beside bedside.v1. */
export const TicketSchema = Type.Object(
  { ticket: nullable(Type.String(), { description: "null: nobody need sign in, the socket wants none" }) },
  { $id: "Ticket" },
);
export type Ticket = Static<typeof TicketSchema>;

export const TICKET_PROTOCOL = "ticket.";

/** WebSocket close code: who opened the socket is signed in no more. */
export const SESSION_ENDED = 4401;
