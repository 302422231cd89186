import { expect, test } from 'vitest';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import { EarlySignatures } from '../../../../core/inventory/assign/early-signatures.ts';
import { isIssuedByItself, Issuers } from '../../../../core/inventory/assign/issuers.ts';
import { CheckedSignatures, type Certified } from '../../../../core/inventory/assign/signatures.ts';
import { LongWork } from '../../../../core/inventory/long-work.ts';
import { Cancelling } from '../../../../core/shared/stepwise/cancelling.ts';
import type { Keys } from '../../../../core/shared/ports.ts';
import { CountedScheduler, testPorts } from '../../../support/ports.ts';
import { SignedFleet } from '../../../support/signed-fleet.ts';

const CLUSTERS = 4;

const fleet = new SignedFleet({ workers: 0, rsaKeys: 1 });
const certificates: Certified[] = [];
for (let number = 0; number < CLUSTERS; number += 1)
  for (const { file, der } of await fleet.certificates(number)) {
    const decoded = decodeCertificate(der);
    if (!decoded.ok) throw new Error(file);
    certificates.push({ id: `${number}/${file}`, der, facts: decoded.certificate });
  }
const authorities = certificates.filter(({ facts }) => facts.isCa);
const signed = certificates.filter(({ facts }) => !isIssuedByItself(facts));
const findIssuer = ({ facts }: Certified): Certified =>
  authorities.find((one) => one.facts.subjectKeyId === facts.authorityKeyId?.keyId) ?? nobody();

function nobody(): never {
  throw new Error('nobody signed it');
}

/**
 * Creates `CheckedSignatures`. `calls` lists the number of checks in each joint call; `singles` counts the separate
 * checks.
 */
function createCountedSignatures() {
  const ports = testPorts();
  const calls: number[] = [];
  let single = 0;
  const keys: Keys = {
    ...ports.keys,
    findSigners: (checks, options) => (calls.push(checks.length), ports.keys.findSigners(checks, options)),
    verify: (one) => ((single += 1), ports.keys.verify(one)),
  };
  return { signatures: new CheckedSignatures({ ...ports, keys }), calls, singles: () => single };
}

test.each([
  ['before', [...authorities, ...signed]],
  ['after', [...signed, ...authorities]],
])(
  'certificates whose CA was read %s them are checked only once, during the reading of files',
  async (_when, order) => {
    const { signatures, calls, singles } = createCountedSignatures();
    const work = new LongWork(new CountedScheduler());
    const early = new EarlySignatures(signatures, work, { worthStarting: 10 });
    for (const certificate of order) {
      early.add(certificate);
      await early.end();
    }
    const begun = calls.reduce((sum, count) => sum + count, 0);
    expect(calls.length).toBeGreaterThan(1);
    expect(begun).toBeGreaterThan(signed.length - 10);
    const issuers = new Issuers(signatures, authorities);
    await signatures.checkAhead(
      work,
      signed.map((certificate) => ({ certificate, authorities: issuers.candidates(certificate) })),
    );
    expect(calls.reduce((sum, count) => sum + count, 0)).toBe(signed.length);
    const before = singles();
    for (const certificate of signed) expect(signatures.state(certificate, findIssuer(certificate))).toBe('right');
    expect(singles()).toBe(before);
  },
);

test('a certificate that its CA did not sign is reported', async () => {
  const { signatures } = createCountedSignatures();
  const early = new EarlySignatures(signatures, new LongWork(new CountedScheduler()), { worthStarting: 1 });
  const [certificate] = signed;
  if (certificate === undefined) throw new Error('nothing is signed');
  const der = Buffer.from(certificate.der);
  der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
  const forged = { ...certificate, id: 'forged', der };
  for (const one of [...authorities, forged]) early.add(one);
  await early.end();
  expect(signatures.state(forged, findIssuer(forged))).toBe('wrong');
});

test('cancelling the import ends running checks, and no check is repeated', async () => {
  const { signatures, calls } = createCountedSignatures();
  const signal = new Cancelling();
  const early = new EarlySignatures(signatures, new LongWork(new CountedScheduler(), signal), { worthStarting: 1 });
  for (const one of [...authorities, ...signed.slice(0, 1)]) early.add(one);
  signal.abort();
  await early.end();
  expect(calls.length).toBeLessThan(2);
});
