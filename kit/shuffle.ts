import type { Random } from "./random.ts";

/** Puts `items` in an order drawn from `random`, in place (Fisher and Yates, as Durstenfeld 1964 has it). */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
