import type { RhythmName, UnknownReason } from "../../contracts/rhythm.ts";
import type { StateReader, Stateful, StateWriter } from "../state.ts";
import type { RhythmKind } from "./conditions/open-condition.ts";
import type { HeardBeat, Moment } from "./conditions/watch.ts";

/** The basic rhythm at a moment: it changed, or a minute has passed. */
export interface RhythmChange {
  readonly sample: number;
  readonly rhythm: RhythmName;
  /** Of an unknown one. */
  readonly reason: UnknownReason | null;
  readonly heartRateBpm: number | null;
  /** Share of the time with a known rhythm since the epoch began; null in the first minute of it. */
  readonly atrialFibrillationBurden: number | null;
}

type Named = Pick<RhythmChange, "rhythm" | "reason">;

/** Conditions that are basic rhythms, the first that is open first. */
const OF_CONDITIONS = [
  "asystole",
  "ventricular-fibrillation",
  "ventricular-tachycardia",
  "ventricular-rhythm",
  "atrial-fibrillation",
  "supraventricular-tachycardia",
  "bigeminy",
  "trigeminy",
] as const satisfies readonly (RhythmKind & RhythmName)[];

/** While one of these is open there are no beats to know a rhythm by: those from before say nothing of what comes behind it. */
const WITHOUT_BEATS: ReadonlySet<RhythmName> = new Set(["asystole", "ventricular-fibrillation"]);
const OF_CONDITION: ReadonlySet<RhythmName> = new Set(OF_CONDITIONS);

const TOLD_EVERY_SECONDS = 60;
/** A name that follows from the last beats alone must hold so long before it is told. */
const HOLDS_SECONDS = 5;
/** Beats that are looked at, and so many of them must be usual ones. */
const BEATS = 12;
const LEAST_USUAL = 6;
/** Mean likeness of P waves from which on they are seen, and below which they no longer are. */
const P_WAVES_SEEN = 0.5;
const P_WAVES_LOST = 0.35;
/** Intervals that differ by no more than this, as |Δ ln RR|, are even; so large a share of them is a regular rhythm's. */
const EVEN = 0.15;
const REGULAR_SHARE = 0.7;
const BURDEN_AFTER_CHECKS = 600;

/** Names the basic rhythm at all times, from the conditions that are open and the last beats. */
export class BasicRhythm implements Stateful {
  private readonly rateHz: number;
  /** Of the last beats: 1 where N or S, the interval before, ms, and the P wave; NaN where not known. */
  private usual: number[] = [];
  private intervalsMs: number[] = [];
  private pWaves: number[] = [];
  private seesP = false;
  private told: RhythmName | null = null;
  private toldReason: UnknownReason | null = null;
  private toldAt = 0;
  /** Since when the name is another one than was told, −1 where it is not. */
  private otherSince = -1;
  private knownChecks = 0;
  private fibrillatingChecks = 0;

  constructor(rateHz: number) {
    this.rateHz = rateHz;
  }

  beat({ beatClass, rrMs, pWave }: HeardBeat, { trusted }: Moment): void {
    this.usual = [...this.usual, trusted && (beatClass === "N" || beatClass === "S") ? 1 : 0].slice(-BEATS);
    this.intervalsMs = [...this.intervalsMs, rrMs ?? Number.NaN].slice(-BEATS);
    this.pWaves = [...this.pWaves, pWave ?? Number.NaN].slice(-BEATS);
    const known = this.pWaves.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    this.seesP = known.length >= LEAST_USUAL && mean >= (this.seesP ? P_WAVES_LOST : P_WAVES_SEEN);
  }

  /** What is to be told at this check; null where nothing is. */
  check(at: Moment): RhythmChange | null {
    const fromCondition = OF_CONDITIONS.find((kind) => at.isOpen(kind));
    if (fromCondition && WITHOUT_BEATS.has(fromCondition)) this.forget();
    const unobserved = fromCondition ? null : unobservedBy(at);
    const named: Named = fromCondition
      ? { rhythm: fromCondition, reason: null }
      : unobserved
        ? { rhythm: "unknown", reason: unobserved }
        : this.ofBeats(at);
    if (named.rhythm !== "unknown") {
      this.knownChecks++;
      if (named.rhythm === "atrial-fibrillation") this.fibrillatingChecks++;
    }
    const isOther = named.rhythm !== this.told || named.reason !== this.toldReason;
    if (!isOther) this.otherSince = -1;
    else if (this.otherSince < 0) this.otherSince = at.now;
    // A condition that has ended is no rhythm any more, whatever is known instead.
    const hasEnded = this.told !== null && OF_CONDITION.has(this.told);
    const mustHold = !fromCondition && !unobserved && this.told !== null && !hasEnded;
    const changes = isOther && (!mustHold || at.now - this.otherSince >= HOLDS_SECONDS * this.rateHz);
    if (changes) return this.tell(named, at.now);
    if (this.told === null || at.now - this.toldAt < TOLD_EVERY_SECONDS * this.rateHz) return null;
    return this.tell({ rhythm: this.told, reason: this.toldReason }, at.now);
  }

  /** The signal is gone: what is known of beats is void. */
  lost(now: number): RhythmChange | null {
    this.forget();
    return this.told === "unknown" && this.toldReason === "lead-off"
      ? null
      : this.tell({ rhythm: "unknown", reason: "lead-off" }, now);
  }

  forget(): void {
    this.usual = [];
    this.intervalsMs = [];
    this.pWaves = [];
    this.seesP = false;
  }

  save(to: StateWriter): void {
    to.array(this.usual);
    to.array(this.intervalsMs);
    to.array(this.pWaves);
    to.flag(this.seesP);
    to.text(this.told ?? "");
    to.text(this.toldReason ?? "");
    for (const value of [this.toldAt, this.otherSince, this.knownChecks, this.fibrillatingChecks]) to.number(value);
  }

  load(from: StateReader): void {
    this.usual = from.array();
    this.intervalsMs = from.array();
    this.pWaves = from.array();
    this.seesP = from.flag();
    this.told = (from.text() || null) as RhythmName | null;
    this.toldReason = (from.text() || null) as UnknownReason | null;
    this.toldAt = from.number();
    this.otherSince = from.number();
    this.knownChecks = from.number();
    this.fibrillatingChecks = from.number();
  }

  private ofBeats({ isOpen }: Moment): Named {
    const usual = this.usual.reduce((sum, value) => sum + value, 0);
    if (usual < LEAST_USUAL) return { rhythm: "unknown", reason: "beats" };
    const isSlow = isOpen("bradycardia") || isOpen("extreme-bradycardia");
    const isFast = isOpen("tachycardia") || isOpen("extreme-tachycardia");
    if (this.seesP) {
      return { rhythm: isSlow ? "sinus-bradycardia" : isFast ? "sinus-tachycardia" : "sinus-rhythm", reason: null };
    }
    const isRegular = !isOpen("irregular-rhythm") && this.evenShare() >= REGULAR_SHARE;
    return { rhythm: isRegular ? "regular-rhythm" : "irregular-rhythm", reason: null };
  }

  private evenShare(): number {
    let even = 0;
    let count = 0;
    for (let i = 1; i < this.usual.length; i++) {
      const change = Math.abs(Math.log(this.intervalsMs[i] / this.intervalsMs[i - 1]));
      if (this.usual[i] === 0 || this.usual[i - 1] === 0 || Number.isNaN(change)) continue;
      count++;
      if (change <= EVEN) even++;
    }
    return count > 0 ? even / count : 0;
  }

  private tell({ rhythm, reason }: Named, sample: number): RhythmChange {
    this.told = rhythm;
    this.toldReason = reason;
    this.toldAt = sample;
    this.otherSince = -1;
    const isKnown = this.knownChecks >= BURDEN_AFTER_CHECKS;
    const burden = isKnown ? this.fibrillatingChecks / this.knownChecks : null;
    return { sample, rhythm, reason, heartRateBpm: this.rateOf(rhythm), atrialFibrillationBurden: burden };
  }

  /** Mean rate of the last beats; 0 in asystole, null where none can be told. */
  private rateOf(rhythm: RhythmName): number | null {
    if (rhythm === "asystole") return 0;
    const known = this.intervalsMs.filter((value) => !Number.isNaN(value));
    if (rhythm === "unknown" || rhythm === "ventricular-fibrillation" || known.length === 0) return null;
    return (60_000 * known.length) / known.reduce((sum, value) => sum + value, 0);
  }
}

const unobservedBy = ({ unreadable, learned }: Moment): UnknownReason | null =>
  unreadable ?? (learned ? null : "learning");
