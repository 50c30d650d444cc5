import { Compile } from "typebox/compile";
import {
  AskClockSchema,
  type Bed,
  DrawnSchema,
  HiddenSchema,
  type ProofMessage,
  type ServerMessage,
  ShowSchema,
  type Shown,
  type Subscribe,
  subscribeSchema,
} from "../../../contracts/socket.ts";
import type { Positions } from "../feed/cursor.ts";
import type { CutFrame } from "../feed/cut-frame.ts";
import type { LiveEvent, ToldEvent } from "../feed/event-log.ts";
import type { Feed, FeedListener } from "../feed/feed.ts";
import type { OpenScreen } from "../proof/screen-watch.ts";
import { CatchUp } from "./catch-up.ts";
import { type Outbox, TRY_AGAIN_LATER } from "./outbox.ts";
import { missedSince } from "./resume.ts";
import { ShownTraces } from "./shown-traces.ts";
import { snapshotText } from "./snapshot.ts";

/** Checks what clients ask for, with these topics beside frames. */
export const wishValidator = (events: readonly string[]) => Compile(subscribeSchema(events));
export type WishValidator = ReturnType<typeof wishValidator>;

const drawnValidator = Compile(DrawnSchema);
const hiddenValidator = Compile(HiddenSchema);
const showValidator = Compile(ShowSchema);
const askClockValidator = Compile(AskClockSchema);

const NO_FRAMES = "show: leads of frames are shown, subscribe to the topic frames, too";

/** What one client has asked for, and its snapshot and events on their way to the outbox. */
export class Session implements FeedListener {
  private topics: ReadonlySet<string> = new Set();
  private beds: ReadonlySet<string> | "*" = new Set();
  /** Counts subscribes: one that waits gives way to a later one. */
  private asked = 0;
  /** None is under way, and there was one. */
  private isSubscribed = false;
  /** Of a client that is a screen. */
  private screen: OpenScreen | null = null;
  /** Of a client that has told which leads it shows; null: it gets all, as on the bus. */
  private traces: ShownTraces | null = null;
  /** Of a client that has been away for longer than the log reaches, while it is told the past. */
  private catchUp: CatchUp | null = null;
  /** What is shown, told while a subscribe waits. */
  private shown: Shown | null = null;

  constructor(
    private readonly feed: Feed,
    private readonly outbox: Outbox,
    private readonly validator: WishValidator,
  ) {
    feed.listeners.add(this);
  }

  /** The client has subscribed at least once. */
  get hasAsked(): boolean {
    return this.asked > 0;
  }

  /** Takes a client's message. False when it is none of the protocol, which the client has been told. */
  receive(text: string): boolean {
    const wish = parse(text);
    if (this.screen && this.confirm(this.screen, wish)) return true;
    if (askClockValidator.Check(wish)) {
      this.tell({ type: "clock", askedMs: wish.askedMs, serverTimeMs: Date.now() });
      return true;
    }
    if (showValidator.Check(wish)) return this.show(wish);
    if (this.validator.Check(wish)) {
      if (wish.shown && !wish.topics.includes("frames")) return this.refuse(NO_FRAMES);
      this.shown = wish.shown ?? null;
      this.subscribe(wish).catch(() => this.outbox.close(TRY_AGAIN_LATER, "the bus does not answer"));
      return true;
    }
    const noun = isShow(wish) ? "show" : "subscribe";
    const first =
      wish === undefined ? undefined : [...(noun === "show" ? showValidator : this.validator).Errors(wish)][0];
    return this.refuse(
      first ? `${noun}${first.instancePath} ${first.message}` : "not JSON, a subscribe message is expected",
    );
  }

  frame(cut: CutFrame): void {
    if (!this.topics.has("frames") || !this.has(cut.bed)) return;
    if (this.traces) this.traces.frame(cut);
    else this.outbox.frame(cut.bed, cut.bytes);
  }

  event(event: LiveEvent): void {
    if (!this.wants(event)) return;
    const bytes = this.catchUp ? this.catchUp.live(event) : event.bytes;
    if (bytes) this.outbox.text(bytes);
  }

  bedChanged(bed: Bed): void {
    if (this.has(bed.bed)) this.tell({ type: "bed", bed });
  }

  canary({ topic, bytes }: ToldEvent): void {
    if (this.screen && this.topics.has(topic)) this.outbox.text(bytes);
  }

  proofChanged(message: ProofMessage): void {
    if (this.screen) this.tell(message);
  }

  /** `isGone`: the client said goodbye. */
  close(isGone: boolean): void {
    this.asked++;
    this.feed.listeners.delete(this);
    this.catchUp?.stop();
    this.screen?.close(isGone);
  }

  /** False where the message is no screen's. */
  private confirm(screen: OpenScreen, message: unknown): boolean {
    if (drawnValidator.Check(message)) screen.drawn(message);
    else if (hiddenValidator.Check(message)) screen.hidden();
    else return false;
    return true;
  }

  private show(shown: Shown): boolean {
    if (!this.hasAsked || (this.isSubscribed && !this.topics.has("frames"))) {
      return this.refuse(NO_FRAMES);
    }
    this.shown = shown;
    if (this.isSubscribed) this.applyShown();
    return true;
  }

  private applyShown(): void {
    const { shown } = this;
    if (!shown) return;
    this.shown = null;
    this.outbox.compresses = true;
    this.traces ??= new ShownTraces(this.feed.recent, this.outbox);
    this.tell({ type: "shown", asked: shown.asked });
    this.traces.show(shown.beds, (bed) => this.has(bed));
  }

  /** Snapshot, then what followed `since`, and from there on what comes: nothing can come in between. */
  private async subscribe({ topics, beds, since, screen }: Subscribe): Promise<void> {
    const turn = ++this.asked;
    this.isSubscribed = false;
    await this.feed.ready;
    const positions = since === undefined ? null : await this.feed.reach(since);
    // Of one that is under way nothing is lost, unless its client begins anew with a cursor.
    if (since === undefined) await this.catchUp?.done;
    await this.outbox.replayed;
    if (turn !== this.asked) return;
    this.catchUp?.stop();
    this.catchUp = null;
    this.topics = new Set(topics);
    this.beds = beds === "*" ? beds : new Set(beds);
    // Other programs are fast on fast ways: what it costs is for screens.
    this.outbox.compresses = this.shown !== null;
    const cursor = positions && since !== undefined ? since : this.feed.log.cursor;
    const wanted = { has: (bed: string) => this.has(bed), withNames: this.topics.has("admissions") };
    this.outbox.text(snapshotText(this.feed.ward, wanted, cursor, Date.now()));
    if (screen !== undefined) this.openScreen(screen);
    if (positions) this.replay(positions, screen !== undefined);
    else if (since !== undefined) this.tellGaps(this.feed.topics);
    this.isSubscribed = true;
    this.traces = null;
    if (this.topics.has("frames")) this.applyShown();
  }

  private openScreen(name: string): void {
    this.screen ??= this.feed.proof.board.openScreen(name);
    this.tell(this.feed.proof.message);
  }

  /** What the log does not keep any more is read from the bus, but for screens: they show the present. */
  private replay(positions: Positions, isScreen: boolean): void {
    const { log, topics } = this.feed;
    const partitions = this.beds === "*" ? null : new Set([...this.beds].map((bed) => this.feed.partitionOf(bed)));
    const { since, behind } = missedSince(log, topics, positions, { wanted: this.topics, partitions });
    if (isScreen) behind.clear();
    const { missing, events } = log.replay(since, behind);
    this.tellGaps(missing);
    this.outbox.backlog(this.wanted(events));
    if (behind.size > 0) this.tellPast(behind);
  }

  private tellPast(behind: Map<string, number[]>): void {
    const { feed, outbox } = this;
    const catchUp = new CatchUp({
      log: feed.log,
      past: feed.past,
      outbox,
      behind,
      wants: (event) => this.wants(event),
      onMissing: (topic) => this.tellGaps([topic]),
    });
    this.catchUp = catchUp;
    catchUp.run().then(
      () => {
        if (this.catchUp === catchUp) this.catchUp = null;
      },
      () => outbox.close(TRY_AGAIN_LATER, "the bus does not answer"),
    );
  }

  private *wanted(events: Iterable<ToldEvent>): Iterable<Uint8Array> {
    for (const event of events) if (this.wants(event)) yield event.bytes;
  }

  private wants({ topic, bed }: Pick<ToldEvent, "topic" | "bed">): boolean {
    return this.topics.has(topic) && this.has(bed);
  }

  private tellGaps(topics: readonly string[]): void {
    for (const topic of topics) {
      if (this.topics.has(topic)) this.tell({ type: "gap", topic, bed: null, count: 0, reason: "not-kept" });
    }
  }

  private has(bed: string): boolean {
    return this.beds === "*" || this.beds.has(bed);
  }

  private refuse(message: string): false {
    this.tell({ type: "error", code: "BAD_MESSAGE", message });
    return false;
  }

  private tell(message: ServerMessage): void {
    this.outbox.text(JSON.stringify(message));
  }
}

const isShow = (message: unknown): boolean =>
  message !== null && typeof message === "object" && "type" in message && message.type === "show";

/** Undefined where the text is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
