import { expect, test } from 'vitest';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import { watchHeldMemory } from '../../../support/held-memory.ts';
import { SignedFleet } from '../../../support/signed-fleet.ts';

/**
 * The facts of a cluster's certificate take 2,190 bytes. They would take 3,060 if each empty list were a separate array
 * and each other list had room for seventeen entries.
 */
const LIMIT_BYTES = 2_500;

test('the facts of a hundred thousand certificates take less than 250 MB', async () => {
  const count = 20_000;
  const certificates = await new SignedFleet({ rsaKeys: 0 }).certificates(40);
  const { result, mostHeldBytes } = await watchHeldMemory(() =>
    Promise.resolve(
      Array.from({ length: count }, (_, at) => decodeCertificate(certificates[at % certificates.length]!.der)),
    ),
  );
  expect(result.filter(({ ok }) => ok)).toHaveLength(count);
  expect(mostHeldBytes / count).toBeLessThan(LIMIT_BYTES);
});
