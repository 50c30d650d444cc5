import { expect, test } from "vitest";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import { alarmCodec } from "../../contracts/codec.ts";
import type { Condition } from "../../contracts/condition.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { StateReader, StateWriter } from "../../signal/state.ts";
import { conditionAt } from "../../testing/gateway/messages.ts";
import { BedAlarms, type TimedEpoch } from "./bed-alarms.ts";
import { AlarmMemory } from "./memory.ts";
import { type AlarmState, restored } from "./state.ts";

const RATE = 250;
const first: TimedEpoch = { epoch: "e1", epochStartMs: 0, samplingRateHz: RATE, publishFrom: 0 };
const second: TimedEpoch = { epoch: "e2", epochStartMs: 100_000, samplingRateHz: RATE, publishFrom: 0 };

const condition = (
  of: TimedEpoch,
  kind: "asystole" | "tachycardia",
  phase: "begin" | "end",
  sample: number,
): Condition => ({
  ...conditionAt("b1", kind, phase, sample),
  epoch: of.epoch,
  id: `b1/${of.epoch}/${kind}/${sample}`,
  samplingRateHz: RATE,
  timeMs: of.epochStartMs + sample * 4,
  beginTimeMs: of.epochStartMs + sample * 4,
});

/** The alarms as a checkpoint has them. */
function copyOf(alarms: BedAlarms): BedAlarms {
  const to = new StateWriter();
  alarms.save(to);
  const copy = new BedAlarms("b1");
  copy.load(new StateReader(to.bytes()));
  return copy;
}

/** What stands in the topic behind these events. */
function told(events: readonly AlarmEvent[], before: AlarmState | null = null): AlarmState {
  const state = events.reduce<AlarmState | null>((so, event) => restored(so, event), before);
  return state ?? expect.unreachable("there are events");
}

/** What an undisturbed bed and one that was taken over say of the same works, the checkpoint being behind the first minute. */
function takenOver(works: (alarms: BedAlarms) => AlarmEvent[], saidUpTo: number, later: TimedEpoch) {
  const undisturbed = new BedAlarms("b1");
  undisturbed.hear(first, [], 60 * RATE, 10);
  const other = copyOf(undisturbed);
  const events = works(undisturbed);
  other.resume(told(events), saidUpTo);
  return {
    again: works(other),
    undisturbed: undisturbed.hear(later, [], 400 * RATE, 20),
    takenOver: other.hear(later, [], 400 * RATE, 20),
  };
}

test("what an epoch that is over said does not touch the alarms of the one behind it, which were told already", () => {
  const result = takenOver(
    (alarms) => [
      ...alarms.hear(first, [], 65 * RATE, 11),
      // The end of the first epoch comes of the second one's first frame.
      ...alarms.hear(first, [], 65 * RATE, 12),
      ...alarms.hear(second, [], 5 * RATE, 12),
      ...alarms.hear(second, [condition(second, "asystole", "begin", 1300)], 6 * RATE, 13),
    ],
    13,
    second,
  );
  expect(result.again).toEqual([]);
  expect(result.undisturbed.length).toBeGreaterThan(0);
  expect(result.takenOver).toEqual(result.undisturbed);
});

test("behind a gap of more than a minute the clock goes on where it was told, and not twice", () => {
  const result = takenOver(
    (alarms) => alarms.hear(first, [condition(first, "asystole", "begin", 180 * RATE + 10)], 181 * RATE, 11),
    11,
    first,
  );
  expect(result.again).toEqual([]);
  expect(result.undisturbed.length).toBeGreaterThan(0);
  expect(result.takenOver).toEqual(result.undisturbed);
});

test("of a frame's events that were cut in two, the rest is told by whoever takes over", async () => {
  const undisturbed = new BedAlarms("b1");
  const before = undisturbed.hear(first, [condition(first, "tachycardia", "begin", 100)], 60 * RATE, 10);
  const other = copyOf(undisturbed);
  const works = [condition(first, "tachycardia", "end", 15_100), condition(first, "asystole", "begin", 15_200)];
  const events = undisturbed.hear(first, works, 61 * RATE, 11);
  expect(events.length).toBeGreaterThan(1);

  const bus = createMemoryBus({ partitions: 1 });
  await bus.start();
  const memory = new AlarmMemory(bus, (error) => expect.unreachable(String(error)));
  const source = (offset: number) => ({ [HEADERS.source]: `${TOPICS.frames}/0/${offset}` });
  const publish = (event: AlarmEvent, headers: Record<string, string>) =>
    bus.publish([{ topic: TOPICS.alarms, key: "b1", value: alarmCodec.encode(event), headers }]);
  for (const event of before) await publish(event, source(10));
  await publish(events[0], { ...source(11), [HEADERS.moreToCome]: String(events.length - 1) });
  await memory.upToNow(new Set([0]), () => false);
  const remembered = memory.of("b1") ?? expect.unreachable("it was told of");
  await memory.close();
  await bus.close();

  expect(remembered.saidUpTo).toBe(10);
  other.resume(remembered.state, remembered.saidUpTo);
  expect(other.hear(first, works, 61 * RATE, 11)).toEqual(events.slice(1));
});

test("alarms of a snapshot that are none are refused", () => {
  for (const text of ["{}", '{"state":{}}', '{"state":null}', "{"]) {
    const to = new StateWriter();
    to.text(text);
    to.number(0);
    to.number(0);
    expect(() => new BedAlarms("b1").load(new StateReader(to.bytes()))).toThrow(
      expect.objectContaining({ code: "BAD_SNAPSHOT" }),
    );
  }
});
