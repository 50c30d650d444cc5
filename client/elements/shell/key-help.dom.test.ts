import { afterEach, expect, test, vi } from "vitest";
import { drawn, sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { alarmEventAt } from "../../../testing/gateway/alarms.ts";
import { frameOf } from "../../../testing/client/messages.ts";
import { KeyHelp } from "./key-help.ts";

afterEach(() => {
  location.hash = "";
  localStorage.clear();
});

async function bedWithAsystole() {
  const { ward, settings, show } = sceneOf();
  ward.take({ kind: "frame", frame: frameOf(0) }, performance.now());
  const data = alarmEventAt("b1", "asystole", 10);
  ward.take({ kind: "event", event: { topic: "alarms", bed: "b1", cursor: "c", data, meta: {} } }, 0);
  location.hash = "#/bed/b1";
  const keys = await show(new KeyHelp());
  const post = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("{}", { status: 202 }));
  const given = () => post.mock.calls.map(([, init]) => JSON.parse(String(init?.body)) as Record<string, unknown>);
  const press = async (key: string): Promise<void> => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await drawn(keys);
  };
  return { settings, keys, given, press, data };
}

test("A acknowledges the most urgent alarm of the bed, S silences it, and what came of it is said", async () => {
  localStorage.setItem("bedside.name", "Anna");
  const { keys, given, press, data } = await bedWithAsystole();
  await press("a");
  await press("s");
  expect(given()).toMatchObject([
    { action: "acknowledge", by: "Anna", alarm: { id: data.alarm?.id } },
    { action: "silence", by: "Anna", alarm: null },
  ]);
  expect(textOf(the(keys, "[data-testid=key-said]"))).toBe("b1 is being silenced for two minutes");
});

test("without a name nothing is done, and it says what to do", async () => {
  const { keys, given, press } = await bedWithAsystole();
  await press("a");
  expect(given()).toEqual([]);
  expect(textOf(the(keys, "[data-testid=key-said]"))).toContain("Give your name first");
});

test("no bed that has the focus: the alarms are led to; letters that are off do nothing", async () => {
  localStorage.setItem("bedside.name", "Anna");
  const { settings, keys, given, press } = await bedWithAsystole();
  location.hash = "#/";
  let wanted = 0;
  keys.addEventListener("alarms-wanted", () => wanted++);
  await press("a");
  expect([wanted, given()]).toEqual([1, []]);
  settings.set({ letterKeys: false });
  location.hash = "#/bed/b1";
  for (const key of ["a", "s", "?"]) await press(key);
  expect([wanted, given()]).toEqual([1, []]);
  expect(the(keys, "dialog")).toHaveProperty("open", false);
});
