export interface ChoiceOption<T extends string> {
  value: T;
  text: string;
  detail?: string;
}
