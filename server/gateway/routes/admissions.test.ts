import { expect, test, vi } from "vitest";
import { admissionCodec } from "../../../contracts/codec.ts";
import type { Admission } from "../../../contracts/admission.ts";
import { HEADERS, TOPICS } from "../../../contracts/topics.ts";
import { readConfig } from "../../config.ts";
import { TestClient } from "../../../testing/gateway/client.ts";
import { openBus, openGateway, until } from "../../../testing/gateway/gateway.ts";
import { frameAt, frameMessage } from "../../../testing/gateway/messages.ts";

const NAME = "Ada Lovelace-Unmistakable";
const BY = "Nurse Unforgettable";
const ADMIT = { id: "admission-1", action: "admit", version: 0, name: NAME, by: BY };

async function wardOfTwo(options: Parameters<typeof openGateway>[0] = {}) {
  const gateway = await openGateway(options);
  const { bus, app } = gateway;
  await bus.publish(["b1", "b2"].map((bed) => frameMessage(frameAt(bed, 0))));
  await until(async () => (await app.inject("/api/beds/b2")).statusCode === 200);
  const post = async (payload: object, bed = "b1", headers: Record<string, string> = {}) => {
    const answer = await app.inject({ method: "POST", url: `/api/beds/${bed}/admission`, headers, payload });
    return { status: answer.statusCode, why: (answer.json() as { error?: { message: string } }).error?.message };
  };
  const inBeds = async (topics = ["admissions"]) => {
    const client = await TestClient.open(gateway.url);
    const { admissions } = (await client.subscribe({ topics })) as unknown as { admissions: Admission[] };
    await client.close();
    return Object.fromEntries(admissions.map(({ bed, version, patient }) => [bed, [version, patient?.name ?? null]]));
  };
  return { ...gateway, post, inBeds };
}

test("admit, correct a name, move, discharge: each is an event that screens get, and what holds is in their snapshot", async () => {
  const { post, inBeds, url } = await wardOfTwo();
  const screen = await TestClient.open(url);
  await screen.subscribe({ topics: ["admissions"] });
  const told = () => screen.events.map(({ data }) => data as unknown as Admission);
  expect(await post(ADMIT)).toMatchObject({ status: 202 });
  expect(await post({ ...ADMIT, action: "name", version: 1, name: "Ada King" })).toMatchObject({ status: 202 });
  const to = { bed: "b2", version: 0 };
  expect(await post({ ...ADMIT, action: "move", version: 2, name: null, to })).toMatchObject({ status: 202 });
  await until(() => told().length === 4);
  expect(await inBeds()).toEqual({ b1: [3, null], b2: [1, "Ada King"] });
  expect(await post({ ...ADMIT, action: "discharge", version: 1, name: null }, "b2")).toMatchObject({ status: 202 });
  await until(() => told().length === 5);
  expect(told().map(({ bed, change, command, by }) => [bed, change, command, by])).toEqual(
    ["b1 admitted", "b1 named", "b2 arrived", "b1 left", "b2 discharged"].map((one) => [
      ...one.split(" "),
      ADMIT.id,
      BY,
    ]),
  );
  expect(await inBeds()).toEqual({ b1: [3, null], b2: [2, null] });
});

test("a change is part of the trace of who makes it, in both beds of a move; a traceparent that is none is not passed on", async () => {
  const { post, bus } = await wardOfTwo();
  const traces: string[] = [];
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.admissions],
    from: "earliest",
    credits: 100,
    onMessage: ({ key, headers }) => void traces.push(`${key} ${headers[HEADERS.traceparent]}`),
    onError: (error) => expect.unreachable(error.message),
  });
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  expect(await post(ADMIT, "b1", { traceparent: "00-nonsense" })).toMatchObject({ status: 202 });
  const move = { ...ADMIT, action: "move", version: 1, name: null, to: { bed: "b2", version: 0 } };
  expect(await post(move, "b1", { traceparent })).toMatchObject({ status: 202 });
  await until(() => traces.length === 3);
  expect(traces.toSorted()).toEqual([`b1 ${traceparent}`, "b1 undefined", `b2 ${traceparent}`]);
});

test("of two who act on what they both saw, the second is refused, however quick", async () => {
  const { post, inBeds } = await wardOfTwo();
  const answers = await Promise.all([post(ADMIT), post({ ...ADMIT, id: "admission-2", name: "Grace" })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
  expect(answers.find(({ status }) => status === 409)?.why).toBe(
    "bed b1 was changed by somebody else: version 0 was seen, 1 holds",
  );
  await vi.waitFor(async () => expect((await inBeds())["b1"]?.[0]).toBe(1));
});

test.each([
  ["an occupied bed", ADMIT, { ...ADMIT, version: 1 }, "b1", 409, /somebody lies in bed b1/],
  ["nobody's discharge", null, { ...ADMIT, action: "discharge" }, "b1", 409, /nobody lies in bed b1/],
  ["no name", null, { ...ADMIT, name: null }, "b1", 400, /admission\/name/],
  ["a name of spaces", null, { ...ADMIT, name: "  " }, "b1", 400, /admission\/name/],
  ["a name with a line break", null, { ...ADMIT, name: "Ada\nLovelace" }, "b1", 400, /admission\/name/],
  ["a name too long", null, { ...ADMIT, name: "x".repeat(81) }, "b1", 400, /admission\/name/],
  ["a move to nowhere", ADMIT, { ...ADMIT, action: "move", version: 1 }, "b1", 400, /admission\/to/],
  ["a move to itself", ADMIT, { ...ADMIT, action: "move", version: 1, to: { bed: "b1", version: 1 } }, "b1", 400, /to/],
  [
    "a move to a bed unheard of",
    ADMIT,
    { ...ADMIT, action: "move", version: 1, to: { bed: "b9", version: 0 } },
    "b1",
    404,
    /b9/,
  ],
  ["a bed unheard of", null, ADMIT, "b9", 404, /b9/],
  ["another action", null, { ...ADMIT, action: "cure" }, "b1", 400, /admission\/action/],
  ["far too much", null, { ...ADMIT, name: "x".repeat(5000) }, "b1", 413, /./],
] as const)("%s is refused", async (_, before, request, bed, status, why) => {
  const { post } = await wardOfTwo();
  if (before) expect((await post(before)).status).toBe(202);
  expect(await post(request, bed)).toEqual({ status, why: expect.stringMatching(why) });
});

test("a page elsewhere admits nobody", async () => {
  const { post } = await wardOfTwo();
  expect((await post(ADMIT, "b1", { origin: "https://elsewhere.example" })).status).toBe(403);
});

test("a gateway that begins later knows who lies where, also in a bed that sends nothing", async () => {
  const bus = await openBus();
  const { post } = await wardOfTwo({ bus });
  await post(ADMIT);
  const { url, app } = await openGateway({ bus });
  const client = await TestClient.open(url);
  expect(await client.subscribe({ topics: ["admissions"] })).toMatchObject({
    beds: [{ bed: "b1", lastFrameMs: null }],
    admissions: [{ bed: "b1", version: 1, patient: { name: NAME } }],
  });
  expect((await app.inject("/api/beds/b1")).statusCode).toBe(200);
});

test("names are in no log, no metric and no list, whatever goes wrong with them", async () => {
  let log = "";
  const config = readConfig({ PORT: "0", LOG_LEVEL: "debug" });
  const logTo = { write: (line: string) => void (log += line) };
  const { post, app, bus, url } = await wardOfTwo({ config, logTo });
  await post(ADMIT);
  await post({ ...ADMIT, version: 7 });
  await post({ ...ADMIT, name: `${NAME}\u0000` });
  await app.inject({
    method: "POST",
    url: "/api/beds/b1/admission",
    headers: { "content-type": "application/json" },
    payload: `{"name":"${NAME}`,
  });
  const bad = { ...JSON.parse(new TextDecoder().decode(admissionCodec.encode(AN_ADMISSION))), patient: { name: NAME } };
  for (const value of [JSON.stringify(bad), `{"name": "${NAME}"`, NAME]) {
    await bus.publish([{ topic: TOPICS.admissions, key: "b1", value: new TextEncoder().encode(value) }]);
  }
  const metrics = () => app.inject("/metrics").then(({ body }) => body);
  await vi.waitFor(async () =>
    expect(await metrics()).toMatch(/skipped_messages_total\{topic="ecg.admissions.v1"\} 3/),
  );
  const others = await TestClient.open(url);
  const snapshot = JSON.stringify(await others.subscribe());
  const lists = await Promise.all(["/api/beds", "/api/beds/b1", "/api/alarms"].map((path) => app.inject(path)));
  const told = [log, await metrics(), snapshot, ...lists.map(({ body }) => body)].join("\n");
  expect(log).toContain("skipped");
  expect(told).not.toContain(NAME);
  expect(told).not.toContain(BY);
});

const AN_ADMISSION: Admission = {
  bed: "b1",
  version: 9,
  change: "admitted",
  patient: { name: NAME, sinceMs: 1 },
  command: "admission-9",
  by: BY,
  atMs: 1,
};
