import { epochMs, SECOND_MS } from '../../shared/instant.ts';
import { BUNDLE_FILES } from '../model/bundle.ts';
import { LANGUAGES, type Language, type Translate } from '../../shared/text/text.ts';
import { findCommandName } from '../../plan/model/command-name.ts';
import { formatStrings, writeScript } from '../../plan/export/power-shell.ts';
import { planScript } from '../../plan/export/script.ts';
import type { BundleContent } from '../bundle/content.ts';
import code from './power-shell/verify.ps1';

/** Messages, each with its parameters in the order of their .NET format positions. */
const VERIFIER_TEXTS = {
  same: ['file'],
  changed: ['file'],
  missing: ['file'],
  unlisted: ['file'],
  fine: ['count'],
  'not-fine': ['count'],
  'no-sums': ['file'],
  'bad-sums': ['file', 'line'],
} as const satisfies Record<string, readonly string[]>;

/**
 * One translator for each language of a bundle. Instants are in UTC, because the time zone of the readers is unknown.
 */
export type Translators = Record<Language, Translate>;

/** Writes the plan as a script that keeps its state and transcripts outside the bundle, which stays unchanged. */
export function recoveryScript(
  { madeAt, openPlan, target }: Pick<BundleContent, 'madeAt' | 'openPlan' | 'target'>,
  hashes: { manifest: string; undo: string },
  translators: Translators,
): string {
  const [wording, ...others] = LANGUAGES.map((language) => ({
    language,
    translate: translators[language],
    zone: 'utc' as const,
  }));
  if (wording === undefined) throw new Error('no language');
  return planScript(openPlan, wording, {
    others,
    cluster: findCommandName(target.cluster ?? {}),
    kubeconfig: target.kubeconfig,
    files: [
      { name: BUNDLE_FILES.manifest, sha256: hashes.manifest },
      { name: BUNDLE_FILES.undo, sha256: hashes.undo },
    ],
    keptAs: `revocation\\recovery-${epochMs(madeAt) / SECOND_MS}-${hashes.manifest.slice(0, 8)}`,
  });
}

export function verifierScript(summed: readonly string[], translators: Translators): string {
  const document = {
    sums: BUNDLE_FILES.sums,
    constrained: LANGUAGES.map((language) => translators[language]('steps.script.constrained')).join('\n'),
    names: summed,
    texts: Object.fromEntries(
      LANGUAGES.map((language) => [language, formatStrings(VERIFIER_TEXTS, 'bundle.verify', translators[language])]),
    ),
  };
  const head = LANGUAGES.flatMap((language) => [
    translators[language]('bundle.verify.title'),
    translators[language]('bundle.verify.codes'),
  ]);
  return writeScript(head, { code, document });
}
