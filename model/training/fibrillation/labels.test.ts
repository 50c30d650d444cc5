import { expect, test } from "vitest";
import { annotatedSeconds } from "./labels.ts";

const RATE = 250;
const rhythm = (atS: number, aux: string) => ({
  sample: atS * RATE,
  symbol: "+",
  subtype: 0,
  channel: 0,
  number: 0,
  aux,
});

test("a second is labelled where it and what came before it hold one rhythm", () => {
  const label = annotatedSeconds([rhythm(0, "(N"), rhythm(20, "(VFL"), rhythm(40, "(VT\0")], RATE);
  expect([10, 19, 22, 26, 39, 42, 50].map(label)).toEqual([
    "other",
    "other",
    "unsaid",
    "fibrillation",
    "fibrillation",
    "unsaid",
    "tachycardia",
  ]);
});

test("noise is no fibrillation, but beside it says nothing", () => {
  const alone = annotatedSeconds([rhythm(0, "(N"), rhythm(20, "(NOISE"), rhythm(40, "(N")], RATE);
  const beside = annotatedSeconds([rhythm(0, "(N"), rhythm(20, "(NOISE"), rhythm(40, "(VFIB")], RATE);
  expect([alone(30), beside(30)]).toEqual(["other", "unsaid"]);
});
