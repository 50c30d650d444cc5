import { expect, onTestFinished, test, vi } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { alarmEventAt } from "../../../testing/gateway/alarms.ts";
import { session } from "../../session/session.ts";
import { MonitoredBed } from "../../ward/monitored-bed.ts";
import { acknowledgeFirst, toggleSilence } from "../../ward/quick-actions.ts";
import { SoundOff } from "../parts/sound-off.ts";
import { AlarmActions } from "./alarm-actions.ts";

async function actionsFor(bed: MonitoredBed) {
  localStorage.clear();
  const shown = await sceneOf().show(Object.assign(new AlarmActions(), { bed }));
  const sent: Record<string, unknown>[] = [];
  const answer = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    sent.push({ url, ...(JSON.parse(String(init?.body)) as object) });
    return Response.json({}, { status: 202 });
  });
  const press = async (name: string): Promise<void> => {
    the(shown, `[data-testid=${name}]`).click();
    await vi.waitFor(() => drawn(shown));
  };
  const said = (): string => textOf(the(shown, "[data-testid=said]"));
  return { shown, sent, answer, press, said };
}

function writeName(shown: HTMLElement, name: string): void {
  const field = the(shown, "own-name").shadowRoot?.querySelector("input");
  if (field) field.value = name;
  field?.dispatchEvent(new Event("input"));
}

const withAlarm = (): MonitoredBed => {
  const bed = new MonitoredBed("b1");
  bed.addAlarm(alarmEventAt("b1", "asystole", 100, { alarm: { version: 3 } }));
  return bed;
};

test("an acknowledgement goes out under a name, for the alarm as it was seen; its refusal is told in words", async () => {
  const bed = withAlarm();
  const { shown, sent, press, said } = await actionsFor(bed);
  await press("acknowledge");
  expect([said(), sent]).toEqual(["Give your name first.", []]);
  writeName(shown, " Anna ");
  await press("acknowledge");
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  const id = "b1/e1/asystole/100";
  expect(sent[0]).toMatchObject({
    url: "api/beds/b1/commands",
    action: "acknowledge",
    alarm: { id, version: 3 },
    by: "Anna",
  });
  const command = String(sent[0]["id"]);
  await vi.waitFor(() => expect(said()).toBe("…"));
  const refused = { alarm: null, step: "refused", command, reason: "the alarm has changed" } as const;
  bed.addAlarm({ ...alarmEventAt("b1", "asystole", 100), ...refused });
  bed.changes.tell();
  await drawn(shown);
  expect(said()).toBe("Refused: the alarm has changed.");
  expect(localStorage.getItem("bedside.name")).toBe("Anna");
});

test("what the server does not take is told as it says it", async () => {
  const { shown, answer, press, said } = await actionsFor(withAlarm());
  writeName(shown, "Anna");
  answer.mockImplementation(async () => Response.json({ error: { message: "the bus is away" } }, { status: 503 }));
  await press("silence");
  await vi.waitFor(() => expect(said()).toBe("Not taken: the bus is away"));
  answer.mockRejectedValue(new TypeError("offline"));
  await press("pause");
  await vi.waitFor(() => expect(said()).toMatch(/can't be reached: nothing was changed/));
});

test("an acknowledged alarm has no button; a pause has a mark with its countdown, and can be ended", async () => {
  const bed = withAlarm();
  const acknowledged = { by: "Anna", atMs: 0, reason: null };
  const pause = { sinceMs: 0, untilMs: 180_000, by: "Bea" };
  const after = alarmEventAt("b1", "asystole", 100, { alarm: { acknowledged }, clockMs: 0, timeMs: Date.now() });
  bed.addAlarm({ ...after, pause });
  const { shown } = await actionsFor(bed);
  expect(within(shown, "[data-testid=acknowledge]")).toEqual([]);
  expect(textOf(shown)).toContain("acknowledged by Anna");
  expect(within(shown, "[data-testid=resume]")).toHaveLength(1);
  const mark = await sceneOf().show(Object.assign(new SoundOff(), { bed }));
  expect(textOf(mark)).toMatch(/^Alarms paused Bea (2:5\d|3:00)$/);
});

test("a viewer sees what may be done, and why not by them; their keys do nothing either", async () => {
  session.state = { signIn: "password", who: { name: "Vera", role: "viewer", untilMs: 9e12 } };
  onTestFinished(() => void (session.state = null));
  const bed = withAlarm();
  const { shown, sent, press } = await actionsFor(bed);
  for (const name of ["acknowledge", "silence", "pause"]) await press(name);
  expect(sent).toEqual([]);
  const why = the(shown, "no-commands");
  expect(textOf(the(why, "[data-testid=no-commands]"))).toMatch(/Vera is signed in as a viewer/);
  expect((await acknowledgeFirst(bed)).words).toMatch(/operators alone/);
  expect((await toggleSilence(bed)).words).toMatch(/operators alone/);
  session.state = { signIn: "password", who: { name: "Olga", role: "operator", untilMs: 9e12 } };
  session.changes.tell();
  await drawn(shown);
  await press("acknowledge");
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]["by"]).toBe("Olga");
});
