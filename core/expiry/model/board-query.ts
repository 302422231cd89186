/** Any name that comes before a colon, as in `state:expired`. Japanese input methods type a wide colon. */
const FACET = /^([^":：]+)[:：](.*)$/su;
/** Text without spaces, or with spaces between quotes; a quote inside quotes is doubled. */
const PART = /(?:[^\s"]|"(?:[^"]|"")*"?)+/gu;
const QUOTED = /"((?:[^"]|"")*)"?/gu;
/** Hex pairs separated by colons, as openssl and Windows print fingerprints and serials; the last may be incomplete. */
const COLON_HEX = /^(?:[0-9a-f]{2}:){2,}[0-9a-f]{0,2}$/u;

export interface BoardQuery<Facet> {
  words: readonly string[];
  /** A row must have one of the texts in each of these columns. */
  facets: ReadonlyMap<Facet, readonly string[]>;
}

/** Reads a query in lower case. A name that is no facet is part of a word. */
export function parseQuery<Facet>(query: string, facetNames: ReadonlyMap<string, Facet>): BoardQuery<Facet> {
  const words = new Set<string>();
  const facets = new Map<Facet, string[]>();
  for (const part of query.toLowerCase().match(PART) ?? []) {
    const [, name = '', value = ''] = FACET.exec(part) ?? [];
    const facet = facetNames.get(name);
    const text = unquote(facet === undefined ? part : value);
    if (text === '') continue;
    // The texts of rows have no colons between hex digits.
    if (facet === undefined) words.add(COLON_HEX.test(text) ? text.replaceAll(':', '') : text);
    else facets.set(facet, [...(facets.get(facet) ?? []), text]);
  }
  return { words: [...words], facets };
}

function unquote(part: string): string {
  return part.replace(QUOTED, (_, inner: string) => inner.replaceAll('""', '"'));
}

export function quoteValue(value: string): string {
  return /[\s"]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Returns the queries that the last part of this query may become: the names of facets, or the values of one. */
export function completeQuery<Facet>(
  query: string,
  facetNames: ReadonlyMap<string, Facet>,
  listValues: (facet: Facet) => Iterable<string>,
): string[] {
  const last = (query.match(PART) ?? []).at(-1);
  if (last === undefined || !query.endsWith(last)) return [];
  const before = query.slice(0, -last.length);
  const [, name = '', value = ''] = FACET.exec(last.toLowerCase()) ?? [];
  const facet = facetNames.get(name);
  if (facet === undefined) {
    const names = [...facetNames.keys()].filter((each) => each.startsWith(last.toLowerCase()));
    return names.map((each) => `${before}${each}:`);
  }
  const begun = unquote(value);
  const values = [...listValues(facet)].filter((each) => each.toLowerCase().includes(begun));
  return values.map((each) => `${before}${last.slice(0, name.length)}:${quoteValue(each)} `);
}
