const encoder = new TextEncoder();

/**
 * The partition a key falls on, 0 to partitions − 1: the positive murmur2 hash of its UTF-8 bytes, modulo the count, as
 * Kafka's Java client computes it, so that any Kafka producer puts a bed where this one does.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(encoder.encode(key)) & 0x7fffffff) % partitions;
}

/**
 * MurmurHash2 (A. Appleby), 32 bits, with Kafka's seed; a signed integer.
 * Constants as in org.apache.kafka.common.utils.Utils.murmur2.
 */
export function murmur2(data: Uint8Array): number {
  const m = 0x5bd1e995;
  const length = data.length;
  const whole = length & ~3;
  let h = 0x9747b28c ^ length;
  for (let i = 0; i < whole; i += 4) {
    let k = data[i] | (data[i + 1] << 8) | (data[i + 2] << 16) | (data[i + 3] << 24);
    k = Math.imul(k, m);
    k = Math.imul(k ^ (k >>> 24), m);
    h = Math.imul(h, m) ^ k;
  }
  const rest = length - whole;
  if (rest > 2) h ^= data[whole + 2] << 16;
  if (rest > 1) h ^= data[whole + 1] << 8;
  if (rest > 0) h = Math.imul(h ^ data[whole], m);
  h = Math.imul(h ^ (h >>> 13), m);
  return h ^ (h >>> 15);
}
