import type { Web, WebPost } from '../shared/ports.ts';
import { deliveryFailure } from './delivery-failure.ts';

/**
 * Implements HTTPS with the runtime's client, loaded for the first post. Verifies the certificate and its name;
 * requires TLS 1.2 or newer.
 */
export function nodeWeb(): Web {
  return { post };
}

async function post({ url, headers, body, timeoutMs, extraCaPem }: WebPost): Promise<{ status: number }> {
  const target = new URL(url);
  // This would be a bug, not bad input: addresses are checked when an admin enters them.
  if (target.protocol !== 'https:') throw new Error('only https is posted to');
  const [{ request }, { rootCertificates }] = await Promise.all([import('node:https'), import('node:tls')]);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown, known?: Parameters<typeof deliveryFailure>[2]): void => {
      clearTimeout(timer);
      reject(deliveryFailure(target.host, error, known));
      sending.destroy();
    };
    const content = Buffer.from(body, 'utf8');
    const sending = request(
      target,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': content.length },
        minVersion: 'TLSv1.2',
        // The default depends on NODE_TLS_REJECT_UNAUTHORIZED.
        rejectUnauthorized: true,
        ...(extraCaPem === undefined ? {} : { ca: [...rootCertificates, extraCaPem] }),
        // Opens a connection for each post: posts are minutes apart, and no connection may keep the process alive.
        agent: false,
      },
      (answer) => {
        clearTimeout(timer);
        const { statusCode } = answer;
        // Only the status matters; an endless body must not delay the answer.
        answer.destroy();
        if (statusCode === undefined) fail(undefined, { reason: 'other', detail: 'no status' });
        else resolve({ status: statusCode });
      },
    );
    // Limits the whole exchange: a socket's own timeout restarts with every byte.
    const timer = setTimeout(() => {
      fail(undefined, { reason: 'late', detail: `${timeoutMs / 1_000} s` });
    }, timeoutMs);
    sending.on('error', (error) => {
      fail(error);
    });
    sending.end(content);
  });
}
