import type { FastifyInstance } from "fastify";
import { BedsideError } from "../../contracts/errors.ts";
import { checkOpenAccess } from "../access/open-access.ts";
import type { Config } from "../config.ts";
import { type AppOptions, buildApp } from "./app.ts";

/**
 * Builds the gateway and listens; /readyz tells when it has read what stands on the bus. Throws PORT_IN_USE, or BAD_CONFIG
 * for a HOST or PORT that cannot be listened on, or that lets in whom nobody has asked in.
 */
export async function startGateway(
  options: AppOptions & { readonly config: Pick<Config, "PORT" | "OPEN_ACCESS"> },
): Promise<{ app: FastifyInstance; url: string }> {
  const { HOST, PORT } = options.config;
  if (!options.access) checkOpenAccess(options.config);
  const app = await buildApp(options);
  try {
    return { app, url: await app.listen({ host: HOST, port: PORT }) };
  } catch (cause) {
    await app.close();
    throw explain(cause, HOST, PORT);
  }
}

function explain(cause: unknown, host: string, port: number): unknown {
  switch ((cause as NodeJS.ErrnoException).code) {
    case "EADDRINUSE": {
      const message = `port ${port} on ${host} is in use: stop what listens there, or set PORT (0: any free one)`;
      return new BedsideError("PORT_IN_USE", message, { cause });
    }
    case "EACCES":
      return new BedsideError("BAD_CONFIG", `variable PORT is ${port}, which needs privileges: set PORT above 1023`, {
        cause,
      });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new BedsideError(
        "BAD_CONFIG",
        `variable HOST is ${JSON.stringify(host)}: not an address of this machine`,
        {
          cause,
        },
      );
    default:
      return cause;
  }
}
