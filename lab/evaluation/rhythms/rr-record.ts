import { type ConditionChange, createRhythmMonitor } from "../../../signal/rhythm/monitor.ts";

/** A QRS is known so long after its R peak, and a beat with the next R peak or after so long at the latest. */
const QRS_DELAY_SECONDS = 0.3;
const BEAT_DELAY_SECONDS = 2;

/**
 * What the rhythm monitor says where R peaks are all that is left of a recording: each is heard as a QRS and as a beat of class N with a
 * clean signal about it, as late as live. What needs the waveform (P waves, classes, quality) is not known.
 * `peaks`: sample indices in order; `length`: of the recording, samples.
 */
export function runPeaks(
  peaks: readonly number[],
  { samplingRateHz, length }: { readonly samplingRateHz: number; readonly length: number },
): ConditionChange[] {
  const monitor = createRhythmMonitor({ samplingRateHz });
  const changes: ConditionChange[] = [];
  const emit = (change: ConditionChange): void => void changes.push(change);
  const rrMs = (i: number): number | null => (i > 0 ? ((peaks[i] - peaks[i - 1]) / samplingRateHz) * 1000 : null);
  const qrsAt = (i: number): number =>
    i < peaks.length ? Math.round(peaks[i] + QRS_DELAY_SECONDS * samplingRateHz) : Number.POSITIVE_INFINITY;
  const beatAt = (i: number): number =>
    i < peaks.length
      ? Math.min(qrsAt(i + 1), Math.round(peaks[i] + BEAT_DELAY_SECONDS * samplingRateHz))
      : Number.POSITIVE_INFINITY;
  const secondAt = (i: number): number => Math.round(i * samplingRateHz);

  let [qrs, beat, second] = [0, 0, 1];
  for (;;) {
    const next = Math.min(qrsAt(qrs), beatAt(beat), secondAt(second));
    if (next > length) break;
    if (next === secondAt(second)) {
      const good = { type: "quality", signalQuality: 1, state: "good", isSuspect: false } as const;
      monitor.quality({ ...good, sample: next, decidedAt: next }, emit);
      second++;
    } else if (next === qrsAt(qrs)) {
      monitor.qrs({ type: "qrs", sample: peaks[qrs], decidedAt: next, rrMs: rrMs(qrs), foundLate: false }, emit);
      qrs++;
    } else {
      monitor.beat(
        {
          sample: peaks[beat],
          beatClass: "N",
          rrMs: rrMs(beat),
          quality: 1,
          ventricular: 0,
          decidedAt: next,
          pWave: null,
        },
        emit,
      );
      beat++;
    }
  }
  monitor.end(length, emit);
  return changes;
}
