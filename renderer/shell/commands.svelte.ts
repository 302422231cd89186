import { COMMAND_IDS, COMMAND_TABLE, type CommandId } from '../../core/shared/commands.ts';
import { MOST_RECENT } from '../../core/settings/model/settings.ts';
import { findDeeds } from './palette-deeds.ts';
import {
  findArticles,
  findCredentials,
  listActions,
  listAuthorities,
  listClusters,
  listRevocations,
  listSavedViews,
  listSettings,
  type NamedEntry,
} from './palette-entries.ts';
import { PALETTE_KINDS, type PaletteEntry, type PaletteServices } from './palette-entry.ts';
import { foldName, rankNames, sortByRank, type Ranked } from './palette-rank.ts';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export function findShortcutAction(press: Press): CommandId | undefined {
  if (press.altKey) return undefined;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const pressed = `${press.ctrlKey || press.metaKey ? 'Ctrl+' : ''}${press.shiftKey ? 'Shift+' : ''}${key}`;
  return COMMAND_IDS.find((id) => COMMAND_TABLE[id].shortcut === pressed);
}

const MOST_CREDENTIALS = 12;
const MOST: Partial<Record<PaletteEntry['kind'], number>> = {
  action: 40,
  cluster: 5,
  credential: MOST_CREDENTIALS,
  article: 6,
};
const MOST_OTHERS = 8;
/** Shorter queries match nearly every article. */
const LEAST_ARTICLE_LETTERS = 3;

interface PaletteGroup {
  kind: PaletteEntry['kind'] | 'recent';
  results: readonly PaletteEntry[];
}

/** The palette: what it finds, best first, and what was used recently. */
export class CommandsState {
  #services: PaletteServices;
  query = $state('');

  readonly groups: readonly PaletteGroup[] = $derived.by(() =>
    foldName(this.query) === '' ? this.#listUsual() : this.#find(),
  );
  readonly results = $derived(this.groups.flatMap(({ results }) => results));

  constructor(services: PaletteServices) {
    this.#services = services;
  }

  runResult(result: PaletteEntry): void {
    const { settings } = this.#services;
    const others = settings.values.recent.filter((key) => key !== result.key);
    settings.change({ recent: [result.key, ...others].slice(0, MOST_RECENT) });
    void result.run();
  }

  #listUsual(): PaletteGroup[] {
    const { recent } = this.#services.settings.values;
    const actions = listActions(this.#services);
    const known = new Map([...actions, ...this.#listObjects()].map((entry) => [entry.key, entry]));
    const used = recent.flatMap((key) => known.get(key) ?? []);
    const others = actions.filter(({ key }) => !recent.includes(key));
    const groups: PaletteGroup[] = [
      { kind: 'recent', results: used },
      { kind: 'action', results: others },
    ];
    return groups.filter(({ results }) => results.length > 0);
  }

  #listObjects(): NamedEntry[] {
    return [listSavedViews, listSettings, listClusters, listRevocations, listAuthorities].flatMap((list) =>
      list(this.#services),
    );
  }

  #find(): PaletteGroup[] {
    const query = foldName(this.query);
    const named = [...listActions(this.#services), ...this.#listObjects()].flatMap((entry) => {
      const rank = rankNames(query, entry.names);
      return rank === undefined ? [] : [{ ...entry, rank }];
    });
    const found = sortByRank([
      ...findDeeds(this.#services, query),
      ...named,
      ...findCredentials(this.#services, this.query, MOST_CREDENTIALS),
      ...(this.query.trim().length < LEAST_ARTICLE_LETTERS ? [] : findArticles(this.#services, this.query)),
    ]);
    return groupByKind(found);
  }
}

/** The group with the best entry comes first. */
function groupByKind(found: readonly (PaletteEntry & Ranked)[]): PaletteGroup[] {
  const groups = PALETTE_KINDS.flatMap((kind) => {
    const results = found.filter((entry) => entry.kind === kind).slice(0, MOST[kind] ?? MOST_OTHERS);
    const [best] = results;
    return best === undefined ? [] : [{ kind, results, rank: best.rank }];
  });
  return sortByRank(groups);
}
