import { describe, expect, test } from 'vitest';
import { ARGUMENTS, callFault } from '../../core/contract.ts';

describe('arguments', () => {
  test.each([
    ['inventory.overview', undefined, true],
    ['inventory.overview', {}, false],
    ['inventory.rows', { clusterIds: ['a-1'] }, true],
    ['inventory.rows', { clusterIds: ['../a'] }, false],
    ['inventory.places', undefined, true],
    ['inventory.places', { paths: ['/etc'] }, false],
    ['inventory.importFiles', { tickets: [] }, false],
    ['inventory.importFiles', { tickets: ['0123456789abcdef0123456789abcdef'] }, true],
    ['inventory.importFiles', { tickets: ['C:\\Users\\admin\\key.pem'] }, false],
    ['inventory.details', { clusterId: 'a', credentialId: 'f'.repeat(64) }, true],
    ['inventory.details', { clusterId: 'a', credentialId: 'f'.repeat(64), path: '/x' }, false],
    ['settings.change', { theme: 'dark' }, true],
    ['settings.change', { theme: 'dark', more: 1 }, false],
    ['settings.change', { columns: [] }, false],
    ['application.chooseTarget', { suggestedName: 'board.csv', format: 'csv' }, true],
    ['application.chooseTarget', { suggestedName: '..\\board.csv', format: 'csv' }, false],
    ['application.copy', { text: 'x'.repeat(1_000_001) }, false],
    // An omitted value crosses between processes as undefined.
    ['audit.list', { limit: 100, before: undefined, query: undefined }, true],
    ['forecast.begin', { horizonDays: 365, scenario: {} }, true],
    ['forecast.begin', { horizonDays: 0, scenario: {} }, false],
    ['forecast.begin', { horizonDays: 3_651, scenario: {} }, false],
    ['forecast.begin', { horizonDays: 1, scenario: { absent: { fromMs: 1, toMs: 2 } } }, true],
    ['forecast.begin', { horizonDays: 1, scenario: { absent: { fromMs: 2, toMs: 2 } } }, false],
    ['forecast.begin', { horizonDays: 1, scenario: { off: { fromMs: 1, toMs: 0 } } }, false],
    ['forecast.begin', { horizonDays: 1, scenario: { missesUpdate: false } }, false],
    ['forecast.part', { number: 1 }, true],
    ['forecast.part', {}, false],
  ])('%s accepts %j: %s', (method, argument, fits) => {
    expect(callFault(method, argument) === undefined).toBe(fits);
  });

  test('all clusters of the largest permitted fleet fit into one plan and one run', () => {
    const clusters = Array.from({ length: 25_000 }, (_, at) => `cluster-${at}`);
    const repair = { texts: [], answers: {}, clusters, failures: [] };
    const update = { texts: [], typed: { clusters: [] }, parts: 'all', clusters, versions: [], onlySystem: false };
    expect(callFault('repair.diagnose', repair)).toBeUndefined();
    expect(callFault('repair.plan', repair)).toBeUndefined();
    expect(callFault('update.plan', update)).toBeUndefined();
    for (const source of [
      { kind: 'repair', answers: repair },
      { kind: 'update', answers: update },
    ])
      expect(
        callFault('runs.start', { source, stepIds: ['one'], target: { kind: 'local' }, values: [] }),
      ).toBeUndefined();
    expect(callFault('inventory.rows', { clusterIds: clusters })).toBeUndefined();
    expect(callFault('repair.plan', { ...repair, clusters: Array<string>(100_001).fill('a') })).toBeTypeOf('string');
  });

  test('every method of the contract refuses an argument of the wrong type', () => {
    expect(ARGUMENTS.size).toBeGreaterThan(80);
    for (const method of ARGUMENTS.keys()) expect(callFault(method, 42), String(method)).toBeTypeOf('string');
  });

  test.each([
    'inventory',
    'inventory.',
    'inventory.constructor',
    '__proto__.toString',
    'on.clusterChanged',
    undefined,
    {},
  ])('there is no method %j', (method) => {
    expect(callFault(method, undefined)).toBe('unknown method');
  });

  test('a fault names the place of the wrong value but does not quote it', () => {
    expect(callFault('inventory.forget', { clusterId: '../secret' })).toBe('clusterId: Invalid input');
    expect(callFault('inventory.forget', 'secret')).toMatch(/^argument: (?!.*secret)/u);
  });
});
