import { type Frame, sampleCount } from "../../../contracts/frame.ts";
import { encodeTrace, encodeTraceHead, encodeTraceLead } from "../../../contracts/trace-writer.ts";

/** What holds for a bed's frames until a lead, the rate, the source or the epoch is another. */
export interface TraceHead {
  readonly frame: Frame;
  readonly bytes: Uint8Array;
}

/** Leads that a client shows of a bed, and a text that is the same for the same leads. */
export interface ShownLeads {
  readonly names: ReadonlySet<string>;
  readonly key: string;
}

export const shownLeads = (names: readonly string[]): ShownLeads => ({
  names: new Set(names),
  key: [...new Set(names)].toSorted().join("\n"),
});

export const NO_LEADS = shownLeads([]);

/** A frame, and what clients get of it that show some of its leads: each lead is encoded once for all of them, and each choice of leads, too. */
export class CutFrame {
  readonly head: TraceHead;
  private readonly leads: (Uint8Array | undefined)[] = [];
  private readonly traces = new Map<string, Uint8Array>();

  /** `bytes`: the frame as on the bus; `before`: the bed's last one. */
  constructor(
    readonly frame: Frame,
    readonly bytes: Uint8Array,
    before: CutFrame | null,
  ) {
    const isSame = before !== null && hasSameHead(before.head.frame, frame);
    this.head = isSame ? before.head : { frame, bytes: encodeTraceHead(frame) };
  }

  get bed(): string {
    return this.frame.bed;
  }

  /** Seconds of signal. */
  get seconds(): number {
    return sampleCount(this.frame) / this.frame.samplingRateHz;
  }

  /** Trace bytes with the leads of these names. */
  trace(shown: ShownLeads, isHeaded: boolean): Uint8Array {
    const key = `${isHeaded ? "head" : ""}\n${shown.key}`;
    let trace = this.traces.get(key);
    if (!trace) {
      trace = this.encode(shown, isHeaded, false);
      this.traces.set(key, trace);
    }
    return trace;
  }

  /** The same for a client that shows these leads from here on. */
  traceAgain(shown: ShownLeads, isHeaded: boolean): Uint8Array {
    return this.encode(shown, isHeaded, true);
  }

  /** Once nobody else gets it: what was encoded is forgotten. */
  rest(): void {
    this.leads.length = 0;
    this.traces.clear();
  }

  private encode({ names }: ShownLeads, isHeaded: boolean, again: boolean): Uint8Array {
    const { frame, head } = this;
    const leads = frame.leads.flatMap((lead, place) =>
      names.has(lead.name) ? (this.leads[place] ??= encodeTraceLead(place, lead)) : [],
    );
    return encodeTrace(frame, sampleCount(frame), { head: isHeaded ? head.bytes : null, leads, again });
  }
}

function hasSameHead(a: Frame, b: Frame): boolean {
  return (
    a.epoch === b.epoch &&
    a.epochStartMs === b.epochStartMs &&
    a.samplingRateHz === b.samplingRateHz &&
    a.source === b.source &&
    a.leads.length === b.leads.length &&
    a.leads.every((lead, place) => {
      const other = b.leads[place];
      return (
        lead.name === other.name &&
        lead.gainAduPerMv === other.gainAduPerMv &&
        lead.baselineAdu === other.baselineAdu &&
        lead.unit === other.unit
      );
    })
  );
}
