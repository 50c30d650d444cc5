import { expect, test } from "vitest";
import { readCard } from "../../model/card/live-folder.ts";
import { readRowCard } from "../../model/card/row-folder.ts";
import { figuresOf } from "../../scoring/figures.ts";
import { summarise } from "../../scoring/summary/summary.ts";
import { scoreRecord } from "../../scoring/summary/record.ts";
import { gather, type Sources } from "./gather.ts";
import { modelReportPage } from "./page.ts";
import { withoutFolders } from "./parts.ts";

const PROBABILITIES = { N: 0.7, S: 0.1, V: 0.1, F: 0.1 };

/** What evaluate would write of these records: every tenth beat is V, and the pipeline says N of all. */
function scoringOf(records: readonly string[], set: "DS1" | "DS2"): unknown {
  const scored = records.map((record) => {
    const beats = Array.from({ length: 50 }, (_, i) => ({
      sample: 360 * (i + 1),
      beatClass: i % 10 === 0 ? ("V" as const) : ("N" as const),
    }));
    const found = beats.map(({ sample }) => ({ sample, beatClass: "N" as const, probabilities: PROBABILITIES }));
    return scoreRecord(record, { beats, flutter: [] }, found, { samplingRateHz: 360 });
  });
  const perRecord = scored.map(({ record, confusion }) => ({ record, coverage: 1, ...figuresOf(confusion) }));
  const summary = summarise(scored);
  return {
    database: "/somewhere/mitdb",
    records,
    annotatedPeaks: false,
    model: { name: "live", hash: "0123456789ab" },
    ...summary,
    perRecord,
    splits: { [set]: { records, ...summary } },
  };
}

const sources = async (): Promise<Sources> => ({
  live: await readCard("model/artifacts/live"),
  rows: await readRowCard("model/artifacts/rows"),
  evaluate: [],
  replay: null,
  ablation: null,
  command: "npm run report",
  date: new Date(0),
});

test("cards alone make a report, and what is missing is said with its command", async () => {
  const report = gather(await sources());
  expect(report.live?.evaluations.map(({ name }) => name)).toContain("DS1, record-wise folds");
  expect(report.live?.openings?.length).toBeGreaterThan(0);
  const page = modelReportPage(report);
  expect(page).toMatch(/npm run replay -- --split ds2 --grid/);
  expect(page).not.toMatch(/<script|NaN|undefined/);
});

test("an evaluation brings intervals, calibration and records, and takes the card's place", async () => {
  const evaluate = [{ name: "e.json", value: scoringOf(["100", "103", "105"], "DS2") }];
  const { live } = gather({ ...(await sources()), evaluate });
  const own = live?.evaluations.filter(({ name }) => name === "DS2, R peaks as found");
  expect(own).toHaveLength(1);
  expect(own?.[0]).toMatchObject({ isHoldOut: true, hash: "0123456789ab", records: ["100", "103", "105"] });
  expect(own?.[0].figures.classes["V"]).toMatchObject({ se: 0, support: 15 });
  expect(own?.[0].intervals?.classes["N"].se).toEqual([1, 1]);
  expect(own?.[0].calibration).toMatchObject({ beats: 150 });
  expect(own?.[0].calibration?.ece).toBeCloseTo(0.2, 5);
  expect(own?.[0].riskCoverage?.points.length).toBeGreaterThan(0);
  expect(own?.[0].perRecord?.map(({ record }) => record)).toEqual(["100", "103", "105"]);
  expect(JSON.stringify(live)).not.toContain("/somewhere");
});

test("a grid of drifts becomes curves; a table of recipes finds the floor", async () => {
  const run = { coverage: 0.9, covered: scoringOf(["101"], "DS1") };
  const cells = [24, 6].map((severity) => ({ ...run, drift: "x", family: "em", severity, unit: "dB" }));
  const command = "npm run replay -- --grid --json /tmp/x/OUT.json";
  const replay = { name: "r.json", value: { command, model: { hash: "0123" }, records: ["101"], clean: run, cells } };
  const rows = [
    { recipe: "plain", what: "", folds: { meanF1: 0.6, classes: { V: { f1: 0.7 } } }, delta: 0 },
    { recipe: "forest" },
  ];
  const ablation = { name: "a.json", value: { command: "npm run ablate", rows } };
  const { live } = gather({ ...(await sources()), replay, ablation });
  expect(live?.robustness?.command).toBe("npm run replay -- --grid --json OUT.json");
  expect(live?.robustness?.families).toMatchObject([
    { family: "em", unit: "dB", points: [{ severity: 24 }, { severity: 6 }] },
  ]);
  expect(live?.ablation?.rows).toMatchObject([
    { recipe: "plain", meanF1: 0.6, f1: { V: 0.7 }, isFloor: false },
    { recipe: "forest", meanF1: null, isFloor: true },
  ]);
});

test.each([
  ["evaluate", { evaluate: [{ name: "wrong.json", value: { rows: [] } }] }],
  ["replay", { replay: { name: "wrong.json", value: 7 } }],
  ["ablation", { ablation: { name: "wrong.json", value: null } }],
])("a file that is none of %s is refused by its name", async (_, wrong) => {
  const all = await sources();
  expect(() => gather({ ...all, ...wrong })).toThrow(
    expect.objectContaining({ code: "BAD_ARGUMENT", message: expect.stringContaining("wrong.json") }),
  );
});

test("folders of a machine are left out of commands", () => {
  expect(withoutFolders("npm run x -- --db /a/b/mitdb/1.0.0 --json=/tmp/o.json data/files/m")).toBe(
    "npm run x -- --db 1.0.0 --json=o.json data/files/m",
  );
});
