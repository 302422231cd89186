/**
 * Measures how many certificates per second the decoder and its peers read, using the same 10,000 leaf certificates in
 * one run. Exits with 1 if the decoder misses a limit. Option: `--count N`.
 *
 * The median round counts, since the fastest depends on luck with the JIT compiler.
 */
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from '../../build/tools.mjs';
import { decodeCertificate } from '../../core/formats/x509/certificate.ts';
import { leafCorpus, encodeCertificatePem } from '../support/certificates.ts';
import { recordAtLeast, limitRate, note } from './support/figures.ts';
import { median, option, roundTimes, runIn } from './support/measure.ts';

const LIMIT_PER_SECOND = 100_000;
const LIMIT_TIMES_PYTHON = 5;
const TURNS = 5;
const OWN_ROUNDS = 8;
const PYTHON_ROUNDS = 2;
const PEER_ROUNDS = 1;

/**
 * Reads the same facts from DER with the Python package cryptography; iterating over the extensions parses all of them.
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
    start = time.process_time()
    for der in ders: read(der)
    best = max(best, len(ders) / (time.process_time() - start))
print(best)
`;

/** Returns certificates per second of processor time for each round. */
function rates(corpus: readonly Buffer[], rounds: number, read: (der: Buffer) => number): number[] {
  const readAll = (): void => {
    let checksum = 0;
    for (const der of corpus) checksum += read(der);
    if (checksum <= 0) throw new Error('nothing was read');
  };
  return roundTimes(rounds, () => undefined, readAll).map((ms) => (corpus.length / ms) * 1_000);
}

/** Reads text from each certificate, so that the engine cannot skip work. */
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

/**
 * Returns a function that measures certificates per second in a separate process; `undefined` if cryptography is not
 * installed.
 */
function pythonPeer(directory: string, corpus: readonly Buffer[]): (() => number) | undefined {
  const python = findPython('cryptography');
  if (python === undefined) {
    console.log('  python3-cryptography is not importable; on Debian: apt-get install python3-cryptography');
    return undefined;
  }
  const data = join(directory, 'corpus.bin');
  const sized = corpus.flatMap((der) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(der.length);
    return [size, der];
  });
  writeFileSync(data, Buffer.concat(sized));
  const options = ['-c', PYTHON, data, String(PYTHON_ROUNDS)];
  return () => Number(execFileSync(python, options, { encoding: 'utf8' }));
}

function opensslRate(directory: string, corpus: readonly Buffer[]): number | undefined {
  const file = join(directory, 'corpus.pem');
  writeFileSync(file, corpus.map(encodeCertificatePem).join(''));
  const options = ['storeutl', '-noout', '-text', '-certs', file];
  try {
    let best = 0;
    for (let round = 0; round < PEER_ROUNDS; round += 1) {
      const start = performance.now();
      execFileSync('openssl', options, { stdio: 'ignore' });
      best = Math.max(best, (corpus.length / (performance.now() - start)) * 1_000);
    }
    return best;
  } catch {
    console.log('  openssl 3 was not found');
    return undefined;
  }
}

function main(directory: string): void {
  const corpus = leafCorpus(Number(option('count') ?? 10_000));
  const python = pythonPeer(directory, corpus);
  const turns = Array.from({ length: TURNS }, () => ({
    own: rates(corpus, OWN_ROUNDS, readOwn),
    peer: python?.() ?? Number.NaN,
  }));
  const own = median(turns.flatMap((turn) => turn.own));
  const peer = median(turns.map((turn) => turn.peer));
  limitRate(LIMIT_PER_SECOND, 'own decode, all fields', own);
  note('own decode and SHA-256', median(rates(corpus, OWN_ROUNDS, readOwnWithFingerprint)), '/s');
  if (python !== undefined) {
    note('python3-cryptography', peer, '/s');
    recordAtLeast(LIMIT_TIMES_PYTHON, 'own decode beside python3-cryptography', own / peer, 'x');
  }
  note('node X509Certificate', median(rates(corpus, PEER_ROUNDS, readWithNode)), '/s');
  const openssl = opensslRate(directory, corpus);
  if (openssl !== undefined) note('openssl storeutl -text', openssl, '/s');
}

void runIn('decode', main);
