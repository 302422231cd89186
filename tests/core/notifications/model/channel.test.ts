import { expect, test } from 'vitest';
import {
  channelFault,
  CHANNEL_KINDS,
  listFormFields,
  type Channel,
} from '../../../../core/notifications/model/channel.ts';
import type { SecretPlace } from '../../../../core/notifications/model/channel-type.ts';
import type { ChannelId } from '../../../../core/shared/ids.ts';
import { OPTIONS } from '../../../../core/shared/verb/options.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { TEST_NOW } from '../../../support/ports.ts';

const base = { id: '1' as ChannelId, name: 'x', enabled: true, createdAt: TEST_NOW };
const secret: SecretPlace = { kind: 'environment', name: 'ARCWARDEN_CHANNEL_HOOK' };

const NO_SECRET: SecretPlace = { kind: 'vault', guarded: '' };

function webhook(url: string, key: SecretPlace = secret): Channel {
  return { ...base, kind: 'webhook', url, secret: key };
}

function mail(change: Partial<Extract<Channel, { kind: 'mail' }>>): Channel {
  return {
    ...base,
    kind: 'mail',
    host: 'mail.example',
    port: 587,
    security: 'starttls',
    from: 'a@contoso.example',
    to: ['b@contoso.example'],
    ...change,
  };
}

test.each([
  'https://monitor.example',
  'https://monitor.example:8443/arcwarden?team=1',
  'https://10.0.0.5/x',
  'https://[fd00::5]:8443/',
  'https://監視.example/',
])('messages can be posted to %s', (url) => {
  expect(channelFault(webhook(url))).toBeUndefined();
  expect(new URL(url).protocol).toBe('https:');
});

test.each([
  'http://monitor.example',
  'https://',
  'https://user:pa55@monitor.example/',
  'https://monitor.example/a b',
  'file:///etc/passwd',
  'monitor.example',
  // Only a URL parser detects that these are invalid. Runtimes disagree about Punycode: Node 24 accepts `xn--a`, Node
  // 20 refuses it.
  'https://127.0.0.1:99999/',
  'https://%zz/',
  'https://[::g]/',
  'https://[1:2]/',
])('messages cannot be posted to %s', (url) => {
  expect(channelFault(webhook(url))).toEqual({ field: 'url', reason: url });
});

test.each<[string, Channel, string | undefined]>([
  ['a complete mail', mail({}), undefined],
  ['a mail server named by its address', mail({ host: 'fd00::25' }), undefined],
  ['a mail server with a port in its name', mail({ host: 'mail.example:25' }), 'host'],
  ['a mail without recipients', mail({ to: [] }), 'recipients'],
  ['a recipient that would end a header', mail({ to: ['a@x.example\r\nBcc: b@x.example'] }), 'address'],
  ['a sender that is not an address', mail({ from: 'Arcwarden' }), 'address'],
  ['a user without a password', mail({ user: 'ops' }), 'secret'],
  ['a user with a password', mail({ user: 'ops', secret }), undefined],
  ['a login in plain text', mail({ user: 'ops', secret, security: 'none' }), 'security'],
  ['a mail in plain text without a login', mail({ security: 'none' }), undefined],
  [
    'the passphrase of the keys',
    webhook('https://x.example', { kind: 'environment', name: 'ARCWARDEN_PASSPHRASE' }),
    'environment',
  ],
  [
    'a variable name from an earlier version',
    webhook('https://x.example', { kind: 'environment', name: 'ARCWARDEN_HOOK' }),
    'environment',
  ],
  [
    'a variable of another program',
    webhook('https://x.example', { kind: 'environment', name: 'AWS_SECRET' }),
    'environment',
  ],
  [
    'a variable with a hyphen',
    webhook('https://x.example', { kind: 'environment', name: 'ARCWARDEN_CHANNEL_A-B' }),
    'environment',
  ],
  ['an empty secret', webhook('https://x.example', { kind: 'vault', guarded: '' }), 'secret'],
  ['a file that was not chosen', webhook('https://x.example', { kind: 'file', path: '' }), 'file'],
  ['a metrics file that was not chosen', { ...base, kind: 'prometheus', path: '' }, 'file'],
  ['the webhook of a Teams workflow', { ...base, kind: 'teams', host: 'prod-1.logic.azure.com', secret }, undefined],
  ['a webhook on another port', { ...base, kind: 'slack', host: '127.0.0.1:8443', secret }, undefined],
  ['a webhook without a server', { ...base, kind: 'slack', host: '', secret }, 'server'],
  [
    'a server with a part of the secret',
    { ...base, kind: 'slack', host: 'hooks.slack.com/services/T1', secret },
    'server',
  ],
  ['a webhook without an address', { ...base, kind: 'slack', host: 'hooks.slack.com', secret: NO_SECRET }, 'secret'],
  ['a channel without a name', { ...base, name: ' ', kind: 'toast' }, 'name'],
  ['a channel that needs nothing', { ...base, kind: 'event-log' }, undefined],
])('the field with the fault is found: %s', (_title, channel, field) => {
  expect(channelFault(channel)?.field).toBe(field);
});

test.each(CHANNEL_KINDS)('every field of a %s channel has its texts and a command-line option', (kind) => {
  for (const field of listFormFields(kind)) {
    const choices = field.type === 'choice' ? field.choices.map((choice) => `${field.label}.${choice}`) : [];
    const none = field.type === 'file' ? field.none : undefined;
    for (const key of [field.label, field.hint, none, ...choices])
      if (key !== undefined) expect(Object.keys(CATALOGUES.en)).toContain(key);
    if (field.type !== 'secret') expect(Object.keys(OPTIONS)).toContain(field.option);
  }
});
