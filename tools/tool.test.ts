import { expect, test } from "vitest";
import { requireTool, runTool } from "./tool.ts";

test("a tool that is missing or broken is named with the remedy", async () => {
  const missing = { code: "TOOL_MISSING", message: expect.stringMatching(/no-such-tool .*install it/) };
  await expect(requireTool("no-such-tool", [], "install it")).rejects.toMatchObject(missing);
  const broken = { code: "TOOL_MISSING", message: expect.stringMatching(/mend it/) };
  await expect(requireTool(process.execPath, ["-e", "process.exit(3)"], "mend it")).rejects.toMatchObject(broken);
});

test("output comes line by line from both streams, the last of it with the exit code", async () => {
  const lines: string[] = [];
  const script = "for (let i = 0; i < 300; i++) console.log(i); console.error('last'); process.exitCode = 4";
  const { code, output } = await runTool(process.execPath, ["-e", script], (line) => lines.push(line));
  expect(code).toBe(4);
  expect(lines).toHaveLength(301);
  expect(output).toHaveLength(200);
  expect(output).toContain("last");
});
