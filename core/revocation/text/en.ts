import bundle from './en/bundle.ts';
import choice from './en/choice.ts';
import cli from './en/cli.ts';
import editor from './en/editor.ts';
import impact from './en/impact.ts';
import knownRevocations from './en/known-revocations.ts';
import lint from './en/lint.ts';
import notes from './en/notes.ts';
import plan from './en/plan.ts';
import revocation from './en/revocation.ts';
import wizard from './en/wizard.ts';

const english = {
  ...bundle,
  ...choice,
  ...cli,
  ...editor,
  ...impact,
  ...knownRevocations,
  ...lint,
  ...notes,
  ...plan,
  ...revocation,
  ...wizard,
} as const;
export default english;

type RevocationMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends RevocationMessages {}
}
