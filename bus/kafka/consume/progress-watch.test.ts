import { expect, test } from "vitest";
import { TOPICS } from "../../../contracts/topics.ts";
import { ProgressWatch, withMore } from "./progress-watch.ts";

const place = (partition: number, offset: number) => ({ topic: TOPICS.frames, partition, offset });

test("names the partitions that have not moved, and for how many checks", () => {
  const watch = new ProgressWatch();
  expect(watch.check([place(0, 5), place(1, 7)])).toEqual([]);
  expect(watch.check([place(0, 6), place(1, 7)])).toEqual([{ ...place(1, 7), checks: 1 }]);
  expect(watch.check([place(0, 6), place(1, 7)])).toEqual([
    { ...place(0, 6), checks: 1 },
    { ...place(1, 7), checks: 2 },
  ]);
  expect(watch.check([place(1, 8)])).toEqual([]);
  expect(watch.check([place(0, 6), place(1, 8)])).toEqual([{ ...place(1, 8), checks: 1 }]);
});

test("of those, the ones the broker has more of; none while it does not answer", async () => {
  const standing = [
    { ...place(0, 5), checks: 1 },
    { ...place(1, 7), checks: 1 },
  ];
  const fetchTopicOffsets = async () => [
    { partition: 0, offset: "5", high: "5", low: "0" },
    { partition: 1, offset: "9", high: "9", low: "0" },
  ];
  expect(await withMore({ fetchTopicOffsets }, standing)).toEqual([{ ...place(1, 7), checks: 1 }]);
  expect(await withMore({ fetchTopicOffsets: () => Promise.reject(new Error("gone")) }, standing)).toEqual([]);
});
