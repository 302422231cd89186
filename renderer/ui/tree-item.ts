export interface TreeItem {
  id: string;
  /** 1-based. */
  level: number;
  /** Position among `siblings`, 1-based. */
  position: number;
  siblings: number;
  /** Absent if the item has no children. */
  expanded: boolean | undefined;
}
