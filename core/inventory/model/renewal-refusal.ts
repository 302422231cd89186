import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';
import { ROW_AUTHORITY, ROW_DELETION, ROW_RESOURCE } from '../../knowledge/model/sources/sources-revocation.ts';
import { citeText, OVERVIEW_REVOCATION } from '../../knowledge/model/sources/sources.ts';
import { commandText, type CommandWord, type PlanCommand } from '../../plan/model/plan.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Cluster } from './credential.ts';
import { instant, epochMs } from '../../shared/instant.ts';
import { RevocationIndex } from '../../shared/renew-revocation/match.ts';
import { BACKDATING_MS } from '../../shared/renew-revocation/revocable.ts';
import type { RenewRevocation, RevocableCertificate, RevocationKind } from '../../shared/renew-revocation/entry.ts';

/** Unique within a cluster. */
interface RevocationName {
  name: string;
  namespace: string;
}

export interface RenewalRefusal extends RevocationName {
  path: string;
  isAlone: boolean;
  kind: RevocationKind;
  value: string;
  /** Only certificates issued before this time match; absent if all future ones do. */
  untilMs?: number;
}

export function isSameRevocation(left: RevocationName, right: RevocationName): boolean {
  return left.name === right.name && left.namespace === right.namespace;
}

export function activeRevocations(
  clusters: readonly Pick<Cluster, 'id' | 'revocations'>[],
): { clusterId: ClusterId; revocation: KnownRevocation }[] {
  return clusters.flatMap(({ id: clusterId, revocations = [] }) =>
    revocations.flatMap((revocation) => (revocation.liftedAt === undefined ? [{ clusterId, revocation }] : [])),
  );
}

/** Earlier than any possible cutoff. */
const FIRST_MOMENT = instant('0001-01-01T00:00:00Z');

export class RenewalRefusals {
  readonly #index;
  readonly #known: ReadonlyMap<RenewRevocation, KnownRevocation>;

  constructor(revocations: readonly KnownRevocation[]) {
    const inForce = revocations.filter(({ liftedAt }) => liftedAt === undefined);
    this.#known = new Map(inForce.map((known) => [known.object, known]));
    this.#index = new RevocationIndex(inForce.map(({ object }) => object));
  }

  /** Returns, for each object, the entry that matches longest, the first among equals. */
  find(certificate: RevocableCertificate): RenewalRefusal[] {
    const found = new Map<RenewRevocation, RenewalRefusal>();
    // The serial number is not known yet, so no entry can contain it.
    const next = { ...certificate, serialHex: '', notBefore: FIRST_MOMENT };
    for (const { object, entry } of this.#index.match(next)) {
      const known = this.#known.get(object);
      if (known === undefined) continue;
      const { kind, value, notBefore } = entry;
      const untilMs = notBefore === undefined ? undefined : epochMs(notBefore) + BACKDATING_MS;
      const former = found.get(object);
      if (former !== undefined && (former.untilMs ?? Infinity) >= (untilMs ?? Infinity)) continue;
      found.set(object, {
        name: object.name,
        namespace: object.namespace,
        kind,
        value,
        path: known.source.path,
        isAlone: known.isAlone,
        untilMs,
      });
    }
    return [...found.values()];
  }
}

/** Returns an entry as in the manifest, such as `Group system:nodes`. */
export function entryText({ kind, value }: { kind: RevocationKind; value: string }): string {
  return `${kind} ${value}`;
}

export function refusalsAt(refusals: readonly RenewalRefusal[] | undefined, atMs: number): readonly RenewalRefusal[] {
  return refusals?.filter(({ untilMs = Infinity }) => atMs < untilMs) ?? [];
}

export function describeRemoval(refusals: readonly RenewalRefusal[]) {
  const distinct = refusals.filter(
    (refusal, at) => refusals.findIndex((other) => isSameRevocation(other, refusal)) === at,
  );
  const files = new Set(distinct.flatMap(({ isAlone, path }) => (isAlone ? [path] : [])));
  const others = distinct.filter(({ isAlone }) => !isAlone);
  const kubectlDelete = (...args: CommandWord[]): PlanCommand => ({
    kind: 'program',
    program: 'kubectl',
    args: [{ literal: 'delete' }, ...args],
  });
  const commands = [
    ...(files.size === 0
      ? []
      : [kubectlDelete(...[...files].flatMap((value) => [{ literal: '-f' }, { name: 'file', value }]))]),
    ...others.map(({ name, namespace }) =>
      kubectlDelete(
        { literal: RESOURCE },
        { name: 'revocation-name', value: name },
        { literal: '-n' },
        { name: 'namespace', value: namespace },
      ),
    ),
  ];
  const [first] = distinct;
  const params = {
    name: first?.name ?? '',
    entry: first === undefined ? '' : entryText(first),
    path: first?.path ?? '',
    others: Math.max(0, distinct.length - 1),
  };
  // The first source states the certainty of the remedy: no source mentions deleting an object.
  const sources = [ROW_DELETION, OVERVIEW_REVOCATION, ROW_AUTHORITY] as const;
  const statement = citeText('repair.revocation', ...sources, ...(others.length > 0 ? [ROW_RESOURCE] : []));
  return { commands, command: commands.map(commandText).join('; '), statement: { ...statement, params } };
}

/** An assumed name of the custom resource for kubectl; the real name is not public. */
const RESOURCE = 'renewrevocation.certificates.microsoft.com';
