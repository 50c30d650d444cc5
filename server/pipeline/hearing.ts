import { crc32 } from "node:zlib";
import { checkReadable, type ReceivedMessage } from "../../bus/bus.ts";
import { isCanary } from "../../contracts/canary.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { decodeFrame, type Frame, frameEnd } from "../../contracts/frame.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { quoted } from "../../contracts/words.ts";
import type { Span, Tracing } from "../../kit/tracing.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import type { Bed } from "./bed/bed.ts";
import type { OffClock } from "./bed/clock-offset.ts";
import type { Beds } from "./bed/beds.ts";
import { beginFrame } from "./frame-span.ts";
import { asBedsideError, deadFrame, deadLetter } from "./messages.ts";
import type { PipelineObserver } from "./observer.ts";
import type { ReadUpTo } from "./read-up-to.ts";
import { type HeardWork, type Provenance, readyWork, type Work } from "./work.ts";

export interface HearingOptions {
  readonly beds: Beds;
  readonly desk: AlarmDesk;
  readonly read: ReadUpTo;
  readonly observer: PipelineObserver;
  /** Null: no spans are made. */
  readonly tracing: Tracing | null;
}

/** What came to a partition so long ago has been received, ms: none of its frames waits for this worker. */
const CURRENT_MS = 5000;

/** Where works begin: what messages, and the wall's clock where none come, make beds hear. */
export class Hearing {
  constructor(private readonly options: HearingOptions) {}

  /** Canaries are not counted. */
  observerOf(bed: string): PipelineObserver {
    return isCanary(bed) ? NOBODY : this.options.observer;
  }

  /** A frame or a command; what cannot be read, or not be believed, becomes a dead letter. */
  receive(message: ReceivedMessage, assignment: number): readonly Work[] {
    const { beds, desk, read, observer, tracing } = this.options;
    const { partition, offset } = message;
    const nowMs = Date.now();
    const traceparent = message.headers[HEADERS.traceparent];
    const provenance: Provenance = { partition, offset, receivedAtMs: nowMs, assignment, traceparent };
    let span: Span | undefined;
    try {
      if (message.topic === TOPICS.commands) return [desk.command(message, provenance)];
      read.received(message);
      const digest = crc32(message.value);
      if (this.wasHeard(message, digest)) return [readyWork([], provenance)];
      checkReadable(message);
      const frame = decodeFrame(message.value);
      checkKey(frame.bed, message.key);
      this.observerOf(frame.bed).frame?.((nowMs - frame.producedAtMs) / 1000);
      const bed = beds.bed(frame.bed, partition);
      if (!tracing || isCanary(frame.bed)) return this.hear(bed, frame, { ...provenance, digest });
      span = beginFrame(tracing, message, frame);
      return this.hear(bed, frame, { ...provenance, digest, span, traceparent: span.traceparent });
    } catch (cause) {
      const error = asBedsideError(cause);
      span?.end(error.code);
      observer.deadLetter?.(error, `${message.topic}/${partition}/${offset}`, message.key);
      const letter = readyWork([deadLetter(message, error)], provenance);
      return [message.topic === TOPICS.commands ? { ...letter, topic: TOPICS.commands } : letter];
    }
  }

  /** Some of the wall's time has passed. */
  watch(nowMs: number): readonly Work[] {
    const { beds, read, observer } = this.options;
    let unheard = 0;
    const clocks = { ahead: 0, behind: 0 };
    for (const bed of beds) {
      const count = bed.unheard.goingOn(nowMs);
      if (count > 0) {
        unheard++;
        observer.unheard?.(bed.name, count);
      }
      const clock = this.clockOff(bed, nowMs);
      if (clock) clocks[clock]++;
    }
    observer.turn?.({ unheard, clocks });
    return [...beds].flatMap((bed) => this.watchBed(bed, read.of(bed.partition)));
  }

  /** Canaries are their simulator's own, whose beds tell of its clock. */
  private clockOff(bed: Bed, nowMs: number): OffClock | null {
    if (isCanary(bed.name)) return null;
    const readMs = this.options.read.of(bed.partition);
    const off = bed.clock.off(nowMs, readMs !== null && nowMs - readMs <= CURRENT_MS);
    const news = bed.clock.news();
    if (news) this.options.observer.clockOff?.(bed.name, news.epoch, news.offsetMs);
    return off;
  }

  /**
   * Whether the bed's checkpoint is of this frame, or of one behind it. Where another frame lies at its place, the log is another one
   * (a broker that lost its last messages has given their offsets again): the bed begins anew.
   */
  private wasHeard({ key, partition, offset }: ReceivedMessage, digest: number): boolean {
    const { beds, observer } = this.options;
    const bed = beds.get(key);
    if (!bed || offset > bed.offset) return false;
    if (offset < bed.offset || digest === bed.digest) return true;
    beds.forget(bed);
    observer.otherLog?.(key, `${TOPICS.frames}/${partition}/${offset}`);
    return false;
  }

  private hear(bed: Bed, frame: Frame, provenance: Provenance): readonly Work[] {
    const { receivedAtMs } = provenance;
    const heard = bed.push(frame, provenance);
    // Where nothing is said of the frame, its message is through with it all the same.
    const isFinished = heard.length > 0 && heard[heard.length - 1].finishesMessage;
    const works: readonly Work[] = isFinished ? heard : [...heard, readyWork([], provenance)];
    const isNews = heard.some(bringsNews);
    if (isNews) this.options.desk.heard(bed, receivedAtMs);
    const before = [...this.refused(bed), ...(isNews ? this.silenceEnded(bed, frame, receivedAtMs) : [])];
    return before.length > 0 ? [...before, ...works] : works;
  }

  /** A source that sends the same frame again and again gives no data: what brings samples ends a silence. */
  private silenceEnded(bed: Bed, frame: Frame, nowMs: number): readonly Work[] {
    const ended = bed.silence.heard(nowMs, bed.epoch, frame.firstSample, frameEnd(frame));
    if (!ended) return NONE;
    this.observerOf(bed.name).condition?.(ended);
    return [this.options.desk.condition(bed, ended)];
  }

  private refused(bed: Bed): readonly Work[] {
    const refusals = bed.takeRefusals();
    if (refusals.length === 0) return NONE;
    for (const { error, frame, provenance } of refusals) {
      const place = `${TOPICS.frames}/${provenance.partition}/${provenance.offset}`;
      this.options.observer.deadLetter?.(error, place, frame.bed);
    }
    return [readyWork(refusals.map(deadFrame))];
  }

  /** `nowMs`: what the bed had sent by then has been received; null: that is not known of any moment. */
  private watchBed(bed: Bed, nowMs: number | null): readonly Work[] {
    if (nowMs === null) return NONE;
    const { desk } = this.options;
    if (bed.silence.releasable(nowMs)) bed.hold.release();
    const held = bed.checkHeld(nowMs);
    const works: Work[] = [...held, ...this.refused(bed)];
    // An epoch that has ended is not silent; else the frame that was held came seconds ago, and the bed is.
    const spoken = bed.epoch === null && held.length > 0 ? bed.silence.heard(nowMs, null, 0) : bed.checkSilence(nowMs);
    if (spoken) {
      this.observerOf(bed.name).condition?.(spoken);
      works.push(desk.condition(bed, spoken));
    }
    const waited = desk.wait(bed, nowMs);
    return waited ? [...works, waited] : works;
  }
}

const NONE: readonly Work[] = [];
const NOBODY: PipelineObserver = {};

const bringsNews = ({ progress }: HeardWork): boolean =>
  progress !== null && (progress.ended || progress.endSample > progress.firstSample);

/** A bed on a partition that is not its own would have two workers. */
function checkKey(bed: string, key: string): void {
  if (bed === key) return;
  const what = `frame of bed ${bed} was sent under the key ${quoted(key)}: the key must be the bed`;
  throw new BedsideError("BAD_FRAME", what);
}
