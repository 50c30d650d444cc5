import net from "node:net";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DESKTOP, openBrowser } from "./browser.ts";
import { type Command, kill, startApp } from "./processes.ts";

const LATE_MS = 4000;

let app: Command;
let browser: Browser;
let page: Page;
let server: net.Server;

/** Lets sockets' bytes come 4 s late to the page, and all else at once. */
function lateProxy(port: number): Promise<net.Server> {
  const proxy = net.createServer((near) => {
    const far = net.connect(port, "127.0.0.1");
    let lateMs = 0;
    near.once("data", (head) => {
      if (/^upgrade: websocket/im.test(head.toString("latin1"))) lateMs = LATE_MS;
    });
    near.pipe(far);
    far.on("data", (bytes) => void setTimeout(() => near.write(bytes), lateMs));
    far.on("end", () => void setTimeout(() => near.end(), lateMs));
    for (const socket of [near, far]) {
      socket.on("error", () => {
        near.destroy();
        far.destroy();
      });
    }
  });
  return new Promise((resolve) => proxy.listen(0, "127.0.0.1", () => resolve(proxy)));
}

beforeAll(async () => {
  app = startApp(["--records", "synthetic/sinus", "--speed", "8", "--drift", "drop:20%"]);
  server = await lateProxy(Number(new URL(await app.address()).port));
  browser = await openBrowser();
  page = await browser.newPage({ viewport: DESKTOP });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await kill(app);
});

test("an 8 × replay that loses every fifth frame and comes 4 s late is told as that", async () => {
  const fact = (name: string) => page.locator(`[data-fact="${name}"]`).innerText();
  const number = async (name: string, pattern: RegExp): Promise<number> => Number(pattern.exec(await fact(name))?.[1]);
  await vi.waitFor(async () => expect(await number("pace", /^replay × ([\d.]+)$/)).toBeCloseTo(8, 0), {
    timeout: 60_000,
    interval: 250,
  });
  await vi.waitFor(
    async () => {
      expect(await number("behind", /^b1 up to ([\d.]+) s behind$/)).toBeGreaterThan(4.2);
      expect(await number("lost", /^b1 (\d+) % lost$/)).toBeGreaterThan(14);
    },
    { timeout: 60_000, interval: 250 },
  );
  // A machine that is busy adds to both, which is no fault: client/ward/feed-truth.test.ts has the exact figures.
  expect(await number("behind", /([\d.]+) s/)).toBeLessThan(15);
  expect(await number("lost", /(\d+) %/)).toBeLessThan(60);
});

test("the sound's state stands in the header: off until it is pressed", async () => {
  const sound = page.getByTestId("sound");
  expect(await sound.innerText()).toBe("Sound off");
  await sound.click();
  await vi.waitFor(async () => expect(await sound.innerText()).toBe("Sound on"), { timeout: 10_000 });
});
