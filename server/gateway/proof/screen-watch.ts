import { PROOF } from "../../../contracts/canary.ts";
import type { Screen, ScreenState } from "../../../contracts/proof.ts";
import type { Drawn } from "../../../contracts/socket.ts";

/** Screens that are remembered; the one opened longest ago goes first. */
const KEPT_SCREENS = 256;

/** A canary's alarm on its way to the screens. */
interface Told {
  readonly bed: string;
  readonly sample: number;
  readonly atMs: number;
}

interface Watched {
  readonly name: string;
  sound: Screen["sound"];
  isHidden: boolean;
  /** When its connection broke; null while it stands. */
  lostMs: number | null;
  /** When the newest of what it confirmed was told to it. */
  confirmedMs: number | null;
  /** When the oldest of what it has not confirmed was told to it. */
  owedMs: number | null;
}

/** A screen's connection. */
export interface OpenScreen {
  /** The screen says what it drew. */
  drawn(drawn: Drawn): void;
  /** Nobody can see it. */
  hidden(): void;
  /** The connection is over; `isGone`: the page said goodbye, and is not to be missed. */
  close(isGone: boolean): void;
}

/** The screens of one gateway, and which of them still show what they are told. Times are ms of any clock that only goes on. */
export class ScreenWatch {
  private readonly screens = new Map<string, Watched>();
  private told: Told[] = [];

  /** A screen has connected; one of the same name that was there before is this one. `now`: the clock. */
  open(name: string, now: () => number): OpenScreen {
    const screen: Watched = { name, sound: "none", isHidden: false, lostMs: null, confirmedMs: null, owedMs: null };
    this.screens.delete(name);
    this.screens.set(name, screen);
    if (this.screens.size > KEPT_SCREENS) {
      for (const first of this.screens.keys()) if (this.screens.delete(first)) break;
    }
    return {
      drawn: (drawn) => this.confirm(screen, drawn),
      hidden: () => {
        screen.isHidden = true;
        screen.owedMs = null;
      },
      close: (isGone) => {
        screen.lostMs = now();
        if ((isGone || screen.isHidden) && this.screens.get(name) === screen) this.screens.delete(name);
      },
    };
  }

  /** A canary's alarm goes to all screens. */
  tell(bed: string, sample: number, nowMs: number): void {
    this.told = this.told.filter(({ atMs }) => nowMs - atMs < PROOF.silentMs);
    this.told.push({ bed, sample, atMs: nowMs });
    for (const screen of this.screens.values()) if (!screen.isHidden) screen.owedMs ??= nowMs;
  }

  /** A screen has come back at another gateway. */
  foundElsewhere(name: string): void {
    if (this.screens.get(name)?.lostMs != null) this.screens.delete(name);
  }

  /** How each screen is. */
  list(nowMs: number): Screen[] {
    for (const { name, lostMs } of this.screens.values()) {
      if (lostMs !== null && nowMs - lostMs >= PROOF.forgottenMs) this.screens.delete(name);
    }
    return [...this.screens.values()].map((screen) => ({
      name: screen.name,
      state: stateOf(screen, nowMs),
      sound: screen.sound,
      ageMs: screen.confirmedMs === null ? null : nowMs - screen.confirmedMs,
    }));
  }

  private confirm(screen: Watched, { bed, sample, sound }: Drawn): void {
    // What was told long ago, or never, proves nothing.
    const told = this.told.find((each) => each.bed === bed && each.sample === sample);
    if (!told || told.atMs < (screen.confirmedMs ?? 0)) return;
    screen.isHidden = false;
    screen.sound = sound;
    screen.confirmedMs = told.atMs;
    screen.owedMs = this.told.find(({ atMs }) => atMs > told.atMs)?.atMs ?? null;
  }
}

function stateOf({ isHidden, lostMs, confirmedMs, owedMs }: Watched, nowMs: number): ScreenState {
  if (isHidden) return "hidden";
  if (lostMs !== null) return nowMs - lostMs >= PROOF.silentMs ? "silent" : "starting";
  if (owedMs !== null && nowMs - owedMs >= PROOF.confirmMs) return "silent";
  return confirmedMs === null ? "starting" : "watching";
}
