import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DESKTOP, openBrowser } from "./browser.ts";
import { type Command, kill, startApp } from "./processes.ts";

/** What the product promises, and a second for who asks. */
const FOUND_WITHIN_MS = 11_000;

let app: Command;
let url = "";
let browser: Browser;

beforeAll(async () => {
  app = startApp(["--beds", "0"]);
  url = await app.address();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await kill(app);
});

const open = async (): Promise<Page> => {
  const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
  await page.goto(url);
  return page;
};

const metric = async (line: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = text.split("\n").find((each) => each.startsWith(`bedside_${line} `));
  return Number(found?.split(" ").at(-1) ?? Number.NaN);
};

const soon = (look: () => Promise<void>, ms: number): Promise<void> => vi.waitFor(look, { timeout: ms, interval: 100 });
const faults = (page: Page): Promise<string[]> => page.locator("proof-faults li").allInnerTexts();

test("two screens confirm what they drew; one that freezes, and then a process that dies, are found within 10 s", async () => {
  const [watching, freezing] = await Promise.all([open(), open()]);
  await soon(async () => expect(await metric('screens{state="watching"}')).toBe(2), 60_000);
  expect(await faults(watching)).toEqual([]);
  expect(await watching.getByTestId("beds").innerText()).toBe("0 beds");

  const session = await freezing.context().newCDPSession(freezing);
  await session.send("Debugger.enable");
  await session.send("Debugger.pause");
  await soon(
    async () => expect(await faults(watching)).toEqual([expect.stringMatching(/^Screen \d+ does not confirm/)]),
    FOUND_WITHIN_MS,
  );
  expect(await metric('screens{state="silent"}')).toBe(1);
  await session.send("Debugger.resume");
  await session.send("Debugger.disable");
  await soon(async () => expect(await faults(watching)).toEqual([]), FOUND_WITHIN_MS);

  app.child.kill("SIGSTOP");
  await soon(
    async () => expect(await faults(watching)).toEqual([expect.stringMatching(/^This screen is not being fed/)]),
    FOUND_WITHIN_MS,
  );
  app.child.kill("SIGCONT");
});
