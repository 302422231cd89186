import type { RoleId } from '../credentials/credentials.ts';
import type { AnswerSign, InventorySign, SignState, TextSign } from '../failure.ts';
import type { TriageId } from '../triage.ts';

export function sign(id: string, weight: number, phrases: readonly string[], facts?: Pick<TextSign, 'gap'>): TextSign {
  return { id, phrases, weight, ...facts };
}

export function layerSign(id: string, weight: number, of: TriageId, is: 'works' | 'fails'): AnswerSign {
  return { id, answer: { field: 'found', of, is }, weight };
}

export function roleSign(id: string, weight: number, state: SignState, ...roles: RoleId[]): InventorySign {
  return { id, roles, state, weight };
}

export function anyWording(
  name: string,
  wordings: readonly (readonly string[])[],
  facts: Omit<TextSign, 'id' | 'phrases'>,
): TextSign[] {
  return wordings.map((phrases, at) => ({ id: `${name}-${at + 1}`, phrases, ...facts }));
}

/** Returns signs that require a minimum number of days before the first phrase about days. */
export function daysAtLeast(
  name: string,
  wordings: readonly (readonly string[])[],
  { atLeast, ...facts }: Omit<TextSign, 'id' | 'phrases' | 'days'> & { atLeast: number },
): TextSign[] {
  return anyWording(name, wordings, facts).map((each) => {
    const before = each.phrases.findIndex((phrase) => /^(?:days|日)/u.test(phrase));
    return { ...each, days: { before, atLeast } };
  });
}

export const CREDENTIALS_ASKED = 'the server has asked for the client to provide credentials';

const ALWAYS = [
  ...['every command', 'every call', 'every request', 'every time', 'each call', 'all commands', 'always'],
  ...['毎回', '常に', 'どのコマンド', 'すべてのコマンド'],
];

/** Combines `CREDENTIALS_ASKED` with each word for “always”, in either order. */
export const CREDENTIALS_ASKED_ALWAYS: readonly (readonly string[])[] = ALWAYS.flatMap((word) => [
  [CREDENTIALS_ASKED, word],
  [word, CREDENTIALS_ASKED],
]);

/** Printed by gRPC. Any web application may print these words without “desc”. */
export const TOKEN_REFUSED = 'desc = Valid Token Required';

const DOWN: readonly (readonly string[])[] = [
  ['6443 was refused'],
  ['6443: connect: connection refused'],
  ['6443: connectex'],
  ['6443: i/o timeout'],
];

/** Combines the phrases with each error that appears when the API server is unreachable, in either order. */
export function serverDownPhrases(...phrases: string[]): string[][] {
  return DOWN.flatMap((down) => [
    [...phrases, ...down],
    [...down, ...phrases],
  ]);
}

export const OFF_FOR_DAYS: readonly (readonly string[])[] = [
  ['off for', 'days'],
  ['switched off', 'days'],
  ['powered off', 'days'],
  ['turned off', 'days'],
  ['shut down for', 'days'],
  ['been shut down', 'days'],
  ['was shut down', 'days'],
  ['were shut down', 'days'],
  ['down for', 'days'],
  ['日間', '停止'],
  ['日以上', '停止'],
  ['日', '停止してい'],
  ['日間', '電源'],
  ['日以上', '電源'],
  ['日間', 'シャットダウン'],
  ['日以上', 'シャットダウン'],
];
