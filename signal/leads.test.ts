import { expect, test } from "vitest";
import { pickLead } from "./leads.ts";

test("the lead the model knows is picked by its name, wherever it stands; else the first", () => {
  expect(pickLead(["V5", "MLII"])).toBe(1);
  expect(pickLead(["V5", "ii"])).toBe(1);
  expect(pickLead(["II", "MLII"])).toBe(1);
  expect(pickLead(["V5", "V2"])).toBe(0);
});
