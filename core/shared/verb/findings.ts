import { compareSeverity, type Finding, type Place } from '../finding.ts';
import { terminalLine } from '../terminal-text.ts';
import { citationText } from '../text/statement.ts';
import { isMessageKey, type Translate } from '../text/text.ts';
import type { Invocation } from './invocation.ts';
import { EXIT, type ExitCode } from './usage.ts';

/** Formats the severity, place and sentence, the remedy, and the source if any. */
export function findingLines(finding: Finding, translate: Translate): string[] {
  const { rule, severity, place, params, citation } = finding;
  const text = (key: string): string => (isMessageKey(key) ? translate(key, params) : '');
  const where = [
    terminalLine(place.path ?? ''),
    terminalLine(place.entry ?? ''),
    lineText(place, translate),
    place.offset === undefined ? '' : translate('cli.place.offset', { offset: place.offset }),
  ].filter((part) => part !== '');
  const sentence = text(`finding.${rule}`) || rule;
  const remedy = text(`finding.${rule}.remedy`);
  return [
    `${translate(`cli.severity.${severity}`)}: ${[...where, sentence].join(': ')}`,
    ...(remedy === '' ? [] : [`    ${remedy}`]),
    ...(citation === undefined ? [] : [`    ${citationText(citation, { translate })}`]),
  ];
}

/** Prints findings to standard error, errors first. */
export function noticeFindings({ world, translate }: Invocation, findings: readonly Finding[]): void {
  for (const finding of [...findings].sort(compareSeverity))
    for (const line of findingLines(finding, translate)) world.notice(line);
}

/** Prints findings as remarks, unless a JSON document contains them. */
export function tellFindings(invocation: Invocation, findings: readonly Finding[]): void {
  if (!invocation.line.json) noticeFindings(invocation, findings);
}

export function filterErrors<F extends Pick<Finding, 'severity'>>(findings: readonly F[]): F[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** Returns 1 if any finding is an error. */
export function findingsExitCode(findings: readonly Pick<Finding, 'severity'>[]): ExitCode {
  return filterErrors(findings).length > 0 ? EXIT.attention : EXIT.fine;
}

/**
 * Returns whether a path on the command line does not exist, which is a mistake in the call; a missing path inside a
 * folder is only a warning.
 */
export function inputFault(findings: readonly Finding[]): boolean {
  return findings.some(({ rule, severity }) => rule === 'file.not-found' && severity === 'error');
}

function lineText({ line, column }: Place, translate: Translate): string {
  if (line === undefined) return '';
  return column === undefined ? translate('cli.place.line', { line }) : translate('cli.place.column', { line, column });
}
