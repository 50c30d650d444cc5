import { expect, test } from "vitest";
import type { Priority } from "../../contracts/condition.ts";
import { conditionOf } from "../../testing/client/messages.ts";
import { FakeAudio } from "../../testing/client/fake-audio.ts";
import { alarmEventAt } from "../../testing/gateway/alarms.ts";
import { WardStore } from "../ward/ward-store.ts";
import { AlarmSound } from "./alarm-sound.ts";
import { BURSTS, burstSeconds } from "./bursts.ts";
import { loudestOf } from "./loudest.ts";

function soundOf(stored: string | null = null) {
  const audio = new FakeAudio();
  const kept = new Map<string, string>(stored === null ? [] : [["bedside.sound", stored]]);
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const make = () => new AlarmSound(storage, () => audio.context);
  /** Sounds from `from` to `to` seconds, ten times a second. */
  const play = (sound: AlarmSound, loudest: Priority | null, from: number, to: number): void => {
    for (let tenth = 10 * from; tenth < 10 * to; tenth++) {
      if (audio.state === "running") audio.currentTime = tenth / 10;
      sound.sound(loudest, 100 * tenth);
    }
  };
  const tones = () => audio.bursts.map(({ frequencyHz }) => frequencyHz);
  return { audio, kept, make, play, tones };
}

test("off until somebody turns it on, and then off again for good", () => {
  const { make, play, tones, kept } = soundOf();
  const sound = make();
  play(sound, "high", 0, 10);
  expect([sound.state, sound.proven, tones()]).toEqual(["off", "none", []]);
  sound.turnOn();
  play(sound, "high", 10, 11);
  expect([sound.state, sound.proven, tones()]).toEqual(["ready", "ready", [BURSTS.high.frequencyHz]]);
  sound.turnOff();
  play(sound, "high", 11, 30);
  expect([sound.state, sound.proven, tones(), kept.get("bedside.sound")]).toEqual(["off", "none", [], "off"]);
});

test("bursts of a priority follow one another at its distance", () => {
  const { make, play, audio } = soundOf("on");
  play(make(), "high", 0, 25);
  const [first, second, third] = audio.bursts;
  const distance = burstSeconds(BURSTS.high) + BURSTS.high.between;
  expect(second.at - first.at).toBeGreaterThanOrEqual(distance - 0.05);
  expect(second.at - first.at).toBeLessThan(distance + 0.2);
  expect(third.at - second.at).toBeCloseTo(second.at - first.at, 0);
});

test("a higher priority cuts off a lower one, a lower one waits; where nothing calls, it is silent at once", () => {
  const { make, play, tones } = soundOf("on");
  const sound = make();
  play(sound, "low", 0, 0.2);
  play(sound, "high", 0.2, 0.5);
  expect(tones()).toEqual([BURSTS.high.frequencyHz]);
  play(sound, "medium", 0.5, 3);
  expect(tones()).toEqual([BURSTS.high.frequencyHz]);
  play(sound, null, 3, 3.1);
  expect(tones()).toEqual([]);
  play(sound, "medium", 3.1, 3.3);
  expect(tones()).toEqual([BURSTS.medium.frequencyHz]);
});

test("one that was turned on before is blocked until the page is touched, and is told as that", async () => {
  const { audio, make, play, tones } = soundOf("on");
  audio.state = "suspended";
  audio.isTouched = false;
  const sound = make();
  let told = 0;
  sound.changes.subscribe(() => told++);
  play(sound, "high", 0, 3);
  expect([sound.state, sound.proven, tones()]).toEqual(["blocked", "blocked", []]);
  audio.isTouched = true;
  sound.touched();
  await Promise.resolve();
  await Promise.resolve();
  play(sound, "high", 3, 4);
  expect([sound.state, tones().length, told]).toEqual(["ready", 1, 1]);
});

test("a context that says it runs, and whose time stands, is blocked", () => {
  const { make, play, audio } = soundOf("on");
  const sound = make();
  play(sound, null, 0, 3);
  expect(sound.state).toBe("ready");
  for (let nowMs = 3000; nowMs < 6000; nowMs += 100) sound.sound(null, nowMs);
  expect(audio.state).toBe("running");
  expect(sound.state).toBe("blocked");
});

test("a browser without sound says so", () => {
  const sound = new AlarmSound(null, () => {
    throw new Error("no AudioContext");
  });
  sound.turnOn();
  expect([sound.state, sound.proven]).toEqual(["missing", "none"]);
});

test("the ward's loudest is of what sounds: silence, pause and acknowledgement are heeded", () => {
  const ward = new WardStore();
  const loudest = () => loudestOf(ward.alarms);
  const told = (data: ReturnType<typeof alarmEventAt>) =>
    ward.take({ kind: "event", event: { topic: "alarms", bed: data.bed, cursor: "c", data, meta: {} } }, 0);
  const open = (bed: string, kind: "asystole" | "couplet") => {
    const data = conditionOf(kind, 100, { bed });
    ward.take({ kind: "event", event: { topic: "conditions", bed, cursor: "c", data, meta: {} } }, 0);
  };
  expect(loudest()).toBeNull();
  open("b2", "couplet");
  expect(loudest()).toBe("low");
  told(alarmEventAt("b1", "asystole", 100, { alarm: { sounding: true } }));
  expect(loudest()).toBe("high");
  told(alarmEventAt("b1", "asystole", 100, { alarm: { sounding: false, silencedUntilMs: 9 } }));
  expect(loudest()).toBe("low");
  const pause = { sinceMs: 0, untilMs: 9, by: "Anna" };
  told({ ...alarmEventAt("b2", "couplet", 1), alarm: null, step: "paused", pause });
  expect(loudest()).toBeNull();
});
