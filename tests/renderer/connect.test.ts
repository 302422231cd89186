import { expect, test, vi } from 'vitest';
import { writeJson } from '../../core/shared/stepwise/json-pieces.ts';
import { connect } from '../../renderer/connect.ts';

test('calls main with the name of the method and its argument', async () => {
  const call = vi.fn(() => Promise.resolve({ ok: true, value: null }));
  const api = connect({ call, listen: () => () => undefined });
  expect(await api.application.copy({ text: 'a' })).toEqual({ ok: true, value: null });
  await api.inventory.overview();
  expect(call.mock.calls).toEqual([
    ['application.copy', { text: 'a' }],
    ['inventory.overview', undefined],
  ]);
});

test('parses an answer that arrives as lines of JSON', async () => {
  const answer = { ok: true, value: { plan: { steps: Array.from({ length: 1_000 }, (_, at) => `ü${at}`) } } };
  const api = connect({ call: () => Promise.resolve(writeJson(answer)), listen: () => () => undefined });
  expect(await api.maintenance.plan()).toEqual(answer);
});

test('passes an event from main to the listener for its name until that listener is removed', () => {
  const end = vi.fn();
  const listen = vi.fn(() => end);
  const listener = vi.fn();
  const stop = connect({ call: vi.fn(), listen }).on.runs.changed(listener);
  expect(listen.mock.calls).toEqual([['runs.changed', listener]]);
  stop();
  expect(end).toHaveBeenCalledOnce();
});
