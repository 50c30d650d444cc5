import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { consume, settingsContext, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { focusedBed, keysWanted, onKey } from "../../controllers/keys.ts";
import { kiosk } from "../../controllers/kiosk.ts";
import { bedHref, visit } from "../../controllers/route.ts";
import { controls, dialogs, shared } from "../../styles/shared.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { acknowledgeFirst, type QuickOutcome, toggleSilence } from "../../ward/quick-actions.ts";
import { above, parseRoute } from "./views.ts";

/** How long it is shown what came of a key. */
const SHOWN_MS = 5000;

const keyRows = (letterKeys: boolean): readonly (readonly [string, string])[] => [
  ["Tab", msg("the first stop is the way to the alarms")],
  ["← → ↑ ↓", msg("from bed to bed in the ward")],
  ["Enter", msg("opens the bed")],
  [
    "Esc",
    msg("from frozen traces back to live ones; from each page a step back towards the ward; ends the wall screen"),
  ],
  ...(letterKeys
    ? ([
        [
          "A",
          msg(
            "acknowledges the most urgent alarm of the bed that is open or has the focus; without one, leads to the alarms",
          ),
        ],
        ["S", msg("silences that bed for two minutes, or ends its silence")],
        [
          "C",
          msg(
            "on a bed's page: callipers on its frozen traces; Tab goes from edge to edge, arrows move one by a sample, with Shift by ten",
          ),
        ],
        ["F", msg("on a bed's page: freezes its traces, and back; elsewhere: the whole screen, and back")],
        ["?", msg("these keys")],
      ] as const)
    : []),
];

/** The keys of the whole page, what came of the last, and the list of them. */
export class KeyHelp extends LitElement {
  private readonly ward = consume(this, wardContext);
  private readonly settings = consume(this, settingsContext);
  private words = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    follow(this, () => this.settings.value.changes);
    onKey(this, (event) => this.take(event));
    let stop = (): void => {};
    this.addController({
      hostConnected: () => {
        stop = keysWanted.subscribe(() => this.renderRoot.querySelector("dialog")?.showModal());
      },
      hostDisconnected: () => stop(),
    });
  }

  private take({ key }: KeyboardEvent): void {
    const route = parseRoute(location);
    const { view, subject } = route;
    if (key === "Escape" && kiosk.isOn) return void kiosk.leave();
    const back = key === "Escape" ? above(route) : null;
    if (back !== null) return visit(back);
    if (!this.settings.value.values.letterKeys) return;
    const bed = this.ward.value.beds.get((view === "bed" ? subject : focusedBed()) ?? "");
    switch (key.toLowerCase()) {
      case "?":
        return keysWanted.tell();
      case "a":
        return bed ? void this.act(bed, acknowledgeFirst(bed)) : this.wantAlarms();
      case "s":
        return bed ? void this.act(bed, toggleSilence(bed)) : this.wantAlarms();
      case "f":
        return void (kiosk.isOn ? kiosk.leave() : kiosk.enter());
    }
  }

  /** No bed has the focus: the first alarm gets it, so that it is seen what the next key is for. */
  private wantAlarms(): void {
    this.dispatchEvent(new Event("alarms-wanted"));
  }

  private async act(bed: MonitoredBed, outcome: Promise<QuickOutcome>): Promise<void> {
    const { words, needsName } = await outcome;
    if (needsName) location.hash = bedHref(bed.bed).slice(2);
    this.words = words;
    this.requestUpdate();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.words = "";
      this.requestUpdate();
    }, SHOWN_MS);
  }

  protected override render() {
    const { letterKeys } = this.settings.value.values;
    return html`<p class="said" role="status" data-testid="key-said" ?hidden=${this.words === ""}>${this.words}</p>
      <dialog aria-labelledby="title">
        <h2 id="title">${msg("Keys")}</h2>
        <dl>
          ${keyRows(letterKeys).map(
            ([key, words]) => html`<dt>${key}</dt>
              <dd>${words}</dd>`,
          )}
        </dl>
        ${letterKeys ? "" : html`<p>${msg("Single letters are off as keys: Settings turns them on.")}</p>`}
        <form method="dialog"><button>${msg("Close")}</button></form>
      </dialog>`;
  }

  static override styles = [
    shared,
    controls,
    dialogs,
    css`
      :host {
        position: absolute;
      }
      .said {
        position: fixed;
        left: 50%;
        bottom: 3rem;
        transform: translateX(-50%);
        z-index: 4;
        max-width: calc(100vw - 2rem);
        padding: 0.5rem 1rem;
        font-size: 1.125rem;
        font-weight: 600;
        color: var(--ink);
        background: var(--panel-raised);
        border: 2px solid var(--focus);
        border-radius: 8px;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.4rem 1.25rem;
        margin: 0.75rem 0 1rem;
        font-size: 1rem;
      }
      dt {
        font-weight: 650;
        white-space: nowrap;
      }
    `,
  ];
}

customElements.define("key-help", KeyHelp);
