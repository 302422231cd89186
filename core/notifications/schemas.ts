import { z } from 'zod';
import { fileTicket, instantField, name, names, passphrase, textLike } from '../shared/contract/schemas.ts';
import type { ChannelId } from '../shared/ids.ts';
import { CHANNEL_TYPES, type AnyChannelType, type Channel } from './model/channel.ts';
import { MOST_PORT, type ChannelField, type StoredValue } from './model/channel-type.ts';

/* Channels as stored and as entered. Both schemas are derived from the fields of each kind. */

export const channelId = textLike<ChannelId>(/^[0-9a-f]{16}$/u);
const port = z.int().min(1).max(MOST_PORT);

const secretPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vault'), guarded: z.string() }),
  z.object({ kind: z.literal('environment'), name: z.string() }),
  z.object({ kind: z.literal('file'), path: z.string() }),
]);

/** `kept` leaves the stored secret unchanged. */
export const secretDraft = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['kept', 'none']) }),
  z.strictObject({ kind: z.literal('entered'), secret: passphrase }),
  z.strictObject({ kind: z.literal('environment'), name }),
  z.strictObject({ kind: z.literal('file'), source: fileTicket }),
]);

export const fileDraft = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['kept', 'none']) }),
  z.strictObject({ kind: z.literal('chosen'), file: fileTicket }),
]);

const STORED = { text: z.string(), addresses: z.array(z.string()), secret: secretPlace, file: z.string() };
const ENTERED = { text: name, addresses: names, secret: secretDraft, file: fileDraft };

function unionOfKinds(
  object: (shape: z.ZodRawShape) => z.ZodObject,
  base: z.ZodRawShape,
  fieldSchema: (field: ChannelField) => z.ZodType,
): z.ZodType {
  const kinds = Object.values(CHANNEL_TYPES).map(({ kind, fields }) => {
    const shape = Object.entries(fields).map(([field, about]) => [field, fieldSchema(about)]);
    return object({ ...base, kind: z.literal(kind), ...(Object.fromEntries(shape) as z.ZodRawShape) });
  });
  return z.discriminatedUnion('kind', kinds as [z.ZodObject]);
}

function valueSchema(field: ChannelField, schemas: typeof STORED | typeof ENTERED): z.ZodType {
  if (field.type === 'port') return port;
  return field.type === 'choice' ? z.enum(field.choices) : schemas[field.type];
}

export const channelEntry = unionOfKinds(
  (shape) => z.object(shape),
  { id: channelId, name: z.string(), enabled: z.boolean(), createdAt: instantField },
  (field) => {
    const schema = valueSchema(field, STORED);
    return field.isOptional === true ? schema.optional() : schema;
  },
) as z.ZodType<Channel>;

type EnteredValue<Field> = Field extends { type: 'secret' }
  ? z.infer<typeof secretDraft>
  : Field extends { type: 'file' }
    ? z.infer<typeof fileDraft>
    : StoredValue<Field>;
type EnteredKind<Type> = Type extends { kind: infer Kind; fields: infer Fields }
  ? { kind: Kind } & { -readonly [Name in keyof Fields]: EnteredValue<Fields[Name]> }
  : never;

/** A new channel has no `channelId`. Optional texts may be empty. */
export const channelDraft = z.strictObject({
  channelId: channelId.optional(),
  name,
  enabled: z.boolean(),
  settings: unionOfKinds(
    (shape) => z.strictObject(shape),
    {},
    (field) => valueSchema(field, ENTERED),
  ) as z.ZodType<EnteredKind<AnyChannelType>>,
});
