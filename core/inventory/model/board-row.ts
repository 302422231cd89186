import type { ForeignReason } from './credential.ts';
import type { ClusterId, CredentialId, CredentialKind, Layer } from '../../shared/ids.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import type { InCluster } from '../../plan/model/command-name.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { RenewalRefusal } from './renewal-refusal.ts';

/**
 * How `RowColumns` store a field: text for each row; a word shared by rows; a boolean; milliseconds since 1970,
 * possibly unknown. `value` only carries the type.
 */
interface Field<How extends 'text' | 'word' | 'flag' | 'moment', Value> {
  held: How;
  value?: () => Value;
}

const TEXT: Field<'text', string> = { held: 'text' };
const FLAG: Field<'flag', boolean> = { held: 'flag' };
const MOMENT: Field<'moment', number | undefined> = { held: 'moment' };
const word = <Word extends string | undefined = string>(): Field<'word', Word> => ({ held: 'word' });

/** The fields of each row of a cluster. Changing their order changes the version of the rows (`ROWS_VERSION`). */
const FIELDS = {
  name: TEXT,
  /** Fingerprint and serial, lower-case hex, separated by a newline; not in `search`, since few queries are hex. */
  numbers: TEXT,
  /** Lower-case text of every searched field except numbers; parts separated by a newline. */
  search: TEXT,
  assumed: FLAG,
  /** Whether `notAfterMs` is the end of its trust root, which comes before its own. */
  endsWithIssuer: FLAG,
  kind: word<CredentialKind>(),
  layer: word<Layer>(),
  role: word<RoleId>(),
  issuer: word(),
  lifetimeClass: word<LifetimeClassId>(),
  /** The reason why it is outside the platform; absent if it is not. */
  foreign: word<ForeignReason | undefined>(),
  notBeforeMs: MOMENT,
  notAfterMs: MOMENT,
  /** When it was first read. */
  firstReadMs: MOMENT,
  /** When a file containing it was last read. */
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

/** Lists the fields with one kind of storage, in order. */
export function fieldsHeld<How extends Fields[keyof Fields]['held']>(how: How): FieldName<How>[] {
  const names = Object.keys(FIELDS) as (keyof Fields)[];
  return names.filter((name): name is FieldName<How> => FIELDS[name].held === how);
}

/** The board's facts about one credential: flat, small, and independent of time. */
export interface BoardRow extends InCluster, RequiredValues, OptionalValues {
  /** The first of `numbers`. */
  id: CredentialId;
  clusterId: ClusterId;
  /** Whether it belongs to a sample fleet. */
  sample?: true;
  /** Entries of RenewRevocation objects that match the holder's next certificate; absent if none is known. */
  refusals?: readonly RenewalRefusal[];
}
