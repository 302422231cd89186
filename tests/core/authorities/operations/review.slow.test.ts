import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { authorityApi } from '../../../../core/authorities/api.ts';
import { memoryTickets } from '../../../../core/node/tickets.ts';
import { signFileOperation } from '../../../../core/authorities/operations/csr-objects.ts';
import { reviewOperation } from '../../../../core/authorities/operations/review.ts';
import type { RequestReview } from '../../../../core/pki/model/request-review.ts';
import { NAME_OPTIONS, openssl } from '../../../support/openssl.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { aClientObject, APPROVED } from '../../../support/requests.ts';
import { aScenario, catchProblem } from './scenario.ts';

const folder = mkdtempSync(join(tmpdir(), 'review-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'request.der');

function makeRequest(subject: string, ...extensions: string[]): Uint8Array {
  openssl(
    ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-outform', 'DER'],
    ...['-keyout', join(folder, 'key.pem'), '-out', file, '-subj', subject],
    ...extensions.flatMap((each) => ['-addext', each]),
  );
  return readFileSync(file);
}

/** Names of usages as openssl prints them. */
const PRINTED: Record<string, string> = {
  serverAuth: 'TLS Web Server Authentication',
  clientAuth: 'TLS Web Client Authentication',
  codeSigning: 'Code Signing',
  digitalSignature: 'Digital Signature',
  keyEncipherment: 'Key Encipherment',
};

/** Returns what openssl reads in the last request, in the words of a review. */
function readByOpenssl() {
  const text = openssl('req', '-inform', 'DER', '-in', file, '-noout', '-text', ...NAME_OPTIONS).toString();
  const listAfter = (head: RegExp): string[] => (head.exec(text)?.[1] ?? '').split(', ').filter((each) => each !== '');
  const names = listAfter(/Subject Alternative Name:[^\n]*\n\s*([^\n]*)/u).map((each) => each.trim());
  const listNamed = (prefix: string): string[] =>
    names.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
  const usages = [
    ...listAfter(/Extended Key Usage:[^\n]*\n\s*([^\n]*)/u),
    ...listAfter(/X509v3 Key Usage:[^\n]*\n\s*([^\n]*)/u),
  ];
  return {
    subject: listAfter(/Subject: ([^\n]*)/u),
    curve: /NIST CURVE: ([^\n]*)/u.exec(text)?.[1],
    sans: { dns: listNamed('DNS:'), ip: listNamed('IP Address:') },
    others: [...listNamed('email:'), ...listNamed('URI:')],
    usages,
  };
}

function expectLikeOpenssl({ subject, key, sans, usages, leftOut }: RequestReview): void {
  const read = readByOpenssl();
  // RFC 4514 begins with the last part.
  expect(subject.split(',').reverse()).toEqual(read.subject);
  expect(key).toBe(`EC ${read.curve ?? ''}`);
  expect(sans).toEqual(read.sans);
  expect(leftOut.names).toEqual(read.others);
  expect(usages.map((usage) => PRINTED[usage])).toEqual(read.usages);
}

describe('the review of a request made by openssl', () => {
  test('shows what openssl shows, and the certificate has exactly what it announces', async () => {
    const scenario = await aScenario('kubernetes');
    const der = makeRequest(
      '/O=system:nodes/CN=system:node:worker-1',
      'extendedKeyUsage=clientAuth,codeSigning',
      'keyUsage=digitalSignature,keyEncipherment',
    );
    const asked = { authorityId: scenario.id, profile: 'kubelet-client' as const };
    const review = reviewOperation(scenario, asked, { kind: 'request', der });
    expectLikeOpenssl(review);
    expect(review.refusal).toBeUndefined();
    expect(review.leftOut.usages).toContain('codeSigning');

    const before = scenario.store.get(scenario.id).entries.length;
    const { authority, entry } = await signFileOperation(scenario, asked, { kind: 'request', der });
    expect(authority.entries).toHaveLength(before + 1);
    const peer = new X509Certificate(entry.der);
    expect(peer.subject).toBe('O=system:nodes\nCN=system:node:worker-1');
    expect(Date.parse(peer.validTo)).toBe(Date.parse(review.certificate.notAfter));
    expect(Date.parse(peer.validFrom)).toBe(Date.parse(review.certificate.notBefore));
    expect(entry.facts).toMatchObject({
      keyUsage: review.certificate.keyUsage,
      extendedKeyUsage: review.certificate.extendedKeyUsage,
      issuer: { text: review.issuer },
    });
  });

  test('shows for a kubelet what the object asks for, and what its certificate leaves out of the request', async () => {
    const scenario = await aScenario('kubernetes');
    const der = makeRequest(
      '/O=system:nodes/CN=system:node:worker-1',
      'extendedKeyUsage=clientAuth',
      'keyUsage=digitalSignature,keyEncipherment',
    );
    const object = aClientObject(new Uint8Array(), {
      request: new TextEncoder().encode(encodePem('CERTIFICATE REQUEST', der)),
      username: 'system:node:worker-1',
      usages: ['digital signature', 'client auth'],
      conditions: [APPROVED],
    });
    const asked = { authorityId: scenario.id, profile: 'kubelet-server' as const };
    const review = reviewOperation(scenario, asked, { kind: 'object', object });
    expect(review.refusal).toBeUndefined();
    expect(review.usages).toEqual(['digital signature', 'client auth']);
    expect(review.certificate).toMatchObject({ keyUsage: ['digitalSignature'], extendedKeyUsage: ['clientAuth'] });
    expect(review.leftOut.usages).toEqual(['keyEncipherment']);
  });

  test('refuses system:masters, but still shows everything', async () => {
    const scenario = await aScenario('kubernetes');
    const der = makeRequest('/O=system:masters/CN=alice', 'basicConstraints=CA:TRUE');
    const asked = { authorityId: scenario.id, profile: 'kubelet-client' as const };
    const review = reviewOperation(scenario, asked, { kind: 'request', der });
    expectLikeOpenssl(review);
    expect(review.refusal).toMatchObject({ code: 'csr.foreign-names', params: { names: 'system:masters' } });
    expect(review.leftOut.extensions).toEqual(['basicConstraints']);
    const signing = await catchProblem(() => signFileOperation(scenario, asked, { kind: 'request', der }));
    expect({ code: signing.code, params: signing.params }).toEqual(review.refusal);
  });

  test('lists names that are neither DNS names nor addresses as left out', async () => {
    const scenario = await aScenario('kubernetes');
    const der = makeRequest(
      '/O=system:nodes/CN=system:node:worker-1',
      'subjectAltName=DNS:worker-1,DNS:*.corp.example,IP:10.0.0.21,email:a@corp.example,URI:spiffe://corp/x',
    );
    const asked = { authorityId: scenario.id, profile: 'kubelet-server' as const };
    const review = reviewOperation(scenario, asked, { kind: 'request', der });
    expectLikeOpenssl(review);
    expect(review.leftOut.names).toEqual(['a@corp.example', 'spiffe://corp/x']);
    expect(review.refusal?.params['names']).toBe('*.corp.example');
    const allowed = { ...asked, allowed: ['*.corp.example'] };
    expect(reviewOperation(scenario, allowed, { kind: 'request', der }).refusal).toBeUndefined();
  });

  test('refuses a damaged request', async () => {
    const scenario = await aScenario('kubernetes');
    const der = makeRequest('/O=system:nodes/CN=system:node:worker-1');
    const asked = { authorityId: scenario.id, profile: 'kubelet-client' as const };
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    const review = reviewOperation(scenario, asked, { kind: 'request', der });
    expect(review.refusal?.code).toBe('csr.bad-signature');
    const cut = { kind: 'request', der: der.subarray(0, 100) } as const;
    const problem = await catchProblem(() => Promise.resolve().then(() => reviewOperation(scenario, asked, cut)));
    expect(problem.code).toBe('csr.unreadable');
  });

  test('allows one signature, even if two calls arrive together', async () => {
    const scenario = await aScenario('kubernetes');
    const path = '/request.der';
    scenario.ports.files.put(path, makeRequest('/O=system:nodes/CN=system:node:worker-1'));
    const tickets = memoryTickets();
    const api = authorityApi({ ...scenario, tickets, announce: () => undefined });
    const source = tickets.issue(path, 'read:requests');
    const asked = { authorityId: scenario.id, profile: 'kubelet-client' as const, source };
    await api.reviewRequest(asked);
    const results = await Promise.allSettled([api.signRequest(asked), api.signRequest(asked)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { code: 'ticket.unknown' } });
  });

  test('needs no unlocked keys', async () => {
    const scenario = await aScenario('kubernetes');
    const der = makeRequest('/O=system:nodes/CN=system:node:worker-1');
    scenario.store.getKeyring(scenario.id).lock();
    const asked = { authorityId: scenario.id, profile: 'kubelet-client' as const };
    expect(reviewOperation(scenario, asked, { kind: 'request', der }).refusal).toBeUndefined();
  });
});
