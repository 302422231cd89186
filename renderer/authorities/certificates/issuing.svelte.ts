import type { AuthorityChange, IssueRequest } from '../../../core/authorities/contract.ts';
import type { AuthorityRow, AuthorityTree } from '../../../core/authorities/model/view.ts';
import { isActive } from '../../../core/pki/model/authority.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import type { Citation } from '../../../core/shared/citation.ts';
import { PROFILE_IDS, profilePath } from '../../../core/pki/model/profile.ts';
import type { MessageKey } from '../../../core/shared/text/text.ts';
import type { AuthorityContext } from '../context.ts';
import { IssueForm } from './issue-form.svelte.ts';
import type { NoticeText } from '../../parts/window/notices.svelte.ts';

/** Has either `path` or `value`. */
export interface ProfileFact {
  name: MessageKey;
  value?: NoticeText;
  path?: string;
  citations: readonly Citation[];
}

/** Lists the profiles of certificates that each CA of the authority signs. */
export function profileGroups(tree: AuthorityTree) {
  const leaves = PROFILE_IDS.map((id) => PROFILES[id]).filter(
    ({ layer, issuer }) => layer === tree.kind && issuer.value !== 'self',
  );
  return PROFILE_IDS.map((id) => PROFILES[id])
    .filter(({ id }) => tree.rows.some((row) => row.profile === id && row.isCa && isActive(row)))
    .map((issuer) => ({ issuer, profiles: leaves.filter((leaf) => leaf.issuer.value === issuer.id) }))
    .filter(({ profiles }) => profiles.length > 0);
}

export class AuthorityIssuing {
  #context: AuthorityContext;
  form = $state.raw<IssueForm>();

  constructor(context: AuthorityContext) {
    this.#context = context;
  }

  profileOptions(tree: AuthorityTree) {
    const { text } = this.#context;
    return profileGroups(tree).map(({ issuer, profiles }) => ({
      name: text.lookUp(`role.${issuer.role}`),
      options: profiles.map(({ id, role }) => ({ value: id, text: text.lookUp(`role.${role}`) })),
    }));
  }

  openIssue(tree: AuthorityTree, ca?: AuthorityRow): void {
    const { work, now } = this.#context;
    const purpose = { key: 'authorities.purpose.issue' } as const;
    work.unlockThen(tree, purpose, () => {
      const groups = profileGroups(tree);
      const group = groups.find(({ issuer }) => issuer.id === ca?.profile) ?? groups[0];
      const profile = group?.profiles[0];
      if (profile === undefined) return;
      this.form = new IssueForm({ tree, profile: profile.id, now });
      work.open({ kind: 'issue', authorityId: tree.id });
    });
  }

  async issue(request: IssueRequest): Promise<void> {
    const { api, work, text } = this.#context;
    const name = text.lookUp(`role.${PROFILES[request.profile].role}`);
    const change = await work.run({ key: 'authorities.issue.doing', values: { name } }, () =>
      api.authority.issue(request),
    );
    if (change !== undefined) this.#tell(change, 'authorities.issue.done');
  }

  isRenewable(row: AuthorityRow): boolean {
    return !row.isCa && row.profile !== null && row.hasKey && isActive(row);
  }

  renew(tree: AuthorityTree, { id: entryId, name }: AuthorityRow): void {
    const { api, work } = this.#context;
    work.unlockThen(tree, { key: 'authorities.purpose.renew', values: { name } }, () => {
      void work
        .run({ key: 'authorities.renew.doing', values: { name } }, () =>
          api.authority.renew({ authorityId: tree.id, entryId }),
        )
        .then((change) => {
          if (change !== undefined) this.#tell(change, 'authorities.renew.done');
        });
    });
  }

  profileFacts({ profile }: AuthorityRow): ProfileFact[] {
    if (profile === null) return [];
    const { file, accessFile, renewal, revokedBy } = PROFILES[profile];
    return [
      ...[file, accessFile].flatMap((each) =>
        each === undefined
          ? []
          : [{ name: 'column.file', path: profilePath(each.value), citations: each.citations } as const],
      ),
      { name: 'details.renews', value: { key: `renewer.${renewal.value.by}` }, citations: renewal.citations },
      {
        name: 'details.revocation',
        value: { key: `authorities.profile.revoked-by.${revokedBy.value}` },
        citations: revokedBy.citations,
      },
    ];
  }

  #tell({ tree, entryId }: AuthorityChange, key: 'authorities.issue.done' | 'authorities.renew.done'): void {
    const { tell, show, text } = this.#context;
    const row = tree.rows.find(({ id }) => id === entryId);
    if (row === undefined) return;
    tell(tree, { key, values: { name: row.name, date: text.format.moment(row.notAfterMs) } });
    show(tree.id, entryId);
  }
}
