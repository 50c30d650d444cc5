import { expect, test } from "vitest";
import { choose, drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { finishedUpload, rowOf } from "../../../testing/client/upload.ts";
import { UploadRows } from "./upload-rows.ts";

const ROWS = [rowOf(1, "N", 0.9, "N"), rowOf(2, "V", 0.5, "N"), rowOf(3, "V", 0.7, "V"), ...many()];

function many() {
  return Array.from({ length: 57 }, (_, i) => rowOf(i + 4, "N", 0.99, "N"));
}

const shown = () => sceneOf({ upload: finishedUpload(ROWS) }).show(new UploadRows());
const lines = (element: UploadRows): number[] =>
  within(element, "tbody button").map((button) => Number(textOf(button)));

test("fifty rows at a time, class and label side by side, the wrong ones marked", async () => {
  const element = await shown();
  expect(textOf(the(element, "[data-testid=page]"))).toBe("1 to 50 of 60");
  expect(within(element, "[data-testid=row]").slice(0, 2).map(textOf)).toEqual(["1 N 90 % N", "2 V 50 % N ≠"]);
  within(element, ".pages button")[1].click();
  await drawn(element);
  expect(textOf(the(element, "[data-testid=page]"))).toBe("51 to 60 of 60");
  expect(lines(element)).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
});

test("rows of a class, the least sure first, or where label and class differ", async () => {
  const element = await shown();
  await choose(the(element, "[aria-label='Class called']"), "V");
  expect(lines(element)).toEqual([2, 3]);
  await choose(the(element, "[aria-label='Class called']"), "S");
  expect(textOf(element)).toContain("No such row.");
  await choose(the(element, "[aria-label='Class called']"), "");
  await choose(the(element, "[aria-label=Order]"), "unsure");
  expect(lines(element).slice(0, 3)).toEqual([2, 3, 1]);
  the(element, "input[type=checkbox]").click();
  await drawn(element);
  expect(lines(element)).toEqual([2]);
});

test("the row that is looked at is the first, the one that is clicked, or where the arrow keys lead", async () => {
  const element = await shown();
  const looked = (): unknown => within(element, "tbody button[aria-pressed=true]").map((one) => Number(textOf(one)));
  expect(looked()).toEqual([1]);
  within(element, "[data-testid=row]")[2].click();
  await drawn(element);
  expect(looked()).toEqual([3]);
  the(element, "tbody").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp" }));
  await drawn(element);
  expect(looked()).toEqual([2]);
  expect(element.shadowRoot?.activeElement?.textContent?.trim()).toBe("2");
});

test("without labels nothing is said of right and wrong", async () => {
  const element = await sceneOf({ upload: finishedUpload([rowOf(1, "N", 0.9)]) }).show(new UploadRows());
  expect(within(element, "input[type=checkbox]")).toEqual([]);
  expect(within(element, "[data-testid=row]").map(textOf)).toEqual(["1 N 90 %"]);
});
