import { expect, it } from "vitest";
import { runProcess } from "./run-process.ts";

const script = (code: string, timeoutMs = 20_000) => runProcess(process.execPath, ["-e", code], { timeoutMs });

it("tells how a process ended", async () => {
  expect(await script("")).toMatchObject({ ok: true });
  expect(await script("process.exit(3)")).toEqual({ ok: false, reason: "exit code 3", notFound: false });
  const failed = await script("for (let i = 0; i < 9; i++) console.error('line ' + i); process.exit(1)");
  expect(failed.reason).toBe("line 3\nline 4\nline 5\nline 6\nline 7\nline 8");
});

it("tells that there is no such program", async () => {
  expect(await runProcess("no-such-program-here", [], { timeoutMs: 1000 })).toMatchObject({
    ok: false,
    notFound: true,
  });
});

it("kills a process that takes too long, with its children", async () => {
  const child =
    "require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })";
  const result = await script(`${child}; setInterval(() => {}, 1000)`, 1500);
  expect(result).toEqual({ ok: false, reason: "took longer than 1.5 s", notFound: false });
});
