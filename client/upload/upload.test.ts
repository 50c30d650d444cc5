import { expect, test, vi } from "vitest";
import { rowOf } from "../../testing/client/upload.ts";
import { chooseRows, totalsOf } from "./choose-rows.ts";
import { exampleCsv } from "./example.ts";
import { lineReader } from "./lines.ts";
import { LocalBeats } from "./local-beats.ts";
import type { SendHandlers } from "./send-file.ts";
import { UploadRun } from "./upload-run.ts";

const ROWS = [rowOf(1, "N", 0.9, "N"), rowOf(2, "V", 0.5, "N"), rowOf(4, "V", 0.7, "V")];

test("the example is a file of beats that the parser takes, but for one row", async () => {
  const beats = new LocalBeats();
  await beats.read(new Blob([exampleCsv()]), () => true);
  for (const line of [1, 40, 42, 121]) {
    const samples = beats.at(line);
    expect(samples).toHaveLength(187);
    expect(Math.max(...(samples ?? []))).toBe(1);
  }
  expect(beats.at(41)).toBeNull();
  expect(beats.at(122)).toBeNull();
  expect(exampleCsv()).toBe(exampleCsv());
});

test("lines come whole, each once, however the text grows", () => {
  const read = lineReader();
  expect(read("a\nb")).toEqual(["a"]);
  expect(read("a\nbc\n\nd")).toEqual(["bc"]);
  expect(read("a\nbc\n\nd")).toEqual([]);
  expect(read("a\nbc\n\nde", true)).toEqual(["de"]);
});

test("rows are chosen by class and error, and ordered by doubt", () => {
  const lines = (choice: Parameters<typeof chooseRows>[1]) => chooseRows(ROWS, choice).map((one) => one.row);
  expect(lines({ beatClass: null, onlyWrong: false, order: "file" })).toEqual([1, 2, 4]);
  expect(lines({ beatClass: "V", onlyWrong: false, order: "file" })).toEqual([2, 4]);
  expect(lines({ beatClass: null, onlyWrong: true, order: "file" })).toEqual([2]);
  expect(lines({ beatClass: null, onlyWrong: false, order: "unsure" })).toEqual([2, 4, 1]);
  expect(totalsOf(ROWS)).toEqual({ N: 1, S: 0, V: 2, F: 0, Q: 0 });
});

function runWithFakeServer() {
  const sent: SendHandlers[] = [];
  const cancelled = vi.fn();
  const run = new UploadRun((_file, handlers) => {
    sent.push(handlers);
    return cancelled;
  });
  return { run, sent, cancelled };
}

test("a run gathers what comes, and ends once", () => {
  const { run, sent } = runWithFakeServer();
  run.start(new Blob(["0,1\n"]), "a.csv");
  expect(run.status).toBe("running");
  sent[0].event({ event: "start", model: { name: "rows", hash: "h", engine: "onnx" }, bytes: 4 });
  sent[0].event({ event: "rows", rows: ROWS });
  sent[0].event({ event: "rejected", rejected: [{ row: 3, reason: "r" }] });
  sent[0].event({ event: "end", counts: { rows: 3, rejected: 1, classes: { N: 1, S: 0, V: 2, F: 0, Q: 0 } } });
  sent[0].closed();
  expect(run).toMatchObject({ status: "done", name: "a.csv", model: { name: "rows" }, metrics: null });
  expect(run.rows).toHaveLength(3);
  expect(run.rejected).toHaveLength(1);
});

test("cancelling keeps what has come and tells the server; a refusal is told in its words", () => {
  const { run, sent, cancelled } = runWithFakeServer();
  run.start(new Blob(["0"]), "a.csv");
  sent[0].event({ event: "rows", rows: ROWS });
  run.cancel();
  expect(cancelled).toHaveBeenCalledOnce();
  expect(run).toMatchObject({ status: "cancelled" });
  expect(run.rows).toHaveLength(3);
  run.start(new Blob(["0"]), "b.csv");
  expect(run.rows).toHaveLength(0);
  sent[1].failed("the file is empty");
  expect(run).toMatchObject({ status: "failed", message: "the file is empty" });
});
