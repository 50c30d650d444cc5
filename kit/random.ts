/** Seeded random numbers: the same seed and purpose give the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
}

/**
 * A stream of its own for each `purpose`, so that e.g. more noise does not move a beat. Marsaglia's xorshift family:
 * xorshift128 (J. Stat. Softw. 8(14), 2003), seeded by FNV-1a; normals by the polar method.
 */
export function createRandom(seed: number, purpose: string): Random {
  const state = Uint32Array.from([1, 2, 3, 4], (word) => hash(`${seed}/${purpose}/${word}`) || word);
  let spare = Number.NaN;

  const word = (): number => {
    const first = state[0];
    const mixed = first ^ (first << 11);
    const last = state[3];
    state.copyWithin(0, 1);
    state[3] = last ^ (last >>> 19) ^ mixed ^ (mixed >>> 8);
    return state[3];
  };
  const uniform = (): number => word() / 2 ** 32;

  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const a = 2 * uniform() - 1;
      const b = 2 * uniform() - 1;
      const square = a * a + b * b;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = b * factor;
        return a * factor;
      }
    }
  };
  return { uniform, normal };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
