import { nodeMail } from '../../../core/node/network/mail.ts';
import { nodeWeb } from '../../../core/node/network/web.ts';
import { instant } from '../../../core/shared/instant.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';

/**
 * Posts to the URL in the first argument, sends an email to the port in the second argument, and prints both outcomes.
 */
async function deliver(url = '', port = ''): Promise<void> {
  const server = { host: 'localhost', port: Number(port), security: 'starttls', timeoutMs: 5_000 } as const;
  const address = 'ops@contoso.example';
  const message = {
    from: address,
    to: [address],
    subject: '',
    text: '',
    id: 'a1',
    at: instant('2026-11-24T12:00:00Z'),
  };
  const outcomes = await Promise.all([
    describe(nodeWeb().post({ url, headers: {}, body: '', timeoutMs: 5_000 })),
    describe(nodeMail().send({ ...server, login: { user: 'ops', password: 'secret' } }, message)),
  ]);
  process.stdout.write(JSON.stringify(outcomes));
}

async function describe(sending: Promise<unknown>): Promise<unknown> {
  try {
    await sending;
    return 'sent';
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    return error.params['reason'];
  }
}

void deliver(...process.argv.slice(2));
