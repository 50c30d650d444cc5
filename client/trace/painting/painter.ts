import { Changes } from "../../changes.ts";
import type { SweepGeometry } from "../drawing/calibration.ts";
import type { Palette } from "../drawing/palette.ts";
import type { DisplayFilterName } from "../samples/display-filter.ts";
import type { Told } from "../samples/told.ts";

/** What a view shows, and how. */
export interface ViewSettings {
  readonly bed: string;
  readonly lead: number;
  readonly filter: DisplayFilterName;
  readonly geometry: SweepGeometry;
  readonly palette: Palette;
}

export type PaintCanvas = HTMLCanvasElement | OffscreenCanvas;

/** What a painter is told, in order. `view`: a number of its own for each. */
export type PainterMessage<C extends PaintCanvas = PaintCanvas> =
  | { readonly kind: "told"; readonly bed: string; readonly told: Told }
  | { readonly kind: "open"; readonly view: number; readonly paper: C; readonly sweep: C }
  | { readonly kind: "settings"; readonly view: number; readonly settings: ViewSettings }
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

export type PainterNews = FactorChange | DrawnHeads;

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
  /** Draws on these canvases from here on, which it keeps; `onFactor` is called at each change. */
  open(paper: HTMLCanvasElement, sweep: HTMLCanvasElement, onFactor: (factor: number) => void): PaintedView;
  /** Of which beds which leads' samples are to come, by their places: those in sight, and those that are kept. One may be there twice. */
  readonly wanted: Iterable<LookedAt>;
  /** Told when others are. */
  readonly looks: Changes;
  /** As it was last told of a bed that somebody looks at; null where nobody does, or nothing has been told. */
  headOf(bed: string): DrawnHead | null;
}

/** One lead on its canvases. */
export interface PaintedView {
  /** Other settings draw everything again. `isKept`: samples are to come while it is out of sight, too. */
  set(settings: ViewSettings, isKept?: boolean): void;
  /** What is out of sight is not drawn. */
  see(isInSight: boolean): void;
  /** Its canvases can't be drawn on by anybody after that. */
  close(): void;
}

/** A painter of what goes by `post` to where the engine runs, and of what comes back by `heard`. */
export function painterOf(post: (message: PainterMessage<HTMLCanvasElement>) => void): {
  readonly painter: TracePainter;
  readonly heard: (news: PainterNews) => void;
} {
  const listeners = new Map<number, (factor: number) => void>();
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
  const painter: TracePainter = {
    tell: (bed, told) => post({ kind: "told", bed, told }),
    open: (paper, sweep, onFactor) => {
      const view = views++;
      listeners.set(view, onFactor);
      post({ kind: "open", view, paper, sweep });
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
          post({ kind: "settings", view, settings });
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
    },
    headOf: (bed) => heads.get(bed) ?? null,
    get wanted() {
      return [...looked.values(), ...kept.values()];
    },
    looks,
  };
  const heard = (news: PainterNews): void => {
    if ("factor" in news) return listeners.get(news.view)?.(news.factor);
    const toldMs = performance.now();
    for (const [bed, position] of Object.entries(news.heads)) if (isLookedAt(bed)) heads.set(bed, { position, toldMs });
  };
  return { painter, heard };
}
