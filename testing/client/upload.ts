import type { ClassifiedRow } from "../../contracts/classify-api.ts";
import type { SendHandlers } from "../../client/upload/send-file.ts";
import { UploadRun } from "../../client/upload/upload-run.ts";

const NONE = { N: 0, S: 0, V: 0, F: 0, Q: 0 };

export const rowOf = (row: number, beatClass: "N" | "S" | "V", sure: number, label?: "N" | "V"): ClassifiedRow => ({
  row,
  beatClass,
  probabilities: { ...NONE, [beatClass]: sure },
  ...(label && { label }),
});

/** An upload whose server is the test: it says what comes by `said`. */
export function scriptedUpload(): { upload: UploadRun; said: () => SendHandlers } {
  let handlers: SendHandlers | null = null;
  const upload = new UploadRun((_, given) => {
    handlers = given;
    return () => {};
  });
  const said = (): SendHandlers => {
    if (!handlers) throw new Error("no file was sent");
    return handlers;
  };
  return { upload, said };
}

/** One that has come to its end with these rows. */
export function finishedUpload(
  rows: readonly ClassifiedRow[],
  rejected: { row: number; reason: string }[] = [],
): UploadRun {
  const { upload, said } = scriptedUpload();
  upload.start(new Blob(["0"]), "a.csv");
  said().event({ event: "start", model: { name: "rows", hash: "abc123", engine: "onnx" }, bytes: 1 });
  said().event({ event: "rows", rows: [...rows] });
  if (rejected.length > 0) said().event({ event: "rejected", rejected });
  said().closed();
  return upload;
}
