/** Every topic that has a writer. All are keyed by bed and have equal partition counts (co-partitioned). */
export const TOPICS = {
  frames: "ecg.frames.v1",
  annotations: "ecg.annotations.v1",
  beats: "ecg.beats.v1",
  conditions: "ecg.conditions.v1",
  deadLetter: "ecg.deadletter.v1",
} as const;

export type TopicName = (typeof TOPICS)[keyof typeof TOPICS];

export const TOPIC_NAMES: readonly TopicName[] = Object.values(TOPICS);

/** Default partition count of every topic. */
export const DEFAULT_PARTITIONS = 8;

/** Message headers, all values are strings. Times are Unix ms, as decimal text. */
export const HEADERS = {
  /** When the producer sent the newest frame that this message depends on. */
  producedAt: "produced-at-ms",
  /** When the pipeline received that frame. */
  receivedAt: "received-at-ms",
  /** When the pipeline published this message. */
  publishedAt: "published-at-ms",
  /** "topic/partition/offset" of that frame. */
  source: "source",
  /** Dead letter: an ErrorCode, and its message. */
  errorCode: "error-code",
  errorMessage: "error-message",
} as const;
