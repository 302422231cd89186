export interface TreeItem {
  id: string;
  /** 1-based. */
  level: number;
  /** Position among `siblings`, 1-based. */
  position: number;
  siblings: number;
  expanded: boolean | undefined;
}
