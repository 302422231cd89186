import type { AuthorityTree } from '../../../core/authorities/model/view.ts';
import type { AuthorityKind } from '../../../core/pki/model/authority.ts';
import type { ProfileId } from '../../../core/pki/model/profile.ts';
import { DAY_MS } from '../../../core/shared/instant.ts';
import type { Result } from '../../../core/shared/problem.ts';
import { NOW_MS, openConsole } from '../../support/console.ts';

export const PASSPHRASE = 'correct horse battery staple';

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** A data folder with one authority, which is a day old and locked, and the authority itself. */
interface Kept {
  files: Record<string, Uint8Array>;
  tree: AuthorityTree;
}

async function keep(
  { name, kind }: { name: string; kind: AuthorityKind },
  profiles: readonly [ProfileId, Record<string, string[]>][],
): Promise<Kept> {
  const console = await openConsole();
  const { authority } = console.api;
  console.clockMs = NOW_MS - DAY_MS;
  const agent = kind === 'moc' ? { cloudAgentFqdn: 'ca-1.contoso.example' } : {};
  const created = await authority.create({ name, kind, passphrase: PASSPHRASE, ...agent });
  const { id: authorityId } = unwrap(created);
  for (const [profile, values] of profiles)
    unwrap(await authority.issue({ authorityId, profile, values, dns: [], ip: [] }));
  const [first] = unwrap(await authority.tree({ authorityId })).rows.filter((row) => row.profile === 'apiserver');
  if (first !== undefined) unwrap(await authority.renew({ authorityId, entryId: first.id }));
  const tree = unwrap(await authority.lock({ authorityId, forget: true }));
  return { files: await console.copyData(), tree };
}

/**
 * Issues a scheduler and an API server certificate (renewed once) below the cluster CA, and a peer certificate below
 * the etcd CA.
 */
export const keepPractice = (): Promise<Kept> =>
  keep({ name: 'practice', kind: 'kubernetes' }, [
    ['scheduler', {}],
    ['apiserver', {}],
    ['etcd-peer', { node: ['etcd-n1'] }],
  ]);

export const keepAgent = (): Promise<Kept> => keep({ name: 'agent', kind: 'moc' }, []);
