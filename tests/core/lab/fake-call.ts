import { readPem } from '../../../core/formats/der/pem.ts';
import { verifyChain } from '../../../core/pki/verify/verify.ts';
import type { Ports, TlsCall, TlsResponse, TlsServer } from '../../../core/shared/ports.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';

const readAll = (pem: string): Uint8Array[] => readPem(pem, { format: 'pem' }).certificates.map(({ der }) => der);

/** Calls a server as over TLS, but without a socket and by the clock of the test: the client checks the server’s certificate. */
export async function fakeCall(
  ports: Pick<Ports, 'clock' | 'crypto' | 'keys'>,
  server: TlsServer | undefined,
  call: TlsCall,
): Promise<TlsResponse> {
  const { address, port } = call;
  const fail = (reason: string): never => {
    throw new ConsoleError('tls.failed', { address, port, reason });
  };
  if (server === undefined) return fail('ECONNREFUSED');
  const verdict = verifyChain(ports, {
    chain: readAll(server.identity.certificatePem),
    roots: readAll(call.caPem),
    crls: [],
    at: ports.clock.now(),
    purpose: 'server',
    name: call.serverName,
    revocationCheck: false,
  });
  const rules = verdict.reasons.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  if (rules.includes('expired')) return fail('CERT_HAS_EXPIRED');
  if (!verdict.accepted) return fail('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  const [peer] = call.identity === undefined ? [] : readAll(call.identity.certificatePem);
  const body = new TextEncoder().encode(call.body ?? '');
  const headers = call.headers ?? {};
  return server.answer({ method: call.method, path: call.path, query: {}, headers, body, ...(peer && { peer }) });
}
