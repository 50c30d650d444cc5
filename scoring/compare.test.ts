import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { hasRecords, mitdbFolder } from "../data/records.ts";
import { readAnnotations } from "../data/wfdb/annotations.ts";
import { readConfig } from "../server/config.ts";
import { matchBeats } from "./match.ts";
import { referenceOf } from "./reference.ts";

/** What wfdb-python's Comparitor counts of the same beats: golden/make.py. */
interface Golden {
  readonly generated: readonly { readonly reference: number[]; readonly found: number[]; readonly counts: Counts }[];
  readonly records: Readonly<Record<string, Counts>>;
}

/** True positives, false positives, false negatives. */
type Counts = readonly [number, number, number];

const golden = JSON.parse(await readFile(path.join(import.meta.dirname, "golden", "golden.json"), "utf8")) as Golden;

function count(reference: readonly number[], found: readonly number[]): Counts {
  const hits = matchBeats(reference, found, 54).filter((partner) => partner >= 0).length;
  return [hits, found.length - hits, reference.length - hits];
}

/** As in golden/make.py. */
function disturb(samples: readonly number[], seed: number): number[] {
  let state = seed;
  const draw = (choices: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state * choices) / 2 ** 32);
  };
  const found = new Set<number>();
  for (const sample of samples) {
    if (draw(100) < 3) continue;
    const reach = draw(100) < 5 ? 80 : 30;
    found.add(Math.max(0, sample - reach + draw(2 * reach + 1)));
    if (draw(100) < 4) found.add(sample + 20 + draw(150));
  }
  return [...found].toSorted((a, b) => a - b);
}

test("of generated beats, hits, false and missed ones are those wfdb-python counts", () => {
  expect(golden.generated.length).toBeGreaterThan(30);
  golden.generated.forEach(({ reference, found, counts }, seed) => {
    expect(disturb(reference, seed)).toEqual(found);
    expect(count(reference, found)).toEqual(counts);
  });
});

const { PHYSIONET_DIR } = readConfig();
const names = Object.keys(golden.records);
const there = await hasRecords(PHYSIONET_DIR, names);
if (!there)
  console.log(`left out: beats of MIT-BIH against wfdb-python, no records in ${PHYSIONET_DIR} (npm run fetch)`);

test.runIf(there)("of the disturbed beats of each MIT-BIH record too", async () => {
  for (const name of names) {
    const { beats } = referenceOf(await readAnnotations(mitdbFolder(PHYSIONET_DIR), name));
    const reference = beats.map(({ sample }) => sample);
    expect([name, ...count(reference, disturb(reference, Number(name)))]).toEqual([name, ...golden.records[name]]);
  }
});
