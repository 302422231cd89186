import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeQuery, parseQuery, quoteValue } from '../../../../core/expiry/model/board-query.ts';

const NAMES = new Map([
  ['state', 'state'],
  ['cluster', 'cluster'],
  ['クラスター', 'cluster'],
]);

describe('a query', () => {
  test.each([
    ['  kube  API ', ['kube', 'api'], {}],
    ['49:84:58:0A', ['4984580a'], {}],
    ['49:84:5', ['49845'], {}],
    ['49:84:', ['4984'], {}],
    ['fe80::1', ['fe80::1'], {}],
    ['10:20', ['10:20'], {}],
    ['state:Expired kms', ['kms'], { state: ['expired'] }],
    ['クラスター：logistics cluster:tokyo', [], { cluster: ['logistics', 'tokyo'] }],
    ['cluster:"nagoya lab" x', ['x'], { cluster: ['nagoya lab'] }],
    ['cluster:"nagoya lab', [], { cluster: ['nagoya lab'] }],
    ['"state:expired"', ['state:expired'], {}],
    ['state: cluster:""', [], {}],
    ['cluster:system:node', [], { cluster: ['system:node'] }],
    ['kms kms', ['kms'], {}],
  ])('“%s” is the words %j and the columns %j', (query, words, facets) => {
    const parsed = parseQuery(query, NAMES);
    expect(parsed.words).toEqual(words);
    expect(Object.fromEntries(parsed.facets)).toEqual(facets);
  });

  test('never fails, whatever is typed', () => {
    const typed = fc.string({ unit: fc.constantFrom('"', ':', '：', ' ', 'a', '日', 'state', '\u{1f512}', '\ud800') });
    fc.assert(
      fc.property(typed, (query) => {
        expect(parseQuery(query, NAMES).words).not.toContain('');
        expect(completeQuery(query, NAMES, () => ['a b', 'c"'])).toBeInstanceOf(Array);
      }),
    );
  });

  test('has any value in quotes as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        const { facets } = parseQuery(`cluster:${quoteValue(value)} x`, NAMES);
        expect(facets.get('cluster')).toEqual([value.toLowerCase()]);
      }),
    );
  });
});

describe('the completion of a query', () => {
  const complete = (query: string) => completeQuery(query, NAMES, () => ['logistics', 'nagoya lab']);

  test.each([
    ['kms st', ['kms state:']],
    ['クラ', ['クラスター:']],
    ['cluster:', ['cluster:logistics ', 'cluster:"nagoya lab" ']],
    ['x cluster:GO', ['x cluster:"nagoya lab" ']],
    ['cluster:"nag', ['cluster:"nagoya lab" ']],
    ['', []],
    ['state ', []],
    ['kms', []],
  ])('of “%s” is %j', (query, expected) => {
    expect(complete(query)).toEqual(expected);
  });
});
