import { EMPTY_FILTER, type BoardFilter } from '../../expiry/model/board.ts';
import { BOARD_COLUMNS, DEFAULT_SORT, type BoardColumn, type BoardSort } from '../../expiry/model/board-order.ts';
import type { ClusterFacts } from '../../plan/model/cluster-facts.ts';
import { DEFAULT_PLANNING, type PlanningRules } from '../../maintenance/model/rules.ts';
import type { SerialSpelling } from '../../shared/renew-revocation/draft.ts';
import type { Thresholds } from '../../expiry/model/thresholds.ts';
import { DEFAULT_WATCH, type WatchSettings } from '../../notifications/model/notification-settings.ts';

/** Views of expiry, in the order of their tabs. */
export const EXPIRY_VIEWS = ['credentials', 'timeline', 'power-off', 'plan'] as const;
export type ExpiryView = (typeof EXPIRY_VIEWS)[number];

export interface Settings {
  /** `system` follows the operating system. */
  language: 'system' | 'en' | 'ja';
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'comfortable';
  /** Time zone of tables: the admin's or UTC; details always show both. */
  timeZone: 'local' | 'utc';
  expiryView: ExpiryView;
  columns: BoardColumn[];
  /** Width of the board's details as a whole percentage within `DETAILS_SHARE`. */
  detailsShare: number;
  /** Width of the pane beside the tree of authorities as a whole percentage within `AUTHORITY_SHARE`. */
  authorityShare: number;
  sort: BoardSort;
  filter: BoardFilter;
  /** The admin's overrides of the defaults. */
  thresholds: Thresholds;
  /** When maintenance may be done. */
  planning: PlanningRules;
  /** What the admin stated about a cluster or a cloud agent deployment, by its id. */
  clusterFacts: Record<string, ClusterFacts>;
  watch: WatchSettings;
  /** Spelling of the kind of entries by serial number in written objects. */
  serialSpelling: SerialSpelling;
  window?: WindowPlace;
}

/** In device-independent pixels. */
export interface WindowPlace {
  x?: number;
  y?: number;
  width: number;
  height: number;
  maximized: boolean;
}

export const DETAILS_SHARE = { least: 24, most: 64, usual: 36 };
export const AUTHORITY_SHARE = { least: 36, most: 76, usual: 54 };

export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  theme: 'system',
  density: 'compact',
  timeZone: 'local',
  expiryView: 'credentials',
  columns: [...BOARD_COLUMNS],
  detailsShare: DETAILS_SHARE.usual,
  authorityShare: AUTHORITY_SHARE.usual,
  sort: DEFAULT_SORT,
  filter: EMPTY_FILTER,
  thresholds: {},
  planning: DEFAULT_PLANNING,
  clusterFacts: {},
  watch: DEFAULT_WATCH,
  serialSpelling: 'serialnumber',
};
