import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readAudit, stopping } from "./advisories.ts";
import { isAllowed, otherLicences } from "./licences.ts";

const advisory = (severity: string, id: string) => ({
  source: 1,
  name: "left",
  title: "it opens every door",
  url: `https://github.com/advisories/${id}`,
  severity,
});
const answer = JSON.stringify({
  vulnerabilities: {
    left: { severity: "high", via: [advisory("high", "GHSA-1"), advisory("moderate", "GHSA-2")] },
    right: { severity: "high", via: ["left"] },
  },
});

test("a high advisory stops, once for the package that has it; one that was answered, and a moderate one, do not", () => {
  const advisories = readAudit(answer);
  expect(advisories).toHaveLength(2);
  if (typeof advisories === "string") return expect.unreachable(advisories);
  expect(stopping(advisories, {}).map(({ id, packageName }) => `${id} ${packageName}`)).toEqual(["GHSA-1 left"]);
  expect(stopping(advisories, { "GHSA-1": "it is not asked to" })).toEqual([]);
});

test.each([
  ['{"message":"405 Method Not Allowed","method":"POST"}', /405/],
  ['{"error":{"code":"ENOAUDIT","summary":"no endpoint"}}', /no endpoint/],
  ["", /no JSON/],
  ["{}", /names no vulnerabilities/],
])("a registry that does not answer is not one that knows of nothing: %s", (json, why) => {
  expect(readAudit(json)).toMatch(why);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0)", true],
  ["(BSD-3-Clause AND Apache-2.0)", true],
  ["(MIT AND GPL-3.0)", false],
  ["GPL-3.0", false],
  ["UNLICENSED", false],
  ["", false],
])("licence %j: %s", (expression, allowed) => expect(isAllowed(expression)).toBe(allowed));

test("every package of the lock is under a licence that may be used", () => {
  const lock = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")) as Parameters<
    typeof otherLicences
  >[0];
  expect(Object.keys(lock.packages).length).toBeGreaterThan(300);
  expect(otherLicences(lock)).toEqual([]);
  expect(
    otherLicences({ packages: { "": {}, "node_modules/a": { license: "GPL-3.0" }, "x/node_modules/@b/c": {} } }),
  ).toEqual(["a: GPL-3.0", "@b/c: none"]);
});
