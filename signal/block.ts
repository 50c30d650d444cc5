/**
 * Samples at 125 Hz that go through the chain at once, at most: a frame of 200 ms in one piece, and no further ahead of
 * the decisions than the detector's ring allows.
 */
export const MAX_BLOCK = 32;

/** The curves of a block, each [MAX_BLOCK], mV. */
export interface Block {
  readonly raw: Float64Array;
  /** In the morphology's band. */
  readonly band: Float64Array;
  /** The QRS detector's. */
  readonly energy: Float64Array;
}

const createBlock = (): Block => ({
  raw: new Float64Array(MAX_BLOCK),
  band: new Float64Array(MAX_BLOCK),
  energy: new Float64Array(MAX_BLOCK),
});

/** One block does for all chains, so that it stays in the processor's cache. */
let spare: Block | null = createBlock();

/** A block to work in; another one where a chain is pushed to while one is given the events of its own. */
export function takeBlock(): Block {
  const block = spare ?? createBlock();
  spare = null;
  return block;
}

/** To be called when the block's samples are done with. */
export function returnBlock(block: Block): void {
  spare = block;
}
