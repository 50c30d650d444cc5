import { expect, inject, test } from "vitest";
import { readConfig } from "../server/config.ts";
import { type Row, ROWS, SHORT } from "./rows.ts";
import { type RowResult, runRow } from "./run-row.ts";

/** Rows wait more than they compute. */
const AT_ONCE = 2;

/** Those to which something happens. */
const rows = ROWS.filter(({ begins, sends, happens, longOnly }) => !longOnly && (begins ?? sends ?? happens));

const lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
const results = new Map<Row, Promise<RowResult>>();
for (const [i, row] of rows.entries()) {
  const result = lanes[i % AT_ONCE].then(() => {
    const { KAFKA_CLIENT: client, PHYSIONET_DIR: physionetDir } = readConfig();
    return runRow(row, { form: SHORT, client, seed: 1, physionetDir, jarsDir: inject("kafkaJarsDir") });
  });
  lanes[i % AT_ONCE] = result.catch(() => {});
  results.set(row, result);
}

test.each(rows)(
  "$name: a subscriber is told what an undisturbed worker says, to the byte",
  async (row) => {
    const result = (await results.get(row)) ?? expect.unreachable("each row runs");
    const { told, lost, different, extra, reordered, letters, poison, wrong, output } = result;
    // The processes' own words tell why.
    if (lost.length + different.length + extra.length + wrong.length > 0) console.error(output);
    expect({ lost, different, extra, wrong, reordered, letters }).toEqual({
      lost: [],
      different: [],
      extra: [],
      wrong: [],
      reordered: 0,
      letters: poison,
    });
    expect(told).toBeGreaterThan(1000);
  },
  300_000,
);
