import { expect, test, vi } from "vitest";
import { answering, sceneOf, textOf } from "../../../testing/client/dom.ts";
import { historyStateWith } from "../../../testing/client/history.ts";
import { HistoryTrouble } from "./history-trouble.ts";

test.each([
  [{ state: "failed", trouble: "the disk is full" }, "Nothing is being kept at this moment: the disk is full"],
  [{ isReadingBack: true }, "What happened before is still being read: it may be incomplete."],
  [
    { lost: 7 },
    "Not everything could be kept since the server began: something is missing. Messages that could not be kept since the server began: 7",
  ],
  [{}, ""],
] as const)("%j is said as %j", async (change, words) => {
  answering({ "/api/history": historyStateWith(change) });
  const element = await sceneOf().show(new HistoryTrouble());
  await vi.waitFor(() => expect(element.state).not.toBeNull());
  await element.updateComplete;
  expect(textOf(element)).toBe(words);
});
