import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { readConfig } from "../server/config.ts";
import { openBus, openGateway, until } from "../testing/gateway/gateway.ts";
import { beatAt, beatMessage } from "../testing/gateway/messages.ts";
import { runExample } from "./run-example.ts";

test("prints each beat once, also those of the time when the gateway was away", async () => {
  const bus = await openBus();
  const tell = (sample: number) => bus.publish([beatMessage(beatAt("b1", sample, { beatClass: "V" }))]);
  const first = await openGateway({ bus });
  const lines = runExample("subscribe-websocket.ts", `${first.url.replace("http", "ws")}/ws`);
  await until(() => first.app.websocketServer.clients.size === 1);
  await until(async () => {
    // The subscribe follows the handshake; until it has arrived, beats are not for this client.
    await tell(Date.now() % 1e9);
    await sleep(50);
    return lines.length > 0;
  });
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z b1 V 75\/min$/);

  await tell(2e9);
  await until(() => lines.at(-1)?.startsWith(new Date(beatAt("b1", 2e9).timeMs).toISOString()) ?? false);
  const before = lines.length;
  await first.app.close();
  await tell(2e9 + 250);
  const config = readConfig({ PORT: new URL(first.url).port, LOG_LEVEL: "silent" });
  await openGateway({ bus, config });
  await until(() => lines.filter((line) => line.includes(" b1 V ")).length > before);
  await tell(2e9 + 500);
  await until(() => lines.filter((line) => line.includes(" b1 V ")).length > before + 1);
  const times = lines.filter((line) => line.includes(" b1 V ")).slice(before - 1);
  const expected = [0, 250, 500].map((later) => new Date(beatAt("b1", 2e9 + later).timeMs).toISOString());
  expect(times.map((line) => line.split(" ")[0])).toEqual(expected);
});
