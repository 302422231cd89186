import approver from './en/approver.ts';
import verdicts from './en/verdicts.ts';

const english = { ...approver, ...verdicts } as const;
export default english;

type PkiMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends PkiMessages {}
}
