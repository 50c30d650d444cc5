import { expect, test } from "vitest";
import { toldCommand } from "./redaction.ts";

test.each([
  [
    "--db /home/a/files/mitdb/1.0.0 --json /home/a/b.json --skip 300",
    "--db data/files/mitdb/1.0.0 --json OUT.json --skip 300",
  ],
  ["--db mitdb/1.0.0/ --to /x/y", "--db data/files/mitdb/1.0.0 --to OUT"],
  ["--db ../own/records", "--db records"],
  ["--split ds2 --grid --html out/r.html", "--split ds2 --grid --html OUT.html"],
  ["--drift em:6dB@300s,gain:0.5@450s", "--drift em:6dB@300s,gain:0.5@450s"],
  ["", ""],
])("%s", (given, told) => {
  expect(toldCommand("x", given.split(" "))).toBe(`npm run x -- ${told}`);
});
