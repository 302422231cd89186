export interface Fact {
  name: string;
  /** More than one is written one below the other. */
  values: readonly string[];
  mono?: boolean;
  copy?: boolean;
}
