import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { toEdf } from "../../review/export-edf.ts";
import { toPng } from "../../review/export-png.ts";
import { toWfdb } from "../../review/export-wfdb.ts";
import type { Strip } from "../../source/ecg-source.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { save } from "../../upload/save.ts";

/** A strip as files to keep, and on paper. No name of a patient is in any of them. */
export class StripExports extends LitElement {
  static override properties = {
    strip: { attribute: false },
    name: { attribute: false },
    drawings: { attribute: false },
  };
  declare strip: Strip;
  /** Of the files, without an ending. */
  declare name: string;
  /** The drawings that a picture is made of. */
  declare drawings: () => SVGSVGElement[];
  private said = "";

  protected override render() {
    return html`
      <button data-testid="wfdb" @click=${() => this.attempt(() => this.saveWfdb())}>${msg("WFDB (3 files)")}</button>
      <button data-testid="edf" @click=${() => this.attempt(() => this.saveEdf())}>EDF+</button>
      <button data-testid="png" @click=${() => this.attempt(() => this.savePng())}>${msg("Picture (PNG)")}</button>
      <button data-testid="print" @click=${() => print()}>${msg("Print, or PDF")}</button>
      <p role="status">${this.said}</p>
    `;
  }

  private saveWfdb(): void {
    for (const { name, bytes } of toWfdb(this.strip, this.name)) save(bytes, name, "application/octet-stream");
  }

  private saveEdf(): void {
    const { name, bytes } = toEdf(this.strip, this.name);
    save(bytes, name, "application/octet-stream");
  }

  private async savePng(): Promise<void> {
    save(await toPng(this.drawings()), `${this.name}.png`, "image/png");
  }

  private async attempt(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
      this.said = "";
    } catch (error) {
      this.said = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  static override styles = [
    shared,
    documentPartStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: center;
        padding: 0.5rem 0;
      }
    `,
  ];
}

customElements.define("strip-exports", StripExports);
