import type english from './en.ts';
import problems from './ja/problems.ts';
import statements from './ja/statements.ts';
import verbs from './ja/verbs.ts';

export default { ...problems, ...statements, ...verbs } satisfies Record<keyof typeof english, string>;
