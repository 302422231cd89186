import { ROLE_IDS, type RoleId } from '../knowledge/model/credentials/credentials.ts';
import { LAYERS, type Layer } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type { Source } from '../shared/source.ts';
import { isCredentialId, isInstant } from '../shared/contract/schemas.ts';
import { KEY_MATCHES, type CertificateEntry } from './schemas.ts';

const byName = <T extends string>(values: readonly T[]): ReadonlyMap<unknown, T> =>
  new Map(values.map((value) => [value, value]));
const ROLE_BY_NAME = byName<RoleId>(ROLE_IDS);
const LAYER_BY_NAME = byName<Layer>(LAYERS);
const KEY_MATCH_BY_NAME = byName(KEY_MATCHES);

/**
 * Reads the entries of one file as the schema does, without its cost: a fleet has a hundred thousand certificates, and
 * nearly all of them have nothing unusual. What recurs in a file is kept in memory once.
 */
export class UsualEntries {
  readonly #instants = new Map<unknown, Instant>();

  /** A certificate with every field as it should be; `undefined` for anything else, about which the schema decides. */
  read(raw: unknown): CertificateEntry | undefined {
    if (!isObject(raw) || raw['kind'] !== 'certificate') return undefined;
    const { id, name, der } = raw;
    const layer = LAYER_BY_NAME.get(raw['layer']);
    const role = ROLE_BY_NAME.get(raw['role']);
    const keyMatch = KEY_MATCH_BY_NAME.get(raw['keyMatch']);
    const sources = this.#sources(raw['sources']);
    const firstReadAt = this.#instant(raw['firstReadAt']);
    if (!isCredentialId(id) || layer === undefined || role === undefined || typeof name !== 'string') return undefined;
    if (sources === undefined || firstReadAt === undefined || typeof der !== 'string' || keyMatch === undefined)
      return undefined;
    return { id, layer, role, name, sources, firstReadAt, kind: 'certificate', der, keyMatch };
  }

  #sources(raw: unknown): Source[] | undefined {
    if (!Array.isArray(raw) || raw.length === 0) return undefined;
    const [first, ...others] = raw as unknown[];
    const source = this.#source(first);
    if (source === undefined) return undefined;
    // Nearly all have one: an array that grows would take room for seventeen.
    const sources = [source];
    for (const each of others) {
      const other = this.#source(each);
      if (other === undefined) return undefined;
      sources.push(other);
    }
    return sources;
  }

  #source(raw: unknown): Source | undefined {
    if (!isObject(raw)) return undefined;
    const { path, entry } = raw;
    const fileModified = this.#instant(raw['fileModified']);
    const readAt = this.#instant(raw['readAt']);
    if (typeof path !== 'string' || typeof entry !== 'string') return undefined;
    if (fileModified === undefined || readAt === undefined) return undefined;
    return { path, entry, fileModified, readAt };
  }

  #instant(raw: unknown): Instant | undefined {
    const known = this.#instants.get(raw);
    if (known !== undefined || !isInstant(raw)) return known;
    this.#instants.set(raw, raw);
    return raw;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
