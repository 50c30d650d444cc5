import { type Browser, chromium, type Page } from "playwright-core";
import { BedsideError } from "../contracts/errors.ts";
import { chromiumPlaces, findChromium } from "../tools/chromium/find-chromium.ts";
import { readConfig } from "../server/config.ts";

const FLAGS: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const DESKTOP = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** A headless browser. Throws TOOL_MISSING where there is none. */
export async function openBrowser(): Promise<Browser> {
  const { CHROMIUM_PATH, PATH } = readConfig();
  const executablePath = findChromium(chromiumPlaces(CHROMIUM_PATH, PATH));
  if (!executablePath) throw new BedsideError("TOOL_MISSING", "no Chromium found: run npm run setup:chromium");
  return chromium.launch({ executablePath, args: [...FLAGS] });
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
