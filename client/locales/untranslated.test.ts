import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { untranslatedIn } from "../../testing/client/untranslated.ts";

const CLIENT = path.resolve(import.meta.dirname, "..");

/** Folders whose own words are in English alone so far. */
const ENGLISH = ["elements/model"];
/** Strings that look like sentences and are read by nobody: fonts, annotations of a file's format, names of contracts' refusals. */
const NOBODY_READS = /system-ui|^EDF Annotations$|^open conditions$/;

const sources = readdirSync(CLIENT, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll(path.sep, "/"))
  .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|^(dist|locales)\//.test(file));

test("what the page says is in messages, so that each language has it", () => {
  const found = sources
    .filter((file) => !ENGLISH.some((folder) => file.startsWith(`${folder}/`)))
    .flatMap((file) => {
      const text = readFileSync(path.join(CLIENT, file), "utf8");
      return untranslatedIn(file, text).map(({ line, words }) => ({ at: `${file}:${line}`, words }));
    })
    .filter(({ words }) => !NOBODY_READS.test(words));
  expect(found.map(({ at, words }) => `${at} ${words}`)).toEqual([]);
  expect(sources.length).toBeGreaterThan(100);
});

test("each message has its translation in each file of translations", () => {
  for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith(".xlf"))) {
    const units = readFileSync(path.join(import.meta.dirname, file), "utf8")
      .split("<trans-unit ")
      .slice(1);
    const missing = units.filter((unit) => !/<target>[^<]|<target><x /.test(unit));
    expect(missing.map((unit) => /<source>([\s\S]*?)<\/source>/.exec(unit)?.[1])).toEqual([]);
    expect(units.length).toBeGreaterThan(300);
  }
});

const found = (text: string): string[] => untranslatedIn("a.ts", text).map(({ line, words }) => `${line}: ${words}`);

test("words of templates are found, in texts, in attributes that are read, and as what an expression comes to", () => {
  expect(found("html`<p class='open now'>Hello</p>`")).toEqual(["1: Hello"]);
  expect(found("html`<p aria-label=\"Open it\" data-x='no words'>${x}</p>`")).toEqual(["1: Open it"]);
  expect(found("\nhtml`<p ?hidden=${a > b}>${isOn ? 'On' : msg('Off')} ${x ?? 'none'}</p>`")).toEqual([
    "2: On",
    "2: none",
  ]);
  expect(found("html`<b>${x}</b> ${html`<i>inner</i>`}`")).toEqual(["1: inner"]);
  expect(found("this.said = 'Give your name first.'; this.key = 'give-name';")).toEqual(["1: Give your name first."]);
});

test("messages, errors, styles, units, code and empty templates are none", () => {
  const fine = [
    "html`<p title=${msg('Open')}>${msg(html`All of <b>it</b>`)} mm/s · ${x} Hz</p>`",
    "css`.a b { content: 'so it is'; }`",
    "throw new BedsideError('BAD_ARGUMENT', 'there is no such thing')",
    "html`<code>npm run start</code><!-- a word of ours -->`",
  ];
  expect(fine.flatMap(found)).toEqual([]);
});
