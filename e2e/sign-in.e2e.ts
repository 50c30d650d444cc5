import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { putPerson, removeUser } from "../server/access/edit-users.ts";
import { complaintsOf, DESKTOP, openBrowser } from "./browser.ts";
import { type Command, kill, startApp } from "./processes.ts";

const folder = mkdtempSync(path.join(tmpdir(), "bedside-sign-in-"));
const users = path.join(folder, "users.json");
const trail = path.join(folder, "audit.log");
const PASSWORD = "correct horse battery";

let app: Command;
let url = "";
let browser: Browser;

beforeAll(async () => {
  await putPerson(users, "Anna", "operator", PASSWORD);
  await putPerson(users, "Vera", "viewer", PASSWORD);
  const args = ["--beds", "2", "--records", "synthetic/ventricular-runs"];
  app = startApp(args, { USERS_FILE: users, AUDIT_FILE: trail });
  url = await app.address();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await kill(app);
  rmSync(folder, { recursive: true, force: true });
});

/** A machine may be busy. */
const soon = (look: () => unknown): Promise<unknown> => vi.waitFor(look, { timeout: 30_000, interval: 100 });

const inBeds = "bed-tile, [data-bed]";

async function open(): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByTestId("sign-in").click();
}

test("nothing of the ward is shown before somebody signs in, and then it is live", async () => {
  const page = await open();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.locator(inBeds).count()).toBe(0);
  expect(await page.getByTestId("connection").getAttribute("data-status")).toBe("signed-out");
  await signIn(page, "Anna", "not the password");
  await soon(async () =>
    expect(await page.getByTestId("sign-in-fault").textContent()).toContain("don't belong together"),
  );
  // What was refused is a line of the browser's console; from here on there is to be none.
  const complaints = complaintsOf(page);
  await signIn(page, "Anna");
  await page.locator("[data-testid=connection][data-status=live]").waitFor();
  await soon(async () => expect(await page.locator(inBeds).count()).toBeGreaterThan(1));
  expect(await page.getByTestId("who").first().textContent()).toBe("Anna, operator");
  // Whoever loads the page again need not sign in again.
  await page.reload();
  await page.locator("[data-testid=connection][data-status=live]").waitFor();
  await page.getByTestId("sign-out").first().click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.locator(inBeds).count()).toBe(0);
  expect(complaints.filter((line) => !line.includes("401"))).toEqual([]);
  await page.context().close();
});

test("a viewer sees why nothing can be commanded; an operator's command is in their name, and in the trail", async () => {
  const viewer = await open();
  await signIn(viewer, "Vera");
  await viewer.locator("[data-testid=connection][data-status=live]").waitFor();
  await viewer.goto(`${url}/#/bed/b1`);
  await viewer.getByTestId("no-commands").first().waitFor();
  expect(await viewer.getByTestId("silence").isDisabled()).toBe(true);
  expect(await viewer.getByTestId("admit").isDisabled()).toBe(true);
  await viewer.goto(`${url}/#/simulation`);
  await soon(async () => expect(await viewer.getByTestId("speed").isDisabled()).toBe(true));
  await viewer.context().close();

  const operator = await open();
  await signIn(operator, "Anna");
  await operator.goto(`${url}/#/bed/b1`);
  await operator.getByTestId("pause").click();
  await operator.getByTestId("resume").waitFor();
  await soon(() => {
    const entries = readFileSync(trail, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(entries).toContainEqual(
      expect.objectContaining({
        audit: "commands",
        who: "Anna",
        role: "operator",
        bed: "b1",
        action: "pause",
        status: 202,
      }),
    );
  });
  await operator.context().close();
});

test("a sign-in that ends while somebody watches is said, in place of the beds, and the next one leads back to them", async () => {
  const page = await open();
  await signIn(page, "Vera");
  await page.locator("[data-testid=connection][data-status=live]").waitFor();
  await removeUser(users, "Vera");
  await page.getByTestId("session-ended").waitFor();
  expect(await page.locator(inBeds).count()).toBe(0);
  await signIn(page, "Anna");
  await page.locator("[data-testid=connection][data-status=live]").waitFor();
  await soon(async () => expect(await page.locator(inBeds).count()).toBeGreaterThan(1));
  await page.context().close();
});
