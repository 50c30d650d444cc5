import type { Beat } from "../../contracts/beat.ts";
import { isHeardAs } from "../../contracts/epoch.ts";
import { BedsideError } from "../../contracts/errors.ts";
import type { Frame } from "../../contracts/frame.ts";
import type { Explanation } from "../../contracts/provenance.ts";
import type { RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import type { Classifier } from "../../model/classifier.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { CHAIN_RATE_HZ, WINDOW_R_INDEX } from "../../signal/events.ts";
import { ecgLeads } from "../../signal/leads.ts";
import { NOISE_MEASURES } from "../../signal/quality/measures.ts";
import type { BeatToClassify } from "../pipeline/bed/bed-event.ts";
import { Beds } from "../pipeline/bed/beds.ts";
import { batchClassifier } from "../pipeline/classify-batch.ts";
import { conclude, interpretWith } from "../pipeline/interpret.ts";
import type { HeardWork, Provenance } from "../pipeline/work.ts";
import { type Judged, occlude } from "./occlusion.ts";
import { filteredAround, leadSignal, rawAround } from "./signal-around.ts";

/** Stands for the bus where there is none. */
const NOWHERE: Provenance = { partition: 0, offset: 0, receivedAtMs: 0, assignment: 0 };
/** An R peak that is found anew may lie so far from where it was told to. */
const SAME_BEAT_SECONDS = 0.02;
/** Beats after which the rest of the process has its turn. */
const TURN_BEATS = 16;

/**
 * Hears the frames once more, through the same chain, model and rules as live, and tells what was before the model when it
 * judged the beat. `frames`: of the beat's epoch, from as long before it as there are to two seconds behind it at least, in order.
 * Throws BAD_ARGUMENT where the beat is not found in them.
 */
export async function explainBeat(
  frames: readonly Frame[],
  beat: Beat,
  classifier: Classifier,
  policy?: RhythmPolicy,
): Promise<Explanation> {
  const own = frames.filter(({ epoch }) => isHeardAs(epoch, beat.epoch));
  const first = own.at(0);
  const signal = leadSignal(own, beat.lead);
  if (!first || !signal)
    throw notFound(beat, `its signal is not kept: no frame of epoch ${beat.epoch} with lead ${beat.lead}`);
  const found = await hearAgain(own, beat, classifier, policy);
  if (!found) throw notFound(beat, "no such QRS is found again: twelve seconds of signal before a beat are needed");
  const { judged, event, anew } = found;
  return {
    anew: {
      beatClass: anew.beatClass,
      probabilities: anew.probabilities,
      quality: anew.quality,
      model: classifier.info.hash,
      heardSeconds: (beat.sample - first.firstSample) / first.samplingRateHz,
      fromEpochStart: first.firstSample === 0,
      difference: Math.max(
        ...(["N", "S", "V", "F"] as const).map((one) => Math.abs(anew.probabilities[one] - beat.probabilities[one])),
      ),
    },
    raw: rawAround(signal, beat.sample),
    filtered: filteredAround(signal, beat.sample),
    window: { samplingRateHz: CHAIN_RATE_HZ, rIndex: WINDOW_R_INDEX, values: [...judged.window] },
    features: named(FEATURE_NAMES, event.event.features),
    noise: named(NOISE_MEASURES, event.event.noise),
    occlusion: await occlude(classifier, judged),
  };
}

interface Found {
  readonly judged: Judged;
  readonly event: BeatToClassify;
  readonly anew: Beat;
}

/** Puts the frames through a bed of their own, up to the beat. */
async function hearAgain(
  frames: readonly Frame[],
  beat: Beat,
  classifier: Classifier,
  policy: RhythmPolicy | undefined,
): Promise<Found | null> {
  // From the first frame on all is told: what a worker that takes over withholds is no matter here.
  const beds = new Beds(classifier.info.stateSize, {
    chooseLeads: (leads) =>
      heardFirst(
        ecgLeads(leads),
        leads.findIndex(({ name }) => name === beat.lead),
      ),
    ...(policy && { policyOf: () => policy }),
  });
  const bed = beds.bed(beat.bed, 0);
  const classify = batchClassifier(classifier);
  const interpret = interpretWith(classifier);
  const within = SAME_BEAT_SECONDS * beat.samplingRateHz;
  let beats = 0;
  const take = async (work: HeardWork): Promise<Found | null> => {
    let found: Pick<Found, "judged" | "event"> | null = null;
    for (const event of work.events) {
      if (event.type !== "beat") continue;
      const recurrent = work.epoch.recurrent[event.lead];
      const isOwn =
        work.epoch.leadNames[event.lead] === beat.lead && Math.abs(event.event.sample - beat.sample) <= within;
      if (isOwn) {
        const { window, features } = event.event;
        found = { event, judged: { window, features, recurrent: Float32Array.from(recurrent) } };
      }
      await classify([{ recurrent, beat: event }]);
      if (++beats % TURN_BEATS === 0) await new Promise(setImmediate);
    }
    const said = conclude(work, interpret);
    const told = said.flatMap(({ topic, data }) => (topic === "beats" ? [data] : []));
    const anew = found && told.find(({ sample }) => sample === found.event.event.sample);
    return found && anew ? { ...found, anew } : null;
  };
  const works = function* (): Generator<HeardWork> {
    for (const frame of frames) yield* bed.push({ ...frame, last: false }, NOWHERE);
    yield* bed.endEpoch(null);
  };
  for (const work of works()) {
    const found = await take(work);
    if (found) return found;
  }
  return null;
}

/** The leads with this one before the others. */
const heardFirst = (leads: readonly number[], heard: number): number[] => [
  heard,
  ...leads.filter((lead) => lead !== heard),
];

const named = (names: readonly string[], values: Float32Array) =>
  names.slice(0, values.length).map((name, i) => ({ name, value: values[i] }));

const notFound = ({ id }: Beat, why: string): BedsideError =>
  new BedsideError("BAD_ARGUMENT", `beat ${id} cannot be made anew: ${why}`);
