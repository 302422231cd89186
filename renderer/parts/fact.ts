export interface Fact {
  name: string;
  /** Several values are written one below the other. */
  values: readonly string[];
  mono?: boolean;
  copy?: boolean;
}
