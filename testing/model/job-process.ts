import type { JobMessage, JobReply } from "../../model/training/jobs/pool.ts";

/** A stand-in for a training's process: does what the record's name says, and tells its own id. */
const reply = (message: JobReply): void => void process.send?.(message);

process.on("message", ({ task }: JobMessage) => {
  const { name } = task as { readonly name: string };
  const failed = { code: "BAD_RECORD", message: `${name} can't be read` } as const;
  if (name === "die") process.exit(3);
  else if (name === "fail") reply({ answer: { failed } });
  else if (name !== "hang") reply({ answer: { value: { name, process: process.pid } } });
});
process.on("disconnect", () => process.exit(1));
