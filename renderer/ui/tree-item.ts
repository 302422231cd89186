/** One line of a tree: its position, as reported to assistive technology. */
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
