const PLACEHOLDER = /<([a-z-]+)>/gu;
const BETWEEN_VALUES = /[\s,;、，]+/u;

/** A text with every combination of values in place of its placeholders; one without a value stays as it is. */
export function filled(text: string, values: Readonly<Partial<Record<string, readonly string[]>>>): string[] {
  let texts = [text];
  for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
    const choices = values[name] ?? [];
    if (choices.length > 0)
      texts = texts.flatMap((each) => choices.map((choice) => each.replace(placeholder, () => choice)));
  }
  return texts;
}

/** Whether a placeholder was left in a text. */
export function isOpen(text: string): boolean {
  return text.search(PLACEHOLDER) !== -1;
}

/** Several names or addresses in one line, apart by commas or blanks. */
export function listOf(text: string): string[] {
  return text.split(BETWEEN_VALUES).filter((part) => part !== '');
}
