import { expect, test } from "vitest";
import { TOPICS } from "../../../contracts/topics.ts";
import { endsOf, lagOf, ProgressWatch } from "./progress-watch.ts";

const place = (partition: number, offset: number) => ({ topic: TOPICS.frames, partition, offset });
const ends = (...all: number[]) => new Map(all.map((end, partition) => [`${TOPICS.frames}/${partition}`, end]));

test("names the partitions that have not moved although there is more, and for how many checks", () => {
  const watch = new ProgressWatch();
  expect(watch.check([place(0, 5), place(1, 7)], ends(9, 9))).toEqual([]);
  expect(watch.check([place(0, 6), place(1, 7)], ends(9, 9))).toEqual([{ ...place(1, 7), checks: 1 }]);
  expect(watch.check([place(0, 6), place(1, 7)], ends(9, 9))).toEqual([
    { ...place(0, 6), checks: 1 },
    { ...place(1, 7), checks: 2 },
  ]);
  expect(watch.check([place(1, 8)], ends(9, 9))).toEqual([]);
  expect(watch.check([place(0, 6), place(1, 8)], ends(9, 9))).toEqual([{ ...place(1, 8), checks: 1 }]);
});

test("standing at the end is no standstill, and a message that has just come is none either", () => {
  const watch = new ProgressWatch();
  for (let check = 0; check < 100; check++) expect(watch.check([place(0, 5)], ends(5))).toEqual([]);
  expect(watch.check([place(0, 5)], ends(6))).toEqual([]);
  expect(watch.check([place(0, 6)], ends(6))).toEqual([]);
  expect(watch.check([place(0, 6)], ends(7))).toEqual([]);
  expect(watch.check([place(0, 6)], ends(7))).toEqual([{ ...place(0, 6), checks: 1 }]);
  expect(watch.check([place(0, 6)], ends())).toEqual([]);
  expect(watch.check([place(0, 6)], ends(7))).toEqual([]);
});

test("the ends as the broker has them, and how far places lie before them", async () => {
  const ranges = async () => [
    { partition: 0, low: 0, high: 5 },
    { partition: 1, low: 0, high: 9 },
  ];
  expect(await endsOf({ ranges }, [place(1, 7)])).toEqual(ends(5, 9));
  expect(await lagOf({ ranges }, [place(0, 2), place(1, 8)])).toBe(4);
  expect(await lagOf({ ranges }, [place(0, 6)])).toBe(0);
});
