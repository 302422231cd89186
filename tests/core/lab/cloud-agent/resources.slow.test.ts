import { beforeEach, describe, expect, test } from 'vitest';
import { LabAgent, refusalIn, type AgentClient, type Told } from '../../../support/lab-agent.ts';

const NET = { addressPrefix: '10.0.0.0/24' };
const VM = { cpuCount: 2, memoryMB: 1024, networkInterfaces: ['nic'], powerState: 'Off' };
const GROUP = '/v1/locations/MocLocation/groups/retail';
const resourcePath = (name: string): string => `${GROUP}/${name}`;

let lab: LabAgent;
let as: AgentClient;

beforeEach(async () => {
  lab = await LabAgent.start();
  const { owner } = lab.made.clients;
  if (owner === undefined) throw new Error('no owner');
  as = owner;
});

const put = (path: string, body: unknown, version?: number): Promise<Told> =>
  lab.call('PUT', resourcePath(path), { as, body, ...(version !== undefined && { version }) });
const get = (path: string): Promise<Told> => lab.call('GET', resourcePath(path), { as });
const remove = (path: string, version?: number): Promise<Told> =>
  lab.call('DELETE', resourcePath(path), { as, ...(version !== undefined && { version }) });

describe.each([
  ['virtualNetworks/a', 'VirtualNetwork', NET, { addressPrefix: '10.0.0.0/16' }],
  [
    'networkInterfaces/a',
    'NetworkInterface',
    { virtualNetwork: 'net', ipAddress: '10.0.0.9' },
    { virtualNetwork: 'net' },
  ],
  ['virtualMachines/a', 'VirtualMachine', VM, { ...VM, powerState: 'Running' }],
])('%s', (path, type, first, second) => {
  beforeEach(async () => {
    expect((await put('virtualNetworks/net', NET)).status).toBe(201);
    expect((await put('networkInterfaces/nic', { virtualNetwork: 'net', ipAddress: '10.0.0.4' })).status).toBe(201);
  });

  test('is created, read, listed, changed by its version, and deleted', async () => {
    const created = await put(path, first);
    expect(created).toMatchObject({ status: 201, headers: { etag: '"1"' } });
    const place = { type, location: 'MocLocation', group: 'retail', name: 'a' };
    expect(created.value).toEqual({ ...place, version: 1, changedAt: lab.ports.clock.now(), properties: first });
    expect(await get(path)).toEqual({ ...created, status: 200 });
    expect((await get(path.replace('/a', ''))).value).toContainEqual(created.value);
    const changed = await put(path, second, 1);
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, value: { version: 2, properties: second } });
    expect((await get(path)).value).toEqual(changed.value);
    expect(await remove(path, 2)).toMatchObject({ status: 204, value: undefined });
    expect(refusalIn(await get(path))).toEqual({ status: 404, code: 'not-found', detail: 'a' });
  });

  test('is neither changed nor deleted without its version, or with another one', async () => {
    await put(path, first);
    const needed = { status: 428, code: 'version-needed', detail: '1' };
    const differs = { status: 412, code: 'version-differs', detail: '1' };
    expect(refusalIn(await put(path, second))).toEqual(needed);
    expect(refusalIn(await remove(path))).toEqual(needed);
    expect(refusalIn(await put(path, second, 2))).toEqual(differs);
    expect(refusalIn(await remove(path, 0))).toEqual(differs);
    expect((await get(path)).value).toMatchObject({ version: 1, properties: first });
    expect(refusalIn(await put(path.replace('/a', '/other'), second, 1))).toMatchObject({ status: 404 });
    expect(refusalIn(await remove(path.replace('/a', '/other'), 1))).toMatchObject({ status: 404 });
  });

  test.each(['1', 'W/"1"', '*', '"1", "2"', '"-1"', '"1e3"', '"9999999999999999"', ''])(
    'is not changed by If-Match %j, which is no version',
    async (header) => {
      await put(path, first);
      for (const method of ['PUT', 'DELETE']) {
        const told = await lab.call(method, resourcePath(path), { as, body: second, headers: { 'if-match': header } });
        expect(refusalIn(told)).toEqual({ status: 400, code: 'invalid', place: 'if-match' });
      }
    },
  );

  test('of two changes with one version, made at once, exactly one succeeds', async () => {
    await put(path, first);
    const answers = await Promise.all([1, 2, 3, 4].map(() => put(path, second, 1)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const made = await Promise.all([1, 2, 3].map(() => put(path.replace('/a', '/b'), { ...first, ...fresh(type) })));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 428, 428]);
  });
});

/** Properties without what is in use already. */
function fresh(type: string): object {
  if (type === 'NetworkInterface') return { ipAddress: '10.0.0.77' };
  return type === 'VirtualMachine' ? { networkInterfaces: [] } : {};
}

describe('conflicts between resources', () => {
  beforeEach(async () => {
    await put('virtualNetworks/net', NET);
    await put('networkInterfaces/nic', { virtualNetwork: 'net', ipAddress: '10.0.0.4' });
    await put('virtualMachines/vm', VM);
  });
  const conflict = async (told: Promise<Told>) => refusalIn(await told);

  test('are refused with their reason and what is in the way', async () => {
    const card = (properties: object): Promise<Told> => put('networkInterfaces/x', properties);
    expect(await conflict(card({ virtualNetwork: 'none' }))).toEqual({
      status: 409,
      code: 'network-unknown',
      detail: 'none',
    });
    const outside = { status: 409, code: 'address-outside', detail: '10.0.0.0/24' };
    expect(await conflict(card({ virtualNetwork: 'net', ipAddress: '10.0.1.1' }))).toEqual(outside);
    const taken = { status: 409, code: 'address-taken', detail: 'nic' };
    expect(await conflict(card({ virtualNetwork: 'net', ipAddress: '10.0.0.4' }))).toEqual(taken);
    const other = put('virtualMachines/x', { ...VM, networkInterfaces: ['none'] });
    expect(await conflict(other)).toEqual({ status: 409, code: 'interface-unknown', detail: 'none' });
    const double = put('virtualMachines/x', { ...VM, networkInterfaces: ['free', 'free'] });
    expect((await conflict(double)).code).toBe('interface-unknown');
    expect(await conflict(put('virtualMachines/x', VM))).toEqual({
      status: 409,
      code: 'interface-taken',
      detail: 'vm',
    });
    const narrow = put('virtualNetworks/net', { addressPrefix: '10.0.0.8/29' }, 1);
    expect(await conflict(narrow)).toEqual({ status: 409, code: 'address-outside', detail: '10.0.0.8/29' });
  });

  test('protect a network with interfaces and an interface in use', async () => {
    expect(await conflict(remove('virtualNetworks/net', 1))).toEqual({ status: 409, code: 'in-use', detail: 'nic' });
    expect(await conflict(remove('networkInterfaces/nic', 1))).toEqual({ status: 409, code: 'in-use', detail: 'vm' });
    expect((await remove('virtualMachines/vm', 1)).status).toBe(204);
    expect((await remove('networkInterfaces/nic', 1)).status).toBe(204);
    expect((await remove('virtualNetworks/net', 1)).status).toBe(204);
  });
});

describe('what is wrong with a request is named', () => {
  test.each<[string, unknown, string]>([
    ['virtualNetworks/a', {}, 'body.addressPrefix'],
    ['virtualNetworks/a', { addressPrefix: 1 }, 'body.addressPrefix'],
    ['virtualNetworks/a', { addressPrefix: '10.0.0.0' }, 'body.addressPrefix'],
    ['virtualNetworks/a', { addressPrefix: '10.0.0.0/31' }, 'body.addressPrefix'],
    ['virtualNetworks/a', { addressPrefix: '10.0.0.256/24' }, 'body.addressPrefix'],
    ['virtualNetworks/a', { addressPrefix: '10.0.0.0/24', extra: 1 }, 'body'],
    ['networkInterfaces/a', { virtualNetwork: '' }, 'body.virtualNetwork'],
    ['networkInterfaces/a', { virtualNetwork: 'net', ipAddress: '::1' }, 'body.ipAddress'],
    ['networkInterfaces/a', { virtualNetwork: 'net', ipAddress: '010.0.0.1' }, 'body.ipAddress'],
    ['virtualMachines/a', { ...VM, cpuCount: '2' }, 'body.cpuCount'],
    ['virtualMachines/a', { ...VM, cpuCount: 1.5 }, 'body.cpuCount'],
    ['virtualMachines/a', { ...VM, memoryMB: 2 ** 53 }, 'body.memoryMB'],
    ['virtualMachines/a', { ...VM, networkInterfaces: ['nic', 7] }, 'body.networkInterfaces.1'],
    ['virtualMachines/a', { ...VM, networkInterfaces: new Array(17).fill('nic') }, 'body.networkInterfaces'],
    ['virtualMachines/a', { ...VM, powerState: 'on' }, 'body.powerState'],
    ['virtualMachines/a', { ...VM, name: 'b' }, 'body'],
    ['virtualMachines/a', [], 'body'],
    ['virtualMachines/a', null, 'body'],
    ['virtualMachines/a', new TextEncoder().encode('{"cpuCount":2'), 'body'],
    ['virtualMachines/a', new TextEncoder().encode(''), 'body'],
    ['virtualMachines/a', Uint8Array.of(0x7b, 0xff, 0x7d), 'body'],
    ['virtualNetworks/a b', NET, 'path.name'],
    ['virtualNetworks/..', NET, 'path.name'],
    ['virtualNetworks/a%2Fb', NET, 'path.name'],
    ['virtualNetworks/a%00', NET, 'path.name'],
    [`virtualNetworks/${'a'.repeat(64)}`, NET, 'path.name'],
    ['virtualNetworks/%E3%82', NET, 'path'],
    ['virtualNetworks/a?force=true', NET, 'query'],
  ])('%s with %j', async (path, body, place) => {
    expect(refusalIn(await put(path, body))).toMatchObject({ status: 400, code: 'invalid', place });
    expect(lab.keeper.content.resources).toEqual([]);
    expect(lab.log).toEqual([]);
    // Nobody else’s change suffers from it.
    const [good] = await Promise.all([put('virtualNetworks/good', NET), put(path, body)]);
    expect(good.status).toBe(201);
  });

  test('a path that is unknown, and a method that a path does not have', async () => {
    expect(refusalIn(await lab.call('GET', '/v1/nothing', { as }))).toEqual({ status: 404, code: 'path-unknown' });
    expect(refusalIn(await lab.call('GET', '/v1//self', { as }))).toMatchObject({ status: 404 });
    expect(refusalIn(await lab.call('GET', '/v1/login', {}))).toMatchObject({ status: 405, detail: 'POST' });
    const told = await lab.call('PATCH', resourcePath('virtualMachines/a'), { as });
    expect(refusalIn(told)).toMatchObject({ status: 405, code: 'method-unknown', detail: 'GET, PUT, DELETE' });
    expect(told.headers['allow']).toBe('GET, PUT, DELETE');
  });
});

describe('a disk that is full', () => {
  test('refuses changes and answers reads; what was there stays, and nothing else appears', async () => {
    await put('virtualNetworks/net', NET);
    lab.ports.files.isFull = true;
    const refused = { status: 507, code: 'store.not-writable' };
    expect(refusalIn(await put('virtualNetworks/other', NET))).toEqual(refused);
    expect(refusalIn(await remove('virtualNetworks/net', 1))).toEqual(refused);
    expect(refusalIn(await lab.call('POST', '/v1/self/rotate', { as }))).toEqual(refused);
    lab.ports.files.isFull = false;
    const { value } = await get('virtualNetworks');
    expect(value).toMatchObject([{ name: 'net', version: 1 }]);
    expect((await put('virtualNetworks/other', NET)).status).toBe(201);
  });
});

test('a change that is on its way to the disk is confirmed to nobody, not even to who wants the same', async () => {
  let finish = (): void => undefined;
  const { files } = lab.ports;
  const replace = files.replace.bind(files);
  const onDisk = new Promise<void>((resolve) => (finish = resolve));
  files.replace = async (path, content) => {
    if (path.includes('state.json')) await onDisk;
    return replace(path, content);
  };
  const revoke = (): Promise<Told> => lab.call('POST', '/v1/identities/nobody/revoke', { as });
  const answered: string[] = [];
  const both = ['first', 'second'].map((name) => revoke().then(() => answered.push(name)));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(answered).toEqual([]);
  finish();
  await Promise.all(both);
  expect(answered).toHaveLength(2);
});
