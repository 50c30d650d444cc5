import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { leadPictures, PAPER } from "../client/review/strip-picture.ts";
import { recordedSource } from "../client/source/recorded-source.ts";
import type { Beat } from "../contracts/beat.ts";
import type { BeatRange, ConditionRange } from "../contracts/history.ts";
import { hasRecords, mitdbFolder } from "../data/records.ts";
import { readAnnotations } from "../data/wfdb/read-annotations.ts";
import { readConfig } from "../server/config.ts";
import { type Command, kill, startApp } from "./processes.ts";

/** What the screens say of real records, against what cardiologists wrote beside them. */
const RECORDS = ["200", "207", "208", "222"] as const;
const RATE_HZ = 360;
/** Far enough for 222's first long atrial fibrillation. */
const UNTIL_S = 1110;
const EPOCH = "mitdb";

const { PHYSIONET_DIR } = readConfig();
const there = await hasRecords(PHYSIONET_DIR, [...RECORDS]);
if (!there) console.log(`left out: screens on MIT-BIH, no records in ${PHYSIONET_DIR} (npm run fetch)`);

let folder: string;
let app: Command;
let url = "";
/** Event time of each record's first sample, Unix ms. */
let beginMs: number[] = [];

const bedOf = (record: (typeof RECORDS)[number]): string => `b${RECORDS.indexOf(record) + 1}`;
const timeOf = (record: (typeof RECORDS)[number], second: number): number =>
  beginMs[RECORDS.indexOf(record)] + second * 1000;

async function ask<T>(where: string): Promise<T> {
  return (await (await fetch(`${url}/api/${where}`)).json()) as T;
}

async function beatsOf(record: (typeof RECORDS)[number], from: number, to: number): Promise<readonly Beat[]> {
  const range = `from=${timeOf(record, from)}&to=${timeOf(record, to)}`;
  return (await ask<BeatRange>(`beds/${bedOf(record)}/beats?${range}`)).beats;
}

async function played(record: (typeof RECORDS)[number]): Promise<void> {
  const last = await beatsOf(record, UNTIL_S - 10, UNTIL_S);
  expect(last.at(-1)?.sample ?? 0).toBeGreaterThan((UNTIL_S - 3) * RATE_HZ);
}

beforeAll(async () => {
  if (!there) return;
  folder = mkdtempSync(path.join(tmpdir(), "bedside-records-"));
  const args = ["--records", RECORDS.join(","), "--speed", "32", "--epoch", EPOCH, "--no-canaries"];
  app = startApp(args, { PHYSIONET_DIR, HISTORY: path.join(folder, "history.sqlite") });
  url = await app.address();
  // The page's own reader asks relative to its page.
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (where: string, init?: RequestInit) => real(new URL(where, url), init));
  beginMs = await vi.waitFor(
    () =>
      Promise.all(
        RECORDS.map(async (record) => {
          const { beats } = await ask<{ beats: Beat[] }>(`beds/${bedOf(record)}/beats?limit=1`);
          return beats[0].timeMs - (beats[0].sample / RATE_HZ) * 1000;
        }),
      ),
    { timeout: 60_000, interval: 200 },
  );
  await vi.waitFor(() => Promise.all(RECORDS.map(played)), { timeout: 200_000, interval: 500 });
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await kill(app);
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe.runIf(there)("of MIT-BIH's records", () => {
  test.each(["200", "207", "208"] as const)(
    "%s: letters of ventricular beats stand within 40 ms of the annotation, nine of ten",
    async (record) => {
      const annotations = await readAnnotations(mitdbFolder(PHYSIONET_DIR), record);
      const heard = annotations.filter(({ sample }) => sample > 30 * RATE_HZ && sample < (UNTIL_S - 5) * RATE_HZ);
      const annotated = heard.filter(({ symbol }) => symbol === "V").map(({ sample }) => sample);
      const told = (await beatsOf(record, 0, UNTIL_S)).filter(({ beatClass }) => beatClass === "V");
      const offMs = annotated.flatMap((sample) => {
        const off = told.map((beat) => Math.abs((beat.fiducialSample ?? beat.sample) - sample));
        const nearest = (1000 / RATE_HZ) * Math.min(...off);
        return nearest < 150 ? [nearest] : [];
      });
      const within = offMs.filter((ms) => ms <= 40).length;
      expect(offMs.length / annotated.length).toBeGreaterThan(0.8);
      expect(within / offMs.length).toBeGreaterThanOrEqual(0.9);
    },
  );

  test("207: the alarm of its ventricular flutter is listed, with a strip of all leads around it", async () => {
    const bed = bedOf("207");
    const { episodes } = await recordedSource.episodes({
      beds: bed,
      kinds: "ventricular-tachycardia,ventricular-fibrillation",
    });
    const raises = episodes.flatMap((one) => one.raises).map(({ timeMs }) => (timeMs - timeOf("207", 0)) / 1000);
    // Annotated as flutter from 41 to 51 s, 55 to 61 s, 248 to 261 s and 269 to 280 s.
    expect(raises.some((second) => second > 41 && second < 64)).toBe(true);
    const [{ raises: times }] = episodes;
    const [{ timeMs, epoch }] = times;
    const strip = await recordedSource.strip({ bed, epoch, from: timeMs - 10_000, to: timeMs + 10_000 });
    expect(strip?.leads.map(({ name, adu }) => [name, adu.length >= 20 * RATE_HZ])).toEqual([
      ["MLII", true],
      ["V1", true],
    ]);
    expect(strip?.beats.length).toBeGreaterThan(5);
  });

  test("222: atrial fibrillation is named while the annotation says so, and not before there was any", async () => {
    const named = async (from: number, to: number): Promise<boolean> => {
      const range = `from=${timeOf("222", from)}&to=${timeOf("222", to)}`;
      const { conditions } = await ask<ConditionRange>(`beds/${bedOf("222")}/conditions?${range}`);
      return conditions.some(({ condition }) => condition.kind === "atrial-fibrillation");
    };
    // Fibrillation and flutter by turns from 969 to 1075 s; the first 544 s are sinus rhythm.
    expect([await named(0, 500), await named(969, 1075)]).toEqual([false, true]);
  });

  test.each(RECORDS)("%s: no QRS is clipped", async (record) => {
    const bed = bedOf(record);
    const beyond: string[] = [];
    for (let second = 40; second < UNTIL_S - 20; second += 60) {
      const [from, to] = [timeOf(record, second), timeOf(record, second + 10)];
      const strip = await recordedSource.strip({ bed, epoch: EPOCH, from: from - 3000, to });
      for (const { name, path: line } of strip ? leadPictures(strip, from, to) : []) {
        const heights = [...line.matchAll(/[ML]\S+ (\S+?)(?=[ML]|$)/g)].map(([, y]) => Number(y));
        expect(heights.length).toBeGreaterThan(100);
        if (Math.min(...heights) < 0 || Math.max(...heights) > PAPER.lead) beyond.push(`${name} at ${second} s`);
      }
    }
    expect(beyond).toEqual([]);
  });
});
