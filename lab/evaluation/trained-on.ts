/** Said beside figures of records that the model was trained on. */
export const trainedOnNote = (records: readonly string[]): string =>
  `The model was trained on ${records.join(", ")}: figures of these records say nothing of other patients.`;
