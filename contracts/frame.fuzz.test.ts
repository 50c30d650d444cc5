import { expect, test } from "vitest";
import { createRandom } from "../kit/random.ts";
import { framesOf } from "../testing/pipeline/frames.ts";
import { mutatedFrame, randomBytes } from "../testing/pipeline/mutate.ts";
import { BedsideError } from "./errors.ts";
import { decodeFrame, encodeFrame, leadToMillivolts } from "./frame.ts";

const INPUTS = 15_000;
/** None takes so long that it is no hang, whatever the machine does beside. */
const HANGS_MS = 1000;

test(`of ${INPUTS} inputs each is a frame that can be read and written again, or BAD_FRAME in few words, and at once`, () => {
  const random = createRandom(10, "frames");
  const frames = framesOf("b1", 50);
  const out = new Float32Array(100_000);
  const count = { taken: 0, refused: 0 };
  let slowestMs = 0;
  for (let i = 0; i < INPUTS; i++) {
    const bytes = i % 5 === 0 ? randomBytes(random, 300) : mutatedFrame(frames[i % frames.length], random);
    const begunMs = performance.now();
    try {
      const frame = decodeFrame(bytes);
      for (const lead of frame.leads) leadToMillivolts(lead, out);
      new Date(frame.epochStartMs + (frame.firstSample / frame.samplingRateHz) * 1000).toISOString();
      decodeFrame(encodeFrame(frame));
      count.taken++;
    } catch (error) {
      if (!(error instanceof BedsideError)) throw error;
      expect(error.code).toBe("BAD_FRAME");
      expect(error.message.length).toBeLessThan(400);
      count.refused++;
    }
    slowestMs = Math.max(slowestMs, performance.now() - begunMs);
  }
  expect(slowestMs).toBeLessThan(HANGS_MS);
  expect(Math.min(count.taken, count.refused)).toBeGreaterThan(INPUTS / 10);
});
