import { expect, test } from 'vitest';
import { readOwnWords } from '../../../../core/repair/model/own-words.ts';
import { epochMs, instant } from '../../../../core/shared/instant.ts';
import { measureCost } from '../../../support/cost.ts';

const NOW_MS = epochMs(instant('2026-11-25T12:00:00Z'));

test.each(['off since ', 'not updated for ', 'Repair-Moc ', '1 ', '停止して', 'a-moc -a'])(
  'a text of eighty thousand repetitions is read in less than a second: %s',
  (part) => {
    const lines = part.repeat(80_000).match(/.{1,990}/gu) ?? [];
    expect(measureCost(() => readOwnWords(lines, NOW_MS))).toBeLessThan(1_000);
  },
);
