import { expect, test, vi } from "vitest";
import { answering, drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { beatOf, bedOf, conditionOf, frameOf, unmonitoredFor } from "../../../testing/client/messages.ts";
import { BedView } from "./bed-view.ts";

test("a bed that is not known yet is said to be, and appears with its first frame", async () => {
  answering({});
  const { ward, show } = sceneOf();
  const view = await show(Object.assign(new BedView(), { name: "b7" }));
  expect(textOf(view)).toContain("No data of bed b7 so far.");
  ward.take({ kind: "frame", frame: frameOf(950, { bed: "b7", source: "mitdb/100" }) }, performance.now());
  await drawn(view);
  expect(textOf(the(view, "h1"))).toBe("b7");
  expect(textOf(the(view, ".source"))).toBe("mitdb/100 · 250 Hz");
  expect(within(view, "ecg-trace")).toHaveLength(1);
});

test("every lead with its scale, the numbers of this moment, all that is open", async () => {
  answering({});
  const { ward, settings, show } = sceneOf();
  const [lead] = frameOf(950).leads;
  const leads = [lead, { ...lead, name: "V1" }];
  ward.take({ kind: "frame", frame: frameOf(950, { leads }) }, performance.now());
  const view = await show(Object.assign(new BedView(), { name: "b1" }));
  expect(textOf(the(view, "heart-rate"))).toBe("HR no beats ––");
  const tachycardia = conditionOf("tachycardia", 2, { heartRateBpm: 131, limitBpm: 120 });
  for (const data of [conditionOf("lead-off", 1, { lead: "V1" }), tachycardia])
    ward.take({ kind: "event", event: { topic: "conditions", bed: "b1", cursor: "c", data, meta: {} } }, 0);
  const data = beatOf(900);
  ward.take({ kind: "event", event: { topic: "beats", bed: "b1", cursor: "c", data, meta: {} } }, 0);
  settings.set({ speedMmPerS: 50 });
  await drawn(view);
  expect(textOf(the(view, "heart-rate"))).toBe("HR > 120 131");
  expect(the(view, "heart-rate").getAttribute("priority")).toBe("medium");
  expect(within(view, "figcaption b").map(textOf)).toEqual(["II", "V1"]);
  expect(within(view, "figcaption").map(textOf)[1]).toBe("V1 monitor 0.5–40 Hz, 50 mm/s, 10 mm/mV 5.67 px/mm");
  settings.set({ filter: "diagnostic" });
  await drawn(view);
  expect(within(view, "figcaption").map(textOf)[1]).toContain("diagnostic 0.05–125 Hz");
  expect(within(view, ".open alarm-banner")).toHaveLength(2);
  expect(within(view, "[data-testid=condition]").map(({ dataset }) => dataset["kind"])).toEqual([
    "tachycardia",
    "lead-off",
  ]);
});

test("what was before the page was opened is asked for, and shown", async () => {
  answering({
    "/api/beds/b1": { bed: bedOf("b1"), openConditions: [], conditions: [conditionOf("tachycardia", 20)] },
    "/api/beds/b1/beats": { bed: "b1", beats: [beatOf(100), beatOf(300)] },
  });
  const { ward, show } = sceneOf();
  ward.take({ kind: "frame", frame: frameOf(950) }, performance.now());
  const view = await show(Object.assign(new BedView(), { name: "b1" }));
  await vi.waitFor(() => expect(within(view, "[data-testid=beat]")).toHaveLength(2));
  expect(within(view, "[data-testid=logged]")).toHaveLength(1);
});

test("more of a bed is kept while its page is open", async () => {
  const beats = Array.from({ length: 300 }, (_, second) => beatOf(250 * second));
  answering({
    "/api/beds/b1": { bed: bedOf("b1"), openConditions: [], conditions: [] },
    "/api/beds/b1/beats": { bed: "b1", beats },
  });
  const { ward, show } = sceneOf();
  ward.take({ kind: "frame", frame: frameOf(250 * 300) }, performance.now());
  const view = await show(Object.assign(new BedView(), { name: "b1" }));
  await vi.waitFor(() => expect(ward.beds.get("b1")?.beats).toHaveLength(300));
  view.remove();
  expect(ward.beds.get("b1")?.beats.length).toBeLessThan(100);
});

test("a bed that nobody monitors says why, since when and what to do, also one of which only that is known", async () => {
  answering({});
  const { ward, show } = sceneOf();
  const view = await show(Object.assign(new BedView(), { name: "b1" }));
  const nothing = { epoch: "none", samplingRateHz: 0, source: "", leads: [], lastFrameMs: null };
  const unmonitored = unmonitoredFor("refused", { sinceMs: performance.now() - 133_000 });
  ward.take({ kind: "bed", bed: bedOf("b1", { ...nothing, unmonitored }) }, 0);
  await drawn(view);
  const text = textOf(the(view, "bed-unmonitored"));
  expect(text).toContain("Not monitored for 2:13");
  expect(text).toContain("no alarm will come");
  expect(text).toContain("The last reason: BAD_FRAME firstSample is 4e15");
  expect(textOf(the(view, "heart-rate"))).toBe("HR not monitored ––");
  ward.take({ kind: "bed", bed: bedOf("b1", { unmonitored: unmonitoredFor("no-worker") }) }, 0);
  await drawn(view);
  expect(textOf(the(view, "bed-unmonitored"))).toContain("npm run worker");
  expect(textOf(the(view, "bed-unmonitored"))).not.toContain("last reason");
});
