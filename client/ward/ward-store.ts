import type { Model } from "../../contracts/api.ts";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { Beat } from "../../contracts/beat.ts";
import { CANARY_TOPIC, isCanary, provenBy } from "../../contracts/canary.ts";
import type { Condition } from "../../contracts/condition.ts";
import type { Frame } from "../../contracts/frame.ts";
import type { Show } from "../../contracts/socket.ts";
import type { Trace } from "../../contracts/trace-reader.ts";
import type { Bed, Snapshot, SocketEventIn } from "../../contracts/socket.ts";
import type { EventTable } from "../../contracts/topics.ts";
import { Changes } from "../changes.ts";
import type { FeedState } from "../feed/feed.ts";
import type { FeedMessage } from "../feed/messages.ts";
import { type Alarm, alarmsOf, byUrgency } from "./alarm.ts";
import { ScreenProof } from "../proof/screen-proof.ts";
import { ServerClock } from "../truth/server-clock.ts";
import type { TracePainter } from "../trace/painting/painter.ts";
import { MonitoredBed } from "./monitored-bed.ts";
import { REDUCERS, type Reducer } from "./reducers.ts";

export interface BedAlarm {
  readonly bed: MonitoredBed;
  readonly alarm: Alarm;
}

/**
 * All that the page knows, fed by the socket. A change is told to those whom it concerns alone: what a bed's beat changes is
 * told by `bed.changes`, and samples are never told of.
 */
export class WardStore {
  readonly changes = {
    /** Which beds there are, and whether that is known. */
    beds: new Changes(),
    /** Which leads a bed has. */
    leads: new Changes(),
    /** The alarms of all beds, and which beds are monitored. */
    alarms: new Changes(),
    connection: new Changes(),
    rejected: new Changes(),
    model: new Changes(),
  };
  /** What classifies, as the gateway says; null where it does not. */
  model: Model | null = null;
  readonly proof = new ScreenProof();
  readonly clock = new ServerClock();
  readonly beds = new Map<string, MonitoredBed>();
  connection: FeedState = { status: "connecting" };
  /** A snapshot has come: an empty list of beds means that there are none. */
  known = false;
  /** When the last message came from the gateway from which the page is cut off (performance.now()); null while it is not. */
  cutOffMs: number | null = null;
  private heardMs = 0;
  private sent: Show["beds"] | null = null;
  /** Messages that were none of the protocol. */
  rejected = 0;
  /** What is added to the gateway's Unix ms gives `performance.now()`, as of the last snapshot. */
  private clockMs = 0;

  /** `reducers`: of every topic whose events are taken (Reducers, which says of what type their data is); `painter`: draws the beds' traces. */
  constructor(
    private readonly reducers: Readonly<Record<string, Reducer<never>>> = REDUCERS,
    readonly painter: Pick<TracePainter, "tell" | "headOf"> = { tell: () => {}, headOf: () => null },
  ) {}

  /** Beds in the order of their names, numbers by value. */
  get sortedBeds(): MonitoredBed[] {
    return [...this.beds.values()].sort((a, b) => a.bed.localeCompare(b.bed, "en", { numeric: true }));
  }

  /** Of all beds, the most urgent first. */
  get alarms(): BedAlarm[] {
    return [...this.beds.values()]
      .flatMap((bed) => alarmsOf(bed).map((alarm) => ({ bed, alarm })))
      .sort((a, b) => byUrgency(a.alarm, b.alarm));
  }

  /** Beds that nobody monitors. */
  get unmonitored(): number {
    let count = 0;
    for (const bed of this.beds.values()) if (bed.unmonitored) count++;
    return count;
  }

  setConnection(state: FeedState): void {
    this.connection = state;
    const isCutOff = this.known && state.status !== "live";
    if (isCutOff !== (this.cutOffMs !== null)) this.cut(isCutOff ? this.heardMs : null);
    this.changes.connection.tell();
  }

  /** Nothing here is of this moment since then; null: it is again. */
  private cut(sinceMs: number | null): void {
    this.cutOffMs = sinceMs;
    for (const bed of this.beds.values()) {
      bed.cutOffMs = sinceMs;
      bed.changes.tell();
    }
    this.changes.alarms.tell();
  }

  setModel(model: Model | null): void {
    this.model = model;
    this.changes.model.tell();
  }

  reject(): void {
    this.rejected++;
    this.changes.rejected.tell();
  }

  /** Takes a message that came at `nowMs` (performance.now()). */
  take(message: FeedMessage<EventTable>, nowMs: number): void {
    if (message.kind !== "clock" && message.kind !== "shown") this.heardMs = nowMs;
    switch (message.kind) {
      case "frame":
        return this.takeFrame(message.frame, nowMs);
      case "snapshot":
        return this.takeSnapshot(message.snapshot, nowMs);
      case "bed":
        return this.takeBed(message.bed);
      case "event":
        if (isCanary(message.event.bed)) return this.takeCanary(message.event, nowMs);
        return this.takeEvent(message.event);
      case "proof":
        return this.proof.take(message.proof);
      case "clock":
        return this.clock.answered(message.askedMs, nowMs, message.serverMs);
      case "shown":
        // Who asked takes it (ShownTraces).
        return;
      case "gap":
        // Frames that were left out are holes in the trace, which shows them as such.
        return;
      case "error":
        return this.reject();
    }
  }

  /** Of these leads alone samples come from here on; without it of all. */
  sendOnly(sent: Show["beds"]): void {
    this.sent = sent;
    for (const bed of this.beds.values()) bed.sendOnly(sent[bed.bed] ?? []);
  }

  /** Beats and conditions from before this page was opened. */
  addHistory(name: string, beats: readonly Beat[], conditions: readonly Condition[]): void {
    const bed = this.bed(name);
    for (const beat of beats) bed.addBeat(beat);
    for (const condition of conditions) bed.conditions.remember(condition);
    bed.changes.tell();
  }

  private takeFrame(frame: Frame | Trace, nowMs: number): void {
    const bed = this.bed(frame.bed);
    const hadOpen = bed.open.size > 0;
    const leads = bed.leads.join("\n");
    if (!bed.addFrame(frame, nowMs)) return;
    bed.changes.tell();
    if (bed.leads.join("\n") !== leads) this.changes.leads.tell();
    if (hadOpen) this.changes.alarms.tell();
  }

  private takeSnapshot({ serverTimeMs, beds, conditions, alarms, admissions, beats }: Snapshot, nowMs: number): void {
    this.known = true;
    this.clockMs = nowMs - serverTimeMs;
    // Of a bed that is not in it the gateway knows nothing.
    for (const bed of this.beds.values()) bed.unmonitored = null;
    for (const described of beds) this.bed(described.bed).describe(described, this.clockMs);
    for (const bed of this.beds.values())
      bed.conditions.replaceOpen(conditions.filter((condition) => condition.bed === bed.bed));
    for (const bed of this.beds.values()) bed.alarms = null;
    for (const ofBed of alarms) this.bed(ofBed.bed).alarms = ofBed;
    // A gateway that has begun anew may count anew.
    for (const admission of admissions) this.bed(admission.bed).admission = admission;
    for (const beat of beats) this.bed(beat.bed).addBeat(beat);
    for (const bed of this.beds.values()) {
      if (bed.isUnknown) this.beds.delete(bed.bed);
      bed.changes.tell();
    }
    this.changes.beds.tell();
    this.changes.alarms.tell();
  }

  private takeBed(described: Bed): void {
    const bed = this.bed(described.bed);
    bed.describe(described, this.clockMs);
    if (bed.isUnknown) this.beds.delete(described.bed);
    bed.changes.tell();
    this.changes.beds.tell();
    this.changes.alarms.tell();
  }

  /** Canaries are no beds of the ward. */
  private takeCanary({ topic, bed, data }: SocketEventIn<EventTable>, nowMs: number): void {
    const proven = topic === CANARY_TOPIC ? provenBy(data as AlarmEvent) : null;
    if (proven) this.proof.canary({ bed, sample: proven.sample }, nowMs);
  }

  private takeEvent({ topic, bed: name, data }: SocketEventIn<EventTable>): void {
    const bed = this.bed(name);
    const change = this.reducers[topic](bed, data as never);
    if (change === "nothing") return;
    if (change === "open conditions") this.changes.alarms.tell();
    bed.changes.tell();
  }

  private bed(name: string): MonitoredBed {
    let bed = this.beds.get(name);
    if (!bed) {
      bed = new MonitoredBed(name, (bed, told) => this.painter.tell(bed, told));
      bed.cutOffMs = this.cutOffMs;
      if (this.sent) bed.sendOnly(this.sent[name] ?? []);
      this.beds.set(name, bed);
      this.changes.beds.tell();
    }
    return bed;
  }
}
