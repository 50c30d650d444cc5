import type { Model } from "../../contracts/api.ts";
import type { Card } from "../../model/card/live-schema.ts";
import type { ModelInfo } from "../../model/classifier.ts";

/** What /api/model tells: the engine's view of the model, and of its card what is no one's private business. */
export function publicModel(info: ModelInfo, card: Card): Model {
  const { name, hash, engine, classes, windowLength } = info;
  const { parameters, limits, training, folds, openings } = card;
  const { date, database, records, beats } = training;
  return {
    name,
    hash,
    engine,
    classes: [...classes],
    windowLength,
    card: {
      parameters,
      training: { date, database, records, beats },
      folds: { remark: folds.remark, pooled: folds.pooled },
      openings: openings.map((opening) => ({ date: opening.date, figures: opening.figures })),
      limits,
      soundRejected: soundRejectedOf(training.settings["gate"]),
    },
  };
}

/** As the training of the gate left it in the card; null where the model has none. */
function soundRejectedOf(gate: unknown): number | null {
  const share = gate && typeof gate === "object" && "heldOutSoundRejected" in gate ? gate.heldOutSoundRejected : null;
  return typeof share === "number" ? share : null;
}
