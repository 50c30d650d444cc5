import { chromiumPlaces, ensureChromium } from "../chromium/find-chromium.ts";
import { readConfig } from "../config.ts";
import { command, run } from "./run.ts";

const program = command("setup:chromium", "Finds a browser for the e2e tests; as root on Debian, installs one.").action(
  async () => {
    const { CHROMIUM_PATH, PATH } = readConfig();
    console.log(await ensureChromium(chromiumPlaces(CHROMIUM_PATH, PATH), console.log));
  },
);

await run(program);
