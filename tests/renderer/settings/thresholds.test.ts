import { beforeEach, describe, expect, test, vi } from 'vitest';
import { LIFETIME_CLASS_IDS } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { DAY_MS } from '../../../core/shared/instant.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import type { ThresholdCell } from '../../../renderer/settings/thresholds.svelte.ts';
import { openConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const API_SERVER = await certificateFiles({ share: 0.5 });

async function openThresholds() {
  const console = await openConsole();
  await console.import(API_SERVER);
  const state = await console.open({ language: 'en-GB' });
  return { state, console, thresholds: state.thresholds };
}

type Editor = ConsoleState['thresholds'];

function findCell(
  thresholds: Editor,
  classId: (typeof LIFETIME_CLASS_IDS)[number],
  name: ThresholdCell['name'],
): ThresholdCell {
  const row = thresholds.rows.find((each) => each.classId === classId);
  const cell = row?.cells.find((each) => each.name === name);
  if (cell === undefined) throw new Error('no such threshold');
  return cell;
}

const listOwnClasses = (thresholds: Editor): string[] =>
  thresholds.rows.flatMap(({ classId, own }) => (own ? [classId] : []));

describe('the thresholds in the settings', () => {
  test('shows thresholds for every class in percent and days, with their sources', async () => {
    const { thresholds } = await openThresholds();
    expect(thresholds.rows.map(({ classId }) => classId)).toEqual([...LIFETIME_CLASS_IDS]);
    expect(findCell(thresholds, 'kubernetes-leaf', 'renewalDue').text).toEqual({ percent: '25', days: '30' });
    expect(findCell(thresholds, 'moc-identity', 'urgent').text).toEqual({ percent: '7.78', days: '7' });
    expect(findCell(thresholds, 'moc-identity', 'renewalDue')).toMatchObject({
      text: { percent: '30', days: '' },
      threshold: { citations: [{ certainty: 'from-code' }] },
      fault: undefined,
    });
    expect(listOwnClasses(thresholds)).toEqual([]);
  });

  test('applies a threshold immediately to every credential and saves it', async () => {
    const { state, console, thresholds } = await openThresholds();
    expect(state.board.judged.counts.fine).toBe(1);
    thresholds.edit('kubernetes-leaf', 'renewalDue', { percent: '60', days: '' });
    expect(state.board.judged.counts).toMatchObject({ fine: 0, 'renewal-due': 1 });
    expect(listOwnClasses(thresholds)).toEqual(['kubernetes-leaf']);
    await vi.advanceTimersByTimeAsync(1_000);
    await console.settle();
    expect(console.data.store.settings().thresholds).toEqual({ 'kubernetes-leaf': { renewalDue: { share: 0.6 } } });
    const again = await console.open();
    expect(again.board.judged.counts['renewal-due']).toBe(1);
  });

  test.each([
    ['12.5', '10', { share: 0.125, atMostMs: 10 * DAY_MS }],
    ['12,5', '0,5', { share: 0.125, atMostMs: DAY_MS / 2 }],
    [' 12 ', ' ', { share: 0.12 }],
  ])('accepts a threshold as typed: %s percent, %s days', async (percent, days, threshold) => {
    const { state, thresholds } = await openThresholds();
    thresholds.edit('moc-identity', 'urgent', { percent, days });
    expect(state.settings.values.thresholds).toEqual({ 'moc-identity': { urgent: threshold } });
  });

  test.each([
    ['ten', '', 'threshold.no-number'],
    ['', '', 'threshold.no-number'],
    ['10', 'a week', 'threshold.no-number'],
    ['-5', '', 'threshold.no-number'],
    ['0', '', 'threshold.out-of-range'],
    ['10', '0', 'threshold.out-of-range'],
    ['101', '', 'threshold.out-of-range'],
    ['26.01', '', 'threshold.out-of-order'],
  ])('keeps invalid input in the field, with the reason: %s percent, %s days', async (percent, days, fault) => {
    const { state, thresholds } = await openThresholds();
    thresholds.edit('moc-identity', 'urgent', { percent, days });
    expect(findCell(thresholds, 'moc-identity', 'urgent')).toMatchObject({ text: { percent, days }, fault });
    expect(state.settings.values.thresholds).toEqual({});
  });

  test('clears the error of a threshold as soon as it is valid, without affecting other classes', async () => {
    const { thresholds } = await openThresholds();
    thresholds.edit('moc-identity', 'urgent', { percent: 'x', days: '' });
    thresholds.edit('webhook', 'urgent', { percent: 'y', days: '' });
    thresholds.edit('moc-identity', 'urgent', { percent: '5', days: '' });
    expect(findCell(thresholds, 'moc-identity', 'urgent').fault).toBeUndefined();
    expect(findCell(thresholds, 'webhook', 'urgent').fault).toBe('threshold.no-number');
  });

  test('resets the thresholds of one class, together with typed values', async () => {
    const { state, thresholds } = await openThresholds();
    thresholds.edit('moc-identity', 'urgent', { percent: '5', days: '' });
    thresholds.edit('webhook', 'urgent', { percent: '1', days: '' });
    thresholds.edit('moc-identity', 'renewalDue', { percent: 'x', days: '' });
    thresholds.reset('moc-identity');
    expect(state.settings.values.thresholds).toEqual({ webhook: { urgent: { share: 0.01 } } });
    expect(findCell(thresholds, 'moc-identity', 'renewalDue')).toMatchObject({
      text: { percent: '30' },
      fault: undefined,
    });
    expect(listOwnClasses(thresholds)).toEqual(['webhook']);
  });

  test('does not apply thresholds again when another setting changes', async () => {
    const { state } = await openThresholds();
    const before = state.board.judged;
    state.settings.change({ density: 'comfortable' });
    expect(state.board.judged).toBe(before);
  });
});
