import { expect, test } from "vitest";
import { encodeEvent } from "../../../contracts/codec.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { decodeFrame, type Frame, frameEnd } from "../../../contracts/frame.ts";
import { createRandom } from "../../../kit/random.ts";
import { FEATURE_NAMES } from "../../../signal/beat/features.ts";
import { StateReader, StateWriter } from "../../../signal/state.ts";
import { createFakeClassifier } from "../../../testing/model/fake-classifier.ts";
import { framesOf, RATE } from "../../../testing/pipeline/frames.ts";
import { mutatedFrame } from "../../../testing/pipeline/mutate.ts";
import { conclude, interpretWith } from "../interpret.ts";
import type { Bed } from "./bed.ts";
import { Beds } from "./beds.ts";
import type { HeardWork } from "./heard-work.ts";

const INPUTS = 10_000;
/** None takes so long that it is no hang, whatever the machine does beside. */
const HANGS_MS = 5000;
const MOST_BYTES = 400 << 20;

const START_MS = 1_700_000_000_000;
const recording = framesOf("b1", 50);
const seconds = frameEnd(recording[recording.length - 1]) / RATE;

/** What a bed sends: the recording over and over, an epoch each time. */
function trueFrame(index: number): Frame {
  const pass = Math.floor(index / recording.length);
  const frame = recording[index % recording.length];
  const epochStartMs = START_MS + pass * seconds * 1000;
  return {
    ...frame,
    epoch: `e-${pass}`,
    epochStartMs,
    producedAtMs: epochStartMs + (frameEnd(frame) / RATE) * 1000,
  };
}

const interpret = interpretWith(createFakeClassifier(FEATURE_NAMES.length));

test(`${INPUTS} frames that something happened to, among true ones: no crash, no hang, and the bed is heard all along`, () => {
  const random = createRandom(10, "beds");
  const beds = new Beds(1);
  const told = new Map<number, number>();
  const ids = new Set<string>();
  let slowestMs = 0;
  let refused = 0;
  let sent = 0;
  let nowMs = 0;

  const say = (works: readonly HeardWork[]): void => {
    for (const work of works) {
      for (const event of work.events) if (event.type === "beat") event.probabilities = Float32Array.of(1, 0, 0, 0);
      for (const event of conclude(work, interpret)) {
        encodeEvent(event);
        if (event.topic !== "beats") continue;
        expect(ids.has(event.data.id)).toBe(false);
        ids.add(event.data.id);
        const minute = Math.floor(sent / 300);
        told.set(minute, (told.get(minute) ?? 0) + 1);
      }
    }
  };
  const take = (bed: Bed, frame: Frame): void => {
    say(bed.checkHeld(nowMs));
    say(bed.push(frame, { partition: 0, offset: sent, receivedAtMs: nowMs, assignment: 0 }));
    refused += bed.takeRefusals().length;
  };
  const attempt = (read: () => Frame): void => {
    const begunMs = performance.now();
    try {
      const frame = read();
      take(beds.bed(frame.bed, 0), frame);
    } catch (error) {
      if (!(error instanceof BedsideError)) throw error;
      refused++;
    }
    slowestMs = Math.max(slowestMs, performance.now() - begunMs);
  };

  for (let i = 0; i < INPUTS; i++) {
    // One to four true frames between two that are not.
    for (let left = 1 + Math.floor(random.uniform() * 4); left > 0; left--, sent++) {
      nowMs += 200;
      attempt(() => trueFrame(sent));
    }
    attempt(() => decodeFrame(mutatedFrame(trueFrame(sent), random)));
    if (i % 500 === 0) for (const bed of beds) expect(reloaded(bed)).toBe(true);
  }

  expect(slowestMs).toBeLessThan(HANGS_MS);
  expect(refused).toBeGreaterThan(INPUTS / 2);
  // Of a minute's sixty beats and more: a frame of a minute that covers what comes, or a wrong begin, costs seconds.
  const minutes = Array.from({ length: Math.floor(sent / 300) }, (_, minute) => told.get(minute) ?? 0);
  expect(minutes.length).toBeGreaterThan(50);
  expect(Math.min(...minutes)).toBeGreaterThan(25);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  expect(heapUsed + arrayBuffers).toBeLessThan(MOST_BYTES);
});

/** A bed that is loaded from what this one saves saves the same. */
function reloaded(bed: Bed): boolean {
  const [saved, again] = [new StateWriter(), new StateWriter()];
  bed.save(saved);
  const other = new Beds(1).bed(bed.name, bed.partition);
  other.load(new StateReader(saved.bytes()));
  other.save(again);
  return Buffer.compare(saved.bytes(), again.bytes()) === 0;
}
