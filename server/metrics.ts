import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** Seconds; a frame is 0.1 to 0.5 s long and a beat is given out up to 2 s after its R peak. */
const HOP_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const CALL_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5];
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64];

export type Metrics = ReturnType<typeof createMetrics>;

/** Everything that is counted and timed, in a registry of its own (one a process). */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
    new Counter({ name: `bedside_${name}`, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> =>
    new Gauge({ name: `bedside_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: L[]
  ): Histogram<L> => new Histogram({ name: `bedside_${name}`, help, buckets, labelNames, registers });

  const metrics = {
    registry,
    frames: counter("frames_total", "Frames received by the pipeline"),
    discardedFrames: counter("frames_discarded_total", "Frames whose samples were already seen or given up", "reason"),
    mendedEpochs: counter("epochs_mended_total", "Epochs heard otherwise than their frames tell", "reason"),
    beds: gauge("beds", "Beds that the gateway knows, by what is heard of them", "state"),
    unheardBeds: gauge("unheard_beds", "Beds that send frames of which none can be taken"),
    clocksOff: gauge(
      "beds_clock_off",
      "Beds whose source's clock is a minute off or more; behind: or its frames are that late",
      "clock",
    ),
    gaps: counter("gaps_total", "Gaps in a bed's samples"),
    gapSeconds: counter("gap_seconds_total", "Seconds of signal that never came"),
    deadLetters: counter("dead_letters_total", "Messages that could not be read, or not be believed", "code"),
    beats: counter("beats_total", "Beats classified", "beat_class"),
    conditions: counter("conditions_total", "Conditions that began, changed or ended", "kind", "phase"),
    checkpoints: counter("checkpoints_total", "Written: where a bed stands, for who takes it over"),
    checkpointBytes: counter("checkpoint_bytes_total", "Bytes of checkpoints written"),
    takenOver: counter("beds_taken_over_total", "Beds that came to a worker, by how it went on with them", "how"),
    takeOverSeconds: histogram("take_over_seconds", "From partitions assigned to their beds going on", HOP_BUCKETS),
    hops: histogram("hop_seconds", "Time a message takes on each hop", HOP_BUCKETS, "hop"),
    queueDepth: gauge("queue_depth", "Items that wait", "queue"),
    busUp: gauge("bus_up", "1: the bus can be read and written; 0: it cannot, and GET /readyz says why"),
    outboxMessages: gauge("outbox_messages", "Messages that wait in the outbox for the bus"),
    outboxBytes: gauge("outbox_bytes", "Bytes that wait in the outbox for the bus"),
    outboxAge: gauge("outbox_age_seconds", "How long the oldest message in the outbox has waited"),
    outboxLost: counter("outbox_lost_total", "Messages of the outbox that the bus never gets, most for want of room"),
    busTroubles: counter("bus_troubles_total", "Times that the bus went away"),
    lag: gauge("consumer_lag", "Messages behind the end of the bus", "consumer"),
    behind: gauge("worker_behind_seconds", "Since all that a worker's partitions held had been heard"),
    engineSeconds: histogram("engine_seconds", "Time of an engine call", CALL_BUCKETS, "call"),
    engineBatch: histogram("engine_batch_size", "Beats in an engine call", BATCH_BUCKETS, "call"),
    clients: gauge("socket_clients", "Open sockets"),
    socketBytes: gauge("socket_buffered_bytes", "Bytes that wait in the gateway for clients, all sockets together"),
    droppedFrames: counter("socket_dropped_frames_total", "Frames left out for slow clients"),
    evictions: counter("socket_evictions_total", "Sockets that the gateway closed, by WebSocket close code", "code"),
    refusedRequests: counter(
      "refused_requests_total",
      "Requests of who may not ask (401, 403, 421), or asks too often (429)",
      "status",
    ),
    refusedSockets: counter("socket_refused_total", "Sockets not taken, since as many are open as may be"),
    canaryAge: gauge(
      "canary_age_seconds",
      "Since a canary of the partition proved the way to this gateway",
      "partition",
    ),
    screens: gauge("screens", "Screens of this gateway", "state"),
    gateways: gauge("gateways", "Gateways that this one hears of, itself included", "state"),
    faults: gauge("proof_faults", "What is broken between signals and screens, as far as this gateway knows", "stage"),
    historyRows: counter(
      "history_rows_total",
      "Rows written into the history file: events, each once, and blocks of frames",
      "table",
    ),
    historyDropped: counter("history_dropped_rows_total", "Rows that retention has taken out of the history file"),
    historyLost: counter("history_lost_total", "Messages that the history could not keep"),
    historyBytes: gauge("history_bytes", "Of the history file, in use"),
    historyBehind: gauge("history_behind_seconds", "How long what is not in the history file yet has waited for it"),
    historyReach: gauge("history_reach_seconds", "How far back the history file reaches", "of"),
    historyUp: gauge("history_up", "1: what happens is kept; 0: it is not, and GET /api/history says why"),
    skippedMessages: counter("gateway_skipped_messages_total", "Messages the gateway could not read", "topic"),
  };
  // A gauge begins at 0, which would say that a history is broken where none is to be kept, or an outbox empty where there is none.
  const { behind, historyUp, historyBehind, historyBytes, outboxMessages, outboxBytes, outboxAge } = metrics;
  const ofSome = [behind, historyUp, historyBehind, historyBytes, outboxMessages, outboxBytes, outboxAge];
  for (const gauge of ofSome) gauge.remove();
  return metrics;
}

/** Memory, processor time, event-loop delay and the like of this process, as prom-client tells them. Once a process: it measures all the time. */
export function watchProcess({ registry }: Pick<Metrics, "registry">): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
}
