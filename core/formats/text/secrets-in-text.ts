import { decodeBase64 } from '../der/base64.ts';
import { derShape } from '../der/der-shape.ts';

/*
 * Repetitions are counted, or begin where none can have begun before: with open ones a hostile text takes quadratic time.
 */

/** What a private key is called in PEM, in each of its forms, also of OpenSSH and PGP. */
const KEY_LABEL = /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/iu;
/** Header and claims of a signed token, or the header of an encrypted one; `eyJ` is `{"`. Source: RFC 7515, RFC 7516. */
const JWT = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4}/u;
/** Source: RFC 6750 section 2.1. */
const BEARER = /\bBearer[ \t]{1,8}[A-Za-z0-9._~+/-]{16}/iu;
/** Of kubeconfigs, login files and access files. */
const SECRET_NAMES =
  'token|password|client-key-data|clientkey|id-token|access-token|refresh-token|client-secret|token-secret';
/** What stands for a value: in brackets of any kind, a variable, or as kubectl hides it. */
const STAND_IN = '["\']?(?:[<[{$*|>&!]|REDACTED|DATA\\+OMITTED|null\\b|true\\b|false\\b)';
const SECRET_FIELD = new RegExp(
  `(?:^|[\\s"'{,#-])(?:${SECRET_NAMES})["']?[ \\t]{0,8}[:=][ \\t]{0,8}(?!${STAND_IN})["']?[^\\s"',}]{4}`,
  'iu',
);
const SECRET_OPTION = new RegExp(`--(?:${SECRET_NAMES})[ \\t]{1,8}(?!${STAND_IN})["']?[^\\s"',}]{4}`, 'iu');
/** What is in a Secret is secret, whatever it looks like. */
const SECRET_OBJECT = /(?:^|[\s"'{,-])kind["']?[ \t]{0,8}:[ \t]{0,8}["']?Secret(?:List)?\b(?!-)/u;
const PATTERNS = [KEY_LABEL, JWT, BEARER, SECRET_FIELD, SECRET_OPTION, SECRET_OBJECT];

/** Long enough for the smallest key: of P-256 in SEC 1 without its public half, 50 bytes. */
const SHORTEST_BASE64 = 60;
const BASE64_RUN = new RegExp(`[A-Za-z0-9+/_-]{${SHORTEST_BASE64},}`, 'gu');
/** A line that is nothing but Base64, as tools break it, with whatever marks it as a part of a list or a comment. */
const BASE64_LINE = /^(?:[-#>|"'][ \t]{0,4}){0,4}([A-Za-z0-9+/_-]+={0,2})(?:\\n)?["']?,?$/u;
/** A first line is longer than a word; a last one may be as short as it likes. */
const SHORTEST_FIRST_LINE = 16;
/** A kubeconfig in a Secret in a file: each wraps the one before. */
const MOST_LAYERS = 3;

/**
 * The line, 1-based, of the first thing in a text that must not be kept: a private key in PEM or DER, also in Base64; a token
 * or a password in a field that is for one; a whole Secret. It is the line alone, so that nothing secret is passed on. What
 * cannot be told from ordinary text, such as a password in a sentence, is not found.
 */
export function secretLineIn(text: string): number | undefined {
  return secretLine(text, 0);
}

function secretLine(text: string, depth: number): number | undefined {
  let block = { text: '', line: 0 };
  const lines = text.split(/\r\n|\r|\n/u);
  for (const [at, line] of lines.entries()) {
    if (isSecretLine(line, depth)) return at + 1;
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

function isSecretLine(line: string, depth: number): boolean {
  return (
    PATTERNS.some((pattern) => pattern.test(line)) ||
    [...line.matchAll(BASE64_RUN)].some(([run]) => isSecretBase64(run, depth))
  );
}

/** Wherever in a run of such characters it begins. */
function isSecretBase64(run: string, depth: number): boolean {
  if (run.length < SHORTEST_BASE64 || depth === MOST_LAYERS) return false;
  return [0, 1, 2, 3].some((start) => {
    const digits = run.slice(start).replace(/=+$/u, '');
    const bytes = decodeBase64(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
    if (bytes === undefined) return false;
    const { kind } = derShape(bytes);
    if (kind === 'key' || kind === 'pkcs12') return true;
    return secretLine(new TextDecoder('utf-8').decode(bytes), depth + 1) !== undefined;
  });
}
