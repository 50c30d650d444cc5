import type { Show, Shown } from "../../contracts/socket.ts";
import type { FeedMessage } from "../feed/messages.ts";
import type { EventTable } from "../../contracts/topics.ts";
import type { TracePainter } from "../trace/painting/painter.ts";
import type { WardStore } from "./ward-store.ts";

/** Tiles that come into sight one after another are asked for together. */
const TOGETHER_MS = 60;
/** The gateway takes a message a second from a client, all in all: so many are asked within so long. */
const ASKED = { most: 6, withinMs: 10_000 } as const;

type Beds = Show["beds"];

/**
 * Asks the gateway for samples of the leads that are in sight, or of a bed that is open, and of no others; of none while nobody can see the page. A lead that was not asked
 * for stays empty until its samples come: those that were under way when others were asked for are not its own.
 */
export class ShownTraces {
  private asked = 0;
  private wanted: Beds = {};
  /** Of which samples come. */
  private sent: Beds = {};
  /** What was asked for and has not been answered. */
  private readonly pending = new Map<number, Beds>();
  private readonly askedAtMs: number[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ward: Pick<WardStore, "beds" | "changes" | "connection" | "sendOnly">,
    private readonly painter: Pick<TracePainter, "wanted" | "looks">,
    private readonly send: (show: Show) => void,
    private readonly page: Pick<Document, "hidden" | "addEventListener"> = document,
  ) {
    ward.sendOnly({});
    for (const changes of [painter.looks, ward.changes.beds, ward.changes.leads]) changes.subscribe(() => this.look());
    page.addEventListener("visibilitychange", () => this.look());
  }

  /** What a subscribe asks for. Nothing comes before its answer. */
  subscribe(): Shown {
    this.sent = {};
    this.pending.clear();
    this.ask(this.inSight);
    return { asked: this.asked, beds: this.wanted };
  }

  take(message: Pick<FeedMessage<EventTable>, "kind"> & { readonly asked?: number }): void {
    if (message.kind === "snapshot") this.look();
    const answered = this.pending.get(message.kind === "shown" ? (message.asked ?? -1) : -1);
    if (!answered) return;
    this.pending.delete(message.asked ?? -1);
    this.keep(answered);
  }

  private look(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.askForOthers();
    }, this.waitMs);
  }

  private askForOthers(): void {
    const { status } = this.ward.connection;
    // Each connection begins with what is in sight then.
    if (status !== "live" && status !== "stale") return;
    const { inSight } = this;
    if (JSON.stringify(inSight) === JSON.stringify(this.wanted)) return;
    this.askedAtMs.push(performance.now());
    this.ask(inSight);
    this.send({ type: "show", asked: this.asked, beds: this.wanted });
  }

  private ask(wanted: Beds): void {
    this.pending.set(++this.asked, wanted);
    this.wanted = wanted;
    this.keep(this.sent);
  }

  /** Of what is wanted, samples come of these. */
  private keep(sent: Beds): void {
    const both = Object.entries(this.wanted).map(([bed, leads]) => {
      const known = bed in sent ? sent[bed] : [];
      return [bed, leads.filter((lead) => known.includes(lead))] as const;
    });
    this.sent = Object.fromEntries(both);
    this.ward.sendOnly(this.sent);
  }

  private get waitMs(): number {
    const nowMs = performance.now();
    const { askedAtMs } = this;
    while (askedAtMs.length > 0 && askedAtMs[0] < nowMs - ASKED.withinMs) askedAtMs.shift();
    return askedAtMs.length < ASKED.most ? TOGETHER_MS : askedAtMs[0] + ASKED.withinMs - nowMs;
  }

  /** In the order of names, so that the same is the same. */
  private get inSight(): Beds {
    if (this.page.hidden) return {};
    const leads = new Map<string, Set<string>>();
    for (const { bed, lead } of this.painter.wanted) {
      const name = this.ward.beds.get(bed)?.leads[lead];
      if (name) leads.set(bed, (leads.get(bed) ?? new Set()).add(name));
    }
    const sorted = [...leads].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([bed, names]) => [bed, [...names].toSorted()]));
  }
}
