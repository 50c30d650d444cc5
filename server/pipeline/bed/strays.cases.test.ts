import { expect, test } from "vitest";
import { decodeFrame, encodeFrame, type Frame, frameEnd } from "../../../contracts/frame.ts";
import { framesOf, RATE } from "../../../testing/pipeline/frames.ts";
import { hearBed } from "../../../testing/pipeline/hear-bed.ts";

const FRAME = 50;
const DAY = 86_400 * RATE;
const START_MS = 1_700_000_000_000;

/** Frames of 0.2 s that say when they were made; not one of them is the last. */
const made = (frames: readonly Frame[], startMs = START_MS): Frame[] =>
  frames.map((frame) => ({
    ...frame,
    epochStartMs: startMs,
    producedAtMs: startMs + (frameEnd(frame) / RATE) * 1000,
    last: false,
  }));
const all = made(framesOf("b1", FRAME));
const truth = hearBed(all);

const moved = (frame: Frame, change: Partial<Frame>): Frame => ({ ...frame, ...change });
const shifted = (frames: readonly Frame[], by: number): Frame[] =>
  frames.map((frame) => moved(frame, { firstSample: frame.firstSample + by }));
const withStray = (at: number, stray: Frame): Frame[] => [...all.slice(0, at), stray, ...all.slice(at)];
const samples = (beats: readonly string[]): number[] => beats.map((id) => Number(id.split("/")[1]));

test("what is tried here is a bed with beats", () => {
  expect(truth.beats.length).toBeGreaterThan(70);
  expect(truth.dead).toEqual([]);
});

test.each([1, 2, 100, 344])(
  "a frame far ahead, behind frame %d, is refused and costs nothing of the true ones",
  (at) => {
    for (const ahead of [300, 5 * RATE, 3600 * RATE, DAY - RATE, DAY + RATE, 1000 * DAY]) {
      const stray = moved(all[at], { firstSample: all[at].firstSample + ahead });
      const heard = hearBed(withStray(at, stray));
      expect(heard.beats).toEqual(truth.beats);
      expect(heard.dead).toEqual([`e/${stray.firstSample}`]);
      expect(heard.discarded).toEqual([]);
    }
  },
);

test("beyond 24 h a jump is refused though the next frame continues it; up to there it is a gap then", () => {
  const jump = (by: number): Frame[] => [...all.slice(0, 100), ...shifted(all.slice(100), by)];
  const far = hearBed(jump(DAY + RATE).slice(0, 104));
  expect(far.dead).toHaveLength(4);
  expect(far.reasons[0]).toMatch(/24\.0 h ahead of the epoch's 5000: begin another epoch/);
  expect(far.positions.at(-1)).toBe(5000);
  const near = hearBed(jump(DAY - RATE));
  expect(near.dead).toEqual([]);
  const behind = samples(truth.beats).filter((sample) => sample > 5000 + 3 * RATE);
  expect(samples(near.beats).filter((sample) => sample > 5000 + DAY + 2 * RATE)).toEqual(
    behind.map((sample) => sample + DAY - RATE),
  );
});

test("who goes on 24 h ahead is heard again within seconds, as an epoch of its own", () => {
  const heard = hearBed([...all.slice(0, 100), ...shifted(all.slice(100), 30 * DAY)]);
  expect(heard.dead.length).toBeLessThanOrEqual(3 * (RATE / FRAME));
  expect(heard.mended).toMatchObject([{ bed: "b1", epoch: "e", reason: "out of step" }]);
  expect(heard.beats.length).toBeGreaterThan(truth.beats.length - 12);
  expect(new Set(heard.beats).size).toBe(heard.beats.length);
});

test("the same frame twice is no witness of itself", () => {
  const stray = moved(all[100], { firstSample: all[100].firstSample + 60 * RATE });
  const heard = hearBed([...all.slice(0, 100), stray, stray, ...all.slice(100)]);
  expect(heard.beats).toEqual(truth.beats);
  expect(heard.dead).toHaveLength(1);
  expect(heard.discarded).toEqual(["duplicate"]);
});

test("a stray within the second that frames are waited for costs one frame's samples at the most", () => {
  for (const ahead of [20, 130, 250]) {
    const at = all[100].firstSample + ahead;
    const heard = hearBed(withStray(100, moved(all[20], { firstSample: at })));
    expect(heard.positions.at(-1)).toBe(truth.positions.at(-1));
    const apart = (beats: readonly number[]): number[] => beats.filter((one) => one < at - RATE || one > at + 3 * RATE);
    expect(apart(samples(heard.beats))).toEqual(apart(samples(truth.beats)));
  }
});

test("a frame of another epoch is refused, the epoch under way goes on", () => {
  for (const at of [1, 2, 200]) {
    const heard = hearBed(withStray(at, moved(all[0], { epoch: "x" })));
    expect(heard.beats).toEqual(truth.beats);
    expect(heard.dead).toEqual(["x/0"]);
    expect(heard.reasons[0]).toMatch(/epoch x: it belongs at 0\.0 s of an epoch of that name/);
  }
});

test("another epoch that goes on loses nothing, whether the one before said that it ends or not", () => {
  const second = all.map((frame) => moved(frame, { epoch: "e-2" }));
  const both = [...truth.beats, ...truth.beats.map((id) => id.replace("e/", "e-2/"))];
  const last = moved(all[all.length - 1], { last: true });
  for (const first of [all, [...all.slice(0, -1), last]]) {
    const heard = hearBed([...first, ...second]);
    expect(heard.beats).toEqual(both);
    expect(heard.dead).toEqual([]);
    expect(heard.mended).toEqual([]);
  }
});

test("frames behind one that was not the last are taken up again, under their epoch's name", () => {
  const heard = hearBed([...all.slice(0, 150), moved(all[150], { last: true }), ...all.slice(151)]);
  expect(heard.dead).toEqual([]);
  expect(heard.mended).toMatchObject([{ epoch: "e", heardAs: "e", reason: "last frame was not the last" }]);
  expect(heard.positions.at(-1)).toBe(truth.positions.at(-1));
  const cut = frameEnd(all[150]);
  const apart = (beats: readonly number[]): number[] => beats.filter((one) => one < cut - RATE || one > cut + 3 * RATE);
  expect(apart(samples(heard.beats))).toEqual(apart(samples(truth.beats)));
  expect(new Set(heard.beats).size).toBe(heard.beats.length);
});

test("a producer that is started again under the same name is heard from its second frame on, under another", () => {
  const again = made(all, START_MS + 3_600_000);
  for (const [before, after] of [
    [100, all.length],
    [3, all.length],
    [all.length, 60],
  ]) {
    const heard = hearBed([...all.slice(0, before), ...again.slice(0, after)]);
    const [mended] = heard.mended;
    expect(heard.mended).toHaveLength(1);
    expect(mended).toMatchObject({ epoch: "e", reason: "name used twice" });
    expect(mended.heardAs).toMatch(/^e\.\.[0-9a-z]+$/);
    const alone = hearBed(again.slice(0, after)).beats.map((id) => id.replace("e/", `${mended.heardAs}/`));
    expect(heard.beats).toEqual([...hearBed(all.slice(0, before)).beats, ...alone]);
    expect(heard.dead).toEqual([]);
  }
});

test("one whose epochs have long names keeps within 64 characters, three times over", () => {
  const epoch = "x".repeat(64);
  const runs = [0, 1, 2].map((i) => made(all.slice(0, 40), START_MS + i * 60_000));
  const heard = hearBed(runs.flat().map((frame) => moved(frame, { epoch })));
  expect(heard.mended).toHaveLength(2);
  for (const { heardAs } of heard.mended) expect(heardAs).toHaveLength(64);
  expect(new Set(heard.mended.map(({ heardAs }) => heardAs)).size).toBe(2);
});

test("a count of samples that begins again is heard again within three seconds; what is sent twice is not", () => {
  const later = all.map((frame) => moved(frame, { producedAtMs: frame.producedAtMs + 600_000 }));
  const reset = hearBed([...all, ...later]);
  expect(reset.mended).toMatchObject([{ epoch: "e", reason: "out of step" }]);
  const told = reset.beats.filter((id) => id.startsWith(`${reset.mended[0].heardAs}/`));
  expect(told.length).toBeGreaterThan(truth.beats.length - 6);
  expect(new Set(reset.beats).size).toBe(reset.beats.length);

  const resent = hearBed([...all.slice(0, 200), ...all.slice(50, 200), ...all.slice(200)]);
  expect(resent.mended).toEqual([]);
  expect(resent.beats).toEqual(truth.beats);
  expect(resent.discarded).toHaveLength(150);
});

test("a first frame that is wrong does not cost the bed: by its place, its time, its rate, its leads", () => {
  const [first, ...rest] = all;
  const wrong: Partial<Frame>[] = [
    { firstSample: 7 * 3600 * RATE },
    { firstSample: 100 * DAY },
    { epochStartMs: START_MS - 86_400_000 },
    { epochStartMs: START_MS + 40 * 86_400_000 },
    { samplingRateHz: 500 },
    { leads: first.leads.slice(1) },
    { leads: first.leads.map((lead) => ({ ...lead, name: "?" })) },
  ];
  for (const change of wrong) {
    const heard = hearBed([moved(first, change), ...rest]);
    expect(heard.beats.length).toBeGreaterThan(truth.beats.length - 6);
    expect(new Set(heard.beats).size).toBe(heard.beats.length);
  }
});

test("a frame of a minute that covers what is still to come costs seconds", () => {
  const forged = moved(all[50], {
    leads: all[0].leads.map((one) => ({ ...one, samples: new Int16Array(60 * RATE) })),
  });
  const heard = hearBed([...all.slice(0, 50), forged, ...all.slice(51)]);
  expect(heard.mended).toMatchObject([{ reason: "out of step" }]);
  expect(heard.beats.length).toBeGreaterThan(truth.beats.length - 12);
});

test("a gap is believed with its second frame, or when nothing comes behind the first for seconds", () => {
  const gone = hearBed([...all.slice(0, 100), ...all.slice(130)]);
  expect(gone.dead).toEqual([]);
  expect(gone.positions.slice(98, 103)).toEqual([4950, 5000, 5000, 6600, 6650]);
  const last = moved(all[200], { last: true });
  const silent = hearBed(
    [...all.slice(0, 100), last, ...all.slice(201)],
    [...Array.from({ length: 101 }, (_, i) => 200 * i), 100_000],
  );
  expect(silent.mended).toMatchObject([{ reason: "last frame was not the last" }]);
  expect(silent.positions.at(-1)).toBe(truth.positions.at(-1));
});

test("what is refused is short in words, whatever the frame's are", () => {
  const long = moved(all[0], { epoch: "e".repeat(64), source: "s".repeat(64) });
  const leads = Array.from({ length: 32 }, (_, i) => ({ ...all[0].leads[0], name: `${i}`.padEnd(32, "x") }));
  const heard = hearBed([long, moved(long, { firstSample: FRAME, leads }), moved(long, { firstSample: 99 * DAY })]);
  expect(heard.reasons).toHaveLength(2);
  for (const reason of heard.reasons) expect(reason.length).toBeLessThan(400);
});

test("a frame that was read from bytes is held without them", () => {
  const far = decodeFrame(encodeFrame(moved(all[100], { firstSample: all[100].firstSample + 60 * RATE })));
  expect(hearBed(withStray(100, far)).dead).toHaveLength(1);
});
