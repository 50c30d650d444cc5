/** Processor seconds, user and system, that this process spends until `work` is done. */
export async function cpuSeconds(work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The value in the middle, of an even number the lower of the two. Throws nothing; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;
}

/** Smallest and largest beside the median: these machines are noisy. */
export function spread(values: readonly number[], format = (value: number) => Math.round(value).toString()): string {
  return `${format(median(values))} (${format(Math.min(...values))} to ${format(Math.max(...values))})`;
}

/** Runs each measurement in turn, `rounds` times round, so that all of them see the same machine. */
export async function inTurns<K extends string>(
  rounds: number,
  measurements: Readonly<Record<K, () => Promise<number> | number>>,
): Promise<Record<K, number[]>> {
  const results = {} as Record<K, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(measurements) as K[]) {
      (results[name] ??= []).push(await measurements[name]());
    }
  }
  return results;
}
