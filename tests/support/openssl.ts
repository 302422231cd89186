import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface IssueOptions {
  /** Slash form: `/O=system:nodes/CN=system:node:n1`. */
  subject: string;
  notBeforeMs: number;
  notAfterMs: number;
  /** Lines of an openssl extension section, for instance `extendedKeyUsage=clientAuth`. */
  extensions: string[];
  /** Self-signed when absent. */
  issuer?: IssuedPair;
  key?: 'ec' | 'rsa';
}

/** Files of one certificate and its key, as openssl wrote them. */
export interface IssuedPair {
  certificate: string;
  key: string;
}

export function openssl(...args: string[]): Buffer {
  return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** openssl's form of a moment: `20261124120000Z`. */
function moment(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:T]|\.\d+/gu, '');
}

let scratch = 0;

/** Issues a certificate with openssl alone, so that nothing of the program under test had a hand in it. */
export function issue(certificate: string, key: string, options: IssueOptions): IssuedPair {
  for (const file of [certificate, key]) mkdirSync(dirname(file), { recursive: true });
  if (options.key === 'rsa') openssl('genrsa', '-out', key, '-traditional', '2048');
  else openssl('ecparam', '-name', 'secp384r1', '-genkey', '-noout', '-out', key);
  scratch += 1;
  const request = `${certificate}.${scratch}.csr`;
  const section = `${certificate}.${scratch}.cnf`;
  writeFileSync(section, options.extensions.join('\n') + '\n');
  openssl('req', '-new', '-key', key, '-subj', options.subject, '-utf8', '-out', request);
  const signer =
    options.issuer === undefined
      ? ['-signkey', key]
      : ['-CA', options.issuer.certificate, '-CAkey', options.issuer.key];
  openssl(
    'x509',
    '-req',
    '-in',
    request,
    ...signer,
    '-out',
    certificate,
    '-extfile',
    section,
    '-not_before',
    moment(options.notBeforeMs),
    '-not_after',
    moment(options.notAfterMs),
    '-sha384',
  );
  execFileSync('rm', [request, section]);
  return { certificate, key };
}

export const CA_EXTENSIONS = [
  'basicConstraints=critical,CA:true',
  'keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign',
  'subjectKeyIdentifier=hash',
];
export const CLIENT_EXTENSIONS = [
  'basicConstraints=critical,CA:false',
  'keyUsage=critical,digitalSignature,keyEncipherment',
  'extendedKeyUsage=clientAuth',
  'authorityKeyIdentifier=keyid',
];

export function pairIn(folder: string, name: string): [certificate: string, key: string] {
  return [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
}
