import { Changes } from "../changes.ts";
import { GAINS_MM_PER_MV, SPEEDS_MM_PER_S } from "../trace/drawing/calibration.ts";

const KEY = "bedside.display";

export const THEMES = ["system", "dark", "light"] as const;
export type Theme = (typeof THEMES)[number];

export interface DisplayValues {
  readonly speedMmPerS: number;
  readonly gainMmPerMv: number;
  /** system: as the browser is set. */
  readonly theme: Theme;
  /** Whether single letters are keys (WCAG 2.1.4: they can be turned off). */
  readonly letterKeys: boolean;
  /** The newcomer's tour has been seen or dismissed. */
  readonly tourSeen: boolean;
}

const DEFAULTS: DisplayValues = {
  speedMmPerS: 25,
  gainMmPerMv: 10,
  theme: "system",
  letterKeys: true,
  tourSeen: false,
};

/** How the page looks and is used on this screen; kept in this browser where it allows it. */
export class Settings {
  readonly changes = new Changes();
  private current: DisplayValues;

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem"> | null) {
    this.current = readValues(storage?.getItem(KEY) ?? null);
  }

  get values(): DisplayValues {
    return this.current;
  }

  set(change: Partial<DisplayValues>): void {
    this.current = { ...this.current, ...change };
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.current));
    } catch {
      // A full or forbidden store costs no more than the choice being forgotten.
    }
    this.changes.tell();
  }
}

/** What was stored, where it is something that can be chosen. */
export function readValues(text: string | null): DisplayValues {
  let stored: unknown = null;
  try {
    stored = JSON.parse(text ?? "null");
  } catch {
    return DEFAULTS;
  }
  if (typeof stored !== "object" || stored === null) return DEFAULTS;
  const { speedMmPerS, gainMmPerMv, theme, letterKeys, tourSeen } = stored as Record<string, unknown>;
  return {
    speedMmPerS: SPEEDS_MM_PER_S.find((value) => value === speedMmPerS) ?? DEFAULTS.speedMmPerS,
    gainMmPerMv: GAINS_MM_PER_MV.find((value) => value === gainMmPerMv) ?? DEFAULTS.gainMmPerMv,
    theme: THEMES.find((value) => value === theme) ?? DEFAULTS.theme,
    letterKeys: letterKeys !== false,
    tourSeen: tourSeen === true,
  };
}
