import type { OpenSocket } from "./socket-like.ts";

/** The browser's, which can't send a header: there a ticket opens the socket. */
export const openSocket: OpenSocket = (url, protocols) => new WebSocket(url, [...protocols]);
