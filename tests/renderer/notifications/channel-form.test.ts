import { describe, expect, test } from 'vitest';
import type { ChannelId } from '../../../core/shared/ids.ts';
import { CHANNEL_KINDS, listFormFields } from '../../../core/notifications/model/channel.ts';
import type { ChannelView } from '../../../core/notifications/model/notification-view.ts';
import { ChannelForm } from '../../../renderer/notifications/channel-form.svelte.ts';
import { TEST_NOW } from '../../support/ports.ts';

const namesIn = (form: ChannelForm): string[] => form.shown.map(({ name }) => name);

function fieldIn(form: ChannelForm, name: string) {
  const field = form.shown.find((each) => each.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field;
}

const MAIL: ChannelView = {
  id: '00000000000000a1' as ChannelId,
  kind: 'mail',
  name: 'operators',
  enabled: false,
  createdAt: TEST_NOW,
  host: 'mail.example',
  port: 2525,
  security: 'tls',
  from: 'a@x.example',
  to: ['b@x.example', 'c@x.example'],
  status: { failures: 0 },
  waiting: 0,
  available: true,
};

describe('the form of a mail channel', () => {
  test('shows the password only if there is a user name, and the CA only if the connection is encrypted', () => {
    const form = new ChannelForm('mail', undefined, 'E-mail');
    expect(namesIn(form)).toEqual(['host', 'security', 'port', 'from', 'to', 'user', 'caFile']);
    form.texts['user'] = 'ops';
    expect(namesIn(form)).toEqual(['host', 'security', 'port', 'from', 'to', 'user', 'secret', 'caFile']);
    form.texts['user'] = ' ';
    form.choose(fieldIn(form, 'security'), 'none');
    expect(namesIn(form)).toEqual(['host', 'security', 'port', 'from', 'to', 'user']);
  });

  test('changes the usual port with the encryption, unless another port was typed', () => {
    const form = new ChannelForm('mail', undefined, 'E-mail');
    const security = fieldIn(form, 'security');
    expect([form.texts['security'], form.texts['port']]).toEqual(['starttls', '587']);
    form.choose(security, 'tls');
    expect(form.texts['port']).toBe('465');
    form.texts['port'] = '2525';
    form.choose(security, 'none');
    expect(form.texts['port']).toBe('2525');
  });

  test.each(['', '0', '65536', '12a'])('rejects the port “%s” and marks the field', (port) => {
    const form = new ChannelForm('mail', undefined, 'E-mail');
    form.texts['port'] = port;
    expect(form.isFaulty(fieldIn(form, 'port'))).toBe(false);
    expect(form.read()).toBeUndefined();
    expect(form.isFaulty(fieldIn(form, 'port'))).toBe(true);
  });

  test('begins with the values of a channel, and returns the edited values', () => {
    const form = new ChannelForm('mail', MAIL, 'E-mail');
    form.texts['to'] += '; d@x.example';
    expect(form.read()).toEqual({
      name: 'operators',
      enabled: false,
      settings: {
        kind: 'mail',
        host: 'mail.example',
        port: 2525,
        security: 'tls',
        from: 'a@x.example',
        to: ['b@x.example', ' c@x.example', ' d@x.example'],
        user: '',
        secret: { kind: 'none' },
        caFile: { kind: 'none' },
      },
    });
  });
});

test.each(CHANNEL_KINDS)('shows a control for every field of a %s channel', (kind) => {
  const form = new ChannelForm(kind, undefined, kind);
  for (const { needs } of listFormFields(kind)) if (needs !== undefined) form.texts[needs] = 'x';
  expect(form.shown).toEqual(listFormFields(kind));
});
