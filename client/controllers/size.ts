import type { LitElement, ReactiveController } from "lit";

/** Its host's size in CSS pixels; a change asks for an update. */
export class Size implements ReactiveController {
  width = 0;
  height = 0;
  private observer: ResizeObserver | null = null;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.observer = new ResizeObserver(([entry]) => {
      const { inlineSize, blockSize } = entry.contentBoxSize[0];
      if (inlineSize === this.width && blockSize === this.height) return;
      this.width = inlineSize;
      this.height = blockSize;
      this.host.requestUpdate();
    });
    this.observer.observe(this.host);
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
    this.observer = null;
  }
}
