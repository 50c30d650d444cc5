import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { constants, createDeflateRaw } from "node:zlib";
import { WebSocket } from "ws";
import { isCanary } from "../contracts/canary.ts";
import { SOCKET_PROTOCOL } from "../contracts/socket.ts";
import { EVENTS } from "../contracts/topics.ts";
import { startApp } from "../e2e/processes.ts";

/**
 * What a ward's screen is sent: `npm run bench -- socket [--beds 32] [--seconds 30]`. Bytes a bed and second by kind of message, before compression, and
 * what DEFLATE makes of them message by message, with the window and the level that a gateway might have, for how much processor time.
 */
const argument = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const beds = argument("beds", 32);
const seconds = argument("seconds", 30);
const WARM_UP_S = 25;

interface Message {
  readonly kind: string;
  readonly isBinary: boolean;
  readonly bytes: Buffer;
}

function kindOf(bytes: Buffer, isBinary: boolean): string {
  if (isBinary) return "traces";
  const { topic, type, bed } = JSON.parse(bytes.toString()) as { topic?: string; type?: string; bed?: unknown };
  return `${topic ?? type}${typeof bed === "string" && isCanary(bed) ? " of canaries" : ""}`;
}

async function received(): Promise<Message[]> {
  const app = startApp(["--beds", String(beds)], { HISTORY: "off" });
  const socket = new WebSocket(`${(await app.address()).replace("http", "ws")}/ws`, SOCKET_PROTOCOL);
  await once(socket, "open");
  const shown = Object.fromEntries(Array.from({ length: beds }, (_, at) => [`b${at + 1}`, ["MLII"]]));
  const topics = ["frames", ...Object.keys(EVENTS)];
  socket.send(
    JSON.stringify({ type: "subscribe", topics, beds: "*", screen: "bench", shown: { asked: 1, beds: shown } }),
  );
  await sleep(WARM_UP_S * 1000);
  const messages: Message[] = [];
  socket.on("message", (bytes: Buffer, isBinary) => messages.push({ kind: kindOf(bytes, isBinary), isBinary, bytes }));
  await sleep(seconds * 1000);
  socket.terminate();
  app.child.kill("SIGTERM");
  await app.exited;
  return messages;
}

const sizeOf = (messages: readonly Message[]): number => messages.reduce((sum, { bytes }) => sum + bytes.length, 0);
const perBed = (bytes: number): string => `${Math.round(bytes / beds / seconds)}`;

/** Bytes behind compression with context, and microseconds of processor time a message. */
async function deflated(
  messages: readonly Message[],
  options: { level: number; windowBits: number; memLevel: number },
) {
  const deflate = createDeflateRaw(options);
  let bytes = 0;
  deflate.on("data", (piece: Buffer) => (bytes += piece.length));
  const before = process.cpuUsage();
  for (const message of messages) {
    deflate.write(message.bytes);
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
  }
  const { user, system } = process.cpuUsage(before);
  // RFC 7692 leaves each message's last four bytes out.
  return { bytes: bytes - 4 * messages.length, us: (user + system) / messages.length };
}

const messages = await received();
console.log(`| ${beds} beds | messages a bed and second | B a bed and second |\n| --- | --- | --- |`);
for (const kind of new Set(messages.map((message) => message.kind))) {
  const of = messages.filter((message) => message.kind === kind);
  console.log(`| ${kind} | ${(of.length / beds / seconds).toFixed(2)} | ${perBed(sizeOf(of))} |`);
}
console.log(
  "\n| compressed | level | window, bits | B a bed and second, from | to | µs a message |\n| --- | --- | --- | --- | --- | --- |",
);
const texts = messages.filter(({ isBinary }) => !isBinary);
const traces = messages.filter(({ isBinary }) => isBinary);
for (const [name, of] of Object.entries({ texts, traces })) {
  for (const level of [1, 6]) {
    for (const [windowBits, memLevel] of [
      [12, 6],
      [13, 7],
      [15, 8],
    ]) {
      const { bytes, us } = await deflated(of, { level, windowBits, memLevel });
      console.log(
        `| ${name} | ${level} | ${windowBits} | ${perBed(sizeOf(of))} | ${perBed(bytes)} | ${us.toFixed(0)} |`,
      );
    }
  }
}
