import { type ChildProcess, fork } from "node:child_process";
import { BedsideError } from "../../contracts/errors.ts";
import type { Answer, Order } from "./child.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import type { ReplaySetting, ReplayTask } from "./setting.ts";

export interface ReplayChildren {
  /** Given to the process with the least to do. */
  run(task: ReplayTask): Promise<ReplayedRecord>;
  close(): void;
}

interface Pending {
  readonly resolve: (result: ReplayedRecord) => void;
  readonly reject: (error: Error) => void;
}

interface Child {
  readonly process: ChildProcess;
  readonly pending: Map<number, Pending>;
}

/** `count` processes that replay records, each with a model and records of its own. */
export function openReplayChildren(setting: ReplaySetting, count: number): ReplayChildren {
  let next = 0;
  const children = Array.from({ length: count }, () => openChild(setting));
  return {
    run(task) {
      const child = children.reduce((best, one) => (one.pending.size < best.pending.size ? one : best));
      const id = next++;
      return new Promise((resolve, reject) => {
        child.pending.set(id, { resolve, reject });
        tell(child, { id, task });
      });
    },
    close() {
      for (const child of children) child.process.disconnect();
    },
  };
}

function openChild(setting: ReplaySetting): Child {
  const process = fork(new URL("./child.ts", import.meta.url), {
    execArgv: ["--import", "tsx"],
    serialization: "advanced",
  });
  const child: Child = { process, pending: new Map() };
  process.on("message", (answer: Answer) => settle(child, answer));
  process.on("error", (error) => failAll(child, error));
  process.on("exit", (code) => failAll(child, new Error(`a process that replays records has ended (${code})`)));
  tell(child, { setting });
  return child;
}

function settle({ pending }: Child, answer: Answer): void {
  const waiting = pending.get(answer.id);
  pending.delete(answer.id);
  if ("result" in answer) waiting?.resolve(answer.result);
  else {
    const { code, message } = answer.error;
    waiting?.reject(code ? new BedsideError(code, message) : new Error(message));
  }
}

function tell(child: Child, order: Order): void {
  child.process.send(order, (error) => error && failAll(child, error));
}

function failAll({ pending }: Child, error: Error): void {
  for (const { reject } of pending.values()) reject(error);
  pending.clear();
}
