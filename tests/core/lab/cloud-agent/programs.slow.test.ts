import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { readCertificatePem } from '../../../../core/lab/store/secret-files.ts';
import { loginRequest } from '../../../../core/pki/identities/request.ts';
import { LAB_ADDRESS, LAB_FQDN, tlsIdentity } from '../../../support/lab-agent.ts';
import { listDeviations } from '../../../support/lab-document.ts';
import { BuiltProgram } from '../../../support/built-program.ts';
import { callPort, presentPorts, RunningAgent } from '../../../support/running-agent.ts';
import { needPython, needTool } from '../../../support/tools.ts';

/** Creates, reads, changes, lists and deletes with another language; prints a line of JSON for each answer. */
const PYTHON = `
import http.client, json, ssl, sys
address, port, name, ca, cert, key = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
if cert != '':
    context.load_cert_chain(cert, key)

class Connection(http.client.HTTPSConnection):
    def connect(self):
        http.client.HTTPConnection.connect(self)
        self.sock = context.wrap_socket(self.sock, server_hostname=name)

connection = Connection(address, int(port), timeout=30)
path = '/v1/locations/MocLocation/groups/python/virtualNetworks'
def call(method, path, body=None, version=None):
    headers = {} if version is None else {'If-Match': version}
    connection.request(method, path, body and json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read().decode('utf-8')
    print(json.dumps({'method': method, 'path': path, 'status': answer.status,
                      'headers': {k.lower(): v for k, v in answer.getheaders()}, 'body': text}))
    return answer.getheader('ETag')

tag = call('PUT', path + '/net', {'addressPrefix': '10.0.0.0/24'})
call('GET', path + '/net')
tag = call('PUT', path + '/net', {'addressPrefix': '10.0.0.0/16'}, tag)
call('GET', path)
call('DELETE', path + '/net', version='"1"')
call('DELETE', path + '/net', version=tag)
call('GET', path + '/net')
`;

let agent: RunningAgent;
let folder: string;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  const program = await BuiltProgram.build();
  ({ folder } = program);
  agent = await RunningAgent.make(program.file, join(folder, 'lab'));
  const { owner, nobody } = agent.made.clients;
  for (const client of [owner, nobody]) {
    if (client === undefined) throw new Error('no client');
    const { certificatePem, keyPem } = tlsIdentity(presentPorts(), client);
    writeFileSync(file(`${client.name}.crt`), certificatePem);
    writeFileSync(file(`${client.name}.key`), keyPem);
  }
  writeFileSync(file('ca.crt'), agent.made.caPem);
  writeFileSync(file('python.py'), PYTHON);
  await agent.start();
});
afterAll(async () => {
  await agent.end();
});

interface Told {
  status: number;
  body: string;
}

interface PythonAnswer extends Told {
  method: string;
  path: string;
  headers: Record<string, string>;
}

describe('curl', () => {
  const curl = (path: string, who: string | undefined, ...words: string[]): Told => {
    const {
      status: code,
      stdout,
      stderr,
    } = spawnSync(
      'curl',
      [
        ...['--silent', '--show-error', '--max-time', '30', '--cacert', file('ca.crt')],
        ...['--resolve', `${LAB_FQDN}:${agent.work}:${LAB_ADDRESS}`, '--write-out', '\n%{http_code}'],
        ...(who === undefined ? [] : ['--cert', file(`${who}.crt`), '--key', file(`${who}.key`)]),
        ...[...words, `https://${LAB_FQDN}:${agent.work}${path}`],
      ],
      { encoding: 'utf8' },
    );
    if (code !== 0) throw new Error(stderr);
    const [status, ...lines] = stdout.split('\n').reverse();
    return { status: Number(status), body: lines.reverse().join('\n') };
  };
  const path = '/v1/locations/MocLocation/groups/curl/virtualNetworks/net';
  const put = ['--request', 'PUT', '--data', '{"addressPrefix":"10.0.0.0/24"}'];

  test('creates, reads, changes and deletes with a certificate', (context) => {
    needTool(context, 'curl');
    expect(curl(path, 'owner', ...put).status).toBe(201);
    expect(JSON.parse(curl(path, 'owner').body)).toMatchObject({ name: 'net', version: 1 });
    expect(curl(path, 'owner', ...put, '--header', 'If-Match: "1"').status).toBe(200);
    expect(curl(path, 'owner', '--request', 'DELETE', '--header', 'If-Match: "2"')).toEqual({ status: 204, body: '' });
    expect(curl(path, 'owner').status).toBe(404);
  });

  test('is refused without a certificate, and with one whose identity has no role', (context) => {
    needTool(context, 'curl');
    for (const words of [put, [], ['--request', 'DELETE']]) {
      const { status, body } = curl(path, undefined, ...words);
      expect([status, JSON.parse(body)]).toEqual([401, { error: { code: 'certificate-needed' } }]);
      expect(curl(path, 'nobody', ...words).status).toBe(403);
    }
  });

  test('reads the document, from which other clients are made, without a certificate', (context) => {
    needTool(context, 'curl');
    const { status, body } = curl('/v1/openapi.json', undefined);
    expect([status, (JSON.parse(body) as { openapi: string }).openapi]).toEqual([200, '3.1.0']);
  });
});

describe('openssl s_client', () => {
  const send = (port: number, request: string, ...words: string[]): string =>
    spawnSync(
      'openssl',
      [
        ...['s_client', '-connect', `${LAB_ADDRESS}:${port}`, '-servername', LAB_FQDN, '-verify_hostname', LAB_FQDN],
        ...['-CAfile', file('ca.crt'), '-verify_return_error', '-ign_eof', ...words],
      ],
      { input: request, encoding: 'utf8', timeout: 30_000 },
    ).stdout;
  const request = (method: string, path: string, headers = ''): string =>
    `${method} ${path} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n${headers}\r\n`;
  const owner = (): string[] => ['-cert', file('owner.crt'), '-key', file('owner.key')];

  test('verifies the server, and works with a certificate, in TLS 1.2 and 1.3', (context) => {
    needTool(context, 'openssl');
    for (const version of ['-tls1_2', '-tls1_3']) {
      const said = send(agent.work, request('GET', '/v1/self'), ...owner(), version);
      expect(said).toContain('Verify return code: 0 (ok)');
      expect(said).toContain('HTTP/1.1 200 OK');
      expect(said).toContain('"name":"owner"');
      expect(send(agent.work, request('GET', '/v1/self'), version)).toContain('HTTP/1.1 401 Unauthorized');
    }
  });

  test('is asked for a certificate on the port for work, and not on the one for logins', (context) => {
    needTool(context, 'openssl');
    const document = request('GET', '/v1/openapi.json');
    expect(send(agent.work, document)).toContain('Requested Signature Algorithms');
    const login = send(agent.login, request('POST', '/v1/login', 'Content-Length: 2\r\n').concat('{}'), ...owner());
    expect(login).not.toContain('Requested Signature Algorithms');
    expect(login).toContain('HTTP/1.1 400 Bad Request');
  });

  test('cannot speak TLS 1.1', (context) => {
    needTool(context, 'openssl');
    expect(send(agent.work, '', '-tls1_1', '-cipher', 'DEFAULT:@SECLEVEL=0')).toContain(
      'no peer certificate available',
    );
  });
});

describe('a client in Python', () => {
  const run = (python: string, who: string): PythonAnswer[] => {
    const pair = who === '' ? ['', ''] : [file(`${who}.crt`), file(`${who}.key`)];
    const words = [file('python.py'), LAB_ADDRESS, String(agent.work), LAB_FQDN, file('ca.crt'), ...pair];
    const { stdout, stderr, status } = spawnSync(python, words, { encoding: 'utf8', timeout: 60_000 });
    if (status !== 0) throw new Error(stderr);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as PythonAnswer);
  };

  test('creates, reads, changes, lists and deletes over one connection, as the document says', (context) => {
    const answers = run(needPython(context, 'ssl'), 'owner');
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 412, 204, 404]);
    expect(answers.flatMap((each) => listDeviations(each, each))).toEqual([]);
  });

  test('is refused every time without a certificate', (context) => {
    const answers = run(needPython(context, 'ssl'), '');
    expect(answers.map(({ status }) => status)).toEqual(new Array(7).fill(401));
    expect(answers.flatMap((each) => listDeviations(each, each))).toEqual([]);
  });
});

test('a login over the real port returns a certificate with which the work begins', async () => {
  const ports = presentPorts();
  const { owner } = agent.made.clients;
  const { request, key } = await loginRequest(ports, {
    name: 'x',
    hostName: 'h',
    hostIp: '10.0.0.1',
    algorithm: 'p-256',
  });
  const body = { request: encodePem('CERTIFICATE REQUEST', request) };
  const { token } = owner!;
  expect((await callPort(agent.made, agent.login, '/v1/login', { method: 'POST', body })).status).toBe(401);
  const answer = await callPort(agent.made, agent.login, '/v1/login', { method: 'POST', token, body });
  expect(listDeviations({ method: 'POST', path: '/v1/login' }, answer)).toEqual([]);
  const [certificate] = readCertificatePem((JSON.parse(answer.body) as { certificate: string }).certificate);
  const as = { ...owner!, key, certificate: certificate! };
  const self = await callPort(agent.made, agent.work, '/v1/self', { as });
  expect([self.status, (JSON.parse(self.body) as { name: string }).name]).toEqual([200, 'owner']);
  expect((await callPort(agent.made, agent.login, '/v1/self', { as })).status).toBe(404);
});
