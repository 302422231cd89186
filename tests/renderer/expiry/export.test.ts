import { describe, expect, test } from 'vitest';
import type { ClusterSummary } from '../../../core/inventory/contract.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { openConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';

const FILES = await certificateFiles({ name: 'real' });

function clusters(count: number, sample: boolean): ClusterSummary[] {
  return Array.from({ length: count }, (_, at) => {
    const name = `${sample ? 'sample' : 'plant'}-${at}`;
    return { id: name as ClusterId, name, kind: 'kubernetes', count: 1, ...(sample && { sample }) };
  });
}

async function openExport(real: number, samples = 0) {
  const console = await openConsole();
  await console.import(FILES);
  console.override('application', 'chooseTarget', () =>
    Promise.resolve({ ok: true, value: console.ticket('/report.html', 'write:html') }),
  );
  console.override('export', 'print', () => Promise.resolve({ ok: true, value: { printed: true } }));
  const state = await console.open();
  state.inventory.clusters = [...clusters(real, false), ...clusters(samples, true)];
  return { console, exports: state.exports };
}

test('the board exports the credentials outside the platform while it shows them', async () => {
  const console = await openConsole();
  await console.import(await certificateFiles({ name: 'ours' }, { name: 'theirs' }));
  console.override('application', 'chooseTarget', () =>
    Promise.resolve({ ok: true, value: console.ticket('/board.csv', 'write:csv') }),
  );
  const { board, exports, identity, inventory } = await console.open();
  await identity.setApart(inventory.rows.find(({ name }) => name === 'theirs')!);
  await expect.poll(() => inventory.foreign).toHaveLength(1);
  board.toggleForeign();
  await exports.save('csv');
  const text = new TextDecoder().decode(await console.files.read('/board.csv', Infinity));
  expect([text.includes('theirs'), text.includes('ours')]).toEqual([true, false]);
});

describe('the report for management', () => {
  test('saves and prints the report immediately for a small fleet', async () => {
    const { console, exports } = await openExport(199, 500);
    await exports.saveReport();
    await exports.print();
    expect(exports.asking).toBeUndefined();
    expect([console.calls('export', 'report').length, console.calls('export', 'print').length]).toEqual([1, 1]);
  });

  test('saves the report for a large fleet only after showing its length', async () => {
    const { console, exports } = await openExport(200);
    await exports.saveReport();
    expect(exports.asking).toEqual({ purpose: 'save', clusters: 200 });
    expect(console.calls('application', 'chooseTarget')).toEqual([]);
    exports.confirm();
    await console.settle();
    expect(console.calls('export', 'report')).toHaveLength(1);
    expect(exports.asking).toBeUndefined();
  });

  test('neither saves nor prints the report if the admin cancels after reading its length', async () => {
    const { console, exports } = await openExport(25_000);
    await exports.print();
    expect(exports.asking).toEqual({ purpose: 'print', clusters: 25_000 });
    exports.cancel();
    exports.confirm();
    await console.settle();
    expect(console.calls('export', 'print')).toEqual([]);
  });

  test('also asks for confirmation if all clusters belong to a large sample fleet', async () => {
    const { exports } = await openExport(0, 300);
    await exports.saveReport();
    expect(exports.asking).toEqual({ purpose: 'save', clusters: 300 });
  });
});
