import { msg } from "@lit/localize";
import { html, LitElement } from "lit";
import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { classNotes, classWords } from "../../words/readings.ts";
import { shared } from "../../styles/shared.ts";
import { classNotesStyles } from "./class-notes-styles.ts";
import "../parts/beat-chip.ts";

/** What the classes mean, and what they must not be taken for. */
export class ClassNotes extends LitElement {
  protected override render() {
    return html`<details>
      <summary>${msg("What the classes mean, and pacemakers")}</summary>
      <dl>
        ${BEAT_CLASSES.map(
          (name) =>
            html`<dt><beat-chip .beatClass=${name}></beat-chip></dt>
              <dd><b>${classWords(name)}.</b> ${classNotes(name)}</dd>`,
        )}
      </dl>
    </details>`;
  }

  static override styles = [shared, classNotesStyles];
}

customElements.define("class-notes", ClassNotes);
