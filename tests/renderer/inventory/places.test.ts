import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { FileFacts } from '../../../core/shared/ports.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { KNOWN_FILES } from '../../../renderer/inventory/known-files.ts';
import { openConsole, PROBLEM, type TestConsole } from '../../support/console.ts';
import { RecordingOutside } from '../../support/ports.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** Opens a console on a control-plane node where two places exist and a third cannot be read. */
async function openState(): Promise<{ console: TestConsole; places: ConsoleState['places']; state: ConsoleState }> {
  const files = { '/etc/kubernetes/pki/ca.crt': 'x', '/opt/wssd/k8s/cloudlogin.yaml': 'x' };
  const outside = new RecordingOutside();
  outside.variables = { HOME: '/root' };
  const console = await openConsole({ files, outside });
  const facts = console.files.facts.bind(console.files);
  console.files.facts = async (path): Promise<FileFacts> => {
    if (path === '/root/.kube/config') throw new ConsoleError('file.not-readable', { path, reason: 'EACCES' });
    return facts(path);
  };
  const state = console.openWindow();
  return { console, state, places: state.places };
}

describe('the known places', () => {
  test('are checked only when the admin asks for it', async () => {
    const { console, places } = await openState();
    expect(places.looked).toBeUndefined();
    expect(console.calls('inventory', 'places')).toEqual([]);
  });

  test('lists places with files first, then those that could not be checked', async () => {
    const { console, places } = await openState();
    await Promise.all([places.look(), places.look()]);
    expect(console.calls('inventory', 'places')).toHaveLength(1);
    expect(places.looked?.map(({ path, state }) => [path, state])).toEqual([
      ['/etc/kubernetes/pki', 'there'],
      ['/opt/wssd/k8s/cloudlogin.yaml', 'there'],
      ['/root/.kube/config', 'denied'],
      ['/etc/kubernetes/admin.conf', 'absent'],
    ]);
    expect(places.there).toHaveLength(2);
    expect(console.calls('inventory', 'importFiles')).toEqual([]);
  });

  test('imports the files found; sends each of their tickets once', async () => {
    const { console, places } = await openState();
    await places.look();
    const tickets = places.there.map(({ ticket }) => ticket);
    await places.importFound();
    await places.importFound();
    expect(console.calls('inventory', 'importFiles')).toEqual([{ tickets }]);
    expect(places.looked).toBeUndefined();
  });

  test('shows progress only if the check takes long', async () => {
    const { console, places } = await openState();
    const answer = console.hold('inventory', 'places');
    const look = places.look();
    expect(places).toMatchObject({ waiting: { working: true, visible: false } });
    await vi.advanceTimersByTimeAsync(400);
    expect(places.waiting.visible).toBe(true);
    answer(0);
    await look;
    expect(places).toMatchObject({ waiting: { working: false, visible: false } });
    expect(places.looked).toHaveLength(4);
  });

  test('reports a failed check, which can be requested again', async () => {
    const { console, state, places } = await openState();
    console.fail('inventory', 'places');
    await places.look();
    expect(state.notices.list).toMatchObject([{ problem: PROBLEM }]);
    console.override('inventory', 'places');
    await places.look();
    expect(places.there).toHaveLength(2);
  });
});

test('lists the usual places of files, except places that a variable defines', () => {
  const kubeconfig = KNOWN_FILES.find(({ name }) => name === 'known-file.kubeconfig');
  const patterns = kubeconfig?.places.map(({ pattern }) => pattern);
  expect(patterns).toContain('%USERPROFILE%\\.kube\\config');
  expect(patterns).not.toContain('%KUBECONFIG%');
  for (const { places, names, anywhere } of KNOWN_FILES)
    expect(places.length + names.length > 0 || anywhere !== undefined).toBe(true);
});
