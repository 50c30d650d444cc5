"""A device of your own: publishes an ECG as frames, and prints the beats that Bedside finds in it.

    pip install confluent-kafka grpcio-tools
    python -m grpc_tools.protoc -I contracts --python_out=examples/python contracts/frame.proto
    python examples/python/own_device.py --brokers 127.0.0.1:9092

while Kafka and a worker run (README.md, "On Kafka").
"""

import argparse
import json
import math
import struct
import sys
import time
import uuid

from confluent_kafka import Consumer, Producer

from frame_pb2 import Frame

RATE_HZ = 250
GAIN_ADU_PER_MV = 200
FRAME_SAMPLES = 50
# P, Q, R, S and T of a beat: s from its R peak, mV, width in s.
WAVES = [(-0.2, 0.15, 0.025), (-0.035, -0.1, 0.01), (0, 1.2, 0.011), (0.035, -0.25, 0.01), (0.28, 0.3, 0.05)]
# The worker is through when it has told nothing more for so long, s.
SILENT = 10


def r_peaks(seconds, bpm):
    """Sample indices of the R peaks, a little irregular as breathing makes them."""
    peaks, at = [], 0.5
    while at < seconds:
        peaks.append(round(at * RATE_HZ))
        at += 60 / bpm * (1 + 0.04 * math.sin(2 * math.pi * 0.25 * at))
    return peaks


def millivolts(sample, peaks):
    near = [(sample - peak) / RATE_HZ for peak in peaks if abs(sample - peak) < RATE_HZ]
    return sum(mv * math.exp(-0.5 * ((at - dt) / width) ** 2) for at in near for dt, mv, width in WAVES)


def frames(bed, epoch, start_ms, samples):
    for sequence, first in enumerate(range(0, len(samples), FRAME_SAMPLES)):
        some = samples[first : first + FRAME_SAMPLES]
        frame = Frame(
            bed=bed,
            epoch=epoch,
            epoch_start_ms=start_ms,
            sequence=sequence,
            first_sample=first,
            produced_at_ms=time.time() * 1000,
            sampling_rate_hz=RATE_HZ,
            last=first + FRAME_SAMPLES >= len(samples),
            source="example/own-device",
        )
        frame.leads.add(
            name="II", unit="mV", gain_adu_per_mv=GAIN_ADU_PER_MV, samples=struct.pack(f"<{len(some)}h", *some)
        )
        yield frame


def subscribe(brokers):
    """A consumer that hears what comes from now on."""
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": str(uuid.uuid4()), "auto.offset.reset": "latest"})
    consumer.subscribe(["ecg.beats.v1"])
    # The first poll joins the group; until partitions are its own, it hears nothing.
    while not consumer.assignment():
        consumer.poll(0.2)
    # "latest" is looked up when it is first read: ask now.
    places = consumer.assignment()
    for place in places:
        place.offset = consumer.get_watermark_offsets(place)[1]
    consumer.assign(places)
    return consumer


def beats_of(bed, messages):
    for message in messages:
        if message.error() is None and message.key() == bed.encode():
            yield json.loads(message.value())


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--brokers", default="127.0.0.1:9092")
    options.add_argument("--bed", default="own-device")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--bpm", type=float, default=72)
    options.add_argument("--speed", type=float, default=1, help="times real time")
    asked = options.parse_args()

    peaks = r_peaks(asked.seconds, asked.bpm)
    count = int(asked.seconds * RATE_HZ)
    samples = [round(GAIN_ADU_PER_MV * millivolts(sample, peaks)) for sample in range(count)]
    consumer = subscribe(asked.brokers)
    # Kafka's Java clients, and Bedside, put a key into its partition by murmur2: all that is of one bed belongs together.
    producer = Producer({"bootstrap.servers": asked.brokers, "partitioner": "murmur2_random", "linger.ms": 5})
    # An epoch is one unbroken recording: another name each time.
    epoch, start = f"own-{uuid.uuid4().hex[:8]}", time.time()

    # Delivery is at least once: a beat's id tells whether it came before.
    told = {}

    def listen(timeout):
        for beat in beats_of(asked.bed, consumer.consume(100, timeout)):
            if beat["epoch"] != epoch or beat["id"] in told:
                continue
            told[beat["id"]] = beat
            rate = f"{beat['heartRateBpm']:.0f}/min" if beat["heartRateBpm"] else "-"
            print(beat["sample"], beat["beatClass"], rate, flush=True)

    for frame in frames(asked.bed, epoch, start * 1000, samples):
        producer.produce("ecg.frames.v1", frame.SerializeToString(), asked.bed)
        due = start + (frame.first_sample + FRAME_SAMPLES) / RATE_HZ / asked.speed
        listen(max(0, due - time.time()))
        producer.poll(0)
    if producer.flush(30) > 0:
        sys.exit("Kafka has not taken all frames")
    heard, since = len(told), time.time()
    while time.time() - since < SILENT and len(told) < len(peaks):
        listen(0.5)
        if len(told) > heard:
            heard, since = len(told), time.time()
    consumer.close()
    # Within 60 ms of the R peak that was sent.
    found = sum(any(abs(beat["sample"] - peak) <= 0.06 * RATE_HZ for beat in told.values()) for peak in peaks)
    print(f"{len(peaks)} R peaks sent, {found} of them found, {len(told) - found} beats besides")


if __name__ == "__main__":
    main()
