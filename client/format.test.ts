import { afterEach, expect, test } from "vitest";
import { duration, tellTimesIn, timeOfDay, toldTimeZone } from "./format.ts";

const own = toldTimeZone();
afterEach(() => tellTimesIn(own));

test("times are told in the ward's zone, summer time included; a zone that is none changes nothing", () => {
  const [winter, summer] = [Date.UTC(2026, 0, 15, 12), Date.UTC(2026, 6, 15, 12)];
  tellTimesIn("Europe/Berlin");
  expect([timeOfDay(winter), timeOfDay(summer)]).toEqual(["13:00:00", "14:00:00"]);
  tellTimesIn("Asia/Kolkata");
  expect(timeOfDay(winter)).toBe("17:30:00");
  tellTimesIn("Nowhere/At-all");
  expect(toldTimeZone()).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
});

test("durations are m:ss, from an hour on h:mm:ss", () => {
  expect([-5, 59_999, 61_000, 3_661_000].map(duration)).toEqual(["0:00", "0:59", "1:01", "1:01:01"]);
});
