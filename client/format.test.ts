import { afterEach, expect, test } from "vitest";
import { decimals, grouped, percent } from "../kit/figures.ts";
import {
  dateAndTime,
  dayAndTime,
  dayOfMonth,
  duration,
  tellTimesIn,
  timeOfDay,
  toldTimeZone,
  writeIn,
} from "./format.ts";

const own = toldTimeZone();
afterEach(() => {
  tellTimesIn(own);
  writeIn("en");
});

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

test("dates and figures are the language's, times those of the ward, in 24 hours", () => {
  const noon = Date.UTC(2026, 10, 26, 12, 5, 9);
  const written = (): string[] => [dateAndTime(noon), dayAndTime(noon), dayOfMonth(noon), timeOfDay(noon)];
  tellTimesIn("Asia/Kolkata");
  expect(written()).toEqual(["26 Nov 2026, 17:35:09", "26 Nov, 17:35", "26 Nov", "17:35:09"]);
  writeIn("de");
  expect(written()).toEqual(["26.11.2026, 17:35:09", "26. Nov., 17:35", "26. Nov.", "17:35:09"]);
  expect([decimals(1.25, 2), percent(0.934), grouped(12_345)]).toEqual(["1,25", "93,4 %", "12.345"]);
  writeIn("en-US");
  expect(timeOfDay(noon)).toBe("17:35:09");
});
