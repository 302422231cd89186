import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface CertificateOptions {
  /** The subject in slash form, such as `/O=system:nodes/CN=system:node:n1`. */
  subject: string;
  notBeforeMs: number;
  notAfterMs: number;
  /** Lines of an openssl extension section, such as `extendedKeyUsage=clientAuth`. */
  extensions: string[];
  /** Absent if the certificate is self-signed. */
  issuer?: IssuedPair;
  /** Default: `sha384`. */
  digest?: string;
  /** An even number of hex digits; random by default. */
  serialHex?: string;
}

export interface IssueOptions extends CertificateOptions {
  key?: 'ec' | 'rsa';
  /** Length of an RSA key; default: 2048. */
  bits?: number;
}

export interface IssuedPair {
  certificate: string;
  key: string;
}

export function openssl(...args: string[]): Buffer {
  return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Makes openssl print names as `O=a + O=b, CN=c`, whatever the default of its version. */
export const NAME_OPTIONS = ['-nameopt', 'utf8,sep_comma_plus_space'];

/** Formats an instant for openssl, such as `20261124120000Z`. */
function moment(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:T]|\.\d+/gu, '');
}

/** Issues a certificate with openssl alone, so that the program under test is not involved. */
export function issue(certificate: string, key: string, options: IssueOptions): IssuedPair {
  for (const file of [certificate, key]) mkdirSync(dirname(file), { recursive: true });
  if (options.key === 'rsa') openssl('genrsa', '-out', key, '-traditional', String(options.bits ?? 2048));
  else openssl('ecparam', '-name', 'secp384r1', '-genkey', '-noout', '-out', key);
  return certify(certificate, key, options);
}

/**
 * Issues a certificate for an existing key. Only openssl's command `ca` supports any validity in every version; `x509`
 * and `req` do so from 3.4 on.
 */
export function certify(
  certificate: string,
  key: string,
  { subject, notBeforeMs, notAfterMs, extensions, issuer, digest = 'sha384', serialHex }: CertificateOptions,
): IssuedPair {
  const scratch = mkdtempSync(join(tmpdir(), 'arcwarden-openssl-'));
  try {
    const [request, config] = [join(scratch, 'csr'), join(scratch, 'cnf')];
    const database = join(scratch, 'index');
    writeFileSync(database, '');
    if (serialHex !== undefined) writeFileSync(`${scratch}/serial`, `${serialHex}\n`);
    const serial = serialHex === undefined ? 'rand_serial=yes' : `serial=${scratch}/serial`;
    writeFileSync(config, [...caSection(database, serial), ...extensions, ''].join('\n'));
    openssl('req', '-new', '-key', key, '-subj', subject, '-utf8', '-out', request);
    const signer =
      issuer === undefined ? ['-selfsign', '-keyfile', key] : ['-cert', issuer.certificate, '-keyfile', issuer.key];
    openssl(
      ...['ca', '-batch', '-notext', '-config', config, '-extensions', 'extensions', ...signer],
      ...['-in', request, '-out', certificate, '-outdir', scratch, '-preserveDN'],
      ...['-startdate', moment(notBeforeMs), '-enddate', moment(notAfterMs), '-md', digest],
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return { certificate, key };
}

/** Returns a section that makes `openssl ca` accept any subject. The lines of the extensions must follow. */
function caSection(database: string, serial: string): string[] {
  return [
    ...['[ca]', 'default_ca=any', '[any]', `database=${database}`],
    ...['policy=anything', serial, '[anything]', '[extensions]'],
  ];
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
