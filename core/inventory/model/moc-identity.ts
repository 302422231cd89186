import { repairFact } from '../../knowledge/model/repair-facts.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { Statement } from '../../shared/citation.ts';
import { SECOND_MS } from '../../shared/instant.ts';
import { addTo } from '../../shared/lists.ts';
import type { BoardRow } from './board-row.ts';

/*
 * A MOC identity has a certificate, and a token for the login that issues the certificate. An expired certificate is
 * not renewed but replaced after a new login. Source: microsoft/moc-sdk-for-go.
 */

/** `until-login`: only the token has expired. `log-in-again`: only the certificate has. `locked-out`: both have. */
type LoginState = 'both-valid' | 'until-login' | 'log-in-again' | 'locked-out';

export interface MocIdentity {
  state: LoginState;
  certificates: readonly BoardRow[];
  tokens: readonly BoardRow[];
}

const CERTIFICATES = new Map(Object.values(ROLES).map(({ id, token }) => [token, id]));

/**
 * Lists identities whose certificate and token both have a known end. A role's only certificate and only token belong
 * together; if there are several, those with the same name do. If there are several files, the first end counts.
 */
export function mocIdentities(rows: readonly BoardRow[], nowMs: number): MocIdentity[] {
  const found: MocIdentity[] = [];
  const roles = new Map<RoleId, BoardRow[]>();
  for (const row of rows) {
    const role = CERTIFICATES.get(row.role) ?? row.role;
    if (ROLES[role].token !== undefined && row.notAfterMs !== undefined) addTo(roles, role, row);
  }
  for (const [role, own] of roles) {
    const certificates = own.filter((row) => row.role === role);
    const tokens = own.filter((row) => row.role !== role);
    if (certificates.length === 0 || tokens.length === 0) continue;
    const isOne = certificates.length === 1 && tokens.length === 1;
    const names = isOne ? [undefined] : [...new Set(own.map(({ name }) => name))];
    for (const name of names) {
      const isOfName = (row: BoardRow): boolean => name === undefined || row.name === name;
      const pair = { certificates: certificates.filter(isOfName), tokens: tokens.filter(isOfName) };
      if (pair.certificates.length > 0 && pair.tokens.length > 0) found.push({ state: getState(pair, nowMs), ...pair });
    }
  }
  return found;
}

/** Returns `undefined` if only one half of the credential's identity is known. */
export function identityState(
  row: Pick<BoardRow, 'id'>,
  rows: readonly BoardRow[],
  nowMs: number,
): LoginState | undefined {
  return mocIdentities(rows, nowMs).find(({ certificates, tokens }) =>
    [...certificates, ...tokens].some(({ id }) => id === row.id),
  )?.state;
}

export function identityStatement(state: LoginState): Statement | undefined {
  return state === 'both-valid' ? undefined : repairFact(`identity.${state}`);
}

function getState({ certificates, tokens }: Omit<MocIdentity, 'state'>, nowMs: number): LoginState {
  const hasEnded = ({ notAfterMs = Infinity }: BoardRow): boolean => notAfterMs + SECOND_MS <= nowMs;
  const isTokenOut = tokens.some(hasEnded);
  if (certificates.some(hasEnded)) return isTokenOut ? 'locked-out' : 'log-in-again';
  return isTokenOut ? 'until-login' : 'both-valid';
}
