import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openTestAccess } from "../../testing/gateway/access.ts";
import { readConfig } from "../config.ts";
import { openAccess } from "./open-access.ts";

const open = (environment: Record<string, string>) => openAccess(readConfig(environment), () => {});
const oidc = { OIDC_ISSUER: "https://issuer.example", OIDC_AUDIENCE: "bedside" };

test.each([{}, { HOST: "127.0.0.2" }, { HOST: "::1" }, { HOST: "localhost" }, { HOST: "0.0.0.0", OPEN_ACCESS: "yes" }])(
  "%o: nobody need sign in",
  (environment) => expect(open(environment)).toBeNull(),
);

test.each(["0.0.0.0", "::", "192.168.1.7", "ward.lan", "128.0.0.1"])(
  "on %s a gateway asks for a sign-in, or that there be none",
  async (HOST) => {
    expect(() => open({ HOST })).toThrow(
      /^variable HOST is "[^"]+": .*USERS_FILE.*OIDC_ISSUER.*OPEN_ACCESS=yes[^\n]*$/,
    );
    const { file } = await openTestAccess();
    expect(open({ HOST, USERS_FILE: file })?.way).toBe("password");
    expect(open({ HOST, ...oidc })?.way).toBe("elsewhere");
  },
);

test.each([
  [{ ...oidc, OPEN_ACCESS: "yes" }, /OPEN_ACCESS is yes/],
  [{ OIDC_ISSUER: "https://issuer.example" }, /OIDC_AUDIENCE is missing/],
  [{ ...oidc, OIDC_ISSUER: "http://issuer.example" }, /OIDC_ISSUER is .*https/],
  [{ ...oidc, OIDC_ISSUER: "issuer" }, /OIDC_ISSUER is .*https/],
  [{ ...oidc, OIDC_JWKS_URL: "http://issuer.example/keys" }, /OIDC_JWKS_URL is .*https/],
  [{ USERS_FILE: "/nonexistent/users.json" }, /USERS_FILE is .*npm run users/],
  [{ OPEN_ACCESS: "1" }, /OPEN_ACCESS is "1": must be one of no, yes/],
])("%o is refused in one line", (environment, message) => {
  expect(() => open(environment)).toThrow(message);
});

test.each([
  ["nothing", "", /not JSON/],
  [
    "a password as it is",
    JSON.stringify({ users: [{ name: "Anna", role: "operator", password: "in plain words" }] }),
    /\/users\/0/,
  ],
  ["a role that is none", JSON.stringify({ users: [{ name: "Anna", role: "root", key: "x" }] }), /\/users\/0/],
])("a users' file with %s is refused", async (_, text, message) => {
  const { file } = await openTestAccess();
  writeFileSync(file, text);
  expect(() => open({ USERS_FILE: file })).toThrow(message);
});
