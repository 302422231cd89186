import type { ClusterSummary } from '../../core/inventory/contract.ts';
import { rowKey, type BoardRow } from '../../core/inventory/model/board-row.ts';
import type { IconName } from '../ui/icons.ts';
import { listSynonyms, type DeedId, type PaletteEntry, type PaletteServices } from './palette-entry.ts';
import { RANK, rankNames, splitObject, type Ranked } from './palette-rank.ts';

interface Verb<Thing> {
  id: DeedId;
  icon: IconName;
  applies?: (services: PaletteServices, thing: Thing) => boolean;
  run: (services: PaletteServices, thing: Thing) => unknown;
}

const CLUSTER_VERBS: readonly Verb<ClusterSummary>[] = [
  { id: 'open', icon: 'cluster', run: (services, { id }) => services.showCluster(id) },
  { id: 'repair', icon: 'repair', run: (services, { id }) => services.showRepair(id) },
  { id: 'update', icon: 'update', run: (services, { id }) => services.showUpdate(id) },
  {
    ...{ id: 'rename', icon: 'cluster', applies: (_, { kind }) => kind === 'kubernetes' },
    run: ({ identity }, cluster) => identity.open({ kind: 'rename', cluster }),
  },
];

const CREDENTIAL_VERBS: readonly Verb<BoardRow>[] = [
  { id: 'open', icon: 'expiry', run: (services, row) => services.showCredential(getReference(row)) },
  ...(['revoke', 'snooze'] as const).map((id) => verbOfAction(id)),
];

function verbOfAction(id: 'revoke' | 'snooze'): Verb<BoardRow> {
  const find = ({ credentialActions }: PaletteServices, row: BoardRow) =>
    credentialActions.list(row).find((action) => action.id === id);
  return {
    ...{ id, icon: id === 'revoke' ? 'revocation' : 'bell' },
    applies: (services, row) => find(services, row) !== undefined,
    run: (services, row) => find(services, row)?.run(),
  };
}

const MOST_OBJECTS = 8;

/** Finds what a verb with an object means, such as `repair retail`, for every object with that name. */
export function findDeeds(services: PaletteServices, query: string): (PaletteEntry & Ranked)[] {
  return [
    ...listObjects(CLUSTER_VERBS, query).flatMap(([verb, object]) => listClusterDeeds(services, verb, object)),
    ...listObjects(CREDENTIAL_VERBS, query).flatMap(([verb, object]) => listCredentialDeeds(services, verb, object)),
  ];
}

function listObjects<Thing>(verbs: readonly Verb<Thing>[], query: string): [Verb<Thing>, string][] {
  return verbs.flatMap((verb): [Verb<Thing>, string][] => {
    const object = splitObject(query, listSynonyms(`deed.${verb.id}`));
    return object === undefined ? [] : [[verb, object]];
  });
}

function listClusterDeeds(services: PaletteServices, verb: Verb<ClusterSummary>, object: string) {
  const found = services.inventory.clusters.filter((cluster) => verb.applies?.(services, cluster) !== false);
  return found
    .flatMap((cluster) => {
      const rank = rankNames(object, [cluster.name]);
      if (rank === undefined) return [];
      const { sample = false } = cluster;
      return [{ ...describe(services, verb, cluster), rank, sample, run: () => verb.run(services, cluster) }];
    })
    .slice(0, MOST_OBJECTS);
}

function listCredentialDeeds(services: PaletteServices, verb: Verb<BoardRow>, object: string) {
  const { board, text } = services;
  const found = board.matches(object, MOST_OBJECTS).filter(({ row }) => verb.applies?.(services, row) !== false);
  return found.map(({ row }) => ({
    ...describe(services, verb, { id: rowKey(row), name: row.name }),
    ...{ beside: `${text.lookUp(`role.${row.role}`)} · ${row.cluster}`, sample: row.sample === true },
    ...{ rank: rankNames(object, [row.name]) ?? RANK.inside, run: () => verb.run(services, row) },
  }));
}

function describe<Thing>({ text }: PaletteServices, { id, icon }: Verb<Thing>, thing: { id: string; name: string }) {
  const said = text.t(`palette.deed.${id}`, { name: thing.name });
  return { kind: 'deed' as const, key: `deed ${id} ${thing.id}`, text: said, icon };
}

function getReference({ clusterId, id }: BoardRow) {
  return { clusterId, credentialId: id };
}
