import board from './en/board.ts';
import details from './en/details.ts';
import expiry from './en/expiry.ts';
import management from './en/management.ts';
import report from './en/report.ts';

const english = { ...board, ...details, ...expiry, ...management, ...report } as const;
export default english;

type ExpiryMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends ExpiryMessages {}
}
