import { Type, type Static } from "typebox";
import { growing, identifier, nullable, unixMs } from "./schema.ts";

/** What somebody may ask of a bed's alarms. */
export const COMMAND_ACTIONS = ["acknowledge", "silence", "unsilence", "pause", "resume"] as const;
export type CommandAction = (typeof COMMAND_ACTIONS)[number];

/** An alarm as whoever speaks of it saw it. */
const SeenAlarmSchema = Type.Object(
  {
    id: Type.String({ maxLength: 256, description: "of the alarm" }),
    version: Type.Integer({ minimum: 1, description: "the one that was seen: another is refused" }),
  },
  { additionalProperties: false },
);

/** What a command says, apart from whose bed it is for and when it came. */
const said = {
  id: Type.String({
    minLength: 8,
    maxLength: 64,
    pattern: "^[A-Za-z0-9._-]+$",
    description: "made by who gives it: a command that comes twice is heeded once",
  }),
  alarm: nullable(SeenAlarmSchema, { default: null }),
  by: Type.String({ minLength: 1, maxLength: 64, pattern: "\\S", description: "name of who gives it" }),
  reason: nullable(Type.String({ maxLength: 200 }), { default: null }),
};

/** POST /api/beds/:bed/commands */
export const CommandRequestSchema = Type.Object(
  { ...said, action: Type.Enum([...COMMAND_ACTIONS]) },
  { additionalProperties: false },
);
export type CommandRequest = Static<typeof CommandRequestSchema>;

/** Its answer, 202: the command is on its way; what becomes of it is an event of the topic alarms that names its id. */
export interface CommandAccepted {
  readonly id: string;
  readonly bed: string;
}

/** ecg.commands.v1: somebody asks something of a bed's alarms. `acknowledge` names the alarm; the others are of the bed. */
export const CommandSchema = Type.Object(
  {
    ...said,
    // One that is not known is refused, by its name.
    action: growing(COMMAND_ACTIONS),
    bed: identifier,
    atMs: Type.Unsafe<number>({ ...unixMs, description: "when the gateway took it, Unix ms" }),
  },
  { $id: "Command", additionalProperties: false },
);
export type Command = Static<typeof CommandSchema>;
