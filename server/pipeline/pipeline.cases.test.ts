import { expect, test } from "vitest";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { forged } from "../../testing/pipeline/forged.ts";
import { framesOf, frameMessage, RATE, until } from "../../testing/pipeline/frames.ts";
import { openPipeline } from "../../testing/pipeline/open-pipeline.ts";

const frames = framesOf("b1", 50);
const beds = (messages: readonly { key: string }[]): string[] => messages.map(({ key }) => key);

test("a frame of a sample 2.5 million years on: every bed is served, the frame is in the dead-letter topic", async () => {
  const { publish, heard, close } = await openPipeline();
  const [first] = frames;
  const spinning = { ...first, firstSample: 4e15, samplingRateHz: 50 };
  await publish([forged({ ...spinning, bed: "b0" }), forged(spinning)]);
  await publish(frames.map(frameMessage));
  await publish([forged({ ...frames[9], firstSample: 4e15 })]);
  await close();
  expect(heard.beats.length).toBeGreaterThan(70);
  expect(beds(heard.letters)).toEqual(["b0", "b1", "b1"]);
  for (const { headers } of heard.letters) {
    expect(headers?.[HEADERS.errorCode]).toBe("BAD_FRAME");
    expect(headers?.[HEADERS.errorMessage]).toMatch(/firstSample is 4000000000000000/);
  }
});

test("a stray that was held goes to the dead-letter topic under its bed, with its place and the reason", async () => {
  const { publish, heard, close } = await openPipeline();
  const stray = frameMessage({ ...frames[20], epoch: "x" });
  await publish([...frames.slice(0, 20).map(frameMessage), stray, ...frames.slice(20).map(frameMessage)]);
  await close();
  expect(heard.letters).toHaveLength(1);
  const [{ key, value, headers }] = heard.letters;
  expect(key).toBe("b1");
  expect(value).toEqual(stray.value);
  expect(headers?.[HEADERS.source]).toMatch(/^ecg\.frames\.v1\/\d\/20$/);
  expect(headers?.[HEADERS.errorMessage]).toMatch(/^frame 20 of bed b1, epoch x: it belongs at 4\.0 s/);
});

test("words of a megabyte make neither dead letters nor log lines long", async () => {
  const { publish, heard, log, close } = await openPipeline();
  const long = "x".repeat(900 << 10);
  const [first] = frames;
  for (let i = 0; i < 60; i++) {
    await publish([
      { ...forged({ ...first, leads: [{ ...first.leads[0], name: long }] }), headers: { trace: "t".repeat(5000) } },
    ]);
  }
  await publish([
    forged(first, "k".repeat(100_000)),
    { topic: TOPICS.frames, key: "b1", value: new Uint8Array(1 << 20) },
  ]);
  await close();
  expect(heard.letters).toHaveLength(62);
  for (const { key, value, headers } of heard.letters) {
    expect(key.length).toBeLessThanOrEqual(64);
    expect(value.length).toBeLessThanOrEqual(1 << 20);
    expect(JSON.stringify(headers).length).toBeLessThan(1000);
  }
  expect(log.length).toBeLessThan(10);
  for (const line of log) expect(line.length).toBeLessThan(500);
});

test("a bed whose frames are all refused, or all heard before, has no data, and the log says so", async () => {
  const { publish, heard, log, close } = await openPipeline();
  await publish([...frames.slice(0, 10).map(frameMessage), frameMessage({ ...frames[0], bed: "b2" })]);
  const [lead] = frames[0].leads;
  let at = 10;
  await until(async () => {
    await publish([
      // Not of one recording: the count does not go on.
      frameMessage({ ...frames[at], leads: [lead], firstSample: frames[(at * 7) % 300].firstSample }),
      frameMessage({ ...frames[0], bed: "b2" }),
    ]);
    at = 10 + ((at - 9) % 300);
    return heard.conditions.length >= 2 && log.filter((line) => line.includes("no frame can be taken")).length >= 2;
  });
  await close();
  expect(
    heard.conditions.map(({ kind, phase, bed, sample }) => `${bed} ${kind} ${phase} ${sample}`).toSorted(),
  ).toEqual(["b1 no-data begin 500", "b2 no-data begin 50"]);
  expect(new Set(beds(heard.letters))).toEqual(new Set(["b1"]));
}, 60_000);

test("a producer that is started again under the same name is monitored again, and the log says so once", async () => {
  const { publish, heard, log, close } = await openPipeline();
  const again = frames.map((frame) => ({ ...frame, epochStartMs: frame.epochStartMs + 3_600_000 }));
  await publish([...frames.slice(0, 200).map(frameMessage), ...again.map(frameMessage)]);
  await close();
  const epochs = new Set(heard.beats.map(({ epoch }) => epoch));
  expect([...epochs]).toEqual(["e", expect.stringMatching(/^e\.\./)]);
  expect(new Set(heard.beats.map(({ id }) => id)).size).toBe(heard.beats.length);
  expect(heard.beats.at(-1)?.timeMs).toBeGreaterThan(3_600_000 + 60_000);
  expect(log.filter((line) => line.includes("has this name already"))).toHaveLength(1);
});

test("a bed of its own for every frame is refused from the limit on, by name; true ones go on", async () => {
  const { publish, heard, close } = await openPipeline();
  await publish(frames.slice(0, 10).map(frameMessage));
  const tiny = { ...frames[0], leads: frames[0].leads.map((lead) => ({ ...lead, samples: new Int16Array(1) })) };
  await publish(Array.from({ length: 2100 }, (_, i) => frameMessage({ ...tiny, bed: `forged-${i}` })));
  await publish(frames.slice(10).map(frameMessage));
  await close();
  expect(heard.letters).toHaveLength(2100 - 2047);
  expect(heard.letters[0].headers?.[HEADERS.errorMessage]).toMatch(/bed forged-\d+: 2048 beds are under way/);
  expect(heard.beats.filter(({ bed }) => bed === "b1").length).toBeGreaterThan(RATE / 4);
});
