import type { FastifyInstance } from "fastify";
import { BedsideError } from "../../contracts/errors.ts";
import type { Config } from "../config.ts";
import { type AppOptions, buildApp } from "./app.ts";

/** Builds the gateway and listens. Returns it with its address. Throws PORT_IN_USE. */
export async function startGateway(
  options: AppOptions & { readonly config: Pick<Config, "HOST" | "PORT" | "ALLOWED_ORIGINS" | "LOG_LEVEL"> },
): Promise<{ app: FastifyInstance; url: string }> {
  const { HOST, PORT } = options.config;
  const app = await buildApp(options);
  try {
    return { app, url: await app.listen({ host: HOST, port: PORT }) };
  } catch (cause) {
    await app.close();
    if ((cause as NodeJS.ErrnoException).code === "EADDRINUSE") {
      throw new BedsideError("PORT_IN_USE", `port ${PORT} on ${HOST} is in use: stop what listens there, or set PORT`, {
        cause,
      });
    }
    throw cause;
  }
}
