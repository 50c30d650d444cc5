import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bus } from "../bus/bus.ts";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { type KafkaClientName } from "../bus/kafka/names.ts";
import { type Command, kill, startCommand } from "../e2e/processes.ts";
import { readConfig } from "../server/config.ts";
import { randomClusterId, type RunningKafka, startKafka } from "../tools/kafka/broker.ts";
import { freePort } from "../tools/kafka/ports.ts";
import type { Sent } from "./confusion.ts";
import { Delays } from "./delays.ts";
import { Said } from "./said.ts";
import { TcpProxy } from "./tcp-proxy.ts";

/** How often it is looked which frames are due, ms. */
const FEED_EVERY_MS = 20;
/** Nothing that is new for so long: nothing more comes, ms. Longer than a session of the group, and a worker's start. */
const QUIET_MS = 30_000;

export interface StageOptions {
  readonly client: KafkaClientName;
  readonly jarsDir: string;
  /** When each bed's signals end, Unix ms. */
  readonly ends: ReadonlyMap<string, number>;
}

/** A worker's process, and the name that it has in its group. */
export interface Worker extends Command {
  readonly name: string;
}

/** A real broker and real processes around it, all of which may be killed; what they say is heard by a subscriber of its own. */
export class Stage {
  readonly said: Said;
  readonly workers: Worker[] = [];
  readonly delays = new Delays();
  private readonly dir = mkdtempSync(join(tmpdir(), "bedside-faults-"));
  private readonly processes: Command[] = [];
  /** Each node's, by its id, beginning with 1. */
  private readonly nodes = new Map<number, RunningKafka>();
  /** Where clients find the brokers. */
  private ports: readonly number[] = [];
  /** Where the brokers listen that have a proxy before them. */
  private behind: readonly number[] = [];
  private proxies: readonly TcpProxy[] = [];
  private controllerPorts: readonly number[] = [];
  private readonly clusterId = randomClusterId();
  private readonly buses: Bus[] = [];

  constructor(private readonly options: StageOptions) {
    this.said = new Said(options.ends);
  }

  /** Where the broker is, or will be; or so many, each with a replica of everything. */
  async choosePorts(nodes = 1): Promise<void> {
    if (this.ports.length > 0) return;
    this.ports = await freePorts(nodes);
    this.controllerPorts = await freePorts(nodes);
  }

  /** A proxy before each broker, of which clients are told in its place. */
  async putProxies(nodes = 1): Promise<void> {
    await this.choosePorts(nodes);
    this.behind = await freePorts(nodes);
    this.proxies = await Promise.all(this.ports.map((port, i) => TcpProxy.listen(port, this.behind[i])));
  }

  /** The link between a broker and all its clients. */
  link(id = 1): TcpProxy {
    const proxy = this.proxies[id - 1];
    if (!proxy) throw new Error(`broker ${id} has no proxy before it`);
    return proxy;
  }

  async startBroker(id = 1): Promise<void> {
    await this.choosePorts();
    const { controllerPorts, clusterId } = this;
    const advertisedPort = this.ports[id - 1];
    const port = this.behind[id - 1] ?? advertisedPort;
    const dir = join(this.dir, `node-${id}`);
    const member = { id, controllerPorts, clusterId };
    const { jarsDir } = this.options;
    // From when its process is begun anew: how long a broker takes to be one again is part of it.
    if (this.nodes.has(id)) this.delays.returned(performance.now());
    this.nodes.set(id, await startKafka({ port, advertisedPort, dir, jarsDir, member }));
  }

  async startBrokers(nodes: number): Promise<void> {
    await this.choosePorts(nodes);
    await Promise.all(this.ports.map((_, i) => this.startBroker(i + 1)));
  }

  /** A broker's process: SIGKILL, SIGSTOP, SIGCONT. */
  signalBroker(signal: NodeJS.Signals, id = 1): void {
    const node = this.nodes.get(id);
    if (node) process.kill(node.pid, signal);
    if (signal === "SIGCONT") this.delays.returned(performance.now());
  }

  /** Resolves when the broker that was killed is gone. */
  async brokerGone(id = 1): Promise<void> {
    await this.nodes.get(id)?.ended;
  }

  /** As KAFKA_BROKERS takes them. */
  private get brokers(): string[] {
    return this.ports.map((port) => `127.0.0.1:${port}`);
  }

  /** A bus of this process. */
  async openBus(clientId: string): Promise<Bus> {
    const { KAFKA_PARTITIONS: partitions } = readConfig();
    const { client } = this.options;
    const bus = createKafkaBus({ brokers: this.brokers, partitions, clientId, client });
    this.buses.push(bus);
    await bus.start();
    return bus;
  }

  /** A worker, that is or will be at work: by default by the first name that no other one has, as one that is started again. */
  startWorker(name = this.freeName()): Worker {
    const command = startCommand("server/main/worker.ts", [], {
      BUS: "kafka",
      KAFKA_BROKERS: this.brokers.join(","),
      KAFKA_CLIENT: this.options.client,
      KAFKA_GROUP: "faults",
      WORKER_NAME: name,
      LOG_LEVEL: "debug",
    });
    const worker = { ...command, name };
    this.processes.push(worker);
    this.workers.push(worker);
    void worker.exited.then(() => this.dismiss(worker));
    return worker;
  }

  async killWorker(worker: Worker): Promise<void> {
    await kill(worker);
    this.dismiss(worker);
  }

  private dismiss(worker: Worker): void {
    const at = this.workers.indexOf(worker);
    if (at >= 0) this.workers.splice(at, 1);
  }

  private freeName(): string {
    const taken = this.workers.map(({ name }) => name);
    for (let i = 1; ; i++) if (!taken.includes(`worker-${i}`)) return `worker-${i}`;
  }

  /** What is told from now on is heard. */
  async listen(): Promise<void> {
    await this.said.listen(await this.openBus("faults-subscriber"), "faults-subscriber");
  }

  /** Publishes the messages when they are due, at `speed` times real time; resolves when the bus has all. */
  async feed(messages: Sent["sent"], speed: number): Promise<void> {
    const bus = await this.openBus("faults-source");
    const startMs = performance.now();
    this.said.onBeat = (_, sample, samplingRateHz) => {
      const nowMs = performance.now();
      this.delays.add((nowMs - startMs) / 1000 - sample / samplingRateHz / speed, nowMs);
    };
    const published: Promise<void>[] = [];
    for (let next = 0; next < messages.length;) {
      const seconds = ((performance.now() - startMs) / 1000) * speed;
      const begin = next;
      while (next < messages.length && messages[next].atSeconds <= seconds) next++;
      if (next > begin) {
        const part = bus.publish(messages.slice(begin, next).map(({ message }) => message));
        // Heard of below, and where the stage was closed under it, by nobody.
        part.catch(() => {});
        published.push(part);
      }
      await sleep(FEED_EVERY_MS);
    }
    await Promise.all(published);
  }

  /** Resolves when everything is told of which `isAll` knows, or nothing new has come for long. */
  async settled(isAll: () => boolean): Promise<void> {
    const begin = performance.now();
    while (!isAll() && performance.now() - Math.max(begin, this.said.newAtMs) < QUIET_MS) await sleep(200);
    // What is told twice comes a little later.
    await sleep(2000);
  }

  /** What the processes have printed. */
  get output(): string {
    return this.processes.map(({ child, output }) => `--- ${child.pid}\n${output()}`).join("\n");
  }

  async close(): Promise<void> {
    this.said.onBeat = () => {};
    this.said.close();
    await Promise.all(this.buses.map((bus) => bus.close()));
    for (const { child } of this.processes) child.kill("SIGCONT");
    await Promise.all(this.processes.map(kill));
    await Promise.all([...this.nodes.values()].map((node) => node.stop()));
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
    rmSync(this.dir, { recursive: true, force: true });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort(0));
  return ports;
}
