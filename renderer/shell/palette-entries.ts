import { COMMAND_IDS, COMMAND_TABLE } from '../../core/shared/commands.ts';
import { isActive } from '../../core/pki/model/authority.ts';
import { rowKey } from '../../core/inventory/model/board-row.ts';
import { getTitle } from '../knowledge/article.ts';
import { findKnowledge } from '../knowledge/article-search.svelte.ts';
import { SETTINGS_FIELDS } from '../settings/sections.ts';
import { fileText, revocationName } from '../revocation/texts.ts';
import { listSynonyms, listTexts, type ActionId, type PaletteEntry, type PaletteServices } from './palette-entry.ts';
import { RANK, rankNames, type Ranked } from './palette-rank.ts';

/** An entry with the names under which it is found. */
export interface NamedEntry extends PaletteEntry {
  names: readonly string[];
}

function isAction(id: string): id is ActionId {
  return id !== 'palette.open';
}

export function listActions(services: PaletteServices): NamedEntry[] {
  return COMMAND_IDS.filter(isAction)
    .filter((id) => isUseful(services, id))
    .map((id) => ({
      ...{ kind: 'action', key: `action ${id}`, text: services.text.t(`command.${id}`) },
      ...COMMAND_TABLE[id],
      names: [...listTexts(`command.${id}`), ...listSynonyms(id)],
      run: () => services.run(id),
    }));
}

function isUseful({ board, details, inventory }: PaletteServices, id: ActionId): boolean {
  switch (COMMAND_TABLE[id].needs) {
    case 'credentials':
      return !inventory.empty;
    case 'filter':
      return board.filtered;
    case 'open-credential':
      return details.shown !== undefined;
    case 'sample':
      return inventory.hasSample;
    case 'no-sample':
      return !inventory.hasSample && !inventory.makingSample;
    case undefined:
      return true;
  }
}

export function listSettings(services: PaletteServices): NamedEntry[] {
  return SETTINGS_FIELDS.map(({ id, title, section }) => ({
    ...{ kind: 'setting', key: `setting ${id}`, text: services.text.t(title), icon: 'settings' },
    names: [...listTexts(title), ...listSynonyms(`setting.${id}`)],
    run: () => services.go('settings', `settings-${section}`),
  }));
}

export function listSavedViews(services: PaletteServices): NamedEntry[] {
  const { board, text } = services;
  return board.savedViews.map((view) => ({
    ...{ kind: 'action', key: `view ${view.name}`, text: text.t('board.views.show', { name: view.name }) },
    ...{ icon: 'columns', names: [view.name] },
    run: () => {
      board.showView(view);
      services.look('credentials');
    },
  }));
}

export function listClusters(services: PaletteServices): NamedEntry[] {
  const { inventory, text } = services;
  return inventory.clusters.map(({ id, name, count, sample = false }) => ({
    ...{ kind: 'cluster', key: `cluster ${id}`, text: name, icon: 'cluster', sample, names: [name] },
    aside: text.t('list.credentials', { count }),
    run: () => services.showCluster(id),
  }));
}

export function listRevocations({ revocation, text }: PaletteServices): NamedEntry[] {
  return revocation.documents.map((summary) => {
    const name = revocationName(text, summary);
    return {
      ...{ kind: 'revocation', key: `revocation ${summary.id}`, text: name, icon: 'revocation' },
      ...{ names: [name, summary.file?.name ?? ''], aside: fileText(text, summary.file) },
      run: () => revocation.open(summary.id),
    };
  });
}

/** Lists authorities with the certificates and tokens that they issued. */
export function listAuthorities(services: PaletteServices): NamedEntry[] {
  const { authority, text } = services;
  return authority.trees.flatMap(({ id, name, kind, sample = false, rows }): NamedEntry[] => [
    {
      ...{ kind: 'authority', key: `authority ${id}`, text: name, icon: 'authority', sample, names: [name] },
      aside: text.t(`authorities.kind.${kind}`),
      run: () => services.showAuthority(id),
    },
    ...rows.filter(isActive).map((row): NamedEntry => {
      const role = text.lookUp(`role.${row.role}`);
      return {
        ...{ kind: 'authority', key: `authority ${id} ${row.id}`, text: row.name, sample },
        ...{ icon: row.isCa ? 'authority' : 'certificate', names: [`${row.name} ${role} ${name}`] },
        beside: `${role} · ${name}`,
        run: () => services.showAuthority(id, row.id),
      };
    }),
  ]);
}

export function findCredentials(services: PaletteServices, query: string, most: number): (PaletteEntry & Ranked)[] {
  const { board, text } = services;
  return board
    .matches(query, most)
    .map(({ row, state, leftMs }) => ({
      ...{ kind: 'credential', key: `credential ${rowKey(row)}`, text: row.name, icon: 'certificate', state },
      ...{ beside: `${text.lookUp(`role.${row.role}`)} · ${row.cluster}`, sample: row.sample === true },
      aside: [text.t(`state.${state}`), ...(leftMs === undefined ? [] : [text.format.span(leftMs)])].join(' · '),
      rank: rankNames(query, [row.name]) ?? RANK.inside,
      run: () => services.showCredential({ clusterId: row.clusterId, credentialId: row.id }),
    }));
}

/** Finds articles of the knowledge base, best first, by any words or by the number of a failure. */
export function findArticles({ knowledge, text }: PaletteServices, query: string): (PaletteEntry & Ranked)[] {
  const { hits, isPartial } = findKnowledge(query);
  if (isPartial) return [];
  return hits.map(({ ref }) => {
    const isNumber = ref.kind === 'failure' && ref.id.toLowerCase() === query.trim().toLowerCase();
    const title = getTitle(ref, text);
    return {
      ...{ kind: 'article', key: `article ${ref.kind} ${ref.id}`, icon: 'knowledge' },
      text: ref.kind === 'failure' ? `${ref.id} ${title}` : title,
      aside: text.t(`knowledge.kind.${ref.kind}`),
      rank: isNumber ? RANK.number : RANK.inside,
      run: () => knowledge.open(ref),
    };
  });
}
