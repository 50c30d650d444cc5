import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryFrame, plainFrame } from "../testing/frames.ts";
import { decodeFrame, encodeFrame, type Frame } from "./frame.ts";
import { FrameSchema } from "./generated/frame_pb.ts";

/** The bytes that the generated code of contracts/frame.proto makes of a frame. */
function generatedBytes(frame: Frame): Uint8Array {
  const leads = frame.leads.map((lead) => {
    const { buffer, byteOffset, byteLength } = Int16Array.from(lead.samples);
    return { ...lead, samples: new Uint8Array(buffer, byteOffset, byteLength) };
  });
  return toBinary(FrameSchema, create(FrameSchema, { ...frame, firstSample: BigInt(frame.firstSample), leads }));
}

/** The fields of a message one after the other, each with its tag: a header's are all of one byte. */
function fieldsOf(bytes: Uint8Array): Uint8Array[] {
  const fields: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const from = at;
    const wireType = bytes[at++] & 7;
    const varint = (): number => {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        value += (bytes[at] & 0x7f) * scale;
        if (bytes[at++] < 128) return value;
      }
    };
    const value = wireType === 1 ? 8 : varint();
    if (wireType !== 0) at += value;
    fields.push(bytes.subarray(from, at));
  }
  return fields;
}

/** Fields of numbers that frame.proto does not have, of every wire type a proto3 message may hold. */
const unknownField = fc.constantFrom(
  Uint8Array.of(0x78, 0xff, 0x01),
  Uint8Array.of(0x79, 1, 2, 3, 4, 5, 6, 7, 8),
  Uint8Array.of(0x7a, 3, 9, 9, 9),
  Uint8Array.of(0x7d, 1, 2, 3, 4),
  Uint8Array.of(0x82, 0x01, 0),
);

test("a frame's bytes are those of the generated code, whatever is in it", () => {
  fc.assert(
    fc.property(arbitraryFrame, (frame) => {
      expect(encodeFrame(frame)).toEqual(generatedBytes(frame));
    }),
    { numRuns: 500 },
  );
});

test("fields in any order, with unknown ones between them, read as the generated code reads them", () => {
  fc.assert(
    fc.property(arbitraryFrame, fc.array(unknownField), fc.infiniteStream(fc.nat()), (frame, unknown, ranks) => {
      // Leads are a list: their order among themselves stays.
      const isLead = (field: Uint8Array): boolean => field[0] === 0x42;
      const fields = fieldsOf(generatedBytes(frame));
      const others = [...fields.filter((field) => !isLead(field)), ...unknown];
      const shuffled = others.map((field) => ({ field, rank: ranks.next().value ?? 0 }));
      shuffled.sort((a, b) => a.rank - b.rank);
      const half = shuffled.length >> 1;
      const all = [
        ...shuffled.slice(0, half).map(({ field }) => field),
        ...fields.filter(isLead),
        ...shuffled.slice(half).map(({ field }) => field),
      ];
      expect(plainFrame(decodeFrame(Buffer.concat(all)))).toEqual(frame);
    }),
  );
});

test("bytes that were changed or cut are read as the generated code reads them, or refused", () => {
  const change = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.option(fc.nat()) });
  let read = 0;
  fc.assert(
    fc.property(arbitraryFrame, change, (frame, { at, byte, cut }) => {
      const bytes = encodeFrame(frame);
      bytes[at % bytes.length] = byte;
      const some = cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
      let ours: Frame;
      try {
        ours = decodeFrame(some);
      } catch (error) {
        expect(error).toMatchObject({ code: "BAD_FRAME" });
        return;
      }
      read++;
      const theirs = fromBinary(FrameSchema, some);
      const { leads, sequence, producedAtMs } = plainFrame(ours);
      expect({ sequence, producedAtMs }).toEqual({ sequence: theirs.sequence, producedAtMs: theirs.producedAtMs });
      expect(leads.map(({ samples }) => [...samples])).toEqual(
        theirs.leads.map((lead) => [...new Int16Array(Uint8Array.from(lead.samples).buffer)]),
      );
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(100);
});
