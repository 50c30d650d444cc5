/** The rest of a file from `offset` on, which may be lower than what was asked for. */
export interface Rest {
  readonly offset: number;
  /** Bytes of the whole file, null where it is not told. */
  readonly total: number | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Where files come from: a tree laid out like PhysioNet's `files/`. */
export interface Source {
  /** Of a file, as messages name it. */
  place(file: string): string;
  /**
   * Opens `file` from `offset` on; null when nothing lies behind it. Throws BAD_ARGUMENT when it is not there,
   * DOWNLOAD_FAILED when another try may help; so does reading.
   */
  open(file: string, offset: number): Promise<Rest | null>;
}

export interface SourceOptions {
  /** A connection on which nothing comes for so long is given up. */
  readonly idleMs: number;
}
