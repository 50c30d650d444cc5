import { expect, test } from "vitest";
import type { Frame } from "../../../contracts/frame.ts";
import { openSources } from "../../../simulator/open-sources.ts";
import { Player } from "../../../simulator/player.ts";
import { Beds } from "./beds.ts";

const provenance = { partition: 0, offset: 0, receivedAtMs: 0, assignment: 0 };
const FRAME_SECONDS = 0.2;
/** Signal that each taker-over hears, from every so many frames on. */
const HEARD_SECONDS = 25;
const EVERY_FRAMES = 9;
/** A beat is decided on so long after its R at the latest, search-back included. */
const DECIDED_WITHIN_SECONDS = 5;

/** R peaks that a worker publishes of the epoch that `frames` belong to. */
function published(frames: readonly Frame[]): Set<number> {
  const bed = new Beds(1).bed(frames[0].bed, 0);
  const found = new Set<number>();
  for (const frame of frames) {
    for (const { epoch, events } of bed.push(frame, provenance)) {
      for (const one of events) {
        if (one.type === "beat" && one.isHeard && one.event.sample >= epoch.publishFrom) found.add(one.event.sample);
      }
    }
  }
  return found;
}

async function framesOf(name: string): Promise<Frame[]> {
  const { sources } = await openSources("", [`synthetic/${name}`]);
  const player = new Player("b1", sources[0], "e", FRAME_SECONDS * sources[0].samplingRateHz, "no");
  const frames: Frame[] = [];
  while (player.nextLength > 0) frames.push(player.next(0).frame);
  return frames;
}

test.each(["sinus", "fibrillation"])(
  "%s: who takes over anywhere publishes the same beats from its warm-up on",
  async (name) => {
    const frames = await framesOf(name);
    const { samplingRateHz } = frames[0];
    const all = published(frames);
    const heard = HEARD_SECONDS / FRAME_SECONDS;
    const differ: string[] = [];
    for (let begin = EVERY_FRAMES; begin + heard < frames.length; begin += EVERY_FRAMES) {
      const own = published(frames.slice(begin, begin + heard));
      const from = Math.min(...own);
      const until = frames[begin + heard].firstSample - DECIDED_WITHIN_SECONDS * samplingRateHz;
      const missing = [...all].filter((sample) => sample >= from && sample < until && !own.has(sample));
      const extra = [...own].filter((sample) => sample < until && !all.has(sample));
      if (missing.length + extra.length > 0) differ.push(`from frame ${begin}: ${missing} missing, ${extra} extra`);
    }
    expect(all.size).toBeGreaterThan(100);
    expect(differ).toEqual([]);
  },
);
