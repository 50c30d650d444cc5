import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readPromql, type Selector } from "../../testing/monitoring/promql.ts";
import { type Series, servedMetrics } from "../../testing/monitoring/served-metrics.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: Readonly<Record<"x" | "y" | "w" | "h", number>>;
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

const text = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

const page = text("README.md");
const { groups } = parse(text("alerts.yml")) as { groups: readonly { name: string; rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(text("dashboard.json")) as {
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly Panel[];
};
const panels = dashboard.panels.filter(({ type }) => type !== "row");
const scrapes = parse(text("prometheus.yml")) as {
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly { readonly job_name: string }[];
};

const jobs = new Set(scrapes.scrape_configs.map(({ job_name }) => job_name));

/** Every expression, by where it stands, with the words that are made of what it gives. */
const expressions = [
  ...rules.map(({ alert, expr, annotations }) => ({
    place: `alert ${alert}`,
    expr,
    shown: [
      ...Object.values(annotations)
        .join(" ")
        .matchAll(/\$labels\.(\w+)/g),
    ].map(([, label]) => label),
  })),
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr, legendFormat }) => ({
      place: `panel ${title}, ${refId}`,
      expr,
      shown: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label),
    })),
  ),
];

/** Functions that are given what counts up. */
const RATES = ["rate", "increase"];

type Served = ReadonlyMap<string, Series>;

/** Why a selection would find nothing, or what it finds means nothing. */
function faultsOf({ metric, matchers, by, over }: Selector, served: Served): string[] {
  const series = served.get(metric);
  if (!series) return [`no process serves ${metric}`];
  const faults: string[] = [];
  for (const label of [...matchers.map((matcher) => matcher.label), ...by])
    if (!series.labels.has(label)) faults.push(`${metric} has no label ${label}`);
  for (const { label, operator, value } of matchers) {
    const seen = label === "job" ? jobs : series.values.get(label);
    for (const one of operator === "=~" ? value.split("|") : [value])
      if (!seen?.has(one)) faults.push(`${metric} never has ${label} ${one}`);
  }
  if (series.type === "counter" && !RATES.includes(over ?? "")) faults.push(`${metric} counts up: it needs a rate`);
  if (series.type === "gauge" && over !== null) faults.push(`${metric} is of a moment, and has no ${over}`);
  return faults;
}

/** `shown`: labels whose values are told with what the expression gives. */
function faultsIn(expr: string, shown: readonly string[], served: Served): string[] {
  const { selectors, leaves } = readPromql(expr);
  const left = leaves ?? selectors.flatMap(({ metric }) => [...(served.get(metric)?.labels ?? [])]);
  return [
    ...(selectors.length === 0 ? ["names no metric"] : selectors.flatMap((selector) => faultsOf(selector, served))),
    ...shown.filter((label) => !left.includes(label)).map((label) => `tells ${label}, which its result has not`),
  ];
}

test("every metric, label and value that dashboard and alerts name is one that gateways and workers serve", async () => {
  const served = await servedMetrics();
  expect(expressions.length).toBeGreaterThan(rules.length + panels.length - 1);
  const faults = expressions.flatMap(({ place, expr, shown }) =>
    faultsIn(expr, shown, served).map((fault) => `${place}: ${fault}`),
  );
  expect(faults).toEqual([]);

  // What it would say of others.
  expect(faultsIn("sum(bedside_bed)", [], served)).toEqual(["no process serves bedside_bed"]);
  expect(faultsIn("bedside_hop_seconds", [], served)).toEqual(["no process serves bedside_hop_seconds"]);
  expect(faultsIn("max by (bed) (bedside_beds)", ["state"], served)).toEqual([
    "bedside_beds has no label bed",
    "tells state, which its result has not",
  ]);
  expect(faultsIn('bedside_beds{state=~"heard|gone"} > 0', [], served)).toEqual(["bedside_beds never has state gone"]);
  expect(faultsIn('up{job="other"}', [], served)).toEqual(["up never has job other"]);
  expect(faultsIn("bedside_beats_total > 5", [], served)).toEqual(["bedside_beats_total counts up: it needs a rate"]);
  expect(faultsIn("rate(bedside_beds[5m])", [], served)).toEqual(["bedside_beds is of a moment, and has no rate"]);
  expect(() => faultsIn("sum(bedside_beds", [], served)).toThrow("no PromQL at character 16");
});

test("each alert waits, has a severity, says in a line what to do, and is told on the page", () => {
  expect(scrapes.rule_files).toEqual(["alerts.yml"]);
  expect(groups.map(({ name }) => name)).toEqual(["bedside"]);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { alert, labels, annotations, ...rule } of rules) {
    expect(Object.keys(rule)).toEqual(["expr", "for"]);
    expect(alert).toMatch(/^Bedside[A-Z]\w+$/);
    expect(rule.for).toMatch(/^\d+[sm]$/);
    expect(["critical", "warning"]).toContain(labels["severity"]);
    expect(annotations["summary"]).toMatch(/^[^\n]*[:;] [^\n]+$/);
    expect(annotations["runbook_url"]).toBe(`docs/monitoring/README.md#${alert.toLowerCase()}`);
    expect(page).toContain(`\n### ${alert}\n\n${labels["severity"]}, `);
  }
  const told = [...page.matchAll(/^### (Bedside\w+)$/gm)].map(([, alert]) => alert);
  expect(told).toEqual(rules.map(({ alert }) => alert));
});

test("each panel has its place, its words, and a row on the page", () => {
  expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([["datasource", "datasource"]]);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  for (const { title, description, datasource, targets = [] } of panels) {
    expect(datasource).toEqual({ type: "prometheus", uid: "${datasource}" });
    expect(targets.map(({ refId }) => refId)).toEqual(["A", "B", "C"].slice(0, targets.length));
    expect(targets).not.toEqual([]);
    expect(page).toContain(`| ${title} | ${description} |`);
  }
  const told = [...page.split("\n## ")[2].matchAll(/^\| (?!panel|---)([^|]+) \| [^|]+ \|$/gm)].map(
    ([, title]) => title,
  );
  expect(told).toEqual(panels.map(({ title }) => title));
  const taken = new Set<string>();
  for (const { title, gridPos } of dashboard.panels) {
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect({ title, isTaken: taken.has(`${x} ${y}`) }).toEqual({ title, isTaken: false });
        taken.add(`${x} ${y}`);
      }
  }
});
