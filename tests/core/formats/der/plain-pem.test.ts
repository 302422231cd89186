import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { plainCertificate } from '../../../../core/formats/der/plain-pem.ts';
import { recognise } from '../../../../core/formats/recognise.ts';

const latin1Bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
/** Reads the text with a byte order mark, which does not change the result but prevents the fast path. */
const readAsText = (text: string): unknown => recognise(latin1Bytes(`\u00ef\u00bb\u00bf${text}`));

const DAMAGES: readonly ((pem: string, at: number, character: string) => string)[] = [
  (pem) => pem,
  (pem) => pem.replaceAll('\n', '\r\n'),
  (pem) => pem.replaceAll('\n', '\r'),
  (pem) => pem.trimEnd(),
  (pem) => pem + pem,
  (pem) => ` ${pem}`,
  (pem) => `${pem}\n`,
  (pem) => pem.replaceAll('=', ''),
  (pem) => pem.replace('\n-----END', '=\n-----END'),
  (pem) => pem.replace('BEGIN CERTIFICATE-----\n', 'BEGIN CERTIFICATE-----'),
  (pem) => pem.replace('-----END CERTIFICATE', '-----END X509 CERTIFICATE'),
  (pem) => pem.replaceAll('CERTIFICATE', 'PRIVATE KEY'),
  (pem) => `${pem}moduleVersion=1\ndeploymentId=2\n`,
  (pem) => pem.replace('-----\n', '-----\nmoduleVersion\ndeploymentId='),
  (pem, at) => pem.slice(0, at % pem.length),
  (pem, at) => pem.slice(0, at % pem.length) + pem.slice((at % pem.length) + 1),
  (pem, at, character) => pem.slice(0, at % pem.length) + character + pem.slice(at % pem.length),
  (pem, at, character) => pem.slice(0, at % pem.length) + character + pem.slice((at % pem.length) + 1),
];

test('a file with one certificate has the same result on the fast path as on the general path', () => {
  const damage = fc.constantFrom(...DAMAGES);
  const der = fc.uint8Array({ maxLength: 200 });
  const character = fc.constantFrom('=', '-', '\n', '\r', ' ', 'A', '_', '\\', ':', '\0', '\u00ff');
  fc.assert(
    fc.property(der, damage, damage, fc.nat(400), character, (bytes, first, second, at, inserted) => {
      const text = second(first(encodePem('CERTIFICATE', bytes), at, inserted), at * 7, inserted);
      expect(recognise(latin1Bytes(text))).toEqual(readAsText(text));
    }),
    { numRuns: 3_000 },
  );
});

test('the only certificate of a file is decoded into a separate buffer without spare bytes', () => {
  const der = Uint8Array.from({ length: 1_000 }, (_, at) => (at * 7) % 256);
  for (const length of [1, 2, 3, 47, 48, 49, 1_000]) {
    const content = der.subarray(0, length);
    const read = plainCertificate(latin1Bytes(encodePem('CERTIFICATE', content)));
    expect(read).toEqual(content);
    expect(read?.buffer.byteLength).toBe(length);
  }
});
