import type { SweepGeometry } from "../drawing/calibration.ts";
import type { Palette } from "../drawing/palette.ts";
import type { Told } from "../samples/told.ts";

/** What a view shows, and how. */
export interface ViewSettings {
  readonly bed: string;
  readonly lead: number;
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

/** Draws traces on canvases, once an animation frame: on a thread of its own, or on the page's. */
export interface TracePainter {
  /** What is told of a bed's trace. */
  tell(bed: string, told: Told): void;
  /** Draws on these canvases from here on, which it keeps; `onFactor` is called at each change. */
  open(paper: HTMLCanvasElement, sweep: HTMLCanvasElement, onFactor: (factor: number) => void): PaintedView;
}

/** One lead on its canvases. */
export interface PaintedView {
  /** Other settings draw everything again. */
  set(settings: ViewSettings): void;
  /** What is out of sight is not drawn. */
  see(isInSight: boolean): void;
  /** Its canvases can't be drawn on by anybody after that. */
  close(): void;
}

/** A painter of what goes by `post` to where the engine runs, and of what comes back by `changed`. */
export function painterOf(post: (message: PainterMessage<HTMLCanvasElement>) => void): {
  readonly painter: TracePainter;
  readonly changed: (change: FactorChange) => void;
} {
  const listeners = new Map<number, (factor: number) => void>();
  let views = 0;
  const painter: TracePainter = {
    tell: (bed, told) => post({ kind: "told", bed, told }),
    open: (paper, sweep, onFactor) => {
      const view = views++;
      listeners.set(view, onFactor);
      post({ kind: "open", view, paper, sweep });
      return {
        set: (settings) => post({ kind: "settings", view, settings }),
        see: (isInSight) => post({ kind: "sight", view, isInSight }),
        close: () => {
          listeners.delete(view);
          post({ kind: "close", view });
        },
      };
    },
  };
  return { painter, changed: ({ view, factor }) => listeners.get(view)?.(factor) };
}
