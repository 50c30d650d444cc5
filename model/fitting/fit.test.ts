import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { fit, type FitOptions, type Trainer } from "./fit.ts";
import { dropoutMask } from "./pass.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bedside-fit-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Its weights are the numbers of the passes it has made, those before it was stopped among them. */
function passes(resumes: boolean): (state: number[] | null) => Trainer<number[], number[]> {
  return (state) => {
    const made = [...(state ?? [])];
    return {
      pass: (epoch) => ({
        steps: 2,
        losses: (function* () {
          yield epoch;
          made.push(epoch);
          yield epoch + 1;
        })(),
      }),
      weights: () => [...made],
      ...(resumes && { state: () => made }),
    };
  };
}

const fitted = (more: Partial<FitOptions<number[], number[]>>, resumes = true) =>
  fit({ start: passes(resumes), epochs: 4, file: path.join(folder, "fit"), ...more });
const stopAt = (last: number) => ({
  onEpoch: ({ epoch }: { epoch: number }) => {
    if (epoch === last) throw new Error("stopped");
  },
});

test("all epochs, step by step, with a line of the log for each", async () => {
  const heard: number[][] = [];
  const { snapshots, log, bestEpochs } = await fitted({ onStep: (...step) => heard.push(step) });
  expect(snapshots).toEqual([[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]);
  expect(log.map(({ epoch, loss, validation }) => [epoch, loss, validation])).toEqual(
    [0, 1, 2, 3].map((epoch) => [epoch, epoch + 0.5, null]),
  );
  expect(bestEpochs).toBe(4);
  expect(heard.slice(2, 4)).toEqual([
    [1, 1, 1, 2],
    [2, 1, 2, 2],
  ]);
  const lines = (await readFile(path.join(folder, "fit.jsonl"), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(log);
});

test("what is done is not done again", async () => {
  const first = await fitted({});
  const start = (): never => {
    throw new Error("started");
  };
  expect(await fitted({ start })).toEqual(first);
});

test.each([
  [true, [2, 3]],
  [false, [0, 1, 2, 3]],
])("stopped between epochs, of a trainer that goes on: %s", async (resumes, rest) => {
  await expect(fitted(stopAt(1), resumes)).rejects.toThrow("stopped");
  const epochs: number[] = [];
  const { snapshots } = await fitted({ onEpoch: ({ epoch }) => void epochs.push(epoch) }, resumes);
  expect(epochs).toEqual(rest);
  expect(snapshots.at(-1)).toEqual([0, 1, 2, 3]);
});

test("ends when the score has not been better for some epochs, and keeps which was best", async () => {
  const scores = [0.2, 0.6, 0.5, 0.5, 0.9];
  const score = async (weights: number[]) => ({ accuracy: scores[weights.length - 1], macroF1: 0 });
  const options = { epochs: 5, patience: 2, score };
  const { log, bestEpochs } = await fitted(options);
  expect([log.length, bestEpochs]).toEqual([4, 2]);
  expect(await fitted(options)).toMatchObject({ bestEpochs: 2, log });
});

test("a mask leaves out its share and makes up for it", () => {
  const mask = dropoutMask(10_000, 0.2, createRandom(1, "mask"));
  expect(new Set(mask)).toEqual(new Set([0, 1.25]));
  expect(mask.filter((factor) => factor === 0).length / mask.length).toBeCloseTo(0.2, 1);
});
