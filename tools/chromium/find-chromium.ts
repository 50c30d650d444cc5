import { accessSync, constants, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { runTool } from "../tool.ts";

const NAMES: readonly string[] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES: readonly string[] = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
/** Within one of Playwright's browser folders; its older and newer releases. */
const PLAYWRIGHT_FILES: readonly string[] = [
  "chrome-linux/chrome",
  "chrome-linux64/chrome",
  "chrome-linux/headless_shell",
  "chrome-headless-shell-linux64/chrome-headless-shell",
];
const REMEDY = "install Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH";

/** Where to look; tests give other places. */
export interface ChromiumPlaces {
  /** Used and nothing else, when not empty. */
  readonly wanted: string;
  /** Folders searched for a browser by name. */
  readonly folders: readonly string[];
  /** Playwright's own browsers. */
  readonly playwright: string;
}

export const chromiumPlaces = (wanted: string, searchPath: string): ChromiumPlaces => ({
  wanted,
  folders: searchPath.split(path.delimiter),
  playwright: path.join(homedir(), ".cache", "ms-playwright"),
});

/** The browser's path, null where there is none. Throws TOOL_MISSING when the wanted one can't be run. */
export function findChromium({ wanted, folders, playwright }: ChromiumPlaces): string | null {
  if (wanted !== "") {
    if (isExecutable(wanted)) return wanted;
    throw new BedsideError("TOOL_MISSING", `CHROMIUM_PATH is ${wanted}, which can't be run: ${REMEDY}`);
  }
  const installed = [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), ...PLACES];
  return [...installed, ...playwrightBrowsers(playwright)].find(isExecutable) ?? null;
}

/** The browser's path; as root on Debian, installs it first where there is none. Throws TOOL_MISSING. */
export async function ensureChromium(places: ChromiumPlaces, say: (line: string) => void): Promise<string> {
  const found = findChromium(places);
  if (found) return found;
  if (process.getuid?.() !== 0) throw new BedsideError("TOOL_MISSING", `no Chromium found: ${REMEDY}`);
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "chromium"]]) {
    say(`apt-get ${args.join(" ")} …`);
    let told = 0;
    const { code, output } = await runTool("apt-get", args, () => {
      if (++told % 100 === 0) say(`apt-get: ${told} lines so far`);
    });
    if (code !== 0) {
      throw new BedsideError("TOOL_MISSING", `apt-get ${args[0]} failed (${output.at(-1) ?? code}): ${REMEDY}`);
    }
  }
  const installed = findChromium(places);
  if (installed) return installed;
  throw new BedsideError("TOOL_MISSING", `apt-get brought no browser: ${REMEDY}`);
}

function playwrightBrowsers(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^chromium(_headless_shell)?-\d+$/.test(name))
      .toSorted()
      .toReversed()
      .flatMap((name) => PLAYWRIGHT_FILES.map((file) => path.join(folder, name, file)));
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
