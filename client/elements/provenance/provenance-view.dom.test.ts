import { expect, test, vi } from "vitest";
import type { Provenance } from "../../../contracts/provenance.ts";
import { answering, drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { beatOf, conditionOf } from "../../../testing/client/messages.ts";
import { ProvenanceView } from "./provenance-view.ts";

const beat = beatOf(5000, { beatClass: "V", probabilities: { N: 0.02, S: 0.01, V: 0.96, F: 0.01 } });
const stretch = { samplingRateHz: 250, firstMs: -2000, millivolts: [0, 0.1, null, 1] };
const explained: Provenance = {
  beat,
  meta: {
    topic: "ecg.beats.v1",
    partition: 3,
    offset: 812,
    source: "ecg.frames.v1/3/90",
    producedAtMs: 1000,
    receivedAtMs: 1004,
    publishedAtMs: 1016,
  },
  explanation: {
    anew: {
      beatClass: "V",
      probabilities: beat.probabilities,
      quality: 0.9,
      model: "another",
      heardSeconds: 60,
      fromEpochStart: false,
      difference: 0.012,
    },
    raw: stretch,
    filtered: stretch,
    window: { samplingRateHz: 125, rIndex: 62, values: Array.from({ length: 187 }, (_, i) => Math.sin(i)) },
    features: Array.from({ length: 12 }, (_, i) => ({ name: `feature${i}`, value: i })),
    noise: [{ name: "flat", value: 0 }],
    occlusion: {
      beatClass: "V",
      probability: 0.96,
      window: [{ fromMs: -40, toMs: 40, fall: 0.5 }],
      features: [{ name: "feature7", fall: -0.3 }],
    },
  },
  why: null,
  policy: { told: "adult-1:aa", heard: "adult-1:aa" },
  rules: [{ condition: conditionOf("ventricular-run", 20, { beats: [beat.id] }), named: true, steps: [] }],
};

const shownOf = async (answers: Readonly<Record<string, unknown>>): Promise<ProvenanceView> => {
  answering(answers);
  const view = await sceneOf().show(Object.assign(new ProvenanceView(), { beat: beat.id }));
  await vi.waitFor(() => expect(textOf(view)).not.toContain("Making it anew"));
  await drawn(view);
  return view;
};

test("a beat's class, the model that judged, what it saw, where it lies and what came of it", async () => {
  const view = await shownOf({ "/api/provenance": explained });
  const text = textOf(view);
  expect(text).toContain("P(V) 96.0 %");
  expect(text).toContain("ecg.beats.v1/3/812");
  expect(text).toContain("received by the worker +4 ms → beat published +12 ms");
  expect(text).toContain("Another one answers here: another");
  expect(text).toContain("no probability differs by more than 1.2 % from what was told");
  expect(text).toContain("Ventricular run");
  const charts = within(view, "chart-figure");
  await vi.waitFor(() => expect(charts.filter(({ shadowRoot }) => shadowRoot?.querySelector("svg"))).toHaveLength(3));
  // What the class owes most to stands first, also where it speaks against the class.
  expect(textOf(within(view, "tbody tr")[0])).toBe("feature7 7.00 -30.0 %");
  expect(textOf(the(view, "summary"))).toBe("The other 4");
});

test("where it can't be made anew the reason stands in place of the signal, and what is known is shown", async () => {
  const why = `beat ${beat.id} cannot be made anew: its signal is not kept`;
  const view = await shownOf({ "/api/provenance": { ...explained, explanation: null, why, rules: [] } });
  expect(textOf(view)).toContain(why);
  expect(textOf(view)).toContain("No condition names this beat, and none was open");
  expect(within(view, "chart-figure")).toHaveLength(0);
});

test("one heading keeps the focus, and one live region tells what is new: that it is made, then the beat's class, then why another is not known", async () => {
  answering({ "/api/provenance": explained });
  const view = await sceneOf().show(Object.assign(new ProvenanceView(), { beat: beat.id }));
  const heading = the(view, "h1");
  heading.tabIndex = -1;
  heading.focus();
  const status = the(view, "[role=status]");
  expect(textOf(status)).toBe("Making it anew from the signal that is kept …");
  await vi.waitFor(() => expect(textOf(status)).toBe("V, Ventricular"));
  expect(view.shadowRoot?.activeElement).toBe(heading);
  answering({});
  view.beat = "b1/e1/9";
  await vi.waitFor(() => expect(textOf(status)).toContain("The server does not answer"));
  expect(the(view, "[role=status]")).toBe(status);
});

test("a beat that is not known is said in the server's words, and can be asked for again", async () => {
  const view = await shownOf({});
  expect(textOf(view)).toContain("The server does not answer");
  answering({ "/api/provenance": explained });
  the(view, ".choices button").click();
  await vi.waitFor(() => expect(textOf(view)).toContain("P(V) 96.0 %"));
});

test.each([
  ["adult-1:aa", "Alarm policy adult-1:aa Place"],
  ["neonate-1:bb", "Alarm policy neonate-1:bb , heard again here with adult-1:aa : S and N may differ Place"],
  [null, "Alarm policy the bed's is not kept, heard again here with adult-1:aa : S and N may differ Place"],
])("a bed whose policy was %s: whether the signal was heard again with it is said", async (told, words) => {
  const view = await shownOf({ "/api/provenance": { ...explained, policy: { told, heard: "adult-1:aa" } } });
  expect(textOf(view)).toContain(words);
});
