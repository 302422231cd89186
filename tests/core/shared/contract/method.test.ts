import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { method, type Calls } from '../../../../core/shared/contract/method.ts';
import type { Result } from '../../../../core/shared/problem.ts';

const METHODS = {
  plain: method().reads().answers<number>(),
  fields: method({ name: z.string(), more: z.boolean().exactOptional() }).reads().answers<null>(),
  schema: method(z.enum(['a', 'b']))
    .reads()
    .answers<string[]>(),
};
const takes = (name: keyof typeof METHODS, argument: unknown): boolean =>
  METHODS[name].argument.safeParse(argument).success;

test('a method without an argument refuses every argument', () => {
  expect([undefined, null, {}].map((argument) => takes('plain', argument))).toEqual([true, false, false]);
});

test('an object whose fields are declared may not have other fields', () => {
  expect(takes('fields', { name: 'a' })).toBe(true);
  expect(takes('fields', { name: 'a', more: true })).toBe(true);
  expect(takes('fields', { name: 'a', other: 1 })).toBe(false);
  expect(takes('fields', {})).toBe(false);
});

test('a schema passed to a method is used unchanged', () => {
  expect(takes('schema', 'a')).toBe(true);
  expect(takes('schema', 'c')).toBe(false);
});

test('the derived functions have the declared types of arguments and answers', () => {
  expectTypeOf<Calls<typeof METHODS>>().toEqualTypeOf<{
    plain: () => Promise<Result<number>>;
    fields: (request: { name: string; more?: boolean }) => Promise<Result<null>>;
    schema: (request: 'a' | 'b') => Promise<Result<string[]>>;
  }>();
});

test('a method does not compile unless it declares whether it reads, changes or exports', () => {
  expectTypeOf(method({ name: z.string() })).not.toHaveProperty('answers');
  expectTypeOf(method({ name: z.string() }).changes('channel.added')).toHaveProperty('answers');
});
