import { expect, test, vi } from "vitest";
import { answering, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { model } from "../../../testing/model-report.ts";
import { ModelView } from "./model-view.ts";

const REPORT = { version: 1, date: "2026-01-02T03:04:05Z", command: "npm run report", live: model, rows: null };
const button = (view: ModelView, name: string): HTMLElement | undefined =>
  within(view, "button").find((one) => textOf(one) === name);

test("a gateway without a report says how to make one", async () => {
  answering({});
  const view = await sceneOf().show(new ModelView());
  await vi.waitFor(() => expect(textOf(view)).toContain("No report yet"));
  expect(textOf(view)).toContain("npm run report");
});

test("the live model's report has the table of databases, the rows' has none", async () => {
  const row = { kind: "tool", name: "XQRS", remark: "version 4", hash: null, command: null };
  const qrs = { se: { value: 0.99 }, ppv: { value: 0.98 } };
  const generalisation = [{ name: "SVDB report", remark: "12 records", beats: { S: 1960 }, rows: [{ ...row, qrs }] }];
  answering({ "/api/report": { ...REPORT, rows: { ...model, name: "rows" }, generalisation } });
  const view = await sceneOf().show(new ModelView());
  await vi.waitFor(() => expect(within(view, ".generalisation tr").length).toBe(3));
  const lines = within(view, ".generalisation tbody tr").map(textOf);
  expect(lines[0]).toBe("SVDB report 12 records; no N, 1,960 S, no V, no F");
  expect(lines[1].replace(/ +/g, " ")).toBe("XQRS version 4 Se 99.00 +P 98.00 – – – – –");
  button(view, "Uploaded rows")?.click();
  await view.updateComplete;
  expect(within(view, ".generalisation")).toEqual([]);
});

test("the report of one model, then of the other, which has none", async () => {
  answering({ "/api/report": REPORT });
  const view = await sceneOf().show(new ModelView());
  expect(textOf(view)).toContain("Asking for the report");
  await vi.waitFor(() => expect(textOf(the(view, "h1"))).toBe("Can these models be trusted?"));
  expect(within(view, "model-summary, evaluation-view")).toHaveLength(2);
  expect(within(view, ".limits li").map(textOf)).toEqual(["none & all"]);
  expect(textOf(view)).toContain("How it holds up in noise: not measured");
  expect(textOf(the(view, ".foot"))).toBe("Report of 2026-01-02, made by npm run report .");
  button(view, "Uploaded rows")?.click();
  await view.updateComplete;
  expect(within(view, "model-summary")).toEqual([]);
  expect(textOf(view)).toContain("This model: not measured, or not in this report.");
  expect(button(view, "Uploaded rows")?.getAttribute("aria-pressed")).toBe("true");
});
