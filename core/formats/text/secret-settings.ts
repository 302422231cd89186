import { isRule } from '../cmdlet-output/table.ts';

/**
 * Secrets in the configuration of the modules AksHci, Moc and Kva (`Get-AksHciConfig`, `psconfig.json`), in every form
 * that PowerShell prints. `identity` is the Base64 of a login file with a token; the other secrets are passwords. Only
 * names identify these settings, and a narrow window breaks names and values anywhere.
 */

/** Such as `proxyServerPassword`, `containerRegistryPassword`. */
const PASSWORD = String.raw`\w{1,40}(?:password|passwd|passphrase)`;
const IDENTITY = '[Ii]dentity';
const BEFORE = String.raw`(?:^|[\s"'{(,;])`;
const BETWEEN = String.raw`["']?[ \t]{0,64}[:=][ \t]{0,64}["']?`;
/** Separator in a table; after the longest name, one space is enough. */
const COLUMN = String.raw`(?:[ \t]{2,64}|(?<=(?:Server|Registry)Password)[ \t])`;
/** Matches a value, but no empty value, placeholder, or text that PowerShell prints instead of a password. */
const PASSWORD_VALUE = String.raw`(?![<[{$*|>&!\]};,"'\s:=]|null\b|true\b|false\b|REDACTED|System\.)[^\s]`;
/**
 * Matches Base64 of text that begins like `name:`, `token:`, `---` or `certificate:`, or a value that is too long and
 * too mixed for a word.
 */
const IDENTITY_VALUE = '(?:bmFtZ|dG9rZW|LS0t|Y2VydG|(?=[a-z0-9+/]{0,64}[A-Z])(?=[A-Za-z+/]{0,64}\\d)[A-Za-z0-9+/]{16})';

const listForms = (name: string, value: string, flags: string): RegExp[] => [
  new RegExp(`${BEFORE}${name}${BETWEEN}${value}`, flags),
  new RegExp(`\\[${name},[ ]?${value}`, flags),
];

const IDENTITIES = [
  ...listForms(IDENTITY, IDENTITY_VALUE, 'gu'),
  new RegExp(`^[ \\t]{0,64}${IDENTITY}[ \\t]{1,64}${IDENTITY_VALUE}`, 'gu'),
];
const SETTINGS = [
  ...listForms(PASSWORD, PASSWORD_VALUE, 'giu'),
  new RegExp(`^[ \\t]{0,64}${PASSWORD}${COLUMN}${PASSWORD_VALUE}`, 'giu'),
  ...IDENTITIES,
];
/**
 * Patterns for two joined lines. They require the spelling of the modules, since the last word of a line may precede an
 * unrelated word.
 */
const SETTINGS_ACROSS = [...listForms('\\w{1,40}Password', PASSWORD_VALUE, 'gu'), ...IDENTITIES];
/** Every line with a secret setting contains one of these words; most other lines do not. */
const HINT = /passw|passphrase|identity/iu;
/** Matches user and password in an address, for instance that of a proxy. Source: RFC 3986 section 3.2.1. */
const ADDRESS_PASSWORD = /\b[a-z][a-z0-9+.-]{1,10}:\/\/[^\s/:@"']{1,64}:[^\s/@"']{1,256}@/iu;

/**
 * Matches the name of a secret setting as a value: `Key = identity`, `Name : proxyServerPassword`, `<S
 * N="Key">identity</S>`.
 */
const NAMED = new RegExp(
  `(?:\\b(?:Key|Name)[ \\t]{0,16}[:=][ \\t]{0,16}|N="Key">)(?:${PASSWORD}|identity)(?:</S>)?$`,
  'iu',
);
const VALUE = /^\s{0,64}Value[ \t]{0,16}[:=]|N="Value">/iu;
const BROKEN_ELEMENT = /<[^>]{0,80}$/u;
const HEADER = new RegExp(`(?:^|\\s)(?:${PASSWORD}|identity)(?:\\s|$)`, 'iu');
const CSV_HEADER = new RegExp(`",\\s?"(?:${PASSWORD}|identity)"|"(?:${PASSWORD}|identity)",\\s?"`, 'iu');
const PASSWORD_COLUMN = new RegExp(`(?:^|[\\s"])${PASSWORD}(?:["\\s]|$)`, 'iu');

/** Matches the next entry on its own line, by the separator between name and value. */
const NEXT_ROW = /^\s{0,64}[\w.]{1,64}\s{2,64}\S/u;
const NEXT_FIELD = /^\s{0,64}[\w.]{1,64}\s{0,64}[:=](?:\s|$)|^\s{0,64}[{}\]…]/u;
/** Matches the end of the value on the same line: the next entry, or the end of the whole object. */
const NEXT_ENTRY = /;\s{1,4}\w{1,64}=|\],\s{1,4}\[|[}\]](?:…|\.\.\.)?\}?$|["'],?$|["'],["']\w|<\/\w{1,8}>$/u;
const LONG_WORD = /[A-Za-z0-9+/]{16}/u;
const BASE64_WORD = /^[A-Za-z0-9+/]{1,4096}={0,2}\S{0,3}$/u;
/** A line with this many leading spaces continues a value broken by a narrow window. */
const LEAST_INDENT = 20;
/** Enough for the longest name of a setting and its surroundings. */
const KEPT_BEFORE = 96;

type Open =
  | { kind: 'nothing' }
  /**
   * Includes all lines indented to the column of the value, and others up to the next entry or, without `next`, to the
   * end.
   */
  | { kind: 'value'; column: number; next?: RegExp }
  /** Includes the next line whatever its form, since a continued value may resemble an assignment. */
  | { kind: 'line' }
  /** The value of a setting whose name was alone on its line. */
  | { kind: 'named' }
  /**
   * A table. The header is followed by a line of hyphens and rows; in CSV, directly by rows or the rest of the header.
   */
  | { kind: 'header' | 'rows'; hasPassword: boolean };

const NOTHING: Open = { kind: 'nothing' };

export class SecretSettings {
  #open: Open = NOTHING;
  /** The end of the previous lines, which may contain the beginning of a name. */
  #before = '';

  isSecret(line: string): boolean {
    const open = this.#open;
    const before = this.#before;
    const text = line.trim();
    this.#before = (before + text).slice(-KEPT_BEFORE);
    if (text === '') {
      // A blank line ends every construct except an entry between its name and its value. A line of spaces counts as
      // indented.
      if (open.kind !== 'named' && line.length < LEAST_INDENT) this.#open = NOTHING;
      return false;
    }
    this.#open = NOTHING;
    const isPossible = open.kind !== 'nothing' || text.includes('@') || HINT.test(before + text);
    if (!isPossible) return false;
    const goesOn = this.#goesOn(line, before, open);
    const own = lastSetting(line);
    if (own !== undefined) this.#open = openAfterValue(line, own.end);
    if (goesOn || own !== undefined || this.#isAcross(before, text) || ADDRESS_PASSWORD.test(line)) return true;
    if (this.#open.kind === 'nothing') this.#open = openAfterName(text, before);
    return false;
  }

  #goesOn(line: string, before: string, open: Open): boolean {
    switch (open.kind) {
      case 'nothing':
        return false;
      case 'line':
        if (BASE64_WORD.test(line.trim())) this.#open = open;
        return true;
      case 'value':
        return this.#isRest(line, open);
      case 'named':
        return this.#isNamedValue(line, before);
      case 'header':
        if (isRule(line)) this.#open = { kind: 'rows', hasPassword: open.hasPassword };
        return false;
      case 'rows':
        this.#open = open;
        return open.hasPassword || LONG_WORD.test(line);
    }
  }

  #isRest(line: string, open: Open & { kind: 'value' }): boolean {
    const { column, next } = open;
    const isIndented = column > 0 && line.search(/\S/u) >= column;
    const isRest = isIndented || BASE64_WORD.test(line.trim()) || next?.test(line) !== true;
    if (isRest && !NEXT_ENTRY.test(line)) this.#open = open;
    return isRest;
  }

  #isNamedValue(line: string, before: string): boolean {
    const text = line.trim();
    const whole = (BROKEN_ELEMENT.exec(before)?.[0] ?? '') + text;
    if (VALUE.test(text) || VALUE.test(whole)) {
      const column = line.search(/\S/u) + 1;
      const next = VALUE.test(text) && !text.startsWith('<') ? NEXT_FIELD : undefined;
      if (!/<\/\w+>$/u.test(line)) this.#open = { kind: 'value', column, next };
      return true;
    }
    if (BROKEN_ELEMENT.test(whole)) this.#open = { kind: 'named' };
    return false;
  }

  #isAcross(before: string, text: string): boolean {
    const joined = before + text;
    const found = settingsIn(joined, SETTINGS_ACROSS).findLast(
      ({ at, end }) => at < before.length && end > before.length,
    );
    if (found === undefined) return false;
    if (!NEXT_ENTRY.test(joined.slice(found.end))) this.#open = { kind: 'value', column: 0 };
    return true;
  }
}

interface Setting {
  at: number;
  end: number;
}

function settingsIn(text: string, settings: readonly RegExp[]): Setting[] {
  return settings.flatMap((setting) =>
    [...text.matchAll(setting)].map(({ index, 0: { length } }) => ({ at: index, end: index + length })),
  );
}

function lastSetting(line: string): Setting | undefined {
  return settingsIn(line, SETTINGS)
    .sort((one, other) => one.at - other.at)
    .at(-1);
}

function openAfterValue(line: string, end: number): Open {
  if (NEXT_ENTRY.test(line.slice(end))) return NOTHING;
  const separator = /[\s:="',]+(?=\S*$)/u.exec(line.slice(0, end));
  const column = separator === null ? 0 : separator.index + separator[0].length;
  const isNested = /[;{["']/u.test(line.slice(0, column));
  if (isNested) return { kind: 'value', column };
  const mark = separator?.[0] ?? '';
  if (mark.includes('=') && !/\s/u.test(mark)) return { kind: 'line' };
  return { kind: 'value', column, next: /[:=]/u.test(mark) ? NEXT_FIELD : NEXT_ROW };
}

/** Returns the state after a line, or two joined lines, that contain the name of a setting but not its value. */
function openAfterName(text: string, before: string): Open {
  if (NAMED.test(text) || NAMED.test(before + text)) return { kind: 'named' };
  const header = [text, before + text].find((each) => CSV_HEADER.test(each) && !/["']\s?:/u.test(each));
  if (header !== undefined) return { kind: 'rows', hasPassword: PASSWORD_COLUMN.test(header) };
  const isHeader = !/[:="]/u.test(text) && HEADER.test(text);
  return isHeader ? { kind: 'header', hasPassword: PASSWORD_COLUMN.test(text) } : NOTHING;
}
