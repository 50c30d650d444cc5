import { readConfig } from "../../server/config.ts";
import { chromiumPlaces, findChromium } from "./find-chromium.ts";

/** What a headless Chromium is started with: no network of its own, no sandbox (root has none), no graphics card. */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The path of this machine's Chromium, as the configuration has it; null where there is none. Throws TOOL_MISSING. */
export function installedChromium(): string | null {
  const { CHROMIUM_PATH, PATH } = readConfig();
  return findChromium(chromiumPlaces(CHROMIUM_PATH, PATH));
}
