import { expect, test } from "vitest";
import { judge, type Seen } from "./ledger.ts";

const seen = (number: number, offset: number, atMs: number): Seen => ({ key: "b", number, partition: 0, offset, atMs });
const published = new Map([["b", [1000, 2000, 3000]]]);

test.each([
  ["all is well", [seen(0, 5, 1010), seen(1, 6, 2010), seen(2, 7, 3020)], { lost: 0, stallS: 0.02 }],
  ["one is missing", [seen(0, 5, 1010), seen(2, 7, 3010)], { lost: 1, reordered: 0 }],
  ["one is handed out again", [seen(0, 5, 1010), seen(0, 5, 9000), seen(1, 6, 2010)], { redelivered: 1, stallS: 0.01 }],
  ["one was written twice", [seen(0, 5, 1010), seen(0, 6, 1010)], { writtenTwice: 1, redelivered: 0 }],
  ["one has overtaken another", [seen(0, 7, 1010), seen(1, 6, 2010)], { reordered: 1 }],
  ["one waited", [seen(0, 5, 1010), seen(1, 6, 9500)], { stallS: 7.5 }],
])("%s", (_, messages, verdict) => {
  expect(judge(published, messages)).toMatchObject({ published: 3, ...verdict });
});
