import { WebSocket } from "ws";
import { SOCKET_PROTOCOL } from "../../contracts/socket.ts";

/**
 * Clients of a gateway in a process of their own, so that their cost is not the gateway's: started with a URL and a count,
 * says "ready" when all have their snapshot, and answers any message with what they got since.
 */
const [url, count] = process.argv.slice(2);
const wish = JSON.stringify({ type: "subscribe", topics: ["frames", "beats", "conditions"], beds: "*" });
let waiting = Number(count);
let got = { frames: 0, events: 0 };

for (let i = 0; i < Number(count); i++) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, SOCKET_PROTOCOL);
  socket.on("open", () => socket.send(wish));
  let hasSnapshot = false;
  socket.on("message", (_data: Buffer, isBinary: boolean) => {
    if (!hasSnapshot) {
      hasSnapshot = true;
      if (--waiting === 0) process.send?.("ready");
    } else if (isBinary) got.frames++;
    else got.events++;
  });
}

process.on("message", () => {
  process.send?.(got);
  got = { frames: 0, events: 0 };
});
