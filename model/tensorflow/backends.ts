/** What running a layers model takes of tfjs, whichever backend computes. */
export type Tfjs = Pick<
  typeof import("@tensorflow/tfjs-core"),
  "io" | "tidy" | "tensor2d" | "tensor3d" | "concat" | "split" | "reshape" | "getBackend" | "setBackend"
> &
  Pick<typeof import("@tensorflow/tfjs-layers"), "loadLayersModel">;

/** The backends' names within tfjs, by the name of the engine. */
export const BACKENDS = { "tfjs-node": "tensorflow", "tfjs-wasm": "wasm" } as const;
export type TfjsEngine = keyof typeof BACKENDS;
