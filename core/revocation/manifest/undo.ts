import { readYamlDocuments, type YamlMap } from '../../formats/yaml/yaml.ts';
import { readRevocationDrafts } from '../../formats/renew-revocation/draft-reader.ts';

const HEAD: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);
const METADATA: ReadonlySet<string> = new Set(['name', 'namespace']);

/** Returns whether a text only names RenewRevocation objects, like the output of `writeUndo`. */
export function isUndo(text: string): boolean {
  const { objects } = readRevocationDrafts(text);
  const documents = readYamlDocuments(text);
  return (
    objects.length > 0 &&
    objects.length === documents.length &&
    objects.every(({ map }) => isHead(map)) &&
    !text.includes('#')
  );
}

function isHead({ entries }: YamlMap): boolean {
  const metadata = entries.get('metadata');
  return (
    [...entries.keys()].every((key) => HEAD.has(key)) &&
    metadata?.kind === 'map' &&
    [...metadata.entries.keys()].every((key) => METADATA.has(key))
  );
}
