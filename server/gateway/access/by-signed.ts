import type { Principal } from "../../access/principal.ts";

/** Who is signed in gives their commands in their own name, whatever name the request has. */
export const bySigned = <T extends { readonly by: string }>(request: T, who: Principal | null): T =>
  who ? { ...request, by: who.name } : request;
