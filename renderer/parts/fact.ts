export interface Fact {
  name: string;
  values: readonly string[];
  mono?: boolean;
  copy?: boolean;
}
