import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePostgresAddress } from '../../../../core/node/postgres/address.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';

test.each([
  [
    'postgresql://anna@db1.contoso.example:5433,db2.contoso.example/fleet?sslmode=verify-full&sslrootcert=C:\\ca.pem',
    {
      hosts: [
        { host: 'db1.contoso.example', port: 5433 },
        { host: 'db2.contoso.example', port: 5432 },
      ],
      user: 'anna',
      database: 'fleet',
      sslMode: 'verify-full',
      sslRootCert: 'C:\\ca.pem',
      wanted: 'read-write',
    },
  ],
  ['postgres://127.0.0.1/fleet', { hosts: [{ host: '127.0.0.1', port: 5432 }], sslMode: 'disable', user: undefined }],
  ['postgresql:///fleet?host=/var/run/postgresql', { hosts: [{ host: '/var/run/postgresql', port: 5432 }] }],
  ['postgresql://%2Fvar%2Frun/fleet', { hosts: [{ host: '/var/run', port: 5432 }] }],
  ['postgresql://[2001:db8::1]:5499/fleet?sslmode=require', { hosts: [{ host: '2001:db8::1', port: 5499 }] }],
  [
    'postgresql://a,b/fleet?port=1,2&sslmode=require',
    {
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
    },
  ],
  [
    'postgresql://a/fleet?sslmode=require&target_session_attrs=any&connect_timeout=9',
    { wanted: 'any', connectTimeoutMs: 9_000 },
  ],
  ['postgresql://CORP%5Canna@localhost/fleet', { user: 'CORP\\anna' }],
])('the connection string %s is read as libpq reads it', (text, expected) => {
  expect(parsePostgresAddress(text)).toMatchObject(expected);
});

test.each([
  ['postgresql://anna:hunter2@localhost/fleet', 'password', ''],
  ['postgresql://localhost/fleet?password=hunter2', 'password', ''],
  ['postgresql://db1.contoso.example/fleet', 'sslmode', ''],
  ['postgresql://localhost,db1.contoso.example/fleet?sslmode=disable', 'sslmode', ''],
  ['postgresql://db1.contoso.example/fleet?sslmode=prefer', 'value', 'sslmode'],
  ['postgresql://localhost/fleet?sslmod=require', 'parameter', 'sslmod'],
  ['postgresql://localhost:70000/fleet', 'value', 'port'],
  ['postgresql://localhost/fleet?target_session_attrs=standby', 'value', 'target_session_attrs'],
  ['mysql://localhost/fleet', 'form', ''],
  ['host=localhost dbname=fleet', 'form', ''],
])('the connection string %s is refused: %s', (text, fault, name) => {
  expect(() => parsePostgresAddress(text)).toThrow(
    expect.objectContaining({ code: 'shared.address-invalid', params: { fault, name } }),
  );
});

test('any text is read or refused, and a refusal never repeats it', () => {
  const part = fc.constantFrom(
    'postgresql://',
    'a',
    ':',
    '@',
    ',',
    '/',
    '?',
    '&',
    '=',
    '%2F',
    '%',
    '[',
    ']',
    'sslmode',
    'port',
    '5',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join('')),
      ),
      (text) => {
        try {
          parsePostgresAddress(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConsoleError);
          const { fault, name } = (error as ConsoleError).params;
          expect(['form', 'password', 'parameter', 'value', 'sslmode']).toContain(fault);
          expect(fault === 'parameter' || String(name).length < 30).toBe(true);
        }
      },
    ),
  );
});
