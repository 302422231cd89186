import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { PlaceView } from '../../../core/inventory/contract.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { KNOWN_FILES } from '../../../renderer/inventory/known-files.ts';
import { FakeApi, NOW_MS, PROBLEM } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function aPlace(path: string, state: PlaceView['state']): PlaceView {
  const ticket = `ticket of ${path}` as FileTicket;
  return { kind: 'kubeconfig', path, state, citations: [], ...(state === 'there' && { ticket }) };
}

function opened(): { fake: FakeApi; places: ConsoleState['places']; state: ConsoleState } {
  const fake = new FakeApi([]);
  fake.places = [
    aPlace('/absent', 'absent'),
    aPlace('/a', 'there'),
    aPlace('/denied', 'denied'),
    aPlace('/b', 'there'),
  ];
  const state = new ConsoleState(fake.api, { language: 'en', dark: false, readClock: () => NOW_MS });
  return { fake, state, places: state.places };
}

describe('the known places', () => {
  test('are not looked at before somebody asks for it', () => {
    const { fake, places } = opened();
    expect(places.looked).toBeUndefined();
    expect(fake.argumentsOf('places')).toEqual([]);
  });

  test('are shown with what is there first, then what could not be looked at', async () => {
    const { fake, places } = opened();
    await Promise.all([places.look(), places.look()]);
    expect(fake.argumentsOf('places')).toHaveLength(1);
    expect(places.looked?.map(({ path }) => path)).toEqual(['/a', '/b', '/denied', '/absent']);
    expect(places.there).toHaveLength(2);
    expect(fake.argumentsOf('importFiles')).toEqual([]);
  });

  test('are imported by their tickets, and no ticket is sent twice', async () => {
    const { fake, places } = opened();
    await places.look();
    await places.importFound();
    await places.importFound();
    expect(fake.argumentsOf('importFiles')).toEqual([{ tickets: ['ticket of /a', 'ticket of /b'] }]);
    expect(places.looked).toBeUndefined();
  });

  test('that take their time say so after a while only', async () => {
    const { fake, places } = opened();
    let answer = (): void => {};
    fake.api.inventory.places = () => new Promise((resolve) => (answer = () => resolve({ ok: true, value: [] })));
    const look = places.look();
    expect(places).toMatchObject({ looking: true, slow: false });
    vi.advanceTimersByTime(400);
    expect(places.slow).toBe(true);
    answer();
    await look;
    expect(places).toMatchObject({ looking: false, slow: false, looked: [], there: [] });
  });

  test('that cannot be asked for are told, and may be asked for again', async () => {
    const { fake, state, places } = opened();
    fake.failing.add('places');
    await places.look();
    expect(state.notices.list).toMatchObject([{ problem: PROBLEM }]);
    fake.failing.clear();
    await places.look();
    expect(places.there).toHaveLength(2);
  });
});

test('the files that are read are listed with where they usually lie, without what a variable moves', () => {
  const kubeconfig = KNOWN_FILES.find(({ name }) => name === 'known-file.kubeconfig');
  const patterns = kubeconfig?.places.map(({ pattern }) => pattern);
  expect(patterns).toContain('%USERPROFILE%\\.kube\\config');
  expect(patterns).not.toContain('%KUBECONFIG%');
  for (const { places, names, anywhere } of KNOWN_FILES)
    expect(places.length + names.length > 0 || anywhere !== undefined).toBe(true);
});
