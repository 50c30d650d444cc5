import getPort, { clearLockedPorts } from "get-port";
import { BedsideError } from "../../contracts/errors.ts";

/** `port` of 127.0.0.1 if it can be listened on, or any free one for 0, never one twice. Throws PORT_IN_USE. */
export async function freePort(port: number): Promise<number> {
  // A broker that was stopped may be started again on its port.
  if (port !== 0) clearLockedPorts();
  const free = await getPort({ port, host: "127.0.0.1" });
  if (port === 0 || free === port) return free;
  const remedy = "stop what listens there, or choose another with --port";
  throw new BedsideError("PORT_IN_USE", `port ${port} of 127.0.0.1 is taken: ${remedy}`);
}
