import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Invented secrets, printed as PowerShell 7.6.9 printed real ones. */
export interface PrintedConfig {
  /** The JWT inside `identity`. */
  token: string;
  /** A login file in Base64. */
  identity: string;
  signature: string;
  passwords: readonly string[];
  shapes: Readonly<Record<string, string>>;
}

export const PRINTED_CONFIG = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/module-config/shapes.json'), 'utf8'),
) as PrintedConfig;

/** The header of a token and the name of an identity are not secret, so secrets begin at the claims. */
const { token, identity, passwords } = PRINTED_CONFIG;
const claimsAt = token.indexOf('.') + 1;
const clearBytes = Buffer.from(identity, 'base64').indexOf(token) + claimsAt;
const SECRETS = [
  { text: token.slice(claimsAt), length: 10 },
  { text: identity.slice(Math.ceil((clearBytes * 4) / 3)), length: 10 },
  ...passwords.map((text) => ({ text: text.replaceAll(' ', ''), length: 5 })),
];
/** All substrings of 5 or 10 characters of the configuration's secrets. */
const PARTS: ReadonlySet<string> = new Set(
  SECRETS.flatMap(({ text, length }) =>
    Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length)),
  ),
);
const LENGTHS = [10, 5];
/** Substrings that also occur in other settings, so they reveal nothing. */
const HARMLESS = new Set(['Regis', 'egist', 'gistr', 'istry']);

/** Returns the first part of a secret in a text, regardless of spaces and line breaks; `undefined` if there is none. */
export function leakIn(text: string): string | undefined {
  const each = text.replaceAll(/\s+/gu, '');
  for (const length of LENGTHS)
    for (let at = 0; at + length <= each.length; at += 1) {
      const part = each.slice(at, at + length);
      if (PARTS.has(part) && !HARMLESS.has(part)) return part;
    }
  return undefined;
}

/** Breaks lines as a console of this width does: in the middle of words, without an indent. */
export function breakLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''])
    .join('\n');
}
