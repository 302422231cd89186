import { expect, test } from 'vitest';
import { BOARD_COLUMNS } from '../../../../core/expiry/model/board-columns.ts';
import {
  columnTemplate,
  fitColumns,
  leastWidth,
  tableColumns,
} from '../../../../renderer/expiry/table/board-columns.ts';

test('shows the lifetime bar beside the time left, and only together with it', () => {
  expect(tableColumns(['left', 'state'])).toEqual(['state', 'left', 'life']);
  expect(tableColumns(['name'])).toEqual(['name']);
});

test('drops the least important columns of a narrow table, one after the other', () => {
  const all = tableColumns(BOARD_COLUMNS);
  expect(fitColumns(all, leastWidth(all))).toEqual(all);
  expect(fitColumns(all, leastWidth(all) - 1)).toEqual(all.filter((name) => name !== 'issuer'));
  const least = fitColumns(all, 100);
  expect(least).toEqual(['state', 'cluster', 'role', 'name', 'left']);
});

test('keeps the only column of a table, however narrow the table is', () => {
  expect(fitColumns(['issuer'], 10)).toEqual(['issuer']);
});

test('gives spare width to the text columns', () => {
  expect(columnTemplate(['state', 'name'])).toBe('140px minmax(120px, 2fr)');
});
