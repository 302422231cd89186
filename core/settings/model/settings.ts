import { AUTHORITY_SHARE } from '../../authorities/model/settings.ts';
import { EMPTY_FILTER } from '../../expiry/model/board.ts';
import { BOARD_COLUMNS } from '../../expiry/model/board-columns.ts';
import { DEFAULT_SORT } from '../../expiry/model/board-order.ts';
import { DETAILS_SHARE } from '../../expiry/model/settings.ts';
import { DEFAULT_PLANNING } from '../../maintenance/model/rules.ts';
import { DEFAULT_WATCH } from '../../notifications/model/notification-settings.ts';
import { USUAL_SPELLING } from '../../revocation/model/settings.ts';
import type { Settings } from '../../shared/settings.ts';

declare module '../../shared/settings.ts' {
  interface Settings {
    language: 'system' | 'en' | 'ja';
    theme: 'system' | 'light' | 'dark';
    density: 'compact' | 'comfortable';
    /** Time zone of tables; details show both local time and UTC. */
    timeZone: 'local' | 'utc';
    /** Keys of the palette's entries, the last used first. */
    recent: string[];
    window?: WindowPlace;
  }
}

/** More recently used entries would hide the actions below them. */
export const MOST_RECENT = 6;

/** In device-independent pixels. */
export interface WindowPlace {
  x?: number;
  y?: number;
  width: number;
  height: number;
  maximized: boolean;
}

/** In the order in which settings are listed. */
export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  theme: 'system',
  density: 'compact',
  timeZone: 'local',
  recent: [],
  expiryView: 'clusters',
  columns: [...BOARD_COLUMNS],
  columnWidths: {},
  detailsShare: DETAILS_SHARE.usual,
  authorityShare: AUTHORITY_SHARE.usual,
  timelineDays: 14,
  sort: DEFAULT_SORT,
  grouping: 'none',
  filter: EMPTY_FILTER,
  savedViews: [],
  thresholds: {},
  planning: DEFAULT_PLANNING,
  clusterFacts: {},
  watch: DEFAULT_WATCH,
  serialSpelling: USUAL_SPELLING,
};
