import { once } from "node:events";
import { WebSocket } from "ws";
import { SOCKET_PROTOCOL } from "../../contracts/socket.ts";
import { deferred } from "../../kit/deferred.ts";
import type { Random } from "../../kit/random.ts";
import { randomBytes } from "../pipeline/mutate.ts";
import type { Target } from "./fuzz.ts";
import { openWholeGateway } from "./gateway.ts";
import { anyValue, maybe, nearly, oneOf, scratched } from "./pick.ts";

/** What clients send who mean well. */
const MESSAGES: readonly unknown[] = [
  { type: "subscribe", topics: ["frames", "beats", "conditions"], beds: "*" },
  { type: "subscribe", topics: ["beats"], beds: ["b1", "b9"], since: "log~0.0.0~1.2.3", screen: "s1" },
  { type: "subscribe", topics: ["frames"], beds: ["b1"], shown: { asked: 1, beds: { b1: ["MLII"] } } },
  { type: "show", asked: 2, beds: { b1: ["V1"] } },
  { type: "drawn", bed: "bedside-canary-0", sample: 100, sound: "on" },
  { type: "hidden" },
  { type: "clock", askedMs: 1 },
];

function messageFrom(random: Random): string | Uint8Array {
  if (maybe(random, 0.05)) return randomBytes(random, maybe(random, 0.1) ? 20_000 : 200);
  const value = maybe(random, 0.1) ? anyValue(random) : nearly(random, oneOf(random, MESSAGES));
  const text = JSON.stringify(value);
  return maybe(random, 0.4) ? scratched(random, text) : text;
}

/** One client's connection: what it is sent between two questions for the gateway's clock. */
class Client {
  private refused = false;
  private answer = deferred<void>();
  private asked = 0;
  isOpen = true;

  private constructor(private readonly socket: WebSocket) {
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) return;
      const message = JSON.parse(data.toString()) as { type?: string; askedMs?: number };
      if (message.type === "error") this.refused = true;
      if (message.type === "clock" && message.askedMs === this.asked) this.answer.resolve();
    });
    socket.on("close", (code) => {
      this.isOpen = false;
      // 1002, 1007 and 1009: of what is no WebSocket message; 1008: one bad message too many.
      if ([1002, 1007, 1008, 1009].includes(code)) this.answer.resolve();
      else this.answer.reject(new Error(`closed with ${code}`));
    });
    socket.on("error", () => {});
    this.answer.promise.catch(() => {});
  }

  static async open(url: string): Promise<Client> {
    const socket = new WebSocket(url, SOCKET_PROTOCOL);
    await once(socket, "open");
    return new Client(socket);
  }

  /** Whether it was not told to be wrong, and the gateway still answers. */
  async send(message: string | Uint8Array, at: number): Promise<boolean> {
    this.refused = false;
    this.answer = deferred();
    this.asked = -1 - at;
    this.socket.send(message);
    this.socket.send(JSON.stringify({ type: "clock", askedMs: this.asked }));
    await this.answer.promise;
    return !this.refused && this.isOpen;
  }

  end(): void {
    this.socket.terminate();
  }
}

const socket: Target = {
  name: "socket",
  share: 6,
  open: async () => {
    const { app, close } = await openWholeGateway(false);
    const url = `${(await app.listen({ host: "127.0.0.1", port: 0 })).replace("http", "ws")}/ws`;
    let client: Client | null = null;
    let sent = 0;
    return {
      attempt: async (random) => {
        if (!client?.isOpen) client = await Client.open(url);
        return client.send(messageFrom(random), sent++);
      },
      close: async () => {
        client?.end();
        await close();
      },
    };
  },
};

export const SOCKET_TARGETS: readonly Target[] = [socket];
