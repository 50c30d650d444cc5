import { expect, test } from "vitest";
import type { ReportRecord } from "../../../contracts/report.ts";
import { drawn, sceneOf, textOf, within } from "../../../testing/client/dom.ts";
import { RecordTable } from "./record-table.ts";

const record = (name: string, accuracy: number, f1: number, support: number): ReportRecord => ({
  record: name,
  accuracy,
  coverage: 0.9,
  classes: { V: { se: f1, ppv: f1, f1, support } },
});

test("records, the worst first; a head orders by its column, and the other way round", async () => {
  const records = [record("200", 0.9, 0.5, 1200), record("100", 0.7, 0, 0)];
  const table = await sceneOf().show(Object.assign(new RecordTable(), { records }));
  const rows = (): string[] => within(table, "[data-testid=record]").map(textOf);
  const click = async (name: string): Promise<void> => {
    within(table, "thead button")
      .find((button) => textOf(button).startsWith(name))
      ?.click();
    await drawn(table);
  };
  expect(rows()).toEqual(["100 70.0 % 90.0 % – – – –", "200 90.0 % 90.0 % – – 0.50 1,200 –"]);
  expect(within(table, ".poor").map(textOf)).toEqual(["0.50 1,200"]);
  await click("Right");
  expect(rows()[0]).toMatch(/^200/);
  await click("Record");
  expect(rows()[0]).toMatch(/^100/);
  expect(within(table, "[aria-sort]").map((head) => [textOf(head), head.getAttribute("aria-sort")])).toEqual([
    ["Record ▲", "ascending"],
  ]);
});
