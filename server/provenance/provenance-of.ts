import type { Beat } from "../../contracts/beat.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { decodeFrame } from "../../contracts/frame.ts";
import { splitFrames } from "../../contracts/frame-stream.ts";
import type { Provenance, Rule } from "../../contracts/provenance.ts";
import type { RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import { TOPICS } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import type { History } from "../history/history.ts";
import { explainBeat } from "./explain-beat.ts";

/** Signal that is heard before a beat, and behind it: what a window and the next R peak need. */
const BEFORE_MS = 60_000;
const BEHIND_MS = 4000;
/** An alarm may have been raised so long before the condition that it stands for now, by one that this one contains. */
const RAISED_BEFORE_MS = 60_000;

/** The alarm policy of a bed. */
export type PolicyOf = (bed: string) => RhythmPolicy;

/**
 * Where the beat of that id comes from, and what came of it; null where it is not kept. `policyOf` is this process's: the answer says
 * whether it is the one that the bed had. Rejects with HISTORY_UNAVAILABLE.
 */
export async function provenanceOf(
  id: string,
  history: Pick<History, "read">,
  openClassifier: () => Promise<Classifier>,
  policyOf: PolicyOf,
): Promise<Provenance | null> {
  const kept = await history.read("beat", id);
  if (!kept) return null;
  const { beat, meta } = kept;
  const { bed, timeMs } = beat;
  const signal = await history.read("signal", bed, timeMs - BEFORE_MS, timeMs + BEHIND_MS, false);
  const frames = [...splitFrames(signal)].map(decodeFrame);
  const classifier = await openClassifier();
  const policy = policyOf(bed);
  const { rhythms } = await history.read("conditions", bed, timeMs, timeMs + 1);
  const told = rhythms.findLast(({ epoch }) => epoch === beat.epoch)?.policy ?? null;
  const explained = await explainBeat(frames, beat, classifier, policy).then(
    (explanation) => ({ explanation, why: null }),
    (error: unknown) => {
      if (!(error instanceof BedsideError)) throw error;
      return { explanation: null, why: error.message };
    },
  );
  return {
    beat,
    meta: { topic: TOPICS.beats, ...meta },
    ...explained,
    policy: { told, heard: policy.label },
    rules: await rulesOf(beat, history),
  };
}

async function rulesOf(beat: Beat, history: Pick<History, "read">): Promise<Rule[]> {
  const { bed, timeMs } = beat;
  const naming = await history.read("conditionsNaming", beat);
  const { conditions: open } = await history.read("conditions", bed, timeMs, timeMs + 1);
  // Its beats may be other ones as a condition goes on: the last change that names the beat is shown.
  const all = new Map([...open.map(({ condition }) => condition), ...naming].map((one) => [one.id, one]));
  if (all.size === 0) return [];
  const beginMs = Math.min(...[...all.values()].map(({ beginTimeMs }) => beginTimeMs));
  const steps = await history.read("alarmSteps", bed, beginMs - RAISED_BEFORE_MS, [...all.keys()]);
  const alarmOf = (condition: string): string | undefined =>
    steps.find(({ alarm }) => alarm?.condition === condition)?.alarm?.id;
  return [...all.values()].map((condition) => ({
    condition,
    named: naming.some(({ id }) => id === condition.id),
    steps: steps.filter(({ alarm }) => alarm?.id === (alarmOf(condition.id) ?? condition.id)),
  }));
}
