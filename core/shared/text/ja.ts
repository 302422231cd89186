import type english from './en.ts';
import problems from './ja/problems.ts';
import statements from './ja/statements.ts';

export default { ...problems, ...statements } satisfies Record<keyof typeof english, string>;
