import { Changes } from "../../changes.ts";
import type { SweepGeometry } from "../drawing/calibration.ts";
import type { Palette } from "../drawing/palette.ts";
import type { DisplayFilterName } from "../samples/display-filter.ts";
import type { Told } from "../samples/told.ts";

/** What a view shows, how, and where on its sheet: device pixels of the trace's upper left corner. */
export interface ViewSettings {
  readonly x: number;
  readonly y: number;
  readonly bed: string;
  readonly lead: number;
  readonly filter: DisplayFilterName;
  readonly geometry: SweepGeometry;
  readonly palette: Palette;
  /** What stands where the lead is off. */
  readonly offWords: string;
}

export type PaintCanvas = HTMLCanvasElement | OffscreenCanvas;

/** What a painter is told, in order. `sheet`, `view`: a number of its own for each. */
export type PainterMessage<C extends PaintCanvas = PaintCanvas> =
  | { readonly kind: "told"; readonly bed: string; readonly told: Told }
  | { readonly kind: "sheet"; readonly sheet: number; readonly paper: C; readonly sweep: C }
  | { readonly kind: "size"; readonly sheet: number; readonly width: number; readonly height: number }
  | { readonly kind: "drop"; readonly sheet: number }
  | { readonly kind: "open"; readonly view: number; readonly sheet: number }
  | { readonly kind: "settings"; readonly view: number; readonly settings: ViewSettings; readonly serial: number }
  | { readonly kind: "sight"; readonly view: number; readonly isInSight: boolean }
  | { readonly kind: "close"; readonly view: number };

/** What a painter says of a view: by how much the chosen gain is multiplied. */
export interface FactorChange {
  readonly view: number;
  readonly factor: number;
}

/** What a painter says of what it draws, twice a second: where the head of each bed's trace stands that somebody looks at. */
export interface DrawnHeads {
  /** By bed, a position of its trace. */
  readonly heads: Readonly<Record<string, number>>;
}

/** Which views have been drawn by which of their settings, for the first time by these. */
export interface DrawnViews {
  readonly drawn: readonly { readonly view: number; readonly serial: number }[];
}

export type PainterNews = FactorChange | DrawnHeads | DrawnViews;

/** A lead that somebody can see. */
export type LookedAt = Pick<ViewSettings, "bed" | "lead">;

/** Where a trace's head stood, and when that was told (performance.now()). */
export interface DrawnHead {
  readonly position: number;
  readonly toldMs: number;
}

/** Draws traces on canvases, once an animation frame: on a thread of its own, or on the page's. */
export interface TracePainter {
  /** What is told of a bed's trace. */
  tell(bed: string, told: Told): void;
  /** Draws on these canvases from here on, which it keeps: one lies over the other. */
  openSheet(paper: HTMLCanvasElement, sweep: HTMLCanvasElement): TraceSheet;
  /** Of which beds which leads' samples are to come, by their places: those in sight, and those that are kept. One may be there twice. */
  readonly wanted: Iterable<LookedAt>;
  /** Told when others are. */
  readonly looks: Changes;
  /** As it was last told of a bed that somebody looks at; null where nobody does, or nothing has been told. */
  headOf(bed: string): DrawnHead | null;
}

/** Canvases that traces share: one layer for the browser to put together, however many traces there are. */
export interface TraceSheet {
  /** Device pixels. All that is on it is drawn again. */
  setSize(width: number, height: number): void;
  open(listener: ViewListener): PaintedView;
  /** Its canvases can't be drawn on by anybody after that. */
  close(): void;
}

export interface ViewListener {
  /** The chosen gain is multiplied by another factor. */
  onFactor(factor: number): void;
  /** What stands at the view's place is what it was last set to. */
  onDrawn(): void;
}

/** One lead at its place. */
export interface PaintedView {
  /** Other settings draw everything again. `isKept`: samples are to come while it is out of sight, too. */
  set(settings: ViewSettings, isKept?: boolean): void;
  /** What is out of sight is not drawn. */
  see(isInSight: boolean): void;
  /** Its place is wiped. */
  close(): void;
}

/** A painter of what goes by `post` to where the engine runs, and of what comes back by `heard`. */
export function painterOf(post: (message: PainterMessage<HTMLCanvasElement>) => void): {
  readonly painter: TracePainter;
  readonly heard: (news: PainterNews) => void;
} {
  const listeners = new Map<number, ViewListener & { serial: number }>();
  const heads = new Map<string, DrawnHead>();
  /** Of the views in sight. */
  const looked = new Map<number, LookedAt>();
  const kept = new Map<number, LookedAt>();
  const looks = new Changes();
  /** Where a head stood when nobody looked any more says nothing of when somebody looks again. */
  const forget = (): void => {
    for (const bed of heads.keys()) if (!isLookedAt(bed)) heads.delete(bed);
  };
  const isLookedAt = (name: string): boolean => [...looked.values()].some(({ bed }) => bed === name);
  let views = 0;
  let sheets = 0;

  const openView = (sheet: number, { onFactor, onDrawn }: ViewListener): PaintedView => {
    const view = views++;
    const listener = { onFactor, onDrawn, serial: 0 };
    listeners.set(view, listener);
    post({ kind: "open", view, sheet });
    let at: LookedAt | null = null;
    let [isSeen, isKept] = [true, false];
    const look = (): void => {
      if (isSeen && at) looked.set(view, at);
      else looked.delete(view);
      if (isKept && at) kept.set(view, at);
      else kept.delete(view);
      forget();
      looks.tell();
    };
    return {
      set: (settings, keeps = false) => {
        isKept = keeps;
        at = { bed: settings.bed, lead: settings.lead };
        look();
        post({ kind: "settings", view, settings, serial: ++listener.serial });
      },
      see: (isInSight) => {
        isSeen = isInSight;
        look();
        post({ kind: "sight", view, isInSight });
      },
      close: () => {
        listeners.delete(view);
        isSeen = isKept = false;
        look();
        post({ kind: "close", view });
      },
    };
  };

  const painter: TracePainter = {
    tell: (bed, told) => post({ kind: "told", bed, told }),
    openSheet: (paper, sweep) => {
      const sheet = sheets++;
      post({ kind: "sheet", sheet, paper, sweep });
      return {
        setSize: (width, height) => post({ kind: "size", sheet, width, height }),
        open: (listener) => openView(sheet, listener),
        close: () => post({ kind: "drop", sheet }),
      };
    },
    headOf: (bed) => heads.get(bed) ?? null,
    get wanted() {
      return [...looked.values(), ...kept.values()];
    },
    looks,
  };
  const heard = (news: PainterNews): void => {
    if ("factor" in news) return listeners.get(news.view)?.onFactor(news.factor);
    if ("drawn" in news) {
      for (const { view, serial } of news.drawn) {
        const listener = listeners.get(view);
        if (listener?.serial === serial) listener.onDrawn();
      }
      return;
    }
    const toldMs = performance.now();
    for (const [bed, position] of Object.entries(news.heads)) if (isLookedAt(bed)) heads.set(bed, { position, toldMs });
  };
  return { painter, heard };
}
