import { expect, test } from "vitest";
import { simulationCodec } from "../../../contracts/codec.ts";
import type { Simulation } from "../../../contracts/simulation.ts";
import { HEADERS, TOPICS } from "../../../contracts/topics.ts";
import { openGateway, until } from "../../../testing/gateway/gateway.ts";
import { frameAt, frameMessage } from "../../../testing/gateway/messages.ts";

const REQUEST = { id: "r-1", record: "mitdb/208", speed: 2, drift: "em:6dB,gain:0.5" };
const PLAYED: Simulation = {
  ...REQUEST,
  bed: "b1",
  atMs: 5,
  phase: "played",
  reason: null,
  records: ["mitdb/208"],
  noise: ["em"],
};

async function wardOfOne() {
  const { bus, app } = await openGateway();
  const asked: Simulation[] = [];
  const traces: (string | undefined)[] = [];
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.simulation],
    from: "earliest",
    credits: 100,
    onMessage: ({ value, headers }) => {
      traces.push(headers[HEADERS.traceparent]);
      asked.push(simulationCodec.decode(value));
    },
    onError: (error) => expect.unreachable(error.message),
  });
  await bus.publish([frameMessage(frameAt("b1", 0))]);
  await until(async () => (await app.inject("/api/beds/b1")).statusCode === 200);
  const post = (payload: object, bed = "b1", headers: Record<string, string> = {}) =>
    app.inject({ method: "POST", url: `/api/beds/${bed}/simulation`, headers, payload });
  const say = (said: Simulation) =>
    bus.publish([{ topic: TOPICS.simulation, key: said.bed, value: simulationCodec.encode(said) }]);
  const said = () => app.inject("/api/beds/b1/simulation");
  return { app, asked, traces, post, say, said };
}

test("what is asked is part of the trace of who asks; a traceparent that is none is not passed on", async () => {
  const { post, traces } = await wardOfOne();
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await post(REQUEST, "b1", { traceparent });
  await post({ ...REQUEST, id: "r-2" }, "b1", { traceparent: "00-nonsense" });
  await until(() => traces.length === 2);
  expect(traces).toEqual([traceparent, undefined]);
});

test("what is asked goes to the simulator; what it last said is told to who comes later, a request is not", async () => {
  const { post, say, said, asked, app } = await wardOfOne();
  expect((await said()).statusCode).toBe(404);
  const answer = await post(REQUEST);
  expect([answer.statusCode, answer.json()]).toEqual([202, { id: "r-1", bed: "b1" }]);
  await until(() => asked.length === 1);
  expect(asked[0]).toMatchObject({ ...REQUEST, bed: "b1", phase: "asked" });
  expect((await said()).statusCode).toBe(404);
  await say(PLAYED);
  await until(async () => (await said()).statusCode === 200);
  await post({ ...REQUEST, id: "r-2" });
  await until(() => asked.length === 3);
  expect((await said()).json()).toEqual(PLAYED);
  // A simulator's word is no worker's: of frames alone nobody says anything.
  expect((await app.inject("/api/beds/b1")).json().bed.heartRate.validity).toBe("unknown");
});

test.each([
  ["a speed beyond", { ...REQUEST, speed: 1000 }, 400, /simulation\/speed/],
  ["a drift of no kind", { ...REQUEST, drift: "thunder:3" }, 400, /unknown kind/],
  ["a field more", { ...REQUEST, bed: "b2" }, 400, /simulation/],
  ["nothing", {}, 400, /simulation/],
  ["far too much", { ...REQUEST, drift: "x".repeat(5000) }, 413, /./],
])("%s is refused", async (_, payload, status, words) => {
  const { post, asked } = await wardOfOne();
  const answer = await post(payload);
  expect(answer.statusCode).toBe(status);
  expect(answer.json().error.message).toMatch(words);
  expect(asked).toEqual([]);
});

test("an unknown bed and a page elsewhere ask for nothing", async () => {
  const { post } = await wardOfOne();
  expect((await post(REQUEST, "b9")).statusCode).toBe(404);
  expect((await post(REQUEST, "b1", { origin: "https://elsewhere.example" })).statusCode).toBe(403);
});
