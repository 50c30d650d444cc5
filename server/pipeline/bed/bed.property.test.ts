import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition } from "../../../contracts/condition.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import type { Frame } from "../../../contracts/frame.ts";
import type { TopicEvent } from "../../../contracts/topics.ts";
import { FEATURE_NAMES } from "../../../signal/beat/features.ts";
import { StateReader, StateWriter } from "../../../signal/state.ts";
import { createFakeClassifier } from "../../../testing/model/fake-classifier.ts";
import { bumpEcg, whiteNoise, WIDE } from "../../../testing/signal/bump-ecg.ts";
import { batchClassifier } from "../classify-batch.ts";
import { conclude, interpretWith } from "../interpret.ts";
import type { Bed } from "./bed.ts";
import { Beds } from "./beds.ts";
import type { HeardWork } from "./heard-work.ts";

const RATE = 125;
const classifier = createFakeClassifier(FEATURE_NAMES.length);

interface Arrival {
  readonly frame: Frame;
  /** Wall time since the arrival before. */
  readonly afterMs: number;
}

/** What the stages do behind an arrival, and whether the bed is then saved and goes on as another one. */
interface Turn {
  readonly classify: number;
  readonly conclude: number;
  readonly save: boolean;
}

/** An epoch's frames as they arrive: cut anywhere; some lost, twice there, late, or behind a long silence. */
const epochArrivals = fc
  .record({
    seed: fc.integer({ min: 1, max: 1000 }),
    seconds: fc.integer({ min: 4, max: 24 }),
    bpm: fc.constantFrom(35, 75, 140),
    /** Seconds into the epoch where this reader joins it. */
    joinsAt: fc.constantFrom(0, 0, 0.5, 100),
    ends: fc.boolean(),
    /** Where a second lead is flat, as shares of the epoch; null: there is none. */
    flat: fc.constantFrom(null, null, [0.2, 0.5], [0.5, 1]),
    cuts: fc.array(fc.integer({ min: 10, max: 90 }), { minLength: 1, maxLength: 8 }),
    fates: fc.array(fc.constantFrom("comes", "comes", "comes", "comes", "lost", "twice", "late", "silence"), {
      minLength: 1,
      maxLength: 13,
    }),
  })
  .map(({ seed, seconds, bpm, joinsAt, ends, flat, cuts, fates }) => {
    const random = whiteNoise(seed);
    const beats = [];
    for (let at = 0.4; at < seconds; at += (60 / bpm) * (1 + 0.1 * random())) {
      beats.push(random() > 0.8 ? { atSeconds: at, waves: WIDE } : { atSeconds: at });
    }
    const samples = Int16Array.from(bumpEcg(seconds, RATE, beats, 0.02), (mV) => Math.round(mV * 200));
    const second = samples.slice();
    if (flat) second.fill(0, flat[0] * samples.length, flat[1] * samples.length);
    const lead = { name: "II", gainAduPerMv: 200, baselineAdu: 0, unit: "mV" };
    const arrivals: Arrival[] = [];
    const late: Arrival[] = [];
    for (let at = 0, i = 0; at < samples.length; i++) {
      const end = Math.min(samples.length, at + cuts[i % cuts.length]);
      const fate = fates[i % fates.length];
      const frame: Frame = {
        bed: "b1",
        epoch: `e-${seed}`,
        epochStartMs: 1000,
        sequence: i,
        firstSample: Math.round(joinsAt * RATE) + at,
        producedAtMs: i,
        samplingRateHz: RATE,
        leads: [
          { ...lead, samples: samples.slice(at, end) },
          ...(flat ? [{ ...lead, name: "V1", samples: second.slice(at, end) }] : []),
        ],
        last: ends && end === samples.length,
        source: "test",
      };
      const arrival = { frame, afterMs: fate === "silence" ? 5000 : 200 };
      if (fate === "late") late.push(arrival);
      else if (fate !== "lost") arrivals.push(arrival);
      if (fate === "twice") arrivals.push(arrival);
      if (fate !== "late" && late.length > 0) arrivals.push(...late.splice(0));
      at = end;
    }
    return arrivals;
  });

/** Epochs one after the other; a frame of the one before comes when it is over. */
const arrivals = fc
  .array(epochArrivals, { minLength: 1, maxLength: 3 })
  .map((epochs) =>
    epochs.flatMap((own, i) => [...own.slice(0, 2), ...(epochs[i - 1]?.slice(-1) ?? []), ...own.slice(2)]),
  );

/** A frame that does not belong where it comes: behind so many arrivals, so far ahead, of that epoch. */
const stray = fc.record({
  behind: fc.nat(200),
  ahead: fc.oneof(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 10_000_000 })),
  epoch: fc.constantFrom(null, null, "x"),
  again: fc.boolean(),
  last: fc.boolean(),
});

/** Such arrivals, with strays among them. */
const strayed = fc.tuple(arrivals, fc.array(stray, { maxLength: 6 })).map(([expected, strays]) => {
  const all = [...expected];
  for (const { behind, ahead, epoch, again, last } of all.length > 0 ? strays : []) {
    const place = 1 + (behind % all.length);
    const { frame } = all[place - 1];
    const wrong = {
      ...frame,
      epoch: epoch ?? frame.epoch,
      firstSample: Math.max(0, frame.firstSample + ahead),
      epochStartMs: frame.epochStartMs + (again ? 60_000 : 0),
      last,
    };
    all.splice(place, 0, { frame: wrong, afterMs: 10 });
  }
  return all;
});

const turns = fc.array(fc.record({ classify: fc.nat(5), conclude: fc.nat(5), save: fc.boolean() }), {
  minLength: 1,
  maxLength: 9,
});

const AT_ONCE: Turn = { classify: Infinity, conclude: Infinity, save: false };
const seen = { beats: 0, conditions: 0, rhythms: 0, alarms: 0, silences: 0, refused: 0, savedInFlight: 0 };

interface Told {
  readonly said: TopicEvent[];
  readonly silences: Condition[];
  /** Frames that were held, or contradicted their epoch, by what was wrong with them. */
  readonly refused: string[];
  /** Of the commit hold, after each arrival whose works are all concluded. */
  readonly held: (number | null)[];
}

const openBed = (): Bed => new Beds(classifier.info.stateSize).bed("b1", 0);

function snapshot(bed: Bed): Uint8Array {
  const to = new StateWriter();
  bed.save(to);
  return to.bytes();
}

function loaded(bytes: Uint8Array): Bed {
  const bed = openBed();
  const from = new StateReader(bytes);
  from.part(bed);
  from.done();
  expect(Buffer.compare(snapshot(bed), bytes)).toBe(0);
  return bed;
}

/** What a bed says of the arrivals when its works take these turns through the stages. */
async function play(all: readonly Arrival[], pace: readonly Turn[]): Promise<Told> {
  const told: Told = { said: [], silences: [], refused: [], held: [] };
  let bed = openBed();
  let unclassified: HeardWork[] = [];
  let classified: HeardWork[] = [];
  let nowMs = 0;
  const classify = batchClassifier(classifier);
  const interpret = interpretWith(classifier);

  const take = async (turn: Turn): Promise<void> => {
    const works = unclassified.splice(0, turn.classify);
    const beats = works.flatMap(({ epoch, events }) =>
      events.flatMap((event) =>
        event.type === "beat" && !event.probabilities ? { recurrent: epoch.recurrent[event.lead], beat: event } : [],
      ),
    );
    if (beats.length > 0) await classify(beats);
    classified.push(...works);
    for (const work of classified.splice(0, turn.conclude)) {
      told.said.push(...conclude(work, interpret));
      const { epoch, provenance, progress } = work;
      if (provenance && progress) bed.hold.finish(provenance.offset, epoch.epoch, RATE, progress);
    }
    if (turn.save) {
      if (bed.pending.length > 0) seen.savedInFlight++;
      bed = loaded(snapshot(bed));
      unclassified = Array.from({ length: bed.pending.length }, (_, i) => bed.pending.at(i)).filter((work) => !!work);
      classified = [];
    }
  };

  for (const [offset, { frame, afterMs }] of all.entries()) {
    nowMs += afterMs;
    const begun = bed.checkSilence(nowMs);
    if (begun) told.silences.push(begun);
    const works = bed.checkHeld(nowMs);
    try {
      works.push(...bed.push(frame, { partition: 0, offset, receivedAtMs: nowMs, assignment: 0 }));
    } catch (error) {
      if (!(error instanceof BedsideError)) throw error;
      told.refused.push(error.message);
    }
    told.refused.push(...bed.takeRefusals().map(({ error }) => error.message));
    unclassified.push(...works);
    const ended = works.length > 0 ? bed.silence.heard(nowMs, bed.epoch, frame.firstSample) : null;
    if (ended) told.silences.push(ended);
    await take(pace[offset % pace.length]);
  }
  await take(AT_ONCE);
  unclassified.push(...bed.endEpoch(null));
  await take(AT_ONCE);
  told.held.push(bed.hold.offset);
  return told;
}

test("a bed saved at any frame and loaded afresh says, to the bit, what it would have said uninterrupted", async () => {
  await fc.assert(
    fc.asyncProperty(strayed, turns, async (all, pace) => {
      const expected = await play(all, [AT_ONCE]);
      expect(await play(all, pace)).toEqual(expected);
      for (const { topic } of expected.said) if (Object.hasOwn(seen, topic)) seen[topic as keyof typeof seen]++;
      seen.silences += expected.silences.length;
      seen.refused += expected.refused.length;
      const ids = expected.said.flatMap(({ topic, data }) => (topic === "beats" ? [data.id] : []));
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 50 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
});

test("a snapshot of another version is refused", () => {
  const to = new StateWriter();
  to.number(-1);
  expect(() => openBed().load(new StateReader(to.bytes()))).toThrow(/of version -1/);
});
