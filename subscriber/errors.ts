/** REFUSED: the gateway does not let this client in. GAP: some events are not kept any more, and nobody asked to be told of it by `onGap`. */
export type SubscriberErrorCode = "REFUSED" | "GAP";

export class SubscriberError extends Error {
  constructor(
    readonly code: SubscriberErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "SubscriberError";
  }
}
