import { expect, test } from 'vitest';
import { AuditTrail } from '../../../../core/audit/store/audit.ts';
import { DecisionLog } from '../../../../core/lab/cloud-agent/decisions.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';

const QUESTION = {
  identity: 'csi',
  action: 'delete',
  target: { provider: 'VirtualMachine', group: 'retail' },
} as const;
const REFUSED = { allowed: false, reason: 'no-assignment' } as const;
const GRANTED = { allowed: true, reason: 'granted', by: { identity: 'csi', role: 'Owner', scope: {} } } as const;
const FOLDER = '/lab';
const { scheduler } = testPorts();
const OPTIONS = { scheduler, onFailure: () => undefined };

function openTrail(files: MemoryFiles): Promise<AuditTrail> {
  return AuditTrail.open(testPorts(files), FOLDER, { inBatches: true });
}

test('a decision is a line with its operation, its target, its reason and the role that allows it', async () => {
  const trail = await openTrail(new MemoryFiles());
  const log = await DecisionLog.open(trail, OPTIONS);
  await log.record(QUESTION, REFUSED);
  await log.record(QUESTION, GRANTED);
  const common = { operation: 'delete', provider: 'VirtualMachine', group: 'retail' };
  expect((await trail.list()).map(({ by, action, params }) => ({ by, action, params }))).toEqual([
    { by: 'csi', action: 'access.decided', params: { ...common, ...REFUSED } },
    { by: 'csi', action: 'access.decided', params: { ...common, allowed: true, reason: 'granted', role: 'Owner' } },
  ]);
});

test('decisions that come while one is written share the next write; a read waits for none', async () => {
  const files = new MemoryFiles();
  const trail = await openTrail(files);
  const log = await DecisionLog.open(trail, OPTIONS);
  const writes = files.writes;
  await Promise.all(Array.from({ length: 500 }, () => log.record({ ...QUESTION, action: 'read' }, GRANTED)));
  await log.close();
  expect((await trail.list()).length).toBe(500);
  expect(files.writes - writes).toBeLessThan(4);
});

test('a decision that cannot be written refuses the call, but for a read, which is told to the log', async () => {
  const files = new MemoryFiles();
  let failures = 0;
  const log = await DecisionLog.open(await openTrail(files), { scheduler, onFailure: () => (failures += 1) });
  files.append = () => Promise.reject(new Error('full'));
  await expect(log.record(QUESTION, GRANTED)).rejects.toThrow('full');
  await expect(log.record({ ...QUESTION, action: 'read' }, REFUSED)).rejects.toThrow('full');
  await log.record({ ...QUESTION, action: 'read' }, GRANTED);
  await log.close();
  expect(failures).toBe(1);
});

test('lines that a killed cloud agent left beyond the head are taken up at the start: the trail verifies', async () => {
  const files = new MemoryFiles();
  const trail = await openTrail(files);
  const log = await DecisionLog.open(trail, OPTIONS);
  const head = `${FOLDER}/audit-head.json`;
  const before = await files.read(head, 10_000);
  await Promise.all([1, 2, 3, 4].map(() => log.record(QUESTION, REFUSED)));
  files.put(head, before);
  expect((await (await openTrail(files)).verify()).faults).not.toEqual([]);
  await DecisionLog.open(await openTrail(files), OPTIONS);
  const verdict = await (await openTrail(files)).verify();
  expect([verdict.lines, verdict.faults]).toEqual([4, []]);
});
