import { expect, test, vi } from "vitest";
import { drawn, sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { conditionOf, frameOf } from "../../../testing/client/messages.ts";
import { alarmOf } from "../../ward/alarm.ts";
import { MonitoredBed } from "../../ward/monitored-bed.ts";
import { AlarmBanner } from "./alarm-banner.ts";

/** A bed at 0:04 of its epoch. */
function bedAtFourSeconds(): MonitoredBed {
  const bed = new MonitoredBed("b1");
  bed.addFrame(frameOf(950), performance.now());
  return bed;
}

test("a condition's words, sign and how long it has lasted", async () => {
  const condition = conditionOf("bradycardia", 250);
  const banner = await sceneOf().show(
    Object.assign(new AlarmBanner(), { alarm: alarmOf(bedAtFourSeconds(), condition) }),
  );
  expect(textOf(banner)).toBe("Bradycardia 0:03");
  expect(the(banner, "[data-testid=condition]").dataset).toMatchObject({ kind: "bradycardia", priority: "medium" });
  expect(the(banner, "priority-mark")).toMatchObject({ priority: "medium" });
});

test("it says how many more there are, and grows older by itself", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "performance"] });
  try {
    const condition = conditionOf("asystole", 250);
    const shown = Object.assign(new AlarmBanner(), { alarm: alarmOf(bedAtFourSeconds(), condition), more: 2 });
    const banner = await sceneOf().show(shown);
    expect(textOf(banner)).toBe("Asystole +2 0:03");
    vi.advanceTimersByTime(60_000);
    await drawn(banner);
    expect(textOf(banner)).toBe("Asystole +2 1:03");
  } finally {
    vi.useRealTimers();
  }
});

test("where there is no room for all that became of it, that it is over is seen", async () => {
  const status = ["ended", "second station"];
  const alarm = { ...alarmOf(bedAtFourSeconds(), conditionOf("asystole", 250)), status };
  const banner = await sceneOf().show(Object.assign(new AlarmBanner(), { alarm, short: true }));
  banner.style.cssText = "display: block; inline-size: 190px";
  const bottom = the(banner, "p").getBoundingClientRect().bottom;
  const seen = [...(banner.shadowRoot?.querySelectorAll(".status") ?? [])].filter(
    (one) => one.getBoundingClientRect().top < bottom,
  );
  expect(seen.map((one) => one.textContent)).toEqual(["ended"]);
});
