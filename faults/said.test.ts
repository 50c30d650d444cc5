import { expect, test } from "vitest";
import type { BusMessage } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { alarmEventAt, alarmMessage } from "../testing/gateway/alarms.ts";
import { beatAt, beatMessage } from "../testing/gateway/messages.ts";
import { compare, Said } from "./said.ts";

const BEGIN_MS = 1e12;
/** The second bed's clock is two minutes behind the first one's. */
const ENDS = new Map([
  ["b001", BEGIN_MS + 100_000],
  ["b002", BEGIN_MS - 20_000],
]);

async function heard(messages: readonly BusMessage[], onBeat: Said["onBeat"] = () => {}): Promise<Said> {
  const bus = createMemoryBus({ partitions: 1 });
  await bus.start();
  const said = new Said(ENDS);
  said.onBeat = onBeat;
  const left = await said.listen(bus, "test");
  await bus.publish(messages);
  while ((await left()) !== 0) await new Promise((resolve) => setTimeout(resolve, 2));
  said.close();
  await bus.close();
  return said;
}

const alarm = (bed: string, sequence: number, timeMs: number, command: string | null = null): BusMessage =>
  alarmMessage({ ...alarmEventAt(bed, "tachycardia", 100), sequence, timeMs, command });

test("what the wall's clock says of alarms behind the end of a bed's signals, by its own clock, is left out", async () => {
  const { first } = await heard([
    alarm("b001", 1, BEGIN_MS + 99_000),
    alarm("b001", 2, BEGIN_MS + 101_000),
    alarm("b002", 1, BEGIN_MS - 21_000),
    alarm("b002", 2, BEGIN_MS - 19_000),
    alarm("b002", 3, BEGIN_MS - 18_000, "command-1"),
  ]);
  expect([...first.keys()]).toEqual(["ecg.alarms.v1 b001 1", "ecg.alarms.v1 b002 1", "ecg.alarms.v1 b002 3"]);
});

const at = (sample: number, foundLate = false): BusMessage => beatMessage(beatAt("b001", sample, { foundLate }));

test("a beat behind a later one is reordered, and one that comes late does not hide it", async () => {
  const inOrder = await heard([at(1), at(2), at(3), at(4)]);
  const secondLate = await heard([at(1), at(3), at(4), at(2)]);
  expect(compare(secondLate, inOrder)).toMatchObject({
    reordered: ["ecg.beats.v1 b001/e1/2"],
    lost: [],
    different: [],
  });
  const twoLate = await heard([at(1), at(4), at(2), at(3)]);
  expect(compare(twoLate, inOrder).reordered).toEqual(["ecg.beats.v1 b001/e1/2", "ecg.beats.v1 b001/e1/3"]);
  // Whoever else does it.
  expect(compare(secondLate, secondLate).reordered).toHaveLength(1);
  expect(compare(await heard([at(1), at(2), at(3), at(1)]), inOrder)).toMatchObject({ reordered: [], repeated: 1 });
  const anotherEpoch = beatMessage(beatAt("b001", 1, { epoch: "e2" }));
  expect((await heard([at(4), anotherEpoch])).reordered.size).toBe(0);
});

test("a beat found late may come behind a later one where an undisturbed worker tells it there, too", async () => {
  const late = await heard([at(1), at(3), at(4), at(2, true)]);
  expect(compare(late, late).reordered).toEqual([]);
  const inOrder = await heard([at(1), at(2, true), at(3), at(4)]);
  expect(compare(late, inOrder).reordered).toHaveLength(1);
  const another = await heard([at(1), at(4), at(2, true), at(3)]);
  expect(compare(another, late).reordered).toEqual(["ecg.beats.v1 b001/e1/3"]);
});

test("how late a beat is told is a matter of those that could have been told at once, the first time", async () => {
  const late = beatMessage(beatAt("b001", 100, { foundLate: true }));
  const prompt = beatMessage(beatAt("b001", 200));
  const samples: number[] = [];
  await heard([prompt, late, prompt], (_, sample) => samples.push(sample));
  expect(samples).toEqual([200]);
});
