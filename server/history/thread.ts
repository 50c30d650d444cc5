import { parentPort, workerData } from "node:worker_threads";
import { BedsideError } from "../../contracts/errors.ts";
import { answerOf } from "../../kit/thread-answer.ts";
import type { Call, Role } from "./calls.ts";
import { readerMethods } from "./reader-methods.ts";
import { writerMethods } from "./writer-methods.ts";

/** A thread of history: answers one call after the other. Both methods' tables are as calls.ts has them. */
const METHODS: Readonly<Record<Role, () => object>> = { reader: readerMethods, writer: writerMethods };
const methods = METHODS[(workerData as { role: Role }).role]() as Readonly<
  Record<string, (...args: unknown[]) => unknown>
>;

const port = parentPort;
port?.on("message", ({ id, method, args }: Call) => {
  void answerOf(async () => {
    if (!Object.hasOwn(methods, method)) throw new BedsideError("BAD_ARGUMENT", `history has no method ${method}`);
    return methods[method](...args);
  }).then((answer) => port?.postMessage({ id, answer }, []));
});
