/** Prints each classified beat, from a gateway: `node --import tsx examples/subscribe-websocket.ts [http://127.0.0.1:8080]` */
import { connect } from "../subscriber/index.ts";

const url = process.argv[2] ?? "http://127.0.0.1:8080";
const bedside = connect({
  url,
  // Without it, the loop ends where some beats are not kept any more.
  onGap: () => console.error("some beats are not kept any more"),
  onState: (state) => {
    if (state.status === "offline") console.error(`${url}: ${state.reason}`);
  },
});
// A connection that is lost comes back by itself, and what was missed meanwhile comes first.
for await (const { bed, timeMs, beatClass, heartRateBpm } of bedside.beats()) {
  console.log(new Date(timeMs).toISOString(), bed, beatClass, `${Math.round(heartRateBpm ?? 0)}/min`);
}
