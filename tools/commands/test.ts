import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { InvalidArgumentError } from "commander";
import { chromiumPlaces, ensureChromium } from "../chromium/find-chromium.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { inheritedEnvironment, readConfig } from "../../server/config.ts";
import { fetchJars, KAFKA_VERSION } from "../kafka/jars.ts";
import { ensureLibrdkafka } from "../kafka/librdkafka.ts";
import { ensurePythonProtoc } from "../kafka/python-protoc.ts";
import { requireJava } from "../kafka/java.ts";
import { nodeProgram, provideNode } from "../node/provide-node.ts";
import { type Counts, execute, runVitest } from "../suites/run-vitest.ts";
import { ensureTensorflow } from "../../model/tensorflow/ensure-tensorflow.ts";
import { list } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";

const REPORTS = ".cache/test-reports";
const NODES = ".cache/node";
const OLDEST_NODE = 20;

interface Provision {
  readonly what: string;
  readonly provide: () => Promise<unknown>;
}

interface Suite {
  readonly name: string;
  /** Of vitest.config.ts. */
  readonly project: string;
  /** Without it the suite is left out. */
  readonly needs: Provision | null;
  /** What runs it; default: the Node that runs this. */
  readonly node?: string;
}

const BROWSER: Provision = { what: "a Chromium browser", provide: provideChromium };
/** What some tests of a suite need, which leave themselves out without it. */
const PARTS: readonly { readonly project: string; readonly tests: string; readonly provision: Provision }[] = [
  {
    project: "unit",
    tests: "tests of tfjs-node",
    provision: {
      what: "TensorFlow's library",
      provide: () => ensureTensorflow(inheritedEnvironment(), console.log),
    },
  },
  {
    project: "kafka",
    tests: "tests of what librdkafka produces",
    provision: { what: "librdkafka", provide: () => ensureLibrdkafka(path.resolve(".cache"), console.log) },
  },
  {
    project: "kafka",
    tests: "the example in Python",
    provision: { what: "protoc for Python", provide: () => ensurePythonProtoc(path.resolve(".cache"), console.log) },
  },
];

const SUITES: readonly Suite[] = [
  { name: "unit", project: "unit", needs: null },
  { name: "dom", project: "dom", needs: BROWSER },
  { name: "kafka", project: "kafka", needs: { what: "Kafka's jars and Java", provide: provideKafka } },
  { name: "e2e", project: "e2e", needs: BROWSER },
];

interface Options {
  readonly suite?: string;
  readonly node: readonly number[];
}

const program = command("test", "Provisions what the tests need (cached), runs every suite, and counts.")
  .argument("[filters...]", "file name filters, handed to vitest")
  .option("--suite <name>", `one of ${SUITES.map(({ name }) => name).join(", ")}, or unit@22, say; default: all`)
  .option("--node <majors>", "Node versions that the unit suite runs on too, 20,22,24 say", nodeMajors, [])
  .action(async (filters: string[], options: Options) => {
    const suites = suitesOf(options);
    const total: Counts = { passed: 0, failed: 0, skipped: 0 };
    const leftOut: string[] = [];
    const failures: string[] = [];
    await rm(REPORTS, { recursive: true, force: true });
    await mkdir(REPORTS, { recursive: true });

    for (const { project, tests, provision } of PARTS) {
      const missing = suites.some((suite) => suite.project === project) ? await missingReason(provision) : null;
      if (missing) leftOut.push(`${tests}: ${missing}`);
    }
    if (!(await execute("npm", ["run", "--silent", "build:client"]))) total.failed++;
    const runOne = async ({ name, project, needs, node }: Suite, asideTo?: string): Promise<void> => {
      const reason = needs && (await missingReason(needs));
      if (reason) {
        leftOut.push(`suite ${name}: ${reason}`);
        return;
      }
      console.log(`\nsuite ${name}${asideTo === undefined ? "" : " runs aside: what it prints follows at the end"}`);
      const reportFile = path.join(REPORTS, `${name}.json`);
      const outcome = await runVitest({ project, filters, reportFile, node, asideTo });
      for (const key of ["passed", "failed", "skipped"] as const) total[key] += outcome.counts[key];
      failures.push(...outcome.failures.map((failure) => `failed: ${name}: ${failure}`));
    };

    // A broker and a browser wait more than they work: the unit suite on other Nodes fills their time, with one worker that gives way.
    const [first, ...others] = suites;
    const aside = others.filter(({ node }) => node !== undefined);
    await runOne(first);
    const runAside = async (): Promise<void> => {
      for (const suite of aside) await runOne(suite, logOf(suite));
    };
    const besides = runAside();
    for (const suite of others) if (!aside.includes(suite)) await runOne(suite);
    await besides;
    for (const suite of aside) {
      const printed = await readFile(logOf(suite), "utf8").catch(() => "");
      console.log(`\nsuite ${suite.name}\n${printed}`);
    }

    // Said again at the end: a suite's own words stand far above, between those of thousands of tests that passed.
    for (const line of failures) console.log(line);
    for (const line of leftOut) console.log(`left out: ${line}`);
    if (readConfig().CI !== "") total.failed += leftOut.length;
    const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
    console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  });

const logOf = ({ name }: Suite): string => path.join(REPORTS, `${name}.log`);

function suitesOf({ suite: wanted, node }: Options): readonly Suite[] {
  const own = Number(process.versions.node.split(".")[0]);
  const all = [...SUITES, ...node.filter((major) => major !== own).map(unitOn)];
  if (wanted === undefined) return all;
  const found = /^unit@\d+$/.test(wanted) ? unitOn(nodeMajors(wanted.slice("unit@".length))[0]) : null;
  const suite = found ?? all.find(({ name }) => name === wanted);
  if (suite) return [suite];
  throw new BedsideError("BAD_ARGUMENT", `there is no suite ${wanted}: --help lists them`);
}

/** The unit suite on the newest Node of this major version. */
function unitOn(major: number): Suite {
  const provide = async (): Promise<void> => console.log(`Node ${await provideNode(major, NODES, console.log)}`);
  return {
    name: `unit@${major}`,
    project: "unit",
    needs: { what: `Node ${major}`, provide },
    node: nodeProgram(major, NODES),
  };
}

function nodeMajors(text: string): number[] {
  const majors = list(text).map(Number);
  if (majors.every((major) => Number.isInteger(major) && major >= OLDEST_NODE)) return majors;
  throw new InvalidArgumentError(`must be major versions of Node, ${OLDEST_NODE} or later, separated by commas.`);
}

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

await run(program);
