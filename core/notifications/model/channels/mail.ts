import { CA_FILE, defineChannel } from '../channel-type.ts';

const TIMEOUT_MS = 30_000;
/** Sources: RFC 6409 section 3.1; RFC 8314 section 3.3 for `tls`. */
const MAIL_PORTS = { starttls: 587, tls: 465, none: 25 };

const HOST =
  /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*$/u;
const IPV6 = /^[0-9a-f:.]{2,45}$/iu;
/** Stricter than RFC 5322, but matches all addresses in use. A line break would end a header. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,253}$/u;

export const MAIL = defineChannel({
  kind: 'mail',
  fields: {
    host: { type: 'text', option: 'mail-server', label: 'watch.form.host', placeholder: 'mail.contoso.example' },
    port: { type: 'port', option: 'port', label: 'watch.form.port', usual: { choice: 'security', ports: MAIL_PORTS } },
    // With `none`, everything is sent in plain text and no login is allowed; the admin has to choose it explicitly.
    security: {
      type: 'choice',
      option: 'security',
      label: 'watch.form.security',
      choices: ['starttls', 'tls', 'none'],
    },
    from: { type: 'text', option: 'from', label: 'watch.form.from', placeholder: 'arcwarden@contoso.example' },
    to: {
      type: 'addresses',
      option: 'to',
      label: 'watch.form.to',
      hint: 'watch.form.to.hint',
      placeholder: 'ops@contoso.example',
    },
    user: { type: 'text', option: 'user', label: 'watch.form.user', hint: 'watch.form.user.hint', isOptional: true },
    secret: { type: 'secret', label: 'watch.form.secret.mail', isOptional: true, needs: 'user' },
    caFile: { ...CA_FILE, hiddenBy: { security: 'none' } },
  },
  fault({ host, security, from, to, user }) {
    if (!HOST.test(host) && !IPV6.test(host)) return { field: 'host', reason: host };
    if (to.length === 0) return { field: 'recipients', reason: '' };
    const wrong = [from, ...to].find((address) => !ADDRESS.test(address));
    if (wrong !== undefined) return { field: 'address', reason: wrong };
    // With `none`, anybody on the path to the server could read the password.
    return user !== undefined && security === 'none' ? { field: 'security', reason: '' } : undefined;
  },
  target: ({ to }) => to.join(', '),
  server: ({ host, port, security }) => ({ scheme: 'smtp', host: host.toLowerCase(), port, security }),
  keepsSecret: ({ host, security }, before) =>
    host === before.host && (security !== 'none' || before.security === 'none'),
  deliver: ({ host, port, security, from, to, user }, { notice, texts, secret }) => ({
    by: 'mail',
    server: {
      ...{ host, port, security, timeoutMs: TIMEOUT_MS },
      ...(user !== undefined && { login: { user, password: secret } }),
    },
    mail: { from, to, subject: texts.subject(notice), text: texts.body(notice), id: notice.id, at: notice.at },
  }),
});
