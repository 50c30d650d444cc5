import { randomBytes } from "node:crypto";
import type { WebSocket } from "ws";

export interface HeartbeatLimits {
  readonly everyMs: number;
  readonly missedPongs: number;
}

/** Who reads nothing is gone within 21 s. */
export const HEARTBEAT: HeartbeatLimits = { everyMs: 7000, missedPongs: 2 };

/**
 * Pings the client; one that has answered none of the last pings is gone. An answer carries what its ping said: a pong that comes
 * by itself does not tell that anything was read.
 */
export function keepAlive(
  socket: Pick<WebSocket, "ping" | "terminate" | "on">,
  { everyMs, missedPongs }: HeartbeatLimits = HEARTBEAT,
  onDeaf: () => void = () => {},
): () => void {
  /** What the pings said that have not been answered, oldest first. */
  let unanswered: string[] = [];
  socket.on("pong", (data: Buffer) => {
    // RFC 6455, 5.5.3: of several pings the last alone may be answered.
    const answered = unanswered.indexOf(data.toString("latin1"));
    if (answered >= 0) unanswered = unanswered.slice(answered + 1);
  });
  const timer = setInterval(() => {
    if (unanswered.length >= missedPongs) {
      onDeaf();
      socket.terminate();
      return;
    }
    const said = randomBytes(6).toString("hex");
    unanswered.push(said);
    socket.ping(said);
  }, everyMs);
  return () => clearInterval(timer);
}
