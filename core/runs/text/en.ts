import consent from './en/consent.ts';
import evidence from './en/evidence.ts';
import runs from './en/runs.ts';
import screen from './en/screen.ts';

const english = { ...consent, ...evidence, ...runs, ...screen } as const;
export default english;

type RunMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends RunMessages {}
}
