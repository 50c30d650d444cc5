import type { Show } from "../../../contracts/socket.ts";
import { type CutFrame, NO_LEADS, type ShownLeads, shownLeads, type TraceHead } from "../feed/cut-frame.ts";
import type { RecentFrames } from "../feed/recent-frames.ts";
import type { Outbox } from "./outbox.ts";

/** The frames of one client that has told which leads it shows: headers of all its beds, samples of those leads. */
export class ShownTraces {
  private shown: ReadonlyMap<string, ShownLeads> = new Map();
  /** By bed, the head that the client has. */
  private readonly heads = new Map<string, TraceHead>();

  constructor(
    private readonly recent: Pick<RecentFrames, "of">,
    private readonly outbox: Pick<Outbox, "frame" | "backlog">,
  ) {}

  /** It shows these from here on; of what it did not show before, the last seconds go before all that comes. */
  show(beds: Show["beds"], has: (bed: string) => boolean): void {
    const before = this.shown;
    this.shown = new Map(Object.entries(beds).map(([bed, names]) => [bed, shownLeads(names)]));
    const frames: [CutFrame, ShownLeads][] = [];
    for (const [bed, { names }] of this.shown) {
      if (!has(bed)) continue;
      const known = before.get(bed)?.names;
      const added = shownLeads([...names].filter((name) => !known?.has(name)));
      if (added.names.size > 0) for (const cut of this.recent.of(bed)) frames.push([cut, added]);
    }
    if (frames.length > 0) this.outbox.backlog(tracesAgain(frames), true);
  }

  frame(cut: CutFrame): void {
    const { bed, head } = cut;
    const isHeaded = this.heads.get(bed) !== head;
    const isSent = this.outbox.frame(bed, cut.trace(this.shown.get(bed) ?? NO_LEADS, isHeaded));
    if (isSent && isHeaded) this.heads.set(bed, head);
  }
}

/** Each bed's first has its head: what was sent before may still wait behind. */
function* tracesAgain(frames: readonly [CutFrame, ShownLeads][]): Iterable<Uint8Array> {
  let head: TraceHead | null = null;
  for (const [cut, leads] of frames) {
    yield cut.traceAgain(leads, cut.head !== head);
    ({ head } = cut);
  }
}
