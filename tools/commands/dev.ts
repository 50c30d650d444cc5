import getPort from "get-port";
import path from "node:path";
import { command, run } from "../../kit/cli/command.ts";
import { onShutdown } from "../../kit/cli/shutdown.ts";
import { deferred } from "../../kit/deferred.ts";
import { environmentWith, readConfig } from "../../server/config.ts";
import { servePage, watchRooms } from "../dev/page-server.ts";
import { restartable } from "../dev/restartable.ts";

const MAIN = path.resolve(import.meta.dirname, "../../server/main/start.ts");
/** Where the server is: the page is what others may reach. */
const LOOPBACK = "127.0.0.1";
const READY = /^Bedside is at /;

/** What the server is made of. */
const ROOMS = ["bus", "contracts", "data", "kit", "model", "scoring", "server", "signal", "simulator"];
/** One save of an editor may be several changes, and one change of a branch many. */
const SETTLE_MS = 100;

const program = command("dev", "The page from its sources and the server, each change to be seen at once (HOST, PORT).")
  .argument("[options...]", "handed to the server; npm start -- --help lists them")
  .allowUnknownOption()
  .action(async (options: string[]) => {
    const { HOST, PORT } = readConfig();
    const serverPort = await getPort();
    const page = await servePage(HOST, PORT === 0 ? await getPort() : PORT, `http://${LOOPBACK}:${serverPort}`);
    const ended = deferred<number>();
    let isUp = false;
    let isLeaving = false;

    const server = restartable({
      args: ["--import", "tsx", MAIN, ...options],
      environment: environmentWith({ HOST: LOOPBACK, PORT: String(serverPort) }),
      onLine: (line) => {
        if (!READY.test(line)) console.log(line);
        else if (isUp) console.log("the server is up again");
        else
          console.log(`Bedside is at ${page.resolvedUrls?.local[0] ?? page.resolvedUrls?.network[0]} (Ctrl-C ends it)`);
        isUp ||= READY.test(line);
      },
      onEnd: (code) => {
        // Ctrl-C reaches it too.
        if (isLeaving) return;
        // One that has never come up would not by a change of the sources either: wrong options, say.
        if (!isUp) ended.resolve(code ?? 1);
        else console.log(`the server has ended with ${code}; it starts again at the next change`);
      },
    });
    let settling: ReturnType<typeof setTimeout> | undefined;
    watchRooms(page, ROOMS, (file) => {
      clearTimeout(settling);
      settling = setTimeout(() => {
        console.log(`${file} changed: the server starts again`);
        void server.restart();
      }, SETTLE_MS);
    });

    onShutdown(async () => {
      isLeaving = true;
      ended.resolve(0);
    });
    process.exitCode = await ended.promise;
    clearTimeout(settling);
    await Promise.all([server.close(), page.close()]);
  });

await run(program);
