import { expect, test, vi } from "vitest";
import { complaintsOf, DESKTOP, openBrowser } from "./browser.ts";
import { startCommand } from "./processes.ts";
import { tile } from "./screen.ts";

test("npm run dev serves the page from its sources, live, and ends with both", { timeout: 120_000 }, async () => {
  const dev = startCommand("tools/commands/dev.ts", ["--beds", "2"], {
    PORT: "0",
    HOST: "127.0.0.1",
    LOG_LEVEL: "warn",
  });
  await dev.printed(/Bedside is at /);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: DESKTOP });
    const complaints = complaintsOf(page);
    await page.goto(/at (http:\S+)/.exec(dev.output())?.[1] ?? "");
    await vi.waitFor(async () => expect(await tile(page, "b2").getByTestId("heart-rate").innerText()).toMatch(/\d+/), {
      timeout: 60_000,
      interval: 250,
    });
    expect(await page.getByTestId("connection").getAttribute("data-status")).toBe("live");
    expect(await page.locator('script[src*="@vite/client"]').count()).toBe(1);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    dev.child.kill("SIGINT");
  }
  expect(await dev.exited).toBe(0);
});
