import type { BeatClass } from "../../contracts/beat.ts";
import type { GapEvent, QrsEvent, QualityEvent, WaveformEvent } from "../../signal/events.ts";
import type { ConditionChange, EmitChange, HeardBeat, RhythmMonitor } from "../../signal/rhythm/monitor.ts";

/** For tests: what a bed's chain and classifier would say of a heart that is told beat by beat. */
export type Stretch =
  | {
      readonly bpm: number;
      readonly beats: number;
      readonly beatClass?: BeatClass;
      readonly quality?: number;
      readonly pWave?: number | null;
      readonly state?: QualityEvent["state"];
      readonly isSuspect?: boolean;
    }
  | { readonly silent: number; readonly state?: QualityEvent["state"]; readonly fibrillation?: number }
  | { readonly gap: number };

export type Input =
  | { readonly type: "qrs"; readonly decidedAt: number; readonly event: QrsEvent }
  | { readonly type: "beat"; readonly decidedAt: number; readonly event: HeardBeat }
  | { readonly type: "quality"; readonly decidedAt: number; readonly event: QualityEvent }
  | { readonly type: "waveform"; readonly decidedAt: number; readonly event: WaveformEvent }
  | { readonly type: "gap"; readonly decidedAt: number; readonly event: GapEvent };

export interface Scripted {
  /** In order of decision. */
  readonly inputs: readonly Input[];
  readonly length: number;
  /** Where each stretch begins, s; its first beat comes at once. */
  readonly startsS: readonly number[];
}

/** QRS are decided 0.25 s after R, beats 1.1 s, qualities 0.1 s after their second. */
export function scriptedEvents(stretches: readonly Stretch[], rateHz: number): Scripted {
  const inputs: Input[] = [];
  const startsS: number[] = [];
  const states: { toS: number; state: QualityEvent["state"] | null; fibrillation: number; isSuspect?: boolean }[] = [];
  const at = (seconds: number): number => Math.round(seconds * rateHz);
  let now = 0;
  let last: number | null = null;
  for (const stretch of stretches) {
    startsS.push(now);
    if ("gap" in stretch) {
      const [from, to] = [at(now), at(now + stretch.gap)];
      inputs.push({ type: "gap", decidedAt: to, event: { type: "gap", from, to, decidedAt: to } });
      now += stretch.gap;
      last = null;
      states.push({ toS: now, state: null, fibrillation: 0 });
    } else if ("silent" in stretch) {
      now += stretch.silent;
      states.push({ toS: now, state: stretch.state ?? "good", fibrillation: stretch.fibrillation ?? 0 });
    } else {
      const { bpm, beats, beatClass = "N", quality = 1, pWave = null, isSuspect = false } = stretch;
      for (let beat = 0; beat < beats; beat++) {
        const sample = at(now);
        const rrMs: number | null = last === null ? null : ((sample - last) / rateHz) * 1000;
        const [early, late] = [at(now + 0.25), at(now + 1.1)];
        inputs.push({
          type: "qrs",
          decidedAt: early,
          event: { type: "qrs", sample, decidedAt: early, rrMs, foundLate: false },
        });
        inputs.push({
          type: "beat",
          decidedAt: late,
          event: { sample, decidedAt: late, beatClass, rrMs, quality, ventricular: beatClass === "V" ? 1 : 0, pWave },
        });
        last = sample;
        now += 60 / bpm;
      }
      states.push({ toS: now, state: stretch.state ?? "good", fibrillation: 0, isSuspect });
    }
  }
  for (let second = 1; second <= now; second++) {
    const stretch = states.find(({ toS }) => toS > second - 0.5);
    if (!stretch?.state) continue;
    const { state, fibrillation, isSuspect = false } = stretch;
    const decidedAt = at(second + 0.1);
    const signalQuality = state === "good" ? 0.9 : 0.1;
    inputs.push({
      type: "quality",
      decidedAt,
      event: { type: "quality", sample: at(second), decidedAt, signalQuality, state, isSuspect },
    });
    inputs.push({
      type: "waveform",
      decidedAt,
      event: { type: "waveform", sample: at(second), decidedAt, fibrillation },
    });
  }
  inputs.sort((a, b) => a.decidedAt - b.decidedAt);
  return { inputs, length: at(now), startsS };
}

export function feed(monitor: RhythmMonitor, input: Input, emit: EmitChange): void {
  if (input.type === "qrs") monitor.qrs(input.event, emit);
  else if (input.type === "beat") monitor.beat(input.event, emit);
  else if (input.type === "quality") monitor.quality(input.event, emit);
  else if (input.type === "waveform") monitor.waveform(input.event, emit);
  else monitor.gap(input.event, emit);
}

/** All changes, with `advance` called every `frame` samples, and `end` 2 s after the script. */
export function play(
  monitor: RhythmMonitor,
  { inputs, length }: Scripted,
  rateHz: number,
  frame: number,
): ConditionChange[] {
  const changes: ConditionChange[] = [];
  const emit: EmitChange = (change) => void changes.push(change);
  const end = length + 2 * rateHz;
  let next = 0;
  for (let from = 0; from < end; from += frame) {
    const to = Math.min(from + frame, end);
    while (next < inputs.length && inputs[next].decidedAt < to) feed(monitor, inputs[next++], emit);
    monitor.advance(to, emit);
  }
  monitor.end(end, emit);
  return changes;
}
