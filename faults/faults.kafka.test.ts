import { expect, inject, test } from "vitest";
import { readConfig } from "../server/config.ts";
import { ROWS, SHORT } from "./rows.ts";
import { runRow } from "./run-row.ts";

/** Those to which something happens. */
const rows = ROWS.filter(({ begins, sends, happens, longOnly }) => !longOnly && (begins ?? sends ?? happens));

// Two at a time, as vitest.config.ts says: they wait more than they compute.
test.concurrent.each(rows)(
  "$name: a subscriber is told what an undisturbed worker says, to the byte",
  async (row) => {
    const { KAFKA_CLIENT: client, PHYSIONET_DIR: physionetDir } = readConfig();
    const options = { form: SHORT, client, seed: 1, physionetDir, jarsDir: inject("kafkaJarsDir") };
    const result = await runRow(row, options);
    const { told, lost, different, extra, reordered, letters, poison, wrong, output } = result;
    // The processes' own words tell why.
    if (lost.length + different.length + extra.length + reordered.length + wrong.length > 0) console.error(output);
    expect({ lost, different, extra, wrong, reordered, letters }).toEqual({
      lost: [],
      different: [],
      extra: [],
      wrong: [],
      reordered: [],
      letters: poison,
    });
    expect(told).toBeGreaterThan(1000);
  },
  300_000,
);
