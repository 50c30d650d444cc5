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

test("a beat behind a later one is reordered, unless an undisturbed worker tells it there, too", async () => {
  const [one, two, three] = [100, 200, 300].map((sample) => beatMessage(beatAt("b001", sample)));
  const inOrder = await heard([one, two, three]);
  const secondLate = await heard([one, three, two]);
  const firstLate = await heard([two, three, one]);
  expect(compare(secondLate, inOrder)).toMatchObject({
    reordered: ["ecg.beats.v1 b001/e1/200"],
    lost: [],
    different: [],
  });
  expect(compare(secondLate, secondLate).reordered).toEqual([]);
  expect(compare(firstLate, secondLate).reordered).toEqual(["ecg.beats.v1 b001/e1/100"]);
  expect(compare(await heard([one, two, three, one]), inOrder)).toMatchObject({ reordered: [], repeated: 1 });
});

test("how late a beat is told is a matter of those that could have been told at once, the first time", async () => {
  const late = beatMessage(beatAt("b001", 100, { foundLate: true }));
  const prompt = beatMessage(beatAt("b001", 200));
  const samples: number[] = [];
  await heard([prompt, late, prompt], (_, sample) => samples.push(sample));
  expect(samples).toEqual([200]);
});
