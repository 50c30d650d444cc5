import type { AnyCard } from "./schema.ts";

/** What a kind of model says in its card as Markdown. */
export interface CardText {
  /** In one sentence: what the model does. */
  readonly about: string;
  /** What `hash` is of. */
  readonly hashOf: string;
  /** Rows of the table of facts, in order; those of every card among them. */
  readonly facts: readonly (readonly [string, string])[];
  /** What was measured, before the limits; and what is said behind them. */
  readonly measured: readonly string[];
  readonly behind?: readonly string[];
}

/** A card as Markdown. */
export function renderCard(card: AnyCard, { about, hashOf, facts, measured, behind = [] }: CardText): string {
  const sections = [
    `# Model card: ${card.name}`,
    `${about} Not a medical device.`,
    table(["", ""], [[`Hash (SHA-256 of ${hashOf})`, `\`${card.hash}\``], ...facts]),
    ...measured,
    "## Limits",
    card.limits.map((limit) => `- ${limit}`).join("\n"),
    ...behind,
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The facts of a training that every card has. */
export const dataFact = ({ training: { database, records } }: AnyCard): readonly [string, string] => [
  "Data",
  `${database}, ${records.length} records: ${records.join(" ")}`,
];
export const commandFact = ({ training }: AnyCard): readonly [string, string] => ["Command", `\`${training.command}\``];
export const settingsFact = ({ training }: AnyCard): readonly [string, string] => [
  "Settings",
  Object.entries(training.settings)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join("; "),
];
export const countsFact = (what: string, counts: Readonly<Record<string, number>>): readonly [string, string] => [
  what,
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(", "),
];

export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}
