/** A copy with characters of its own: a part of a text otherwise keeps the whole of it in memory. */
export function ownText<T extends string>(text: T): T {
  return JSON.parse(JSON.stringify(text)) as T;
}
