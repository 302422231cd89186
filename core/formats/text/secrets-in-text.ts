import { decodeBase64 } from '../der/base64.ts';
import { derShape } from '../der/der-shape.ts';
import { SecretSettings } from './secret-settings.ts';

/*
 * Repetitions are bounded, or begin only where no other repetition can begin: hostile text would otherwise take
 * quadratic time.
 */

/** Matches PEM labels of private keys, including OpenSSH and PGP. */
export const KEY_LABEL = /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/iu;
/**
 * Matches header and claims of a signed token, or the header of an encrypted token; `eyJ` is `{"`. Source: RFC 7515,
 * RFC 7516.
 */
const JWT = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4}/u;
/** Source: RFC 6750 section 2.1. */
const BEARER = /\bBearer[ \t]{1,8}[A-Za-z0-9._~+/-]{16}/iu;
const SECRET_NAMES =
  'token|password|sslpassword|client-key-data|clientkey|id-token|access-token|refresh-token|client-secret|token-secret';
/** Matches a value that is not secret: in brackets, a variable, redacted by kubectl, a .NET type or a Windows path. */
const STAND_IN = '["\']?(?:[<[{$*|>&!]|REDACTED|DATA\\+OMITTED|null\\b|true\\b|false\\b|System\\.|[a-z]:\\\\)';
const SECRET_FIELD = new RegExp(
  `(?:^|[\\s"'{,#?&-])(?:${SECRET_NAMES})["']?[ \\t]{0,8}[:=][ \\t]{0,8}(?!${STAND_IN})["']?[^\\s"',}]{4}`,
  'iu',
);
const SECRET_OPTION = new RegExp(`--(?:${SECRET_NAMES})[ \\t]{1,8}(?!${STAND_IN})["']?[^\\s"',}]{4}`, 'iu');
/** Matches the kind of a Secret, in which everything counts as secret. */
const SECRET_OBJECT = /(?:^|[\s"'{,-])kind["']?[ \t]{0,8}:[ \t]{0,8}["']?Secret(?:List)?\b(?!-)/u;
const PATTERNS = [KEY_LABEL, JWT, BEARER, SECRET_FIELD, SECRET_OPTION, SECRET_OBJECT];

/** Shorter than any key: P-256 in SEC 1 without the public half has 50 bytes. */
const SHORTEST_BASE64 = 60;
const BASE64_RUN = new RegExp(`[A-Za-z0-9+/_-]{${SHORTEST_BASE64},}`, 'gu');
const BASE64_LINE = /^(?:[-#>|"'][ \t]{0,4}){0,4}([A-Za-z0-9+/_-]+={0,2})(?:\\n)?["']?,?$/u;
/** The first line is longer than a word; the last line may have any length. */
const SHORTEST_FIRST_LINE = 16;
/** Limit for nested files, such as a kubeconfig in a Secret in a file. */
const MOST_LAYERS = 3;

/**
 * Finds the first secret in a text and returns its line, 1-based: a private key in PEM or DER, also in Base64; a token
 * or password in its field, or in a setting of the modules; a whole Secret. The result contains nothing secret. Does
 * not find secrets that look like ordinary text, such as a password in a sentence. `depth` counts the layers of Base64
 * around the text.
 */
export function secretLineIn(text: string, depth = 0): number | undefined {
  let block = { text: '', line: 0 };
  const settings = new SecretSettings();
  const lines = stripEscapes(text).split(/\r\n|\r|\n/u);
  for (const [at, line] of lines.entries()) {
    const isSecret =
      PATTERNS.some((pattern) => pattern.test(line)) ||
      [...line.matchAll(BASE64_RUN)].some(([run]) => isSecretBase64(run, depth)) ||
      settings.isSecret(line);
    if (isSecret) return at + 1;
    const body = BASE64_LINE.exec(line.trim())?.[1] ?? '';
    const isPart = block.text === '' ? body.length >= SHORTEST_FIRST_LINE : body !== '';
    if (isPart) block = { text: block.text + body, line: block.line === 0 ? at + 1 : block.line };
    const isOver = !isPart || body.endsWith('=') || at === lines.length - 1;
    if (block.text === '' || !isOver) continue;
    if (isSecretBase64(block.text, depth)) return block.line;
    block = { text: '', line: 0 };
  }
  return undefined;
}

/** Removes the escapes before quotes in JSON inside a string, however deeply nested. */
export function stripEscapes(line: string): string {
  return line.replaceAll(/\\{1,16}(?:(?=["'])|u002[27])/gu, (mark) =>
    mark.endsWith('7') ? "'" : mark.endsWith('2') ? '"' : '',
  );
}

function isSecretBase64(run: string, depth: number): boolean {
  if (run.length < SHORTEST_BASE64 || depth === MOST_LAYERS) return false;
  return [0, 1, 2, 3].some((start) => {
    const digits = run.slice(start).replace(/=+$/u, '');
    const bytes = decodeBase64(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
    if (bytes === undefined) return false;
    const { kind } = derShape(bytes);
    if (kind === 'key' || kind === 'pkcs12') return true;
    return secretLineIn(new TextDecoder().decode(bytes), depth + 1) !== undefined;
  });
}
