import { expect, test } from 'vitest';
import { BOARD_COLUMNS } from '../../../core/expiry/model/board-columns.ts';
import { columnTemplate, fitColumns, leastWidth, tableColumns } from '../../../renderer/expiry/board-columns.ts';

test('the bar is beside the time left and is hidden together with it', () => {
  expect(tableColumns(['left', 'state'])).toEqual(['state', 'left', 'life']);
  expect(tableColumns(['name'])).toEqual(['name']);
});

test('a narrow table drops the least important columns, one after the other', () => {
  const all = tableColumns(BOARD_COLUMNS);
  expect(fitColumns(all, leastWidth(all))).toEqual(all);
  expect(fitColumns(all, leastWidth(all) - 1)).toEqual(all.filter((name) => name !== 'issuer'));
  const least = fitColumns(all, 100);
  expect(least).toEqual(['state', 'cluster', 'role', 'name', 'left']);
});

test('a table keeps its columns if all of them can be dropped', () => {
  expect(fitColumns(['issuer'], 10)).toEqual(['issuer']);
});

test('spare width goes to the text columns', () => {
  expect(columnTemplate(['state', 'name'])).toBe('140px minmax(120px, 2fr)');
});
