import { BeatAssembler } from "../../signal/beat/assembler.ts";
import { SignalRing } from "../../signal/beat/signal-ring.ts";
import { MAX_BLOCK } from "../../signal/block.ts";
import { CHAIN_RATE_HZ } from "../../signal/events.ts";
import { bandPass, Filter } from "../../signal/filters.ts";
import { MissingSamples } from "../../signal/missing-samples.ts";
import { QrsDetector } from "../../signal/qrs/detector.ts";
import { Calibration } from "../../signal/beat/calibration.ts";
import { QualityJudge } from "../../signal/quality/judge.ts";
import { Resampler } from "../../signal/resample.ts";
import { cpuSeconds } from "../harness/measure.ts";

const FRAME = 72;
const RATE_HZ = 360;
const BEATS = 5000;
const ignore = (): void => {};

type Part = () => Promise<number>;

/** What each part of the chain costs by itself, on one bed at 360 Hz in frames of 200 ms: µs a second of signal, or a beat. */
export function parts(signal: Float32Array): Record<string, Part> {
  const seconds = signal.length / RATE_HZ;
  const blocks = resampled(signal);
  const room = new Float64Array(MAX_BLOCK);
  const each = (work: (block: Float64Array) => void) => async () =>
    ((await cpuSeconds(() => blocks.forEach(work))) / seconds) * 1e6;
  return {
    "missing samples, resampler": async () => ((await cpuSeconds(() => void resampled(signal))) / seconds) * 1e6,
    "0.5–35 Hz filter": () => {
      const filter = new Filter(bandPass(2, 0.5, 35, CHAIN_RATE_HZ));
      return each((block) => filter.run(block, room, block.length))();
    },
    "QRS detector": () => {
      const detector = new QrsDetector();
      return each((block) => {
        detector.hear(block, room, block.length);
        for (let i = 0; i < block.length; i++) detector.step(room[i], ignore);
      })();
    },
    quality: () => {
      const quality = new QualityJudge();
      return each((block) => {
        for (let from = 0, to = 0; from < block.length; from = to) {
          to = Math.min(block.length, from + quality.room);
          if (quality.push(block, block, from, to)) quality.second(1);
        }
      })();
    },
    "a beat": () => beat(blocks),
  };
}

function resampled(signal: Float32Array): Float64Array[] {
  const blocks: Float64Array[] = [];
  const resampler = new Resampler(RATE_HZ);
  const out = new Float64Array(MAX_BLOCK);
  const missing = new MissingSamples(RATE_HZ, {
    samples: (millivolts, from, to) => {
      resampler.feed(millivolts, from, to);
      const count = resampler.read(out, MAX_BLOCK);
      if (count > 0) blocks.push(out.slice(0, count));
    },
    interrupted: ignore,
    resumed: ignore,
  });
  for (let at = 0; at + FRAME <= signal.length; at += FRAME) missing.push(signal.subarray(at, at + FRAME), FRAME);
  return blocks;
}

/** Window, features, clusters, noise measures and the event, µs. */
async function beat(blocks: readonly Float64Array[]): Promise<number> {
  const ring = new SignalRing();
  const quality = new QualityJudge();
  for (const block of blocks.slice(0, 50)) {
    for (let i = 0; i < block.length; i++) {
      quality.push(block, block, i, i + 1);
      ring.push(block[i]);
    }
  }
  const assembler = new BeatAssembler(ring, 200, quality, new Calibration());
  const seconds = await cpuSeconds(() => {
    for (let i = 0; i < BEATS; i++) {
      assembler.add({
        sample: i,
        position: ring.end - 200 - (i & 31),
        rrMs: 800 + ((i * 37) % 101),
        foundLate: false,
      });
      assembler.step(i, ignore);
    }
  });
  return (seconds / BEATS) * 1e6;
}
