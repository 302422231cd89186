import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as peculiar from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RequestFacts } from '../../../../core/shared/certificates/certificate-request.ts';
import { requestInfo, type RequestTemplate } from '../../../../core/formats/x509/csr-writer.ts';
import { decodeRequest, isRequestSigned, extensionValue } from '../../../../core/formats/x509/csr.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { REQUEST_RULES } from '../../../../core/formats/x509/rules.ts';
import { signatureAlgorithm, encodeSignedObject } from '../../../../core/formats/x509/writer.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import {
  bits,
  boolean,
  element,
  extension,
  integer,
  octets,
  oid,
  relativeName,
  sequence,
  text,
} from '../../../support/certificates.ts';
import { NAME_OPTIONS, openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { aRequest, buildRequest, attribute, extensionRequest, SERVING_TEMPLATE } from '../../../support/requests.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { measureCost } from '../../../support/cost.ts';

const ports = testPorts();
const MOC_RENEWAL = '1.3.6.1.4.1.311.104.1.1';
const RICH: RequestTemplate = {
  subject: { commonName: '管理者', organizations: ['system:nodes', 'Ünter'] },
  sans: { dns: ['node-1', '*.svc.cluster.local'], ip: ['10.0.0.21', 'fd00::21'] },
  keyUsage: ['digitalSignature', 'keyEncipherment'],
  extendedKeyUsage: ['serverAuth', '1.3.6.1.4.1.99999.1'],
  otherExtensions: [{ oid: MOC_RENEWAL, critical: false, value: octets(Buffer.from('old')) }],
};

let p256: PrivateKey;
let p384: PrivateKey;
let rsa: PrivateKey;
beforeAll(async () => {
  [p256, p384, rsa] = await Promise.all([
    ports.keys.generate('p-256'),
    ports.keys.generate('p-384'),
    ports.keys.generate('rsa-2048'),
  ]);
});

function decode(der: Uint8Array): RequestFacts {
  const result = decodeRequest(der);
  if (!result.ok) throw new Error(JSON.stringify(result.finding));
  return result.request;
}
const rules = (der: Uint8Array): string[] => {
  const result = decodeRequest(der);
  return result.ok ? result.request.findings.map(({ rule }) => rule) : [result.finding.rule];
};
const opensslReq = (der: Uint8Array, ...options: string[]): string =>
  execFileSync('openssl', ['req', '-inform', 'DER', '-noout', ...options], {
    input: der,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });

describe('a request from the engine', () => {
  test('is verified and read completely by openssl', () => {
    for (const key of [p256, rsa]) {
      const printed = opensslReq(aRequest(ports, key, RICH), '-verify', '-text', ...NAME_OPTIONS);
      expect(printed).toContain('Version: 1 (0x0)');
      expect(printed).toContain('Subject: O=Ünter + O=system:nodes, CN=管理者\n');
      expect(printed).toMatch(/Key Usage: critical\s+Digital Signature, Key Encipherment/u);
      expect(printed).toMatch(/TLS Web Server Authentication, 1\.3\.6\.1\.4\.1\.99999\.1/u);
      expect(printed).toMatch(
        /DNS:node-1, DNS:\*\.svc\.cluster\.local, IP Address:10\.0\.0\.21, IP Address:FD00:0:0:0:0:0:0:21/u,
      );
      expect(printed).toContain(MOC_RENEWAL);
    }
  });

  test('is read and verified by @peculiar/x509, whatever the type of its key', async () => {
    for (const key of [p256, p384, rsa]) {
      const der = aRequest(ports, key, RICH);
      const peer = new peculiar.Pkcs10CertificateRequest(Uint8Array.from(der).buffer);
      expect(await peer.verify()).toBe(true);
      expect(Buffer.from(peer.publicKey.rawData)).toEqual(Buffer.from(key.spki));
      const names = peer.getExtension('2.5.29.17') as peculiar.SubjectAlternativeNameExtension;
      expect(names.names.toJSON().map(({ value }) => value)).toEqual([...RICH.sans.dns, '10.0.0.21', 'fd00::21']);
    }
  });

  test('is read back with the requested contents', () => {
    const der = aRequest(ports, p384, RICH);
    const facts = decode(der);
    expect(facts).toMatchObject({
      version: 0,
      subject: { cn: '管理者', text: 'CN=管理者,O=Ünter+O=system:nodes' },
      key: { algorithm: 'EC', curve: 'P-384' },
      sans: RICH.sans,
      keyUsage: RICH.keyUsage,
      extendedKeyUsage: RICH.extendedKeyUsage,
      isCa: false,
      signatureAlgorithm: { name: 'ecdsa-with-SHA384' },
      length: der.length,
      findings: [],
    });
    expect(isRequestSigned(ports.keys, der, facts)).toBe(true);
    expect(extensionValue(der, facts, MOC_RENEWAL)).toEqual(new Uint8Array(octets(Buffer.from('old'))));
    expect(extensionValue(der, facts, '1.2.3')).toBeUndefined();
  });

  test('has an empty list of attributes if it requests no extensions, like a kubelet’s request', () => {
    const der = aRequest(ports, p256);
    expect(opensslReq(der, '-verify', '-text')).toContain('(none)');
    const facts = decode(der);
    expect([facts.attributes, facts.extensions, facts.findings]).toEqual([[], [], []]);
  });
});

const CONFIG = `[req]
distinguished_name = dn
req_extensions = v3
attributes = attributes
prompt = no
string_mask = utf8only
[dn]
C = JP
O = 日本
CN = a
[attributes]
challengePassword = geheim-1234
[v3]
basicConstraints = critical, CA:TRUE, pathlen:1
keyUsage = critical, digitalSignature, keyCertSign
extendedKeyUsage = clientAuth
subjectAltName = DNS:a.example.test, IP:10.1.2.3, email:a@example.test, URI:spiffe://a/b
`;

describe('a request from openssl', () => {
  test.each([
    ['ed25519', ['-newkey', 'ed25519'], 'Ed25519'],
    ['rsa', ['-sha512'], 'RSA'],
    ['p-521', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521', '-sha512'], 'EC'],
  ])('with a key of %s is read and its signature verified', (_, key, algorithm) => {
    const folder = temporaryFolder();
    const config = join(folder, 'req.cnf');
    writeFileSync(config, CONFIG);
    const file = join(folder, 'key.pem');
    // Generating RSA keys is slow, so an existing key is reused.
    if (algorithm === 'RSA') writeFileSync(file, encodePem('PRIVATE KEY', ports.keys.exportPrivateKey(rsa, 'pkcs8')));
    const der = openssl(
      ...['req', '-new', '-nodes', '-utf8', '-outform', 'DER', '-config', config],
      ...[algorithm === 'RSA' ? '-key' : '-keyout', file, ...key],
    );
    const facts = decode(der);
    expect(facts.subject.text).toBe('CN=a,O=日本,C=JP');
    expect(facts.key.algorithm).toBe(algorithm);
    expect(facts).toMatchObject({
      isCa: true,
      pathLength: 1,
      keyUsage: ['digitalSignature', 'keyCertSign'],
      extendedKeyUsage: ['clientAuth'],
      sans: { dns: ['a.example.test'], ip: ['10.1.2.3'], email: ['a@example.test'] },
      findings: [],
    });
    expect(facts.attributes.map(({ name }) => name).sort()).toEqual(['challengePassword', 'extensionRequest']);
    expect(JSON.stringify(facts)).not.toContain('geheim');
    expect(isRequestSigned(ports.keys, der, facts)).toBe(true);
  });
});

test('a request from @peculiar/x509 is read and its signature verified', async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const peer = await peculiar.Pkcs10CertificateRequestGenerator.create(
    {
      name: 'CN=system:node:a, O=system:nodes',
      keys,
      signingAlgorithm: algorithm,
      extensions: [new peculiar.SubjectAlternativeNameExtension([{ type: 'dns', value: 'a' }])],
    },
    webcrypto as Crypto,
  );
  const der = new Uint8Array(peer.rawData);
  const facts = decode(der);
  expect(facts.subject).toMatchObject({ cn: 'system:node:a', o: ['system:nodes'] });
  expect(facts.sans.dns).toEqual(['a']);
  expect(isRequestSigned(ports.keys, der, facts)).toBe(true);
});

describe('the signature', () => {
  test('is invalid after a change to the signed part, the key or the signature', () => {
    const der = aRequest(ports, p256, SERVING_TEMPLATE);
    const { spki, signature } = decode(der);
    // The first change affects a letter of the name, which leaves the request readable.
    const at = [Buffer.from(der).indexOf('system:node'), spki.offset + spki.length - 1, signature.offset + 10];
    const judged = at.map((place) => {
      const changed = Buffer.from(der);
      changed[place] = (changed[place] ?? 0) ^ 1;
      const result = decodeRequest(changed);
      return result.ok ? isRequestSigned(ports.keys, changed, result.request) : 'not read';
    });
    expect(judged).toEqual([false, false, false]);
  });

  test('is invalid if another key made it', () => {
    const info = requestInfo(SERVING_TEMPLATE, p384.spki);
    const signature = ports.keys.sign(p256, info, 'SHA-256');
    const der = encodeSignedObject(info, signatureAlgorithm('ec', 'SHA-256'), signature);
    expect(isRequestSigned(ports.keys, der, decode(der))).toBe(false);
  });

  test('is invalid if its algorithm is unknown', () => {
    const der = buildRequest({ algorithm: sequence(oid('1.2.3.4')) });
    expect(isRequestSigned(ports.keys, der, decode(der))).toBe(false);
  });
});

const SAN = extension('2.5.29.17', sequence(text(0x82, 'a.example.test')));
const OTHER_SAN = extension('2.5.29.17', sequence(text(0x82, 'evil.example.test')));

describe('a forbidden feature is reported, but the request is still read', () => {
  test.each([
    ['a version above 1', buildRequest({ version: integer('02') }), 'request.version'],
    ['no attributes', buildRequest({ attributeList: Buffer.alloc(0) }), 'der.missing-element'],
    [
      'a list of attributes with the wrong tag',
      buildRequest({ attributeList: element(0xa1) }),
      'request.attribute-list',
    ],
    ['an attribute that is not a sequence', buildRequest({ attributes: [integer('01')] }), 'request.attribute-list'],
    [
      'an attribute without values',
      buildRequest({ attributes: [sequence(oid('1.2.3'))] }),
      'request.malformed-attribute',
    ],
    [
      'extensions that are not a list',
      buildRequest({ attributes: [attribute('1.2.840.113549.1.9.14', integer('01'))] }),
      'request.malformed-attribute',
    ],
    [
      'two lists of extensions',
      buildRequest({ attributes: [extensionRequest(SAN), extensionRequest(OTHER_SAN)] }),
      'request.duplicate-attribute',
    ],
    [
      'two lists of extensions, one under Microsoft’s name',
      buildRequest({ attributes: [extensionRequest(SAN), attribute('1.3.6.1.4.1.311.2.1.14', sequence(OTHER_SAN))] }),
      'request.duplicate-attribute',
    ],
    ['two lists of names', buildRequest({ attributes: [extensionRequest(SAN, OTHER_SAN)] }), 'der.duplicate-extension'],
    [
      'a second value',
      buildRequest({ attributes: [attribute('1.2.840.113549.1.9.14', sequence(SAN), sequence(OTHER_SAN))] }),
      'der.trailing-bytes',
    ],
    ['data after the request', Buffer.concat([buildRequest(), Buffer.alloc(3)]), 'der.trailing-data'],
    [
      'a broken key',
      buildRequest({ key: sequence(sequence(oid('1.2.840.10045.2.1')), bits(Buffer.alloc(2))) }),
      'der.public-key',
    ],
  ])('%s', (_, der, rule) => {
    expect(rules(der)).toContain(rule);
    expect(decode(der).subject.cn).toBe('subject');
    expect(decode(der).sans.dns).not.toContain('evil.example.test');
  });

  test('every rule that only requests can break has a test case', () => {
    const seen = new Set([
      ...rules(buildRequest({ version: integer('02') })),
      ...rules(buildRequest({ attributeList: element(0xa1) })),
      ...rules(buildRequest({ attributes: [sequence(oid('1.2.3'))] })),
      ...rules(buildRequest({ attributes: [extensionRequest(SAN), extensionRequest(SAN)] })),
    ]);
    expect(REQUEST_RULES.filter((rule) => !seen.has(rule))).toEqual([]);
  });

  test('extensions in a request from Windows are read from Microsoft’s older attribute', () => {
    const der = buildRequest({ attributes: [attribute('1.3.6.1.4.1.311.2.1.14', sequence(SAN))] });
    expect(decode(der).sans.dns).toEqual(['a.example.test']);
  });
});

describe('the decoder refuses', () => {
  test.each([
    ['an empty input', Buffer.alloc(0), 'der.empty'],
    ['a negative version', buildRequest({ version: integer('ff') }), 'der.integer-range'],
    ['a version without content', buildRequest({ version: element(0x02) }), 'der.empty-integer'],
    ['a huge version', buildRequest({ version: integer(`01${'00'.repeat(9)}`) }), 'der.integer-range'],
    ['a subject that is text', buildRequest({ subject: text(0x0c, 'a') }), 'der.unexpected-tag'],
    ['a request without a key', buildRequest({ key: Buffer.alloc(0) }), 'der.unexpected-tag'],
    ['a request without a signature', buildRequest({ signature: Buffer.alloc(0) }), 'der.missing-element'],
    ['an indefinite length', Buffer.from('3080020100', 'hex'), 'der.indefinite-length'],
    ['a length of four gigabytes', Buffer.from('3084ffffffff', 'hex'), 'der.truncated'],
  ])('%s', (_, der, rule) => {
    expect(decodeRequest(der)).toMatchObject({ ok: false, finding: { rule } });
  });

  test('a certificate', () => {
    const certificate = sequence(
      sequence(element(0xa0, integer('02')), integer('01')),
      sequence(oid('1.2.3')),
      bits(Buffer.alloc(3)),
    );
    expect(decodeRequest(certificate).ok).toBe(false);
  });
});

describe('hostile requests', () => {
  test('are refused wherever they are truncated', () => {
    const der = aRequest(ports, p256, SERVING_TEMPLATE);
    const accepted: number[] = [];
    for (let length = 0; length < der.length; length += 1) {
      if (decodeRequest(der.subarray(0, length)).ok) accepted.push(length);
    }
    expect(accepted).toEqual([]);
  });

  test('are either refused or decoded without leaving the bounds of the input, whichever byte is changed', () => {
    const der = aRequest(ports, p256, RICH);
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 255 }), (place, value) => {
        const changed = Buffer.from(der);
        changed[place % der.length] = value;
        const result = decodeRequest(changed);
        if (!result.ok) return;
        const { info, spki, subjectName, signature, extensions, attributes } = result.request;
        const ranges = [info, spki, subjectName, signature, ...extensions, ...attributes];
        const furthest = Math.max(...ranges.map(({ offset, length }) => offset + length));
        expect(furthest).toBeLessThanOrEqual(changed.length);
      }),
      { numRuns: 400 },
    );
  });

  test('never make the reader throw, even if they are arbitrary bytes', () => {
    const part = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
    const parts = fc.record(
      { version: part, subject: part, key: part, attributes: fc.array(part), algorithm: part },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(parts, (chosen) => {
        expect(typeof decodeRequest(buildRequest(chosen)).ok).toBe('boolean');
      }),
    );
  });

  test.each([
    [
      'ten thousand names',
      () => {
        const names = Array.from({ length: 10_000 }, (_, at) => text(0x82, `n${at}.example.test`));
        return buildRequest({ attributes: [extensionRequest(extension('2.5.29.17', sequence(...names)))] });
      },
    ],
    [
      'ten thousand lists of extensions',
      () => buildRequest({ attributes: Array<Buffer>(10_000).fill(extensionRequest(SAN)) }),
    ],
    [
      'ten thousand different attributes',
      () =>
        buildRequest({
          attributes: Array.from({ length: 10_000 }, (_, at) => attribute(`1.2.3.${at}`, boolean(0xff))),
        }),
    ],
    [
      'ten thousand parts of a name',
      () =>
        buildRequest({
          subject: sequence(...Array<Buffer>(10_000).fill(relativeName('2.5.4.10', text(0x0c, 'system:nodes')))),
        }),
    ],
  ])('with %s are read quickly', (_, build) => {
    const der = build();
    const cost = measureCost(() => {
      const result = decodeRequest(der);
      expect(result.ok && result.request.findings.length < 110).toBe(true);
    });
    expect(cost).toBeLessThan(1_500);
  });

  test('that are nested two hundred levels deep are read as far as needed', () => {
    let nested: Buffer = Buffer.alloc(0);
    for (let depth = 0; depth < 200; depth += 1) nested = sequence(nested);
    const der = buildRequest({ attributes: [extensionRequest(extension('2.5.29.17', nested))] });
    expect(rules(der)).toContain('der.malformed-extension');
  });

  test('with two common names keep both, and the last one is used', () => {
    const subject = sequence(
      relativeName('2.5.4.3', text(0x0c, 'system:node:a')),
      relativeName('2.5.4.3', text(0x0c, 'system:node:b')),
    );
    const { attributes, cn } = decode(buildRequest({ subject })).subject;
    expect([attributes.length, cn]).toEqual([2, 'system:node:b']);
  });
});
