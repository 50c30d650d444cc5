import { expect, test } from "vitest";
import { readValues, Settings } from "./settings.ts";

const DEFAULTS = {
  speedMmPerS: 25,
  gainMmPerMv: 10,
  filter: "monitor",
  theme: "system",
  language: "system",
  letterKeys: true,
  tourSeen: false,
};

test("settings are kept, told, and read back", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const settings = new Settings(storage);
  let told = 0;
  settings.changes.subscribe(() => told++);
  settings.set({ speedMmPerS: 50, theme: "light" });
  expect(told).toBe(1);
  settings.set({ letterKeys: false, tourSeen: true, filter: "diagnostic" });
  const chosen = { speedMmPerS: 50, theme: "light", letterKeys: false, tourSeen: true, filter: "diagnostic" };
  expect(new Settings(storage).values).toEqual({ ...DEFAULTS, ...chosen });
});

test("a store that is forbidden costs nothing but the memory", () => {
  const settings = new Settings({
    getItem: () => null,
    setItem: () => {
      throw new Error("quota");
    },
  });
  settings.set({ gainMmPerMv: 20 });
  expect(settings.values.gainMmPerMv).toBe(20);
});

test.each([
  "",
  "{",
  "7",
  "null",
  '{"speedMmPerS":1e9,"gainMmPerMv":"10","filter":"mains","theme":"pink","letterKeys":0}',
])("stored %j gives the defaults", (text) => {
  expect(readValues(text)).toEqual(DEFAULTS);
});
