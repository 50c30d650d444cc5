import { DisplayFilter, type DisplayFilterName } from "../../client/trace/samples/display-filter.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import { beatIntervals } from "../../signal/median-beat/intervals.ts";
import { medianBeat } from "../../signal/median-beat/median-beat.ts";

/** What a display filter makes of the generator's sinus beats: filtered less unfiltered, mV, the median over a minute's beats. */
export interface FilterShift {
  /** ST 60 ms behind J, against the level before the QRS. */
  readonly stMv: number;
  readonly rMv: number;
}

const ST_BEHIND_J_MS = 60;
const BEFORE_QRS_MS = 10;
/** The filter's beginning is left out. */
const FIRST_BEAT = 12;

/** Without noise and wander, so that the filter alone makes the difference. Throws where the beats can't be measured, which is a fault of the generator. */
export function filterShift(filter: DisplayFilterName, bpm: number, samplingRateHz: number): FilterShift {
  const script = [{ rhythm: "sinus", seconds: 60, bpm }] as const;
  const { leads, annotations } = syntheticRecord(script, { samplingRateHz, seed: 1, noiseMv: 0, wanderMv: 0 });
  const [{ samples, baselineAdu, gainAduPerMv }] = leads;
  const raw = Float64Array.from(samples, (adu) => (adu - baselineAdu) / gainAduPerMv);
  const display = new DisplayFilter(samplingRateHz, filter);
  const shown = raw.map((mv) => display.push(mv));
  const peaks = annotations.filter(({ symbol }) => symbol === "N").map(({ sample }) => sample);
  const whole = peaks.slice(FIRST_BEAT, -1);
  const beat = medianBeat((at) => raw[at], samplingRateHz, whole);
  const intervals = beat && beatIntervals(beat, 60_000 / bpm);
  if (!intervals) throw new Error(`no beat of ${bpm}/min can be measured`);
  const { qrsOnsetMs, qrsMs } = intervals;
  const changeAt = (ms: number): number => {
    const place = (peak: number, at: number): number => Math.round(peak + (at / 1000) * samplingRateHz);
    const level = (of: Float64Array, peak: number): number =>
      of[place(peak, ms)] - of[place(peak, qrsOnsetMs - BEFORE_QRS_MS)];
    const changes = whole.map((peak) => level(shown, peak) - level(raw, peak)).sort((a, b) => a - b);
    return changes[Math.floor(changes.length / 2)];
  };
  return { stMv: changeAt(qrsOnsetMs + qrsMs + ST_BEHIND_J_MS), rMv: changeAt(0) };
}
