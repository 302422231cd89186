import type english from './en.ts';
import bundle from './ja/bundle.ts';
import choice from './ja/choice.ts';
import cli from './ja/cli.ts';
import editor from './ja/editor.ts';
import impact from './ja/impact.ts';
import knownRevocations from './ja/known-revocations.ts';
import lint from './ja/lint.ts';
import notes from './ja/notes.ts';
import plan from './ja/plan.ts';
import revocation from './ja/revocation.ts';
import wizard from './ja/wizard.ts';

export default {
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
} satisfies Record<keyof typeof english, string>;
