import { describe, expect, it } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { missingRecords } from "../../data/records.ts";
import { readConfig } from "../../server/config.ts";
import { createOnnxClassifier } from "../engines/onnx.ts";
import { exportGraphs } from "./save.ts";
import { weightsOf } from "../network/weights.ts";
import { runPass } from "../fitting/pass.ts";
import { leftOutWithoutTensorflow } from "../../testing/model/tensorflow.ts";
import { loadTensorflow } from "../tensorflow/load.ts";
import { cardFigures, confusionOf } from "./figures.ts";
import { infoOfShape } from "./folds.ts";
import { hear } from "./records/hear.ts";
import { readLeadRecordings } from "../../data/lead-recording.ts";
import type { TrainingRecord } from "./records/record.ts";
import { LIVE_RECIPE, recipeShape, trainerSettings } from "./settings.ts";
import { shuffle } from "../../kit/shuffle.ts";
import { createLiveTrainer } from "./steps/trainer.ts";

const TRAIN = ["mitdb/119", "mitdb/208", "mitdb/223", "svdb/841"];
/** Other patients of both databases. */
const HELD_OUT = ["mitdb/106", "mitdb/215", "svdb/866"];
const EPOCHS = 4;
/** How far the short training must lie above what knows the classes' shares alone. */
const MARGIN = 0.3;

const { PHYSIONET_DIR } = readConfig();
const there = (await missingRecords(PHYSIONET_DIR, [...TRAIN, ...HELD_OUT])).length === 0;
if (!there) console.log("short training left out: records are missing; run npm run fetch -- mitdb svdb");

/** V's F1 on the held-out patients after a training on the others. */
async function trainBriefly(train: readonly TrainingRecord[], heldOut: readonly TrainingRecord[]): Promise<number> {
  const shape = recipeShape(LIVE_RECIPE);
  const trainer = createLiveTrainer(loadTensorflow(), shape, trainerSettings(LIVE_RECIPE, EPOCHS), 1);
  for (let epoch = 0; epoch < EPOCHS; epoch++) await runPass(trainer.pass(train, epoch));
  const classifier = await createOnnxClassifier(infoOfShape(shape), exportGraphs(shape, weightsOf(trainer.network)));
  const { classes } = cardFigures(await confusionOf(classifier, heldOut));
  await classifier.close();
  trainer.dispose();
  return classes.V.f1 ?? 0;
}

describe.skipIf(leftOutWithoutTensorflow("short training") || !there)(
  "a short training on four patients of two databases",
  () => {
    it("knows V of others better than chance and prior, and with shuffled labels does not", async () => {
      const read = (names: readonly string[]): Promise<TrainingRecord[]> =>
        Promise.all(names.map(async (name) => hear((await readLeadRecordings(PHYSIONET_DIR, name))[0])));
      const [train, heldOut] = [await read(TRAIN), await read(HELD_OUT)];
      const targets = heldOut.flatMap((record) => [...record.targets]).filter((target) => target >= 0);
      const share = targets.filter((target) => target === 2).length / targets.length;
      // Calling every beat V is the best that the share alone allows.
      const prior = (2 * share) / (1 + share);

      const learnt = await trainBriefly(train, heldOut);
      expect(learnt).toBeGreaterThan(prior + MARGIN);

      const random = createRandom(1, "shuffled");
      const shuffled = train.map((record) => ({
        ...record,
        targets: Int8Array.from(shuffle([...record.targets], random)),
      }));
      expect(await trainBriefly(shuffled, heldOut)).toBeLessThan(prior + MARGIN / 2);
      console.log(`V's F1 of held-out patients: ${learnt.toFixed(2)}; prior ${prior.toFixed(2)}`);
    }, 400_000);
  },
);
