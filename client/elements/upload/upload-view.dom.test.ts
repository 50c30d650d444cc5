import { expect, test, vi } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { finishedUpload, rowOf, scriptedUpload } from "../../../testing/client/upload.ts";
import { UploadView } from "./upload-view.ts";

const status = (view: UploadView): string => textOf(the(view, "[data-testid=upload-status]"));

test("a file on its way: sent, counted, and its end", async () => {
  const { upload, said } = scriptedUpload();
  const view = await sceneOf({ upload }).show(new UploadView());
  expect(within(view, "[data-testid=upload-status]")).toEqual([]);
  upload.start(new Blob(["x".repeat(2000)]), "a.csv");
  said().sent(1000);
  await vi.waitFor(() => expect(status(view)).toBe("a.csv: 1 kB of 2 kB sent; 0 rows classified, 0 refused"));
  expect(within(view, "progress")).toHaveLength(1);
  expect(textOf(view)).toContain("Cancel");
  said().sent(2000);
  said().event({ event: "rows", rows: [rowOf(1, "N", 0.9)] });
  said().closed();
  await drawn(view);
  expect(status(view)).toBe("a.csv: 1 rows classified, 0 refused.");
  expect(within(view, "progress")).toEqual([]);
  expect(within(view, "upload-totals, upload-rows")).toHaveLength(2);
});

test("a file that is not taken: why, in the server's words", async () => {
  const { upload, said } = scriptedUpload();
  const view = await sceneOf({ upload }).show(new UploadView());
  upload.start(new Blob(["0"]), "a.csv");
  said().failed("the file is empty");
  await drawn(view);
  expect(status(view)).toBe("a.csv: the file is empty");
  expect(within(view, "upload-totals, upload-rows")).toEqual([]);
});

test("cancelling keeps what has come; a button starts the example", async () => {
  const { upload, said } = scriptedUpload();
  const view = await sceneOf({ upload }).show(new UploadView());
  within(view, "button")
    .find((button) => textOf(button) === "Try an example")
    ?.click();
  await drawn(view);
  said().event({ event: "rows", rows: [rowOf(1, "N", 0.9)] });
  within(view, "button")
    .find((button) => textOf(button) === "Cancel")
    ?.click();
  await drawn(view);
  expect(status(view)).toBe("example.csv: cancelled. Until then 1 rows classified, 0 refused.");
});

test("refused rows are listed with their lines", async () => {
  const upload = finishedUpload([], [{ row: 3, reason: "too short" }]);
  const view = await sceneOf({ upload }).show(new UploadView());
  expect(within(view, "[data-testid=rejected]").map(textOf)).toEqual(["Line 3 too short"]);
});
