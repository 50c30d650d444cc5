import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { BedsideError } from "../../contracts/errors.ts";
import { lockFolder } from "./folder-lock.ts";
import { fetchJars } from "./jars.ts";
import { freePort } from "./ports.ts";
import { type BrokerGuard, log4jProperties, type Member, serverProperties } from "./settings.ts";
import { runTool } from "../tool.ts";
import { requireJava } from "./java.ts";

export interface KafkaOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Where clients are told to go, a proxy's; default: `port`. */
  readonly advertisedPort?: number;
  /** Where the broker keeps topics, settings and its log. */
  readonly dir: string;
  /** Where Apache Kafka's jars stand, or are put. */
  readonly jarsDir: string;
  /** Forget the topics of earlier runs. */
  readonly fresh?: boolean;
  /** TLS, and the one user who may connect. Default: everybody may, in plain text. */
  readonly guard?: BrokerGuard;
  /** Default: the only node. */
  readonly member?: Member;
  /** Fetching the jars, fraction 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

export interface RunningKafka {
  /** host:port, as KAFKA_BROKERS takes it. */
  readonly brokers: string;
  readonly logFile: string;
  readonly pid: number;
  /** Resolves when the broker ends, with an error unless `stop` ended it. */
  readonly ended: Promise<BedsideError | undefined>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

/**
 * Starts a real Apache Kafka, one node in KRaft mode, on 127.0.0.1; resolves when it answers. Throws TOOL_MISSING,
 * DOWNLOAD_FAILED, PORT_IN_USE, BAD_ARGUMENT for a folder that is another broker's, or BUS_UNREACHABLE with the broker's
 * own words if it does not come up.
 */
export async function startKafka(options: KafkaOptions): Promise<RunningKafka> {
  const dir = resolve(options.dir);
  const port = await freePort(options.port);
  await requireJava();
  const jars = await fetchJars(resolve(options.jarsDir), options.onProgress ?? (() => {}));
  mkdirSync(dir, { recursive: true });
  const lock = lockFolder(dir);
  try {
    const files = await prepare(dir, port, options);
    const java = [
      "-Xmx512m",
      "-XX:+ExitOnOutOfMemoryError",
      `-Dlog4j2.configurationFile=${files.log4j}`,
      "-cp",
      join(jars, "*"),
    ];
    if (!existsSync(join(files.data, "meta.properties"))) await format(java, files.server, options);
    // In a group of its own, so that a terminal's Ctrl-C reaches only this process, which then stops it in order.
    const child = spawn("java", [...java, "kafka.Kafka", files.server], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    if (child.pid) lock.heldBy(child.pid);
    child.once("close", lock.release);
    return await supervise(child, `127.0.0.1:${port}`, files.log);
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Files {
  readonly server: string;
  readonly log4j: string;
  readonly log: string;
  readonly data: string;
}

async function prepare(
  dir: string,
  port: number,
  options: Pick<KafkaOptions, "advertisedPort" | "fresh" | "guard" | "member">,
): Promise<Files> {
  const { advertisedPort, fresh = false, guard, member } = options;
  const files = {
    server: join(dir, "server.properties"),
    log4j: join(dir, "log4j2.properties"),
    log: join(dir, "kafka.log"),
    data: join(dir, "data"),
  };
  if (fresh) for (const path of [files.data, files.log]) rmSync(path, { recursive: true, force: true });
  mkdirSync(files.data, { recursive: true });
  const controllerPort = member ? member.controllerPorts[member.id - 1] : await freePort(0);
  const guarded = guard && { ...guard, internalPort: await freePort(0) };
  const settings = { port, advertisedPort, controllerPort, dataDir: files.data, guard: guarded, member };
  writeFileSync(files.server, serverProperties(settings));
  writeFileSync(files.log4j, log4jProperties(files.log));
  return files;
}

/** What all nodes of a cluster are formatted with. */
export function randomClusterId(): string {
  const id = randomBytes(16);
  // An id that begins with "-" would be read as an option.
  id[0] &= 0x7f;
  return id.toString("base64url");
}

async function format(
  java: readonly string[],
  serverFile: string,
  { guard, member }: Pick<KafkaOptions, "guard" | "member">,
): Promise<void> {
  const { code, output } = await runTool("java", [
    ...java,
    "kafka.tools.StorageTool",
    "format",
    "--cluster-id",
    member?.clusterId ?? randomClusterId(),
    "--config",
    serverFile,
    ...(guard ? ["--add-scram", `SCRAM-SHA-512=[name=${guard.user},password=${guard.password}]`] : []),
  ]);
  if (code !== 0) throw new BedsideError("BUS_UNREACHABLE", `Kafka could not format its folder: ${output.join(" ")}`);
}

async function supervise(child: ChildProcess, brokers: string, logFile: string): Promise<RunningKafka> {
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const logged = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  let isStopping = false;
  const complaints: string[] = [];
  const ended = once(child, "close").then(([code, signal]) => {
    process.off("exit", kill);
    if (isStopping) return undefined;
    const reason = lastError(logFile, logged) ?? complaints.at(-1) ?? `no message in ${logFile}`;
    return new BedsideError("BUS_UNREACHABLE", `Kafka ended by itself (${signal ?? `code ${code}`}): ${reason}`);
  });
  const stop = async (): Promise<void> => {
    isStopping = true;
    child.kill("SIGTERM");
    // One that was stopped by a signal hears it now.
    child.kill("SIGCONT");
    const timer = setTimeout(kill, STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  };
  const started = new Promise<"started">((resolve) => {
    if (child.stdout) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.includes("Kafka Server started")) resolve("started");
      });
    }
    if (child.stderr) createInterface({ input: child.stderr }).on("line", (line) => complaints.push(line));
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => (timer = setTimeout(resolve, START_TIMEOUT_MS, "late")));
  const outcome = await Promise.race([started, ended, late]);
  clearTimeout(timer);
  if (outcome === "started") return { brokers, logFile, pid: child.pid ?? 0, ended, stop };
  await stop();
  if (outcome instanceof BedsideError) throw outcome;
  throw new BedsideError("BUS_UNREACHABLE", `Kafka did not start within ${START_TIMEOUT_MS / 1000} s: see ${logFile}`);
}

/** What the broker's log, from byte `begin` on, says last of why it ended. */
function lastError(logFile: string, begin: number): string | undefined {
  if (!existsSync(logFile)) return undefined;
  const lines = readFileSync(logFile).subarray(begin).toString().split("\n");
  return lines.findLast((line) => / (ERROR|FATAL) |^Caused by: |Exception: /.test(line));
}
