import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { snapshotOf } from "../../../testing/client/messages.ts";
import { EmptyWard } from "./empty-ward.ts";

test("why no bed is there, and what to do", async () => {
  const { ward, show } = sceneOf();
  const element = await show(new EmptyWard());
  const heading = async (): Promise<string> => {
    await drawn(element);
    return textOf(the(element, "h2"));
  };
  expect(await heading()).toBe("Connecting");
  ward.setConnection({ status: "offline", retryAtMs: 0 });
  expect(await heading()).toBe("The server can't be reached");
  expect(textOf(element)).toContain("npm start");
  ward.take({ kind: "snapshot", snapshot: snapshotOf() }, 0);
  expect(await heading()).toBe("No beds yet");
  expect(textOf(element)).toContain("npm run simulate");
});
