import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import { begunDraft } from '../model/fix.ts';
import {
  API_VERSION,
  ENTRY_FIELDS,
  FIELD_OF_KIND,
  OBJECT_KIND,
  type DraftEntry,
  type EntryField,
  type LintedDraft,
  type RevocationDraft,
  type SerialSpelling,
} from '../../shared/renew-revocation/draft.ts';
import { writtenSerial } from '../model/serial.ts';
import { yamlQuoted, yamlText } from '../../formats/yaml/yaml-writer.ts';

export interface WriteOptions {
  /** Default: as published. */
  serialSpelling?: SerialSpelling;
}

/**
 * The manifest of an object: published spelling and order, serial numbers in lower-case hex, they and moments always in
 * quotes, lines ended by a line feed. The same draft gives the same text everywhere.
 */
export function writeRevocation({ object }: Pick<LintedDraft, 'object'>, options: WriteOptions = {}): string {
  const entries = object.entries.map((entry) => writtenEntry(entry, options));
  return writeDraft({ ...object, entries });
}

/**
 * The same layout for a draft that nobody has judged, right or wrong; what it does not say is as published, and a name that it
 * does not have yet is left empty.
 */
export function writeDraft(draft: RevocationDraft): string {
  const begun = begunDraft(draft);
  const { description, entries } = begun;
  return textOf([
    ...headLines(begun),
    'spec:',
    ...(description === undefined ? [] : [`  description: ${yamlText(description)}`]),
    entries.length === 0 ? '  revocations: []' : '  revocations:',
    ...entries.flatMap((entry) => entryLines(entry, '  ')),
  ]);
}

/** What `kubectl delete -f` needs to find objects again: their kinds and names, and the namespace where they name one. */
export function writeUndo(objects: readonly Omit<RevocationDraft, 'entries'>[]): string {
  return objects.map((object) => textOf(headLines(object))).join('---\n');
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

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** The fields of an entry as they are written. */
function writtenEntry(
  { kind, value, description, notBefore }: RevocationEntry,
  { serialSpelling = 'serialnumber' }: WriteOptions = {},
): DraftEntry {
  return {
    description,
    kind: kind === 'serialnumber' ? serialSpelling : kind,
    notBefore,
    [FIELD_OF_KIND[kind]]: kind === 'serialnumber' ? (writtenSerial(value) ?? value) : value,
  };
}

/** The lines of one entry in a list that stands `indent` deep, without line ends. */
export function entryLines(entry: DraftEntry, indent: string): string[] {
  const fields = ENTRY_FIELDS.flatMap((field) => {
    const value = entry[field];
    return value === undefined ? [] : [`${field}: ${fieldText(field, value)}`];
  });
  const lines = fields.length === 0 ? ['{}'] : fields;
  return lines.map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}`);
}

/** Readers with types take many a serial number for a number, and a moment for one of their own. */
export function fieldText(field: EntryField, value: string): string {
  return field === 'serialNumber' || field === 'notBefore' ? yamlQuoted(value) : yamlText(value);
}
