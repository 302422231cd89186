import type english from './en.ts';
import approver from './ja/approver.ts';
import verdicts from './ja/verdicts.ts';

export default { ...approver, ...verdicts } satisfies Record<keyof typeof english, string>;
