import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { environmentWith } from "../server/config.ts";

/**
 * Runs a container's health check, which finds its port in `variable`, on a process that is well, one that is not, and none: what it
 * asks for, and its exit codes.
 */
export async function healthchecked(program: readonly string[], variable: string) {
  let asked = "";
  let status = 200;
  const server = createServer(({ url = "" }, response) => {
    asked = url;
    response.writeHead(status).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = String((server.address() as AddressInfo).port);
  const run = async (): Promise<unknown> => {
    const [file, ...rest] = program;
    const child = spawn(file, rest, {
      env: environmentWith({ [variable]: port }) as NodeJS.ProcessEnv,
      stdio: "ignore",
    });
    return ((await once(child, "exit")) as unknown[])[0];
  };
  const well = await run();
  status = 503;
  const ill = await run();
  server.close();
  server.closeAllConnections();
  const gone = await run();
  return { asked, well, ill, gone };
}
