import { once } from "node:events";
import { onTestFinished } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import {
  type Bed,
  type BedChange,
  type Clock,
  type Gap,
  type ServerMessage,
  type Snapshot,
  SOCKET_PROTOCOL,
  type SocketError,
  type SocketEvent,
  type Subscribe,
} from "../../contracts/socket.ts";
import { until } from "./gateway.ts";

/** A client of /ws that keeps what it gets, in order. */
export class TestClient {
  readonly messages: ServerMessage[] = [];
  readonly frames: Uint8Array[] = [];
  readonly socket: WebSocket;
  /** Code and reason, once the socket is closed. */
  closed: { code: number; reason: string } | null = null;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.frames.push(data);
      else this.messages.push(JSON.parse(data.toString()) as ServerMessage);
    });
    socket.on("close", (code, reason) => (this.closed = { code, reason: reason.toString() }));
    onTestFinished(() => socket.terminate());
  }

  /** Rejects with ws's error, which names the HTTP status, where the handshake is refused. */
  static async open(
    url: string,
    { protocol = SOCKET_PROTOCOL, ...options }: Omit<ClientOptions, "protocol"> & { protocol?: string | string[] } = {},
  ): Promise<TestClient> {
    const client = new TestClient(new WebSocket(`${url.replace("http", "ws")}/ws`, protocol, options));
    await once(client.socket, "open");
    return client;
  }

  /** Sends a subscribe, by default to everything, and waits for the snapshot. */
  async subscribe(wish: Partial<Subscribe> = {}): Promise<Snapshot> {
    const before = this.snapshots.length;
    this.send({ type: "subscribe", topics: ["frames", "beats", "conditions"], beds: "*", ...wish });
    await until(() => this.snapshots.length > before);
    return this.snapshots[before];
  }

  send(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  get snapshots(): Snapshot[] {
    return this.messages.filter((message): message is Snapshot => "type" in message && message.type === "snapshot");
  }

  get events(): SocketEvent[] {
    return this.messages.filter((message): message is SocketEvent => "data" in message);
  }

  get gaps(): Gap[] {
    return this.messages.filter((message): message is Gap => "type" in message && message.type === "gap");
  }

  get bedChanges(): Bed[] {
    const isChange = (message: ServerMessage): message is BedChange => "type" in message && message.type === "bed";
    return this.messages.filter(isChange).map(({ bed }) => bed);
  }

  get clocks(): Clock[] {
    return this.messages.filter((message): message is Clock => "type" in message && message.type === "clock");
  }

  get shown(): number[] {
    return this.messages.flatMap((message) => ("asked" in message ? [message.asked] : []));
  }

  get errors(): SocketError[] {
    return this.messages.filter((message): message is SocketError => "type" in message && message.type === "error");
  }

  async close(): Promise<void> {
    this.socket.close();
    await until(() => this.closed !== null);
  }
}

/** The place of an event in its epoch. Throws for one that has none: what people do has none. */
export function sampleOf({ topic, data }: Pick<SocketEvent, "topic" | "data">): number {
  if ("sample" in data) return data.sample;
  throw new Error(`an event of ${topic} has no sample`);
}
