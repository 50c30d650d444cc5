/** With `--json`: the measurement's figures as one line of JSON, the last that is printed. */
export function conclude(bench: string, figures: Readonly<Record<string, unknown>>): void {
  if (process.argv.includes("--json")) console.log(JSON.stringify({ bench, ...figures }));
}
