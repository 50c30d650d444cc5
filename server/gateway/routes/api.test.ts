import { expect, test } from "vitest";
import type { Model } from "../../../contracts/api.ts";
import { readCard } from "../../../model/card/live-folder.ts";
import { createFakeClassifier } from "../../../testing/model/fake-classifier.ts";
import { readConfig } from "../../config.ts";
import { openGateway, until } from "../../../testing/gateway/gateway.ts";
import {
  beatAt,
  beatMessage,
  conditionAt,
  conditionMessage,
  frameAt,
  frameMessage,
} from "../../../testing/gateway/messages.ts";
import { publicModel } from "../public-model.ts";

const model: Model = publicModel(createFakeClassifier(3).info, await readCard("model/artifacts/live"));

async function wardOfTwo() {
  const gateway = await openGateway({ model });
  const { bus, app } = gateway;
  await bus.publish([frameMessage(frameAt("b10", 0)), frameMessage(frameAt("b2", 0, { samples: 1000 }))]);
  await bus.publish([200, 400, 600, 800].map((sample) => beatMessage(beatAt("b2", sample))));
  const tachycardia = { ...conditionAt("b2", "tachycardia", "begin", 600), heartRateBpm: 147, limitBpm: 120 };
  await bus.publish([conditionMessage(tachycardia)]);
  const get = async (url: string) => {
    const response = await app.inject(url);
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
  const all = async (): Promise<string> =>
    (await Promise.all(["", "/b2", "/b2/beats"].map((rest) => app.inject(`/api/beds${rest}`))))
      .map((r) => r.body)
      .join();
  const expected = ['"bed":"b10"', '"openConditions":[{', '"sample":800'];
  await until(async () => {
    const text = await all();
    return expected.every((part) => text.includes(part));
  });
  return { ...gateway, get };
}

test("beds in the order of their numbers, with what the last frame and beat said", async () => {
  const { get } = await wardOfTwo();
  const { body } = await get("/api/beds");
  expect(body).toMatchObject({
    beds: [
      {
        bed: "b2",
        epoch: "e1",
        source: "synthetic/test",
        samplingRateHz: 250,
        leads: ["MLII", "V1"],
        heartRate: { bpm: 147, validity: "valid", source: "condition", condition: "tachycardia", limitBpm: 120 },
      },
      { bed: "b10", heartRate: { bpm: null, validity: "unknown" } },
    ],
  });
});

test("one bed with its conditions; an unknown one is a 404 without a trace", async () => {
  const { get } = await wardOfTwo();
  expect((await get("/api/beds/b2")).body).toMatchObject({
    bed: { bed: "b2" },
    openConditions: [{ kind: "tachycardia", phase: "begin" }],
    conditions: [{ kind: "tachycardia" }],
  });
  for (const url of ["/api/beds/b3", "/api/beds/b3/beats"]) {
    const message = "nothing was heard of bed b3 so far; /api/beds lists the beds";
    expect(await get(url)).toEqual({ status: 404, body: { error: { code: "NOT_FOUND", message } } });
  }
});

test("beats: the last so many, after an event time", async () => {
  const { get } = await wardOfTwo();
  const samplesAt = async (query: string) =>
    ((await get(`/api/beds/b2/beats?${query}`)).body["beats"] as { sample: number }[]).map(({ sample }) => sample);
  expect(await samplesAt("")).toEqual([200, 400, 600, 800]);
  expect(await samplesAt("limit=2")).toEqual([600, 800]);
  expect(await samplesAt(`since=${beatAt("b2", 400).timeMs}`)).toEqual([600, 800]);
  expect(await samplesAt(`limit=1&since=${beatAt("b2", 200).timeMs}`)).toEqual([800]);
});

test.each([
  ["/api/beds/b2/beats?limit=0", /limit/],
  ["/api/beds/b2/beats?limit=1001", /limit/],
  ["/api/beds/b2/beats?limit=many", /limit/],
  ["/api/beds/b2/beats?since=yesterday", /since/],
  ["/api/beds/%20", /bed/],
])("%s is a 400 that names the field", async (url, message) => {
  const { app } = await openGateway();
  const response = await app.inject(url);
  expect(response.statusCode).toBe(400);
  expect(response.json()).toEqual({ error: { code: "BAD_REQUEST", message: expect.stringMatching(message) } });
});

test("the model, with the public part of its card", async () => {
  const { get } = await wardOfTwo();
  const { body } = await get("/api/model");
  expect(body).toEqual(model);
  expect(JSON.stringify(body)).not.toMatch(/npm run|\/tmp/);
  const { app } = await openGateway();
  expect((await app.inject("/api/model")).statusCode).toBe(404);
});

test("the ward's time zone is told to its screens: the one configured, else this machine's", async () => {
  const zoneOf = async (WARD_TIME_ZONE: string): Promise<string> => {
    const config = readConfig({ PORT: "0", LOG_LEVEL: "silent", WARD_TIME_ZONE });
    const { app } = await openGateway({ config });
    return (await app.inject("/api/ward")).json().timeZone;
  };
  expect(await zoneOf("Europe/Berlin")).toBe("Europe/Berlin");
  expect(await zoneOf("")).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
});
