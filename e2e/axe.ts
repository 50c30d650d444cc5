import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * What axe-core finds on a page as it stands, of whatever severity, a line each. `choice`: all rules, those of colours alone, or all but
 * those, which take most of the time and ask of each text by itself. It is evaluated, so that the page's
 * security policy stays as it is.
 */
export async function axeFindings(page: Page, choice: "all" | "colours" | "no colours" = "all"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (which) => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const options: axe.RunOptions =
      which === "colours"
        ? { runOnly: { type: "rule", values: ["color-contrast"] } }
        : { rules: { "color-contrast": { enabled: which === "all" } } };
    // Texts of charts are as many as all others; their colours are those of styles/contrast.test.ts.
    const charts = (root: ParentNode): Element[] =>
      [...root.querySelectorAll("*")].flatMap((one) =>
        one.matches("svg.chart") ? one : one.shadowRoot ? charts(one.shadowRoot) : [],
      );
    const context = { exclude: which === "no colours" ? [] : charts(document) } as unknown as axe.ElementContext;
    return (await inPage.run(context, { resultTypes: ["violations"], preload: false, ...options })).violations;
  }, choice);
  return violations.map(({ id, impact, nodes }) => {
    const places = nodes.slice(0, 4).map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary}`);
    return `${id} (${impact}): ${places.join("; ")}`;
  });
}
