import { expect, test } from "vitest";
import type { Frame } from "../../../contracts/frame.ts";
import { BedTrace } from "./bed-trace.ts";

const RATE = 250;

/** A frame of 50 samples that hold their own index, in µV, over the epoch's start. */
function frame(epoch: string, firstSample: number): Frame {
  const samples = Int16Array.from({ length: 50 }, (_, index) => firstSample + index);
  return {
    bed: "b1",
    epoch,
    epochStartMs: 0,
    sequence: firstSample / 50,
    firstSample,
    producedAtMs: 0,
    samplingRateHz: RATE,
    leads: [{ name: "II", gainAduPerMv: 1000, baselineAdu: 0, unit: "mV", samples }],
    last: false,
    source: "test",
  };
}

const received = ({ leads }: BedTrace, position: number): number => Math.round(1000 * leads[0].received.at(position));

test("a late frame fills its hole, a second copy changes nothing", () => {
  const trace = new BedTrace(frame("a", 0));
  for (const first of [0, 100, 50, 50, 0]) trace.accept(frame("a", first), 0);
  expect([0, 49, 50, 99, 100, 149].map((at) => received(trace, at))).toEqual([0, 49, 50, 99, 100, 149]);
  expect(trace.leads[0].received.end).toBe(150);
});

test("another epoch follows behind a gap, and the one before it is over", () => {
  const trace = new BedTrace(frame("a", 0));
  trace.accept(frame("a", 1000), 0);
  trace.accept(frame("b", 0), 0);
  const begin = 50 + 0.2 * RATE;
  expect(received(trace, begin + 7)).toBe(7);
  expect(received(trace, begin - 1)).toBe(Number.NaN);
  trace.accept(frame("a", 1050), 0);
  expect(received(trace, 50)).toBe(Number.NaN);
  trace.mark({ epoch: "b", sample: 7, beatClass: "V" });
  trace.mark({ epoch: "unheard", sample: 7, beatClass: "V" });
  expect(trace.marks.map(({ position }) => position)).toEqual([begin + 7]);
});

test.each([
  ["another epoch", frame("x", 0)],
  ["far ahead", frame("a", 50 * 10_000_000)],
])("a stray of %s stops the trace for one true frame, not for good", (_, stray) => {
  const trace = new BedTrace(frame("a", 0));
  trace.accept(frame("a", 0), 0);
  trace.accept(stray, 0);
  const { end } = trace.leads[0].received;
  for (const first of [50, 100, 150]) trace.accept(frame("a", first), 0);
  expect(trace.leads[0].received.end).toBe(end + 0.2 * RATE + 100);
  expect(received(trace, trace.leads[0].received.end - 1)).toBe(199);
  trace.mark({ epoch: "a..lqk2m8", sample: 120, beatClass: "N" });
  expect(trace.marks.map(({ position }) => position)).toEqual([end + 0.2 * RATE + 20]);
});

test("a count of samples that begins again goes on behind what is here", () => {
  const trace = new BedTrace(frame("a", 0));
  for (let first = 0; first < 20 * RATE; first += 50) trace.accept(frame("a", first), 0);
  for (const first of [0, 50, 100]) trace.accept(frame("a", first), 0);
  expect(trace.leads[0].received.end).toBe(20 * RATE + 0.2 * RATE + 100);
});

test("a frame of another rate or other leads does not fit", () => {
  const trace = new BedTrace(frame("a", 0));
  const one = frame("a", 50);
  expect(trace.fits(one)).toBe(true);
  expect(trace.fits({ ...one, samplingRateHz: 360 })).toBe(false);
  expect(trace.fits({ ...one, leads: [{ ...one.leads[0], name: "V1" }] })).toBe(false);
  expect(trace.fits({ ...one, leads: [one.leads[0], one.leads[0]] })).toBe(false);
});

test("what is shown follows the head, without the baseline, and keeps its holes", () => {
  const trace = new BedTrace(frame("a", 0));
  for (let n = 0; n < 40; n++) {
    if (n !== 20)
      trace.accept({ ...frame("a", n * 50), leads: [{ ...frame("a", 0).leads[0], baselineAdu: 5000 }] }, n * 200);
    trace.advance(n * 200);
  }
  const head = trace.advance(8000);
  const { shown } = trace.leads[0];
  expect(shown.end).toBe(head);
  expect(shown.at(1010)).toBe(Number.NaN);
  expect(Math.abs(shown.at(900))).toBeLessThan(0.5);
});

/** A trace of 10 s of a wave, flat from 4.6 s on, all of it shown but the play-out's distance; `shows`: whether a line is drawn at a second. */
function unplugged() {
  const trace = new BedTrace(frame("a", 0));
  const send = (from: number, to: number, isOff: (second: number) => boolean): void => {
    for (let first = from * RATE; first < to * RATE; first += 50) {
      const samples = Int16Array.from({ length: 50 }, (_, index) =>
        isOff((first + index) / RATE) ? 5000 : 1000 * Math.sin((first + index) / 20),
      );
      const nowMs = (first / RATE) * 1000;
      trace.accept({ ...frame("a", first), leads: [{ ...frame("a", 0).leads[0], samples }] }, nowMs);
      trace.advance(nowMs);
    }
  };
  send(0, 10, (second) => second >= 4.6);
  return { trace, send, shows: (second: number) => !Number.isNaN(trace.leads[0].shown.at(second * RATE)) };
}

const OFF = { lead: "II", epoch: "a", beginSample: 5 * RATE, sample: 5 * RATE, phase: "begin" } as const;

test("a lead that is off shows nothing from where it went flat, also of what had been shown, until it is on", () => {
  const { trace, send, shows } = unplugged();
  expect(shows(6)).toBe(true);
  trace.leadOff(OFF);
  expect([4.5, 4.7, 6, 9].map(shows)).toEqual([true, false, false, false]);
  expect(trace.leads[0].revision).toBe(1);
  trace.leadOff(OFF);
  expect(trace.leads[0].revision).toBe(1);
  send(10, 14, (second) => second < 12);
  trace.leadOn({ ...OFF, sample: 14 * RATE, phase: "end" });
  send(14, 18, () => false);
  expect([13, 13.9, 14.1, 17].map(shows)).toEqual([false, false, true, true]);
  expect(trace.leads[0].off).toEqual([{ from: 4.6 * RATE, to: 14 * RATE }]);
});

test("another lead's being off, or one that is on, changes nothing; an end that nobody heard is here", () => {
  const { trace, send, shows } = unplugged();
  trace.leadOff({ ...OFF, lead: "V1" });
  trace.leadOn(OFF);
  expect(trace.leads[0].off).toEqual([]);
  trace.leadOff({ ...OFF, epoch: "unheard" });
  expect([7, 9].map(shows)).toEqual([true, false]);
  trace.leadOn(OFF);
  send(10, 14, () => false);
  expect(trace.leads[0].off[0].to).toBe(10 * RATE);
  expect([9.9, 10.1].map(shows)).toEqual([false, true]);
});

test("a beat's mark stands at its fiducial; at its R peak where nobody has told one", () => {
  const trace = new BedTrace(frame("a", 0));
  trace.accept(frame("a", 0), 0);
  trace.mark({ epoch: "a", sample: 20, beatClass: "V" });
  trace.mark({ epoch: "a", sample: 40, fiducialSample: 33, beatClass: "V" });
  expect(trace.marks.map(({ position }) => position)).toEqual([20, 33]);
});

test("by another filter all that was shown is shown anew, as far as before", () => {
  const trace = new BedTrace(frame("a", 0));
  // 5 µV a sample: slow enough that the monitor's filter takes most of it.
  for (let n = 0; n < 100; n++) trace.accept(frame("a", n * 50), n * 200);
  const head = trace.advance(100 * 200);
  const { shown } = trace.leads[0];
  const at = (second: number): number => shown.at(second * RATE);
  const [monitor, end] = [at(10), shown.end];
  trace.showBy("diagnostic");
  expect([shown.end, trace.advance(100 * 200)]).toEqual([end, head]);
  expect(at(10)).toBeGreaterThan(2 * monitor);
  expect(trace.leads[0].revision).toBe(1);
  trace.showBy("diagnostic");
  expect(trace.leads[0].revision).toBe(1);
  trace.showBy("monitor");
  expect(at(10)).toBe(monitor);
});

test("who is told what a trace is told has the same trace", () => {
  let other: BedTrace | null = null;
  const trace = new BedTrace(frame("a", 0), (told) => {
    if (told.kind === "begin") other = new BedTrace(told.shape);
    else if (told.kind === "samples") other?.acceptSamples(told.samples, told.nowMs);
    else if (told.kind === "mark") other?.mark(told.beat);
  });
  for (const first of [0, 100, 50]) trace.accept(frame("a", first), 0);
  trace.accept(frame("b", 0), 0);
  trace.mark({ epoch: "b", sample: 7, beatClass: "N" });
  const places = Array.from({ length: 260 }, (_, at) => at);
  expect(other).not.toBeNull();
  const same = other as unknown as BedTrace;
  expect(places.map((at) => received(same, at))).toEqual(places.map((at) => received(trace, at)));
  expect(same.marks).toEqual(trace.marks);
});
