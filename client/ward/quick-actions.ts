import { msg, str } from "@lit/localize";
import { rememberedName } from "../controllers/own-name.ts";
import { session } from "../session/session.ts";
import { alarmsOf } from "./alarm.ts";
import { giveCommand } from "./give-command.ts";
import type { MonitoredBed } from "./monitored-bed.ts";

/** What came of a key, in words; `needsName`: nothing was done, since nobody has said who is at this screen. */
export interface QuickOutcome {
  readonly words: string;
  readonly needsName: boolean;
}

const NO_NAME: () => QuickOutcome = () => ({
  words: msg("Give your name first, in the bed's alarms."),
  needsName: true,
});
const said = (words: string): QuickOutcome => ({ words, needsName: false });

/** Acknowledges the most urgent alarm of a bed that nobody has acknowledged. */
export async function acknowledgeFirst(bed: MonitoredBed, give = giveCommand): Promise<QuickOutcome> {
  const first = alarmsOf(bed).find(({ life }) => life && !life.acknowledged);
  if (!first?.life) return said(msg(str`${bed.bed}: no alarm to acknowledge`));
  if (session.whyNoCommands !== null) return said(session.whyNoCommands);
  const by = rememberedName();
  if (by === "") return NO_NAME();
  const { id, version } = first.life;
  return tried(
    () => give(bed.bed, { action: "acknowledge", alarm: { id, version }, by, reason: null }),
    msg(str`${bed.bed}: ${first.label} is being acknowledged`),
  );
}

/** Silences a bed for two minutes, or ends its silence. */
export async function toggleSilence(bed: MonitoredBed, give = giveCommand): Promise<QuickOutcome> {
  if (session.whyNoCommands !== null) return said(session.whyNoCommands);
  const by = rememberedName();
  if (by === "") return NO_NAME();
  const isSilent = Boolean(bed.alarms?.silence);
  return tried(
    () => give(bed.bed, { action: isSilent ? "unsilence" : "silence", alarm: null, by, reason: null }),
    isSilent ? msg(str`${bed.bed}: silence is being ended`) : msg(str`${bed.bed} is being silenced for two minutes`),
  );
}

async function tried(give: () => Promise<unknown>, words: string): Promise<QuickOutcome> {
  try {
    await give();
    return said(words);
  } catch (error) {
    return said(error instanceof Error ? error.message : String(error));
  }
}
