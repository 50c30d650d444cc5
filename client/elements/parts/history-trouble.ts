import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import type { HistoryState } from "../../../contracts/history.ts";
import { fetchHistoryState } from "../../api.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";

const AGAIN_MS = 5000;

/** What whoever looks at what was must know: that nothing is being kept at this moment, and why; that some could not be. Else nothing: where no history is kept at all, every answer says so. */
export class HistoryTrouble extends LitElement {
  static override properties = { state: { state: true } };
  /** Null: not known. */
  declare state: HistoryState | null;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.state = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => void this.ask(), AGAIN_MS);
    void this.ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  private async ask(): Promise<void> {
    this.state = await fetchHistoryState();
  }

  protected override render() {
    const words = wordsOf(this.state);
    const lost = this.state?.lost ?? 0;
    // How many grows, and is no news each time.
    return html`<div role="status">${words === null ? nothing : html`<p class="missing">${words}</p>`}</div>
      ${lost === 0 ? nothing : html`<p class="missing" data-testid="lost">${msg(str`Messages that could not be kept since the server began: ${lost}`)}</p>`}`;
  }

  static override styles = [
    shared,
    documentPartStyles,
    css`
      p {
        margin: 0.5rem 0;
      }
    `,
  ];
}

function wordsOf(state: HistoryState | null): string | null {
  if (state?.state === "failed") return msg(str`Nothing is being kept at this moment: ${state.trouble}`);
  if (state?.isReadingBack) return msg("What happened before is still being read: it may be incomplete.");
  return state && state.lost > 0
    ? msg("Not everything could be kept since the server began: something is missing.")
    : null;
}

customElements.define("history-trouble", HistoryTrouble);
