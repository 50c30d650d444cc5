import type { AlarmEvent } from "../contracts/alarm.ts";
import { commandCodec } from "../contracts/codec.ts";
import type { Command } from "../contracts/command.ts";
import type { Condition } from "../contracts/condition.ts";
import { TOPICS } from "../contracts/topics.ts";
import { asTheyAre, type Sent } from "./confusion.ts";
import type { IsApart, Said } from "./said.ts";
import type { Due } from "./ward.ts";

/** What is sent beside the frames, and what is held of what it changes. */
export interface Beside {
  readonly sent: Sent["sent"];
  /** Of these, what an undisturbed worker says that was given the frames alone is no measure. */
  readonly isApart: IsApart;
  /** What does not hold of it, in a line each. */
  readonly wrong: (said: Said, undisturbed: Said) => string[];
}

const SILENT_BED = "b002";
/** Behind this part of its signal the bed sends nothing for so many seconds of signal: longer than 4 s of the wall's clock at every form's speed. */
const SILENT_FROM = 0.3;
const SILENT_SECONDS = 40;
/**
 * An alarm is acknowledged so many seconds of signal after it was due to be raised, in a version so much further: early, which a worker may
 * not yet know of, and late, when it may have escalated.
 */
const ACKNOWLEDGED = [
  { seconds: 2, further: 0 },
  { seconds: 5, further: 0 },
  { seconds: 15, further: 0 },
  { seconds: 15, further: 1 },
] as const;
/** A command is given again so many seconds of signal later. */
const AGAIN_SECONDS = 1;
/** No command in the last seconds. */
const LAST_SECONDS = 10;

/** One bed falls silent, and comes back in the same epoch. */
export function fallingSilent(dues: readonly Due[]): Sent {
  const from = SILENT_FROM * (dues.at(-1)?.atSeconds ?? 0);
  const isSent = ({ atSeconds, frame }: Due): boolean =>
    frame.bed !== SILENT_BED || atSeconds <= from || atSeconds > from + SILENT_SECONDS;
  return asTheyAre(dues.filter(isSent));
}

/**
 * Commands to the bed that has most alarms, each given twice: every alarm is acknowledged, and sound is silenced,
 * paused and brought back all the while. Nothing orders a command among the frames but when workers read the two topics, so the bed's
 * log of alarms is one of many that are right; likewise the log of the silent bed, whose clock is the wall's meanwhile, and its
 * no-data, which begins by the wall's clock or, where its worker has just died, never. Held of both is what no order changes.
 */
export function commanded(dues: readonly Due[], undisturbed: Said): Beside {
  const bed = busiest(undisturbed);
  const commands = commandsTo(bed, dues, undisturbed);
  const { epochStartMs } = dues[0].frame;
  const sent = commands.flatMap((command) => {
    const message = { topic: TOPICS.commands, key: bed, value: commandCodec.encode(command) };
    const atSeconds = (command.atMs - epochStartMs) / 1000;
    return [
      { atSeconds, message },
      { atSeconds: atSeconds + AGAIN_SECONDS, message },
    ];
  });
  const isApart: IsApart = (topic, text) => {
    if (topic === TOPICS.conditions) return isSilence(JSON.parse(text) as Condition);
    return topic === TOPICS.alarms && [bed, SILENT_BED].includes((JSON.parse(text) as AlarmEvent).bed);
  };
  const wrong: Beside["wrong"] = (said, clean) => [
    ...[bed, SILENT_BED].flatMap((one) => [...holes(one, said), ...raisedOtherwise(one, said, clean)]),
    ...commands.flatMap((command) => answeredOtherThanOnce(command, said)),
    ...refusedAll(bed, said),
    ...halfASilence(said),
  ];
  return { sent, isApart, wrong };
}

const isSilence = ({ bed, kind }: Condition): boolean => bed === SILENT_BED && kind === "no-data";

const alarmsOf = (said: Said, bed: string): AlarmEvent[] =>
  said.of<AlarmEvent>(TOPICS.alarms).filter((event) => event.bed === bed);

const isRaise = ({ step }: AlarmEvent): boolean => step === "raised" || step === "rose";

function busiest(undisturbed: Said): string {
  const counts = new Map<string, number>();
  for (const event of undisturbed.of<AlarmEvent>(TOPICS.alarms)) {
    if (event.bed !== SILENT_BED && isRaise(event)) counts.set(event.bed, (counts.get(event.bed) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (!most) throw new Error("the ward has no alarm to give commands of");
  return most[0];
}

function commandsTo(bed: string, dues: readonly Due[], undisturbed: Said): Command[] {
  const { epochStartMs } = dues[0].frame;
  const endMs = epochStartMs + 1000 * ((dues.at(-1)?.atSeconds ?? 0) - LAST_SECONDS);
  const given: Pick<Command, "action" | "alarm" | "atMs">[] = [];
  for (const event of alarmsOf(undisturbed, bed)) {
    const { alarm, timeMs } = event;
    if (!isRaise(event) || !alarm) continue;
    const { id, version } = alarm;
    for (const { seconds, further } of ACKNOWLEDGED) {
      const seen = { id, version: version + further };
      given.push({ action: "acknowledge", alarm: seen, atMs: timeMs + 1000 * seconds });
    }
  }
  const sounds = ["silence", "pause", "unsilence", "resume"] as const;
  for (let i = 0, atMs = epochStartMs + 5000; atMs < endMs; i++, atMs += 5000) {
    given.push({ action: sounds[i % sounds.length], alarm: null, atMs });
  }
  return given
    .filter(({ atMs }) => atMs < endMs)
    .map((command, i) => ({ ...command, id: `command-${i}`, bed, beat: null, by: "nurse", reason: null }));
}

/** An event of a log that was not told, though one behind it was. */
function holes(bed: string, said: Said): string[] {
  const events = alarmsOf(said, bed).filter((event) => said.isOfSignals(event));
  const sequences = new Set(events.map(({ sequence }) => sequence));
  const last = Math.max(0, ...sequences);
  const missing = Array.from({ length: last }, (_, i) => i + 1).filter((sequence) => !sequences.has(sequence));
  return missing.map((sequence) => `${bed}: alarm event ${sequence} of ${last} was not told`);
}

/** Whatever is acknowledged or silenced, the same conditions raise alarms. */
function raisedOtherwise(bed: string, said: Said, clean: Said): string[] {
  const [told, right] = [said, clean].map((one) => {
    const raising = alarmsOf(one, bed).filter((event) => isRaise(event) && event.alarm?.kind !== "no-data");
    return new Set(raising.map(({ alarm }) => alarm?.condition));
  });
  return [
    ...[...right].filter((id) => !told.has(id)).map((id) => `${id} raised no alarm`),
    ...[...told].filter((id) => !right.has(id)).map((id) => `${id} raised an alarm`),
  ];
}

/** A silence or pause is told of the bed, an acknowledgement of its alarm, a refusal alone; what follows from them is told besides. */
function answeredOtherThanOnce({ id, action, bed }: Command, said: Said): string[] {
  const answers = alarmsOf(said, bed).filter(
    ({ command, alarm, step }) => command === id && (alarm === null || step === "acknowledged"),
  );
  return answers.length === 1 ? [] : [`${id}, ${action}, was answered ${answers.length} times`];
}

/** Else the row would show nothing of commands that are carried out; which ones are, is a matter of moments. */
function refusedAll(bed: string, said: Said): string[] {
  const isCarriedOut = alarmsOf(said, bed).some(({ command, step }) => command !== null && step !== "refused");
  return isCarriedOut ? [] : ["every command was refused"];
}

/** Where no data was said to begin, it was said to end, and only there. */
function halfASilence(said: Said): string[] {
  const phases = new Map<string, string[]>();
  for (const condition of said.of<Condition>(TOPICS.conditions)) {
    if (isSilence(condition)) phases.set(condition.id, [...(phases.get(condition.id) ?? []), condition.phase]);
  }
  return [...phases]
    .filter(([, told]) => told.toSorted().join() !== "begin,end")
    .map(([id, told]) => `${id} was told as ${told.join()}`);
}
