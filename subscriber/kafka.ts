export { type Decoded, decodeMessage, type KafkaTopic, TOPIC_NAMES } from "./decode.ts";
export { type ConsumerLike, type FromKafka, fromKafka, type FromKafkaOptions, type MessageLike } from "./from-kafka.ts";
export { BedsideError, type ErrorCode } from "../contracts/errors.ts";
export {
  encodeFrame,
  type Frame,
  frameEnd,
  type FrameLead,
  leadToMillivolts,
  MISSING_ADU,
} from "../contracts/frame.ts";
