import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deleteResource,
  findResource,
  listResources,
  putResource,
  ResourceConflict,
  type Resource,
  type ResourceDraft,
  type Resources,
} from '../../../../core/lab/model/resources.ts';
import { instant } from '../../../../core/shared/instant.ts';

const NOW = instant('2026-12-02T10:00:00Z');
const PLACE = { location: 'MocLocation', group: 'retail' };
const network = (name: string, addressPrefix = '10.0.0.0/24', more = {}): ResourceDraft => ({
  ...{ type: 'VirtualNetwork', ...PLACE, name, properties: { addressPrefix } },
  ...more,
});
const card = (name: string, virtualNetwork: string, ipAddress?: string, more = {}): ResourceDraft => ({
  ...{ type: 'NetworkInterface', ...PLACE, name, properties: { virtualNetwork, ipAddress } },
  ...more,
});
const machine = (name: string, networkInterfaces: string[], more = {}): ResourceDraft => ({
  ...{ type: 'VirtualMachine', ...PLACE, name },
  properties: { cpuCount: 2, memoryMB: 1024, networkInterfaces, powerState: 'Off' },
  ...more,
});

function make(...drafts: ResourceDraft[]): Resources {
  let resources: Resources = new Map();
  for (const draft of drafts) ({ resources } = putResource(resources, draft, { now: NOW }));
  return resources;
}

function catchFault(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof ResourceConflict) return `${error.fault} ${error.by}`;
    throw error;
  }
}

const put = (resources: Resources, draft: ResourceDraft, version?: number) =>
  catchFault(() => putResource(resources, draft, { version, now: NOW }));

describe('a resource', () => {
  test('keeps the spelling of its first place, and counts its changes', () => {
    const first = make(network('net'));
    const { resource } = putResource(first, network('NET', '10.0.0.0/16', { group: 'RETAIL' }), {
      version: 1,
      now: NOW,
    });
    expect(resource).toMatchObject({ name: 'net', group: 'retail', version: 2, changedAt: NOW });
    expect(findResource(first, network('Net'))).toMatchObject({ version: 1 });
  });

  test('is changed only by who knows its version', () => {
    const resources = make(network('net'));
    expect(put(resources, network('net'))).toBe('version-needed 1');
    expect(put(resources, network('net'), 2)).toBe('version-differs 1');
    expect(put(resources, network('other'), 1)).toBe('not-found other');
    expect(catchFault(() => deleteResource(resources, network('net')))).toBe('version-needed 1');
    expect(catchFault(() => deleteResource(resources, network('net'), 7))).toBe('version-differs 1');
    expect(catchFault(() => deleteResource(resources, network('other'), 1))).toBe('not-found other');
  });

  test('is listed by name, only in its own group and location', () => {
    const resources = make(network('b'), network('a'), network('c', undefined, { group: 'retail-east' }));
    expect(listResources(resources, network('')).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(listResources(resources, network('', '', { location: 'other' }))).toEqual([]);
  });

  test('finds no place beyond 2,000', () => {
    const resources = make(
      ...Array.from({ length: 2_000 }, (_, at) => network(`n${at}`, undefined, { group: `g${at}` })),
    );
    expect(put(resources, network('more'))).toBe('too-many 2000');
    expect(put(resources, network('n7', '10.0.0.0/16', { group: 'g7' }), 1)).toBe('none');
  });
});

describe('conflicts', () => {
  const all = make(network('net'), network('far', '10.9.0.0/16'), card('nic', 'net', '10.0.0.4'), card('free', 'net'));
  const running = putResource(all, machine('vm', ['nic']), { now: NOW }).resources;

  test.each<[string, () => string, string]>([
    ['an interface without its network', () => put(all, card('x', 'none')), 'network-unknown none'],
    ['an address outside the network', () => put(all, card('x', 'net', '10.0.1.1')), 'address-outside 10.0.0.0/24'],
    ['an address that another interface has', () => put(all, card('x', 'net', '10.0.0.4')), 'address-taken nic'],
    ['the same address in another network', () => put(all, card('x', 'far', '10.9.0.4')), 'none'],
    [
      'a network that no longer has an address in use',
      () => put(all, network('net', '10.0.0.8/29'), 1),
      'address-outside 10.0.0.8/29',
    ],
    ['a network with interfaces', () => catchFault(() => deleteResource(all, network('net'), 1)), 'in-use free'],
    ['a network without', () => catchFault(() => deleteResource(all, network('far'), 1)), 'none'],
    ['a machine without its interface', () => put(all, machine('x', ['nic', 'none'])), 'interface-unknown none'],
    [
      'an interface of another group',
      () => put(all, machine('x', ['nic'], { group: 'other' })),
      'interface-unknown nic',
    ],
    ['an interface named twice', () => put(all, machine('x', ['nic', 'NIC'])), 'interface-taken x'],
    ['an interface that another machine has', () => put(running, machine('x', ['nic'])), 'interface-taken vm'],
    ['the own interface again', () => put(running, machine('vm', ['NIC', 'free']), 1), 'none'],
    ['an interface in use', () => catchFault(() => deleteResource(running, card('nic', 'net'), 1)), 'in-use vm'],
    ['an interface in use, in another network', () => put(running, card('nic', 'far', '10.9.0.4'), 1), 'none'],
    ['the machine itself', () => catchFault(() => deleteResource(running, machine('vm', []), 1)), 'none'],
  ])('%s', (_title, work, expected) => {
    expect(work()).toBe(expected);
  });
});

// ---- Against a model that knows only lists and the plain rules -----------------------------------------------------

interface Known {
  group: string;
  name: string;
  version: number;
}
type Net = Known & { from: number; to: number };
type Card = Known & { net: string; address: number | undefined };
type Machine = Known & { cards: string[] };

class Naive {
  nets: Net[] = [];
  cards: Card[] = [];
  machines: Machine[] = [];

  /** Returns whether the change is allowed, and makes it. */
  put(draft: ResourceDraft, version: number | undefined): boolean {
    const [group, name] = [draft.group.toLowerCase(), draft.name.toLowerCase()];
    const list: Known[] = this.#list(draft.type);
    const former = list.find((each) => each.group === group && each.name === name);
    if (former?.version !== version) return false;
    const base = { group, name, version: (version ?? 0) + 1 };
    const here = <T extends Known>(all: readonly T[]): T[] => all.filter((each) => each.group === group);
    const others = <T extends Known>(all: readonly T[]): T[] => here(all).filter((each) => each.name !== name);
    if (draft.type === 'VirtualNetwork') {
      const [start = '', bits = '0'] = draft.properties.addressPrefix.split('/');
      const size = 2 ** (32 - Number(bits));
      const from = readAddress(start) - (readAddress(start) % size);
      const to = from + size - 1;
      const outside = here(this.cards).some(
        ({ net, address }) => net === name && address !== undefined && (address < from || address > to),
      );
      if (outside) return false;
      this.nets = [...this.nets.filter((each) => each !== former), { ...base, from, to }];
    } else if (draft.type === 'NetworkInterface') {
      const net = draft.properties.virtualNetwork.toLowerCase();
      const found = here(this.nets).find((each) => each.name === net);
      const { ipAddress } = draft.properties;
      const address = ipAddress === undefined ? undefined : readAddress(ipAddress);
      if (found === undefined) return false;
      if (address !== undefined) {
        if (address < found.from || address > found.to) return false;
        if (others(this.cards).some((each) => each.net === net && each.address === address)) return false;
      }
      this.cards = [...this.cards.filter((each) => each !== former), { ...base, net, address }];
    } else {
      const wanted = draft.properties.networkInterfaces.map((each) => each.toLowerCase());
      if (new Set(wanted).size !== wanted.length) return false;
      if (!wanted.every((each) => here(this.cards).some((known) => known.name === each))) return false;
      if (others(this.machines).some(({ cards }) => cards.some((each) => wanted.includes(each)))) return false;
      this.machines = [...this.machines.filter((each) => each !== former), { ...base, cards: wanted }];
    }
    return true;
  }

  delete({ type, group: wide, name: long }: ResourceDraft, version: number | undefined): boolean {
    const [group, name] = [wide.toLowerCase(), long.toLowerCase()];
    const found = this.#list(type).find((each) => each.group === group && each.name === name);
    if (found === undefined || found.version !== version) return false;
    const uses = [
      ...(type === 'VirtualNetwork' ? this.cards.filter((each) => each.group === group && each.net === name) : []),
      ...(type === 'NetworkInterface'
        ? this.machines.filter((each) => each.group === group && each.cards.includes(name))
        : []),
    ];
    if (uses.length > 0) return false;
    this.nets = this.nets.filter((each) => each !== found);
    this.cards = this.cards.filter((each) => each !== found);
    this.machines = this.machines.filter((each) => each !== found);
    return true;
  }

  /** All there is, as sorted lines. */
  lines(): string[] {
    return (['VirtualNetwork', 'NetworkInterface', 'VirtualMachine'] as const)
      .flatMap((type) => this.#list(type).map(({ group, name, version }) => `${type} ${group} ${name} ${version}`))
      .sort();
  }

  #list(type: Resource['type']): Known[] {
    return { VirtualNetwork: this.nets, NetworkInterface: this.cards, VirtualMachine: this.machines }[type];
  }
}

function readAddress(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

const name = fc.constantFrom('a', 'b', 'B', 'c');
const place = fc.record({ location: fc.constant('L'), group: fc.constantFrom('g', 'G', 'h'), name });
const draft: fc.Arbitrary<ResourceDraft> = fc.oneof(
  fc
    .record({
      place,
      properties: fc.record({
        addressPrefix: fc.constantFrom('10.0.0.0/30', '10.0.0.4/30', '10.0.0.2/29', '10.0.0.0/8'),
      }),
    })
    .map(({ place: at, properties }): ResourceDraft => ({ type: 'VirtualNetwork', ...at, properties })),
  fc
    .record({
      place,
      properties: fc.record({
        virtualNetwork: name,
        ipAddress: fc.option(
          fc.integer({ min: 0, max: 8 }).map((last) => `10.0.0.${last}`),
          { nil: undefined },
        ),
      }),
    })
    .map(({ place: at, properties }): ResourceDraft => ({ type: 'NetworkInterface', ...at, properties })),
  fc
    .record({
      place,
      properties: fc.record({
        ...{ cpuCount: fc.constant(1), memoryMB: fc.constant(256), powerState: fc.constant('Off' as const) },
        networkInterfaces: fc.array(name, { maxLength: 2 }),
      }),
    })
    .map(({ place: at, properties }): ResourceDraft => ({ type: 'VirtualMachine', ...at, properties })),
);
const step = fc.record({
  isDelete: fc.nat(3).map((number) => number === 0),
  draft,
  /** The present version, none, or another one. */
  version: fc.constantFrom('right', 'right', 'right', 'right', 'none', 'wrong'),
});

test('every change is allowed or refused as by a plain model of lists, and a refusal changes nothing', () => {
  let [made, refused] = [0, 0];
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 80 }), (steps) => {
      let resources: Resources = new Map();
      const naive = new Naive();
      for (const { isDelete, draft: wanted, version: choice } of steps) {
        const present = [...resources.values()].find(
          (each) =>
            each.type === wanted.type &&
            each.group.toLowerCase() === wanted.group.toLowerCase() &&
            each.name.toLowerCase() === wanted.name.toLowerCase(),
        )?.version;
        const version = choice === 'right' ? present : choice === 'none' ? undefined : (present ?? 0) + 1;
        const before = resources;
        const fault = catchFault(() => {
          resources = isDelete
            ? deleteResource(before, wanted, version)
            : putResource(before, wanted, { version, now: NOW }).resources;
        });
        const expected = isDelete ? naive.delete(wanted, version) : naive.put(wanted, version);
        expect(fault === 'none', fault).toBe(expected);
        if (!expected) expect(resources).toBe(before);
        if (expected) made += 1;
        else refused += 1;
        const lines = [...resources.values()].map(
          (each) => `${each.type} ${each.group.toLowerCase()} ${each.name.toLowerCase()} ${each.version}`,
        );
        expect(lines.sort()).toEqual(naive.lines());
      }
    }),
    { numRuns: 200 },
  );
  // Both happen often enough to mean something.
  expect(made).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(1_000);
});
