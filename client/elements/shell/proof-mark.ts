import { css, html, LitElement } from "lit";
import { consume, wardContext } from "../../context.ts";
import type { Proven } from "../../proof/screen-proof.ts";
import { shared } from "../../styles/shared.ts";

const BITS = 8;
const CELL = 4;
const LIT = 200;
const DARK = 60;

/** The newest of the canaries' alarms as eight small cells; each is read back from the screen, and confirmed when it is right. */
export class ProofMark extends LitElement {
  private readonly ward = consume(this, wardContext);
  private stop = (): void => {};
  private isDrawing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    queueMicrotask(() => {
      if (this.isConnected) this.stop = this.ward.value.proof.changes.subscribe(() => this.draw());
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  protected override render() {
    return html`<canvas width=${BITS * CELL} height=${CELL} data-testid="proof-mark" aria-hidden="true"></canvas>`;
  }

  /** In one animation frame it is painted, in the next one read: what is frozen between them confirms nothing. */
  private draw(): void {
    const { proof } = this.ward.value;
    const { newest } = proof;
    if (!newest || this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.paint(newest);
      requestAnimationFrame(() => {
        this.isDrawing = false;
        if (this.shows(newest)) proof.drawn(newest, performance.now());
        if (proof.newest !== newest) this.draw();
      });
    });
  }

  private paint({ sample }: Proven): void {
    const context = this.context;
    if (!context) return;
    for (let bit = 0; bit < BITS; bit++) {
      const green = isSet(sample, bit) ? LIT : DARK;
      context.fillStyle = `rgb(40 ${green} 90)`;
      context.fillRect(bit * CELL, 0, CELL, CELL);
    }
  }

  /** Whether it stands within the window, and its cells say `sample`. */
  private shows({ sample }: Proven): boolean {
    const { left, top, right, bottom, width } = this.getBoundingClientRect();
    const isSeen = width > 0 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    const context = this.context;
    if (!isSeen || !context) return false;
    const { data } = context.getImageData(0, 0, BITS * CELL, 1);
    for (let bit = 0; bit < BITS; bit++) {
      if (data[4 * bit * CELL + 1] > (LIT + DARK) / 2 !== isSet(sample, bit)) return false;
    }
    return true;
  }

  private get context(): CanvasRenderingContext2D | null {
    return this.renderRoot.querySelector("canvas")?.getContext("2d", { willReadFrequently: true }) ?? null;
  }

  static override styles = [
    shared,
    css`
      canvas {
        display: block;
        width: 32px;
        height: 4px;
      }
    `,
  ];
}

const isSet = (sample: number, bit: number): boolean => Math.floor(sample / 2 ** bit) % 2 === 1;

customElements.define("proof-mark", ProofMark);
