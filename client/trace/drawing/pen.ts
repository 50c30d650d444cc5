/** What drawing draws with, on the page's thread or on another. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
