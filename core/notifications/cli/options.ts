import type { OptionName } from '../../shared/verb/options.ts';
import { CHANNEL_KINDS, CHANNEL_TYPES, type ChannelKind } from '../model/channel.ts';
import type { ChannelField } from '../model/channel-type.ts';

export function listOptions(kind: ChannelKind): OptionName[] {
  return Object.values(CHANNEL_TYPES[kind].fields).flatMap(fieldOptions) as OptionName[];
}

function fieldOptions(field: ChannelField): string[] {
  const isOptional = field.isOptional === true;
  if (field.type === 'secret') return ['secret-env', 'secret-file', ...(isOptional ? ['no-secret'] : [])];
  return [field.option, ...(field.type === 'file' && isOptional ? [`no-${field.option}`] : [])];
}

export const CHANNEL_OPTIONS: readonly OptionName[] = [
  ...new Set(CHANNEL_KINDS.flatMap(listOptions)),
  'enable',
  'disable',
];
