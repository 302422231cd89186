import type { RevocationEntry } from '../domain/revocation.ts';
import {
  API_VERSION,
  ENTRY_FIELDS,
  FIELD_OF_KIND,
  OBJECT_KIND,
} from '../domain/revocation-draft.ts';
import type {
  DraftEntry,
  EntryField,
  LintedDraft,
  SerialSpelling,
} from '../domain/revocation-draft.ts';
import { writtenSerial } from '../domain/revocation-serial.ts';
import { yamlQuoted, yamlText } from './yaml-writer.ts';

export interface WriteOptions {
  /** Default: as published. */
  serialSpelling?: SerialSpelling;
}

/**
 * The manifest of an object: published spelling and order, serial numbers in lower-case hex, they and moments always in
 * quotes, lines ended by a line feed. The same draft gives the same text everywhere.
 */
export function writeRevocation({ object }: LintedDraft, options: WriteOptions = {}): string {
  const { name, namespace, description, entries } = object;
  return [
    ...headOf(name, namespace),
    'spec:',
    ...(description === undefined ? [] : [`  description: ${yamlText(description)}`]),
    '  revocations:',
    ...entries.flatMap((entry) => entryLines(writtenEntry(entry, options), '  ')),
    '',
  ].join('\n');
}

/** What `kubectl delete -f` needs to find the object of a draft again: its kind and name. */
export function writeUndo({ object: { name, namespace } }: LintedDraft): string {
  return [...headOf(name, namespace), ''].join('\n');
}

function headOf(name: string, namespace: string): string[] {
  return [
    `apiVersion: ${API_VERSION}`,
    `kind: ${OBJECT_KIND}`,
    'metadata:',
    `  name: ${yamlText(name)}`,
    `  namespace: ${yamlText(namespace)}`,
  ];
}

/** The fields of an entry as they are written. */
function writtenEntry(
  { kind, value, description, notBefore }: RevocationEntry,
  { serialSpelling = 'serialnumber' }: WriteOptions = {},
): DraftEntry {
  return {
    ...(description !== undefined && { description }),
    kind: kind === 'serialnumber' ? serialSpelling : kind,
    ...(notBefore !== undefined && { notBefore }),
    [FIELD_OF_KIND[kind]]: kind === 'serialnumber' ? (writtenSerial(value) ?? value) : value,
  };
}

/** The lines of one entry in a list that stands `indent` deep, without line ends. */
export function entryLines(entry: DraftEntry, indent: string): string[] {
  return ENTRY_FIELDS.flatMap((field) => {
    const value = entry[field];
    return value === undefined ? [] : [`${field}: ${fieldText(field, value)}`];
  }).map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}`);
}

/** Readers with types take many a serial number for a number, and a moment for one of their own. */
export function fieldText(field: EntryField, value: string): string {
  return field === 'serialNumber' || field === 'notBefore' ? yamlQuoted(value) : yamlText(value);
}
