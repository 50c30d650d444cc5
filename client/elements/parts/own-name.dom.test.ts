import { beforeEach, expect, test } from "vitest";
import { drawn, sceneOf } from "../../../testing/client/dom.ts";
import { nameWanted, rememberedName } from "../../controllers/own-name.ts";
import { OwnName } from "./own-name.ts";

const fieldOf = (element: OwnName): HTMLInputElement =>
  element.shadowRoot?.querySelector("input") ?? document.createElement("input");

beforeEach(() => localStorage.clear());

test("a name that is given once stands wherever it is asked, and is changed there", async () => {
  const { show } = sceneOf();
  const first = await show(new OwnName());
  const second = new OwnName();
  first.after(second);
  await second.updateComplete;
  const write = async (where: OwnName, name: string): Promise<void> => {
    fieldOf(where).value = name;
    fieldOf(where).dispatchEvent(new Event("input"));
    await drawn(first);
    await drawn(second);
  };
  await write(first, "Anna ");
  expect([fieldOf(first).value, fieldOf(second).value, rememberedName()]).toEqual(["Anna ", "Anna", "Anna"]);
  await write(second, "Bea");
  expect([fieldOf(first).value, rememberedName()]).toEqual(["Bea", "Bea"]);
});

test("who wants to act without a name is led to it", async () => {
  const element = await sceneOf().show(new OwnName());
  nameWanted.tell();
  expect(element.shadowRoot?.activeElement).toBe(fieldOf(element));
});
