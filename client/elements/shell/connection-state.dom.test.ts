import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import type { FeedState } from "../../feed/feed.ts";
import { ConnectionState } from "./connection-state.ts";

test.each([
  [{ status: "connecting" }, "Connecting"],
  [{ status: "live" }, "Live"],
  [{ status: "stale" }, "No data"],
  [{ status: "offline", retryAtMs: Date.now() - 1 }, "Offline, retry in 0 s"],
] as const satisfies readonly (readonly [FeedState, string])[])("%j reads %s", async (state, words) => {
  const { ward, show } = sceneOf();
  const element = await show(new ConnectionState());
  ward.setConnection(state);
  await drawn(element);
  expect(textOf(element)).toBe(words);
  expect(the(element, "[role=status]").dataset["status"]).toBe(state.status);
});
