import { beforeAll, expect, test } from 'vitest';
import type { PresentLab } from '../../../core/lab/contract.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';

let console: TestConsole;
let made: PresentLab;

beforeAll(async () => {
  console = await openConsole();
  made = await create('/labs/one');
}, 120_000);

const source = (folder: string) => console.ticket(folder, 'read:lab');

async function create(folder: string): Promise<PresentLab> {
  const request = { source: source(folder), outage: 'off-5-days', pace: 1, etcdClientIssuer: 'etcd-ca' } as const;
  const result = await console.api.lab.create(request);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

async function list() {
  const result = await console.api.lab.list();
  return result.ok ? result.value : undefined;
}

test('a lab is made in the chosen folder, remembered, and written to the audit trail', async () => {
  expect(made.status).toMatchObject({ folder: '/labs/one', outage: 'off-5-days', running: false });
  expect(made.status.machines).toHaveLength(6);
  expect(await list()).toEqual([made]);
  const lines = await console.files.read('/data/audit.jsonl', Infinity);
  const done = new TextDecoder()
    .decode(lines)
    .split('\n')
    .filter((line) => line.includes('lab.created') && line.includes('"done"'));
  expect(done).toHaveLength(1);
  expect(done[0]).toContain('/labs/one');
});

test('a ticket for another use and a folder that is in use are refused', async () => {
  const request = { pace: 1, etcdClientIssuer: 'etcd-ca' } as const;
  const other = await console.api.lab.create({ ...request, source: console.ticket('/labs/x', 'read:import') });
  expect(other).toMatchObject({ problem: { code: 'ticket.unknown' } });
  const used = await console.api.lab.create({ ...request, source: source('/labs/one') });
  expect(used).toMatchObject({ problem: { code: 'lab.folder-in-use' } });
  expect(await list()).toHaveLength(1);
});

test('a lab that is forgotten keeps its folder and can be opened again', async () => {
  const before = console.files.paths().filter((path) => path.startsWith('/labs/one'));
  expect(await console.api.lab.forget({ lab: made.id })).toEqual({ ok: true, value: [] });
  expect(console.files.paths().filter((path) => path.startsWith('/labs/one'))).toEqual(before);
  expect(await console.api.lab.open({ source: source('/labs/none') })).toMatchObject({
    problem: { code: 'lab.absent' },
  });
  const opened = await console.api.lab.open({ source: source('/labs/one') });
  if (!opened.ok || opened.value[0] === undefined) throw new Error('not opened');
  made = { ...made, id: opened.value[0].id };
  expect(opened.value).toEqual([made]);
});

test('a machine that does not exist is refused, and one that never ran has an empty log', async () => {
  const { id: lab } = made;
  expect(await console.api.lab.readLog({ lab, machine: 'cloud-agent' })).toEqual({ ok: true, value: { text: '' } });
  for (const machine of ['nobody', '../../data/settings'])
    expect(await console.api.lab.readLog({ lab, machine })).toMatchObject({ problem: { code: 'lab.machine-unknown' } });
});

test('only the last lines of a log are shown', async () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  console.files.put('/labs/one/lab/logs/cloud-agent.log', lines.join('\n'));
  const read = await console.api.lab.readLog({ lab: made.id, machine: 'cloud-agent' });
  expect(read).toEqual({ ok: true, value: { text: lines.slice(-60).join('\n') } });
});

test('a lab is imported as practice', async () => {
  const imported = await console.api.lab.import({ lab: made.id });
  if (!imported.ok) throw new Error(imported.problem.code);
  expect(imported.value.added.length).toBeGreaterThan(90);
  expect(imported.value.added.every(({ sample }) => sample)).toBe(true);
});

test('an id that the console does not know is refused', async () => {
  expect(await console.api.lab.start({ lab: '0'.repeat(16) })).toMatchObject({ problem: { code: 'lab.absent' } });
});

test('a removed lab is gone from the list and from the disk; one whose folder has gone is shown as gone', async () => {
  const second = await create('/labs/two');
  expect(await console.api.lab.remove({ lab: made.id })).toEqual({ ok: true, value: [second] });
  expect(console.files.paths().filter((path) => path.startsWith('/labs/one'))).toEqual([]);
  await console.files.removeFolder('/labs/two');
  expect(await list()).toEqual([{ id: second.id, folder: '/labs/two', fault: 'absent' }]);
});
