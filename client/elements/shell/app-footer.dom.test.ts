import { expect, test, vi } from "vitest";
import type { Model } from "../../../contracts/api.ts";
import { answering, drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { AppFooter } from "./app-footer.ts";

const MODEL: Model = {
  name: "live",
  hash: "0123456789ab",
  engine: "onnx",
  classes: ["N", "S", "V", "F"],
  windowLength: 187,
  card: {
    parameters: 1,
    training: { date: "2026-01-01", database: "d", records: [], beats: {} },
    folds: { remark: "", pooled: null },
    openings: [],
    limits: [],
  },
};

test("the model is asked for at each connection, not in between", async () => {
  answering({ "/api/model": MODEL });
  const { ward, show } = sceneOf();
  const footer = await show(new AppFooter());
  expect(textOf(the(footer, "[data-testid=model]"))).toBe("Model unknown");
  expect(fetch).not.toHaveBeenCalled();
  for (const status of ["live", "stale", "live", "live"] as const) {
    ward.setConnection({ status });
    await drawn(footer);
  }
  expect(fetch).toHaveBeenCalledTimes(2);
  await vi.waitFor(() => {
    expect(textOf(the(footer, "[data-testid=model]"))).toBe("Model live · engine onnx · 0123456789ab");
  });
});

test("a gateway that can't say leaves the model unknown", async () => {
  answering({});
  const { ward, show } = sceneOf();
  const footer = await show(new AppFooter());
  ward.setConnection({ status: "live" });
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
