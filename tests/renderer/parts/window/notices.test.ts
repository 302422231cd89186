import { beforeEach, describe, expect, test, vi } from 'vitest';
import { NoticesState } from '../../../../renderer/parts/window/notices.svelte.ts';
import { PROBLEM } from '../../../support/console.ts';

const SAVED = [{ key: 'action.copied' }] as const;
const NOW = 1_000;

let notices: NoticesState;

beforeEach(() => {
  vi.useFakeTimers();
  notices = new NoticesState(() => NOW);
  return () => vi.useRealTimers();
});

const tones = (list: NoticesState['kept']) => list.map(({ tone }) => tone);

describe('the status bar', () => {
  test('shows a success for six seconds, and longer if it can be undone', () => {
    notices.success([...SAVED]);
    notices.success([...SAVED], { action: { key: 'action.undo', run: () => {} } });
    vi.advanceTimersByTime(6_000);
    expect(notices.list).toHaveLength(1);
    vi.advanceTimersByTime(9_000);
    expect(notices.list).toEqual([]);
  });

  test('shows a problem until it is dismissed there, and again after a later success', () => {
    notices.problem(PROBLEM);
    notices.success([...SAVED]);
    expect(tones(notices.list)).toEqual(['problem', 'done']);
    vi.advanceTimersByTime(60_000);
    expect(tones(notices.list)).toEqual(['problem']);
    notices.hide(notices.list[0]?.id ?? 0);
    expect(notices.list).toEqual([]);
  });

  test('keeps a message for as long as the pointer is over it', () => {
    notices.success([...SAVED]);
    notices.hold(notices.list[0]?.id ?? 0);
    vi.advanceTimersByTime(60_000);
    expect(notices.list).toHaveLength(1);
  });
});

describe('the task list', () => {
  test('keeps a message that the bar no longer shows, with its time', () => {
    notices.success([...SAVED]);
    vi.advanceTimersByTime(60_000);
    expect([notices.list, notices.kept]).toMatchObject([[], [{ tone: 'done', at: NOW }]]);
  });

  test('keeps a problem until it is dismissed, whatever succeeds after it', () => {
    const notices = new NoticesState(() => 0);
    notices.problem({ code: 'file.not-found', params: {} });
    for (let at = 0; at < 30; at += 1) notices.success([{ key: 'mark.saved' }]);
    expect(notices.kept).toHaveLength(20);
    expect(notices.list[0]?.tone).toBe('problem');
  });

  test('forgets an action that was carried out elsewhere, also where only the list has it', () => {
    const notices = new NoticesState(() => 0);
    notices.remark([{ key: 'mark.saved' }], { action: { key: 'action.cancel', run: () => undefined } });
    notices.hide(notices.list[0]!.id);
    notices.dismissActions('action.cancel');
    expect(notices.kept).toEqual([]);
  });

  test('keeps the last twenty messages', () => {
    for (let count = 0; count < 25; count += 1) notices.success([{ key: 'sample.gone', values: { count } }]);
    expect(notices.kept).toHaveLength(20);
    expect(notices.kept.at(0)?.texts[0]?.values).toEqual({ count: 5 });
  });

  test('carries an action out once, also after the bar has stopped showing it', () => {
    const run = vi.fn<() => void>();
    notices.success([...SAVED], { action: { key: 'action.undo', run } });
    vi.advanceTimersByTime(60_000);
    for (const notice of notices.kept) notices.act(notice);
    expect(run).toHaveBeenCalledOnce();
    expect(notices.kept).toEqual([]);
  });

  test('forgets a dismissed message, and all of them when cleared', () => {
    notices.problem(PROBLEM);
    notices.success([...SAVED]);
    notices.dismiss(notices.kept[0]?.id ?? 0);
    expect(tones(notices.kept)).toEqual(['done']);
    notices.clear();
    expect([notices.kept, notices.list]).toEqual([[], []]);
  });
});
