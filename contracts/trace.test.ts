import { fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryFrame } from "../testing/frames.ts";
import { encodeFrame, type Frame, sampleCount } from "./frame.ts";
import { TraceSchema } from "./generated/trace_pb.ts";
import { isTrace, spanOf, TraceReader } from "./trace-reader.ts";
import { encodeTrace, encodeTraceHead, encodeTraceLead } from "./trace-writer.ts";

const traceOf = (frame: Frame, leads: readonly number[], { headed = true, again = false } = {}): Uint8Array =>
  encodeTrace(frame, sampleCount(frame), {
    head: headed ? encodeTraceHead(frame) : null,
    leads: leads.map((place) => encodeTraceLead(place, frame.leads[place])),
    again,
  });

const chosen = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });

test("a trace is its frame with the chosen leads, sample by sample; the generated code reads it, too", () => {
  fc.assert(
    fc.property(arbitraryFrame, chosen, fc.boolean(), (frame, chooses, again) => {
      const places = frame.leads.flatMap((_, place) => (chooses[place] ? [place] : []));
      const bytes = traceOf(frame, places, { again });
      expect([isTrace(bytes), isTrace(encodeFrame(frame))]).toEqual([true, false]);
      const read = new TraceReader().read(bytes);
      const { leads, producedAtMs, ...rest } = frame;
      expect(read).toMatchObject({ ...rest, again, producedAtMs: Math.round(producedAtMs) });
      expect(spanOf(read)).toBe(sampleCount(frame));
      expect(read.leads.map(({ name, gainAduPerMv }) => [name, gainAduPerMv])).toEqual(
        leads.map(({ name, gainAduPerMv }) => [name, gainAduPerMv]),
      );
      expect(read.leads.map(({ samples }) => [...samples])).toEqual(
        leads.map(({ samples }, place) => (chooses[place] ? [...samples] : [])),
      );
      const other = fromBinary(TraceSchema, bytes);
      expect(other.leads.map(({ lead }) => lead)).toEqual(places);
      expect(other.head?.leads).toHaveLength(leads.length);
    }),
    { numRuns: 300 },
  );
});

const frame: Frame = {
  bed: "b1",
  epoch: "e1",
  epochStartMs: 1000,
  sequence: 3,
  firstSample: 150,
  producedAtMs: 2000,
  samplingRateHz: 250,
  leads: [{ name: "II", gainAduPerMv: 200, baselineAdu: 0, unit: "mV", samples: Int16Array.of(1, -32_768, 5) }],
  last: false,
  source: "test",
};

test("the head is told once and holds for what follows of its bed; without it a trace is refused", () => {
  const reader = new TraceReader();
  const next = traceOf({ ...frame, sequence: 4, firstSample: 153 }, [0], { headed: false });
  expect(() => reader.read(next)).toThrow("came before the head");
  reader.read(traceOf(frame, []));
  expect(reader.read(next)).toMatchObject({ epoch: "e1", samplingRateHz: 250, sequence: 4, firstSample: 153 });
  expect(() => reader.read(traceOf({ ...frame, bed: "b2" }, [0], { headed: false }))).toThrow("came before the head");
});

test.each([
  [
    "a lead that the head does not have",
    () => traceOf({ ...frame, leads: [...frame.leads, frame.leads[0]] }, [1], { headed: false }),
  ],
  [
    "fewer samples than it says",
    () => encodeTrace(frame, 4, { head: null, leads: [encodeTraceLead(0, frame.leads[0])], again: false }),
  ],
  ["bytes that end early", () => traceOf(frame, [0]).subarray(0, -1)],
])("%s is BAD_FRAME", (_, bytes) => {
  const reader = new TraceReader();
  reader.read(traceOf(frame, []));
  expect(() => reader.read(bytes())).toThrow(expect.objectContaining({ code: "BAD_FRAME" }));
});

test("any bytes are a trace or BAD_FRAME", () => {
  const whole = traceOf(frame, [0]);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 8 }), (at, other) => {
      const bytes = whole.slice();
      bytes.set(other.subarray(0, bytes.length - at), at);
      try {
        new TraceReader().read(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: "BAD_FRAME" });
      }
    }),
    { numRuns: 2000 },
  );
});
