import { createRequire } from "node:module";
import util from "node:util";
import { BedsideError } from "../../contracts/errors.ts";
import { packageFolder, whatIsMissing } from "./place.ts";

export type Tensorflow = typeof import("@tensorflow/tfjs-node");

const require = createRequire(import.meta.url);

/** tfjs-node, loaded on first use. Throws ENGINE_UNAVAILABLE where its addon is not in place or does not load. */
export function loadTensorflow(folder = folderOf(packageFolder)): Tensorflow {
  const missing = whatIsMissing(folder);
  if (missing) throw new BedsideError("ENGINE_UNAVAILABLE", `${missing}: run npm run setup:tensorflow`);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  // The tensors are small: threads cost more than they bring, and one thread sums in one order.
  process.env.TF_NUM_INTRAOP_THREADS ??= "1";
  polyfillNodeUtil();
  try {
    return require(folder) as Tensorflow;
  } catch (cause) {
    throw new BedsideError(
      "ENGINE_UNAVAILABLE",
      "tfjs-node's addon does not load (built for another Node?): remove node_modules/@tensorflow/tfjs-node/lib and run npm run setup:tensorflow",
      { cause },
    );
  }
}

/** Where the package is, as `find` knows; it is for who develops, and not in the image. Throws ENGINE_UNAVAILABLE. */
export function folderOf(find: () => string): string {
  try {
    return find();
  } catch (cause) {
    throw new BedsideError(
      "ENGINE_UNAVAILABLE",
      "@tensorflow/tfjs-node is not installed: npm ci, development dependencies included, then npm run setup:tensorflow",
      { cause },
    );
  }
}

/** tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 took away. */
function polyfillNodeUtil(): void {
  const target = util as unknown as Record<string, unknown>;
  target.isNullOrUndefined ??= (value: unknown): boolean => value === null || value === undefined;
}
