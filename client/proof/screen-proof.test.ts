import { expect, test } from "vitest";
import { PROOF } from "../../contracts/canary.ts";
import type { Drawn } from "../../contracts/socket.ts";
import { ScreenProof } from "./screen-proof.ts";

test("a screen that is not fed knows it: after its start, and after the last canary", () => {
  const proof = new ScreenProof(0);
  expect(proof.starvedForMs(PROOF.startingMs - 1)).toBeNull();
  expect(proof.starvedForMs(PROOF.startingMs)).toBe(PROOF.startingMs);
  proof.canary({ bed: "c", sample: 5 }, 40_000);
  expect(proof.starvedForMs(40_000 + PROOF.silentMs - 1)).toBeNull();
  expect(proof.starvedForMs(40_000 + PROOF.silentMs)).toBe(PROOF.silentMs);
});

test("confirmations are no more frequent than a gateway takes", () => {
  const proof = new ScreenProof(0);
  const sent: Drawn[] = [];
  proof.send = (drawn) => sent.push(drawn);
  for (let ms = 0; ms < 10_000; ms += 100) proof.drawn({ bed: "c", sample: ms }, ms);
  expect(sent.map(({ sample }) => sample)).toEqual([0, 1500, 3000, 4500, 6000, 7500, 9000]);
});

test("what is confirmed says whether the screen's sound can play, as it is at that moment", () => {
  const proof = new ScreenProof(0);
  const sent: string[] = [];
  proof.send = ({ sound }) => sent.push(sound);
  for (const [n, sound] of (["none", "blocked", "ready"] as const).entries()) {
    proof.sound = sound;
    proof.drawn({ bed: "c", sample: n }, 60_000 * (n + 1));
  }
  expect(sent).toEqual(["none", "blocked", "ready"]);
});
