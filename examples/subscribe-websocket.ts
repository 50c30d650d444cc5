/** Prints each classified beat, from a gateway: `node --import tsx examples/subscribe-websocket.ts [ws://127.0.0.1:8080/ws]` */
import { WebSocket } from "ws";

const url = process.argv[2] ?? "ws://127.0.0.1:8080/ws";
let since: string | undefined;

function connect(): void {
  const socket = new WebSocket(url, "bedside.v1");
  socket.on("open", () => {
    // With the last cursor the gateway sends again what was missed while the connection was lost.
    socket.send(JSON.stringify({ type: "subscribe", topics: ["beats"], beds: "*", since }));
  });
  socket.on("message", (text) => {
    const message = JSON.parse(String(text));
    if (message.type === "gap") console.error("some beats are not kept any more");
    since = message.cursor ?? since;
    if (message.topic !== "beats") return;
    const { bed, timeMs, beatClass, heartRateBpm } = message.data;
    console.log(new Date(timeMs).toISOString(), bed, beatClass, `${Math.round(heartRateBpm ?? 0)}/min`);
  });
  socket.on("error", (error) => console.error(`${url}: ${error.message}`));
  socket.on("close", () => setTimeout(connect, 1000));
}

connect();
