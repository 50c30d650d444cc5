import path from "node:path";

/** What `npm run report` writes and the gateway serves at /api/report. */
export const REPORT_FILE = path.resolve(import.meta.dirname, "artifacts/report.json");
