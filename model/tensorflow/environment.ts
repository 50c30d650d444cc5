/** A process's environment, which the programs it starts are given. */
export type Environment = Readonly<Record<string, string | undefined>>;
