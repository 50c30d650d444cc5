import { access } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../server/config.ts";
import { openNoise } from "./noise-records.ts";

const { PHYSIONET_DIR } = readConfig();
const there = await access(path.join(PHYSIONET_DIR, "nstdb", "1.0.0", "em.dat")).then(
  () => true,
  () => false,
);
if (!there) console.log(`left out: NSTDB's noise, none in ${PHYSIONET_DIR} (npm run fetch -- nstdb)`);

test.runIf(there)("the second half of a noise shares nothing with what training takes, the first half", async () => {
  const whole = (await openNoise(PHYSIONET_DIR, ["em"])).em;
  const half = (await openNoise(PHYSIONET_DIR, ["em"], "second half")).em;
  const { length } = whole?.millivolts ?? [];
  expect(length).toBe(650_000);
  expect(half?.samplingRateHz).toBe(360);
  expect(half?.millivolts).toEqual(whole?.millivolts.subarray(length / 2));
});

test("noise that was not fetched is asked for by its file", async () => {
  await expect(openNoise("no-such-folder", ["bw"])).rejects.toThrow(/bw\.hea/);
});
