import { expect, test } from "vitest";
import { beatClassOf, isBeatSymbol } from "./aami.ts";

test("each of MIT-BIH's beat symbols has its EC57 class", () => {
  const classes = Object.entries({ N: "NLRej", S: "AaJS", V: "VE", F: "F", Q: "/fQ" });
  for (const [name, symbols] of classes) {
    expect([...symbols].map(beatClassOf)).toEqual([...symbols].map(() => name));
    expect([...symbols].every(isBeatSymbol)).toBe(true);
  }
});

test("rhythms, noise, flutter waves and blocked P waves are no beats", () => {
  for (const symbol of ["+", "~", "|", "!", "[", "]", "x", '"', "p", "t", "[15]", ""]) {
    expect(beatClassOf(symbol)).toBeNull();
    expect(isBeatSymbol(symbol)).toBe(false);
  }
});
