import { from, lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import type { Bus, BusMessage } from "../../bus/bus.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { publishTo } from "./publish.ts";

const BYTES = Buffer.alloc(100);
const letter: BusMessage = {
  topic: TOPICS.deadLetter,
  key: "b1",
  value: BYTES,
  headers: { "error-code": "BAD_FRAME" },
};
const beat: BusMessage = { topic: TOPICS.beats, key: "b1", value: BYTES };

/** Publishes to a bus whose topics of this name take no bytes; what it took. */
async function publish(refusing: string, messages: readonly BusMessage[]) {
  const taken: BusMessage[] = [];
  const bus: Pick<Bus, "publish"> = {
    publish: async (given) => {
      const refused = given.filter(({ topic, value }) => topic === refusing && value.length > 0);
      taken.push(...given.filter((message) => !refused.includes(message)));
      if (refused.length > 0) throw new BedsideError("BAD_MESSAGE", "the topic takes no message that large");
    },
  };
  // Publishing is all that is asked of it.
  const items = from([[{ outgoing: messages }]]).pipe(publishTo(bus as Bus), toArray());
  await lastValueFrom(items);
  return taken;
}

test("a dead letter that its topic does not take goes without its bytes", async () => {
  const taken = await publish(TOPICS.deadLetter, [beat, letter]);
  expect(taken).toEqual([beat, { ...letter, value: new Uint8Array(0) }]);
});

test("another message that is refused ends the stream: nothing is lost without a word", async () => {
  await expect(publish(TOPICS.beats, [beat])).rejects.toMatchObject({ code: "BAD_MESSAGE" });
});
