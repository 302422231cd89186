import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import syntax, { RULES } from '../../build/lint-rules.mjs';

const rules = Object.fromEntries(Object.entries(RULES).filter(([name]) => name.startsWith('syntax/')));

function findBroken(code: string): (string | null)[] {
  return new Linter().verify(code, { plugins: { syntax }, rules }).map(({ ruleId }) => ruleId);
}

test.each([
  ['a participle as a function name', 'export function sortedRows() {}', 'function-name'],
  ['an irregular participle as a function name', 'export const writtenBytes = () => 1;', 'function-name'],
  ['a preposition as a method name', 'export class Store { withRows() {} }', 'function-name'],
  ['an adverb as a function name', 'export const onlyOnce = function () {};', 'function-name'],
  ['a name that ends in Of', 'export const sizeOf = new Map();', 'name-end'],
  ['a comment that begins with What', '/** What it says. */\nexport const said = 1;', 'comment-start'],
])('%s breaks a rule about words', (_, code, rule) => {
  expect(findBroken(code)).toEqual([`syntax/${rule}`]);
});

test.each([
  'export function needRows() {}',
  'export function applyRows() {}',
  'export const expiryBand = () => 1;',
  'export const sortedRows = [1];',
  'export class Id { toString() { return "a"; } }',
  '/** Reads what is there. */\nexport const read = () => 1;',
])('an ordinary name or comment breaks no rule: %j', (code) => {
  expect(findBroken(code)).toEqual([]);
});
