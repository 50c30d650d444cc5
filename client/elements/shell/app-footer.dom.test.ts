import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { modelOf } from "../../../testing/client/model.ts";
import { AppFooter } from "./app-footer.ts";

test("the model is named as the gateway names it; one that can't say leaves it unknown", async () => {
  const { ward, show } = sceneOf();
  const footer = await show(new AppFooter());
  expect(textOf(the(footer, "[data-testid=model]"))).toBe("Model unknown");
  ward.setModel(modelOf());
  await drawn(footer);
  expect(textOf(the(footer, "[data-testid=model]"))).toBe("Model live · engine onnx · 0123456789ab");
  ward.setModel(null);
  await drawn(footer);
  expect(textOf(the(footer, "[data-testid=model]"))).toBe("Model unknown");
});

test("the scale follows the settings; unreadable messages are counted where there are any", async () => {
  const { ward, settings, show } = sceneOf();
  const footer = await show(new AppFooter());
  expect(within(footer, ".rejected")).toEqual([]);
  settings.set({ speedMmPerS: 12.5 });
  ward.reject();
  await drawn(footer);
  expect(textOf(the(footer, ".scale"))).toContain("12.5 mm/s · 10 mm/mV");
  expect(textOf(the(footer, ".rejected"))).toBe("1 unreadable messages");
});
