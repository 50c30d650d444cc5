import { connectBy } from "./connect.ts";
import { openSocket } from "./websocket-browser.ts";

export * from "./shared.ts";

export const connect = connectBy(openSocket);
