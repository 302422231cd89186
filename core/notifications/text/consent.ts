import type { Confirmation } from '../../shared/ports.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import type { Translate } from '../../shared/text/text.ts';
import { serverText } from '../model/channel.ts';
import type { ChannelServer } from '../model/channel-type.ts';

export function serverQuestion(server: ChannelServer, translate: Translate): Confirmation {
  const plain = server.security === 'none' ? [translate('channel.consent.plain')] : [];
  return {
    message: translate('channel.consent', { server: terminalLine(serverText(server)) }),
    detail: [translate('channel.consent.detail'), ...plain].join('\n\n'),
    yes: translate('channel.consent.yes'),
    no: translate('action.cancel'),
  };
}
