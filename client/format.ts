/** Whole seconds as m:ss, from an hour on h:mm:ss. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

const clockOf = (timeZone?: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    ...(timeZone !== undefined && { timeZone }),
  });

let clock = clockOf();

/** From here on times are told in this zone (an IANA name): the ward's, wherever its screens stand. One that is none changes nothing. */
export function tellTimesIn(timeZone: string): void {
  try {
    clock = clockOf(timeZone);
  } catch {
    // A browser without the zone goes on in its own.
  }
}

/** The zone in which times are told. */
export const toldTimeZone = (): string => clock.resolvedOptions().timeZone;

/** Unix ms as HH:MM:SS in the ward's time zone; before that is known, in this browser's. */
export function timeOfDay(unixMs: number): string {
  return clock.format(unixMs);
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** Unix ms as "26 Nov, 14:05" of this browser's time zone. */
export function dayAndTime(unixMs: number): string {
  return day.format(unixMs);
}
