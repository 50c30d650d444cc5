/** Runs `stop` once, at the first SIGINT or SIGTERM; a second signal ends the process at once. */
export function onShutdown(stop: () => Promise<unknown>): void {
  let asked = false;
  const shutdown = (): void => {
    if (asked) process.exit(130);
    asked = true;
    stop().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
  };
  process.on("SIGINT", shutdown);
  process.on("SIGTERM", shutdown);
}
