import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { issueCertificate, issueRoot, type SigningAuthority } from '../../../core/pki/issue/issue.ts';
import { buildTemplate } from '../../../core/simulation/template-of.ts';
import type { CertificateState } from '../../../core/simulation/state.ts';
import { DAY_MS, instantFromMs } from '../../../core/shared/instant.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import { nodeKeys } from '../../../core/node/keys.ts';
import { Life } from './deployment.ts';

const PORTS = { keys: nodeKeys(), crypto: nodeCrypto() };

test('a record contains everything that a real certificate needs, so Node can read and verify the result', async () => {
  const { state } = new Life().pass(100 * DAY_MS);
  const key = await PORTS.keys.generate('p-256');
  const authorities = new Map<string, SigningAuthority>();
  const isRoot = ({ id, issuer }: CertificateState): boolean => id === issuer;
  for (const record of state.certificates.filter(isRoot))
    authorities.set(record.id, issueRoot(PORTS, { template: buildTemplate(record), key }));
  expect(authorities.size).toBe(7);

  for (const record of state.certificates.filter((each) => !isRoot(each))) {
    const issuer = authorities.get(record.issuer);
    if (issuer === undefined) throw new Error(`no issuer of ${record.id}`);
    const template = buildTemplate(record);
    const { der } = issueCertificate(PORTS, { template, subjectSpki: key.spki, issuer });
    const peer = new X509Certificate(der);
    expect(peer.checkIssued(new X509Certificate(issuer.der))).toBe(true);
    expect(peer.serialNumber.toLowerCase()).toBe(record.serialHex);
    expect(instantFromMs(Date.parse(peer.validFrom))).toBe(record.notBefore);
    expect(instantFromMs(Date.parse(peer.validTo))).toBe(record.notAfter);
    expect(peer.subject.split('\n').at(-1)).toBe(`CN=${record.subject.commonName}`);
    for (const name of record.sans.dns) expect(peer.checkHost(name)).toBe(name);
    for (const address of record.sans.ip) expect(peer.checkIP(address)).toBe(address);
  }
});
