import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { readFiles } from '../../../../core/inventory/read/read-files.ts';
import { buildCertificate, commonName, integer } from '../../../support/certificates.ts';
import { measureGrowth } from '../../../support/cost.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';

const owners = Array.from({ length: 4 }, () => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const [keys, points] = [
  owners.map(({ privateKey }) => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  owners.map(({ publicKey }) => spki(publicKey)),
];
const certificate = (number: number, owner: number): string => {
  const serial = integer(`10${number.toString(16).padStart(6, '0')}`);
  return encodePem('CERTIFICATE', buildCertificate({ serial, subject: commonName('a'), key: points[owner]! }));
};

const matches = async (
  certificates: readonly number[],
  of: readonly number[],
  isBeside: boolean,
): Promise<string[]> => {
  const blocks = certificates.map((owner, at) => certificate(at, owner)).join('');
  const text = of.map((owner) => keys[owner]!).join('');
  const files = new MemoryFiles().put('/a/tls.crt', isBeside ? blocks : blocks + text);
  if (isBeside) files.put('/a/tls.key', text);
  const { candidates } = await readFiles(testPorts(files), ['/a']);
  return candidates.map((one) => (one.kind === 'certificate' ? one.keyMatch : ''));
};

test.each([
  ['in the same file', false],
  ['in the file beside it', true],
])(
  'each certificate gets the matching key %s, and a key without a certificate differs from the first certificate',
  (_where, isBeside) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }),
        async (certificates, of) => {
          const isMisfit = isBeside ? true : of.some((owner) => !certificates.includes(owner));
          expect(await matches(certificates, of, isBeside)).toEqual(
            certificates.map((owner, at) =>
              of.includes(owner) ? 'matches' : at === 0 && isMisfit ? 'differs' : 'absent',
            ),
          );
        },
      ),
      { numRuns: 60 },
    ),
);

test.each([
  ['in the same file', false],
  ['in the file beside it', true],
])('certificates and keys %s are read in linear time', async (_where, isBeside) => {
  const read = async (count: number): Promise<void> => {
    const [certificates, of] = [Array.from({ length: count }, () => 0), Array.from({ length: count }, () => 1)];
    expect(new Set(await matches(certificates, of, isBeside))).toEqual(new Set(['absent', 'differs']));
  };
  // Linear growth is a factor of 8; comparing every key with every certificate resulted in 27.
  expect(await measureGrowth(read, { from: 500, to: 4_000 })).toBeLessThan(14);
});
