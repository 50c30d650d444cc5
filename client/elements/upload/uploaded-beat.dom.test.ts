import { expect, test, vi } from "vitest";
import { drawn, sceneOf, textOf } from "../../../testing/client/dom.ts";
import { rowOf } from "../../../testing/client/upload.ts";
import { UploadedBeat } from "./uploaded-beat.ts";

test("a row's beat and how probable each class is; the beat as soon as it is read", async () => {
  const unread = new UploadedBeat();
  unread.row = rowOf(7, "V", 0.75, "N");
  unread.samples = null;
  const element = await sceneOf().show(unread);
  expect(textOf(element)).toContain("The beat of line 7 is still being read.");
  await vi.waitFor(() => expect(textOf(element)).toContain("Ventricular 75.0 %"));
  element.samples = Float32Array.from({ length: 187 }, (_, i) => (i < 100 ? 0.5 : 0));
  await drawn(element);
  await vi.waitFor(() => expect(textOf(element)).toContain("Line 7: called V, label N"));
  expect(textOf(element)).not.toContain("still being read");
});
