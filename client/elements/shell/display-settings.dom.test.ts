import { expect, test } from "vitest";
import { choose, sceneOf, the } from "../../../testing/client/dom.ts";
import { DisplaySettings } from "./display-settings.ts";

test("speed and gain stand as they are set, and a choice sets them", async () => {
  const { settings, show } = sceneOf();
  const element = await show(new DisplaySettings());
  const speed = the(element, '[aria-label="Speed, mm/s"]') as HTMLSelectElement;
  const gain = the(element, '[aria-label="Gain, mm/mV"]') as HTMLSelectElement;
  expect([speed.value, gain.value]).toEqual(["25", "10"]);
  expect([...speed.options].map(({ value }) => value)).toEqual(["6.25", "12.5", "25", "50"]);
  expect([...gain.options].map(({ value }) => value)).toEqual(["2.5", "5", "10", "20", "40"]);
  await choose(speed, "50");
  await choose(gain, "5");
  expect(settings.values).toMatchObject({ speedMmPerS: 50, gainMmPerMv: 5 });
});
