import type { RenewRevocation, RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import { draftWithDefaults } from '../model/fix.ts';
import {
  API_VERSION,
  ENTRY_FIELDS,
  FIELD_OF_KIND,
  OBJECT_KIND,
  type DraftEntry,
  type EntryField,
  type RevocationDraft,
  type SerialSpelling,
} from '../../shared/renew-revocation/draft.ts';
import { hexSerial } from '../model/serial.ts';
import { yamlQuoted, yamlText } from '../../formats/yaml/yaml-writer.ts';

interface WriteOptions {
  /** By default, the published spelling. */
  serialSpelling?: SerialSpelling;
}

/**
 * Writes an object in the published spelling and order, with line feeds. Serial numbers are in lower-case hex. They are
 * quoted, and so are instants. The same object always gives the same text.
 */
export function writeRevocation(object: RenewRevocation, options: WriteOptions = {}): string {
  const entries = object.entries.map((entry) => buildDraftEntry(entry, options));
  return writeDraft({ ...object, entries });
}

/** Writes a draft, valid or not. Missing fields have their published values, except the name, which stays empty. */
export function writeDraft(draft: RevocationDraft): string {
  const begun = draftWithDefaults(draft);
  const { description, entries } = begun;
  const lines = [
    ...headLines(begun),
    'spec:',
    ...(description === undefined ? [] : [`  description: ${yamlText(description)}`]),
    entries.length === 0 ? '  revocations: []' : '  revocations:',
    ...entries.flatMap((entry) => entryLines(entry, '  ')),
  ];
  return `${lines.join('\n')}\n`;
}

/** Writes the fields by which `kubectl delete -f` finds the objects: kinds, names and any namespaces. */
export function writeUndo(objects: readonly Omit<RevocationDraft, 'entries'>[]): string {
  return objects.map((object) => `${headLines(object).join('\n')}\n`).join('---\n');
}

function headLines({
  apiVersion = API_VERSION,
  kind = OBJECT_KIND,
  name = '',
  namespace,
}: Omit<RevocationDraft, 'entries'>): string[] {
  return [
    `apiVersion: ${yamlText(apiVersion)}`,
    `kind: ${yamlText(kind)}`,
    'metadata:',
    `  name: ${yamlText(name)}`,
    ...(namespace === undefined ? [] : [`  namespace: ${yamlText(namespace)}`]),
  ];
}

function buildDraftEntry(
  { kind, value, description, notBefore }: RevocationEntry,
  { serialSpelling = 'serialnumber' }: WriteOptions = {},
): DraftEntry {
  return {
    description,
    kind: kind === 'serialnumber' ? serialSpelling : kind,
    notBefore,
    [FIELD_OF_KIND[kind]]: kind === 'serialnumber' ? (hexSerial(value) ?? value) : value,
  };
}

export function entryLines(entry: DraftEntry, indent: string): string[] {
  const fields = ENTRY_FIELDS.flatMap((field) => {
    const value = entry[field];
    return value === undefined ? [] : [`${field}: ${fieldText(field, value)}`];
  });
  const lines = fields.length === 0 ? ['{}'] : fields;
  return lines.map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}`);
}

/** Quotes serial numbers and instants, which YAML readers could parse as numbers and timestamps. */
export function fieldText(field: EntryField, value: string): string {
  return field === 'serialNumber' || field === 'notBefore' ? yamlQuoted(value) : yamlText(value);
}
