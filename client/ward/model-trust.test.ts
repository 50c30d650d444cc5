import { expect, test } from "vitest";
import { beatOf } from "../../testing/client/messages.ts";
import { modelOf } from "../../testing/client/model.ts";
import { modelTrustOf } from "./model-trust.ts";
import { MonitoredBed } from "./monitored-bed.ts";

/** A bed with beats one a second, of which every so many-th is rejected. */
function bedWith(name: string, count: number, rejectEvery = Infinity, model = modelOf().hash): MonitoredBed {
  const bed = new MonitoredBed(name);
  for (let n = 1; n <= count; n++) {
    bed.addBeat(beatOf(250 * n, { id: `${name}/${n}`, model, beatClass: n % rejectEvery === 0 ? "Q" : "N" }));
  }
  return bed;
}

test("a model that rejects no more than of patients it had not seen is trusted, of the beds that have told enough", () => {
  const beds = [bedWith("b1", 200), bedWith("b2", 200, 30), bedWith("b3", 10)];
  expect(modelTrustOf(modelOf(), beds)).toEqual({ verdict: "trusted", checked: 2, beds: 3 });
});

test("one bed of which clearly more is rejected makes it doubted, by its name", () => {
  expect(modelTrustOf(modelOf(), [bedWith("b1", 200), bedWith("b2", 200, 4)])).toEqual({
    verdict: "doubted",
    bed: "b2",
    rejected: 0.25,
  });
});

test("what five minutes ago was rejected counts no more, and a few beats in a row are no share", () => {
  const bed = bedWith("b1", 100, 1);
  for (let n = 401; n <= 500; n++) bed.addBeat(beatOf(250 * n, { model: modelOf().hash }));
  expect(modelTrustOf(modelOf(), [bed]).verdict).toBe("trusted");
  expect(modelTrustOf(modelOf(), [bedWith("b1", 35, 10)]).verdict).toBe("trusted");
});

test("where nothing honest can be said, that is said, and why", () => {
  const beds = [bedWith("b1", 200)];
  const reason = (...args: Parameters<typeof modelTrustOf>) => {
    const trust = modelTrustOf(...args);
    return trust.verdict === "unchecked" ? trust.reason : trust.verdict;
  };
  expect(reason(null, beds)).toBe("no-model");
  expect(reason(modelOf({ soundRejected: null }), beds)).toBe("no-share");
  expect(reason(modelOf(), [bedWith("b1", 29)])).toBe("few-beats");
  expect(reason(modelOf(), [...beds, bedWith("b2", 1, 2, "fedcba987654")])).toBe("another-model");
});
