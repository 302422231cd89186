import { isRule } from '../cmdlet-output/table.ts';

/**
 * Patterns for secrets that programs print. They are stricter than the rules that refuse a file, since removing a
 * harmless line from output does little harm. Repetitions are bounded: hostile text would otherwise take quadratic
 * time.
 */

const SECRET_WORD = 'password|passwd|passphrase|pwd|secret|secrettext|secretvaluetext|token';
const JAPANESE_WORD = 'パスワード|パスフレーズ|シークレット|トークン';
/**
 * Matches `Password`, `client_secret`, `accessToken`, `X-VAULT-TOKEN`, but not longer names such as
 * `accessTokenExpiry`.
 */
const SECRET_NAME = String.raw`(?<!\w)[\w.-]{0,64}?(?:${SECRET_WORD})`;
/**
 * Matches the names of service keys, whose values are long. `Key` alone may be the header of any list, and a public key
 * is not secret.
 */
const KEY_NAME = String.raw`(?<!\w)[\w.-]{0,62}?(?<!public[_-]?)(?<=[a-z0-9][_-]?)key`;

const PATH = String.raw`(?:[a-z]:[\\/]|\\\\|~/|\.{1,2}[\\/]|/(?:etc|var|opt|home|usr|root|tmp|run|srv|mnt)/)`;
/** Placeholders, variables and the texts that PowerShell prints instead of a secret. */
const NO_VALUE = String.raw`(?:<|\[|\{|\(|\*{3}|[|>][+-]?\s*$|\$(?:env:|[({]|[a-z]+(?=[\s;,)]|$))|REDACTED|DATA\+OMITTED|null\b|true\b|false\b|System\.|Bearer["',]?$|${PATH})`;
const VALUE = String.raw`["']?(?!["',;\s]|$|${NO_VALUE})\S`;
const LONG_VALUE = String.raw`["']?(?!${NO_VALUE}|ssh-|ecdsa-|sk-ssh|SHA256:|MD5:)[^\s"']{16}`;
const BETWEEN = String.raw`["']?[ \t]{0,400}(?:[:=]|=>)[ \t]{0,400}`;
const NUMBERED_KEY = String.raw`(?:${KEY_NAME}\d?|(?<!\w)key\d)`;
/** Text between the name of an object and the value inside it, as in Azure templates and lists of keys. */
const NESTED = String.raw`["']?[ \t]{0,64}[:=][ \t]{0,64}\{[^{}]{0,400}["']?value["']?[ \t]{0,64}[:=][ \t]{0,64}`;
/** Space between a parameter and its value, unless another parameter follows. */
const BESIDE = String.raw`[ \t]{1,64}(?!-)`;

const PATTERNS = [
  `${SECRET_NAME}${BETWEEN}${VALUE}`,
  `${KEY_NAME}${BETWEEN}${LONG_VALUE}`,
  String.raw`(?<!\S)["']?[-/]{1,2}${SECRET_NAME.replace(String.raw`(?<!\w)`, '')}["']?${BESIDE}${VALUE}`,
  String.raw`(?<!\S)["']?[-/]{1,2}${KEY_NAME.replace(String.raw`(?<!\w)`, '')}["']?${BESIDE}${LONG_VALUE}`,
  // <Password>x</Password>, <S N="Password">x</S>, <add key="Password" value="x"/>
  String.raw`(?:<|\b(?:N|name|key)=["'])${SECRET_NAME}["']?(?:[^<>]{0,64}>|[^<>]{0,64}?value=["'])(?=[^<\s"'])`,
  // Listings of variables have no separator between name and value.
  String.raw`^[ \t]{0,16}[\w.-]{0,64}?_(?:${SECRET_WORD})[ \t]{2,400}${VALUE}\S{0,400}$`,
  String.raw`(?:${JAPANESE_WORD})[ \t\u3000]{0,400}[:：=][ \t\u3000]{0,400}${VALUE}`,
  String.raw`(?<!\S)[-/]{1,2}pass[:=]${VALUE}`,
  String.raw`\b(?:login|sshpass|psexec)(?![a-z])[^|;]{0,400}\s[-/]p[= \t]{1,8}${VALUE}`,
  String.raw`\bsshpass[ \t]{1,8}-p\S`,
  // With an asterisk, schtasks prompts for the password.
  String.raw`\bschtasks\b[^|;]{0,400}\s/rp[ \t]{1,8}(?!["']?\*["']?(?:\s|$)|/)${VALUE}`,
  String.raw`\bConvertTo-SecureString\b[^|;]{0,400}-AsPlainText`,
  String.raw`\bcurl\b[^|;]{0,400}\s(?:-u|--user|--proxy-user)[= \t]{0,8}["']?[^\s:"']{1,64}:\S`,
  // Source: RFC 3986 section 3.2.1.
  String.raw`\b[a-z][a-z0-9+.-]{1,30}://[^\s/?#:@"']{0,256}:[^\s/?#@"']{1,256}@`,
  // A token instead of user and password: long and, unlike an account name, with digits.
  String.raw`\b[a-z][a-z0-9+.-]{1,30}://(?=[^\s/?#:@"']{0,256}\d)[^\s/?#:@"']{16,256}@`,
  // The address alone permits posting. Source: Slack, “Sending messages using incoming webhooks”; Microsoft Learn,
  // “Create Incoming Webhooks”.
  String.raw`\bhooks\.slack\.com/[a-z]{1,16}/\S{8}|\bwebhook\.office\.com/webhookb2/\S{8}`,
  // Source: GitHub Docs, “About authentication to GitHub”.
  String.raw`(?<![a-z0-9])(?:gh[pousr]_[a-z0-9]{20}|github_pat_\w{20})`,
  // {"adminPassword":{"value":"x"}}, {"key1":{"value":"x"}}
  `${SECRET_NAME}${NESTED}${VALUE}`,
  `${NUMBERED_KEY}${NESTED}${LONG_VALUE}`,
  // A ticket encrypted with a password, which can be guessed offline.
  String.raw`\$krb5[a-z]{2,8}\$`,
  // Source: RFC 7617 and RFC 6750.
  String.raw`\bAuthorization${BETWEEN}["']?(?!${NO_VALUE})\S{1,64}[ \t]{1,8}\S`,
  String.raw`\bCookie["']?[ \t]{0,8}:[ \t]{0,8}["']?[^\s=;]{1,64}=["']?[^\s;"']`,
  String.raw`\bBasic[ \t]{1,8}(?=[a-z+/]{0,64}[\d=])[a-z\d+/]{8}`,
  // Source: Microsoft Learn, “Create a service SAS”, “Configure Azure Storage connection strings”.
  String.raw`(?<![a-z])sig=[\w%+/-]{10}`,
  String.raw`\bSharedAccessSignature[ \t]{0,8}[=:]?[ \t]{0,8}["']?(?:sr|sv|sig|se)=`,
].map((pattern) => new RegExp(pattern, 'iu'));
/** Source: Kubernetes documentation, “Authenticating with Bootstrap Tokens”. */
const BOOTSTRAP_TOKEN = /(?<![\w.-])[a-z0-9]{6}\.[a-z0-9]{16}(?![\w-]|\.\w)/u;

/**
 * Matches a token after the bare word `token`: long, with upper case, lower case and digits, unlike a word or an ID.
 */
const BARE_TOKEN =
  /(?<![\w-])[Tt]oken[ \t]{1,8}["']?(?=[^\s"']{0,256}[A-Z])(?=[^\s"']{0,256}[a-z])(?=[^\s"']{0,256}\d)[\w+/~.-]{12}/u;

/**
 * Matches a value that names a secret whose value follows: `- name: X_TOKEN`, `Key : AccessToken`. A `keyName` with any
 * value precedes the key of a storage account.
 */
const NAMED = new RegExp(
  String.raw`(?:^|[\s"'{,-])(?:name|key)["']?[ \t]{0,64}[:=][ \t]{0,64}["']?[\w.-]{0,64}?(?:${SECRET_WORD}|[a-z0-9][_-]?key)["']?[ \t]{0,8}(?:[,;}]|$)|\bkeyName["']?[ \t]{0,64}[:=]`,
  'iu',
);
const VALUE_FIELD = /(?:^|[\s"'{,;-])value["']?[ \t]{0,64}[:=][ \t]{0,64}["']?[^\s"',}]/iu;
/** Matches another field of the same object, which may stand between name and value; not the next item of a list. */
const FIELD = /^[ \t]{0,400}["']?\w[\w.-]{0,64}["']?[ \t]{0,64}[:=]/u;
const MOST_FIELDS_BETWEEN = 4;
/** Matches the name of a secret whose value is on indented lines below. */
const BLOCK = new RegExp(
  String.raw`${SECRET_NAME}["']?[ \t]{0,400}:[ \t]{0,400}(?:[|>][+-]?\d?)?[ \t]{0,8}$|<${SECRET_NAME}(?:\s[^<>]{0,64})?>$`,
  'iu',
);
/** Matches an object named like a secret; one of its first fields is the value. */
const NESTED_HEAD = new RegExp(String.raw`(?:${SECRET_NAME}|${NUMBERED_KEY})["']?[ \t]{0,64}[:=][ \t]{0,64}\{$`, 'iu');
/** Matches an option whose value is the next entry of an argument list. */
const ARGUMENT = new RegExp(
  String.raw`^[ \t]{0,400}(?:-[ \t]{1,8})?["']?--?[\w-]{0,64}?(?:${SECRET_WORD})["']?,?$`,
  'iu',
);
const NEXT_ARGUMENT = new RegExp(String.raw`^[ \t]{0,400}(?:-[ \t]{1,8})?(?!["']?-|["']?[\])}])${VALUE}`, 'iu');
/** In a PowerShell list, a line with this many leading blanks continues a value. */
const LEAST_INDENT = 8;

const COLUMN = new RegExp(
  String.raw`^(?:[\w.-]{0,64}?(?:${SECRET_WORD})|keyname|[\w.-]{0,62}?(?<!public[_-]?)(?<=[a-z0-9][_-]?)key)$`,
  'iu',
);
/** Matches the header of a hashtable or of variables, in which each secret has a row. */
const PAIRS_HEAD = /^[ \t]{0,64}(?:name|key)[ \t]{1,400}value[ \t]{0,400}$/iu;
const PAIR = new RegExp(
  String.raw`^[ \t]{0,64}[\w.-]{0,64}?(?:(?:${SECRET_WORD})[ \t]{1,400}${VALUE}|(?<=[a-z0-9][_-]?)key[ \t]{1,400}${LONG_VALUE})`,
  'iu',
);
const COLUMN_HEAD = /^[A-Za-z][\w.()#-]{0,64}$/u;
const HINT = new RegExp(
  `pass|pwd|secret|token|key|login|cookie|authorization|basic|sig=|://|curl|sharedaccess|securestring|psexec|schtasks|gh[pousr]_|github_pat|krb5|office\\.com|slack|${JAPANESE_WORD}`,
  'iu',
);

type Open =
  | { kind: 'nothing' }
  | { kind: 'named'; left: number }
  /** The next line is the value. */
  | { kind: 'argument' }
  /** All lines with a greater indent belong to the value. */
  | { kind: 'value'; indent: number }
  | { kind: 'head' | 'rows' }
  | { kind: 'pairs-head' | 'pairs' };

const NOTHING: Open = { kind: 'nothing' };

export class PrintedSecrets {
  #open: Open = NOTHING;

  isSecret(line: string): boolean {
    const open = this.#open;
    const text = line.trimEnd();
    if (text.trim() === '') {
      if (open.kind !== 'value' && open.kind !== 'named') this.#open = NOTHING;
      return false;
    }
    this.#open = NOTHING;
    if (open.kind === 'rows' || (open.kind === 'value' && text.search(/\S/u) > open.indent)) {
      this.#open = open;
      return true;
    }
    if (open.kind === 'head' && (isRule(text) || /^[|\s:-]+$/u.test(text))) {
      this.#open = { kind: 'rows' };
      return false;
    }
    if (PAIRS_HEAD.test(text)) {
      this.#open = { kind: 'pairs-head' };
      return false;
    }
    if (open.kind === 'pairs-head' && isRule(text)) {
      this.#open = { kind: 'pairs' };
      return false;
    }
    if (open.kind === 'pairs') {
      this.#open = open;
      if (PAIR.test(text)) return true;
    }
    if (open.kind === 'named') {
      if (VALUE_FIELD.test(text)) return true;
      if (open.left > 0 && FIELD.test(text)) this.#open = { kind: 'named', left: open.left - 1 };
    }
    if (open.kind === 'argument' && NEXT_ARGUMENT.test(text)) return true;
    if (BOOTSTRAP_TOKEN.test(text) || BARE_TOKEN.test(text)) return true;
    if (!HINT.test(text)) return false;
    if (NAMED.test(text)) {
      if (VALUE_FIELD.test(text)) return true;
      this.#open = { kind: 'named', left: MOST_FIELDS_BETWEEN };
      return false;
    }
    const pattern = PATTERNS.find((each) => each.test(text));
    if (pattern !== undefined) {
      const column = /^[ \t]{0,64}["']?[\w.-]{1,64}["']?[ \t]{0,400}[:=][ \t]{0,400}/u.exec(text)?.[0].length ?? 0;
      if (column > LEAST_INDENT) this.#open = { kind: 'value', indent: column - 1 };
      return true;
    }
    if (NESTED_HEAD.test(text)) this.#open = { kind: 'named', left: MOST_FIELDS_BETWEEN };
    else if (BLOCK.test(text)) this.#open = { kind: 'value', indent: text.search(/\S/u) };
    else if (ARGUMENT.test(text)) this.#open = { kind: 'argument' };
    else this.#open = tableBegun(text) ?? this.#open;
    return false;
  }
}

/** Returns the state after the header of a table with a secret column; `undefined` for any other line. */
function tableBegun(text: string): Open | undefined {
  const isCsv = /^"[^"]*"(?:[,;]"[^"]*")*$/u.test(text) || /^[^\s,]+(?:,[^\s,]+)+$/u.test(text);
  const heads = text
    .split(isCsv ? /[,;]/u : /[\s|]+/u)
    .map((head) => head.replaceAll('"', '').trim())
    .filter((head) => head !== '');
  if (!heads.every((head) => COLUMN_HEAD.test(head)) || !heads.some((head) => COLUMN.test(head))) return undefined;
  // kubectl and kubeadm write headers in capitals, without a line of hyphens below.
  const isOfKubectl = heads.length > 1 && text === text.toUpperCase();
  return { kind: isCsv || isOfKubectl ? 'rows' : 'head' };
}
