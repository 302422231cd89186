import {
  BOARD_COLUMNS,
  DEFAULT_SORT,
  EMPTY_FILTER,
  type BoardColumn,
  type BoardFilter,
  type BoardSort,
} from '../../expiry/model/board.ts';
import type { ClusterFacts } from '../../plan/model/cluster-facts.ts';
import { DEFAULT_PLANNING, type PlanningRules } from '../../maintenance/model/rules.ts';
import type { SerialSpelling } from '../../shared/renew-revocation/draft.ts';
import type { Thresholds } from '../../expiry/model/thresholds.ts';
import { DEFAULT_WATCH, type WatchSettings } from '../../notifications/model/notification-settings.ts';

/** Ways to look at expiry, in the order of their tabs. */
export const EXPIRY_VIEWS = ['credentials', 'timeline', 'power-off', 'plan'] as const;
export type ExpiryView = (typeof EXPIRY_VIEWS)[number];

export interface Settings {
  /** `system` follows the operating system. */
  language: 'system' | 'en' | 'ja';
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'comfortable';
  /** Times in tables: the admin's zone or UTC; details always show both. */
  timeZone: 'local' | 'utc';
  expiryView: ExpiryView;
  columns: BoardColumn[];
  /** Share of the board's width that the details take, in whole percent within `DETAILS_SHARE`. */
  detailsShare: number;
  /** Share of the width beside the tree of authorities, in whole percent within `AUTHORITY_SHARE`. */
  authorityShare: number;
  sort: BoardSort;
  filter: BoardFilter;
  /** The admin's own, in place of the defaults. */
  thresholds: Thresholds;
  /** When maintenance may be done. */
  planning: PlanningRules;
  /** What the admin says of a cluster or a cloud agent deployment, by its id. */
  clusterFacts: Record<string, ClusterFacts>;
  watch: WatchSettings;
  /** Of entries by serial number in what is written. */
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
