import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openGateway } from "../../../testing/gateway/gateway.ts";

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), "bedside-report-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test("the report is what stands in its file, also one made meanwhile; without one, how to make it", async () => {
  const reportFile = path.join(await folder(), "report.json");
  const { app } = await openGateway({ reportFile });
  const none = await app.inject("/api/report");
  expect(none.statusCode).toBe(404);
  expect(none.json()).toEqual({
    error: { code: "NOT_FOUND", message: expect.stringContaining("npm run report") },
  });
  const report = { version: 1, date: "2026-01-01T00:00:00.000Z", command: "npm run report", live: null, rows: null };
  await writeFile(reportFile, JSON.stringify(report));
  expect((await app.inject("/api/report")).json()).toEqual(report);
});

test("who takes compressed files gets those that the build has laid beside them", async () => {
  const clientDir = await folder();
  await mkdir(path.join(clientDir, "assets"));
  await writeFile(path.join(clientDir, "index.html"), "<title>Bedside</title>");
  for (const end of ["js", "js.br", "js.gz"]) await writeFile(path.join(clientDir, "assets", `a-1.${end}`), end);
  const { app } = await openGateway({ clientDir });
  for (const [accepted, end, encoding] of [
    ["gzip, br", "js.br", "br"],
    ["gzip", "js.gz", "gzip"],
    ["identity", "js", undefined],
  ]) {
    const response = await app.inject({ url: "/assets/a-1.js", headers: { "accept-encoding": accepted } });
    expect([response.body, response.headers["content-encoding"]]).toEqual([end, encoding]);
    expect(response.headers["content-type"]).toContain("javascript");
    expect(response.headers["cache-control"]).toContain("immutable");
  }
});

test("the dashboard's pages are its one document, at paths of their own", async () => {
  const clientDir = await folder();
  await mkdir(path.join(clientDir, "assets"));
  await writeFile(path.join(clientDir, "index.html"), "<title>Bedside</title>");
  const { app } = await openGateway({ clientDir });
  for (const page of ["/", "/model", "/upload"]) {
    const response = await app.inject(page);
    expect(response.statusCode).toBe(200);
    expect(response.headers["content-type"]).toContain("text/html");
    expect(response.headers["cache-control"]).toBe("no-cache");
    expect(response.body).toContain("Bedside");
  }
  expect((await app.inject("/model/")).headers["location"]).toBe("../model");
  expect((await app.inject("/models")).statusCode).toBe(404);
});
