import { type Static, Type } from "typebox";
import type { Immutable } from "./schema.ts";
import { figures } from "./scoring.ts";

/** What public QRS detectors find in the recordings that the pipeline is scored on, by the same rules (scoring/README.md): `npm run report -- --tools`. */
export const PublicToolsSchema = Type.Object({
  command: Type.String({ description: "that made it, without folders of a machine" }),
  date: Type.String({ format: "date-time" }),
  toleranceMs: Type.Number({ minimum: 0 }),
  results: Type.Array(
    Type.Object({
      tool: Type.String({ description: "as in NeuroKit2, XQRS" }),
      version: Type.String(),
      database: Type.String({ description: "PhysioNet's folder, as in mitdb, svdb" }),
      split: Type.String({ description: "DS1, DS2, SVDB development, SVDB report" }),
      records: Type.Array(Type.String()),
      qrs: figures.qrs,
    }),
  ),
});
export type PublicTools = Immutable<Static<typeof PublicToolsSchema>>;
