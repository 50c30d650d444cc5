import type { FastifyInstance } from "fastify";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { AppOptions } from "../../server/gateway/app.ts";
import { History } from "../../server/history/history.ts";
import { createFakeRows } from "../classify/fake-rows.ts";
import { openGateway, type TestGateway } from "./gateway.ts";
import { beatAt, beatMessage, frameAt, frameMessage } from "./messages.ts";

/** Every method and route of an app, from the tree that it prints: a level is four characters, its children go on where it ends. */
export function routesOf(app: FastifyInstance): string[] {
  const above: string[] = [];
  const routes: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split("\n")) {
    const [, stem, name, methods] = /^([│├└─\s]*)(\S+) \(([^)]*)\)/.exec(line) ?? [];
    if (stem === undefined) continue;
    const level = stem.length / 4;
    above.length = level - 1;
    above.push(name);
    for (const method of methods.split(", ")) routes.push(`${method} ${above.join("").replace(/^(?!\/)/, "/")}`);
  }
  return routes.filter((route) => !/^(?:HEAD|OPTIONS) /.test(route));
}

/** A gateway with everything that it can have, which knows a bed and keeps what happens. */
export async function wholeGateway(options: Partial<AppOptions> = {}): Promise<TestGateway> {
  const folder = mkdtempSync(path.join(tmpdir(), "bedside-private-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, "client", "assets"), { recursive: true });
  writeFileSync(path.join(folder, "client", "index.html"), "<!doctype html><title>Bedside</title>");
  writeFileSync(path.join(folder, "client", "assets", "main-4f2a.js"), "export {};");
  const quiet = { error: () => {}, warn: () => {}, info: () => {} };
  const file = path.join(folder, "history.sqlite");
  const gateway = await openGateway({
    clientDir: path.join(folder, "client"),
    history: await History.open({ file, log: null, maxAgeMs: 1e13, maxBytes: 1e9, logTo: quiet }),
    openRows: async () => createFakeRows(),
    openClassifier: () => Promise.reject(new Error("no beat is asked for that is kept")),
    ...options,
  });
  await gateway.bus.publish([frameMessage(frameAt("b1", 1)), beatMessage(beatAt("b1", 500))]);
  return gateway;
}
