import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Bus, checkReadable, type ReceivedMessage, type SubscribeOptions } from "../../../bus/bus.ts";
import { partitionOf } from "../../../bus/shared/partition.ts";
import { CANARY_TOPIC, isCanary } from "../../../contracts/canary.ts";
import { alarmCodec, proofCodec } from "../../../contracts/codec.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { decodeFrame } from "../../../contracts/frame.ts";
import type { Bed, ProofMessage } from "../../../contracts/socket.ts";
import { TOPIC_TABLE, type TopicEntry } from "../../../contracts/topics.ts";
import type { Config } from "../../config.ts";
import { deferred } from "../../../kit/deferred.ts";
import type { Tracing } from "../../../kit/tracing.ts";
import { within } from "../../../kit/within.ts";
import { Ward } from "../../ward/ward.ts";
import type { Metrics } from "../../metrics.ts";
import type { Positions } from "./cursor.ts";
import type { CutFrame } from "./cut-frame.ts";
import type { EventTopic } from "./event-topics.ts";
import { eventSpans } from "./event-spans.ts";
import { EventLog, type LiveEvent, type ToldEvent } from "./event-log.ts";
import { readDeadLetter } from "./dead-letters.ts";
import { type Meta, metaOf } from "./meta.ts";
import { MonitoringWatch } from "./monitoring-watch.ts";
import { RecentFrames } from "./recent-frames.ts";
import { openTopicTail, type TopicTail } from "../../topic-tail.ts";
import { Past } from "../past/past.ts";
import { ProofKeeper } from "../proof/proof-keeper.ts";

/** How long a gateway that is behind another one waits to reach a cursor of the other's. */
const REACH_WITHIN_MS = 5000;
const REACH_STEP_MS = 20;
const CLOSE_WITHIN_MS = 1000;
/** How often it is looked whether beds are monitored. */
const WATCH_EVERY_MS = 1000;
/** Offsets of a memory bus count anew in each process, those of Kafka go on. */
const LOG_NAMES = { memory: randomBytes(6).toString("hex"), kafka: "kafka" } as const;

export interface FeedOptions {
  readonly bus: Bus;
  /** What is read beside frames. */
  readonly topics: readonly EventTopic[];
  readonly config: Pick<Config, "BUS">;
  readonly metrics: Metrics;
  /** Default: no spans are made. */
  readonly tracing?: Tracing | null;
  /** A message could not be read; `place` is its topic/partition/offset. */
  readonly onSkipped: (error: BedsideError, place: string) => void;
  /** The bus has failed for good. */
  readonly onError: (error: unknown) => void;
}

/** One topic and what becomes of its messages. */
interface Reader extends Pick<TopicEntry, "name"> {
  readonly topic: string;
  readonly gatewayFrom: SubscribeOptions["from"];
  readonly receive: (message: ReceivedMessage) => void;
  readonly begin?: (partition: number, offset: number) => void;
  readonly skip?: (message: ReceivedMessage) => void;
}

const howFarBack = ({ gatewayFrom }: Pick<Reader, "gatewayFrom">): number =>
  gatewayFrom === "earliest" ? Number.MAX_SAFE_INTEGER : gatewayFrom === "latest" ? 0 : gatewayFrom;

export interface FeedListener {
  frame(cut: CutFrame): void;
  event(event: LiveEvent): void;
  /** Whether the bed is monitored has changed. */
  bedChanged(bed: Bed): void;
  /** A canary's alarm. */
  canary(event: ToldEvent): void;
  /** Something else is broken between signals and screens than before. */
  proofChanged(message: ProofMessage): void;
}

/** Reads frames, dead letters and the topics of events, keeps the ward and the event log, tells the listeners. */
export class Feed {
  readonly ward = new Ward();
  readonly log: EventLog;
  /** What the log does not keep any more. */
  readonly past: Past;
  readonly recent = new RecentFrames();
  readonly listeners = new Set<FeedListener>();
  private readonly tails: TopicTail[] = [];
  private readonly allRead = deferred<void>();
  private waitsFor: string | null = "the bus has not answered";
  private readonly closing = deferred<void>();
  readonly proof: ProofKeeper;
  private readonly watch = new MonitoringWatch(this.ward);
  private watching: ReturnType<typeof setInterval> | undefined;
  private starting: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: FeedOptions) {
    const { bus, config, metrics, topics } = options;
    this.log = new EventLog(LOG_NAMES[config.BUS], bus.partitions, topics);
    this.past = new Past({
      bus,
      group: `bedside-gateway-${randomUUID()}`,
      topics,
      nextOf: (topic, partition) => this.log.nextOf(topic, partition),
      onError: options.onError,
    });
    this.proof = new ProofKeeper({
      bus,
      metrics,
      bedsOf: (partitions) => {
        const beds = this.ward.list(Date.now()).map(({ bed }) => bed);
        return beds.filter((bed) => partitions.has(partitionOf(bed, bus.partitions)));
      },
      onChange: (message) => {
        for (const listener of this.listeners) listener.proofChanged(message);
      },
    });
  }

  /** What clients may subscribe to beside frames. */
  get topics(): readonly string[] {
    return this.options.topics.map(({ topic }) => topic);
  }

  /** Why the feed is not ready, null when it is. */
  get missing(): string | null {
    if (this.isClosed) return "the gateway is shutting down";
    return this.options.bus.trouble ?? this.waitsFor;
  }

  /** The partition that a bed's events are in. */
  partitionOf(bed: string): number {
    return partitionOf(bed, this.options.bus.partitions);
  }

  /** Resolves when the ward knows what holds at this moment. */
  get ready(): Promise<void> {
    return this.allRead.promise;
  }

  /** Resolves when the feed is ready or closed; a failure goes to `onError`. */
  start(): Promise<void> {
    this.starting = this.openAll().catch((error: unknown) => {
      if (!this.isClosed) this.options.onError(error);
    });
    return this.starting;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.closing.resolve();
    clearInterval(this.watching);
    await this.proof.close();
    // A bus that is away does not come back for this.
    await within(CLOSE_WITHIN_MS, this.starting);
    await Promise.all([this.past.close(), ...this.tails.map((tail) => tail.close())]);
  }

  /** Messages behind the bus; null while a topic is not read. */
  async lag(): Promise<number | null> {
    const lags = await Promise.all(this.tails.map((tail) => tail.lag()));
    return lags.reduce((sum, lag) => (sum === null || lag === null ? null : sum + lag), lags.length > 0 ? 0 : null);
  }

  /**
   * The positions a cursor names, once everything before them has been read; null for one that is not of this bus.
   * Another gateway's cursor may be a moment ahead.
   */
  async reach(cursor: string): Promise<Positions | null> {
    const positions = this.log.decode(cursor);
    if (!positions || this.log.hasReached(positions)) return positions;
    for (const [place, { name }] of this.options.topics.entries()) {
      const ends = await this.options.bus.ends(name);
      if (positions[place].some((offset, partition) => offset > ends[partition])) return null;
    }
    for (let waitedMs = 0; waitedMs < REACH_WITHIN_MS; waitedMs += REACH_STEP_MS) {
      if (this.log.hasReached(positions)) return positions;
      await sleep(REACH_STEP_MS);
    }
    return null;
  }

  /** Opens the topics one after another, furthest back first, so that each bed's epochs are met in their order. */
  private async openAll(): Promise<void> {
    const group = `bedside-gateway-${randomUUID()}`;
    const { frames, proofs, deadLetter } = TOPIC_TABLE;
    const readers: Reader[] = [
      { topic: "frames", ...frames, receive: (message) => this.receiveFrame(message) },
      { topic: "proofs", ...proofs, receive: ({ value }) => this.proof.board.heard(proofCodec.decode(value)) },
      { topic: "dead-letters", ...deadLetter, receive: (message) => this.receiveDeadLetter(message) },
      ...this.options.topics.map((one) => ({
        ...one,
        begin: (partition: number, offset: number) => this.log.begin(one.topic, partition, offset),
        receive: (message: ReceivedMessage) => this.receiveEvent(one, message),
        skip: ({ partition, offset }: ReceivedMessage) => this.log.skip(one.topic, partition, offset),
      })),
    ];
    for (const reader of readers.toSorted((a, b) => howFarBack(b) - howFarBack(a))) {
      if (this.isClosed) return;
      this.waitsFor = `${reader.name} is not being read yet`;
      const tail = await this.open(reader, `${group}-${reader.topic}`);
      if (this.isClosed) return tail.close();
      this.tails.push(tail);
      this.waitsFor = `what stands in ${reader.name} is being read`;
      await Promise.race([tail.caughtUp, this.closing.promise]);
    }
    if (this.isClosed) return;
    this.waitsFor = null;
    this.watching = setInterval(() => this.tellBeds(), WATCH_EVERY_MS);
    this.proof.start();
    this.allRead.resolve();
  }

  private open(reader: Reader, group: string): Promise<TopicTail> {
    return openTopicTail({
      bus: this.options.bus,
      group,
      topic: reader.name,
      from: reader.gatewayFrom,
      ...(reader.begin && { onBegin: reader.begin }),
      onMessage: (message) => this.take(reader, message),
      onError: this.options.onError,
    });
  }

  /** What cannot be read is passed over, and its reason told. */
  private take(reader: Reader, message: ReceivedMessage): void {
    try {
      checkReadable(message);
      reader.receive(message);
    } catch (error) {
      if (!(error instanceof BedsideError)) throw error;
      const { topic, partition, offset } = message;
      reader.skip?.(message);
      this.options.metrics.skippedMessages.inc({ topic });
      this.options.onSkipped(error, `${topic}/${partition}/${offset}`);
    }
  }

  private receiveFrame({ key, value, partition, offset }: ReceivedMessage): void {
    const frame = decodeFrame(value);
    // As a worker refuses it: a bed is where its key puts it.
    if (frame.bed !== key) throw new BedsideError("BAD_FRAME", `frame of bed ${frame.bed} was sent under another key`);
    if (isCanary(key)) return this.proof.board.frame(frame, partition);
    this.ward.frame(frame, Date.now(), offset);
    const cut = this.recent.add(frame, value);
    for (const listener of this.listeners) listener.frame(cut);
  }

  private receiveDeadLetter(message: ReceivedMessage): void {
    const dead = isCanary(message.key) ? null : readDeadLetter(message);
    if (dead) this.ward.refuse(dead.bed, dead.refusal, Date.now());
  }

  private tellBeds(): void {
    for (const bed of this.watch.changes(Date.now())) {
      for (const listener of this.listeners) listener.bedChanged(bed);
    }
  }

  private receiveEvent({ topic, take }: EventTopic, message: ReceivedMessage): void {
    const { key, partition, offset, value, headers } = message;
    if (isCanary(key)) return this.receiveCanary(topic, message);
    const nowMs = Date.now();
    const bed = take(this.ward, value, nowMs);
    if (bed === null) {
      this.log.skip(topic, partition, offset);
      return;
    }
    // What stood on the bus before is no trace's part any more.
    const spans = this.waitsFor === null && this.options.tracing ? eventSpans(this.options.tracing, message) : null;
    const meta = metaOf(headers, nowMs, spans?.event.traceparent);
    const told = this.log.add({ topic, bed, partition, offset, data: value, meta: JSON.stringify(meta) });
    // What was on the bus before the gateway has waited for it, which is no hop's time.
    if (this.waitsFor === null) this.time(meta);
    const sending = spans?.beginSending(this.listeners.size);
    for (const listener of this.listeners) listener.event(told);
    sending?.end();
    spans?.event.end();
  }

  /** Of a canary, only what proves something is read, and told to screens. */
  private receiveCanary(topic: string, { key, partition, offset, value, headers }: ReceivedMessage): void {
    this.log.skip(topic, partition, offset);
    if (topic !== CANARY_TOPIC || this.waitsFor !== null) return;
    const event = alarmCodec.decode(value);
    if (event.bed !== key || !this.proof.board.alarm(event, partition)) return;
    const meta = JSON.stringify(metaOf(headers, Date.now()));
    const told = this.log.pass({ topic, bed: key, partition, offset, data: value, meta });
    for (const listener of this.listeners) listener.canary(told);
  }

  private time({ publishedAtMs, producedAtMs, gatewayAtMs }: Meta): void {
    const observe = (hop: "pipeline_to_gateway" | "frame_to_socket", from: number | undefined): void => {
      if (from !== undefined) this.options.metrics.hops.observe({ hop }, Math.max(0, (gatewayAtMs - from) / 1000));
    };
    observe("pipeline_to_gateway", publishedAtMs);
    observe("frame_to_socket", producedAtMs);
  }
}
