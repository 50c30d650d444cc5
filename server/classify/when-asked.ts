/** Something that is opened when it is first asked for, and then kept. What fails to open is tried again at the next call. */
export function whenAsked<T extends { close(): Promise<void> }>(open: () => Promise<T>) {
  let opened: Promise<T> | null = null;
  return {
    open(): Promise<T> {
      if (opened) return opened;
      const opening = open();
      opened = opening;
      opening.catch(() => (opened = null));
      return opening;
    },
    async close(): Promise<void> {
      await (await opened)?.close();
    },
  };
}
