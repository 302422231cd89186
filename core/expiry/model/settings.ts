import type { BoardFilter } from './board.ts';
import type { BoardColumn, Grouping, ShownColumn } from './board-columns.ts';
import type { BoardSort } from './board-order.ts';
import type { Thresholds } from './thresholds.ts';

export const EXPIRY_VIEWS = ['clusters', 'credentials', 'timeline', 'power-off', 'plan'] as const;
export type ExpiryView = (typeof EXPIRY_VIEWS)[number];

/** The numbers of days that the timeline can show from now on. */
export const TIMELINE_DAYS = [14, 90, 365] as const;
export type TimelineDays = (typeof TIMELINE_DAYS)[number];

export const DETAILS_SHARE = { least: 24, most: 64, usual: 40 };

/** Widths in pixels that the admin chose. */
export type ColumnWidths = Partial<Record<ShownColumn, number>>;
export const COLUMN_WIDTH = { least: 64, most: 1_600 };

/** A state of the table that the admin named. */
export interface SavedView {
  name: string;
  columns: BoardColumn[];
  sort: BoardSort;
  grouping: Grouping | 'none';
  filter: BoardFilter;
}
export const SAVED_VIEWS = { most: 30, longestName: 60 };

declare module '../../shared/settings.ts' {
  interface Settings {
    expiryView: ExpiryView;
    /** In the order of the table. */
    columns: BoardColumn[];
    columnWidths: ColumnWidths;
    /** Width of the details in whole percent, within `DETAILS_SHARE`. */
    detailsShare: number;
    timelineDays: TimelineDays;
    sort: BoardSort;
    grouping: Grouping | 'none';
    filter: BoardFilter;
    /** By name. */
    savedViews: SavedView[];
    thresholds: Thresholds;
  }
}
