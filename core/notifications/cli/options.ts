/** Options of the verbs of `arcwarden channel` and `arcwarden silence` that no other verb has. */
export const NOTIFICATION_OPTIONS = {
  url: { type: 'string' },
  'mail-server': { type: 'string' },
  port: { type: 'string' },
  security: { type: 'string' },
  user: { type: 'string' },
  'secret-env': { type: 'string' },
  'secret-file': { type: 'string' },
  'no-secret': { type: 'boolean' },
  'ca-file': { type: 'string' },
  'no-ca-file': { type: 'boolean' },
  enable: { type: 'boolean' },
  disable: { type: 'boolean' },
  until: { type: 'string' },
} as const;
