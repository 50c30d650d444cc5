import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leftOutWithoutTensorflow } from "../../../testing/model/tensorflow.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import type { RowShape } from "../network/shape.ts";
import { fitRows, scoreRows } from "./fit.ts";
import { type RowTrainingSettings, rowTrainingSettings } from "./settings.ts";
import { syntheticRows } from "../../../testing/model/synthetic-rows.ts";

const SHAPE: RowShape = {
  convolutions: [
    { filters: 8, kernelSize: 7, stride: 3 },
    { filters: 12, kernelSize: 5, stride: 3 },
  ],
  units: 12,
  hidden: 12,
};
const NONE = new Uint32Array();

describe.skipIf(leftOutWithoutTensorflow("training of the row model"))("training of the row model", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "bedside-row-training-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const settings = (epochs: number): RowTrainingSettings => ({
    ...rowTrainingSettings(epochs),
    batch: 40,
    learningRate: 0.02,
    dropout: 0,
    averaging: 0.8,
  });
  const fit = (more: Partial<Parameters<typeof fitRows>[0]>, shuffled = false, count = 480) => {
    const { rows, labels, indices } = syntheticRows(count, 1, shuffled);
    return fitRows({
      tf: loadTensorflow(),
      shape: SHAPE,
      settings: settings(8),
      seed: 3,
      rows,
      labels,
      train: indices,
      validation: NONE,
      file: path.join(folder, "fit"),
      ...more,
    });
  };
  const unseenF1 = async (shuffled: boolean): Promise<number> => {
    const { weights } = await fit({ file: path.join(folder, String(shuffled)) }, shuffled);
    const { rows, labels, indices } = syntheticRows(300, 2);
    return (await scoreRows(SHAPE, weights, rows, labels, indices))?.macroF1 ?? Number.NaN;
  };

  it("learns, by the graph that serves, and learns nothing from shuffled labels", async () => {
    expect(await unseenF1(false)).toBeGreaterThan(0.8);
    expect(await unseenF1(true)).toBeLessThan(0.5);
  }, 60_000);

  it("goes on where it stopped as if it had not", async () => {
    const straight = await fit({ settings: settings(3), file: path.join(folder, "straight") }, false, 100);
    const stopped = new Error("stopped");
    const stop = (): never => {
      throw stopped;
    };
    await expect(fit({ settings: settings(3), onEpoch: stop }, false, 100)).rejects.toBe(stopped);
    let epochs = 0;
    const resumed = await fit({ settings: settings(3), onEpoch: () => epochs++ }, false, 100);
    expect(epochs).toBe(2);
    expect(resumed.weights).toEqual(straight.weights);
    expect(resumed.log.map(({ loss }) => loss)).toEqual(straight.log.map(({ loss }) => loss));
  }, 60_000);

  it("learns with repeated rows and the focal loss too", async () => {
    const other = { ...settings(8), balance: 0, oversampling: 0.5, focal: 2 };
    const { log } = await fit({ settings: other });
    expect(log.at(-1)?.loss).toBeLessThan((log[0]?.loss ?? 0) / 3);
  }, 60_000);

  it("differs by its seed", async () => {
    const [one, other] = [
      await fit({ settings: settings(1), file: path.join(folder, "3") }, false, 100),
      await fit({ settings: settings(1), file: path.join(folder, "4"), seed: 4 }, false, 100),
    ];
    expect(one.weights.parameters).not.toEqual(other.weights.parameters);
  });

  it("keeps the best epoch by the validation part, and stops when it gets no better", async () => {
    const { rows, labels, indices } = syntheticRows(150, 1);
    // Labels that are wrong on purpose: the better the fit, the worse the score.
    const wrong = labels.map((label, row) => (row < 50 ? (label + 1) % 5 : label));
    const { log, bestEpochs } = await fit({
      settings: { ...settings(30), patience: 2 },
      rows,
      labels: wrong,
      train: indices.subarray(50),
      validation: indices.subarray(0, 50),
    });
    expect(log.length).toBe(bestEpochs + 2);
    expect(log.length).toBeLessThan(30);
  }, 60_000);
});
