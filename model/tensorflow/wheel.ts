import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { cacheFolder, WHEEL_VERSION } from "./place.ts";
import { runProcess } from "./run-process.ts";

const MAIN_LIBRARY = "libtensorflow_cc.so.2";
const FRAMEWORK_LIBRARY = "libtensorflow_framework.so.2";

/** What of the wheel (600 MB unpacked) the addon needs: two libraries and the C headers with what they include. */
const NEEDED = [
  `tensorflow/${MAIN_LIBRARY}`,
  `tensorflow/${FRAMEWORK_LIBRARY}`,
  "tensorflow/include/tensorflow/c/",
  "tensorflow/include/tensorflow/core/platform/",
  "tensorflow/include/tsl/c/",
  "tensorflow/include/tsl/platform/",
];

/** Names under which tfjs-node 4.22 looks for libtensorflow 2.9.1, which it was made for. */
const LINKS = [
  ["libtensorflow.so", MAIN_LIBRARY],
  ["libtensorflow.so.2", MAIN_LIBRARY],
  ["libtensorflow.so.2.9.1", MAIN_LIBRARY],
  ["libtensorflow_framework.so", FRAMEWORK_LIBRARY],
] as const;

const UNPACK = `
import sys, zipfile
wheel, target, *needed = sys.argv[1:]
archive = zipfile.ZipFile(wheel)
for name in archive.namelist():
    if name.startswith(tuple(needed)):
        archive.extract(name, target)
`;

/**
 * TensorFlow's library and headers from the Python wheel, laid out as tfjs-node's `deps` folder; downloaded and
 * unpacked once. Returns the folder. Throws TOOL_MISSING (no pip, another platform) or DOWNLOAD_FAILED.
 */
export async function provideLibrary(report: (line: string) => void): Promise<string> {
  const target = join(cacheFolder(), WHEEL_VERSION);
  if (existsSync(join(target, "lib", LINKS[0][0]))) return target;
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new BedsideError(
      "TOOL_MISSING",
      `TensorFlow's library can be taken from its Python wheel on Linux x64 only, this is ${process.platform} ${process.arch}: ` +
        "give tfjs-node's own installer a way to storage.googleapis.com",
    );
  }
  await mkdir(cacheFolder(), { recursive: true });
  const wheel = (await findWheel()) ?? (await downloadWheel(report));
  report("unpacking the library");
  const staging = join(cacheFolder(), "staging");
  await rm(staging, { recursive: true, force: true });
  const unpacked = await runProcess("python3", ["-c", UNPACK, wheel, staging, ...NEEDED], { timeoutMs: 300_000 });
  if (!unpacked.ok) {
    await rm(wheel, { force: true });
    throw new BedsideError(
      "DOWNLOAD_FAILED",
      `${wheel} could not be unpacked and was removed, try again: ${unpacked.reason}`,
    );
  }
  const source = join(staging, "tensorflow");
  await mkdir(join(source, "lib"));
  for (const name of [MAIN_LIBRARY, FRAMEWORK_LIBRARY]) await rename(join(source, name), join(source, "lib", name));
  for (const [name, library] of LINKS) await symlink(library, join(source, "lib", name));
  await rm(target, { recursive: true, force: true });
  await rename(source, target);
  await rm(staging, { recursive: true, force: true });
  await rm(wheel, { force: true });
  return target;
}

async function findWheel(): Promise<string | null> {
  const name = (await readdir(cacheFolder())).find((entry) => entry.endsWith(".whl") && entry.includes(WHEEL_VERSION));
  return name ? join(cacheFolder(), name) : null;
}

async function downloadWheel(report: (line: string) => void): Promise<string> {
  report(`downloading tensorflow-cpu ${WHEEL_VERSION} with pip (207 MB)`);
  const python = ["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"];
  const platform = ["--platform", "manylinux_2_17_x86_64", "--only-binary", ":all:"];
  const wheel = ["--no-deps", `tensorflow-cpu==${WHEEL_VERSION}`, "--dest", cacheFolder()];
  const result = await runProcess(
    "python3",
    ["-m", "pip", "download", "--disable-pip-version-check", ...python, ...platform, ...wheel],
    { timeoutMs: 1_800_000, showOutput: process.stderr.isTTY },
  );
  if (result.notFound || result.reason.includes("No module named pip")) {
    throw new BedsideError(
      "TOOL_MISSING",
      "python3 with pip fetches TensorFlow's library: install python3-pip and try again",
    );
  }
  const file = result.ok ? await findWheel() : null;
  if (!file) {
    throw new BedsideError(
      "DOWNLOAD_FAILED",
      `pip could not download tensorflow-cpu ${WHEEL_VERSION}, check its index and try again: ${result.reason}`,
    );
  }
  return file;
}
