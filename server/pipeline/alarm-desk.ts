import { type Bus, checkReadable, type ReceivedMessage } from "../../bus/bus.ts";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import { commandCodec } from "../../contracts/codec.ts";
import type { Command } from "../../contracts/command.ts";
import type { Condition } from "../../contracts/condition.ts";
import { BedsideError } from "../../contracts/errors.ts";
import type { TopicEvent } from "../../contracts/topics.ts";
import { quoted } from "../../contracts/words.ts";
import type { BedAlarms } from "../alarms/bed-alarms.ts";
import { AlarmMemory } from "../alarms/memory.ts";
import type { Bed } from "./bed/bed.ts";
import type { Beds } from "./bed/beds.ts";
import type { BedEpoch } from "./bed/epoch.ts";
import { SILENT_AFTER_MS } from "./bed/silence.ts";
import type { AlarmWork, HeardWork, Provenance } from "./work.ts";

/** A silence or pause that was given so long ago may still something else than was meant: it is refused. */
const LATE_MS = 60_000;
/** A bed that is silent has its alarm clock set on so often. */
const WAIT_MS = 1000;

interface Waiting {
  /** When something of the bed came last, or its clock was set on. */
  readonly atMs: number;
  readonly isSilent: boolean;
}

/** What a worker does about alarms apart from what its beds' frames say: commands, the wall's clock, what others told before. */
export class AlarmDesk {
  private readonly memory: AlarmMemory;
  private readonly known = new WeakSet<BedAlarms>();
  private readonly prepared = new WeakSet<BedEpoch>();
  private readonly waiting = new WeakMap<Bed, Waiting>();
  /** Of alarms that go on where others left them without a checkpoint: offset of the last frame of which those told something. */
  private readonly saidUpTo = new WeakMap<BedAlarms, number>();
  /** Of each partition, where its frames ended when it became this worker's. */
  private ends: ReadonlyMap<number, number> = new Map();

  constructor(
    bus: Bus,
    private readonly beds: Beds,
    onError: (error: unknown) => void,
  ) {
    this.memory = new AlarmMemory(bus, onError);
  }

  /** Resolves when it is known what other workers told of these partitions' beds, or nobody waits for it any more. */
  upToNow(partitions: ReadonlySet<number>, isGivenUp: () => boolean): Promise<boolean> {
    return this.memory.upToNow(partitions, isGivenUp);
  }

  /** These partitions are this worker's own, and what others told of them is known. `ends`: where their frames end. */
  assigned(ends: ReadonlyMap<number, number>): void {
    this.ends = ends;
    const partitions = new Set(ends.keys());
    for (const { bed, partition, atMs } of this.memory.in(partitions)) this.wake(bed, partition, atMs);
  }

  /** Of a bed that goes on where its checkpoint stands: its alarms go on where they were told, which may be further. `end`: of its partition. */
  resume(bed: Bed, nowMs: number, end: number): void {
    this.known.add(bed.alarms);
    for (const epoch of bed.epochs) this.prepared.add(epoch);
    const remembered = this.memory.of(bed.name);
    if (remembered && remembered.state.sequence > bed.alarms.sequence) {
      const { state, saidUpTo } = remembered;
      // Of a log that was longer nothing is known of this one's frames.
      bed.alarms.resume(state, saidUpTo < end ? saidUpTo : -1);
    }
    bed.resume(nowMs, bed.alarms.noData);
    this.waiting.set(bed, { atMs: nowMs, isSilent: false });
  }

  /** The alarms of a work's bed, which go on where others left them. */
  alarmsOf({ alarms, name }: Pick<Bed, "alarms" | "name">): BedAlarms {
    if (!this.known.has(alarms)) {
      this.known.add(alarms);
      const remembered = this.memory.of(name);
      if (remembered) {
        alarms.restore(remembered.state);
        this.saidUpTo.set(alarms, remembered.saidUpTo);
      }
    }
    return alarms;
  }

  /** Before what was heard of a bed is concluded: a monitor that joins midway is told what stands. */
  prepare({ bed, epoch, offset }: HeardWork): void {
    const alarms = this.alarmsOf({ alarms: bed.alarms, name: epoch.bed });
    if (this.prepared.has(epoch)) return;
    this.prepared.add(epoch);
    const saidUpTo = this.saidUpTo.get(alarms) ?? -1;
    this.saidUpTo.delete(alarms);
    if (epoch.publishFrom === 0) {
      // Of a log that was longer nothing is known of this one's frames.
      if (offset !== null && offset <= saidUpTo && saidUpTo < (this.ends.get(bed.partition) ?? 0))
        alarms.hearAgain(saidUpTo);
      return;
    }
    for (const { kind, beginSample } of alarms.standingIn(epoch.epoch)) epoch.monitor.resume(kind, beginSample);
  }

  /** What the work says. */
  say({ bed, before, say }: AlarmWork): TopicEvent[] {
    const alarms = say(this.alarmsOf(bed));
    return [...before, ...alarms.map((data) => ({ topic: "alarms", data }) as const)];
  }

  /** Throws BAD_MESSAGE for what is no command of this bed. */
  command(message: ReceivedMessage, provenance: Provenance): AlarmWork {
    checkReadable(message);
    const command = commandCodec.decode(message.value);
    if (command.bed !== message.key) {
      const what = `command for bed ${command.bed} was sent under the key ${quoted(message.key)}: the key must be the bed`;
      throw new BedsideError("BAD_MESSAGE", what);
    }
    const isLate = isLateAt(command, provenance.receivedAtMs);
    const bed = this.beds.bed(command.bed, message.partition);
    return alarmWork(bed, [], (alarms) => alarms.command(command, isLate), provenance);
  }

  /** A condition that the wall's clock has made. */
  condition(bed: Bed, condition: Condition): AlarmWork {
    return alarmWork(bed, [{ topic: "conditions", data: condition }], (alarms) => alarms.condition(condition), null);
  }

  /** The bed has brought samples. */
  heard(bed: Bed, nowMs: number): void {
    this.waiting.set(bed, { atMs: nowMs, isSilent: false });
  }

  /** Sets on the alarm clock of a bed that is silent, as far as is known at `nowMs`; null where that changes nothing. */
  wait(bed: Bed, nowMs: number): AlarmWork | null {
    const { atMs, isSilent } = this.waiting.get(bed) ?? { atMs: nowMs, isSilent: false };
    const elapsedMs = nowMs - atMs;
    if (!this.waiting.has(bed)) this.waiting.set(bed, { atMs, isSilent });
    if (elapsedMs < (isSilent ? WAIT_MS : SILENT_AFTER_MS)) return null;
    this.waiting.set(bed, { atMs: nowMs, isSilent: true });
    return bed.alarms.isQuiet ? null : alarmWork(bed, [], (alarms) => alarms.wait(elapsedMs), null);
  }

  close(): Promise<void> {
    return this.memory.close();
  }

  /** A bed that has alarms, though it may send nothing any more. */
  private wake(name: string, partition: number, atMs: number): void {
    try {
      const bed = this.beds.bed(name, partition);
      this.alarmsOf(bed);
      if (!this.waiting.has(bed)) this.waiting.set(bed, { atMs, isSilent: false });
    } catch (error) {
      // One bed too many: those that send frames come first.
      if (!(error instanceof BedsideError)) throw error;
    }
  }
}

const isLateAt = ({ atMs }: Command, nowMs: number): boolean => nowMs - atMs > LATE_MS;

const alarmWork = (
  bed: Bed,
  before: readonly TopicEvent[],
  say: (alarms: BedAlarms) => readonly AlarmEvent[],
  provenance: Provenance | null,
): AlarmWork => ({ type: "alarms", bed, before, say, provenance });
