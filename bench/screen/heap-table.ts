/** What is compiled and kept at first has been by then. */
const SETTLED_MINUTES = 5;

/** In Markdown: live heap by minute, MB, and by how much it differs from that at the end of the fifth. */
export function heapTable(beds: number, heaps: readonly number[]): string {
  const base = heaps[Math.min(SETTLED_MINUTES, heaps.length) - 1];
  const drift = (mb: number): number => (mb / base - 1) * 100;
  const signed = (percent: number): string => `${percent < 0 ? "−" : "+"}${Math.abs(percent).toFixed(1)} %`;
  const later = heaps.slice(SETTLED_MINUTES).map(drift);
  const rows = heaps.map(
    (mb, at) => `| ${at + 1} | ${mb.toFixed(1)} | ${at < SETTLED_MINUTES ? "" : signed(drift(mb))} |`,
  );
  const range =
    later.length === 0 ? "too short to tell" : `${signed(Math.min(...later))} to ${signed(Math.max(...later))}`;
  return [
    `| minute, ${beds} beds | live heap, MB | against the fifth |`,
    "| --- | --- | --- |",
    ...rows,
    "",
    `After the first five minutes: ${range}.`,
  ].join("\n");
}
