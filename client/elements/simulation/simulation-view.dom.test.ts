import { expect, test, vi } from "vitest";
import type { Simulation } from "../../../contracts/simulation.ts";
import { answering, choose, drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { frameOf } from "../../../testing/client/messages.ts";
import { SimulationView } from "./simulation-view.ts";

const PLAYED: Simulation = {
  bed: "b1",
  id: "start",
  atMs: 0,
  phase: "played",
  record: "synthetic/sinus",
  speed: 1,
  drift: "gain:0.5",
  reason: null,
  records: ["synthetic/sinus", "synthetic/bigeminy"],
  noise: [],
};

test("without a bed, and without a simulator, it says so and what to do", async () => {
  answering({});
  const { ward, show } = sceneOf();
  const view = await show(new SimulationView());
  expect(textOf(view)).toContain("There are no beds yet");
  ward.take({ kind: "frame", frame: frameOf(0) }, performance.now());
  await drawn(view);
  expect(textOf(the(view, "[data-testid=no-simulator]"))).toContain("Nothing answers here");
  expect(within(view, "input")).toEqual([]);
});

test("it shows what is really played, asks for what is chosen, and what has become of it", async () => {
  const post = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async (_input, init) =>
      init?.method === "POST" ? new Response("{}", { status: 202 }) : Response.json(PLAYED),
    );
  const { ward, show } = sceneOf();
  ward.take({ kind: "frame", frame: frameOf(0, { source: "synthetic/sinus + gain:0.5" }) }, performance.now());
  const view = await show(Object.assign(new SimulationView(), { name: "b1" }));
  await vi.waitFor(() => expect(within(view, "[data-testid=gain]")).toHaveLength(1));
  await drawn(view);
  expect(the(view, "[data-testid=gain]").getAttribute("aria-valuetext")).toBe("× 0.5");
  expect(the(view, "[data-testid=em]").hasAttribute("disabled")).toBe(true);
  expect(textOf(the(view, "[data-testid=injected]"))).toBe("SIMULATED gain × 0.5");
  await choose(the(view, "[data-testid=record]"), "synthetic/bigeminy");
  const asked = await vi.waitFor(() => {
    const body: unknown = post.mock.calls.find(([, init]) => init?.method === "POST")?.[1]?.body;
    return JSON.parse(String(body ?? "")) as Simulation;
  });
  expect(asked).toMatchObject({ record: "synthetic/bigeminy", speed: 1, drift: "gain:0.5" });
  expect(textOf(the(view, "[data-testid=outcome]"))).toBe("Asked …");
  const data: Simulation = { ...PLAYED, id: asked.id, phase: "refused", reason: "it is too late" };
  ward.take({ kind: "event", event: { topic: "simulation", bed: "b1", cursor: "c", data, meta: {} } }, 0);
  await drawn(view);
  expect(textOf(the(view, "[data-testid=outcome]"))).toContain("Refused: it is too late.");
  expect(the(view, "[data-testid=record]")).toHaveProperty("value", "synthetic/sinus");
});

test("one lead alone is taken off, by its name, and put on again", async () => {
  const asked: unknown[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (_input, init) => {
    if (init?.method !== "POST") return Response.json({ ...PLAYED, drift: "" });
    asked.push((JSON.parse(String(init.body)) as Simulation).drift);
    return new Response("{}", { status: 202 });
  });
  const { ward, show } = sceneOf();
  const [lead] = frameOf(0).leads;
  const leads = ["MLII", "V1"].map((name) => ({ ...lead, name }));
  ward.take({ kind: "frame", frame: frameOf(0, { leads }) }, performance.now());
  const view = await show(Object.assign(new SimulationView(), { name: "b1" }));
  await vi.waitFor(() => expect(within(view, "[data-testid^=lead-off]").map(textOf)).toHaveLength(3));
  const buttons = (): HTMLElement[] => within(view, "[data-testid^=lead-off]");
  expect(buttons().map(textOf)).toEqual(["Take all leads off", "Take MLII off", "Take V1 off"]);
  buttons()[2].click();
  await vi.waitFor(() => expect(asked).toEqual(["lead-off:2"]));
  await drawn(view);
  expect(buttons().map(({ ariaPressed }) => ariaPressed)).toEqual(["false", "false", "true"]);
  buttons()[2].click();
  await vi.waitFor(() => expect(asked).toEqual(["lead-off:2", ""]));
});
