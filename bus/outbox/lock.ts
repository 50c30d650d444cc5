import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";

/** A folder is this process's own until what is returned is called, or it ends. Throws BAD_CONFIG while another one has it. */
export async function takeLock(dir: string): Promise<() => Promise<void>> {
  const file = path.join(dir, "lock");
  for (let tries = 0; tries < 2; tries++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const pid = Number(await readFile(file, "utf8").catch(() => ""));
      if (isAlive(pid)) {
        throw new BedsideError(
          "BAD_CONFIG",
          `the outbox ${dir} is process ${pid}'s: give each simulator its own OUTBOX`,
        );
      }
      await rm(file, { force: true });
    }
  }
  throw new BedsideError("BAD_CONFIG", `the outbox ${dir} is taken by another process at this moment: start again`);
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
