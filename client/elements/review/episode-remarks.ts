import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { BEAT_CLASSES, type BeatClass } from "../../../contracts/beat.ts";
import type { CommandRequest } from "../../../contracts/command.ts";
import type { Episode } from "../../../contracts/history.ts";
import { nameWanted, rememberedName } from "../../controllers/own-name.ts";
import { timeOfDay } from "../../format.ts";
import { shownClass } from "../../review/export-wfdb.ts";
import type { Strip } from "../../source/ecg-source.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { follow } from "../../controllers/follow.ts";
import { session } from "../../session/session.ts";
import { shared } from "../../styles/shared.ts";
import { giveCommand } from "../../ward/give-command.ts";
import { commandStyles } from "../parts/no-commands.ts";
import "../parts/own-name.ts";

/** A remark is in the history after so long, mostly. */
const WRITTEN_MS = 700;

/** What is said of an alarm and its beats in review, each undone by another word. It changes no alarm that goes on, and hides nothing. */
export class EpisodeRemarks extends LitElement {
  static override properties = {
    episode: { attribute: false },
    strip: { attribute: false },
    chosen: { attribute: false },
  };
  declare episode: Episode;
  declare strip: Strip | null;
  /** Id of the beat that is chosen. */
  declare chosen: string | null;
  private said = "";

  constructor() {
    super();
    follow(this, () => session.changes);
  }

  protected override render() {
    const { dismissed, notes } = this.episode;
    return html`
      <no-commands></no-commands>
      <fieldset ?disabled=${session.whyNoCommands !== null}>
        ${this.renderBeat()}
        <form @submit=${(event: Event) => event.preventDefault()}>
          <own-name></own-name>
          <label class="words"
            >${msg("Reason or note")} <input name="reason" maxlength="200" autocomplete="off"
          /></label>
          ${
            dismissed
              ? html`<button data-testid="reinstate" @click=${() => this.say("reinstate")}>
                  ${msg("Undo: it was a true alarm")}
                </button>`
              : html`<button data-testid="dismiss" @click=${() => this.say("dismiss")}>
                  ${msg("Dismiss as false")}
                </button>`
          }
          <button data-testid="note" @click=${() => this.say("note")}>${msg("Add note")}</button>
          <p role="status" data-testid="said">${this.said}</p>
        </form>
      </fieldset>
      ${dismissed ? html`<p data-testid="dismissed">${msg(str`Dismissed as false by ${dismissed.by}, ${timeOfDay(dismissed.atMs)}: ${dismissed.reason}`)}</p>` : ""}
      <ul>
        ${notes.map(({ by, atMs, text }) => html`<li data-testid="noted">${timeOfDay(atMs)} ${by}: ${text}</li>`)}
      </ul>
    `;
  }

  private renderBeat() {
    const { strip, chosen } = this;
    const beat = strip?.beats.find(({ id }) => id === chosen);
    if (!strip || !beat) return html`<p class="dim">${msg("Choose a beat's letter to give it another class.")}</p>`;
    const now = shownClass(strip, beat);
    return html`<p class="beat" data-testid="relabel">
      ${msg(str`Beat at ${timeOfDay(beat.timeMs)}, told as ${beat.beatClass}:`)}
      ${BEAT_CLASSES.map(
        (name) =>
          html`<button
            aria-pressed=${name === now}
            data-class=${name}
            @click=${() => this.relabel(name === beat.beatClass ? null : name)}
          >
            ${name}
          </button>`,
      )}
    </p>`;
  }

  private relabel(beatClass: BeatClass | null): void {
    const beat = this.strip?.beats.find(({ id }) => id === this.chosen);
    if (beat)
      void this.give({ action: "relabel", alarm: null, beat: { id: beat.id, timeMs: beat.timeMs, beatClass } }, null);
  }

  private say(action: "dismiss" | "reinstate" | "note"): void {
    const { id, version } = this.episode.alarm;
    const input = this.renderRoot.querySelector<HTMLInputElement>('[name="reason"]');
    const reason = input?.value.trim() || null;
    if (reason === null && action !== "reinstate") {
      this.tell(msg("Give a reason, or the note, first."));
      input?.focus();
      return;
    }
    void this.give({ action, alarm: { id, version } }, reason).then((isGiven) => {
      if (isGiven && input) input.value = "";
    });
  }

  private async give(what: Pick<CommandRequest, "action" | "alarm" | "beat">, reason: string | null): Promise<boolean> {
    const by = rememberedName();
    if (by === "") {
      this.tell(msg("Give your name first."));
      nameWanted.tell();
      return false;
    }
    this.tell("…");
    try {
      await giveCommand(this.episode.alarm.bed, { ...what, by, reason });
      this.tell(msg("Noted."));
      setTimeout(() => this.dispatchEvent(new CustomEvent("changed")), WRITTEN_MS);
      return true;
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  private tell(words: string): void {
    this.said = words;
    this.requestUpdate();
  }

  static override styles = [
    shared,
    documentPartStyles,
    commandStyles,
    css`
      form,
      .beat {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: end;
        max-width: none;
        padding: 0.25rem 0;
      }
      .beat {
        align-items: center;
      }
      label {
        display: grid;
        font-size: 0.875rem;
        color: var(--ink-dim);
      }
      .words {
        flex: 1 1 14rem;
      }
      input {
        font: inherit;
        font-size: 1rem;
        min-height: 34px;
        padding: 0.25rem 0.5rem;
        color: var(--ink);
        background: var(--panel);
        border: 1px solid var(--line);
        border-radius: 6px;
      }
    `,
  ];
}

customElements.define("episode-remarks", EpisodeRemarks);
