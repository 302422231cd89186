export interface TreeItem {
  id: string;
  /** 1-based. */
  level: number;
  /** Position among `siblings`, 1-based. */
  position: number;
  siblings: number;
  /** Absent for an item without children. */
  expanded: boolean | undefined;
}
