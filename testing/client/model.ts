import type { Model } from "../../contracts/api.ts";

/** What /api/model tells of a model, with these words of its card. */
export function modelOf(card: Partial<Model["card"]> = {}): Model {
  return {
    name: "live",
    hash: "0123456789ab",
    engine: "onnx",
    classes: ["N", "S", "V", "F"],
    windowLength: 187,
    card: {
      parameters: 1,
      training: { date: "2026-01-01", database: "d", records: [], beats: {} },
      folds: { remark: "", pooled: null },
      openings: [],
      limits: [],
      soundRejected: 0.034,
      ...card,
    },
  };
}
