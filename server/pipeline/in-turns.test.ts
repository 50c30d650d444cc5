import { from, lastValueFrom, Subject, toArray } from "rxjs";
import { expect, test } from "vitest";
import { inTurns } from "./in-turns.ts";

test("what comes at once, or while a turn runs, goes into the next turn together", async () => {
  const turns: number[][] = [];
  const items$ = new Subject<number[]>();
  const out = lastValueFrom(
    items$.pipe(
      inTurns(async (queue) => {
        const taken = queue.splice(0);
        turns.push(taken);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return taken;
      }),
      toArray(),
    ),
  );
  items$.next([0]);
  items$.next([1]);
  await new Promise((resolve) => setTimeout(resolve, 1));
  for (let i = 2; i < 5; i++) items$.next([i]);
  items$.complete();
  expect((await out).flat()).toEqual([0, 1, 2, 3, 4]);
  expect(turns).toEqual([
    [0, 1],
    [2, 3, 4],
  ]);
});

test("a turn that fails ends the stream with its error", async () => {
  const failing = from([[1], [2]]).pipe(inTurns(() => Promise.reject(new Error("no engine"))));
  await expect(lastValueFrom(failing)).rejects.toThrow("no engine");
});
