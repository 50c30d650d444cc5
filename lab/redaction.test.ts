import { expect, test } from "vitest";
import { redactCommand } from "./redaction.ts";

test("another model than the product's is told, without the folder it lies in", () => {
  const told = (model: string): string => redactCommand("x", ["--skip", "1"], model);
  expect(told("./model/artifacts/live/")).toBe("npm run x -- --skip 1");
  expect(told("model/artifacts/live-ds1")).toBe("MODEL=model/artifacts/live-ds1 npm run x -- --skip 1");
  expect(told("/home/a/own-model")).toBe("MODEL=own-model npm run x -- --skip 1");
});

test.each([
  [
    "--db /home/a/files/mitdb/1.0.0 --json /home/a/b.json --skip 300",
    "--db data/files/mitdb/1.0.0 --json OUT.json --skip 300",
  ],
  ["--db mitdb/1.0.0/ --to /x/y", "--db data/files/mitdb/1.0.0 --to OUT"],
  ["--db ../own/records", "--db records"],
  ["--split ds2 --grid --html out/r.html", "--split ds2 --grid --html OUT.html"],
  ["--drift em:6dB@300s,gain:0.5@450s", "--drift em:6dB@300s,gain:0.5@450s"],
  ["--json=/tmp/x/b.json --evaluate /a/e.json --replay=b/r.json", "--json OUT.json --evaluate e.json --replay r.json"],
  ["--rhythms --db /a/files/challenge-2015/1.0.0/training", "--rhythms --db data/files/challenge-2015/1.0.0/training"],
  ["--rhythms /a/r.json --challenge /a/c.json", "--rhythms r.json --challenge c.json"],
  ["", ""],
])("%s", (given, told) => {
  expect(redactCommand("x", given.split(" "))).toBe(`npm run x -- ${told}`);
});
