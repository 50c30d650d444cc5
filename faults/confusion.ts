import type { BusMessage } from "../bus/bus.ts";
import type { Frame } from "../contracts/frame.ts";
import { TOPICS } from "../contracts/topics.ts";
import type { Random } from "../kit/random.ts";
import { forged } from "../testing/pipeline/forged.ts";
import { type Due, toMessage } from "./ward.ts";

/** What is sent in place of a ward's frames. */
export interface Sent {
  readonly sent: readonly { readonly atSeconds: number; readonly message: BusMessage }[];
  /** Frames that are to be heard, in order: what an undisturbed worker is given. */
  readonly heard: readonly Frame[];
  /** Messages of which the dead-letter topic is to tell. */
  readonly letters: number;
}

export const asTheyAre = (dues: readonly Due[]): Sent => ({
  sent: dues.map(({ atSeconds, frame }) => ({ atSeconds, message: toMessage(frame) })),
  heard: dues.map(({ frame }) => frame),
  letters: 0,
});

const raw = (key: string, value: Uint8Array<ArrayBuffer>): BusMessage => ({ topic: TOPICS.frames, key, value });

/** What is no frame, or none that can be: each under a bed's own key. */
const POISON: readonly ((frame: Frame, random: Random) => BusMessage)[] = [
  ({ bed }, random) =>
    raw(
      bed,
      Uint8Array.from({ length: 200 }, () => 256 * random.uniform()),
    ),
  ({ bed }) => raw(bed, new TextEncoder().encode(JSON.stringify({ bed, samples: [1, 2, 3] }))),
  ({ bed }, random) => raw(bed, new Uint8Array(400_000).fill(1 + 250 * random.uniform())),
  // A field of 1e9 bytes, of which none follows.
  ({ bed }) => raw(bed, Uint8Array.of(0x4a, 0x80, 0x94, 0xeb, 0xdc, 0x03)),
  (frame) => forged({ ...frame, samplingRateHz: -frame.samplingRateHz }),
  (frame) => forged({ ...frame, producedAtMs: 1e18, epochStartMs: 1e18 }),
];

/** One message in a hundred more, of which nothing can be made. */
export function poisoned(dues: readonly Due[], random: Random): Sent {
  let letters = 0;
  const sent = dues.flatMap(({ atSeconds, frame }) => {
    const own = { atSeconds, message: toMessage(frame) };
    if (random.uniform() >= 0.01) return [own];
    return [{ atSeconds, message: POISON[letters++ % POISON.length](frame, random) }, own];
  });
  return { sent, heard: dues.map(({ frame }) => frame), letters };
}

/** A bed's clock is wrong by so much at the most, ms. */
const SKEW_MS = 300_000;

/**
 * Of a bed's frames 5 % come twice, 5 % late, 1 % never; one in five hundred is followed by one that lies two hours ahead; and its
 * clock is minutes off.
 */
export function disordered(dues: readonly Due[], random: Random): Sent {
  const beds = new Set(dues.map(({ frame }) => frame.bed));
  const all = [...beds].map((bed) =>
    disorderedBed(
      dues.filter(({ frame }) => frame.bed === bed),
      random,
    ),
  );
  return {
    sent: all.flatMap(({ sent }) => sent).toSorted((a, b) => a.atSeconds - b.atSeconds),
    heard: all.flatMap(({ heard }) => heard),
    letters: all.reduce((sum, { letters }) => sum + letters, 0),
  };
}

function disorderedBed(dues: readonly Due[], random: Random): Sent {
  const skewMs = Math.round((2 * random.uniform() - 1) * SKEW_MS);
  const sent: { atSeconds: number; message: BusMessage }[] = [];
  const heard: Frame[] = [];
  let letters = 0;
  for (const [i, { atSeconds, frame: own }] of dues.entries()) {
    const { epochStartMs, producedAtMs, firstSample, samplingRateHz } = own;
    const frame = { ...own, epochStartMs: epochStartMs + skewMs, producedAtMs: producedAtMs + skewMs };
    // What begins and ends the recording comes as it is.
    const fate = i < 10 || i > dues.length - 10 ? 1 : random.uniform();
    if (fate < 0.01) continue;
    heard.push(frame);
    const isLate = fate < 0.06;
    sent.push({ atSeconds: atSeconds + (isLate ? 0.3 + 0.4 * random.uniform() : 0), message: toMessage(frame) });
    if (fate >= 0.06 && fate < 0.11) sent.push({ atSeconds: atSeconds + 0.01, message: toMessage(frame) });
    if (fate >= 0.11 && fate < 0.112) {
      letters++;
      const ahead = { ...frame, firstSample: firstSample + 7200 * samplingRateHz };
      sent.push({ atSeconds: atSeconds + 0.02, message: toMessage(ahead) });
    }
  }
  return { sent, heard, letters };
}
