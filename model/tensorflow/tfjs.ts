import { BACKENDS, type Tfjs, type TfjsEngine } from "./backends.ts";

/** tfjs with this engine's backend loaded. Throws ENGINE_UNAVAILABLE. */
export async function loadTfjs(engine: TfjsEngine): Promise<Tfjs> {
  if (engine === "tfjs-node") return (await import("./load.ts")).loadTensorflow();
  return (await import("./load-wasm.ts")).loadWasm();
}

/**
 * Makes this engine's backend the one that computes: all engines of a process share one tfjs, whose backend is set for
 * all. It holds until something is waited for; so what follows computes to its end before it waits.
 */
export function selectBackend(tf: Tfjs, engine: TfjsEngine): void {
  const backend = BACKENDS[engine];
  // The switch is done when the call returns, since the backend was started when it was loaded.
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}
