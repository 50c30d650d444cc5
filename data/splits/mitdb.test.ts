import { expect, test } from "vitest";
import { DS1, DS2, MITDB, PACED } from "./mitdb.ts";

test("de Chazal's sets are 22 and 22 records, which with the four paced ones make up MIT-BIH", () => {
  expect([DS1.length, DS2.length, PACED.length]).toEqual([22, 22, 4]);
  expect(new Set([...DS1, ...DS2, ...PACED]).size).toBe(48);
  expect(MITDB).toHaveLength(48);
});
