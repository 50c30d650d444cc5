import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync(new URL("security.md", import.meta.url), "utf8");

/** Lines of ASVS 4.0.3 that level 2 has, by section: how many, and those among them that are deleted or of level 3. */
const SECTIONS: Readonly<Record<string, readonly [last: number, ...without: number[]]>> = {
  "1.1": [7],
  "1.2": [4],
  "1.4": [5, 2, 3],
  "1.5": [4],
  "1.6": [4],
  "1.7": [2],
  "1.8": [2],
  "1.9": [2],
  "1.10": [1],
  "1.11": [2],
  "1.12": [2, 1],
  "1.14": [6],
  "2.1": [12],
  "2.2": [3],
  "2.3": [3],
  "2.4": [6],
  "2.5": [7],
  "2.6": [3],
  "2.7": [6],
  "2.8": [7],
  "2.9": [3],
  "2.10": [4],
  "3.1": [1],
  "3.2": [4],
  "3.3": [4],
  "3.4": [5],
  "3.5": [3],
  "3.7": [1],
  "4.1": [5, 4],
  "4.2": [2],
  "4.3": [3],
  "5.1": [5],
  "5.2": [8],
  "5.3": [10],
  "5.4": [3],
  "5.5": [4],
  "6.1": [3],
  "6.2": [6],
  "6.3": [2],
  "6.4": [2],
  "7.1": [4],
  "7.2": [2],
  "7.3": [4, 2],
  "7.4": [3],
  "8.1": [4],
  "8.2": [3],
  "8.3": [8],
  "9.1": [3],
  "9.2": [4],
  "10.2": [2],
  "10.3": [3],
  "11.1": [8],
  "12.1": [3],
  "12.2": [1],
  "12.3": [6],
  "12.4": [2],
  "12.5": [2],
  "12.6": [1],
  "13.1": [5, 2],
  "13.2": [6, 4],
  "13.3": [2],
  "13.4": [2],
  "14.1": [4],
  "14.2": [6],
  "14.3": [3, 1],
  "14.4": [7],
  "14.5": [4],
};

const wanted = Object.entries(SECTIONS).flatMap(([section, [last, ...without]]) =>
  Array.from({ length: last }, (_, i) => i + 1).flatMap((n) => (without.includes(n) ? [] : [`${section}.${n}`])),
);

/** "2.7.1–2.7.6" is all between. */
function linesOf(cell: string): string[] {
  return cell.split(", ").flatMap((part) => {
    const [from, to] = part.split("–");
    if (to === undefined) return [from];
    const section = from.slice(0, from.lastIndexOf("."));
    const number = (line: string): number => Number(line.slice(section.length + 1));
    return Array.from({ length: number(to) - number(from) + 1 }, (_, i) => `${section}.${number(from) + i}`);
  });
}

const rows = [...page.matchAll(/^\| (\d[\d., –]*) +\| (holds|partly|no|not here) +\| (.+) \|$/gm)];

test("each line of level 2 has its state, once", () => {
  const told = rows.flatMap(([, lines]) => linesOf(lines.trim()));
  expect(wanted.filter((line) => !told.includes(line))).toEqual([]);
  expect(told.filter((line) => !wanted.includes(line))).toEqual([]);
  expect(told.length).toBe(new Set(told).size);
});

test("what a line names as its test is there", () => {
  const links = [...page.matchAll(/\]\((\.\.\/[^)#]+)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(80);
  expect(links.filter((link) => !existsSync(new URL(link, import.meta.url)))).toEqual([]);
});
