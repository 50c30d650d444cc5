import path from "node:path";
import { createLogger, createServer, type Logger, type ViteDevServer } from "vite";
import { BedsideError } from "../../contracts/errors.ts";
import { hotStyles } from "./hot-styles.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** What the server answers; /api.ts and its like are the page's own. */
const SERVED = "^/(api/|docs|(livez|readyz|metrics|openapi.json|asyncapi.json)$)";
const SOCKET = "^/ws$";
/** Large, and read at start alone. */
const UNWATCHED = ["**/data/files/**", "**/model/artifacts/**", "**/client/dist/**"];

/** The page from its sources, each change shown at once; all else from `server`. Throws PORT_IN_USE, BAD_CONFIG. */
export async function servePage(host: string, port: number, server: string): Promise<ViteDevServer> {
  const page = await createServer({
    configFile: path.join(ROOT, "client/vite.config.ts"),
    customLogger: withoutProxyFaults(createLogger("warn")),
    clearScreen: false,
    plugins: [hotStyles()],
    server: {
      host,
      port,
      strictPort: true,
      proxy: {
        [SERVED]: server,
        [SOCKET]: { target: server.replace(/^http/, "ws"), ws: true },
      },
      watch: { ignored: UNWATCHED },
    },
  });
  try {
    return await page.listen();
  } catch (cause) {
    await page.close();
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/already in use/.test(message)) {
      const remedy = "stop what listens there, or set PORT (0: any free one)";
      throw new BedsideError("PORT_IN_USE", `port ${port} on ${host} is in use: ${remedy}`, { cause });
    }
    throw new BedsideError("BAD_CONFIG", `HOST ${host} and PORT ${port} can't be listened on: ${message}`, { cause });
  }
}

/** Calls `changed` when a source file of one of these rooms does; their tests are no part of what runs. */
export function watchRooms(page: ViteDevServer, rooms: readonly string[], changed: (file: string) => void): void {
  const folders = rooms.map((room) => path.join(ROOT, room));
  page.watcher.add(folders);
  page.watcher.on("all", (_, file) => {
    const isWithin = folders.some((folder) => file.startsWith(`${folder}${path.sep}`));
    if (isWithin && file.endsWith(".ts") && !file.endsWith(".test.ts")) changed(path.relative(ROOT, file));
  });
}

/** While the server starts again the page asks in vain, as it is made to: no word of it. */
function withoutProxyFaults(logger: Logger): Logger {
  const { error } = logger;
  logger.error = (message, options) => {
    if (!/proxy (socket )?error/.test(message)) error(message, options);
  };
  return logger;
}
