import { expect, test } from "vitest";
import { scoreRecord } from "../../bench/qrs/score-record.ts";
import { hasRecords } from "../../data/records.ts";
import { DS1, DS2, PACED } from "../../data/splits/mitdb.ts";
import { figuresOf } from "../../scoring/figures.ts";
import { sumConfusions } from "../../scoring/score.ts";
import { readConfig } from "../../server/config.ts";

const { PHYSIONET_DIR } = readConfig();
const records = [...DS1, ...DS2, ...PACED];
const there = await hasRecords(PHYSIONET_DIR, records);
if (!there) console.log(`left out: QRS on MIT-BIH, no records in ${PHYSIONET_DIR} (npm run fetch)`);

test.runIf(there)(
  "Se and +P of at least 99.5 % on all 48 records, each beat within 0.3 s of R or found late",
  async () => {
    const scores = [];
    for (const record of records) scores.push(await scoreRecord(PHYSIONET_DIR, record));
    const { se, ppv } = figuresOf(sumConfusions(scores.map(({ confusion }) => confusion))).qrs;
    expect(se).toBeGreaterThanOrEqual(0.995);
    expect(ppv).toBeGreaterThanOrEqual(0.995);
    expect(Math.max(...scores.map(({ delays }) => delays.at(-1) ?? 0))).toBeLessThanOrEqual(0.3);
  },
  300_000,
);
