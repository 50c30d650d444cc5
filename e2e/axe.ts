import axe from "axe-core";
import type { ElementHandle, Page } from "playwright-core";

/**
 * At which sizes a page is looked at, in which colours, and whether wholly. A page's frame is the same around each of its views, and the rule
 * of colours takes most of the time: each theme has it at one size, and styles/contrast.test.ts has every pair of text and ground.
 */
const LOOKS = [
  { size: { width: 1280, height: 800 }, theme: "dark", isWhole: true, hasColours: true },
  { size: { width: 1920, height: 1080 }, theme: "dark", isWhole: false, hasColours: false },
  { size: { width: 390, height: 844 }, theme: "light", isWhole: false, hasColours: true },
] as const;

/**
 * What axe-core finds, of whatever severity, a line each, at three sizes and in both themes; the page is not loaded again, and is left at the size
 * that it had. `part`: what of the page is looked at; "main" stands for the view, with what is around it at the first size.
 */
export async function axeFindings(page: Page, part = "main"): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const { size, theme, isWhole, hasColours } of LOOKS) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(size);
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    const whole = part === "main" && isWhole ? "body" : part;
    const place = await page.locator(whole).first().elementHandle();
    if (!place) throw new Error(`axe-core: there is no ${whole} on ${page.url()}`);
    found.push(...(await findingsIn(page, place, hasColours)).map((line) => `${size.width} px, ${theme}: ${line}`));
  }
  if (before) await page.setViewportSize(before);
  return found;
}

/** It is evaluated, so that the page's security policy stays as it is. */
async function findingsIn(page: Page, place: ElementHandle, hasColours: boolean): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async ({ root, colours }) => {
      const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
      // Texts of charts are as many as all others: they are looked at once, without colours, which are those of styles/contrast.test.ts.
      const charts = (within: ParentNode): Element[] =>
        [...within.querySelectorAll("*")].flatMap((one) =>
          one.matches("svg.chart") ? one : one.shadowRoot ? charts(one.shadowRoot) : [],
        );
      // The rules of a whole page hold for the document alone.
      const include = root.nodeName === "BODY" ? document : [root];
      const context = { include, exclude: colours ? charts(document) : [] } as unknown as axe.ElementContext;
      const options: axe.RunOptions = {
        resultTypes: ["violations"],
        preload: false,
        rules: { "color-contrast": { enabled: colours } },
      };
      return (await inPage.run(context, options)).violations;
    },
    { root: place as ElementHandle<Element>, colours: hasColours },
  );
  return violations.map(({ id, impact, nodes }) => {
    const places = nodes.slice(0, 4).map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary}`);
    return `${id} (${impact}): ${places.join("; ")}`;
  });
}
