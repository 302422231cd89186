import { BUNDLE_FILES } from '../model/bundle.ts';
import { LANGUAGES, type Language } from '../../shared/text/text.ts';
import { formatInstant } from '../../shared/text/time.ts';
import type { BundleContent } from './content.ts';
import { windowsText } from '../../formats/text/power-shell-file.ts';
import type { Translators } from '../export/script.ts';

export function bundleReadme(
  { madeAt, isSample }: Pick<BundleContent, 'madeAt' | 'isSample'>,
  translators: Translators,
): string {
  const readme = (language: Language): string => {
    const translate = translators[language];
    const run = (file: string): string => `powershell.exe -NoProfile -ExecutionPolicy RemoteSigned -File .\\${file}`;
    const files = [
      translate('bundle.readme.manifest', { manifest: BUNDLE_FILES.manifest, undo: BUNDLE_FILES.undo }),
      translate('bundle.readme.recovery', { script: BUNDLE_FILES.recoveryScript, text: `recovery.${language}.md` }),
      translate('bundle.readme.impact', { page: `impact.${language}.html`, json: BUNDLE_FILES.impact }),
      translate('bundle.readme.sums', { sums: BUNDLE_FILES.sums, script: BUNDLE_FILES.verifier }),
    ];
    const steps = [
      translate('bundle.readme.compare', { command: 'Get-FileHash -Algorithm SHA256 FILE.zip' }),
      translate('bundle.readme.unpack', { command: 'Unblock-File FILE.zip' }),
      translate('bundle.readme.verify', { command: run(BUNDLE_FILES.verifier) }),
      translate('bundle.readme.run', { command: `${run(BUNDLE_FILES.recoveryScript)} -WhatIf` }),
    ];
    return [
      translate('bundle.readme.title', { date: formatInstant(madeAt, language, 'utc') }),
      ...(isSample ? ['', translate('bundle.sample')] : []),
      '',
      ...files.map((line) => `- ${line}`),
      '',
      ...steps.map((line, at) => `${at + 1}. ${line}`),
      '',
      translate('bundle.readme.limits'),
      '',
    ].join('\n');
  };
  return windowsText(LANGUAGES.map(readme).join(`\n${'-'.repeat(72)}\n\n`));
}
