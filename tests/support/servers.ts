import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { issueCertificate, issueRoot } from '../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../core/pki/issue/profile-template.ts';
import { newSerial } from '../../core/pki/issue/serial.ts';
import { PROFILES } from '../../core/pki/model/profiles.ts';
import { DAY_MS, instantFromMs } from '../../core/shared/instant.ts';
import type { CertificateTemplate } from '../../core/shared/certificates/certificate-template.ts';
import { encodePem } from '../../core/formats/der/pem.ts';
import { testPorts } from './ports.ts';

/** A certificate issued by our own engine, with its key, and the CA to trust, all in PEM. */
export interface ServerIdentity {
  ca: string;
  cert: string;
  key: string;
}

/** Issues a server certificate for `localhost` and 127.0.0.1, or for another name. */
export async function serverIdentity({
  dns = ['localhost'],
  ip = ['127.0.0.1'],
  expired = false,
} = {}): Promise<ServerIdentity> {
  const ports = testPorts();
  const template = (id: 'cluster-ca' | 'apiserver', ageMs: number): CertificateTemplate =>
    buildProfileTemplate({
      profile: PROFILES[id],
      values: {
        cluster: 'test',
        node: 'localhost',
        endpoint: 'localhost',
        'node-ip': '127.0.0.1',
        'service-ip': '10.96.0.1',
        'service-domain': 'cluster.local',
      },
      serialHex: newSerial(ports.keys, PROFILES[id].serialBits.value),
      now: instantFromMs(Date.now() - ageMs),
    });
  const [caKey, key] = await Promise.all([ports.keys.generate('p-256'), ports.keys.generate('p-256')]);
  const root = issueRoot(ports, { template: template('cluster-ca', 30 * DAY_MS), key: caKey });
  const leaf = issueCertificate(ports, {
    template: { ...template('apiserver', expired ? 10 * DAY_MS : 0), sans: { dns, ip } },
    subjectSpki: key.spki,
    issuer: root,
  });
  return {
    ca: encodePem('CERTIFICATE', root.der),
    cert: encodePem('CERTIFICATE', leaf.der),
    key: encodePem('PRIVATE KEY', ports.keys.exportPrivateKey(key, 'pkcs8')),
  };
}

export interface Received {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface WebServer {
  url: string;
  received: Received[];
  /** The status of all further responses; with `silence`, the server accepts the connection but sends nothing. */
  status: number | 'silence';
  close(): Promise<void>;
}

/** Starts an HTTPS server on 127.0.0.1, by default on a free port. */
export async function webServer(identity: ServerIdentity, port = 0): Promise<WebServer> {
  const result: WebServer = { url: '', received: [], status: 204, close: () => Promise.resolve() };
  const server = createServer({ cert: identity.cert, key: identity.key }, (request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      result.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (result.status === 'silence') return;
      response.writeHead(result.status, { location: 'https://127.0.0.1:1/' });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  result.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/arcwarden`;
  result.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return result;
}

export interface ReceivedMail {
  from: string;
  to: string[];
  text: string;
  encrypted: boolean;
  user: string | undefined;
}

export interface MailServerOfTest {
  port: number;
  received: ReceivedMail[];
  close(): Promise<void>;
}

/**
 * Starts an SMTP server on 127.0.0.1, by default on a free port, which accepts the user `ops` with the password
 * `secret`.
 */
export async function mailServer(
  identity: ServerIdentity,
  options: SMTPServerOptions = {},
  port = 0,
): Promise<MailServerOfTest> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    cert: identity.cert,
    key: identity.key,
    authOptional: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'ops' && password === 'secret') done(null, { user: username });
      else done(new Error(`no such login: ${username ?? ''} ${password ?? ''}`));
    },
    onData: (stream, session, done) => {
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
          encrypted: session.secure,
          user: session.user,
        });
        done();
      });
    },
    ...options,
  });
  // Some tests make a client give up during the handshake.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
