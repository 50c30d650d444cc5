import type {
  ClassifiedRow,
  ClassifyCounts,
  ClassifyEvent,
  ClassifyMetrics,
  RejectedRow,
  RowModel,
} from "../../contracts/classify-api.ts";
import { Changes } from "../changes.ts";
import { LocalBeats } from "./local-beats.ts";
import { sendFile } from "./send-file.ts";

export type UploadStatus = "none" | "running" | "done" | "failed" | "cancelled";

const TELL_MS = 120;

/** One file on its way through the classifier, and what came of it. */
export class UploadRun {
  /** Told no more often than every TELL_MS, but for the end. */
  readonly changes = new Changes();
  status: UploadStatus = "none";
  name = "";
  bytes = 0;
  sent = 0;
  message = "";
  model: RowModel | null = null;
  rows: ClassifiedRow[] = [];
  rejected: RejectedRow[] = [];
  counts: ClassifyCounts | null = null;
  metrics: ClassifyMetrics | null = null;
  beats = new LocalBeats();
  private stop = (): void => {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  /** `send`: how a file is sent; tests give another. */
  constructor(private readonly send: typeof sendFile = sendFile) {}

  /** Begins with a file; one under way is given up. */
  start(file: Blob, name: string): void {
    this.stop();
    const turn = ++this.turn;
    this.status = "running";
    this.name = name;
    this.bytes = file.size;
    this.sent = 0;
    this.message = "";
    this.model = null;
    this.rows = [];
    this.rejected = [];
    this.counts = null;
    this.metrics = null;
    this.beats = new LocalBeats();
    void this.beats.read(file, () => turn === this.turn).then(() => this.tell());
    this.stop = this.send(file, {
      sent: (bytes) => {
        this.sent = Math.min(bytes, this.bytes);
        this.tellSoon();
      },
      event: (event) => this.take(event),
      failed: (message) => this.end("failed", message),
      closed: () => this.end("done"),
    });
    this.tell();
  }

  /** What has come so far stays. */
  cancel(): void {
    if (this.status !== "running") return;
    this.stop();
    this.end("cancelled");
  }

  private take(event: ClassifyEvent): void {
    if (event.event === "start") this.model = event.model;
    // Pushing all at once as arguments would be too many for the stack.
    else if (event.event === "rows") for (const row of event.rows) this.rows.push(row);
    else if (event.event === "rejected") for (const row of event.rejected) this.rejected.push(row);
    else if (event.event === "end") {
      this.counts = event.counts;
      this.metrics = event.metrics ?? null;
    }
    this.tellSoon();
  }

  private end(status: UploadStatus, message = ""): void {
    this.status = status;
    this.message = message;
    this.stop = () => {};
    this.tell();
  }

  private tellSoon(): void {
    this.timer ??= setTimeout(() => this.tell(), TELL_MS);
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.changes.tell();
  }
}
