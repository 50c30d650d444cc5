import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface Authority {
  /** Its certificate, PEM. */
  readonly ca: string;
  /** PEM file of a key and a certificate that it has signed, for 127.0.0.1. */
  readonly keyStore: string;
}

/** An authority of certificates of our own, made anew by openssl in `dir`, and a broker's key that it has signed. */
export function createAuthority(dir: string, name: string): Authority {
  mkdirSync(dir, { recursive: true });
  const file = (ending: string): string => path.join(dir, `${name}-${ending}`);
  const openssl = (...args: readonly string[]): void => void execFileSync("openssl", args, { stdio: "pipe" });
  const key = ["-newkey", "rsa:2048", "-nodes", "-sha256"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-days",
    "2",
    "-subj",
    `/CN=${name}`,
    "-keyout",
    file("ca.key"),
    "-out",
    file("ca.crt"),
  );
  openssl("req", ...key, "-subj", "/CN=broker", "-keyout", file("broker.key"), "-out", file("broker.csr"));
  writeFileSync(file("names"), "subjectAltName=IP:127.0.0.1\n");
  const signing = ["-CA", file("ca.crt"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "2", "-sha256"];
  openssl("x509", "-req", "-in", file("broker.csr"), ...signing, "-extfile", file("names"), "-out", file("broker.crt"));
  const keyStore = file("broker.pem");
  writeFileSync(keyStore, readFileSync(file("broker.key"), "utf8") + readFileSync(file("broker.crt"), "utf8"));
  return { ca: readFileSync(file("ca.crt"), "utf8"), keyStore };
}
