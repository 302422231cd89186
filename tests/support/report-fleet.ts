import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import { ROLE_IDS, type RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../core/knowledge/model/credentials/roles.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { ClusterPlace } from '../../core/plan/model/deployment.ts';
import { instant, epochMs, SECOND_MS } from '../../core/shared/instant.ts';
import type { FleetInput } from '../../core/fleet/export/management-facts.ts';

export const NOW_MS = epochMs(instant('2026-11-25T12:00:00Z'));

/** Names with markup and quotes, a name that reverses the text direction, and names that are too long for a line. */
export const HOSTILE = [
  '</td></tr></table><script>alert(1)</script>',
  `"><img src=x onerror='alert(2)'>`,
  '\u202eexe.tsae-liater',
  'x'.repeat(253),
  '更新が必要なとても長い名前のクラスター'.repeat(6),
];

/** Returns the share of the usual lifetime that has passed; above 1, the credential has expired. */
export type Age = (role: RoleId, index: number) => number;

export function everyRole(
  name: string,
  age: Age,
  kind: ClusterPlace['kind'] = 'kubernetes',
): { place: ClusterPlace; rows: BoardRow[] } {
  const id = `c-${String(name.length)}-${String(name.codePointAt(0))}-${kind}` as ClusterId;
  const rows = ROLE_IDS.map((role, index): BoardRow => {
    const { layer, lifetimeClass } = ROLES[role];
    const lifeMs = LIFETIME_CLASSES[lifetimeClass].usualMs;
    const endMs = NOW_MS + Math.round((1 - age(role, index)) * lifeMs);
    return {
      id: `${String(index).padStart(2, '0')}${id}`.padEnd(64, '0') as CredentialId,
      clusterId: id,
      cluster: name,
      kind: role.endsWith('token') ? 'token' : 'certificate',
      layer: layer ?? 'kubernetes',
      role,
      name: `${role} of ${name}`,
      issuer: name,
      notBeforeMs: endMs - lifeMs,
      notAfterMs: endMs - SECOND_MS,
      assumed: role.endsWith('token'),
      endsWithIssuer: false,
      confirmedMs: NOW_MS,
      lifetimeClass,
      search: '',
      numbers: '',
    };
  });
  return { place: { id, name, kind }, rows };
}

/** Returns clusters with hostile names and a credential of every role, and a cloud agent. */
export function hostileFleet(): FleetInput {
  const ages: Age[] = [
    () => 1.2,
    () => 0.9,
    (_, index) => (index % 7) / 5,
    () => 0.97,
    (_, index) => (index % 2 === 0 ? 1.1 : 0.8),
  ];
  const made = HOSTILE.map((name, index) => everyRole(name, ages[index] ?? (() => 0.5)));
  const host = everyRole('ca-1.contoso.example', () => 1.05, 'moc');
  return makeFleet(...made, host);
}

export function makeFleet(...made: { place: ClusterPlace; rows: BoardRow[] }[]): FleetInput {
  return {
    clusters: made.map(({ place }) => place),
    rows: made.flatMap(({ rows }) => rows),
    nowMs: NOW_MS,
    classes: LIFETIME_CLASSES,
    facts: Object.fromEntries(
      made.map(({ place }) => [
        place.id,
        { offSince: instant('2026-11-01T08:00:00Z'), lastUpdatedAt: instant('2026-09-01T08:00:00Z') },
      ]),
    ),
  };
}
