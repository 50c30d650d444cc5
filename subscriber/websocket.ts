import { WebSocket } from "ws";
import type { OpenSocket } from "./socket-like.ts";

/** Node's: 20 has none of its own, and this one may name its bearer in a header. */
export const openSocket: OpenSocket = (url, protocols, token) =>
  new WebSocket(url, [...protocols], token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
