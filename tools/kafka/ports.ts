import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { BedsideError } from "../../contracts/errors.ts";

/** `port` of 127.0.0.1 if it can be listened on, or any free one for 0. Throws PORT_IN_USE. */
export async function freePort(port: number): Promise<number> {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (cause) {
    const remedy = "stop what listens there, or choose another with --port";
    throw new BedsideError("PORT_IN_USE", `port ${port} of 127.0.0.1 is taken: ${remedy}`, { cause });
  }
  const { port: bound } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return bound;
}
