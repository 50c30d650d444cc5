/**
 * Who may ask for a route, where a sign-in is asked for. anybody: also who is not signed in; signed-in: viewers, operators and programs
 * (services); operator: who gives commands; socket: who is signed in, by a ticket or as a bearer.
 */
export type RouteAccess = "anybody" | "signed-in" | "operator" | "socket";

/** Each route of a gateway is one row: one that has none is refused (guard.ts), and fails route-access.test.ts. */
export const ROUTE_ACCESS: Readonly<Record<string, RouteAccess>> = {
  // The page itself, which asks for the sign-in, and whether the process is well: of no patient.
  "GET /*": "anybody",
  "GET /": "anybody",
  "GET /model": "anybody",
  "GET /model/": "anybody",
  "GET /upload": "anybody",
  "GET /upload/": "anybody",
  // What is in the repository, too.
  "GET /docs": "anybody",
  "GET /docs/:file": "anybody",
  "GET /livez": "anybody",
  "GET /readyz": "anybody",
  "GET /api/session": "anybody",
  "POST /api/session": "anybody",
  "DELETE /api/session": "anybody",

  "GET /metrics": "signed-in",
  "GET /api/ward": "signed-in",
  "GET /api/beds": "signed-in",
  "GET /api/beds/:bed": "signed-in",
  "GET /api/beds/:bed/beats": "signed-in",
  "GET /api/beds/:bed/signal": "signed-in",
  "GET /api/beds/:bed/conditions": "signed-in",
  "GET /api/beds/:bed/trend": "signed-in",
  "GET /api/beds/:bed/simulation": "signed-in",
  "GET /api/alarms": "signed-in",
  "GET /api/events": "signed-in",
  "GET /api/history": "signed-in",
  "GET /api/provenance": "signed-in",
  "GET /api/model": "signed-in",
  "GET /api/report": "signed-in",
  // Changes nothing: a file's beats are classified and forgotten.
  "POST /api/classify": "signed-in",
  "POST /api/ticket": "signed-in",
  "GET /ws": "socket",

  "POST /api/beds/:bed/commands": "operator",
  "POST /api/beds/:bed/admission": "operator",
  "POST /api/beds/:bed/simulation": "operator",
};

/** HEAD asks for what GET gives. */
export const accessOf = (method: string, route: string): RouteAccess | null =>
  ROUTE_ACCESS[`${method === "HEAD" ? "GET" : method} ${route}`] ?? null;
