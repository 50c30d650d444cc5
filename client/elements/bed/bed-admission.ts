import { msg } from "@lit/localize";
import { html, LitElement } from "lit";
import type { AdmissionRequest } from "../../../contracts/admission.ts";
import { consume, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { nameWanted, rememberedName } from "../../controllers/own-name.ts";
import { dayAndTime } from "../../format.ts";
import { changeAdmission } from "../../ward/change-admission.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { session } from "../../session/session.ts";
import { commandStyles } from "../parts/no-commands.ts";
import { admissionStyles } from "./bed-admission-styles.ts";

type Asked = Pick<AdmissionRequest, "action" | "name" | "to">;

/** Who lies in a bed: admit, name, move, discharge. Who does it is asked beside the bed's alarms. */
export class BedAdmission extends LitElement {
  static override properties = { bed: { attribute: false }, isSure: { state: true }, said: { state: true } };
  declare bed: MonitoredBed;
  /** Discharge was pressed once. */
  declare isSure: boolean;
  declare said: string;
  private given: string | null = null;
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    this.isSure = false;
    this.said = "";
    follow(this, () => this.bed.changes);
    follow(this, () => session.changes);
    follow(this, () => this.ward.value.changes.beds);
  }

  protected override willUpdate(): void {
    if (this.given === null || this.bed.admission?.command !== this.given) return;
    this.given = null;
    this.said = msg("Done.");
  }

  protected override render() {
    const patient = this.bed.admission?.patient ?? null;
    return html`
      <h2>${msg("Patient")}</h2>
      <p class="who" data-testid="patient">
        ${patient ? msg(html`<b>${patient.name}</b> since ${dayAndTime(patient.sinceMs)}`) : msg("Nobody is admitted to this bed.")}
      </p>
      <no-commands></no-commands>
      <form @submit=${(event: Event) => this.submit(event, patient ? "name" : "admit")}>
        <fieldset ?disabled=${session.whyNoCommands !== null}>
          <label>
            ${msg("Patient's name")}
            <input name="name" maxlength="80" autocomplete="off" .value=${patient?.name ?? ""} />
          </label>
          <button data-testid=${patient ? "rename" : "admit"}>${patient ? msg("Correct name") : msg("Admit")}</button>
          ${patient ? this.renderLeaving() : ""}
          <p role="status" data-testid="admission-said">${this.said}</p>
        </fieldset>
      </form>
    `;
  }

  private renderLeaving() {
    const free = this.ward.value.sortedBeds.filter((bed) => bed !== this.bed && !bed.admission?.patient);
    return html`
      <span class="move">
        <label>
          ${msg("Move to")}
          <select name="to" ?disabled=${free.length === 0}>
            ${free.length === 0 ? html`<option value="">${msg("no bed is free")}</option>` : ""}
            ${free.map(({ bed }) => html`<option value=${bed}>${bed}</option>`)}
          </select>
        </label>
        <button type="button" data-testid="move" ?disabled=${free.length === 0} @click=${() => this.move()}>
          ${msg("Move")}
        </button>
      </span>
      <button type="button" class=${this.isSure ? "sure" : ""} data-testid="discharge" @click=${() => this.discharge()}>
        ${this.isSure ? msg("Press again to discharge") : msg("Discharge")}
      </button>
    `;
  }

  private submit(event: Event, action: "admit" | "name"): void {
    event.preventDefault();
    const name = this.field("name");
    if (name === "") this.said = msg("Give the patient's name.");
    else void this.ask({ action, name, to: null });
  }

  private move(): void {
    const to = this.ward.value.beds.get(this.field("to"));
    if (!to) return;
    const seen = { bed: to.bed, version: to.admission?.version ?? 0 };
    void this.ask({ action: "move", name: null, to: seen });
  }

  private discharge(): void {
    if (this.isSure) void this.ask({ action: "discharge", name: null, to: null });
    else this.isSure = true;
  }

  private async ask(asked: Asked): Promise<void> {
    this.isSure = false;
    const by = rememberedName();
    if (by === "") {
      this.said = msg("Give your name first.");
      return nameWanted.tell();
    }
    this.said = "…";
    try {
      const version = this.bed.admission?.version ?? 0;
      this.given = await changeAdmission(this.bed.bed, { ...asked, version, by });
      this.requestUpdate();
    } catch (error) {
      this.said = error instanceof Error ? error.message : String(error);
    }
  }

  /** What stands in a field of the form, without the spaces around it. */
  private field(name: string): string {
    const field = this.renderRoot.querySelector(`[name=${name}]`);
    return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value.trim() : "";
  }

  static override styles = [...admissionStyles, commandStyles];
}

customElements.define("bed-admission", BedAdmission);
