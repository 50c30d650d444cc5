import { access } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { areaUnderCurve, judge } from "../../bench/quality/judge.ts";
import { unseenNoise, withNoise } from "../../bench/quality/recordings.ts";
import { type LeadRecording, readLeadRecording } from "../../data/lead-recording.ts";
import { hasRecords } from "../../data/records.ts";
import { DS1 } from "../../data/splits/mitdb.ts";
import { readConfig } from "../../server/config.ts";

const MINUTES = 5;
const dir = readConfig().PHYSIONET_DIR;
const there =
  (await hasRecords(dir, DS1)) &&
  (await access(path.join(dir, "nstdb", "1.0.0", "em.dat")).then(
    () => true,
    () => false,
  ));
if (!there)
  console.log(`skipped: ${dir} lacks MIT-BIH or NSTDB; \`npm run fetch\` brings them, PHYSIONET_DIR names them`);

test("the area under the curve counts pairs in the right order, ties by half", () => {
  expect(areaUnderCurve([1, 2], [3, 4])).toBe(1);
  expect(areaUnderCurve([3, 4], [1, 2])).toBe(0);
  expect(areaUnderCurve([1, 2, 2], [2, 3])).toBeCloseTo((1 + 0.5 + 0.5 + 3) / 6, 12);
});

test.skipIf(!there)(
  "a second's quality tells DS1's records from the same with electrode motion at 0 dB: AUC ≥ .95",
  async () => {
    const noise = await unseenNoise(dir, "em");
    const low: number[] = [];
    const high: number[] = [];
    for (const name of DS1) {
      const recording = beginning(await readLeadRecording(dir, name));
      high.push(...judge(recording).seconds.map(({ signalQuality }) => signalQuality));
      low.push(...judge(withNoise(recording, noise, 0)).seconds.map(({ signalQuality }) => signalQuality));
    }
    expect(high.length).toBeGreaterThan(DS1.length * (MINUTES * 60 - 5));
    expect(areaUnderCurve(low, high)).toBeGreaterThan(0.95);
  },
);

function beginning(recording: LeadRecording): LeadRecording {
  const length = MINUTES * 60 * recording.samplingRateHz;
  return {
    ...recording,
    millivolts: recording.millivolts.slice(0, length),
    annotations: recording.annotations.filter(({ sample }) => sample < length),
  };
}
