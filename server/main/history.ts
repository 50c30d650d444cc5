import type { Config } from "../config.ts";
import { History, type HistoryLog } from "../history/history.ts";

type HistoryConfig = Pick<Config, "BUS" | "HISTORY" | "HISTORY_HOURS" | "HISTORY_MB" | "PORT">;

const OFF = "off";
const PORT = "{PORT}";
const HOUR_MS = 3_600_000;

/** The history that the configuration asks for; null: none. What is wrong with its file is told, and nothing waits for it. */
export async function openHistoryOf(config: HistoryConfig, log: HistoryLog): Promise<History | null> {
  const { HISTORY, PORT: port } = config;
  // Any free port is another one each time: nobody would find the file again.
  if (HISTORY === OFF || (HISTORY.includes(PORT) && port === 0)) return null;
  return History.open({
    file: HISTORY.replaceAll(PORT, String(port)),
    // Offsets of a memory bus count anew in each process.
    log: config.BUS === "kafka" ? config.BUS : null,
    maxAgeMs: config.HISTORY_HOURS * HOUR_MS,
    maxBytes: config.HISTORY_MB * 2 ** 20,
    logTo: log,
  });
}
