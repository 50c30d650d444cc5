"""Produces what stands on standard input, a JSON list of [topic, key, value in base64], by librdkafka in one batch a partition.

Arguments: broker, compression.type. Prints the library's version.
"""

import base64
import json
import sys

import confluent_kafka

broker, compression = sys.argv[1:]
LARGE = 200_000_000
producer = confluent_kafka.Producer(
    {
        "bootstrap.servers": broker,
        "compression.type": compression,
        "partitioner": "murmur2_random",
        "linger.ms": 10_000,
        "batch.size": LARGE,
        "message.max.bytes": LARGE,
        "batch.num.messages": 100_000,
        "queue.buffering.max.messages": 1_000_000,
    }
)
failed = []
for topic, key, value in json.load(sys.stdin):
    producer.produce(topic, base64.b64decode(value), key, on_delivery=lambda error, _: error and failed.append(str(error)))
producer.flush(60)
if failed or len(producer):
    sys.exit(f"not delivered: {failed[:3]}")
print(confluent_kafka.libversion()[0])
