import { describe, expect, it } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { StateReader, StateWriter } from "../state.ts";
import { createRhythmMonitor } from "./monitor.ts";
import { conditions } from "../../testing/signal/scripted-conditions.ts";
import type { Stretch } from "../../testing/signal/scripted-events.ts";

describe("the monitor", () => {
  it("says nothing of 30 minutes of sinus rhythm of 60 to 90", () => {
    const slowly = Array.from({ length: 200 }, (_, index): Stretch => ({
      bpm: 75 + 15 * Math.sin(index / 7),
      beats: 11,
    }));
    expect(conditions(slowly).told).toEqual([]);
  });

  it("refuses a wrong rate and a snapshot of another rate", () => {
    expect(() => createRhythmMonitor({ samplingRateHz: 0 })).toThrow(BedsideError);
    const saved = new StateWriter();
    createRhythmMonitor({ samplingRateHz: 360 }).save(saved);
    const other = createRhythmMonitor({ samplingRateHz: 250 });
    expect(() => other.load(new StateReader(saved.bytes()))).toThrow(/360 Hz/);
  });
});
