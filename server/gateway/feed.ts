import { randomUUID } from "node:crypto";
import type { Bus, ReceivedMessage } from "../../bus/bus.ts";
import { beatCodec, conditionCodec } from "../../contracts/codec.ts";
import { decodeFrame } from "../../contracts/frame.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { type BusSource, busSource } from "../bus-source.ts";
import { Ward } from "../history/ward.ts";
import type { Metrics } from "../metrics.ts";
import { EventLog, type EventTopic, type LoggedEvent } from "./event-log.ts";

/** Events kept for clients that come back. */
const KEPT_EVENTS = 20_000;
/** Beats of each partition read again at the start, so that lists are not empty. */
const BEATS_BEFORE_START = 500;
const CREDITS = 4096;

type FeedTopic = "frames" | EventTopic;

export interface FeedListener {
  frame(bed: string, bytes: Uint8Array): void;
  event(event: LoggedEvent): void;
}

/** Reads frames, beats and conditions with groups of its own, keeps the ward and the event log, tells the listeners. */
export class Feed {
  readonly ward = new Ward();
  readonly log: EventLog;
  readonly listeners = new Set<FeedListener>();
  private sources: BusSource[] = [];
  private ready = false;

  constructor(
    private readonly bus: Bus,
    private readonly metrics: Metrics,
    private readonly onError: (error: unknown) => void,
  ) {
    this.log = new EventLog(bus.partitions, KEPT_EVENTS);
  }

  get isReady(): boolean {
    return this.ready;
  }

  /** Resolves when all three topics are read. Open conditions are known from the topic's beginning. */
  async start(): Promise<void> {
    const group = `bedside-gateway-${randomUUID()}`;
    this.sources = [
      this.open("conditions", group, "earliest"),
      this.open("beats", group, BEATS_BEFORE_START),
      this.open("frames", group, "latest"),
    ];
    await Promise.all(this.sources.map((source) => source.subscription));
    this.ready = true;
  }

  async close(): Promise<void> {
    this.ready = false;
    for (const source of this.sources) source.stop();
    await Promise.all(this.sources.map(async ({ subscription }) => (await subscription).close()));
  }

  async lag(): Promise<number> {
    const lags = await Promise.all(this.sources.map(async ({ subscription }) => (await subscription).lag()));
    return lags.reduce((sum, lag) => sum + lag, 0);
  }

  private open(name: FeedTopic, group: string, from: "earliest" | "latest" | number): BusSource {
    const source = busSource(this.bus, {
      group: `${group}-${name}`,
      topics: [TOPICS[name]],
      from,
      credits: CREDITS,
      onAssigned: (partitions) => {
        if (name !== "frames") for (const { partition, offset } of partitions) this.log.begin(name, partition, offset);
      },
    });
    source.messages$.subscribe({
      next: (message) => {
        this.receive(name, message);
        void source.subscription.then((subscription) => subscription.release(1));
      },
      error: this.onError,
    });
    return source;
  }

  private receive(name: FeedTopic, message: ReceivedMessage): void {
    try {
      if (name === "frames") this.receiveFrame(message);
      else this.receiveEvent(name, message);
    } catch {
      // A frame like this is in the dead-letter topic too; here it is counted and passed over.
      this.metrics.skippedMessages.inc({ topic: message.topic });
      if (name !== "frames") this.log.advance(name, message.partition, message.offset);
    }
  }

  private receiveFrame({ value }: ReceivedMessage): void {
    const frame = decodeFrame(value);
    this.ward.frame(frame, Date.now());
    for (const listener of this.listeners) listener.frame(frame.bed, value);
  }

  private receiveEvent(name: EventTopic, { partition, offset, value, headers }: ReceivedMessage): void {
    const data = name === "beats" ? beatCodec.decode(value) : conditionCodec.decode(value);
    const isNew = "beatClass" in data ? this.ward.beat(data) : this.ward.condition(data);
    if (!isNew) {
      this.log.advance(name, partition, offset);
      return;
    }
    const meta = metaOf(headers, Date.now());
    const event = this.log.add(name, data.bed, partition, offset, data, meta);
    for (const listener of this.listeners) listener.event(event);
    this.time(meta);
  }

  private time({ publishedAtMs, producedAtMs, gatewayAtMs }: Meta): void {
    const observe = (hop: "pipeline_to_gateway" | "frame_to_socket", from: number | undefined): void => {
      if (from !== undefined) this.metrics.hops.observe({ hop }, Math.max(0, (gatewayAtMs - from) / 1000));
    };
    observe("pipeline_to_gateway", publishedAtMs);
    observe("frame_to_socket", producedAtMs);
  }
}

interface Meta {
  readonly source?: string;
  readonly producedAtMs?: number;
  readonly receivedAtMs?: number;
  readonly publishedAtMs?: number;
  readonly gatewayAtMs: number;
}

function metaOf(headers: Readonly<Record<string, string>>, gatewayAtMs: number): Meta {
  const time = (header: string): number | undefined => {
    const value = Number(headers[header] ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  };
  const found = {
    source: headers[HEADERS.source],
    producedAtMs: time(HEADERS.producedAt),
    receivedAtMs: time(HEADERS.receivedAt),
    publishedAtMs: time(HEADERS.publishedAt),
  };
  const known = Object.entries(found).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(known) as Omit<Meta, "gatewayAtMs">), gatewayAtMs };
}
