import { expect, test } from "vitest";
import { beatAt, conditionAt, frameAt } from "../../testing/gateway/messages.ts";
import { countBeds } from "./bed-states.ts";
import { Ward } from "./ward.ts";

const SECOND = 1000;
const START = 100 * SECOND;

/** Frames of each bed, one a second, and beats of those that a worker hears, until `seconds` have gone by. */
function play(ward: Ward, seconds: number, beds: Readonly<Record<string, "heard" | "unheard">>): number {
  for (let n = 0; n < seconds; n++) {
    const nowMs = START + n * SECOND;
    for (const [bed, how] of Object.entries(beds)) {
      ward.frame(frameAt(bed, n), nowMs, n);
      if (how === "heard") ward.toldOf(beatAt(bed, n * 250), nowMs).beat(beatAt(bed, n * 250));
    }
  }
  return START + (seconds - 1) * SECOND;
}

const countsOf = (ward: Ward, nowMs: number) =>
  Object.fromEntries([...countBeds(ward, nowMs)].filter(([, beds]) => beds > 0));

test("beds that are heard, and those whose frames no worker takes", () => {
  const ward = new Ward();
  const nowMs = play(ward, 40, { b1: "heard", b2: "heard", b3: "unheard" });
  expect(countsOf(ward, nowMs)).toEqual({ heard: 2, "no-worker": 1 });
});

test("a bed that falls silent is without frames, or without data once a worker says so", () => {
  const ward = new Ward();
  const nowMs = play(ward, 5, { b1: "heard", b2: "heard" }) + 11 * SECOND;
  const noData = conditionAt("b2", "no-data", "begin", 1250);
  ward.toldOf(noData, nowMs, false).condition(noData);
  expect(countsOf(ward, nowMs)).toEqual({ "no-frames": 1, "no-data": 1 });
});

test("refused beds are counted apart, one whose recording is over is idle", () => {
  const ward = new Ward();
  ward.refuse("b1", { code: "BAD_FRAME", message: "", offset: null }, START);
  ward.frame({ ...frameAt("b2", 0), last: true }, START, 0);
  expect(countsOf(ward, START + SECOND)).toEqual({ refused: 1, heard: 1 });
  expect(countsOf(ward, START + 11 * SECOND)).toEqual({ refused: 1, idle: 1 });
});

test("states without a bed are told as 0", () => {
  expect([...countBeds(new Ward(), 0)]).toEqual(
    ["heard", "no-data", "refused", "no-worker", "no-frames", "idle"].map((state) => [state, 0]),
  );
});
