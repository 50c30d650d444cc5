import { expect, test } from "vitest";
import { formatTime, progressBar } from "./progress.ts";

test("no time is told before there is one", () => {
  expect(["0", "INF", "NULL", Number.NaN].map(formatTime)).toEqual(Array(4).fill("unknown time"));
  expect([0, 4.2, 59, 60, 95, 3599, 3600, 5400].map(formatTime)).toEqual([
    "0s",
    "4s",
    "59s",
    "1m",
    "2m",
    "1h00m",
    "1h00m",
    "1h30m",
  ]);
});

test("a bar at its begin does not say that nothing is left", () => {
  const written: string[] = [];
  const { write } = process.stderr;
  process.stderr.write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
  try {
    const bar = progressBar("{percentage}% {eta_formatted} left");
    bar.start(10, 0);
    bar.stop();
  } finally {
    process.stderr.write = write;
  }
  expect(written.join("")).toContain("0% unknown time left");
});
