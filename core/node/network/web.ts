import type { Web, WebPost } from '../../shared/ports.ts';
import { deliveryFailure } from './delivery-failure.ts';

/** Requires TLS 1.2 or newer. The runtime's client is loaded for the first post. */
export function nodeWeb(): Web {
  return { post };
}

async function post({ url, headers, body, timeoutMs, extraCaPem }: WebPost): Promise<{ status: number }> {
  const target = new URL(url);
  // A bug rather than bad input, since addresses are checked on entry.
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
        ca: extraCaPem === undefined ? undefined : [...rootCertificates, extraCaPem],
        // Posts are minutes apart, and an open connection would keep the process alive.
        agent: false,
      },
      (answer) => {
        clearTimeout(timer);
        const { statusCode } = answer;
        // The body is ignored, so that an endless one cannot delay the answer.
        answer.destroy();
        if (statusCode === undefined) fail(undefined, { reason: 'other', detail: 'no status' });
        else resolve({ status: statusCode });
      },
    );
    // The timeout of a socket restarts with every byte; this timer limits the whole exchange.
    const timer = setTimeout(() => fail(undefined, { reason: 'late', detail: `${timeoutMs / 1_000} s` }), timeoutMs);
    sending.on('error', (error) => fail(error));
    sending.end(content);
  });
}
