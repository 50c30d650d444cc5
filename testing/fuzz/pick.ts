import type { Random } from "../../kit/random.ts";

export const below = (random: Random, count: number): number => Math.floor(random.uniform() * count);
export const oneOf = <T>(random: Random, some: readonly T[]): T => some[below(random, some.length)];
export const maybe = (random: Random, chance: number): boolean => random.uniform() < chance;

/** What breaks readers of texts. */
export const WORDS = [
  "",
  " ",
  "b1",
  "b2",
  "nobody",
  "*",
  "__proto__",
  "constructor",
  "toString",
  "..",
  "../../etc/passwd",
  "%00",
  "%2e%2e%2f",
  "\u0000",
  "a\nb",
  "\u001b[2J",
  "é".repeat(40),
  "\ud800",
  "\u{1F600}",
  "<script>",
  "' OR 1=1 --",
  "x".repeat(65),
  "x".repeat(5000),
];
export const NUMBERS = [0, -1, 1, 0.5, 1e3, 1e12, 1.7e12, 2 ** 31, 2 ** 53, 1e300, -1e300, 1e-300, -0];

/** Any value that JSON has. */
export function anyValue(random: Random, depth = 0): unknown {
  switch (below(random, depth > 3 ? 4 : 7)) {
    case 0:
      return oneOf(random, WORDS);
    case 1:
      return oneOf(random, NUMBERS);
    case 2:
      return oneOf(random, [true, false, null]);
    case 3:
      return random.normal() * 10 ** below(random, 15);
    case 4:
      return Array.from({ length: below(random, 5) }, () => anyValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: below(random, 5) }, () => [oneOf(random, WORDS), anyValue(random, depth + 1)]),
      );
  }
}

/** A value that is right but for some of what is in it. */
export function nearly(random: Random, value: unknown): unknown {
  if (maybe(random, 0.08)) return anyValue(random);
  if (Array.isArray(value)) return value.map((one) => nearly(random, one));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, one]) =>
    maybe(random, 0.06) ? [] : [[key, nearly(random, one)]],
  );
  if (maybe(random, 0.08)) entries.push([oneOf(random, WORDS), anyValue(random)]);
  return Object.fromEntries(entries) as unknown;
}

/** A text in which some characters are others. */
export function scratched(random: Random, text: string): string {
  let changed = text;
  for (let left = below(random, 4); left > 0; left--) {
    const at = below(random, changed.length + 1);
    changed =
      changed.slice(0, at) +
      oneOf(random, [...'{}[]",:\\ 0-e\u0000é', "null", "["]) +
      changed.slice(at + below(random, 3));
  }
  return maybe(random, 0.03) ? oneOf(random, ["[", '{"a":']).repeat(1 + below(random, 2500)) : changed;
}
