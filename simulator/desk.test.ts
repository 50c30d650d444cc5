import { expect, onTestFinished, test, vi } from "vitest";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { simulationCodec } from "../contracts/codec.ts";
import { decodeFrame, type Frame } from "../contracts/frame.ts";
import type { Simulation } from "../contracts/simulation.ts";
import { HEADERS, TOPICS } from "../contracts/topics.ts";
import { openDesk } from "./desk.ts";
import { openLibrary } from "./library.ts";
import { openSources } from "./open-sources.ts";
import { runSimulator } from "./simulator.ts";

const NOWHERE = "no-such-folder";
const TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/** One bed that plays sinus rhythm, thirty times as fast, and everything that is said of it. */
async function oneBed() {
  const bus = createMemoryBus({ partitions: 2 });
  await bus.start();
  const frames: Frame[] = [];
  const said: Simulation[] = [];
  /** Of what is said, in its order. */
  const traces: (string | undefined)[] = [];
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.frames, TOPICS.simulation],
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ topic, value, headers }) => {
      if (topic === TOPICS.frames) frames.push(decodeFrame(value));
      else {
        said.push(simulationCodec.decode(value));
        traces.push(headers[HEADERS.traceparent]);
      }
    },
    onError: (error) => expect.unreachable(error.message),
  });
  const [source] = (await openSources(NOWHERE, ["synthetic/sinus"])).sources;
  const beds = [{ bed: "b1", source }];
  const simulator = runSimulator({
    bus,
    beds,
    speed: 30,
    loop: "epoch after epoch",
    frameMs: 200,
    seed: 1,
    epoch: "e",
  });
  const desk = await openDesk({
    bus,
    simulator,
    library: await openLibrary(NOWHERE),
    onTrouble: (line) => expect.unreachable(line),
  });
  onTestFinished(async () => {
    await desk.close();
    await simulator.stop();
    await bus.close();
  });
  let count = 0;
  /** Asks, and gives the answer. */
  const ask = async (change: Partial<Simulation>, headers: Record<string, string> = {}): Promise<Simulation> => {
    const id = `r-${++count}`;
    const asked = { bed: "b1", id, atMs: 0, phase: "asked", record: "synthetic/sinus", speed: 30, drift: "" } as const;
    const value = simulationCodec.encode({ ...asked, reason: null, records: [], noise: [], ...change });
    await bus.publish([{ topic: TOPICS.simulation, key: change.bed ?? "b1", value, headers }]);
    return vi.waitFor(() => {
      const answer = said.find((one) => one.id === id && one.phase !== "asked");
      if (!answer) throw new Error("no answer");
      return answer;
    });
  };
  const more = async (): Promise<void> => {
    const before = frames.length;
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(before + 2));
  };
  return { frames, said, traces, ask, more };
}

test("it says what each bed plays, and what there is to play", async () => {
  const { said } = await oneBed();
  await vi.waitFor(() => expect(said).toHaveLength(1));
  expect(said[0]).toMatchObject({ bed: "b1", phase: "played", record: "synthetic/sinus", speed: 30, drift: "" });
  expect(said[0].records).toContain("synthetic/bigeminy");
  expect(said[0].noise).toEqual([]);
});

test("an answer is part of the trace of who asked", async () => {
  const { said, traces, ask } = await oneBed();
  const traceOf = (answer: Simulation) => traces[said.indexOf(answer)];
  expect(traceOf(await ask({}, { [HEADERS.traceparent]: TRACEPARENT }))).toBe(TRACEPARENT);
  expect(traceOf(await ask({ record: "mitdb/999" }, { [HEADERS.traceparent]: TRACEPARENT }))).toBe(TRACEPARENT);
  expect(traceOf(await ask({}, { [HEADERS.traceparent]: "00-nonsense" }))).toBeUndefined();
});

test("what disturbs a bed comes into the epoch that goes on, is said in its frames, and goes again", async () => {
  const { frames, ask, more } = await oneBed();
  await more();
  expect(await ask({ drift: "lead-off,baseline:1mV" })).toMatchObject({
    phase: "played",
    drift: "lead-off,baseline:1mV",
  });
  await more();
  const disturbed = frames.filter(({ source }) => source === "synthetic/sinus + lead-off, baseline:1mV");
  const millivolts = ({ leads: [lead] }: Frame) => (lead.samples[5] - lead.baselineAdu) / lead.gainAduPerMv;
  expect(disturbed.length).toBeGreaterThan(0);
  for (const frame of disturbed) expect(millivolts(frame)).toBeCloseTo(1, 2);
  await ask({ drift: "" });
  await more();
  expect(frames.at(-1)?.source).toBe("synthetic/sinus");
  expect(new Set(frames.map(({ epoch }) => epoch))).toEqual(new Set(["e"]));
  expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, i) => i));
});

test("another record or speed begins an epoch: the one before is ended, none lacks a frame", async () => {
  const { frames, ask, more } = await oneBed();
  await more();
  await ask({ record: "synthetic/bigeminy" });
  await more();
  await ask({ record: "synthetic/bigeminy", speed: 20, drift: "gain:2" });
  await more();
  const epochs = [...new Set(frames.map(({ epoch }) => epoch))];
  expect(epochs).toEqual(["e", "e.1", "e.2"]);
  for (const epoch of epochs) {
    const own = frames.filter((frame) => frame.epoch === epoch);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, i) => i));
    if (epoch !== "e.2") expect(own.map(({ last }) => last)).toEqual(own.map((_, i) => i === own.length - 1));
  }
  expect(frames.at(-1)?.source).toBe("synthetic/bigeminy + gain:2");
});

test.each([
  [{ record: "mitdb/999" }, /no record mitdb\/999 to play; there are synthetic/],
  [{ record: "../../etc/passwd" }, /no record/],
  [{ drift: "em:6dB" }, /npm run fetch -- nstdb/],
  [{ speed: 0.01 }, /speed is 0.01/],
])("%o is refused in words, and the bed goes on as before", async (change, reason) => {
  const { frames, ask, more } = await oneBed();
  const answer = await ask(change);
  expect(answer).toMatchObject({ phase: "refused", record: "synthetic/sinus", speed: 30, drift: "" });
  expect(answer.reason).toMatch(reason);
  await more();
  expect(frames.at(-1)).toMatchObject({ source: "synthetic/sinus", epoch: "e" });
});

test("a bed of another simulator is none of its business", async () => {
  const { said, ask } = await oneBed();
  await expect(ask({ bed: "b2" })).rejects.toThrow("no answer");
  expect(said.filter(({ bed, phase }) => bed === "b2" && phase !== "asked")).toEqual([]);
});
