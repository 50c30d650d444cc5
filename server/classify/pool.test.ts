import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beatSamples } from "../../testing/beat-csv.ts";
import type { RowClassifier } from "../../model/rows/classifier.ts";
import { loadRowClassifier } from "../../model/rows/load.ts";
import { classifierOn, openRowPool, startThreads } from "./pool.ts";

const FOLDER = path.join(import.meta.dirname, "../../model/artifacts/rows");
const COUNT = 20;
const rows = Float32Array.from(Array.from({ length: COUNT }, (_, i) => beatSamples(i)).flat());
let pool: RowClassifier;
beforeAll(async () => {
  pool = await openRowPool(FOLDER, "onnx", 2);
});
afterAll(() => pool.close());

test("threads answer what the classifier itself does, call by call, and leave the rows to their owner", async () => {
  const alone = await loadRowClassifier(FOLDER, "onnx");
  expect(pool.info).toEqual(alone.info);
  const expected = await alone.classify(rows, COUNT);
  await alone.close();
  const calls = Array.from({ length: 6 }, (_, i) => pool.classify(rows.subarray(i * 187), COUNT - i));
  for (const [i, probabilities] of (await Promise.all(calls)).entries()) {
    expect(probabilities).toEqual(expected.slice(i * 5));
  }
  expect(rows).toHaveLength(COUNT * 187);
});

test("a call that its engine refuses is that call's error", async () => {
  await expect(pool.classify(rows, COUNT + 1)).rejects.toThrow(/./);
  expect(await pool.classify(rows, 1)).toHaveLength(5);
});

test("what loading throws is told, by this thread and by those of the pool", async () => {
  const folder = path.join(import.meta.dirname, "nothing-here");
  await expect(openRowPool(folder, "onnx", 1)).rejects.toMatchObject({ code: "BAD_MODEL" });
  const threads = startThreads({ info: { name: "n", hash: "h" }, graph: Uint8Array.of(1, 2, 3) }, 2);
  await expect(classifierOn(threads)).rejects.toMatchObject({
    code: "BAD_MODEL",
    message: expect.stringMatching(/onnxruntime does not take the row graph/),
  });
  expect(threads.threads).toEqual([]);
});

test("a thread that dies leaves no call without an end, and the next call has another", async () => {
  // One without a graph to run: a thread that is ended within a call of onnxruntime takes the process with it.
  const threads = startThreads({ info: { name: "n", hash: "h" }, graph: Uint8Array.of(1, 2, 3) }, 1);
  const ask = (): Promise<unknown> => threads.run({ rows, count: COUNT }, { name: "classify" });
  expect(await ask()).toMatchObject({ failed: { code: "BAD_MODEL" } });
  const dying = threads.threads[0];
  const calls = [ask(), ask(), ask()];
  await dying.terminate();
  // It may have answered before it died.
  for (const call of await Promise.allSettled(calls)) {
    if (call.status === "rejected") expect(String(call.reason)).toMatch(/exit/);
    else expect(call.value).toMatchObject({ failed: { code: "BAD_MODEL" } });
  }
  expect(await ask()).toMatchObject({ failed: { code: "BAD_MODEL" } });
  expect(threads.threads).not.toContain(dying);
  await threads.destroy();
});

test("closing answers the calls under way and refuses others", async () => {
  const own = await openRowPool(FOLDER, "onnx", 2);
  const calls = Array.from({ length: 9 }, () => own.classify(rows, COUNT));
  const closed = own.close();
  await expect(own.classify(rows, COUNT)).rejects.toMatchObject({ code: "ENGINE_UNAVAILABLE" });
  for (const answer of await Promise.all(calls)) expect(answer).toHaveLength(COUNT * 5);
  await closed;
});
