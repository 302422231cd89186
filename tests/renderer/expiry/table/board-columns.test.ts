import { expect, test } from 'vitest';
import { BOARD_COLUMNS } from '../../../../core/expiry/model/board-columns.ts';
import {
  columnTemplate,
  fitColumns,
  insertColumn,
  leastWidth,
  placeColumn,
  tableColumns,
} from '../../../../renderer/expiry/table/board-columns.ts';

test('shows the lifetime bar beside the time left, and only together with it', () => {
  expect(tableColumns(['left', 'state'])).toEqual(['left', 'life', 'state']);
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

test('gives a column the width that the admin chose, and counts that width when space is short', () => {
  expect(columnTemplate(['state', 'name'], { name: 300 })).toBe('140px 300px');
  expect(leastWidth(['state', 'name'], { name: 300 })).toBe(440);
  expect(fitColumns(['name', 'issuer'], 300, { name: 300 })).toEqual(['name']);
});

test('moves a column to the place of another, in both directions', () => {
  expect(placeColumn(['state', 'name', 'left'], 'state', 'left')).toEqual(['name', 'left', 'state']);
  expect(placeColumn(['state', 'name', 'left'], 'left', 'state')).toEqual(['left', 'state', 'name']);
});

test('shows a hidden column again before the column that usually follows it', () => {
  expect(insertColumn(['name', 'state', 'left'], 'cluster')).toEqual(['cluster', 'name', 'state', 'left']);
  expect(insertColumn(['state', 'name'], 'left')).toEqual(['state', 'name', 'left']);
});
