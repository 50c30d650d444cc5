import { type Browser, chromium, type Page } from "playwright-core";
import { BedsideError } from "../contracts/errors.ts";
import { CHROMIUM_FLAGS, installedChromium } from "../tools/chromium/browser.ts";

export const DESKTOP = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** A headless browser. Throws TOOL_MISSING where there is none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = installedChromium();
  if (!executablePath) throw new BedsideError("TOOL_MISSING", "no Chromium found: run npm run setup:chromium");
  return chromium.launch({ executablePath, args: ["--headless", ...CHROMIUM_FLAGS] });
}

/** Collects what the page complains of: errors on its console (a breach of its security policy is one) and uncaught ones. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}
