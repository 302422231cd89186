import type { Certainty, Sourced } from '../../core/shared/citation.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/shared/instant.ts';
import type { Profile } from '../../core/pki/model/profile.ts';

/** Lists the values of a profile that have a source, by field name. */
export function listSourced(profile: Profile): [string, Sourced<unknown>][] {
  return Object.entries(profile).filter((entry): entry is [string, Sourced<unknown>] => isSourced(entry[1]));
}

function isSourced(value: unknown): value is Sourced<unknown> {
  return typeof value === 'object' && value !== null && 'citations' in value && 'value' in value;
}

// ---- The table of docs/profiles.md ----------------------------------------------------------------------------------

/** The heading, a function that returns the text of a cell, and the fields that the cell shows. */
type Column = [string, (profile: Profile) => string, (keyof Profile)[]];

const COLUMNS: readonly Column[] = [
  ['issuer', issuerText, ['issuer']],
  ['subject', subjectText, ['subject']],
  ['SANs', ({ sans }) => list([...sans.value.dns, ...sans.value.ip], code), ['sans']],
  ['usages', usagesText, ['keyUsage', 'extendedKeyUsage']],
  ['key', ({ keyAlgorithms }) => list(keyAlgorithms.value), ['keyAlgorithms']],
  ['validity', ({ validityMs }) => `${validityMs.value / DAY_MS} d`, ['validityMs']],
  ['renewal', renewalText, ['renewal']],
  ['revocation', ({ revokedBy }) => revokedBy.value, ['revokedBy']],
  ['file', fileText, ['file', 'accessFile']],
];

/** Returns the lines of a Markdown table of these profiles. */
export function profileTable(profiles: readonly Profile[]): string[] {
  const headings = ['profile', ...COLUMNS.map(([heading]) => heading), 'certainty'];
  const rows = profiles.map((profile) => [
    code(profile.id),
    ...COLUMNS.map(([, cell]) => cell(profile)),
    certaintyText(profile),
  ]);
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function code(text: string): string {
  return `\`${text}\``;
}

function list(texts: readonly string[], form: (text: string) => string = String): string {
  return texts.length === 0 ? '–' : texts.map(form).join(', ');
}

function issuerText({ issuer, otherIssuer }: Profile): string {
  return otherIssuer === undefined ? issuer.value : `${issuer.value} (or ${otherIssuer.value})`;
}

function subjectText({ subject }: Profile): string {
  const { commonName, organizations } = subject.value;
  return code([`CN=${commonName}`, ...organizations.map((group) => `O=${group}`)].join(', '));
}

function usagesText({ keyUsage, extendedKeyUsage }: Profile): string {
  return [keyUsage.value, extendedKeyUsage.value]
    .filter((usages) => usages.length > 0)
    .map((usages) => list(usages))
    .join('; ');
}

function renewalText({ renewal, validityMs }: Profile): string {
  const { by, atShareLeft, retryShare } = renewal.value;
  if (atShareLeft === undefined || retryShare === undefined) return by;
  const due = `${roundTenths(atShareLeft * 100)} % left (${span(atShareLeft * validityMs.value)})`;
  return `${by} at ${due}, again every ${span(retryShare * validityMs.value)}`;
}

function fileText({ file, accessFile }: Profile): string {
  if (accessFile !== undefined) return code(accessFile.value);
  if (file === undefined) return '–';
  return code('pki' in file.value ? `pki/${file.value.pki}.crt` : file.value.kubeconfig);
}

function span(ms: number): string {
  if (ms < HOUR_MS) return `${roundTenths(ms / MINUTE_MS)} min`;
  return ms < 3 * DAY_MS ? `${roundTenths(ms / HOUR_MS)} h` : `${roundTenths(ms / DAY_MS)} d`;
}

function roundTenths(value: number): number {
  return Math.round(value * 10) / 10;
}

const FROM_SURE_TO_UNSURE: readonly Certainty[] = ['documented', 'from-code', 'reported', 'inferred'];

/** Lists the columns by certainty; a column with several fields is as certain as its least certain field. */
function certaintyText(profile: Profile): string {
  return FROM_SURE_TO_UNSURE.map((certainty) => {
    const columns = COLUMNS.filter(([, , fields]) => leastSure(profile, fields) === certainty);
    return columns.length === 0 ? '' : `${certainty}: ${list(columns.map(([name]) => name))}`;
  })
    .filter((text) => text !== '')
    .join('; ');
}

function leastSure(profile: Profile, fields: readonly (keyof Profile)[]): Certainty | undefined {
  const found = listSourced(profile)
    .filter(([name]) => fields.some((field) => field === name))
    .map(([, { citations }]) => FROM_SURE_TO_UNSURE.indexOf(citations[0].certainty));
  return FROM_SURE_TO_UNSURE[Math.max(...found)];
}
