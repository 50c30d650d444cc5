import { type Static, Type } from "typebox";
import { growing, identifier, nullable } from "./schema.ts";

/** Whether a screen's sound can play: `none`, it has none; `blocked`, its browser waits for somebody to touch the page. */
export const SOUNDS = ["none", "ready", "blocked"] as const;
const sound = growing(SOUNDS, { unknownAs: "none" });

/**
 * starting: it has not confirmed yet, or its connection broke a moment ago; watching: it confirms what it draws; hidden: nobody can see
 * the page, which confirms nothing; silent: it does not confirm any more, or has not come back.
 */
export const SCREEN_STATES = ["starting", "watching", "hidden", "silent"] as const;
export type ScreenState = (typeof SCREEN_STATES)[number];

/** A page that shows the ward, as its gateway knows it. Times are ages, so that no two clocks need agree. */
export const ScreenSchema = Type.Object({
  name: identifier,
  state: Type.Unsafe<string>(growing(SCREEN_STATES)),
  sound,
  /** Since what it last confirmed was sent to it. */
  ageMs: nullable(Type.Number({ minimum: 0 }), { default: null }),
});
export type Screen = Static<typeof ScreenSchema>;

/** ecg.proofs.v1, keyed by gateway: what a gateway sees of the canaries, and its screens. Every 2 s. */
export const ProofSchema = Type.Object(
  {
    gateway: identifier,
    leaving: Type.Boolean({ default: false, description: "it shuts down, and is not to be missed" }),
    canaries: Type.Array(
      Type.Object({
        partition: Type.Integer({ minimum: 0 }),
        ageMs: nullable(Type.Number({ minimum: 0, description: "since a canary's alarm came" }), { default: null }),
      }),
      { maxItems: 256 },
    ),
    screens: Type.Array(ScreenSchema, { maxItems: 256 }),
  },
  { $id: "Proof", additionalProperties: false },
);
export type Proof = Static<typeof ProofSchema>;

/** What is broken between a bed's signal and the screens. */
export const FaultSchema = Type.Object(
  {
    id: Type.String({ maxLength: 128 }),
    stage: Type.Unsafe<string>(
      growing(["source", "worker", "gateway", "screen", "sound"], {
        description:
          "source: the canary's frames do not come (simulator or bus); worker: frames come, and no alarms of them; gateway: another " +
          "gateway is silent; screen: one does not confirm; sound: one can't sound",
      }),
    ),
    message: Type.String({ maxLength: 400, description: "for people" }),
    sinceMs: Type.Number({ description: "Unix ms at the gateway" }),
  },
  { $id: "Fault" },
);
export type Fault = Static<typeof FaultSchema>;
