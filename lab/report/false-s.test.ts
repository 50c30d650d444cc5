import { expect, test } from "vitest";
import { reportSections } from "../../charts/model-report/sections.ts";
import type { FalseS } from "../../contracts/false-s.ts";
import { readCard } from "../../model/card/live-folder.ts";
import { NO_SOURCES } from "../../testing/report-sources.ts";
import { groupOf } from "../false-s/group.ts";
import { gather } from "./gather.ts";

const counts = { calledS: 30, falseS: 20, ungated: { calledS: 31, falseS: 21 } };
const rows = ["a", "b"].map((record) => ({ record, hours: 0.25, beats: 900, ...counts }));
const ofFalseS = (hash: string): FalseS => ({
  version: 1,
  command: "npm run false-s -- --split report --json OUT.json",
  date: new Date(0).toISOString(),
  split: "report",
  model: { name: "live", hash },
  trainedOn: ["201"],
  level: 0.95,
  groups: [
    groupOf({ name: "AF strips", database: "challenge-2017", truth: "fibrillation" }, rows),
    groupOf({ name: "others", database: "challenge-2017", truth: "unknown" }, [{ ...rows[0], falseS: null }]),
  ],
});

async function sectionOf(falseS: readonly FalseS[]): Promise<string> {
  const live = await readCard("model/artifacts/live");
  return (
    reportSections(gather({ ...NO_SOURCES, live, falseS })).find(({ heading }) => heading.startsWith("False S"))
      ?.html ?? ""
  );
}

test("false S an hour stand in the report, with how it is known what is false, and of which weights", async () => {
  const { hash } = await readCard("model/artifacts/live");
  const html = await sectionOf([ofFalseS(hash)]);
  expect(html).toMatch(/AF strips.*80\.0.*80\.0 to 80\.0.*100\.0 %/s);
  expect(html).toMatch(/others.*not known.*120\.0.*–/s);
  expect(html).toMatch(/AF strips: the rhythm: in fibrillation no beat is S/);
  expect(html).toMatch(/nothing was learned or chosen from.*trained on 201/s);
  expect(html).not.toContain("Of other weights");
  expect(await sectionOf([ofFalseS("0123456789ab")])).toContain("Of other weights than those in use: 0123456789ab");
  expect(await sectionOf([])).toContain("npm run false-s");
});
