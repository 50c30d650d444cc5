/** A fraction in per cent, – for null. */
export const percent = (value: number | null, digits = 1): string =>
  value === null ? "–" : (100 * value).toFixed(digits);

export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}
