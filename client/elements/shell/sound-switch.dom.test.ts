import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { SoundSwitch } from "./sound-switch.ts";

test("sound is off, loudly, until somebody presses it, and on until they press again", async () => {
  const { sound, show } = sceneOf();
  const element = await show(new SoundSwitch());
  const pressed = async (): Promise<[string, string | null]> => {
    the(element, "button").click();
    await drawn(element);
    return [textOf(element), the(element, "button").getAttribute("aria-pressed")];
  };
  expect(textOf(element)).toBe("Sound off");
  expect(getComputedStyle(the(element, "button")).fontWeight).toBe("700");
  expect(await pressed()).toEqual(["Sound on", "true"]);
  expect(sound.proven).toBe("ready");
  expect(await pressed()).toEqual(["Sound off", "false"]);
});

test("a sound that the browser blocks asks to be pressed", async () => {
  const { sound, show } = sceneOf();
  const element = await show(new SoundSwitch());
  sound.turnOn();
  // Its clock stands.
  for (const nowMs of [0, 3000]) sound.sound(null, nowMs);
  await drawn(element);
  expect(textOf(element)).toBe("Sound blocked: press");
  expect(sound.proven).toBe("blocked");
});
