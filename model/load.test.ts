import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { logOpening, readCard } from "./card/live-folder.ts";
import { loadClassifier } from "./load.ts";

const LIVE = path.join(import.meta.dirname, "artifacts", "live");

describe("a model's folder", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "bedside-model-"));
    await cp(LIVE, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const failure = (engine: "onnx" | "tfjs-node" = "onnx") =>
    loadClassifier(folder, engine).then(
      () => ({ code: "none", message: "" }),
      (error: { code: string; message: string }) => error,
    );
  const editCard = async (edit: (card: Record<string, unknown>) => void): Promise<void> => {
    const file = path.join(folder, "card.json");
    const card = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
    edit(card);
    await writeFile(file, JSON.stringify(card));
  };

  it("loads, and names itself by its hash", async () => {
    const classifier = await loadClassifier(folder, "onnx");
    const card = await readCard(folder);
    expect(classifier.info).toMatchObject({
      engine: "onnx",
      windowLength: 187,
      featureCount: card.featureNames.length,
    });
    expect(card.hash.startsWith(classifier.info.hash)).toBe(true);
    expect(classifier.info.hash).toMatch(/^[0-9a-f]{12}$/);
    await classifier.close();
  });

  it.each(["card.json", "encode.onnx", "step.onnx", "gate.json"])(
    "says that %s is missing and what to do",
    async (name) => {
      await rm(path.join(folder, name));
      const { code, message } = await failure();
      expect(code).toBe("BAD_MODEL");
      expect(message).toContain(path.join(folder, name));
      expect(message).toContain("npm run train");
    },
  );

  it.each(["encode.onnx", "step.onnx", "gate.json"])("says that %s was altered", async (name) => {
    const bytes = await readFile(path.join(folder, name));
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(path.join(folder, name), bytes);
    expect(await failure()).toMatchObject({
      code: "BAD_MODEL",
      message: expect.stringContaining(`${path.join(folder, name)} does not have the SHA-256`) as string,
    });
  });

  it.each([
    ["is not JSON", (): string => "{"],
    ["/windowLength", (text: string): string => text.replace(/"windowLength": \d+/, '"windowLength": "x"')],
  ])("says what is wrong with the card: %s", async (what, spoil) => {
    const file = path.join(folder, "card.json");
    await writeFile(file, spoil(await readFile(file, "utf8")));
    const { code, message } = await failure();
    expect(code).toBe("BAD_MODEL");
    expect(message).toContain(`card.json${what.startsWith("/") ? what : ` ${what}`}`);
  });

  it("refuses a model of another signal chain", async () => {
    await editCard((card) => (card.featureNames = ["rr"]));
    expect(await failure()).toMatchObject({
      code: "BAD_MODEL",
      message: expect.stringContaining("1 features") as string,
    });
    await editCard((card) => (card.windowLength = 100));
    expect(await failure()).toMatchObject({
      code: "BAD_MODEL",
      message: expect.stringContaining("100 samples") as string,
    });
  });

  it("refuses a card whose hash is another model's", async () => {
    await editCard((card) => (card.hash = "0".repeat(64)));
    expect(await failure()).toMatchObject({ code: "BAD_MODEL", message: expect.stringContaining("hash") as string });
  });

  it("logs a look at the hold-out in both forms of the card", async () => {
    const before = await readCard(folder);
    const opening = { date: "2026-01-02T03:04:05.000Z", command: "npm run evaluate", figures: { accuracy: 0.5 } };
    await logOpening(folder, opening);
    const after = await readCard(folder);
    expect(after.openings).toEqual([...before.openings, { ...opening, hash: before.hash }]);
    expect(await readFile(path.join(folder, "card.md"), "utf8")).toContain("2026-01-02T03:04:05.000Z");
    await (await loadClassifier(folder, "onnx")).close();
  });
});
