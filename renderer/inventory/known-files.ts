import { KNOWN_PLACES } from '../../core/inventory/model/known-places.ts';
import { KNOWN_FILE_KINDS, type KnownFileKind, type KnownPlace } from '../../core/inventory/model/known-place.ts';
import type { MessageKey } from '../../core/shared/text/text.ts';

/** A kind of file that an import reads, and where it usually lies; paths are the same in every language. */
export interface KnownFile {
  name: MessageKey;
  gives: MessageKey;
  places: readonly KnownPlace[];
  /** The names of such files, wherever they lie. */
  names: readonly string[];
  /** Shown instead of paths for files that may lie anywhere. */
  anywhere?: MessageKey;
}

const NAMES: Partial<Record<KnownFileKind, readonly string[]>> = { login: ['login.yaml', 'cloudlogin.yaml', '*.tok'] };

export const KNOWN_FILES: readonly KnownFile[] = [
  ...KNOWN_FILE_KINDS.map((kind): KnownFile => ({
    name: `known-file.${kind}`,
    gives: `known-file.${kind}.gives`,
    // A place moved by an environment variable is not listed here; it is reported when the variable is set.
    places: KNOWN_PLACES.filter((place) => place.kind === kind && !place.onlyIfSet),
    names: NAMES[kind] ?? [],
  })),
  { name: 'known-file.pem', gives: 'known-file.pem.gives', places: [], names: [], anywhere: 'known-file.pem.place' },
];
