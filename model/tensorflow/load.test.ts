import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderOf, loadTensorflow } from "./load.ts";
import { whatIsMissing } from "./place.ts";

describe("tfjs-node that is not in place", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "bedside-tfjs-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const put = async (...parts: string[]): Promise<void> => {
    const file = path.join(folder, ...parts);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, "");
  };
  const failure = (): unknown => {
    try {
      return loadTensorflow(folder);
    } catch (error) {
      return error;
    }
  };

  it("is named with its remedy: addon first, then library", async () => {
    const remedy = expect.stringContaining("npm run setup:tensorflow") as string;
    expect(failure()).toMatchObject({ code: "ENGINE_UNAVAILABLE", message: remedy });
    expect(whatIsMissing(folder)).toContain("addon");
    await put("lib", "napi-v8", "tfjs_binding.node");
    expect(whatIsMissing(folder)).toContain("library");
    await put("deps", "lib", "libtensorflow.so.2");
    expect(whatIsMissing(folder)).toBeNull();
  });

  it("is named with its remedy when it does not load", async () => {
    await put("lib", "napi-v8", "tfjs_binding.node");
    await put("deps", "lib", "libtensorflow.so.2");
    await writeFile(path.join(folder, "index.js"), "throw new Error('wrong ELF class')");
    expect(failure()).toMatchObject({
      code: "ENGINE_UNAVAILABLE",
      message: expect.stringContaining("npm run setup:tensorflow") as string,
      cause: { message: "wrong ELF class" },
    });
  });
});

it("a package that is not installed, as in the image, is said in a line", () => {
  const find = (): string => createRequire(import.meta.url).resolve("@tensorflow/tfjs-node-that-is-none");
  expect(() => folderOf(find)).toThrow(
    expect.objectContaining({ code: "ENGINE_UNAVAILABLE", message: expect.stringContaining("setup:tensorflow") }),
  );
});
