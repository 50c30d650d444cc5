import { spawn } from "node:child_process";
import { expect, test } from "vitest";

const here = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);

/** A command that works until it is stopped; `stop` and `end` are what it does then. */
const working = (stop: string, end = ""): string => `
  import { command, run } from ${here("./command.ts")};
  import { onShutdown } from ${here("./shutdown.ts")};
  await run(command("sample", "").action(async () => {
    const timer = setInterval(() => {}, 1000);
    let over;
    const done = new Promise((resolve) => (over = resolve));
    onShutdown(async () => { console.log("stopping"); ${stop} });
    console.log("working");
    await done;
    await new Promise((resolve) => setTimeout(resolve, 50));
    ${end}
    console.log("over");
  }));`;

interface Ended {
  readonly code: number | null;
  readonly said: readonly string[];
  readonly errors: string;
}

/** Runs it, with a signal at each of the words it says. */
async function signalled(code: string, signals: Readonly<Record<string, NodeJS.Signals>>): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code]);
  const said: string[] = [];
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    for (const word of chunk.toString().trim().split("\n")) {
      said.push(word);
      if (signals[word]) child.kill(signals[word]);
    }
  });
  return new Promise((resolve) => child.once("close", (exit) => resolve({ code: exit, said, errors })));
}

test.each(["SIGINT", "SIGTERM"] as const)("%s stops a command, which ends in its own way", async (signal) => {
  const ended = await signalled(working("over();"), { working: signal });
  expect(ended).toEqual({ code: 0, said: ["working", "stopping", "over"], errors: "" });
});

test("what fails while it stops is one line, and code 1", async () => {
  for (const code of [working(`throw new Error("it is so");`), working("over();", `throw new Error("it is so");`)]) {
    const { code: exit, errors } = await signalled(code, { working: "SIGTERM" });
    expect(exit).toBe(1);
    expect(errors.split("\n")[0]).toBe("it is so");
  }
});

test("a second signal ends it at once", async () => {
  const ended = await signalled(working(""), { working: "SIGINT", stopping: "SIGINT" });
  expect(ended).toEqual({ code: 130, said: ["working", "stopping"], errors: "" });
});

test("an error that nobody catches is neither swallowed nor taken for a signal", async () => {
  const code = working("").replace(`console.log("working")`, `setTimeout(() => { throw new Error("it is so"); }, 50)`);
  const { code: exit, said, errors } = await signalled(code, {});
  expect({ exit, said }).toEqual({ exit: 1, said: [] });
  expect(errors).toMatch(/it is so/);
});
