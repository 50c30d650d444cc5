import { expect, test } from "vitest";
import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { BeatChip } from "./beat-chip.ts";

test.each([...BEAT_CLASSES])("%s has its letter, its words and a colour of its own", async (beatClass) => {
  const scene = sceneOf();
  const look = async (shown: BeatChip["beatClass"]): Promise<string> => {
    const { color, backgroundColor } = getComputedStyle(
      await scene.show(Object.assign(new BeatChip(), { beatClass: shown })),
    );
    return `${color} on ${backgroundColor}`;
  };
  const chip = await scene.show(Object.assign(new BeatChip(), { beatClass }));
  expect(textOf(chip)).toBe(beatClass);
  expect(the(chip, "abbr").title).not.toBe("");
  const others = await Promise.all(BEAT_CLASSES.filter((name) => name !== beatClass).map(look));
  expect(others).not.toContain(await look(beatClass));
});

test("no beat is a dash", async () => {
  expect(textOf(await sceneOf().show(new BeatChip()))).toBe("–");
});
