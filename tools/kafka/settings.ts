/** The broker's folders and ports. */
export interface BrokerSettings {
  readonly port: number;
  /** Where clients are told to go; default: `port`. */
  readonly advertisedPort?: number | undefined;
  readonly controllerPort: number;
  readonly dataDir: string;
  readonly guard?: (BrokerGuard & { readonly internalPort: number }) | undefined;
  /** Default: the only node. */
  readonly member?: Member | undefined;
}

/** A node's place among others. */
export interface Member {
  /** 1 and up, its place in `controllerPorts`. */
  readonly id: number;
  /** Of all nodes, in the order of their ids. */
  readonly controllerPorts: readonly number[];
  /** The same for all nodes. */
  readonly clusterId: string;
}

/** Replicas that must have a message before it is acknowledged, where there are several nodes: one may be away. */
const IN_SYNC = 2;

/** Who may connect, and what the broker shows them. */
export interface BrokerGuard {
  /** PEM file of the broker's key and certificate. */
  readonly keyStore: string;
  /** The one who may connect, by SCRAM-SHA-512. */
  readonly user: string;
  readonly password: string;
}

/** server.properties of one node that is broker and controller, for development, reachable from this machine alone. */
export function serverProperties(settings: BrokerSettings): string {
  const { port, advertisedPort = port, controllerPort, dataDir, guard, member } = settings;
  const controllers = member?.controllerPorts ?? [controllerPort];
  const inSync = Math.min(IN_SYNC, controllers.length);
  const protocol = guard ? "SASL_SSL" : "PLAINTEXT";
  // What the node says to itself is not guarded.
  const internal = guard ? `,INTERNAL://127.0.0.1:${guard.internalPort}` : "";
  return properties({
    ...(guard && {
      "inter.broker.listener.name": "INTERNAL",
      "listener.security.protocol.map": "SASL_SSL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
      "sasl.enabled.mechanisms": "SCRAM-SHA-512",
      "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config":
        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
      "ssl.keystore.type": "PEM",
      "ssl.keystore.location": guard.keyStore,
    }),
    "process.roles": "broker,controller",
    "node.id": member?.id ?? 1,
    "controller.quorum.voters": controllers.map((other, i) => `${i + 1}@127.0.0.1:${other}`).join(","),
    "controller.listener.names": "CONTROLLER",
    listeners: `${protocol}://127.0.0.1:${port}${internal},CONTROLLER://127.0.0.1:${controllerPort}`,
    "advertised.listeners": `${protocol}://127.0.0.1:${advertisedPort}${internal}`,
    "log.dirs": dataDir,
    "log.retention.hours": 24,
    "auto.create.topics.enable": false,
    // Each node keeps a replica, and few partitions make the first group quick.
    "default.replication.factor": controllers.length,
    "min.insync.replicas": inSync,
    "offsets.topic.replication.factor": controllers.length,
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.replication.factor": controllers.length,
    "transaction.state.log.min.isr": inSync,
    "group.initial.rebalance.delay.ms": 0,
  });
}

/** log4j2 settings: warnings to `file`, and to standard output only the line that says the server has started. */
export function log4jProperties(file: string): string {
  return properties({
    status: "off",
    "appender.file.type": "File",
    "appender.file.name": "file",
    "appender.file.fileName": file,
    "appender.file.layout.type": "PatternLayout",
    "appender.file.layout.pattern": "%d %p %m (%c)%n%ex",
    "appender.out.type": "Console",
    "appender.out.name": "out",
    "appender.out.layout.type": "PatternLayout",
    "appender.out.layout.pattern": "%m%n",
    "rootLogger.level": "warn",
    "rootLogger.appenderRef.file.ref": "file",
    "logger.server.name": "kafka.server.KafkaRaftServer",
    "logger.server.level": "info",
    "logger.server.appenderRef.out.ref": "out",
  });
}

/** Java reads a backslash as an escape, so a Windows path needs two. */
function properties(entries: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${String(value).replaceAll("\\", "\\\\")}\n`)
    .join("");
}
