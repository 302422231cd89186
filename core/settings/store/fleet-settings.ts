import type { FleetSettings, Store } from '../../inventory/store/data-store.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Settings } from '../../shared/settings.ts';
import { DEFAULT_SETTINGS } from '../model/settings.ts';

/** The settings that are facts or rules of the whole fleet; all others belong to a person or a computer. */
const OF_FLEET = ['thresholds', 'planning', 'clusterFacts', 'serialSpelling'] as const satisfies (keyof Settings)[];

/** The facts of demo clusters stay in the folder, like the clusters. */
export function describeFleetSettings(store: Pick<Store, 'cluster' | 'settings' | 'changeSettings'>): FleetSettings {
  const selectFacts = ({ clusterFacts }: Settings, isSample: boolean): Settings['clusterFacts'] =>
    Object.fromEntries(
      Object.entries(clusterFacts).filter(([id]) => (store.cluster(id as ClusterId)?.sample === true) === isSample),
    );
  const serialize = (settings: Settings): string => {
    const shared = { ...settings, clusterFacts: selectFacts(settings, false) };
    return JSON.stringify(Object.fromEntries(OF_FLEET.map((name) => [name, shared[name]])));
  };
  return {
    concerns: (change) => OF_FLEET.some((name) => change[name] !== undefined),
    serialize: (change = {}) => serialize({ ...store.settings(), ...change }),
    areUsual: () => serialize(store.settings()) === serialize(DEFAULT_SETTINGS),
    take: async (text) => {
      const taken = await parse(text);
      if (taken === undefined) return false;
      const clusterFacts = { ...taken.clusterFacts, ...selectFacts(store.settings(), true) };
      await store.changeSettings({ ...taken, clusterFacts });
      return true;
    },
  };
}

/** Returns `undefined` if one of the settings is missing or cannot be read. */
async function parse(text: string): Promise<Partial<Settings> | undefined> {
  // Only a shared store needs the schemas here.
  const { SETTING_SCHEMAS } = await import('../schemas.ts');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const entries = OF_FLEET.map((name) => {
    const value = (content as Record<string, unknown> | null)?.[name];
    return [name, SETTING_SCHEMAS[name].safeParse(value).data] as const;
  });
  return entries.every(([, value]) => value !== undefined)
    ? (Object.fromEntries(entries) as Partial<Settings>)
    : undefined;
}
