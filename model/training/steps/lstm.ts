import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import type { Tensorflow } from "../../tensorflow/load.ts";

/** What a step's gradient needs of it, each [rows, units]. */
interface Kept {
  readonly input: Tensor;
  readonly forget: Tensor;
  readonly candidate: Tensor;
  readonly exit: Tensor;
  readonly cell: Tensor;
  /** tanh of the cell. */
  readonly bent: Tensor;
}

/**
 * An LSTM over time: `shares` [time, rows, 4 × units] of the inputs in its gates (bias and all; order as tfjs has it: input, forget,
 * candidate, output), `recurrent` [units, 4 × units], and the state (hidden, cell) [rows, units] before → the hidden values [time, rows, units] and
 * the state behind. Its gradient, of the hidden values by `shares` and `recurrent` alone, is written out (Hochreiter & Schmidhuber, "Long
 * short-term memory", Neural Computation 9(8):1735-1780, 1997, with the forget gate of Gers et al., 2000): what is known of all times is computed in one
 * piece, so that it costs a fraction of the tape's operations.
 */
export function lstmOverTime(
  tf: Tensorflow,
  shares: Tensor3D,
  recurrent: Tensor2D,
  before: readonly Tensor[],
): { hidden: Tensor3D; state: Tensor[] } {
  const units = recurrent.shape[0];
  let state: Tensor[] = [];
  const run = tf.customGrad((...args) => {
    const [x, kernel, save] = args as unknown as [Tensor3D, Tensor2D, (tensors: Tensor[]) => void];
    const steps: Kept[] = [];
    const hiddens: Tensor[] = [];
    let [hidden, cell] = before;
    for (const share of tf.unstack(x)) {
      const gates = tf.split(tf.add(share, tf.matMul(hidden as Tensor2D, kernel)), 4, 1);
      const [input, forget, exit] = [gates[0], gates[1], gates[3]].map((gate) => tf.sigmoid(gate));
      const candidate = tf.tanh(gates[2]);
      cell = tf.add(tf.mul(forget, cell), tf.mul(input, candidate));
      const bent = tf.tanh(cell);
      hidden = tf.mul(exit, bent);
      steps.push({ input, forget, candidate, exit, cell, bent });
      hiddens.push(hidden);
    }
    state = [hidden, cell].map((tensor) => tf.keep(tensor));
    const stacked = (of: (kept: Kept) => Tensor): Tensor => tf.stack(steps.map(of));
    const [input, forget, candidate, exit, bent] = [
      stacked((kept) => kept.input),
      stacked((kept) => kept.forget),
      stacked((kept) => kept.candidate),
      stacked((kept) => kept.exit),
      stacked((kept) => kept.bent),
    ];
    const cellBefore = tf.stack([before[1], ...steps.slice(0, -1).map((kept) => kept.cell)]);
    const hiddenBefore = tf.stack([before[0], ...hiddens.slice(0, -1)]);
    // How the loss's slope at cell (thrice) and hidden values reaches the gates, before their bends; and the cell through the hidden values.
    const slope = (value: Tensor): Tensor => tf.mul(value, tf.sub(1, value));
    const toGates = tf.concat(
      [
        tf.mul(candidate, slope(input)),
        tf.mul(cellBefore, slope(forget)),
        tf.mul(input, tf.sub(1, tf.square(candidate))),
        tf.mul(bent, slope(exit)),
      ],
      2,
    );
    const toCell = tf.mul(exit, tf.sub(1, tf.square(bent)));
    save([kernel, toGates, toCell, forget, hiddenBefore]);

    const gradFunc = (dy: Tensor, [own, ...saved]: Tensor[]): Tensor[] => {
      const [gatesAt, cellAt, forgetAt] = saved.slice(0, 3).map((tensor) => tf.unstack(tensor));
      const dyAt = tf.unstack(dy);
      const dGates: Tensor[] = [];
      let [dHidden, dCell] = [tf.zerosLike(before[0]), tf.zerosLike(before[1])];
      for (let t = dyAt.length - 1; t >= 0; t--) {
        const dh = tf.add(dyAt[t], dHidden);
        const dc = tf.add(dCell, tf.mul(dh, cellAt[t]));
        const dz = tf.mul(tf.concat([dc, dc, dc, dh], 1), gatesAt[t]);
        dGates.unshift(dz);
        dCell = tf.mul(dc, forgetAt[t]);
        dHidden = tf.matMul(dz as Tensor2D, own as Tensor2D, false, true);
      }
      const dShares = tf.stack(dGates);
      const flat = (tensor: Tensor, width: number): Tensor2D => tf.reshape(tensor, [-1, width]);
      return [dShares, tf.matMul(flat(saved[3], units), flat(dShares, 4 * units), true)];
    };
    return { value: tf.stack(hiddens), gradFunc: gradFunc as (dy: Tensor, saved: Tensor[]) => Tensor[] };
  });
  return { hidden: run(shares, recurrent) as Tensor3D, state };
}
