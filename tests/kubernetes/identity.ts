import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { parse } from 'yaml';

/** The credentials of a client; empty for an anonymous client. */
export interface Identity {
  cert?: string;
  key?: string;
  token?: string;
}

export interface Answer {
  status: number;
  body: string;
}

export interface Request {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export const NOBODY: Identity = {};
const LIMIT_MS = 240_000;

/** Reads a certificate and its key; `path` is without the extension. */
export function pair(path: string): Identity {
  return { cert: readFileSync(`${path}.crt`, 'utf8'), key: readFileSync(`${path}.key`, 'utf8') };
}

interface Kubeconfig {
  users: { user: { 'client-certificate-data'?: string; 'client-key-data'?: string; token?: string } }[];
}

export function readUser(path: string): Identity {
  const { users } = parse(readFileSync(path, 'utf8')) as Kubeconfig;
  const { 'client-certificate-data': cert, 'client-key-data': key, token } = users[0]?.user ?? {};
  return {
    ...(cert !== undefined && { cert: Buffer.from(cert, 'base64').toString('utf8') }),
    ...(key !== undefined && { key: Buffer.from(key, 'base64').toString('utf8') }),
    ...(token !== undefined && { token }),
  };
}

/** Sends one request over a separate connection to a server whose certificate must chain to this CA. */
export function ask(
  url: string,
  ca: string,
  { cert, key, token }: Identity,
  { method = 'GET', body, headers = {} }: Request = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const request = httpsRequest(
      url,
      {
        ca,
        cert,
        key,
        method,
        agent: false,
        timeout: LIMIT_MS,
        headers: {
          ...(text !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Uint8Array[] = [];
        response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(text);
  });
}
