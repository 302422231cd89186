import { compareSeverity, type Finding, type Place } from '../finding.ts';
import { addTo } from '../lists.ts';
import { terminalLine } from '../terminal-text.ts';
import { citationText } from '../text/statement.ts';
import { isMessageKey, type Translate } from '../text/text.ts';
import type { Invocation } from './invocation.ts';
import { EXIT, type ExitCode } from './usage.ts';

/** Formats the severity, place and sentence, the remedy, and the source if any. */
export function findingLines(finding: Finding, translate: Translate): string[] {
  return sameFindingLines([finding], translate);
}

/** Formats findings that differ only in their places. */
function sameFindingLines(same: readonly Finding[], translate: Translate): string[] {
  const [{ rule, severity, params, citation }] = same as readonly [Finding];
  const text = (key: string): string => (isMessageKey(key) ? translate(key, params) : '');
  const places = same.map(({ place }) => placeText(place, translate)).filter((place) => place !== '');
  const remedy = text(`finding.${rule}.remedy`);
  return [
    [translate(`cli.severity.${severity}`), ...(places.length > 1 ? [] : places), text(`finding.${rule}`) || rule].join(
      ': ',
    ),
    ...(places.length > 1 ? places.map((place) => `  ${place}`) : []),
    ...(remedy === '' ? [] : [`    ${remedy}`]),
    ...(citation === undefined ? [] : [`    ${citationText(citation, { translate })}`]),
  ];
}

function placeText(place: Place, translate: Translate): string {
  return [
    terminalLine(place.path ?? ''),
    terminalLine(place.entry ?? ''),
    lineText(place, translate),
    place.offset === undefined ? '' : translate('cli.place.offset', { offset: place.offset }),
  ]
    .filter((part) => part !== '')
    .join(': ');
}

/** Prints findings to standard error, errors first. Findings that differ only in their places are printed once. */
export function noticeFindings({ world, translate }: Invocation, findings: readonly Finding[]): void {
  const groups = new Map<string, Finding[]>();
  for (const finding of [...findings].sort(compareSeverity))
    addTo(groups, JSON.stringify({ ...finding, place: undefined }), finding);
  for (const same of groups.values()) for (const line of sameFindingLines(same, translate)) world.notice(line);
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
