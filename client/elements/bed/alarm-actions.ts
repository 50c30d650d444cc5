import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { CommandAction } from "../../../contracts/command.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { nameWanted, rememberedName } from "../../controllers/own-name.ts";
import { session } from "../../session/session.ts";
import { controls, panel, priorityInks, shared } from "../../styles/shared.ts";
import { type Alarm, alarmsOf } from "../../ward/alarm.ts";
import { giveCommand } from "../../ward/give-command.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { commandStyles } from "../parts/no-commands.ts";
import "../parts/own-name.ts";
import "../parts/priority-mark.ts";

/** Without an answer for so long, nobody may be watching the bed. */
const ANSWERED_WITHIN_MS = 5000;

/** What may be done about a bed's alarms, by whom, and what became of it. */
export class AlarmActions extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;
  private given: { readonly id: string; readonly atMs: number } | null = null;
  private said = "";

  constructor() {
    super();
    follow(this, () => this.bed.changes);
    follow(this, () => everySecond);
    follow(this, () => session.changes);
  }

  protected override render() {
    const { silence = null, pause = null } = this.bed.alarms ?? {};
    const give = (action: CommandAction, words: string) =>
      html`<button data-testid="${action}" @click=${() => this.give(action)}>${words}</button>`;
    return html`
      <h2>${msg("Alarms")}</h2>
      <no-commands></no-commands>
      <fieldset ?disabled=${session.whyNoCommands !== null}>
        <ul>
          ${alarmsOf(this.bed).map((alarm) => this.renderAlarm(alarm))}
        </ul>
        <div class="bed">
          <own-name></own-name>
          ${silence ? give("unsilence", msg("End silence")) : give("silence", msg("Silence 2 min"))}
          ${pause ? give("resume", msg("Resume alarms")) : give("pause", msg("Pause 3 min"))}
          <p role="status" data-testid="said">${this.outcome()}</p>
        </div>
      </fieldset>
    `;
  }

  private renderAlarm(alarm: Alarm) {
    const { life, label, detail, status, priority } = alarm;
    return html`<li data-testid="open-alarm" data-kind="${alarm.kind}">
      <priority-mark class="${priority}" .priority=${priority}></priority-mark>
      <span class="label">${label}</span>
      <span class="detail">${detail ?? status.join(", ")}</span>
      ${
        life && !life.acknowledged
          ? html`<button
              data-testid="acknowledge"
              aria-label=${msg(str`Acknowledge ${label}`)}
              @click=${() => this.give("acknowledge", { id: life.id, version: life.version })}
            >
              ${msg("Acknowledge")}
            </button>`
          : ""
      }
    </li>`;
  }

  private async give(action: CommandAction, alarm: { id: string; version: number } | null = null): Promise<void> {
    const by = rememberedName();
    if (by === "") {
      this.say(msg("Give your name first."));
      return nameWanted.tell();
    }
    this.say("…");
    try {
      const id = await giveCommand(this.bed.bed, { action, alarm, by, reason: null });
      this.given = { id, atMs: performance.now() };
      this.requestUpdate();
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
  }

  private say(words: string): void {
    this.given = null;
    this.said = words;
    this.requestUpdate();
  }

  /** What became of the last command. */
  private outcome(): string {
    const { given } = this;
    if (!given) return this.said;
    const answer = this.bed.answers.find(({ command }) => command === given.id);
    if (answer)
      return answer.step === "refused"
        ? msg(str`Refused: ${answer.reason ?? msg("no reason is told")}.`)
        : msg("Done.");
    const isLate = performance.now() - given.atMs > ANSWERED_WITHIN_MS;
    return isLate ? msg("No answer so far: nobody may be watching this bed.") : "…";
  }

  static override styles = [
    shared,
    controls,
    panel,
    priorityInks,
    commandStyles,
    css`
      ul {
        display: grid;
        gap: 6px;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      priority-mark {
        --mark-stroke: var(--panel);
      }
      .label {
        font-weight: 600;
      }
      .detail {
        flex: 1;
        font-size: 13px;
        color: var(--ink-dim);
      }
      .bed {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-top: 8px;
        font-size: 14px;
      }
      [role="status"] {
        flex: 1 1 20ch;
      }
    `,
  ];
}

customElements.define("alarm-actions", AlarmActions);
