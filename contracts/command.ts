import { Type, type Static } from "typebox";
import { BEAT_CLASSES } from "./beat.ts";
import { growing, identifier, nullable, unixMs } from "./schema.ts";

/**
 * What somebody says in review of what was: that an alarm was false (`dismiss`, and `reinstate`, which takes that back), a note on it,
 * or that a beat is of another class. It changes nothing of alarms that go on, and neither beats nor alarms as they were told.
 */
const REVIEW_ACTIONS = ["dismiss", "reinstate", "note", "relabel"] as const;
const reviewActions: ReadonlySet<string> = new Set(REVIEW_ACTIONS);
export const isReview = (action: string): boolean => reviewActions.has(action);

/** What somebody may ask of a bed's alarms, and say of them. */
export const COMMAND_ACTIONS = ["acknowledge", "silence", "unsilence", "pause", "resume", ...REVIEW_ACTIONS] as const;
export type CommandAction = (typeof COMMAND_ACTIONS)[number];

/** An alarm as whoever speaks of it saw it. */
const SeenAlarmSchema = Type.Object(
  {
    id: Type.String({ maxLength: 256, description: "of the alarm" }),
    version: Type.Integer({ minimum: 1, description: "the one that was seen: another is refused" }),
  },
  { additionalProperties: false },
);

/** A beat, and what somebody takes it for; null: for what it was told to be. */
const RelabelledSchema = Type.Object(
  {
    id: Type.String({ maxLength: 256, description: "of the beat" }),
    timeMs: unixMs,
    beatClass: nullable(Type.Enum([...BEAT_CLASSES])),
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
  beat: Type.Optional(nullable(RelabelledSchema, { default: null })),
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

/** ecg.commands.v1: somebody asks something of a bed's alarms. `acknowledge` and reviews name the alarm, `relabel` the beat; the others are of the bed. */
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
