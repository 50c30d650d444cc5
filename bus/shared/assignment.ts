/**
 * Which partition numbers each member of a group gets: contiguous ranges over 0 to partitions − 1, in the order of the
 * sorted ids, sizes differing by one at most. It knows of no topics, so a member has the same numbers in every topic
 * (co-partitioning), whoever computes it.
 */
export function assignRanges(memberIds: readonly string[], partitions: number): Map<string, number[]> {
  const sorted = [...memberIds].sort();
  return new Map(
    sorted.map((id, index) => {
      const begin = Math.floor((index * partitions) / sorted.length);
      const end = Math.floor(((index + 1) * partitions) / sorted.length);
      return [id, Array.from({ length: end - begin }, (_, i) => begin + i)];
    }),
  );
}
