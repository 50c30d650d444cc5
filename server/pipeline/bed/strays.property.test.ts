import fc from "fast-check";
import { expect, test } from "vitest";
import { type Frame, frameEnd } from "../../../contracts/frame.ts";
import { framesOf, RATE } from "../../../testing/pipeline/frames.ts";
import { hearBed } from "../../../testing/pipeline/hear-bed.ts";

const FRAME = 50;
/** What a stray may cost, in the seconds before and behind it: its own place is judged with what is near it. */
const SECONDS_BEFORE = 2;
const SECONDS_BEHIND = 5;

const all = framesOf("b1", FRAME).map((frame) => ({ ...frame, last: false }));
const truth = hearBed(all);

interface Stray {
  readonly at: number;
  readonly change: (frame: Frame) => Partial<Frame>;
  /** The true frame is changed itself, not preceded by a stray. */
  readonly replaces: boolean;
}

const at = fc.integer({ min: 1, max: all.length - 2 });
const jump = (seconds: fc.Arbitrary<number>) =>
  fc.record({ at, by: seconds }).map(({ at, by }): Stray => ({
    at,
    replaces: false,
    change: ({ firstSample }) => ({ firstSample: Math.max(0, firstSample + Math.round(by * RATE)) }),
  }));
const far = fc.oneof(
  jump(fc.double({ min: 1.3, max: 100, noNaN: true })),
  jump(fc.double({ min: 100, max: 300_000, noNaN: true })),
  jump(fc.double({ min: -100, max: -1, noNaN: true })),
);
const near = jump(fc.double({ min: -1, max: 1.3, noNaN: true }));
const otherEpoch = fc
  .record({ at, epoch: fc.constantFrom("x", "e-2", "y") })
  .map(({ at, epoch }): Stray => ({ at, replaces: false, change: () => ({ epoch }) }));
const otherStart = fc.record({ at, by: fc.integer({ min: 1001, max: 10_000_000 }) }).map(({ at, by }): Stray => ({
  at,
  replaces: false,
  change: ({ epochStartMs }) => ({ epochStartMs: epochStartMs + by }),
}));
const last = at.map((at): Stray => ({ at, replaces: true, change: () => ({ last: true }) }));

/** Some strays, each with a true frame before and behind it: two that continue one another are no strays. */
const some = (stray: fc.Arbitrary<Stray>) =>
  fc.uniqueArray(stray, { minLength: 1, maxLength: 5, selector: (one) => Math.floor(one.at / 2) });

function hear(strays: readonly Stray[]) {
  const by = new Map(strays.map((stray) => [stray.at, stray]));
  return hearBed(
    all.flatMap((frame, i) => {
      const stray = by.get(i);
      if (!stray) return [frame];
      const wrong = { ...frame, ...stray.change(frame) };
      return stray.replaces ? [wrong] : [wrong, frame];
    }),
  );
}

/** Beats of the true epoch that lie apart from every stray. */
const apart = (beats: readonly string[], strays: readonly Stray[]): string[] =>
  beats.filter((beat) => {
    const [epoch, sample] = beat.split("/");
    return (
      epoch === "e" &&
      strays.every(({ at }) => {
        const from = all[at].firstSample - SECONDS_BEFORE * RATE;
        return Number(sample) < from || Number(sample) > frameEnd(all[at]) + SECONDS_BEHIND * RATE;
      })
    );
  });

test("strays far ahead, long past, of other epochs and other starts change no beat at all", () => {
  fc.assert(
    fc.property(some(fc.oneof(far, otherEpoch, otherStart)), (strays) => {
      const heard = hear(strays);
      expect(heard.beats).toEqual(truth.beats);
      expect(heard.mended).toEqual([]);
      expect(heard.dead.length + heard.discarded.length).toBe(strays.length);
    }),
    { numRuns: 60 },
  );
});

test("strays within the second that is waited for, and a last frame that was not, change no beat but those around them", () => {
  fc.assert(
    fc.property(some(fc.oneof(near, last)), (strays) => {
      const heard = hear(strays);
      expect(apart(heard.beats, strays)).toEqual(apart(truth.beats, strays));
      expect(new Set(heard.beats).size).toBe(heard.beats.length);
      expect(heard.positions.at(-1)).toBe(truth.positions.at(-1));
    }),
    { numRuns: 60 },
  );
});
