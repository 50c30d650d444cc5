import { hostname } from "node:os";
import { expect, test } from "vitest";
import { isAllowedHost, isAllowedOrigin, originsOf } from "./origin.ts";

test("a list of origins", () => {
  expect(originsOf("")).toEqual([]);
  expect(originsOf(" https://a.example/ ,http://b:81")).toEqual(["https://a.example", "http://b:81"]);
});

test.each([
  [undefined, "127.0.0.1:8080", true],
  ["http://127.0.0.1:8080", "127.0.0.1:8080", true],
  ["https://ward.example", "ward.example", true],
  ["http://127.0.0.1:8081", "127.0.0.1:8080", false],
  ["http://localhost:8080", "127.0.0.1:8080", false],
  ["null", "127.0.0.1:8080", false],
  ["https://listed.example", "127.0.0.1:8080", true],
  ["https://listed.example.evil", "127.0.0.1:8080", false],
  ["http://undefined", undefined, false],
])("origin %s at host %s: %s", (origin, host, allowed) => {
  expect(isAllowedOrigin(origin, host, ["https://listed.example"])).toBe(allowed);
});

test.each([
  ["127.0.0.1:8080", true],
  ["192.168.1.7", true],
  ["[::1]:8080", true],
  ["localhost:8080", true],
  ["LOCALHOST", true],
  ["ward.lan:8080", true],
  ["listed.example", true],
  [`${hostname()}:80`, true],
  ["rebound.example:8080", false],
  ["127.0.0.1.rebound.example", false],
  ["localhost@rebound.example", false],
  ["", false],
  [undefined, false],
])("host %s: %s", (header, allowed) => {
  expect(isAllowedHost(header, "ward.lan", ["https://listed.example"])).toBe(allowed);
});
