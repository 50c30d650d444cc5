import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkOpenAccess } from "./server/access/open-access.ts";
import { ConfigSchema, readConfig } from "./server/config.ts";
import { healthchecked } from "./testing/healthchecked.ts";
import { KAFKA_VERSION } from "./tools/kafka/jars.ts";
import { serverProperties } from "./tools/kafka/settings.ts";

interface Healthcheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly start_period: string;
}

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string; required?: boolean }>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly deploy?: { replicas: number };
  readonly healthcheck?: Healthcheck;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, object>>;
}

const text = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

/** The file as Compose reads it where these variables are set. */
function composed(variables: Readonly<Record<string, string>>): Compose {
  const filled = text("docker-compose.yml").replaceAll(
    /\$\{(\w+):-([^}]*)\}/g,
    (_, name: string, otherwise: string) => variables[name] ?? otherwise,
  );
  return parse(filled, { merge: true }) as Compose;
}

const compose = composed({});
const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };

/** The keys of the Compose specification that this file uses: a typing error is a key that is not among them. */
const SERVICE_KEYS =
  "build image profiles init restart cap_drop security_opt depends_on command environment volumes ports deploy healthcheck";

/** The service's name and the npm script that starts the same process. */
const APPS = { simulator: "simulate", worker: "worker", gateway: "gateway" } as const;

/** Services that are started by this profile alone; undefined: by every `docker compose up`. */
const startedBy = (profile: string | undefined): string[] =>
  Object.entries(compose.services).flatMap(([name, { profiles }]) => (profiles?.[0] === profile ? name : []));

const THREE = ["kafka-1", "kafka-2", "kafka-3"];

test("has the broker, a simulator, two workers and a gateway, and nothing else", () => {
  expect(startedBy(undefined).sort()).toEqual(["gateway", "kafka", "simulator", "worker"]);
  expect(compose.services["worker"].deploy?.replicas).toBe(2);
  const topLevel = Object.keys(compose).filter((key) => !key.startsWith("x-"));
  expect(topLevel.sort()).toEqual(["name", "services", "volumes"]);
});

describe.each(Object.entries(compose.services))("service %s", (_, service) => {
  test("has only keys of the Compose specification, and values of their types", () => {
    for (const key of Object.keys(service)) expect(SERVICE_KEYS.split(" ")).toContain(key);
    // YAML would turn an unquoted number or a yes into something that is no string.
    for (const value of Object.values(service.environment)) expect(value).toBeTypeOf("string");
    for (const value of service.command ?? []) expect(value).toBeTypeOf("string");
  });

  test("has a pinned image", () => {
    expect(service.image).toMatch(/^[a-z/]+:\d+\.\d+\.\d+$/);
  });

  test("can be reached from this machine alone", () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  test("waits only for services that say when they are well", () => {
    for (const [other, { condition, required }] of Object.entries(service.depends_on ?? {})) {
      expect(condition).toBe("service_healthy");
      expect(compose.services[other].healthcheck).toBeDefined();
      // Where a profile is not asked for, what needs one of its services is no valid project.
      expect(required ?? true).toBe(compose.services[other].profiles === undefined);
    }
  });

  test("mounts only declared volumes and folders of the project", () => {
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(":");
      expect(source.startsWith("./") || source in compose.volumes).toBe(true);
    }
  });

  test("checks its health with a command and durations", () => {
    const { healthcheck } = service;
    // The image's own check asks a gateway: who is none says what is asked instead.
    if (!healthcheck) return expect.unreachable();
    expect(healthcheck.test[0]).toBe("CMD");
    for (const time of [healthcheck.interval, healthcheck.timeout, healthcheck.start_period]) {
      expect(time).toMatch(/^\d+s$/);
    }
  });
});

describe.each(Object.entries(APPS))("process %s", (name, script) => {
  const { command = [], environment } = compose.services[name];

  test("is what the npm script starts", () => {
    const [program, ...rest] = command;
    const entry = rest.findIndex((part) => part.endsWith(".ts"));
    expect(scripts[script].endsWith([program, ...rest.slice(0, entry + 1)].join(" "))).toBe(true);
    expect(existsSync(new URL(rest[entry], import.meta.url))).toBe(true);
  });

  test("has variables that the configuration knows and takes", () => {
    const known = Object.keys(ConfigSchema.properties);
    for (const variable of Object.keys(environment)) expect(known).toContain(variable.replace(/_FILE$/, ""));
    // What a file says in a container, it does not say here.
    const plain = Object.entries(environment).filter(([variable]) => known.includes(variable));
    expect(readConfig(Object.fromEntries(plain))).toMatchObject({ BUS: "kafka" });
  });

  test("finds the broker where it says it is", () => {
    const advertised = compose.services["kafka"].environment["KAFKA_ADVERTISED_LISTENERS"].split(",");
    expect(advertised).toContain(`SERVICES://${environment["KAFKA_BROKERS"]}`);
  });
});

test("workers, of which one service runs several, have the names of their containers", () => {
  const { environment } = compose.services["worker"];
  expect(environment["WORKER_NAME_FILE"]).toBe("/etc/hostname");
  expect(environment["WORKER_NAME"]).toBeUndefined();
});

test("brokers are the version that npm run kafka starts", () => {
  for (const name of ["kafka", ...THREE]) expect(compose.services[name].image).toBe(`apache/kafka:${KAFKA_VERSION}`);
});

describe("profile three-brokers", () => {
  const environments = THREE.map((name) => compose.services[name].environment);
  /** The containers' variable of a line of server.properties. */
  const variableOf = (key: string): string => `KAFKA_${key.replaceAll(".", "_").toUpperCase()}`;

  test("has three brokers of one cluster, each with a place of its own", () => {
    expect(Object.values(compose.services).flatMap(({ profiles = [] }) => profiles)).toEqual(
      THREE.map(() => "three-brokers"),
    );
    expect(startedBy("three-brokers")).toEqual(THREE);
    expect(environments.map((one) => one["KAFKA_NODE_ID"])).toEqual(["1", "2", "3"]);
    const voters = THREE.map((name, i) => `${i + 1}@${name}:29093`).join(",");
    for (const one of environments) expect(one["KAFKA_CONTROLLER_QUORUM_VOTERS"]).toBe(voters);
    const [cluster, ...others] = new Set(environments.map((one) => one["CLUSTER_ID"]));
    expect(others).toEqual([]);
    expect(Buffer.from(cluster, "base64url")).toHaveLength(16);
    expect(new Set(THREE.map((name) => compose.services[name].volumes?.[0])).size).toBe(3);
  });

  test.each(THREE)("%s listens where it says it is, for services and for this machine", (name) => {
    const { environment, ports = [], healthcheck } = compose.services[name];
    const [services, host] = environment["KAFKA_ADVERTISED_LISTENERS"].split(",");
    const port = ports[0].split(":")[2];
    expect([services, host]).toEqual([`SERVICES://${name}:19092`, `HOST://127.0.0.1:${port}`]);
    expect(environment["KAFKA_LISTENERS"]).toBe(`SERVICES://:19092,HOST://:${port},CONTROLLER://:29093`);
    expect(healthcheck?.test.at(-1)).toBe(`${name}:19092`);
    const published = Object.values(compose.services).flatMap((service) => service.ports ?? []);
    expect(published.filter((one) => one === ports[0])).toHaveLength(1);
  });

  test("keeps messages as the three nodes do that the faults' suite runs", () => {
    const member = { id: 1, controllerPorts: [1, 2, 3], clusterId: "x" };
    const properties = serverProperties({ port: 9, controllerPort: 1, dataDir: "x", member });
    const lines = properties.trim().split("\n");
    const kept = lines.filter((line) => /replication\.factor|insync|min\.isr|auto\.create/.test(line));
    expect(kept).toContain("default.replication.factor=3");
    expect(kept).toContain("min.insync.replicas=2");
    for (const line of kept) {
      const [key, value] = line.split("=");
      for (const one of environments) expect({ [key]: one[variableOf(key)] }).toEqual({ [key]: value });
    }
  });

  test.each(["docker-compose.yml", "README.md"])("services find all three by the command that %s tells", (file) => {
    const [, brokers] = /BROKERS=(\S+) docker compose --profile three-brokers up/.exec(text(file)) ?? [];
    const { services } = composed({ BROKERS: brokers });
    for (const name of Object.keys(APPS)) {
      const { KAFKA_BROKERS } = services[name].environment;
      expect(KAFKA_BROKERS.split(",").map((broker) => `SERVICES://${broker}`)).toEqual(
        environments.map((one) => one["KAFKA_ADVERTISED_LISTENERS"].split(",")[0]),
      );
      expect(Object.keys(services[name].depends_on ?? {})).toEqual(["kafka", ...THREE]);
    }
  });
});

test("the gateway's port is the one that is published, a worker's and the simulator's are not", () => {
  const { gateway, worker, simulator } = compose.services;
  expect(gateway.ports).toEqual([`127.0.0.1:8080:${gateway.environment["PORT"]}`]);
  expect(worker.ports).toBeUndefined();
  expect(simulator.ports).toBeUndefined();
});

test("the gateway lets everybody in by name, and nobody but this machine reaches it", () => {
  const { gateway } = compose.services;
  expect(gateway.environment["OPEN_ACCESS"]).toBe("yes");
  for (const port of gateway.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  const { OPEN_ACCESS, ...without } = gateway.environment;
  expect(() => checkOpenAccess(readConfig(without))).toThrow(/HOST is "0\.0\.0\.0"/);
  expect(() => checkOpenAccess(readConfig({ ...without, OPEN_ACCESS }))).not.toThrow();
});

test("what the simulator's broker does not take outlives the simulator, on a volume of its own", () => {
  const { environment, volumes = [] } = compose.services["simulator"];
  const mounted = volumes.find((volume) => environment["OUTBOX"].startsWith(`${volume.split(":")[1]}/`));
  const source = mounted?.split(":")[0] ?? "";
  expect(compose.volumes).toHaveProperty(source);
  const users = Object.values(compose.services).filter((one) => one.volumes?.some((at) => at.startsWith(`${source}:`)));
  expect(users).toHaveLength(1);
});

test.each([
  ["gateway", "PORT", "/readyz"],
  ["worker", "METRICS_PORT", "/livez"],
  ["simulator", "METRICS_PORT", "/livez"],
])("a %s is asked on its %s for %s, where it listens for more than itself", async (name, variable, asked) => {
  const { environment, healthcheck } = compose.services[name];
  expect(Number(environment[variable])).toBeGreaterThan(0);
  expect(environment["HOST"]).toBe("0.0.0.0");
  const [, ...program] = healthcheck?.test ?? [];
  expect(await healthchecked(program, variable)).toEqual({ asked, well: 0, ill: 1, gone: 1 });
});
