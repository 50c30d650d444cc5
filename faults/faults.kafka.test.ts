import { expect, inject, test } from "vitest";
import { readConfig } from "../server/config.ts";
import { ROWS, SHORT } from "./rows.ts";
import { runRow } from "./run-row.ts";

test.each(ROWS.filter(({ begins, sends, happens }) => begins ?? sends ?? happens))(
  "$name: a subscriber is told what an undisturbed worker says, to the byte",
  async (row) => {
    const { KAFKA_CLIENT: client, PHYSIONET_DIR: physionetDir } = readConfig();
    const options = { form: SHORT, client, seed: 1, physionetDir, jarsDir: inject("kafkaJarsDir") };
    const { told, lost, different, extra, reordered, letters, poison, output } = await runRow(row, options);
    // The processes' own words tell why.
    if (lost.length + different.length + extra.length > 0) console.error(output);
    expect({ lost, different, extra, reordered, letters }).toEqual({
      lost: [],
      different: [],
      extra: [],
      reordered: 0,
      letters: poison,
    });
    expect(told).toBeGreaterThan(1000);
  },
  300_000,
);
