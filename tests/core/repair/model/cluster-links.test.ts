import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { ROLE_IDS, type RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { ImpactId } from '../../../../core/knowledge/model/credentials/role-row.ts';
import {
  findRoleLink,
  LINK_IDS,
  listLinks,
  type ClusterLink,
  type LinkSource,
} from '../../../../core/repair/model/cluster-links.ts';
import type { ImpactState, NeedImpact } from '../../../../core/repair/model/impact.ts';
import type { ExpiryState } from '../../../../core/knowledge/model/credentials/expiry-state.ts';
import { boardRow } from '../../../support/board-rows.ts';

/** Gives each row an end; negative ends have passed. */
function source(rows: readonly [BoardRow, number][], ...impacts: NeedImpact[]): LinkSource {
  const breaks = rows.map(([row, atMs]) => ({ row, atMs }));
  const alreadyExpired = breaks.filter(({ atMs }) => atMs < 0);
  return { clock: { alreadyExpired, valid: breaks.filter(({ atMs }) => atMs > 0), unknown: [] }, need: { impacts } };
}

const row = (role: RoleId, name: string = role): BoardRow => boardRow({ role, name });

function impact(id: ImpactId, state: ImpactState, ...rows: BoardRow[]): NeedImpact {
  return { id, state, atMs: 0, credentials: rows.map((each) => each.id) };
}

const stateFine = (): ExpiryState => 'fine';

function list(own: LinkSource, hosts?: LinkSource, getState: (row: BoardRow) => ExpiryState = stateFine) {
  return Object.fromEntries(listLinks(own, hosts, getState).map((each) => [each.link, each])) as Record<
    string,
    ClusterLink
  >;
}

describe('the link of a role', () => {
  test('is one of the seven, or none, for every role, and has the layer of the role', () => {
    const layers = Object.fromEntries(listLinks(source([]), undefined, stateFine).map((one) => [one.link, one.layer]));
    const found = ROLE_IDS.flatMap((role) => findRoleLink(role) ?? []);
    expect(new Set(found)).toEqual(new Set(LINK_IDS));
    for (const role of ROLE_IDS) {
      const link = findRoleLink(role);
      // Kubeconfigs are on nodes and on workstations.
      if (link !== undefined && link !== 'kubeconfigs') expect([role, layers[link]]).toEqual([role, ROLES[role].layer]);
    }
  });

  test.each([
    ['node-agent-token', 'hosts'],
    ['cloud-agent-ca', 'cloud-agent'],
    ['kms-plugin-token', 'kms'],
    ['load-balancer', 'load-balancer'],
    ['etcd-server', 'control-plane'],
    ['cluster-ca', 'control-plane'],
    ['kubelet-client', 'workers'],
    ['admin-conf', 'kubeconfigs'],
    ['management-kubeconfig', 'kubeconfigs'],
    ['kubelet-server', undefined],
    ['csi-token', undefined],
    ['mocctl', undefined],
    ['unknown', undefined],
  ] as const)('%s: %s', (role, link) => expect(findRoleLink(role)).toBe(link));
});

describe('the links of a cluster', () => {
  test('name the credential in the worst state, and of several the one that ends first', () => {
    const [due, soon, late] = [row('etcd-peer', 'due'), row('apiserver', 'soon'), row('scheduler', 'late')];
    const getState = ({ name }: BoardRow): ExpiryState => (name === 'due' ? 'renewal-due' : 'fine');
    const own = source([
      [soon, 1],
      [late, 2],
      [due, 3],
    ]);
    expect(list(own, undefined, getState)['control-plane']).toMatchObject({ row: due, state: 'renewal-due' });
    expect(list(own)['control-plane']).toMatchObject({ row: soon, state: 'fine' });
  });

  test('have the worst impact and the credential that causes it, even if another ends earlier', () => {
    const [copy, cause] = [row('apiserver', 'copy'), row('apiserver', 'cause')];
    const [late, stopped] = [impact('control-plane', 'late', copy), impact('api-server', 'stopped', cause)];
    const own = source(
      [
        [copy, -2],
        [cause, -1],
      ],
      late,
      stopped,
    );
    expect(list(own)['control-plane']).toMatchObject({ impact: stopped, row: cause });
  });

  test('that all clusters share also show credentials and impacts of the hosts', () => {
    const agent = row('node-agent');
    const hosts = source([[agent, -1]], impact('node-agent', 'stopped', agent));
    expect(list(source([]), hosts)['hosts']).toMatchObject({ row: agent, impact: { state: 'stopped' } });
    expect(list(source([]))['hosts']).not.toHaveProperty('row.id');
  });

  test('of one cluster do not show what the hosts keep for another', () => {
    const token = row('kms-plugin-token');
    const hosts = source([[token, -1]], impact('secrets', 'stopped', token));
    expect(list(source([]), hosts)['kms']).toMatchObject({ impact: undefined, row: undefined });
  });

  test('show a certificate that is not yet valid in its link alone', () => {
    const server = row('apiserver');
    const links = list(source([[server, 1]], impact('clock', 'stopped', server)));
    expect(LINK_IDS.filter((link) => links[link]?.impact !== undefined)).toEqual(['control-plane']);
  });

  test('show an assumed impact although no credential causes it', () => {
    const assumed: NeedImpact = { ...impact('api-server', 'stopped'), isAssumed: true };
    expect(list(source([], assumed))['control-plane']).toMatchObject({ impact: assumed, row: undefined });
  });

  test('show a token without a known end only if nothing else of the link was read', () => {
    const [opaque, dated] = [row('kubeconfig-token'), row('admin-kubeconfig')];
    const unknown = ({ role }: BoardRow): ExpiryState => (role === 'kubeconfig-token' ? 'unknown' : 'fine');
    const own = (rows: [BoardRow, number][]): LinkSource => {
      const { clock, need } = source(rows);
      return { clock: { ...clock, unknown: [opaque] }, need };
    };
    expect(list(own([]), undefined, unknown)['kubeconfigs']).toMatchObject({ row: opaque, state: 'unknown' });
    expect(list(own([[dated, 1]]), undefined, unknown)['kubeconfigs']).toMatchObject({ row: dated, state: 'fine' });
  });
});
