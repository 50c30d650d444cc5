import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const CLIENT = path.resolve(import.meta.dirname, "..");
const CALM = "@media (prefers-reduced-motion: no-preference)";
/** What waits rather than moves: it appears at once, a second later. */
const WAITS = ["animation: appear 1ms 1s both"];

/** What moves by style in a source, but for who asked for less motion. */
function movesIn(text: string): string[] {
  return [...text.matchAll(/(?:animation|transition|scroll-behavior)(?:-[a-z]+)?:[^;]+|behavior: "smooth"/g)]
    .filter(({ index }) => !blocksAround(text, index).includes(CALM))
    .map(([move]) => move)
    .filter((move) => !WAITS.includes(move));
}

/** The heads of the blocks that a place of a style sheet lies in. */
function blocksAround(text: string, at: number): string[] {
  const heads: string[] = [];
  let from = 0;
  for (let i = 0; i < at; i++) {
    if (text[i] === "{") heads.push(text.slice(from, i).trim());
    if (text[i] === "}") heads.pop();
    if ("{};`".includes(text[i])) from = i + 1;
  }
  return heads;
}

test("nothing moves by style for who asked for less motion", () => {
  const files = readdirSync(CLIENT, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.(ts|css)$/.test(file) && !/\.test\.ts$|^dist/.test(file),
  );
  const moves = files.flatMap((file) =>
    movesIn(readFileSync(path.join(CLIENT, file), "utf8")).map((move) => `${file}: ${move}`),
  );
  expect(moves).toEqual([]);
  const flash = readFileSync(path.join(CLIENT, "elements/parts/flash.ts"), "utf8");
  expect(flash.match(/animation: flash/g)).toHaveLength(2);
});

test("a movement outside the query is found, and one within it is not", () => {
  expect(movesIn("css`a { color: red; } b { transition: opacity 1s; }`")).toEqual(["transition: opacity 1s"]);
  expect(movesIn(`css\`${CALM} { :host { b { animation: turn 1s; } } }\``)).toEqual([]);
  expect(movesIn(`css\`${CALM} { a { color: red; } } b { animation-name: turn; }\``)).toEqual(["animation-name: turn"]);
  expect(movesIn('element.scrollIntoView({ behavior: "smooth" })')).toEqual(['behavior: "smooth"']);
});
