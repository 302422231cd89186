import fc from 'fast-check';
import { expect, test } from 'vitest';
import { credentialEntry } from '../../../core/store/schemas.ts';
import { UsualEntries } from '../../../core/store/usual-entry.ts';

const AT = '2026-11-24T09:00:00Z';
const GOOD = {
  kind: 'certificate',
  id: 'ab'.repeat(32),
  layer: 'kubernetes',
  role: 'apiserver',
  name: 'api',
  sources: [{ path: '/pki/api.crt', entry: '', fileModified: AT, readAt: AT }],
  firstReadAt: AT,
  der: 'AAAA',
  keyMatch: 'absent',
};
const TOKEN = { ...GOOD, kind: 'token', assumed: true };

/** What a damaged or hand-written file may have in a field. */
const strange = fc.oneof(
  fc.constantFrom(undefined, null, '', 0, true, [], {}, 'AB'.repeat(32), 'constructor', '2026-13-24T09:00:00Z', AT),
  fc.constantFrom([{}], [null], [{ ...GOOD.sources[0], readAt: '2026-11-24' }], [{ ...GOOD.sources[0], more: 1 }]),
  fc.jsonValue(),
);
const entries = fc.oneof(
  fc.constantFrom<unknown>(GOOD, TOKEN, { ...GOOD, unknown: 'field' }),
  fc
    .tuple(fc.constantFrom(...Object.keys(GOOD)), strange)
    .map(([field, value]): unknown => ({ ...GOOD, [field]: value })),
  fc.jsonValue(),
);

test('an entry is read as the schema reads it, or left to the schema', () => {
  const usual = new UsualEntries();
  fc.assert(
    fc.property(entries, (raw) => {
      const read = usual.read(raw);
      if (read !== undefined) expect(read).toStrictEqual(credentialEntry.parse(raw));
    }),
  );
});

test('a certificate with every field as it should be is not left to the schema, and keeps nothing else', () => {
  expect(new UsualEntries().read({ ...GOOD, privateKey: 'no' })).toStrictEqual(GOOD);
});
