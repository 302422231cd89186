import problems from './en/problems.ts';
import statements from './en/statements.ts';

const english = { ...problems, ...statements } as const;
export default english;

type SharedMessages = typeof english;
declare module './text.ts' {
  interface Messages extends SharedMessages {}
}
