import fc from "fast-check";
import { expect, it } from "vitest";
import { createRandom } from "../../../kit/random.ts";
import { NO_TARGET } from "../records/record.ts";
import { batchRows, chunksOf, countSteps } from "./rows.ts";
import { SYNTHETIC_FEATURES, syntheticBeats } from "../../../testing/model/synthetic-beats.ts";

it("gives every beat once, in its record's order, a row's beats behind one another", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 4 });
  const small = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(sizes, small, small, small, (counts, rowLength, rowsPerBatch, time) => {
      // Feature 1 is the beat's number among all, so that it can be followed.
      let number = 0;
      const records = counts.map((count, index) => {
        const record = syntheticBeats(`r${index}`, count, 1);
        for (let beat = 0; beat < count; beat++) record.features[beat * SYNTHETIC_FEATURES + 1] = number++;
        return record;
      });
      const batches = batchRows(records, { rowLength, rowsPerBatch, time }, createRandom(1, "test"));
      const seen: number[] = [];
      let steps = 0;
      for (const batch of batches) {
        expect(batch.length).toBeLessThanOrEqual(rowsPerBatch);
        const rows = batch.map((): number[] => []);
        let first = true;
        for (const chunk of chunksOf(batch, time)) {
          expect(chunk.first).toBe(first);
          first = false;
          steps++;
          chunk.targets.forEach((target, at) => {
            if (target !== NO_TARGET) rows[Math.floor(at / time)].push(chunk.features[at * SYNTHETIC_FEATURES + 1]);
          });
        }
        for (const row of rows) {
          expect(row.length).toBeLessThanOrEqual(rowLength);
          expect(row).toEqual(row.map((_, i) => row[0] + i));
          seen.push(...row);
        }
      }
      expect(steps).toBe(countSteps(batches, time));
      expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: number }, (_, i) => i));
    }),
    { numRuns: 50 },
  );
});
