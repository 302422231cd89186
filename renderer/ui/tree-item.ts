/** One line of a tree: where it stands, as assistive programs are told it. */
export interface TreeItem {
  id: string;
  /** From 1. */
  level: number;
  /** From 1, among `siblings`. */
  position: number;
  siblings: number;
  /** Absent for a line with nothing below it. */
  expanded: boolean | undefined;
}
