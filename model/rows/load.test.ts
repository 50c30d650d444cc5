import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRowCard } from "../card/row-folder.ts";
import { leftOutWithoutTensorflow } from "../../testing/model/tensorflow.ts";
import type { EngineName } from "../classifier.ts";
import { loadRowClassifier } from "./load.ts";
import { syntheticRows } from "../../testing/model/synthetic-rows.ts";

const ROWS = path.join(import.meta.dirname, "..", "artifacts", "rows");

describe("the row model's folder", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "bedside-rows-"));
    await cp(ROWS, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const failure = (engine: EngineName = "onnx") =>
    loadRowClassifier(folder, engine).then(
      () => ({ code: "none", message: "" }),
      (error: { code: string; message: string }) => error,
    );

  it("loads, and names itself by its hash", async () => {
    const classifier = await loadRowClassifier(folder, "onnx");
    const card = await readRowCard(folder);
    expect(classifier.info).toEqual({ name: "rows", engine: "onnx", hash: card.hash.slice(0, 12) });
    await classifier.close();
  });

  it.each(["card.json", "rows.onnx"])("says that %s is missing and what to do", async (name) => {
    await rm(path.join(folder, name));
    const { code, message } = await failure();
    expect(code).toBe("BAD_MODEL");
    expect(message).toContain(path.join(folder, name));
    expect(message).toContain("npm run train");
  });

  it.each([
    ["rows.onnx", "onnx"],
    ["layers/model.json", "tfjs-node"],
    ["layers/weights.bin", "tfjs-node"],
  ] as const)("says that %s was altered", async (name, engine) => {
    const bytes = await readFile(path.join(folder, name));
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(path.join(folder, name), bytes);
    expect(await failure(engine)).toMatchObject({
      code: "BAD_MODEL",
      message: expect.stringContaining(`${path.join(folder, name)} does not have the SHA-256`) as string,
    });
  });

  it.each([
    [/"rowLength": \d+/, '"rowLength": 100', "100 samples"],
    [/"hash": "\w+"/, `"hash": "${"0".repeat(64)}"`, "hash"],
    [/"name": "rows"/, '"name": "live"', "/name"],
    [/^\{/, "", "is not JSON"],
  ])("refuses a card with %s made %s", async (pattern, replacement, told) => {
    const file = path.join(folder, "card.json");
    await writeFile(file, (await readFile(file, "utf8")).replace(pattern, replacement));
    expect(await failure()).toMatchObject({ code: "BAD_MODEL", message: expect.stringContaining(told) as string });
  });
});

describe("the row model", () => {
  const { rows } = syntheticRows(70, 1);

  it("gives probabilities, the same alone and among others, on one thread and on two", async () => {
    const [one, two] = [
      await loadRowClassifier(ROWS, "onnx"),
      await loadRowClassifier(ROWS, "onnx", { intraOpThreads: 2 }),
    ];
    const all = await one.classify(rows, 70);
    expect(all).toHaveLength(70 * 5);
    for (let row = 0; row < 70; row++) {
      const own = all.subarray(5 * row, 5 * row + 5);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      if (row % 9 === 0) {
        const alone = await one.classify(rows.subarray(187 * row), 1);
        alone.forEach((value, k) => expect(value).toBeCloseTo(own[k], 5));
      }
    }
    (await two.classify(rows, 70)).forEach((value, i) => expect(value).toBeCloseTo(all[i], 5));
    await Promise.all([one.close(), two.close()]);
  });

  it.skipIf(leftOutWithoutTensorflow("agreement of the row model's engines"))(
    "gives the same on tfjs-node as on onnxruntime, within 1e-4",
    async () => {
      const [onnx, tfjs] = [await loadRowClassifier(ROWS, "onnx"), await loadRowClassifier(ROWS, "tfjs-node")];
      const expected = await onnx.classify(rows, 70);
      const actual = await tfjs.classify(rows, 70);
      const largest = Math.max(...expected.map((value, i) => Math.abs(value - actual[i])));
      console.log(`largest difference of the row model's engines: ${largest.toExponential(1)}`);
      expect(largest).toBeLessThanOrEqual(1e-4);
      await Promise.all([onnx.close(), tfjs.close()]);
    },
  );
});
