export interface Fact {
  name: string;
  /** Shown one below the other. */
  values: readonly string[];
  mono?: boolean;
  copy?: boolean;
}
