import { KNOWN_PLACES } from '../../core/inventory/model/known-places.ts';
import { KNOWN_FILE_KINDS, type KnownFileKind, type KnownPlace } from '../../core/inventory/model/known-place.ts';
import type { MessageKey } from '../../core/shared/text/text.ts';

export interface KnownFile {
  name: MessageKey;
  gives: MessageKey;
  places: readonly KnownPlace[];
  names: readonly string[];
  anywhere?: MessageKey;
}

const NAMES: Partial<Record<KnownFileKind, readonly string[]>> = { login: ['login.yaml', 'cloudlogin.yaml', '*.tok'] };

export const KNOWN_FILES: readonly KnownFile[] = [
  ...KNOWN_FILE_KINDS.map((kind): KnownFile => ({
    name: `known-file.${kind}`,
    gives: `known-file.${kind}.gives`,
    // Places that an environment variable defines are reported only if that variable is set.
    places: KNOWN_PLACES.filter((place) => place.kind === kind && !place.onlyIfSet),
    names: NAMES[kind] ?? [],
  })),
  { name: 'known-file.pem', gives: 'known-file.pem.gives', places: [], names: [], anywhere: 'known-file.pem.place' },
];
