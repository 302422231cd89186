const PLACEHOLDER = /<([a-z-]+)>/gu;
const BETWEEN_VALUES = /[\s,;、，]+/u;

/** Returns every combination of values; placeholders without values stay. */
export function fillPlaceholders(text: string, values: Readonly<Partial<Record<string, readonly string[]>>>): string[] {
  let texts = [text];
  for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
    const choices = values[name] ?? [];
    if (choices.length > 0)
      texts = texts.flatMap((each) => choices.map((choice) => each.replace(placeholder, () => choice)));
  }
  return texts;
}

export function isOpen(text: string): boolean {
  return text.search(PLACEHOLDER) !== -1;
}

export function parseList(text: string): string[] {
  return text.split(BETWEEN_VALUES).filter((part) => part !== '');
}
