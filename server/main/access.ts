import pino from "pino";
import { isIP } from "node:net";
import { BedsideError } from "../../contracts/errors.ts";
import { openAccess } from "../access/open-access.ts";
import type { Config } from "../config.ts";
import type { AppOptions } from "../gateway/app.ts";

/** Whom a gateway lets in, as configured, and who keeps what they did. Throws BAD_CONFIG. */
export function openAccessOf(
  config: Config,
  log: { warn(message: string): void },
): Pick<AppOptions, "access" | "auditTo" | "trustedProxies"> {
  const access = openAccess(config, (error) =>
    log.warn(`the users that were read before hold: ${error instanceof Error ? error.message : String(error)}`),
  );
  return { access, trustedProxies: proxiesOf(config.TRUSTED_PROXIES), ...auditOf(config.AUDIT_FILE) };
}

function auditOf(file: string): Pick<AppOptions, "auditTo"> {
  if (file === "") return {};
  try {
    // Written before the next thing is done: nothing is lost with the process.
    return { auditTo: pino(pino.destination({ dest: file, append: true, mkdir: true, mode: 0o600, sync: true })) };
  } catch (cause) {
    const why = `variable AUDIT_FILE is ${JSON.stringify(file)}: no file that can be written`;
    throw new BedsideError("BAD_CONFIG", why, { cause });
  }
}

function proxiesOf(list: string): string[] {
  const proxies = list
    .split(",")
    .map((proxy) => proxy.trim())
    .filter((proxy) => proxy !== "");
  for (const proxy of proxies) {
    const [address, bits, ...more] = proxy.split("/");
    const isBits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128));
    if (isIP(address) === 0 || !isBits || more.length > 0)
      throw new BedsideError(
        "BAD_CONFIG",
        `variable TRUSTED_PROXIES has ${JSON.stringify(proxy)}: no address or network`,
      );
  }
  return proxies;
}
