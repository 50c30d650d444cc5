import { expect, test } from "vitest";
import { leadingEvaluation } from "../../charts/model-report/words.ts";
import { readRowCard } from "../../model/card/row-folder.ts";
import { renderRowCard } from "../../model/card/row-render.ts";
import { rowsReport } from "./cards.ts";

const TITLE = "Other patients: the same folds, SVDB learned from too";

test("folds that learned from SVDB too are one more evaluation, not the one that the model is judged by", async () => {
  const { recordFoldsWithSvdb: _, ...card } = await readRowCard("model/artifacts/rows");
  const names = (folds: object): string[] => rowsReport({ ...card, ...folds }).evaluations.map(({ name }) => name);
  expect(names({})).not.toContain(TITLE);
  if (!card.recordFolds) throw new Error("the card has no folds of whole records");
  const folds = { recordFoldsWithSvdb: { ...card.recordFolds, remark: "SVDB too" } };
  expect(names(folds)).toContain(TITLE);
  expect(leadingEvaluation(rowsReport({ ...card, ...folds }))?.name).toBe("Other patients: folds of whole records");
});

test("the card tells them under a head of their own", async () => {
  const { recordFoldsWithSvdb: _, ...card } = await readRowCard("model/artifacts/rows");
  const head = "## Folds of whole records, SVDB learned from too";
  expect(renderRowCard(card)).not.toContain(head);
  if (!card.recordFolds) throw new Error("the card has no folds of whole records");
  expect(renderRowCard({ ...card, recordFoldsWithSvdb: { ...card.recordFolds, remark: "Both." } })).toContain(
    `${head}\n\nBoth.\n\nAccuracy`,
  );
});
