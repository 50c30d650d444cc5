import { writeFiguresIn } from "../kit/figures.ts";

/** Whole seconds as m:ss, from an hour on h:mm:ss. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** How this page writes times and figures: its language's tag, and the ward's zone, undefined before it is known. */
let language = "en-GB";
let zone: string | undefined;

const formatOf = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language, { ...options, ...(zone !== undefined && { timeZone: zone }) });
const formats = () => ({
  // Of all languages the 24 hours of the ward.
  clock: formatOf({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
  moment: formatOf({ dateStyle: "medium", timeStyle: "medium" }),
  dayAndTime: formatOf({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  day: formatOf({ day: "numeric", month: "short" }),
});

let formatted = formats();

/** From here on times are told in this zone (an IANA name): the ward's, wherever its screens stand. One that is none changes nothing. */
export function tellTimesIn(timeZone: string): void {
  const before = zone;
  try {
    zone = timeZone;
    formatted = formats();
  } catch {
    // A browser without the zone goes on in its own.
    zone = before;
  }
}

/** From here on dates and figures are written as this language (a BCP 47 tag) does. */
export function writeIn(tag: string): void {
  language = tag === "en" ? "en-GB" : tag;
  formatted = formats();
  writeFiguresIn(language);
}

/** The zone in which times are told. */
export const toldTimeZone = (): string => formatted.clock.resolvedOptions().timeZone;

/** Unix ms as HH:MM:SS in the ward's time zone; before that is known, in this browser's. */
export function timeOfDay(unixMs: number): string {
  return formatted.clock.format(unixMs);
}

/** Unix ms as "26 Nov, 14:05" in the ward's time zone. */
export const dayAndTime = (unixMs: number): string => formatted.dayAndTime.format(unixMs);

/** Unix ms as "26 Nov 2026, 14:05:09" in the ward's time zone. */
export const dateAndTime = (unixMs: number): string => formatted.moment.format(unixMs);

/** Unix ms as "26 Nov" in the ward's time zone. */
export const dayOfMonth = (unixMs: number): string => formatted.day.format(unixMs);
