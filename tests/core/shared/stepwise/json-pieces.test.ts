import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinLines, readLine, writeJson } from '../../../../core/shared/stepwise/json-pieces.ts';

const roundTrip = (value: unknown): unknown => joinLines(writeJson(value).map(readLine));
const writeLines = (value: unknown): string[] => writeJson(value).map((line) => new TextDecoder().decode(line));
const cloneJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** Lists that are written in one piece or in several, at any depth. */
const list = fc
  .tuple(fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 3 }), fc.nat(200))
  .map(([items, length]) => Array.from({ length }, (_, at) => items[at % items.length]));
const name = fc.oneof(fc.constantFrom('steps', '__proto__', 'toString'), fc.string());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 1 }), list, fc.dictionary(name, tie('value'))),
}));

test('a value written in lines is read back as if it had been written in one piece', () => {
  fc.assert(
    fc.property(value, (each) => {
      expect(roundTrip(each)).toStrictEqual(cloneJson(each));
    }),
  );
});

test('values that JSON lacks are omitted or written as null, as in one piece', () => {
  const long = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? undefined : { at, gone: undefined }));
  const all = { ok: true, gone: undefined, at: new Date(0), long, none: NaN };
  expect(roundTrip(all)).toStrictEqual(cloneJson(all));
});

test('a long plan is written in short lines', () => {
  const steps = Array.from({ length: 10_000 }, (_, at) => ({ id: `step-${at}`, title: 'x'.repeat(100) }));
  const lines = writeLines({ ok: true, value: { plan: { kind: 'update', steps }, checks: steps } });
  expect(lines.length).toBeGreaterThan(300);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(10_000);
});

test('a short answer is written in one line', () => {
  expect(writeLines({ ok: true, value: [1, 2] })).toEqual(['{"ok":true,"value":[1,2]}']);
});
