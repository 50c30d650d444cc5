import { css, html, LitElement } from "lit";
import { kiosk } from "../../controllers/kiosk.ts";
import { onKey } from "../../controllers/keys.ts";
import { WARD_HREF } from "../../controllers/route.ts";
import { shared } from "../../styles/shared.ts";
import { parseRoute } from "./views.ts";

const KEYS = [
  ["Tab", "the first stop is the way to the alarms"],
  ["← → ↑ ↓", "from bed to bed in the ward"],
  ["Enter", "opens the bed"],
  ["Esc", "from a bed or the map back to the ward; ends the wall screen"],
  ["?", "these keys"],
] as const;

/** The keys of the whole page, and what says which there are. */
export class KeyHelp extends LitElement {
  constructor() {
    super();
    onKey(this, (event) => {
      if (event.key === "Escape" && kiosk.isOn) void kiosk.leave();
      else if (event.key === "?") this.renderRoot.querySelector("dialog")?.showModal();
      else if (event.key === "Escape" && ["bed", "map"].includes(parseRoute(location).view))
        location.hash = WARD_HREF.slice(2);
    });
  }

  protected override render() {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">Keys</h2>
      <dl>
        ${KEYS.map(
          ([key, words]) => html`<dt>${key}</dt>
            <dd>${words}</dd>`,
        )}
      </dl>
      <form method="dialog"><button>Close</button></form>
    </dialog>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        position: absolute;
      }
      dialog {
        color: var(--ink);
        background: var(--panel-raised);
        border: 1px solid var(--line);
        border-radius: 10px;
        padding: 1rem 1.25rem;
        max-width: min(28rem, 100vw - 2rem);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 0.55);
      }
      h2 {
        font-size: 1.125rem;
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
      button {
        font: inherit;
        padding: 0.3rem 0.9rem;
        color: var(--ink);
        background: var(--panel);
        border: 1px solid var(--line);
        border-radius: 6px;
        cursor: pointer;
      }
    `,
  ];
}

customElements.define("key-help", KeyHelp);
