/**
 * Certificates per second of the decoder and of its peers on the same ten thousand leaf certificates, in one run. Exits
 * with 1 when the decoder misses a limit. Option: `--count N`.
 */
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from '../../build/tools.mjs';
import { decodeCertificate } from '../../core/formats/x509/certificate.ts';
import { leafCorpus, toPem } from '../support/certificates.ts';

const LIMIT_PER_SECOND = 100_000;
const LIMIT_TIMES_PYTHON = 5;
/** Enough rounds that one falls between the other work of the machine. */
const OWN_ROUNDS = 25;
const PYTHON_ROUNDS = 9;
const PEER_ROUNDS = 3;

/**
 * DER to the same facts as far as cryptography provides them; iterating over the extensions parses every one of them.
 */
const PYTHON = `
import sys, time
from operator import attrgetter
from cryptography import x509, __version__
data = open(sys.argv[1], 'rb').read()
# Since 42; the older ones give way with a warning at each call.
utc = '_utc' if hasattr(x509.Certificate, 'not_valid_after_utc') else ''
start_of, end_of = (attrgetter(f'not_valid_{end}{utc}') for end in ('before', 'after'))
ders, at = [], 0
while at < len(data):
    size = int.from_bytes(data[at:at + 4], 'big')
    ders.append(data[at + 4:at + 4 + size])
    at += 4 + size
def read(der):
    c = x509.load_der_x509_certificate(der)
    key = c.public_key()
    found = [c.version, c.serial_number, c.signature_algorithm_oid.dotted_string,
             c.issuer.rfc4514_string(), c.subject.rfc4514_string(),
             start_of(c), end_of(c), key.key_size]
    for e in c.extensions:
        v = e.value
        found.append((e.oid.dotted_string, e.critical))
        if isinstance(v, x509.SubjectAlternativeName):
            found.append([str(n.value) for n in v])
        elif isinstance(v, x509.ExtendedKeyUsage):
            found.append([o.dotted_string for o in v])
        elif isinstance(v, x509.SubjectKeyIdentifier):
            found.append(v.digest.hex())
        elif isinstance(v, x509.AuthorityKeyIdentifier):
            found.append(v.key_identifier.hex())
        elif isinstance(v, x509.KeyUsage):
            found.append((v.digital_signature, v.key_encipherment))
        elif isinstance(v, x509.BasicConstraints):
            found.append((v.ca, v.path_length))
    return found
best = 0
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    for der in ders: read(der)
    best = max(best, len(ders) / (time.perf_counter() - start))
print(__version__, best)
`;

interface Row {
  name: string;
  perSecond: number | undefined;
  note?: string;
}

/** Best of several rounds, because the machine has other work; the first round warms up. */
function measure(corpus: readonly Buffer[], rounds: number, read: (der: Buffer) => number): number {
  let best = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    let checksum = 0;
    for (const der of corpus) checksum += read(der);
    const seconds = (performance.now() - start) / 1_000;
    if (checksum <= 0) throw new Error('nothing was read');
    if (round > 0) best = Math.max(best, corpus.length / seconds);
  }
  return best;
}

/** Counts every certificate and reads a text from it, so that no work can be skipped. */
function readOwn(der: Buffer): number {
  const result = decodeCertificate(der);
  if (!result.ok || result.certificate.findings.length > 0) throw new Error('not decoded');
  const { subject, serialHex, sans } = result.certificate;
  return subject.text.length + serialHex.length + sans.dns.length;
}

function readOwnWithFingerprint(der: Buffer): number {
  return readOwn(der) + createHash('sha256').update(der).digest('hex').length;
}

function readWithNode(der: Buffer): number {
  const peer = new X509Certificate(der);
  const { modulusLength, namedCurve } = peer.publicKey.asymmetricKeyDetails ?? {};
  const texts = [peer.subject, peer.issuer, peer.serialNumber, peer.validFrom, peer.validTo];
  const more = [peer.subjectAltName, peer.infoAccess, peer.keyUsage, modulusLength, namedCurve];
  return texts.join('').length + more.length + (peer.ca ? 1 : 0);
}

function measurePython(directory: string, corpus: readonly Buffer[]): Row {
  const data = join(directory, 'corpus.bin');
  const sized = corpus.flatMap((der) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(der.length);
    return [size, der];
  });
  writeFileSync(data, Buffer.concat(sized));
  const python = findPython('cryptography');
  if (python === undefined) {
    const note = 'not importable; on Debian: apt-get install python3-cryptography';
    return { name: 'python3-cryptography', perSecond: undefined, note };
  }
  const options = ['-c', PYTHON, data, String(PYTHON_ROUNDS)];
  const [version, perSecond] = execFileSync(python, options, { encoding: 'utf8' }).split(' ');
  return { name: `python3-cryptography ${version}`, perSecond: Number(perSecond) };
}

function measureOpenssl(directory: string, corpus: readonly Buffer[]): Row {
  const file = join(directory, 'corpus.pem');
  writeFileSync(file, corpus.map(toPem).join(''));
  const options = ['storeutl', '-noout', '-text', '-certs', file];
  try {
    let best = 0;
    for (let round = 0; round < PEER_ROUNDS; round += 1) {
      const start = performance.now();
      execFileSync('openssl', options, { stdio: 'ignore' });
      best = Math.max(best, (corpus.length / (performance.now() - start)) * 1_000);
    }
    return { name: 'openssl storeutl -text', perSecond: best };
  } catch {
    return { name: 'openssl storeutl -text', perSecond: undefined, note: 'openssl 3 not found' };
  }
}

function printed({ name, perSecond, note }: Row, own: number): string {
  const label = name.padEnd(34);
  if (perSecond === undefined) return `  ${label} ${note ?? 'not measured'}`;
  const rate = Math.round(perSecond).toLocaleString('en').padStart(9);
  return `  ${label} ${rate}/s   own decode is ${(own / perSecond).toFixed(1)} x`;
}

function limit(text: string, met: boolean | undefined): boolean {
  console.log(`limit: ${text}: ${met === undefined ? 'not measured' : met ? 'pass' : 'FAIL'}`);
  return met !== false;
}

function countOption(): number {
  const at = process.argv.indexOf('--count');
  return at < 0 ? 10_000 : Number(process.argv[at + 1]);
}

function run(): number {
  const corpus = leafCorpus(countOption());
  const directory = mkdtempSync(join(tmpdir(), 'decode-bench-'));
  const own = measure(corpus, OWN_ROUNDS, readOwn);
  const python = measurePython(directory, corpus);
  const rows: Row[] = [
    { name: 'own decode, all fields', perSecond: own },
    { name: 'own decode + SHA-256 fingerprint', perSecond: measure(corpus, OWN_ROUNDS, readOwnWithFingerprint) },
    { name: 'node X509Certificate', perSecond: measure(corpus, PEER_ROUNDS - 1, readWithNode) },
    python,
    measureOpenssl(directory, corpus),
  ];
  rmSync(directory, { recursive: true, force: true });
  const bytes = corpus.reduce((sum, der) => sum + der.length, 0);
  console.log(`decode: ${corpus.length} certificates of ${Math.round(bytes / corpus.length)} bytes,`);
  console.log(`  half RSA-2048, half P-256 and P-384; Node ${process.version}`);
  for (const row of rows) console.log(printed(row, own));
  const times = python.perSecond === undefined ? undefined : own / python.perSecond;
  const fast = limit(`own decode >= ${LIMIT_PER_SECOND}/s`, own >= LIMIT_PER_SECOND);
  const faster = limit(
    `own decode >= ${LIMIT_TIMES_PYTHON}x python3-cryptography`,
    times === undefined ? undefined : times >= LIMIT_TIMES_PYTHON,
  );
  return fast && faster ? 0 : 1;
}

process.exitCode = run();
