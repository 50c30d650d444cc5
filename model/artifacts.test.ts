import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { LAYERS_FILES, readCard } from "./card/live-folder.ts";
import { renderLiveCard } from "./card/live-render.ts";
import { readRowCard, ROW_LAYERS } from "./card/row-folder.ts";
import { renderRowCard } from "./card/row-render.ts";
import { mergedShape } from "./network/merge.ts";
import { readWeights } from "./network/weights.ts";
import { rowGraph } from "./rows/network/graph.ts";
import { ROW_SHAPE } from "./rows/network/shape.ts";
import { openLayers } from "./engines/layers.ts";
import { loadTfjs } from "./tensorflow/tfjs.ts";
import { exportGraphs } from "./training/save.ts";
import { LIVE_RECIPE, MEMBERS, recipeShape } from "./training/settings.ts";

/** Of one recipe: the product's model, and the one trained on DS1 alone, the published protocol. */
const LIVE = ["live", "live-ds1"].map((name) => path.join(import.meta.dirname, "artifacts", name));
const ROWS = path.join(import.meta.dirname, "artifacts", "rows");

describe.each(LIVE)("the live model's folder %s", (folder) => {
  it("has the graphs that its layers' weights give, to the byte", async () => {
    const tf = await loadTfjs("tfjs-wasm");
    const card = await readCard(folder);
    const weights = async (file: string) => readWeights(await openLayers(tf, folder, file, card));
    const { encode, step } = exportGraphs(mergedShape(recipeShape(LIVE_RECIPE), MEMBERS), {
      encode: await weights(LAYERS_FILES.encode),
      step: await weights(LAYERS_FILES.step),
    });
    expect(Buffer.from(encode).equals(await readFile(path.join(folder, "encode.onnx")))).toBe(true);
    expect(Buffer.from(step).equals(await readFile(path.join(folder, "step.onnx")))).toBe(true);
  });

  it("has a card for people that tells what the one for programs does", async () => {
    expect(renderLiveCard(await readCard(folder))).toBe(await readFile(path.join(folder, "card.md"), "utf8"));
  });
});

describe("the row model's folder", () => {
  it("has the graph that its layers' weights give, to the byte", async () => {
    const tf = await loadTfjs("tfjs-wasm");
    const card = await readRowCard(ROWS);
    const graph = rowGraph(ROW_SHAPE, readWeights(await openLayers(tf, ROWS, ROW_LAYERS, card)));
    expect(Buffer.from(graph).equals(await readFile(path.join(ROWS, "rows.onnx")))).toBe(true);
  });

  it("has a card for people that tells what the one for programs does", async () => {
    expect(renderRowCard(await readRowCard(ROWS))).toBe(await readFile(path.join(ROWS, "card.md"), "utf8"));
  });
});
