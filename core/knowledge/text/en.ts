import cmdlets from './en/cmdlets.ts';
import commandCheck from './en/command-check.ts';
import contradictions from './en/contradictions.ts';
import credentials from './en/credentials.ts';
import failures from './en/failures.ts';
import knowledge from './en/knowledge.ts';
import sources from './en/sources.ts';

const english = {
  ...cmdlets,
  ...commandCheck,
  ...contradictions,
  ...credentials,
  ...failures,
  ...knowledge,
  ...sources,
} as const;
export default english;

type KnowledgeMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends KnowledgeMessages {}
}
