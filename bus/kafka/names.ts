/** The libraries that speak Kafka's protocol, as KAFKA_CLIENT names them. */
export const KAFKA_CLIENTS = ["kafkajs", "platformatic"] as const;
export type KafkaClientName = (typeof KAFKA_CLIENTS)[number];
/** Why this one: bus/README.md, "Which of the two". */
export const DEFAULT_KAFKA_CLIENT: KafkaClientName = "platformatic";
