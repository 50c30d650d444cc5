import type { Bed } from "../../server/pipeline/bed/bed.ts";
import type { BeatToClassify, BedEvent } from "../../server/pipeline/bed/bed-event.ts";
import type { BedEpoch } from "../../server/pipeline/bed/epoch.ts";
import type { HeardWork } from "../../server/pipeline/bed/heard-work.ts";
import type { BeatEvent } from "../../signal/events.ts";

/** A beat as a chain hears it: a plain one, but for what is told of it. */
export function heardBeat(sample: number, told: Partial<BeatEvent> = {}): BeatToClassify {
  const event: BeatEvent = {
    type: "beat",
    sample,
    decidedAt: sample + 150,
    rrMs: 800,
    heartRateBpm: 75,
    foundLate: false,
    signalQuality: 1,
    pWave: null,
    noise: new Float32Array(0),
    window: new Float32Array(0),
    features: new Float32Array(0),
    ...told,
  };
  return { type: "beat", event, lead: 0, isHeard: true, probabilities: null };
}

/** A work of a part of an epoch, as far as the stages behind the signal look at it. */
export const heardWork = (epoch: Partial<BedEpoch>, events: readonly BedEvent[]): HeardWork => ({
  type: "heard",
  bed: {} as Bed,
  epoch: epoch as BedEpoch,
  events,
  producedAtMs: null,
  provenance: null,
  offset: null,
  progress: null,
  finishesMessage: false,
});
