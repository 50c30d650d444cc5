import { ROW_SAMPLES } from "../../contracts/beat-csv/format.ts";

const RATE_HZ = 125;
/** A row begins at its R peak and holds 1.2 RR, so that the next beat's R is in it (Kachuee et al. 2018). */
const ROW_PER_RR = 1.2;

interface Shape {
  readonly label: number;
  readonly rrMs: number;
  /** Waves of the beat: ms from R, height in R's of a normal beat, width in ms (sd). */
  readonly waves: readonly (readonly [atMs: number, height: number, widthMs: number])[];
}

const P = [-165, 0.14, 22] as const;
const QRS = [
  [-28, -0.12, 9],
  [0, 1, 11],
  [30, -0.2, 11],
] as const;
const T = [270, 0.26, 42] as const;

const NORMAL: Shape = { label: 0, rrMs: 810, waves: [P, ...QRS, T] };
const EARLY: Shape = { label: 1, rrMs: 520, waves: [...QRS, T] };
const WIDE: Shape = {
  label: 2,
  rrMs: 980,
  waves: [
    [0, 1.15, 38],
    [110, -0.45, 45],
    [300, -0.34, 60],
  ],
};
const ORDER = [NORMAL, NORMAL, NORMAL, EARLY, NORMAL, WIDE];

/**
 * A CSV file of made-up beats to try the page with: sums of bell curves, not recordings; the last cell of a row is its
 * label. One row has text in a cell, so that a refusal is seen too.
 */
export function exampleCsv(beats = 120, seed = 1): string {
  const random = generator(seed);
  const lines = Array.from({ length: beats }, (_, i) => rowOf(ORDER[i % ORDER.length], random));
  lines.splice(40, 0, ["n/a", ...Array.from({ length: ROW_SAMPLES }, () => "0")].join(","));
  return `${lines.join("\n")}\n`;
}

function rowOf({ label, rrMs, waves }: Shape, random: () => number): string {
  const rr = rrMs * (0.94 + 0.12 * random());
  const drift = 0.04 * (random() - 0.5);
  const length = Math.min(ROW_SAMPLES, Math.round((ROW_PER_RR * rr * RATE_HZ) / 1000));
  const raw = Array.from({ length }, (_, i) => {
    const ms = (1000 * i) / RATE_HZ;
    const own = heightAt(waves, ms);
    const next = heightAt(NORMAL.waves, ms - rr);
    return own + next + drift * Math.sin(ms / 180) + 0.012 * (random() - 0.5);
  });
  const low = Math.min(...raw);
  const span = Math.max(...raw) - low;
  const cells = Array.from({ length: ROW_SAMPLES }, (_, i) => (i < length ? ((raw[i] - low) / span).toFixed(4) : "0"));
  return [...cells, label].join(",");
}

const heightAt = (waves: Shape["waves"], ms: number): number =>
  waves.reduce((sum, [at, height, width]) => sum + height * Math.exp(-((ms - at) ** 2) / (2 * width * width)), 0);

/** Numbers from 0 to 1, the same for the same seed (Park and Miller's). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
