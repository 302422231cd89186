/** Texts by key. Keys that begin alike are in one group: `{ finding: { blank: '…' } }` has the key `finding.blank`. */
export interface MessageTree {
  readonly [part: string]: string | MessageTree;
}

/** The full keys of the texts in a tree. */
type KeyIn<T> = T extends MessageTree
  ? { [K in keyof T & string]: T[K] extends string ? K : `${K}.${KeyIn<T[K]>}` }[keyof T & string]
  : never;

/** Returns the texts of all trees by their full keys. */
export function flattenMessages<T extends readonly MessageTree[]>(...trees: T): Record<KeyIn<T[number]>, string> {
  return Object.fromEntries(trees.flatMap((tree) => listMessages(tree, ''))) as Record<KeyIn<T[number]>, string>;
}

function listMessages(tree: MessageTree, start: string): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([part, text]) =>
    typeof text === 'string' ? [[start + part, text] as [string, string]] : listMessages(text, `${start}${part}.`),
  );
}
