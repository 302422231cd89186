import problems from './en/problems.ts';
import statements from './en/statements.ts';
import verbs from './en/verbs.ts';

const english = { ...problems, ...statements, ...verbs } as const;
export default english;

type SharedMessages = typeof english;
declare module './text.ts' {
  interface Messages extends SharedMessages {}
}
