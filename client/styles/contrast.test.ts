import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** WCAG 2.2, 1.4.3: of text that is not large. */
const LEAST = 4.5;

const css = readFileSync(path.join(import.meta.dirname, "page.css"), "utf8");
const colours = (selector: string): Record<string, string> =>
  Object.fromEntries(
    [
      ...css
        .slice(css.indexOf(`${selector} {`))
        .split("}")[0]
        .matchAll(/--([\w-]+): (#[0-9a-f]{6});/gi),
    ].map(([, name, value]) => [name, value]),
  );

const dark = colours(":root");
const themes = { dark, light: { ...dark, ...colours(':root[data-theme="light"]') } };

/** WCAG 2.2's relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

const GROUNDS = ["bg", "panel", "panel-raised"];
const INKS = ["ink", "ink-dim", "trace", "high", "medium", "low", "good", "fair", "poor", "focus"];
const BEATS = ["N", "S", "V", "F", "Q"].map((name) => `beat-${name}`);
const CHARTS = [1, 2, 3, 4, 5, 6].map((n) => `chart-${n}`);
const PAIRS = [
  ...GROUNDS.flatMap((ground) => [...INKS, ...BEATS, ...CHARTS].map((ink) => [ink, ground])),
  ...BEATS.map((ground) => ["chip-ink", ground]),
  ...["high", "medium", "low"].map((priority) => [`${priority}-ink`, `${priority}-fill`]),
];

test.each(Object.entries(themes))("all text of the %s theme has contrast enough", (_, theme) => {
  const faint = PAIRS.map(([ink, ground]) => ({ ink, ground, ratio: contrast(theme[ink], theme[ground]) }));
  expect(faint.filter(({ ratio }) => !(ratio >= LEAST))).toEqual([]);
});
