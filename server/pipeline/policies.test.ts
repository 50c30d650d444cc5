import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openPolicies, openPolicy } from "./policies.ts";

const folder = await mkdtemp(path.join(tmpdir(), "policies-"));

async function file(name: string, content: unknown): Promise<string> {
  const to = path.join(folder, name);
  await writeFile(to, typeof content === "string" ? content : JSON.stringify(content));
  return to;
}

describe("policies of beds", () => {
  it("a bed has its own policy and limits, the others the usual ones", async () => {
    const ward = await file("ward.json", { name: "ward", version: 2, population: "adult", base: "adult" });
    const beds = await file("beds.json", {
      beds: { b1: { policy: "neonate" }, b2: { limits: { tachycardiaBpm: 135 } }, b3: { policy: "ward.json" } },
    });
    const policyOf = await openPolicies({ POLICY: "paediatric", POLICY_BEDS: beds });
    expect(policyOf("b1").limits.bradycardiaBpm).toBe(100);
    expect(policyOf("b2").limits).toMatchObject({ tachycardiaBpm: 135, bradycardiaBpm: 75 });
    expect(policyOf("b2").label).not.toBe(policyOf("b4").label);
    expect(policyOf("b3")).toEqual(await openPolicy(ward));
    expect(policyOf("b4").name).toBe("paediatric");
  });

  it.each([
    [{ beds: { b1: { limits: { tachycardiaBpm: 400 } } } }, /beds\.b1: limits\.tachycardiaBpm is "400", must be 80 to/],
    [{ beds: { b1: { limit: {} } } }, /beds\.b1\.limit is not known, only policy, limits, kinds/],
    [{ beds: { b1: { policy: "old.json" } } }, /old\.json" is neither one of adult, .* nor a file/],
    [{ beds: { b1: { policy: 3 } } }, /beds\.b1\.policy must be/],
    [{ beds: { "bed 1": {} } }, /"bed 1", which is no name/],
    [{ beds: [] }, /beds must be an object/],
    [{ wards: {} }, /"wards" is not known/],
    ["{", /is not JSON/],
  ])("one line names what is wrong: %j", async (content, message) => {
    const beds = await file("wrong.json", content);
    const opened = openPolicies({ POLICY: "adult", POLICY_BEDS: beds });
    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.toMatchObject({ code: "BAD_POLICY", message: expect.not.stringContaining("\n") });
  });
});
