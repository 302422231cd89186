import { expect, test } from 'vitest';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import { watchHeldMemory } from '../../../support/held-memory.ts';
import { SignedFleet } from '../../../support/signed-fleet.ts';

/** Of one as a cluster has them. With room for seventeen in each list it was 3,060. */
const LIMIT_BYTES = 2_800;

test('the facts of a hundred thousand certificates take less than 280 MB', async () => {
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
