import { expect, test } from "vitest";
import { faultOf } from "../testing/charts.ts";
import { paragraph, reportPage, sideBySide } from "./page.ts";

const page = reportPage({
  title: "A & B",
  subtitle: "<i>",
  sections: ["One", "Two <2>", "Three"].map((heading) => ({ heading, html: sideBySide(paragraph("see `npm <x>`")) })),
});

test("a page is one document that asks no host for anything", () => {
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(faultOf(page.replace("<!doctype html>\n", "").trim())).toBeNull();
  expect(page).not.toMatch(/<script|<link|<i>|url\(|https?:(?!\/\/www\.w3\.org)/);
  expect(page).toContain("<title>A &amp; B</title>");
  expect(page).toContain("see <code>npm &lt;x&gt;</code>");
});

test("its links lead to its sections", () => {
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links).toHaveLength(3);
  for (const id of links) expect(page).toContain(`<section id="${id}">`);
});
