import { existsSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { restartable } from "./restartable.ts";

function started(code: string) {
  const lines: string[] = [];
  const ends: (number | null)[] = [];
  const process_ = restartable({
    args: ["--eval", code],
    environment: { WORD: "given" },
    onLine: (line) => lines.push(line),
    onEnd: (status) => ends.push(status),
  });
  return { lines, ends, process: process_ };
}

const isRunning = (pid: string): boolean => existsSync(`/proc/${pid}`);

test.skipIf(!existsSync("/proc"))("it starts, starts again as another process, and ends for good", async () => {
  const { lines, ends, process } = started("console.log(process.pid); setInterval(() => {}, 1000)");
  await vi.waitFor(() => expect(lines).toHaveLength(1), 20_000);
  await Promise.all([process.restart(), process.restart()]);
  await vi.waitFor(() => expect(lines).toHaveLength(2), 20_000);
  expect(lines.map(isRunning)).toEqual([false, true]);
  await process.close();
  expect(lines.map(isRunning)).toEqual([false, false]);
  expect(ends).toEqual([]);
});

test("one that ends by itself says so, and can be started again", async () => {
  const { lines, ends, process } = started("console.log(process.env.WORD); process.exitCode = 3");
  await vi.waitFor(() => expect(ends).toEqual([3]), 20_000);
  await process.restart();
  await vi.waitFor(() => expect(ends).toEqual([3, 3]), 20_000);
  expect(lines).toEqual(["given", "given"]);
  await process.close();
});

test("one that does not end when asked is ended", async () => {
  const { lines, process } = started("process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)");
  await vi.waitFor(() => expect(lines).toEqual(["up"]), 20_000);
  await process.close();
});
