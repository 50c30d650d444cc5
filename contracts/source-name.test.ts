import { expect, test } from "vitest";
import { parseDrift } from "./drift.ts";
import { readSourceName, sourceName } from "./source-name.ts";

test("a source names what is mixed in, as long as it may be", () => {
  const named = (drift: string, record = "mitdb/208") => sourceName(record, parseDrift(drift));
  expect(named("")).toBe("mitdb/208");
  expect(named("em:6dB@60..120s,lead-off")).toBe("mitdb/208 + em:6dB, lead-off");
  const many = "em:-6.25dB,bw:-6.25dB,ma:-6.25dB,wander:1.25mV,gain:0.25,baseline:-1.25mV";
  expect(named(many)).toBe("mitdb/208 + em, bw, ma, wander, gain, baseline");
  expect(named(many, "synthetic/ventricular-runs-and-more-of-them")).toBe(
    "synthetic/ventricular-runs-and-more-of-them + 6 disturbances",
  );
  expect(named(many, "x".repeat(64))).toHaveLength(64);
  expect(readSourceName(named("em:6dB,lead-off"))).toEqual({ record: "mitdb/208", injected: "em:6dB, lead-off" });
  expect(readSourceName("mitdb/208")).toEqual({ record: "mitdb/208", injected: null });
});
