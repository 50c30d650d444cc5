import type { Contents } from "./segment.ts";

/** E.g. "1,234 messages (1.2 MB) wait for the bus, the first for 12 s". */
export function depthWords({ messages, bytes, sinceMs }: Contents): string {
  const seconds = sinceMs === null ? 0 : Math.max(0, Math.round((Date.now() - sinceMs) / 1000));
  return `${messages.toLocaleString("en")} messages (${(bytes / 1e6).toFixed(1)} MB) wait for the bus, the first for ${seconds} s`;
}
