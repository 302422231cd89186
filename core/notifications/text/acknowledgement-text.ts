import type { NeedWording } from '../../repair/text/needs-text.ts';
import { epochMs } from '../../shared/instant.ts';
import type { Acknowledgement } from '../model/acknowledgement.ts';

export function acknowledgementText({ by, at, note }: Acknowledgement, { translate, formatDate }: NeedWording): string {
  const noted = note === '' ? 'no' : 'yes';
  return translate('outage.line', { by, note, noted, date: formatDate(epochMs(at)) });
}
