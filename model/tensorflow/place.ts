import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const require = createRequire(import.meta.url);

/** Version of the wheel whose library stands in for libtensorflow where its own host is out of reach. */
export const WHEEL_VERSION = "2.15.1";

const projectFolder = resolve(import.meta.dirname, "../..");

/** Where @tensorflow/tfjs-node is installed. */
export const packageFolder = (): string => dirname(require.resolve("@tensorflow/tfjs-node/package.json"));

/** Folders of executables that npm would put on the path of the package's own scripts. */
export const executablesFolder = (): string => join(projectFolder, "node_modules", ".bin");

/** Where downloads are kept between installations. */
export const cacheFolder = (): string => join(projectFolder, ".cache", "tensorflow");

/** What is missing before tfjs-node can be loaded, or null when all is in place. */
export function whatIsMissing(folder = packageFolder()): string | null {
  const addons = join(folder, "lib");
  const hasAddon =
    existsSync(addons) && readdirSync(addons).some((name) => existsSync(join(addons, name, "tfjs_binding.node")));
  if (!hasAddon) return "the native addon of @tensorflow/tfjs-node is not built";
  const libraries = join(folder, "deps", "lib");
  const hasLibrary =
    existsSync(libraries) && readdirSync(libraries).some((name) => /^(lib)?tensorflow\.(so|dylib|dll)/.test(name));
  return hasLibrary || process.platform === "win32" ? null : "TensorFlow's library is not in place";
}
