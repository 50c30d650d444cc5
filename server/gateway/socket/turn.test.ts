import { expect, test } from "vitest";
import { Turn } from "./turn.ts";

class FakeStream {
  readonly said: string[] = [];
  cork(): void {
    this.said.push("cork");
  }
  uncork(): void {
    this.said.push("uncork");
  }
}

const laterInThisLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("what a turn writes is held until its end, of each stream apart, and the next turn begins anew", async () => {
  const turn = new Turn();
  const [one, two] = [new FakeStream(), new FakeStream()];
  turn.hold(one, 10);
  turn.hold(one, 10);
  turn.hold(two, 10);
  expect([one.said, two.said]).toEqual([["cork"], ["cork"]]);
  await laterInThisLoop();
  expect([one.said, two.said]).toEqual([
    ["cork", "uncork"],
    ["cork", "uncork"],
  ]);
  turn.hold(one, 10);
  await laterInThisLoop();
  expect(one.said).toEqual(["cork", "uncork", "cork", "uncork"]);
});

test("much is not held back: it would look as if the client were slow", async () => {
  const turn = new Turn();
  const stream = new FakeStream();
  for (let i = 0; i < 5; i++) turn.hold(stream, 30_000);
  expect(stream.said).toEqual(["cork", "uncork", "cork", "uncork", "cork"]);
  await laterInThisLoop();
  expect(stream.said.at(-1)).toBe("uncork");
  expect(stream.said.filter((said) => said === "cork")).toHaveLength(3);
});
