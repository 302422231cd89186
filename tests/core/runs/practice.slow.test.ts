import { expect, test } from 'vitest';
import { FOLDER, FolderFiles, NOW } from '../sample/fleet.ts';
import { quickKeys } from '../sample/quick-keys.ts';
import { TestWorld } from '../cli/test-world.ts';
import { testPorts } from '../../support/ports.ts';

interface Run {
  state: string;
  steps: { id: string; state: string; reason?: string; byHand?: true }[];
}

test('practice with --yes reaches its end: a person’s steps are left out, and the rest repairs the demo fleet', async () => {
  const ports = { ...testPorts(new FolderFiles()), keys: quickKeys() };
  ports.clock.moment = NOW;
  const world = new TestWorld(ports);
  expect((await world.run('sample', '--out', FOLDER)).code).toBe(0);
  const words = ['--inventory', FOLDER, '--deployment', 'ca-5b1f0c2e-8d64-4c0a-9f3e-7a2d1c90b6e4.contoso.example'];
  const { state, steps } = await world.json<Run>(1, 'repair', 'run', ...words, '--target', 'sample', '--yes');
  expect(state).toBe('done');
  const states = new Set(steps.map((step) => step.state));
  expect([...states].sort()).toEqual(['done', 'skipped']);
  expect(steps.filter((step) => step.state === 'done').length).toBeGreaterThan(10);
  const leftOut = steps.filter((step) => step.state === 'skipped');
  expect(leftOut.every(({ reason }) => reason !== undefined && reason !== '')).toBe(true);
});
