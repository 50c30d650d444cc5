import { BedsideError } from "../../contracts/errors.ts";
import { requireTool } from "../tool.ts";

/** The oldest Java that Kafka 4's broker runs on. */
const OLDEST_JAVA = 17;

/** Rejects with TOOL_MISSING unless `java` is there and recent enough. */
export async function requireJava(): Promise<void> {
  const remedy = `install Java ${OLDEST_JAVA} or newer, e.g. \`apt-get install openjdk-17-jre-headless\``;
  const output = await requireTool("java", ["-version"], remedy);
  const version = javaMajor(output);
  if (version < OLDEST_JAVA) throw new BedsideError("TOOL_MISSING", `java is version ${version}: ${remedy}`);
}

/** The major version in what `java -version` prints, e.g. 17 of `openjdk version "17.0.15"`; NaN if there is none. */
export function javaMajor(output: string): number {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  return Number(first === "1" ? second : first);
}
