import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { chromiumPlaces, ensureChromium } from "../chromium/find-chromium.ts";
import { readConfig } from "../../server/config.ts";
import { fetchJars, KAFKA_VERSION } from "../kafka/jars.ts";
import { requireJava } from "../kafka/tool.ts";
import { ensureTensorflow } from "../../model/tensorflow/ensure-tensorflow.ts";
import { command, run } from "../../kit/cli/command.ts";

const REPORTS = ".cache/test-reports";

interface Provision {
  readonly what: string;
  readonly provide: () => Promise<unknown>;
}

interface Suite {
  readonly project: string;
  /** Without it the suite is left out. */
  readonly needs: Provision | null;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const SUITES: readonly Suite[] = [
  { project: "unit", needs: null },
  { project: "dom", needs: { what: "a Chromium browser", provide: provideChromium } },
  { project: "kafka", needs: { what: "Kafka's jars and Java", provide: provideKafka } },
  { project: "e2e", needs: { what: "a Chromium browser", provide: provideChromium } },
];

/** Tests of the unit suite that train or run tfjs-node leave themselves out without it. */
const TENSORFLOW: Provision = { what: "TensorFlow's library", provide: () => ensureTensorflow(console.log) };

const program = command("test", "Provisions what the tests need (cached), runs every suite, and counts.")
  .argument("[filters...]", "file name filters, handed to vitest")
  .option("--suite <name>", `one of ${SUITES.map((suite) => suite.project).join(", ")}; default: all`)
  .action(async (filters: string[], options: { suite?: string }) => {
    const inCi = readConfig().CI !== "";
    const total: Counts = { passed: 0, failed: 0, skipped: 0 };
    const leftOut: string[] = [];
    await rm(REPORTS, { recursive: true, force: true });
    await mkdir(REPORTS, { recursive: true });

    const missing = options.suite && options.suite !== "unit" ? null : await missingReason(TENSORFLOW);
    if (missing) leftOut.push(`tests of tfjs-node: ${missing}`);
    if (!(await execute("npm", ["run", "--silent", "build:client"]))) total.failed++;
    for (const { project, needs } of SUITES) {
      if (options.suite && options.suite !== project) continue;
      const reason = needs && (await missingReason(needs));
      if (reason) leftOut.push(`suite ${project}: ${reason}`);
      else await runSuite(project, filters, total);
    }

    for (const line of leftOut) console.log(`left out: ${line}`);
    if (inCi) total.failed += leftOut.length;
    const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
    console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  });

async function provideChromium(): Promise<void> {
  const { CHROMIUM_PATH, PATH } = readConfig();
  await ensureChromium(chromiumPlaces(CHROMIUM_PATH, PATH), console.log);
}

async function provideKafka(): Promise<void> {
  await requireJava();
  let told = 0;
  await fetchJars(path.resolve(".cache/kafka-jars"), (fraction) => {
    if (fraction < told + 0.1 && fraction < 1) return;
    told = fraction;
    console.log(`fetching Apache Kafka ${KAFKA_VERSION} by Maven: ${Math.round(fraction * 100)} %`);
  });
}

async function missingReason({ what, provide }: Provision): Promise<string | null> {
  try {
    await provide();
    return null;
  } catch (error) {
    return `${what} can't be provided: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function runSuite(project: string, filters: readonly string[], total: Counts): Promise<void> {
  const report = path.join(REPORTS, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile=${report}`];
  const ok = await execute("npx", [
    "vitest",
    "run",
    "--project",
    project,
    "--passWithNoTests",
    ...reporters,
    ...filters,
  ]);
  const counts = JSON.parse(await readFile(report, "utf8").catch(() => "{}")) as {
    numPassedTests?: number;
    numFailedTests?: number;
    numPendingTests?: number;
    numTodoTests?: number;
  };
  total.passed += counts.numPassedTests ?? 0;
  total.failed += counts.numFailedTests ?? 0;
  total.skipped += (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0);
  // A suite can fail without a failed test: a file that does not load, an unhandled rejection.
  if (!ok && !counts.numFailedTests) total.failed++;
}

function execute(file: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}

await run(program);
