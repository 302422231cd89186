import type { RoleId } from '../credentials/credentials.ts';
import { listRoles } from '../credentials/roles.ts';
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

/** Credentials without which the API server does not answer: its own and those of etcd. */
export const API_SERVER_ROLES: readonly RoleId[] = listRoles(({ impact }) => impact === 'api-server');

export function anyWording(
  name: string,
  wordings: readonly (readonly string[])[],
  facts: Omit<TextSign, 'id' | 'phrases'>,
): TextSign[] {
  return wordings.map((phrases, at) => ({ id: `${name}-${at + 1}`, phrases, ...facts }));
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
