import path from "node:path";
import { ensurePythonPackages } from "../python-packages.ts";

/** Of grpcio-tools, which brings Python a protoc and the library that its output needs. */
const VERSION = "1.85.1";

/** Where `ensurePythonProtoc` puts what Python is to find. */
export const pythonProtocFolder = (cacheDir: string): string => path.join(cacheDir, `grpcio-tools-${VERSION}`);

/** Puts protoc for Python beside the jars, for examples/python. Throws as `ensurePythonPackages` does. */
export const ensurePythonProtoc = (cacheDir: string, report: (line: string) => void): Promise<void> =>
  ensurePythonPackages({ requirements: [`grpcio-tools==${VERSION}`], folder: pythonProtocFolder(cacheDir) }, report);
