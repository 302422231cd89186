const PLACEHOLDER = /<([a-z-]+)>/gu;
const BETWEEN_VALUES = /[\s,;、，]+/u;

/**
 * Returns a text once for every combination of values of its placeholders; a placeholder without a value stays as it
 * is.
 */
export function filled(text: string, values: Readonly<Partial<Record<string, readonly string[]>>>): string[] {
  let texts = [text];
  for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
    const choices = values[name] ?? [];
    if (choices.length > 0)
      texts = texts.flatMap((each) => choices.map((choice) => each.replace(placeholder, () => choice)));
  }
  return texts;
}

/** Whether a text still contains a placeholder. */
export function isOpen(text: string): boolean {
  return text.search(PLACEHOLDER) !== -1;
}

/** Splits a line into names or addresses, separated by commas or spaces. */
export function parseList(text: string): string[] {
  return text.split(BETWEEN_VALUES).filter((part) => part !== '');
}
