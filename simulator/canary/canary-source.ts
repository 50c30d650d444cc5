import { CANARY_SOURCE } from "../../contracts/canary.ts";
import type { Script } from "../../data/synthetic/script.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import type { Source } from "../source.ts";

/** As slow as the chain reads well: a canary is to cost next to nothing. */
const RATE_HZ = 125;
/** Four sinus beats, four ventricular ones: 5 s, in which a ventricular run begins and ends. */
const RUN_BEATS = 4;
const TURN: Script = [
  { rhythm: "sinus", seconds: 3.2, bpm: 80, bpmDeviation: 0 },
  { rhythm: "vt", beats: RUN_BEATS, bpm: 140 },
];
/** From the cut to the first ventricular R peak: in the pause between two beats, where one turn joins the next. */
const BEFORE_RUN_SECONDS = 0.9;

/** One turn of a canary's heart, to be played over and over: its end joins its beginning. Without annotations. */
export function canarySource(): Source {
  const turns = [...TURN, ...TURN, ...TURN, ...TURN];
  const options = { samplingRateHz: RATE_HZ, seed: 7, leads: ["MLII"], wanderMv: 0, noiseMv: 0.01 };
  const { leads, annotations } = syntheticRecord(turns, options);
  const runs = annotations.filter(({ symbol }) => symbol === "V").filter((_, beat) => beat % RUN_BEATS === 0);
  const cuts = runs.map(({ sample }) => sample - Math.round(BEFORE_RUN_SECONDS * RATE_HZ));
  return {
    name: CANARY_SOURCE,
    samplingRateHz: RATE_HZ,
    leads: leads.map((lead) => ({ ...lead, samples: lead.samples.slice(cuts[2], cuts[3]) })),
    annotations: [],
  };
}
