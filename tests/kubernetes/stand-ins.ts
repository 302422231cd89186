import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface Seen {
  path: string;
  client: string;
  headers: Record<string, string | string[] | undefined>;
}

export interface StandIn {
  port: number;
  seen: Seen[];
  close(): Promise<void>;
}

/**
 * Starts a server that admits only clients with a certificate signed by a CA, like a kubelet or an extension API
 * server, and gives the same answer to every request.
 */
export async function standIn(
  { cert, key, clientCa }: { cert: string; key: string; clientCa: string },
  answer: { type: string; body: string },
): Promise<StandIn> {
  const seen: Seen[] = [];
  const options = { cert, key, ca: clientCa, requestCert: true, rejectUnauthorized: true };
  const server = createServer(options, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    seen.push({ path: request.url ?? '', client: String(subject.CN), headers: request.headers });
    response.writeHead(200, { 'content-type': answer.type });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
