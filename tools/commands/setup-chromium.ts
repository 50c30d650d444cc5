import { chromiumPlaces, ensureChromium } from "../chromium/find-chromium.ts";
import { readConfig } from "../../server/config.ts";
import { command, run } from "../../kit/cli/command.ts";

const program = command(
  "setup:chromium",
  "Find a browser for the e2e tests, or install Debian's as root. CHROMIUM_PATH names one.",
).action(async () => {
  const { CHROMIUM_PATH, PATH } = readConfig();
  const browser = await ensureChromium(chromiumPlaces(CHROMIUM_PATH, PATH), console.error);
  console.log(`the e2e tests use ${browser}`);
});

await run(program);
