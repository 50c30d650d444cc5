import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** What one direction of a connection holds back at the most, bytes; whoever sends more waits. */
const WAITING_BYTES = 1 << 22;

/** A port of 127.0.0.1 from which every connection goes on to another one, as a link that is slow, breaks, or falls silent. */
export class TcpProxy {
  private readonly links = new Set<Link>();
  private readonly server: Server;
  private latencyMs = 0;
  private isHalfOpen = false;

  private constructor(private readonly targetPort: number) {
    this.server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => this.accept(client));
  }

  static async listen(port: number, targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    proxy.server.listen(port, "127.0.0.1");
    await once(proxy.server, "listening");
    return proxy;
  }

  /** So much longer is every byte on its way, in each direction, from now on. */
  delay(latencyMs: number): void {
    this.latencyMs = latencyMs;
  }

  /** Both ends of every connection are told that it is no more. Returns how many there were. */
  reset(): number {
    const { size } = this.links;
    for (const link of this.links) link.reset();
    return size;
  }

  /** Connections stay open and carry nothing, and nobody is told; those that begin now are accepted and carry nothing either. */
  halfOpen(): void {
    this.isHalfOpen = true;
    for (const link of this.links) link.hold();
  }

  /** No delay; what was held back goes on its way, as after a cable that is plugged in again. */
  heal(): void {
    this.latencyMs = 0;
    this.isHalfOpen = false;
    for (const link of this.links) {
      link.release();
      if (link.isOver) this.links.delete(link);
    }
  }

  async close(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.reset();
    await closed;
  }

  private accept(client: Socket): void {
    const link = new Link(client, this.targetPort, () => this.latencyMs);
    this.links.add(link);
    // One that goes while nothing passes is of the other end's interest when it is healed.
    client.once("close", () => {
      if (!this.isHalfOpen) this.links.delete(link);
    });
    if (!this.isHalfOpen) link.release();
  }
}

/** A connection's two halves: the client's to this process, and from here to the target once the link carries. */
class Link {
  private target: Socket | undefined;
  private ways: readonly OneWay[] = [];
  private isHeld = true;
  private isBroken = false;

  constructor(
    private readonly client: Socket,
    private readonly targetPort: number,
    private readonly latencyMs: () => number,
  ) {
    client.setNoDelay(true);
    client.on("error", () => this.broke());
  }

  get isOver(): boolean {
    return this.client.closed;
  }

  hold(): void {
    this.isHeld = true;
    for (const way of this.ways) way.hold();
  }

  release(): void {
    this.isHeld = false;
    if (this.isBroken) {
      this.reset();
      return;
    }
    if (!this.target) this.connect();
    for (const way of this.ways) way.release();
  }

  reset(): void {
    for (const way of this.ways) way.hold();
    this.client.resetAndDestroy();
    this.target?.resetAndDestroy();
  }

  private connect(): void {
    const { client, latencyMs } = this;
    const target = connect({ port: this.targetPort, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
    target.on("error", () => this.broke());
    this.target = target;
    this.ways = [new OneWay(client, target, latencyMs), new OneWay(target, client, latencyMs)];
  }

  /** One end is gone: the other is told, unless nothing passes. */
  private broke(): void {
    this.isBroken = true;
    if (!this.isHeld) this.reset();
  }
}

/** One direction: every chunk, and the end, on its way for as long as the latency was when it came, in order. */
class OneWay {
  private readonly waiting: { readonly dueMs: number; readonly chunk: Buffer | "end" }[] = [];
  private bytes = 0;
  private isHeld = true;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly latencyMs: () => number,
  ) {
    from.pause();
    from.on("data", (chunk: Buffer) => this.take(chunk));
    from.on("end", () => this.take("end"));
  }

  hold(): void {
    this.isHeld = true;
    this.from.pause();
    clearTimeout(this.timer);
  }

  release(): void {
    this.isHeld = false;
    this.flush();
  }

  private take(chunk: Buffer | "end"): void {
    this.bytes += chunk.length;
    this.waiting.push({ dueMs: performance.now() + this.latencyMs(), chunk });
    this.flush();
  }

  private flush(): void {
    clearTimeout(this.timer);
    if (this.isHeld) return;
    while (this.waiting.length > 0 && this.waiting[0].dueMs <= performance.now()) this.pass(this.waiting[0].chunk);
    if (this.waiting.length > 0) {
      const leftMs = this.waiting[0].dueMs - performance.now();
      this.timer = setTimeout(() => this.flush(), Math.max(leftMs, 1));
    }
    if (this.bytes < WAITING_BYTES) this.from.resume();
    else this.from.pause();
  }

  private pass(chunk: Buffer | "end"): void {
    this.waiting.shift();
    if (chunk === "end") {
      this.to.end();
      return;
    }
    this.to.write(chunk, () => {
      this.bytes -= chunk.length;
      if (!this.isHeld && this.bytes < WAITING_BYTES) this.from.resume();
    });
  }
}
