import { Changes } from "../changes.ts";
import { DISPLAY_FILTER_NAMES, type DisplayFilterName } from "../trace/samples/display-filter.ts";
import { GAINS_MM_PER_MV, SPEEDS_MM_PER_S } from "../trace/drawing/calibration.ts";

const KEYS = { display: "bedside.display", ward: "bedside.ward", map: "bedside.map" } as const;

export const THEMES = ["system", "dark", "light"] as const;
export type Theme = (typeof THEMES)[number];

export interface DisplayValues {
  readonly speedMmPerS: number;
  readonly gainMmPerMv: number;
  /** Of a bed that is open; tiles show the monitor's. */
  readonly filter: DisplayFilterName;
  /** system: as the browser is set. */
  readonly theme: Theme;
  /** A language of locales/locale.ts; system: as the browser is set. */
  readonly language: string;
  /** Whether single letters are keys (WCAG 2.1.4: they can be turned off). */
  readonly letterKeys: boolean;
  /** The newcomer's tour has been seen or dismissed. */
  readonly tourSeen: boolean;
}

const DEFAULTS: DisplayValues = {
  speedMmPerS: 25,
  gainMmPerMv: 10,
  filter: "monitor",
  theme: "system",
  language: "system",
  letterKeys: true,
  tourSeen: false,
};

/** How the ward's beds stand on this screen. */
export interface WardValues {
  /** By the beds' names, or those that call for somebody first; auto: first where tiles are small or the page scrolls. */
  readonly order: "auto" | "beds" | "alarms";
  readonly show: "all" | "calling";
}

export const WARD_ORDERS = ["auto", "beds", "alarms"] as const satisfies readonly WardValues["order"][];
export const WARD_SHOWS = ["all", "calling"] as const satisfies readonly WardValues["show"][];

/** How the page looks and is used on this screen; kept in this browser where it allows it. */
export class Settings {
  readonly changes = new Changes();
  private current: DisplayValues;
  private currentWard: WardValues;
  private currentMap: Readonly<Record<string, unknown>>;

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem"> | null) {
    this.current = readValues(storage?.getItem(KEYS.display) ?? null);
    this.currentWard = readWardValues(storage?.getItem(KEYS.ward) ?? null);
    this.currentMap = parsed(storage?.getItem(KEYS.map) ?? null);
  }

  get values(): DisplayValues {
    return this.current;
  }

  get ward(): WardValues {
    return this.currentWard;
  }

  set(change: Partial<DisplayValues>): void {
    this.current = { ...this.current, ...change };
    this.keep(KEYS.display, this.current);
  }

  /** Where beds lie on the map, as it was stored. */
  get map(): Readonly<Record<string, unknown>> {
    return this.currentMap;
  }

  setMap(places: Readonly<Record<string, unknown>>): void {
    this.currentMap = places;
    this.keep(KEYS.map, places);
  }

  setWard(change: Partial<WardValues>): void {
    this.currentWard = { ...this.currentWard, ...change };
    this.keep(KEYS.ward, this.currentWard);
  }

  private keep(key: string, values: object): void {
    try {
      this.storage?.setItem(key, JSON.stringify(values));
    } catch {
      // A full or forbidden store costs no more than the choice being forgotten.
    }
    this.changes.tell();
  }
}

/** What was stored, where it is something that can be chosen. */
export function readValues(text: string | null): DisplayValues {
  const { speedMmPerS, gainMmPerMv, filter, theme, language, letterKeys, tourSeen } = parsed(text);
  return {
    speedMmPerS: SPEEDS_MM_PER_S.find((value) => value === speedMmPerS) ?? DEFAULTS.speedMmPerS,
    gainMmPerMv: GAINS_MM_PER_MV.find((value) => value === gainMmPerMv) ?? DEFAULTS.gainMmPerMv,
    filter: DISPLAY_FILTER_NAMES.find((value) => value === filter) ?? DEFAULTS.filter,
    theme: THEMES.find((value) => value === theme) ?? DEFAULTS.theme,
    language: typeof language === "string" ? language.slice(0, 16) : DEFAULTS.language,
    letterKeys: letterKeys !== false,
    tourSeen: tourSeen === true,
  };
}

function readWardValues(text: string | null): WardValues {
  const { order, show } = parsed(text);
  return {
    order: WARD_ORDERS.find((value) => value === order) ?? "auto",
    show: WARD_SHOWS.find((value) => value === show) ?? "all",
  };
}

/** What was stored as an object; without one, an empty one. */
function parsed(text: string | null): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(text ?? "null");
    return typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
