import { Type, type Static } from "typebox";
import { growing, identifier, nullable } from "./schema.ts";

/** Speeds that a screen may ask for, times real time. */
export const SPEEDS = [0.5, 1, 2, 4, 8] as const;

/** What a bed of the demonstration plays. */
const play = {
  record: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'as frames name it: "mitdb/208", "synthetic/sinus"',
  }),
  drift: Type.String({ maxLength: 400, description: "what is mixed in, in the grammar of drift.ts; empty: nothing" }),
};

const requestId = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^[A-Za-z0-9._-]+$",
  description: "made by who asks; the answer has it",
});

/** POST /api/beds/:bed/simulation */
export const SimulationRequestSchema = Type.Object(
  { id: requestId, ...play, speed: Type.Number({ minimum: SPEEDS[0], maximum: SPEEDS[SPEEDS.length - 1] }) },
  { additionalProperties: false },
);
export type SimulationRequest = Static<typeof SimulationRequestSchema>;

/** Its answer, 202: the simulator is asked; what comes of it is an event of the topic simulation that has its id. */
export interface SimulationAccepted {
  readonly id: string;
  readonly bed: string;
}

/**
 * ecg.simulation.v1: a screen asks for something (`asked`), and the simulator that plays the bed says what it plays from then
 * on (`played`: also at its start and to who asks for nothing else) or why not (`refused`: as before).
 */
export const SimulationSchema = Type.Object(
  {
    bed: identifier,
    id: requestId,
    atMs: Type.Number({ description: "when it was asked or answered, Unix ms" }),
    // One that is not known is no answer.
    phase: growing(["asked", "played", "refused"]),
    ...play,
    speed: nullable(Type.Number({ exclusiveMinimum: 0 }), {
      default: null,
      description: "times real time; null: as fast as the bus takes it",
    }),
    reason: nullable(Type.String({ maxLength: 400 }), { default: null, description: "of a refusal" }),
    records: Type.Array(Type.String({ maxLength: 64 }), {
      maxItems: 256,
      default: [],
      description: "that may be asked for",
    }),
    noise: Type.Array(Type.String({ maxLength: 16 }), {
      maxItems: 16,
      default: [],
      description: "kinds of recorded noise that are there",
    }),
  },
  { $id: "Simulation", additionalProperties: false },
);
export type Simulation = Static<typeof SimulationSchema>;
