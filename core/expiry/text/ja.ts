import type english from './en.ts';
import board from './ja/board.ts';
import details from './ja/details.ts';
import expiry from './ja/expiry.ts';
import management from './ja/management.ts';
import report from './ja/report.ts';

export default { ...board, ...details, ...expiry, ...management, ...report } satisfies Record<
  keyof typeof english,
  string
>;
