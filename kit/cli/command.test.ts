import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const here = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);

/** A command that fails while a server is open. */
const failing = (code: string): string => `
  import { createServer } from "node:http";
  import { BedsideError } from ${here("../../contracts/errors.ts")};
  import { command, run } from ${here("./command.ts")};
  await run(command("sample", "").action(() => {
    createServer().listen(0);
    throw new BedsideError(${JSON.stringify(code)}, "it is so");
  }));`;

test.each([
  ["UNKNOWN_RECORD", 2],
  ["BUS_UNREACHABLE", 1],
])(
  "a command that fails with %s says so in one line and ends, whatever it has open",
  (code, status) => {
    const flags = ["--import", "tsx", "--input-type=module", "--eval", failing(code)];
    const ended = spawnSync(process.execPath, flags, { encoding: "utf8", timeout: 20_000 });
    expect(ended.stderr).toBe(`sample: it is so [${code}]\n`);
    expect(ended.status).toBe(status);
  },
  60_000,
);
