import type { ForeignReason } from './credential.ts';
import type { ClusterId, CredentialId, CredentialKind, Layer } from '../../shared/ids.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import type { InCluster } from '../../plan/model/command-name.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { RenewalRefusal } from './renewal-refusal.ts';

/** How `RowColumns` store a field: text, shared word, boolean, or milliseconds since 1970. `value` is only a type. */
interface Field<How extends 'text' | 'word' | 'flag' | 'moment', Value> {
  held: How;
  value?: () => Value;
}

const TEXT: Field<'text', string> = { held: 'text' };
const FLAG: Field<'flag', boolean> = { held: 'flag' };
const MOMENT: Field<'moment', number | undefined> = { held: 'moment' };
const word = <Word extends string | undefined = string>(): Field<'word', Word> => ({ held: 'word' });

/** A change of the order requires a new `ROWS_VERSION`. */
const FIELDS = {
  name: TEXT,
  /** Fingerprint and serial number in lower-case hex, separated by a newline. Not in `search`: few queries are hex. */
  numbers: TEXT,
  /** All other searched fields in lower case, separated by newlines. */
  search: TEXT,
  assumed: FLAG,
  /** Whether `notAfterMs` is the end of the trust root, which ends before the credential. */
  endsWithIssuer: FLAG,
  kind: word<CredentialKind>(),
  layer: word<Layer>(),
  role: word<RoleId>(),
  issuer: word(),
  lifetimeClass: word<LifetimeClassId>(),
  /** Absent if the credential is part of the platform. */
  foreign: word<ForeignReason | undefined>(),
  notBeforeMs: MOMENT,
  notAfterMs: MOMENT,
  firstReadMs: MOMENT,
  /** When a file that contains the credential was last read. */
  confirmedMs: MOMENT,
};

type Fields = typeof FIELDS;
type FieldName<How extends string> = {
  [Name in keyof Fields]: Fields[Name] extends { held: How } ? Name : never;
}[keyof Fields];
type Values = { [Name in keyof Fields]: Fields[Name] extends { value?: () => infer Value } ? Value : never };
type OptionalName = { [Name in keyof Values]: undefined extends Values[Name] ? Name : never }[keyof Values];
type RequiredValues = Omit<Values, OptionalName>;
type OptionalValues = Partial<Pick<Values, OptionalName>>;

export function fieldsHeld<How extends Fields[keyof Fields]['held']>(how: How): FieldName<How>[] {
  const names = Object.keys(FIELDS) as (keyof Fields)[];
  return names.filter((name): name is FieldName<How> => FIELDS[name].held === how);
}

/** Facts about one credential for the board: flat, small, and independent of time. */
export interface BoardRow extends InCluster, RequiredValues, OptionalValues {
  id: CredentialId;
  clusterId: ClusterId;
  sample?: true;
  /** Known revocations that match the holder's next certificate. */
  refusals?: readonly RenewalRefusal[];
}

/** Returns a key that no other row has; a credential may be in several clusters. */
export function rowKey({ clusterId, id }: Pick<BoardRow, 'clusterId' | 'id'>): string {
  return `${clusterId} ${id}`;
}
