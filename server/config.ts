import { readFileSync } from "node:fs";
import { Type, type Static } from "typebox";
import { Compile } from "typebox/compile";
import { DEFAULT_KAFKA_CLIENT, KAFKA_CLIENTS } from "../bus/kafka/names.ts";
import { BedsideError } from "../contracts/errors.ts";
import { DEFAULT_PARTITIONS } from "../contracts/topics.ts";

const variable = {
  HOST: Type.String({ default: "127.0.0.1", description: "address the gateway listens on" }),
  PORT: Type.Integer({
    default: 8080,
    minimum: 0,
    maximum: 65_535,
    description: "port the gateway listens on; 0: any free one",
  }),
  ALLOWED_ORIGINS: Type.String({
    default: "",
    description: "comma-separated origins, beside the gateway's own, whose pages may open /ws",
  }),
  OPEN_ACCESS: Type.Enum(["no", "yes"], {
    default: "no",
    description: "yes: a gateway that others reach lets everybody in and do everything, since something else guards it",
  }),
  USERS_FILE: Type.String({
    default: "",
    description: "file of those who may sign in, which `npm run users` writes (docs/security.md)",
  }),
  OIDC_ISSUER: Type.String({ default: "", description: "whose tokens are taken as bearers, an https address" }),
  OIDC_AUDIENCE: Type.String({ default: "", description: "whom the issuer's tokens have to be for" }),
  OIDC_JWKS_URL: Type.String({
    default: "",
    description: "where the issuer's keys are (empty: where its openid-configuration says)",
  }),
  OIDC_ROLES_CLAIM: Type.String({
    default: "roles",
    minLength: 1,
    description: "claim that names roles, points lead inwards: realm_access.roles",
  }),
  SESSION_HOURS: Type.Number({
    default: 12,
    exclusiveMinimum: 0,
    maximum: 168,
    description: "how long a sign-in holds",
  }),
  SESSION_SECRET: Type.String({
    default: "",
    secret: true,
    pattern: "^(|.{32,})$",
    description: "signs sessions, 32 characters at least, the same at all gateways (empty: made at each start)",
  }),
  AUDIT_FILE: Type.String({
    default: "",
    description: "file to which who signed in and gave which command is appended, whatever LOG_LEVEL says",
  }),
  TRUSTED_PROXIES: Type.String({
    default: "",
    description: "comma-separated addresses or networks of proxies whose X-Forwarded-For is believed",
  }),
  BUS: Type.Enum(["memory", "kafka"], { default: "memory", description: "memory: one process; kafka: any number" }),
  KAFKA_BROKERS: Type.String({ default: "127.0.0.1:9092", description: "comma-separated host:port" }),
  KAFKA_PARTITIONS: Type.Integer({
    default: DEFAULT_PARTITIONS,
    minimum: 1,
    maximum: 256,
    description: "partitions of each topic, when they are created",
  }),
  KAFKA_CLIENT: Type.Enum([...KAFKA_CLIENTS], {
    default: DEFAULT_KAFKA_CLIENT,
    description: "library that speaks Kafka's protocol: kafkajs or @platformatic/kafka (bus/README.md)",
  }),
  KAFKA_TLS: Type.Enum(["no", "yes"], { default: "no", description: "yes: Kafka is spoken to over TLS" }),
  KAFKA_CA: Type.String({
    default: "",
    description:
      "certificates, PEM, of the authorities of Kafka's (empty: those that Node knows); KAFKA_CA_FILE names their file",
  }),
  KAFKA_USER: Type.String({
    default: "",
    description: "who this process is to Kafka, by SCRAM-SHA-512 (empty: nobody in particular)",
  }),
  KAFKA_PASSWORD: Type.String({ default: "", secret: true, description: "KAFKA_USER's" }),
  KAFKA_GROUP: Type.String({ default: "bedside-pipeline", minLength: 1, description: "consumer group of the workers" }),
  WORKER_NAME: Type.String({
    default: "",
    pattern: "^[A-Za-z0-9._-]{0,200}$",
    description:
      "a worker's name, another one for each: started again by it, it goes on with its beds at once (empty: a new worker each time)",
  }),
  ENGINE: Type.Enum(["onnx", "tfjs-node", "tfjs-wasm"], { default: "onnx", description: "inference engine" }),
  MODEL: Type.String({ default: "model/artifacts/live", description: "folder of the model" }),
  ROWS_MODEL: Type.String({
    default: "model/artifacts/rows",
    description: "folder of the model of isolated beats, for CSV files",
  }),
  PHYSIONET_DIR: Type.String({
    default: "data/files",
    description: "recordings in PhysioNet's layout, e.g. mitdb/1.0.0/100.hea in it; `npm run fetch` puts them there",
  }),
  POLICY: Type.String({
    default: "adult",
    minLength: 1,
    description: "alarm policy: adult, paediatric, neonate, or a JSON file (signal/rhythm/README.md)",
  }),
  POLICY_BEDS: Type.String({
    default: "",
    description: "JSON file of beds that have another policy or other limits",
  }),
  CREDITS: Type.Integer({
    default: 2000,
    minimum: 16,
    maximum: 1_000_000,
    description: "frames a worker holds unfinished",
  }),
  MAX_SOCKETS: Type.Integer({
    default: 256,
    minimum: 1,
    maximum: 10_000,
    description:
      "sockets a gateway takes at once: one a screen; each that reads nothing may hold 4 MiB until it is closed",
  }),
  HISTORY: Type.String({
    default: ".cache/history-{PORT}.sqlite",
    description: "file of a gateway's history, {PORT} is its port; off: none is kept, as with the default and PORT 0",
  }),
  HISTORY_HOURS: Type.Integer({
    default: 168,
    minimum: 1,
    maximum: 24 * 366,
    description: "what is older goes from history",
  }),
  HISTORY_MB: Type.Integer({
    default: 2048,
    minimum: 16,
    maximum: 1_000_000,
    description: "what history takes at the most; the oldest signal goes first",
  }),
  WARD_TIME_ZONE: Type.String({
    default: "",
    description: "the ward's time zone, in which screens tell times, e.g. Europe/Berlin (default: this machine's)",
  }),
  OUTBOX: Type.String({
    default: "",
    description:
      "folder where `npm run simulate` keeps frames until Kafka has them (empty: its beds' clocks wait for Kafka)",
  }),
  OUTBOX_MB: Type.Integer({
    default: 256,
    minimum: 1,
    maximum: 1_000_000,
    description: "what waits in OUTBOX at the most; beyond it the oldest frames go, which is told",
  }),
  CHROMIUM_PATH: Type.String({ default: "", description: "browser of the e2e tests (default: looked for)" }),
  PATH: Type.String({ default: "/usr/bin:/bin", description: "where programs are looked for" }),
  CI: Type.String({ default: "", description: "set: a test suite that must be left out is a failure" }),
  METRICS_PORT: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 65_535,
    description: "port on which a worker or `npm run simulate` serves /livez, /readyz and /metrics; 0: none",
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.String({
    default: "",
    pattern: "^(|https?://.+)$",
    description: "collector that takes spans by OTLP over HTTP, e.g. http://127.0.0.1:4318 (empty: none are made)",
  }),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({
    default: 0.001,
    minimum: 0,
    maximum: 1,
    description: "share of the traces whose spans are made, the same in all processes",
  }),
  LOG_LEVEL: Type.Enum(["fatal", "error", "warn", "info", "debug", "silent"], {
    default: "info",
    description: "log level",
  }),
};

export const ConfigSchema = Type.Object(variable);
export type Config = Static<typeof ConfigSchema>;

const validator = Compile(ConfigSchema);

interface VariableInfo {
  readonly default: string | number;
  readonly description: string;
  readonly enum?: readonly string[];
  /** Its value is told to nobody. */
  readonly secret?: boolean;
}

/** What the schemas say of each variable; typebox's types leave these options out. */
const VARIABLES = Object.entries(variable) as unknown as readonly [keyof Config, VariableInfo][];

/** What the programs that a command starts are given: all of this process's environment. */
export const inheritedEnvironment = (): Readonly<Record<string, string | undefined>> => process.env;

/**
 * The configuration from environment variables, the only place that reads them; NAME_FILE names a file in which NAME's value stands, as
 * secrets are mounted. Throws BAD_CONFIG naming the variable.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const raw: Record<string, unknown> = {};
  for (const [name, { default: fallback }] of VARIABLES) {
    const text = given(name, environment);
    raw[name] = text === undefined || text === "" ? fallback : typeof fallback === "number" ? toNumber(text) : text;
  }
  if (!validator.Check(raw)) {
    const first = [...validator.Errors(raw)][0];
    const name = first.instancePath.slice(1);
    const info = VARIABLES.find(([key]) => key === name)?.[1];
    const remedy = info?.enum ? `must be one of ${info.enum.join(", ")}` : first.message;
    const value = info?.secret ? "not taken" : JSON.stringify(given(name, environment));
    throw new BedsideError("BAD_CONFIG", `variable ${name} is ${value}: ${remedy}`);
  }
  const config = raw as Config;
  if (!isTimeZone(config.WARD_TIME_ZONE)) {
    const zone = JSON.stringify(config.WARD_TIME_ZONE);
    throw new BedsideError("BAD_CONFIG", `variable WARD_TIME_ZONE is ${zone}: no time zone, e.g. Europe/Berlin or UTC`);
  }
  return config;
}

/** Whether a variable was set, be it to its default: what somebody chose is not passed over in silence. */
export const isGiven = (
  name: keyof Config,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean => (environment[name] ?? "") !== "" || (environment[`${name}_FILE`] ?? "") !== "";

/** What stands in the variable, or in the file that NAME_FILE names; the end of its last line is not part of it. */
function given(name: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === "") return environment[name];
  if ((environment[name] ?? "") !== "")
    throw new BedsideError("BAD_CONFIG", `variables ${name} and ${name}_FILE are both set: one of them is too many`);
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (cause) {
    throw new BedsideError("BAD_CONFIG", `variable ${name}_FILE is ${JSON.stringify(file)}: no file that can be read`, {
      cause,
    });
  }
}

/** What a process that this one starts gets: its own environment, changed. */
export function environmentWith(
  change: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return { ...process.env, ...change };
}

/** A table of the variables, for --help. */
export function describeConfig(): string {
  const width = Math.max(...VARIABLES.map(([name]) => name.length));
  const lines = VARIABLES.map(
    ([name, { description, default: value }]) => `  ${name.padEnd(width)} ${description} (${JSON.stringify(value)})`,
  );
  return `\nVariables:\n${lines.join("\n")}`;
}

function toNumber(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

function isTimeZone(name: string): boolean {
  try {
    return name === "" || Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

/** The zone in which screens tell times: the one configured, else this machine's. */
export const wardTimeZone = ({ WARD_TIME_ZONE }: Pick<Config, "WARD_TIME_ZONE">): string =>
  WARD_TIME_ZONE || Intl.DateTimeFormat().resolvedOptions().timeZone;
