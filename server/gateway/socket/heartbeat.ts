import type { WebSocket } from "ws";

export interface HeartbeatLimits {
  readonly everyMs: number;
  readonly missedPongs: number;
}

export const HEARTBEAT: HeartbeatLimits = { everyMs: 15_000, missedPongs: 2 };

/** Pings the client; one that has answered none of the last pings is gone. `onBeat` is called with each ping. */
export function keepAlive(
  socket: Pick<WebSocket, "ping" | "terminate" | "on">,
  onBeat: () => void,
  { everyMs, missedPongs }: HeartbeatLimits = HEARTBEAT,
): () => void {
  let unanswered = 0;
  socket.on("pong", () => (unanswered = 0));
  const timer = setInterval(() => {
    if (unanswered++ >= missedPongs) {
      socket.terminate();
    } else {
      socket.ping();
      onBeat();
    }
  }, everyMs);
  return () => clearInterval(timer);
}
