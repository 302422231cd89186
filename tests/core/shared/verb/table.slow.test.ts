import { expect, test } from 'vitest';
import { tableLines, type TableColumn } from '../../../../core/shared/verb/table.ts';
import { measureCost } from '../../../support/cost.ts';

const COLUMNS: readonly TableColumn[] = [
  { head: 'state', align: 'left' },
  { head: 'left', align: 'right' },
  { head: 'name', align: 'left' },
];

test('a table of tens of thousands of rows is formatted quickly, since repeated text is measured only once', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => [
    '■ Expired',
    `${index} h`,
    `node-${index}.contoso.example`,
  ]);
  expect(measureCost(() => tableLines(COLUMNS, rows))).toBeLessThan(1_500);
});
