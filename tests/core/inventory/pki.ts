import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { certify, issue, type IssuedPair, type IssueOptions } from '../../support/openssl.ts';
import { TEST_NOW } from '../../support/ports.ts';

const DAY = 86_400_000;

/** A certificate and its key, as PEM text from openssl. */
export interface Pair {
  crt: string;
  key: string;
  /** SHA-256 of the DER as lower-case hex, computed by Node. */
  id: string;
  pair: IssuedPair;
}

export interface Issue {
  subject: string;
  issuer?: Pair;
  /** Start and end of validity in days relative to `TEST_NOW`. */
  days: [number, number];
  usage?: 'ca' | 'server' | 'client' | 'both';
  names?: string;
  more?: string[];
  key?: 'ec' | 'rsa';
  bits?: number;
  digest?: string;
  serialHex?: string;
}

const USAGES = {
  ca: ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign', 'subjectKeyIdentifier=hash'],
  server: ['extendedKeyUsage=serverAuth'],
  client: ['extendedKeyUsage=clientAuth'],
  both: ['extendedKeyUsage=serverAuth,clientAuth'],
} as const;

/** Issues certificates with openssl in a temporary folder. */
export class Pki {
  readonly #folder = mkdtempSync(join(tmpdir(), 'arcwarden-pki-'));
  #count = 0;

  /** Issues another self-signed certificate for the same key. */
  renew({ pair: { key } }: Pair, options: Issue): Pair {
    return this.#make(options, (certificate, settings) => certify(certificate, key, settings));
  }

  issue(options: Issue): Pair {
    return this.#make(options, (certificate, settings) =>
      issue(certificate, certificate.replace(/crt$/u, 'key'), settings),
    );
  }

  #make(
    { subject, issuer, days: [from, to], usage = 'client', names, more = [], ...options }: Issue,
    write: (certificate: string, options: IssueOptions) => IssuedPair,
  ): Pair {
    this.#count += 1;
    const base = join(this.#folder, String(this.#count));
    const extensions = [
      ...USAGES[usage],
      ...(issuer === undefined ? [] : ['authorityKeyIdentifier=keyid']),
      ...(names === undefined ? [] : [`subjectAltName=${names}`]),
      ...more,
    ];
    const now = Date.parse(TEST_NOW);
    const pair = write(`${base}.crt`, {
      ...options,
      subject,
      extensions,
      notBeforeMs: now + from * DAY,
      notAfterMs: now + to * DAY,
      ...(issuer !== undefined && { issuer: issuer.pair }),
    });
    const crt = readFileSync(pair.certificate, 'utf8');
    const id = new X509Certificate(crt).fingerprint256.replaceAll(':', '').toLowerCase();
    return { crt, key: readFileSync(pair.key, 'utf8'), id, pair };
  }

  ca(subject: string): Pair {
    return this.issue({ subject, days: [-100, 3000], usage: 'ca' });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export interface KubeconfigParts {
  cluster: string;
  ca?: string;
  client?: { crt: string; key?: string };
  token?: string;
  user?: string;
  server?: string;
}

export function kubeconfig({ cluster, ca, client, token, user = 'admin', server }: KubeconfigParts): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: cluster, cluster: { server, ...(ca !== undefined && { 'certificate-authority-data': base64(ca) }) } },
    ],
    contexts: [{ name: 'context', context: { cluster, user } }],
    users: [
      {
        name: user,
        user: {
          ...(client !== undefined && { 'client-certificate-data': base64(client.crt) }),
          ...(client?.key !== undefined && { 'client-key-data': base64(client.key) }),
          token,
        },
      },
    ],
  };
  return JSON.stringify(config, null, 1);
}

export function cloudconfig(parts: { ca?: string; client?: { crt: string; key?: string }; identity?: string }): string {
  return JSON.stringify({
    ...(parts.ca !== undefined && { CloudCertificate: base64(parts.ca) }),
    ...(parts.client !== undefined && { ClientCertificate: base64(parts.client.crt) }),
    ...(parts.client?.key !== undefined && { ClientKey: base64(parts.client.key) }),
    IdentityName: parts.identity,
  });
}

export function loginFile(parts: { name: string; token: string; ca?: string; fqdn?: string; type?: string }): string {
  return [
    `name: ${parts.name}`,
    `token: ${parts.token}`,
    `certificate: ${parts.ca === undefined ? '""' : base64(parts.ca)}`,
    `clienttype: ${parts.type ?? 'ControlPlane'}`,
    `cloudfqdn: ${parts.fqdn ?? '""'}`,
    '',
  ].join('\n');
}

/** Makes a JWT with an invented signature, which no offline check verifies. */
export function jwt(claims: Record<string, unknown>): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}
