import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A file server on loopback that knows ranges and can be made to misbehave. */
export interface TestServer {
  readonly url: string;
  /** "path" or "path from offset" of every answered request, in order. */
  readonly log: string[];
  /** Path → body; what is not here is answered 404. */
  readonly files: Map<string, Buffer>;
  /** Called before each answer; true: it has answered itself. */
  intercept: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
  close(): Promise<void>;
}

export async function startServer(options: { ranges: boolean } = { ranges: true }): Promise<TestServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1);
    const begin = options.ranges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0) : 0;
    test.log.push(begin > 0 ? `${path} from ${begin}` : path);
    if (test.intercept(request, response, path)) return;
    const body = test.files.get(path);
    if (!body) response.writeHead(404).end();
    else if (begin >= body.length) response.writeHead(416).end();
    else if (begin === 0) response.writeHead(200, { "content-length": body.length }).end(body);
    else {
      const range = `bytes ${begin}-${body.length - 1}/${body.length}`;
      const headers = { "content-length": body.length - begin, "content-range": range };
      response.writeHead(206, headers).end(body.subarray(begin));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const test: TestServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    log: [],
    files: new Map(),
    intercept: () => false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return test;
}

/** Answers with the whole length promised but only `bytes` of the body from `begin` on, then cuts the line. */
export function cutAfter(response: ServerResponse, body: Buffer, begin: number, bytes: number): true {
  const range = `bytes ${begin}-${body.length - 1}/${body.length}`;
  response.writeHead(begin > 0 ? 206 : 200, { "content-length": body.length - begin, "content-range": range });
  response.write(body.subarray(begin, begin + bytes), () => setTimeout(() => response.destroy(), 20));
  return true;
}
