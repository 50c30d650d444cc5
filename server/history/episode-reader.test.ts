import { expect, test } from "vitest";
import type { ConditionKind } from "../../contracts/condition.ts";
import { beatAt } from "../../testing/gateway/messages.ts";
import { alarm, beat, command, frame, historyPlace, START } from "../../testing/server/history.ts";
import { EpisodeReader } from "./episode-reader.ts";
import type { HistoryFile, Sql } from "./file.ts";
import { RangeReader } from "./reader.ts";
import { retain } from "./retention.ts";
import { standingAlarms } from "./seeds.ts";
import { TrendReader } from "./trend-reader.ts";
import { HistoryWriter } from "./writer.ts";

const place = historyPlace();
const open = (): HistoryFile => place.open();
const said = (reason: string | null) => ({ alarm: { id: "b1/e1/x", version: 1 }, reason });

const list = (sql: Sql, query = {}) => new EpisodeReader(sql).list({ limit: 10, ...query });

test("the last first, by kind, bed and time, page by page, with what was said of them and taken back", () => {
  const { sql } = open();
  const writer = new HistoryWriter(sql, null);
  const raised = (bed: string, second: number, id: string, kind: ConditionKind = "ventricular-tachycardia") =>
    alarm(bed, kind, second * 250, { alarm: { id } });
  writer.write([raised("b1", 1, "b1/e1/x"), raised("b1", 2, "b1/e1/y", "asystole"), raised("b2", 3, "b2/e1/z")], 0);
  const ids = (query = {}) => list(sql, query).episodes.map((one) => one.alarm.id);
  expect(ids()).toEqual(["b2/e1/z", "b1/e1/y", "b1/e1/x"]);
  expect(list(sql, { limit: 2 }).more).toBe(true);
  expect(ids({ before: "b1/e1/y" })).toEqual(["b1/e1/x"]);
  expect(ids({ kinds: "asystole,pause" })).toEqual(["b1/e1/y"]);
  expect(ids({ beds: "b2" })).toEqual(["b2/e1/z"]);
  expect(ids({ from: START + 2000, to: START + 3000 })).toEqual(["b1/e1/y"]);
  expect(ids({ id: "b1/e1/x" })).toEqual(["b1/e1/x"]);

  writer.write([command("dismiss", said("artefact")), command("note", said("turned over"))], 0);
  const one = () => list(sql, { id: "b1/e1/x" }).episodes[0];
  expect(one()).toMatchObject({ dismissed: { by: "nurse", reason: "artefact" }, notes: [{ text: "turned over" }] });
  writer.write([command("reinstate", said(null))], 0);
  expect(one()).toMatchObject({ dismissed: null, notes: [{ text: "turned over" }] });
});

test("one is where it was last raised or rose, whatever event time later steps have; a trend counts it where it was raised first", () => {
  const { sql } = open();
  const writer = new HistoryWriter(sql, null);
  const step = (name: "raised" | "rose" | "ended" | "latched", second: number, clockMs: number) =>
    alarm("b1", "asystole", second * 250, { step: name, clockMs, alarm: { id: "b1/e1/x" } });
  writer.write(
    [frame("b1", 0), step("raised", 10, 10), step("rose", 40, 40), step("ended", 50, 50), step("latched", 2, 60)],
    0,
  );
  writer.flush();
  const raises = [10, 40].map((second) => ({ timeMs: START + second * 1000, epoch: "e1" }));
  expect(list(sql).episodes).toMatchObject([{ raisedTimeMs: START + 40_000, raises, changedTimeMs: START + 2000 }]);
  writer.write([frame("b1", 50)], 0);
  writer.flush();
  const { points } = new TrendReader(sql).trend("b1", START, START + 60_000, 10_000);
  expect(points.map(({ alarms }) => alarms.high)).toEqual([0, 1]);
});

test("a beat's class that somebody gave it stands beside its own, until it is taken back", () => {
  const { sql } = open();
  const writer = new HistoryWriter(sql, null);
  const id = beatAt("b1", 200).id;
  const relabel = (beatClass: "V" | null) => command("relabel", { beat: { id, timeMs: START + 800, beatClass } });
  writer.write([beat("b1", 200), relabel("V")], 0);
  const seen = () => new RangeReader(sql).beats("b1", START, START + 2000);
  expect(seen()).toMatchObject({
    beats: [{ id, beatClass: "N" }],
    relabelled: [{ beat: id, beatClass: "V", by: "nurse" }],
  });
  writer.write([relabel(null)], 0);
  expect(seen().relabelled).toEqual([]);
});

test("those that stand are told to the next process in the order they were told, also when they are old", () => {
  const { sql } = open();
  const writer = new HistoryWriter(sql, null);
  const step = (sequence: number, name: "raised" | "cleared", id: string) =>
    alarm("b1", "asystole", sequence, {
      sequence,
      step: name,
      alarm: { id, state: name === "cleared" ? "cleared" : "active" },
    });
  writer.write([step(1, "raised", "b1/e1/x"), step(2, "raised", "b1/e1/y"), step(3, "cleared", "b1/e1/x")], 0);
  expect(standingAlarms(sql).map(({ event }) => event.sequence)).toEqual([1, 2, 3]);
  retain(sql, { maxBytes: 1e9, maxAgeMs: 1000 }, START + 1e9);
  expect(standingAlarms(sql).map(({ event }) => event.alarm?.id)).toEqual(["b1/e1/y"]);
});
