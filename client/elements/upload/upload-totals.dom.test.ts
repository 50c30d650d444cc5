import { expect, test } from "vitest";
import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { finishedUpload, rowOf, scriptedUpload } from "../../../testing/client/upload.ts";
import { UploadTotals } from "./upload-totals.ts";

test("rows by class, and that nothing can be said without labels", async () => {
  const upload = finishedUpload([rowOf(1, "N", 0.9), rowOf(2, "N", 0.8), rowOf(3, "S", 0.9)]);
  const element = await sceneOf({ upload }).show(new UploadTotals());
  const counts = BEAT_CLASSES.map((name) => textOf(the(element, `[data-testid=total-${name}] .count`)));
  expect(counts).toEqual(["2", "1", "0", "0", "0"]);
  expect(textOf(element)).toContain("The file has no labels");
  expect(textOf(element)).toContain("Model rows, engine onnx, abc123");
  expect(within(element, "[data-testid=scores]")).toEqual([]);
});

test("scores where the file has labels", async () => {
  const { upload, said } = scriptedUpload();
  const element = await sceneOf({ upload }).show(new UploadTotals());
  upload.start(new Blob(["0"]), "a.csv");
  said().event({ event: "rows", rows: [rowOf(1, "N", 0.9, "N")] });
  const none = { se: null, ppv: null, f1: null, support: 0 };
  const classes = { N: { se: 1, ppv: 0.5, f1: 0.667, support: 1 }, S: none, V: none, F: none, Q: none };
  const metrics = { rows: 1, accuracy: 0.995, macroF1: 0.667, order: [...BEAT_CLASSES], confusion: [[1]], classes };
  const counts = { rows: 1, rejected: 0, classes: { N: 1, S: 0, V: 0, F: 0, Q: 0 } };
  said().event({ event: "end", counts, metrics });
  await drawn(element);
  expect(within(element, "button").every((button) => (button as HTMLButtonElement).disabled)).toBe(true);
  said().closed();
  await drawn(element);
  expect(textOf(the(element, "[data-testid=scores]"))).toMatch(/the 1 labels in the file: 99\.5 % right, .* 0\.67\.$/);
  expect(within(element, "tbody tr").map(textOf)).toEqual(["N 100.0 % 50.0 % 0.67 1"]);
  expect(within(element, "button").some((button) => (button as HTMLButtonElement).disabled)).toBe(false);
});
