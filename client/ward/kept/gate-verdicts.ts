import type { Beat } from "../../../contracts/beat.ts";

/** What a model's gate made of one beat. */
export interface GateVerdict {
  readonly timeMs: number;
  readonly isRejected: boolean;
  readonly model: string;
}

const WINDOW_MS = 300_000;
/** Beats of it at the fastest. */
const MOST = 1500;

/** Of a bed's beats of the last five minutes, in the order of their times: far less than the beats, which are not kept for so long. */
export class GateVerdicts {
  readonly all: GateVerdict[] = [];

  /** Takes a beat's, once: no two beats of a bed have one time. */
  add({ timeMs, beatClass, model }: Beat): void {
    const { all } = this;
    let place = all.length;
    while (place > 0 && all[place - 1].timeMs > timeMs) place--;
    if (place > 0 && all[place - 1].timeMs === timeMs) return;
    const last = all.at(-1)?.model;
    // Each message brings a text of its own: one is enough.
    all.splice(place, 0, { timeMs, isRejected: beatClass === "Q", model: last === model ? last : model });
    const oldestMs = all[all.length - 1].timeMs - WINDOW_MS;
    let gone = Math.max(0, all.length - MOST);
    while (all[gone].timeMs <= oldestMs) gone++;
    all.splice(0, gone);
  }
}
