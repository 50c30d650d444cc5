import { expect, test } from "vitest";
import type { Generalisation, GeneralisationRow } from "../../contracts/report.ts";
import { faultOf } from "../../testing/charts.ts";
import { model } from "../../testing/model-report.ts";
import { generalisationTable } from "./generalisation.ts";
import { reportSections } from "./sections.ts";

const between: [number, number] = [0.46, 0.79];
const figures = { se: { value: 0.62, interval: between }, ppv: { value: 0.58 }, f1: { value: 0.6 } };
const row: GeneralisationRow = {
  kind: "model",
  name: "Model <in use>",
  remark: "trained on DS1 & more",
  hash: "abc",
  command: "npm run evaluate",
  qrs: { se: { value: 0.9998, interval: [0.9995, 1] }, ppv: { value: 0.9973 } },
  accuracy: { value: 0.939, interval: [0.881, 0.98] },
  classes: { N: figures, S: figures, V: figures, F: figures },
  coverage: 0.998,
  ece: 0.023,
};
const published: GeneralisationRow = {
  kind: "published",
  name: "A 2004",
  remark: "as quoted by B",
  hash: null,
  command: null,
  classes: { S: figures },
};
const generalisation: Generalisation = [
  { name: "SVDB report", remark: "12 records", beats: { N: 25_049, S: 1960, V: 11, F: 0 }, rows: [row, published] },
  { name: "DS2", remark: "22 records", beats: { N: 1 }, rows: [{ ...published, name: "C 2011" }] },
];
const html = generalisationTable(generalisation);
const text = html.replaceAll("</div>", " ").replace(/<[^>]+>/g, "");

test("a group says how many beats of each class it has; a class without or with few beats is told so", () => {
  expect(faultOf(`<div>${html}</div>`)).toBeNull();
  expect(text).toContain("SVDB report 12 records; 25,049 N, 1,960 S, 11 V, no F");
  expect(text.match(/11 beats alone/g)).toHaveLength(1);
  const cells = [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)]
    .slice(0, 6)
    .map(([, cell]) => cell.replace(/<[^>]+>/g, " "));
  expect(cells[5]).toBe("–");
  expect(cells[3].replace(/ +/g, " ").trim()).toBe("0.60 Se 62 46–79 +P 58");
});

test("intervals, coverage and calibration stand by their figures; sources once each", () => {
  expect(text).toContain("Se 99.98 99.95–100.00");
  expect(text).toContain("93.9 88.1–98.0 called 99.8 ECE 0.023");
  expect(text.match(/Published figures: as quoted by B\./g)).toHaveLength(1);
  expect(text).toContain("Made by npm run evaluate, model abc.");
});

test("the page says what is not measured with its command", () => {
  const sections = (given?: Generalisation): string =>
    reportSections({
      version: 1,
      date: "",
      command: "",
      live: model,
      rows: null,
      ...(given && { generalisation: given }),
    })
      .map(({ heading, html: own }) => heading + own)
      .join("");
  expect(sections(generalisation)).toContain("SVDB report");
  for (const none of [undefined, []]) expect(sections(none)).toContain("--split svdb-report");
});
