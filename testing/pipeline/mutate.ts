import { create, toBinary } from "@bufbuild/protobuf";
import { encodeFrame, type Frame } from "../../contracts/frame.ts";
import { FrameSchema } from "../../contracts/generated/frame_pb.ts";
import type { Random } from "../../kit/random.ts";

/** A frame's bytes as the generated code writes them: of one that this product's writer would refuse, too. */
export function uncheckedBytes({ leads, firstSample, ...rest }: Frame): Uint8Array<ArrayBuffer> {
  const encoded = leads.map((lead) => ({ ...lead, samples: new Uint8Array(lead.samples.slice().buffer) }));
  return toBinary(FrameSchema, create(FrameSchema, { ...rest, firstSample: BigInt(firstSample), leads: encoded }));
}

const whole = (random: Random, below: number): number => Math.floor(random.uniform() * below);
const oneOf = <T>(random: Random, some: readonly T[]): T => some[whole(random, some.length)];
/** Of any size, as often small as large. */
const anySize = (random: Random, bits: number): number => Math.floor(2 ** (random.uniform() * bits));

const WRONG_NUMBERS = [0, -1, 1e300, -1e300, 1e-300, Number.NaN, Infinity, -Infinity, 8.65e15, 2 ** 53];
const WORDS = ["", "x", "e", "e-2", "constructor", "__proto__", "a\nb", "é".repeat(40), "心".repeat(200), "II\u0000"];

const resized = (frame: Frame, length: number, adu: () => number): Frame => ({
  ...frame,
  leads: frame.leads.map((lead) => ({ ...lead, samples: Int16Array.from({ length }, adu) })),
});
const relead = (frame: Frame, change: (lead: Frame["leads"][number]) => Partial<Frame["leads"][number]>): Frame => ({
  ...frame,
  leads: frame.leads.map((lead) => ({ ...lead, ...change(lead) })),
});

/** What may be wrong with a frame whose bytes are a frame's. */
const CHANGES: readonly ((frame: Frame, random: Random) => Frame)[] = [
  (frame, random) => ({ ...frame, firstSample: anySize(random, 63) }),
  (frame, random) => ({ ...frame, firstSample: Math.max(0, frame.firstSample + anySize(random, 24) - 2 ** 12) }),
  (frame, random) => ({ ...frame, epoch: oneOf(random, WORDS) }),
  (frame, random) => ({ ...frame, source: oneOf(random, WORDS) }),
  (frame) => ({ ...frame, last: true }),
  (frame, random) => ({ ...frame, epochStartMs: frame.epochStartMs + anySize(random, 44) }),
  (frame, random) => ({ ...frame, epochStartMs: oneOf(random, WRONG_NUMBERS) }),
  (frame, random) => ({ ...frame, producedAtMs: oneOf(random, [...WRONG_NUMBERS, anySize(random, 43)]) }),
  (frame, random) => ({ ...frame, samplingRateHz: oneOf(random, [...WRONG_NUMBERS, 50, 9999, 10_000]) }),
  (frame, random) => ({ ...frame, samplingRateHz: 50 + random.uniform() * 9950 }),
  (frame, random) => relead(frame, () => ({ gainAduPerMv: oneOf(random, [...WRONG_NUMBERS, 1e-6, 1e9]) })),
  (frame, random) => relead(frame, () => ({ baselineAdu: (anySize(random, 31) | 0) * oneOf(random, [1, -1]) })),
  (frame, random) =>
    relead(frame, () => ({ name: oneOf(random, WORDS), unit: oneOf(random, ["mV", "", "V", "mmHg"]) })),
  (frame, random) => ({ ...frame, leads: Array.from({ length: whole(random, 40) }, () => frame.leads).flat() }),
  (frame, random) => resized(frame, whole(random, 500), () => whole(random, 65_536) - 32_768),
  (frame) => resized(frame, frame.leads[0]?.samples.length ?? 0, () => -32_768),
  (frame, random) => resized(frame, 0, () => whole(random, 2)),
  // As long as a frame may be, now and then: it costs what its samples do.
  (frame, random) =>
    resized(
      frame,
      random.uniform() < 0.02 ? oneOf(random, [15_000, 15_001, 100_000]) : 50,
      () => whole(random, 2000) - 1000,
    ),
];

/** The bytes of a frame that something happened to: values of its fields, its bytes, or both. */
export function mutatedFrame(frame: Frame, random: Random): Uint8Array {
  let changed = frame;
  for (let left = whole(random, 3); left > 0; left--) changed = oneOf(random, CHANGES)(changed, random);
  const bytes = changed === frame ? encodeFrame(frame) : uncheckedBytes(changed);
  const isWhole = changed !== frame && random.uniform() < 0.7;
  if (isWhole || bytes.length === 0) return bytes;
  for (let left = 1 + whole(random, 8); left > 0; left--) bytes[whole(random, bytes.length)] = whole(random, 256);
  const cut = random.uniform() < 0.2 ? whole(random, bytes.length) : bytes.length;
  return bytes.subarray(0, cut);
}

/** Bytes that are nothing at all. */
export const randomBytes = (random: Random, most: number): Uint8Array =>
  Uint8Array.from({ length: whole(random, most) }, () => whole(random, 256));
