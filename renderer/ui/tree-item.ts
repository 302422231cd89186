/** A line of a tree, with its position for assistive technology. */
export interface TreeItem {
  id: string;
  /** 1-based. */
  level: number;
  /** 1-based, among `siblings`. */
  position: number;
  siblings: number;
  /** Absent for a line without children. */
  expanded: boolean | undefined;
}
