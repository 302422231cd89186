/** A line of a tree, with its position for screen readers. */
export interface TreeItem {
  id: string;
  /** 1-based. */
  level: number;
  /** 1-based, among `siblings`. */
  position: number;
  siblings: number;
  /** Absent without children. */
  expanded: boolean | undefined;
}
