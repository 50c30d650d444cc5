import { expect, test } from "vitest";
import type { Trace } from "../../../contracts/trace-reader.ts";
import { frameOf } from "../../../testing/client/messages.ts";
import { BedTrace } from "./bed-trace.ts";

const FLAT = { gainAduPerMv: 1000, baselineAdu: 0, unit: "mV" };
const LEADS = ["II", "V1"];

/** The n-th 50 samples at 250 Hz of two leads, which hold their own index in µV; of those that are `sent`. */
function traceOf(n: number, sent: readonly number[], again = false): Trace {
  const samples = Int16Array.from({ length: 50 }, (_, index) => n * 50 + index);
  const leads = LEADS.map((name, place) => ({
    name,
    ...FLAT,
    samples: sent.includes(place) ? samples : new Int16Array(0),
  }));
  return { ...frameOf(n * 50), leads, count: 50, again };
}

const valueAt = ({ leads }: BedTrace, lead: number, position: number): number =>
  Math.round(1000 * leads[lead].received.at(position));

function opened(): {
  trace: BedTrace;
  take: (n: number, sent: readonly number[], again?: boolean) => void;
  begin: number;
} {
  const trace = new BedTrace(traceOf(0, []));
  trace.send([]);
  const take = (n: number, sent: readonly number[], again = false): void => {
    trace.accept(traceOf(n, sent, again), n * 200);
    trace.advance(n * 200);
  };
  for (let n = 20; n < 30; n++) take(n, []);
  return { trace, take, begin: 60 * 250 };
}

test("of frames whose leads are not sent nothing is lost, nothing is missing, and nothing is shown", () => {
  const { trace } = opened();
  expect(trace.losses.share(6000)).toBe(0);
  expect(trace.leads.map(({ isWaiting }) => isWaiting)).toEqual([true, true]);
  expect(trace.leads[0].shown.end).toBe(0);
});

test("a frame that never came is lost, whether its leads were sent or not", () => {
  const { trace, take } = opened();
  take(31, []);
  expect(trace.losses.share(6200)).toBeCloseTo(1 / 12, 5);
});

test("a lead that is sent begins with what is sent again, without a hole up to what comes", () => {
  const { trace, take, begin } = opened();
  trace.send([1]);
  take(30, [0]);
  expect(trace.leads[0].isWaiting).toBe(true);
  for (let n = 12; n < 31; n++) take(n, [1], true);
  take(31, [1]);
  trace.advance(31 * 200 + 100);
  const { shown, received } = trace.leads[1];
  expect(trace.leads.map(({ isWaiting }) => isWaiting)).toEqual([true, false]);
  const places = Array.from({ length: 20 * 50 }, (_, at) => begin - 8 * 50 + at);
  expect(places.map((at) => valueAt(trace, 1, at))).toEqual(places.map((_, at) => 12 * 50 + at));
  expect([shown.begin, received.begin]).toEqual([begin - 8 * 50, begin - 8 * 50]);
  expect(shown.end).toBeGreaterThan(begin);
  expect(places.slice(0, shown.end - shown.begin).every((at) => !Number.isNaN(shown.at(at)))).toBe(true);
  expect(trace.losses.share(6300)).toBe(0);
});

test("a lead that is not sent any more keeps nothing that could be shown when it comes back", () => {
  const { trace, take } = opened();
  trace.send([0]);
  for (let n = 30; n < 40; n++) take(n, [0]);
  const before = trace.leads[0].revision;
  trace.send([]);
  take(40, []);
  expect(valueAt(trace, 0, 60 * 250 + 17 * 50)).toBeNaN();
  trace.send([0]);
  expect(trace.leads[0].isWaiting).toBe(true);
  take(45, [0]);
  expect(trace.leads[0].received.begin).toBe(60 * 250 + 25 * 50);
  expect(trace.leads[0].revision).toBe(before + 1);
});

test("what is sent again before anything else of the bed is where its trace begins", () => {
  const trace = new BedTrace(traceOf(0, []));
  trace.send([0]);
  for (let n = 5; n < 8; n++) trace.accept(traceOf(n, [0], true), 0);
  trace.accept(traceOf(8, [0]), 0);
  const { begin } = trace.leads[0].received;
  expect([0, 199].map((at) => valueAt(trace, 0, begin + at))).toEqual([250, 449]);
});
