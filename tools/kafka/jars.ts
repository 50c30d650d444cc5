import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { requireTool, runTool } from "../tool.ts";

export const KAFKA_VERSION = "4.3.0";

/** Kafka's own dependencies name no logging back end; this one fits its log4j and slf4j 1.7. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bedside</groupId>
  <artifactId>kafka-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>2.25.4</version>
    </dependency>
  </dependencies>
</project>
`;

/** About how many files Maven reports on an empty cache, plugins and poms included; the scale of the progress. */
const EXPECTED_DOWNLOADS = 410;

/**
 * The folder of Apache Kafka's jars under `jarsDir`, fetched by Maven (about 45 MB) unless they stand there. `onProgress`
 * gets a fraction, 0 to 1. Throws TOOL_MISSING without mvn, DOWNLOAD_FAILED with what Maven said. Interrupted downloads
 * leave no half-filled folder.
 */
export async function fetchJars(jarsDir: string, onProgress: (fraction: number) => void): Promise<string> {
  const folder = join(jarsDir, `kafka-${KAFKA_VERSION}`);
  if (hasJars(folder)) return folder;
  await requireTool("mvn", ["--version"], "install Maven, e.g. `apt-get install maven`");
  const partial = `${folder}.${process.pid}.partial`;
  mkdirSync(partial, { recursive: true });
  try {
    const pom = join(partial, "pom.xml");
    writeFileSync(pom, POM);
    let downloads = 0;
    const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
    const { code, output } = await runTool(
      "mvn",
      ["--batch-mode", "-f", pom, goal, "-DincludeScope=runtime", `-DoutputDirectory=${join(partial, "libs")}`],
      (line) => {
        if (line.includes("Downloaded from")) onProgress(Math.min(1, ++downloads / EXPECTED_DOWNLOADS));
      },
    );
    if (code !== 0) {
      const reason = output.find((line) => line.startsWith("[ERROR]")) ?? output.at(-1) ?? `mvn ended with ${code}`;
      throw new BedsideError("DOWNLOAD_FAILED", `Maven could not fetch Apache Kafka ${KAFKA_VERSION}: ${reason}`);
    }
    onProgress(1);
    // Another process may have finished first: its folder is as good.
    if (!hasJars(folder)) renameSync(join(partial, "libs"), folder);
    return folder;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function hasJars(folder: string): boolean {
  try {
    return readdirSync(folder).includes(`kafka_2.13-${KAFKA_VERSION}.jar`);
  } catch {
    return false;
  }
}
