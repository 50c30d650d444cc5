import type { FeedSocket } from "../../client/feed/feed.ts";

/** Stands in for a WebSocket in tests: the test is the server. */
export class FakeSocket implements FeedSocket {
  binaryType: BinaryType = "blob";
  onopen: FeedSocket["onopen"] = null;
  onmessage: FeedSocket["onmessage"] = null;
  onclose: FeedSocket["onclose"] = null;
  readonly sent: unknown[] = [];
  closedWith: number | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code?: number): void {
    this.closedWith = code ?? 1005;
  }

  open(): void {
    this.onopen?.(new Event("open"));
  }

  /** Text as it is, bytes as an ArrayBuffer, anything else as JSON. */
  say(data: unknown): void {
    const payload =
      data instanceof Uint8Array ? data.slice().buffer : typeof data === "string" ? data : JSON.stringify(data);
    this.onmessage?.(new MessageEvent("message", { data: payload }));
  }

  drop(code = 1006): void {
    this.onclose?.(Object.assign(new Event("close"), { code }) as CloseEvent);
  }
}
