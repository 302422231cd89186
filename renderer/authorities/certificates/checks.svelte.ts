import type { AuthorityRow, AuthorityTree } from '../../../core/authorities/model/view.ts';
import type { RevocationReason } from '../../../core/pki/model/authority.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import { MOC_IDENTITY, OVERVIEW_REVOCATION } from '../../../core/knowledge/model/sources/sources.ts';
import type { Citation, Statement } from '../../../core/shared/citation.ts';
import { instantFromMs } from '../../../core/shared/instant.ts';
import type { PathVerdict } from '../../../core/pki/model/verdict.ts';
import type { AuthorityContext } from '../context.ts';

export type CheckedPurpose = 'any' | 'server' | 'client';

/** The most common reasons first. The other reasons of RFC 5280 are for CAs and attribute certificates. */
export const USUAL_REASONS = [
  'unspecified',
  'keyCompromise',
  'superseded',
  'cessationOfOperation',
  'affiliationChanged',
  'privilegeWithdrawn',
] as const satisfies readonly RevocationReason[];

const HARDENING_GUIDE: Citation = {
  certainty: 'documented',
  work: 'Kubernetes documentation, Hardening Guide - Authentication Mechanisms',
  place: 'X.509 client certificate authentication',
};
const NO_REVOCATION: Citation = { certainty: 'reported', work: 'kubernetes/kubernetes', place: 'issue 18982' };
const CRL_REASON: Citation = { certainty: 'documented', work: 'RFC 5280', place: 'section 5.3.1' };

const EFFECTS: Record<AuthorityTree['kind'], readonly Statement[]> = {
  kubernetes: [
    { text: 'authorities.revoke.effect.crl', citations: [CRL_REASON] },
    { text: 'authorities.revoke.effect.no-crl-read', citations: [HARDENING_GUIDE, NO_REVOCATION] },
    { text: 'authorities.revoke.effect.other-thing', citations: [OVERVIEW_REVOCATION] },
  ],
  moc: [
    { text: 'authorities.revoke.effect.crl', citations: [CRL_REASON] },
    { text: 'authorities.revoke.effect.agent', citations: [MOC_IDENTITY] },
    { text: 'authorities.revoke.effect.not-moc', citations: [MOC_IDENTITY, OVERVIEW_REVOCATION] },
  ],
};

export class AuthorityChecks {
  #context: AuthorityContext;
  verdict = $state.raw<PathVerdict>();

  constructor(context: AuthorityContext) {
    this.#context = context;
  }

  listEffects({ kind }: AuthorityTree): readonly Statement[] {
    return EFFECTS[kind];
  }

  isRevocable({ issuer, revoked }: AuthorityRow): boolean {
    return issuer !== 'self' && revoked === undefined;
  }

  openRevoke(tree: AuthorityTree, row: AuthorityRow): void {
    this.#context.work.open({ kind: 'revoke', authorityId: tree.id, entryId: row.id });
  }

  /** `sinceMs` is the time of the suspected compromise. */
  async revoke(
    tree: AuthorityTree,
    row: AuthorityRow,
    { reason, sinceMs }: { reason: RevocationReason; sinceMs?: number },
  ): Promise<void> {
    const { api, work, tell, show } = this.#context;
    const { name } = row;
    const change = await work.run({ key: 'authorities.revoke.doing', values: { name } }, () =>
      api.authority.revoke({
        authorityId: tree.id,
        entryId: row.id,
        reason,
        invalidityDate: sinceMs === undefined ? undefined : instantFromMs(sinceMs),
      }),
    );
    tell(change?.tree, { key: 'authorities.revoke.done', values: { name } });
    if (change !== undefined) show(tree.id, row.id);
  }

  openVerify(tree: AuthorityTree, row: AuthorityRow): void {
    this.verdict = undefined;
    this.#context.work.open({ kind: 'verify', authorityId: tree.id, entryId: row.id });
  }

  suggestPurpose({ profile }: AuthorityRow): CheckedPurpose {
    const usages = profile === null ? [] : PROFILES[profile].extendedKeyUsage.value;
    if (usages.length !== 1) return 'any';
    return usages[0] === 'serverAuth' ? 'server' : 'client';
  }

  /**
   * Verifies a certificate; `name` applies only to servers. Needs the keys of any CA that has revoked a certificate.
   */
  async verify(
    tree: AuthorityTree,
    row: AuthorityRow,
    asked: { purpose: CheckedPurpose; name: string; atMs?: number },
  ): Promise<void> {
    const { api, work, now } = this.#context;
    const name = asked.name.trim();
    this.verdict = undefined;
    now.tick();
    this.verdict = await work.run(
      { key: 'authorities.verify.doing' },
      () =>
        api.authority.verify({
          authorityId: tree.id,
          entryId: row.id,
          at: instantFromMs(asked.atMs ?? now.current),
          purpose: asked.purpose,
          name: name === '' ? undefined : name,
        }),
      { staysOpen: true },
    );
  }
}

const LOCAL_MOMENT = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})$/u;

/**
 * Parses local time such as `2026-12-03 17:00`. Returns `none` for empty input, `undefined` for anything that is not a
 * valid time.
 */
export function parseLocalMs(typed: string): number | 'none' | undefined {
  const text = typed.trim();
  if (text === '') return 'none';
  const [, ...parts] = LOCAL_MOMENT.exec(text) ?? [];
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN] = parts.map(Number);
  const date = new Date(year, month - 1, day, hour, minute);
  // JavaScript would turn 31 February into a day in March.
  const isReal = date.getMonth() === month - 1 && date.getDate() === day && hour < 24 && minute < 60;
  return isReal ? date.getTime() : undefined;
}
