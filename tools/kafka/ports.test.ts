import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "./ports.ts";

test("a port that is taken is named, and is given once it is free", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await expect(freePort(port)).rejects.toMatchObject({
    code: "PORT_IN_USE",
    message: expect.stringMatching(new RegExp(`port ${port} of 127.0.0.1 is taken.*--port`)),
  });
  server.close();
  await once(server, "close");
  expect(await freePort(port)).toBe(port);
  expect(await freePort(port)).toBe(port);
});

test("0 is any free port, another each time", async () => {
  const ports = await Promise.all(Array.from({ length: 5 }, () => freePort(0)));
  expect(new Set(ports).size).toBe(5);
  expect(Math.min(...ports)).toBeGreaterThan(0);
});
