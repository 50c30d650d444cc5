import { createRequire } from "node:module";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { BACKENDS, type Tfjs } from "./backends.ts";

const BACKEND = BACKENDS["tfjs-wasm"];
const require = createRequire(import.meta.url);

let loading: Promise<Tfjs> | null = null;

/** tfjs in WebAssembly, without tfjs-node and its addon. Throws ENGINE_UNAVAILABLE where it does not load. */
export async function loadWasm(): Promise<Tfjs> {
  // Of two starts at the same time, tfjs takes the first for failed.
  loading ??= startWasm();
  return loading;
}

async function startWasm(): Promise<Tfjs> {
  try {
    const core = require("@tensorflow/tfjs-core") as typeof import("@tensorflow/tfjs-core");
    const layers = require("@tensorflow/tfjs-layers") as typeof import("@tensorflow/tfjs-layers");
    const wasm = require("@tensorflow/tfjs-backend-wasm") as typeof import("@tensorflow/tfjs-backend-wasm");
    wasm.setWasmPaths(`${path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}${path.sep}`);
    const putBack = keepHandlers();
    const started = await core.setBackend(BACKEND);
    putBack();
    if (!started) throw new Error("its WebAssembly module does not start");
    return { ...core, loadLayersModel: layers.loadLayersModel };
  } catch (cause) {
    throw new BedsideError("ENGINE_UNAVAILABLE", `tfjs-wasm does not load: run npm ci (${String(cause)})`, { cause });
  }
}

/** Emscripten's module puts handlers on the whole process that throw what is not caught again: they are taken off. */
function keepHandlers(): () => void {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as "uncaughtException")));
  return () => {
    events.forEach((event, at) => {
      for (const listener of process.listeners(event as "uncaughtException")) {
        if (!before[at].has(listener)) process.off(event, listener);
      }
    });
  };
}
