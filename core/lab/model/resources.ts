import type { Instant } from '../../shared/instant.ts';
import { ipBytes } from '../../shared/ip-address.ts';

/*
 * The resources that the cloud agent serves: the article names virtual machines, network interfaces and virtual networks.
 * Their properties are the lab's own selection from microsoft/moc, rpc/cloudagent/compute and rpc/cloudagent/network.
 */

const RESOURCE_TYPES = ['VirtualNetwork', 'NetworkInterface', 'VirtualMachine'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

export interface ResourceProperties {
  VirtualNetwork: { addressPrefix: string };
  NetworkInterface: { virtualNetwork: string; ipAddress?: string | undefined };
  VirtualMachine: {
    cpuCount: number;
    memoryMB: number;
    networkInterfaces: readonly string[];
    powerState: 'Running' | 'Off';
  };
}

export interface ResourcePlace {
  type: ResourceType;
  location: string;
  group: string;
  name: string;
}

interface TypedResource<T extends ResourceType> extends ResourcePlace {
  type: T;
  /** Counts the changes from 1. */
  version: number;
  changedAt: Instant;
  properties: ResourceProperties[T];
}

export type Resource = { [T in ResourceType]: TypedResource<T> }[ResourceType];

export type ResourceDraft = {
  [T in ResourceType]: Pick<TypedResource<T>, keyof ResourcePlace | 'properties'>;
}[ResourceType];

/** By key; see `resourceKey`. Never changed: every operation returns a new map. */
export type Resources = ReadonlyMap<string, Resource>;

export type ResourceFault =
  | 'not-found'
  | 'version-needed'
  | 'version-differs'
  | 'in-use'
  | 'network-unknown'
  | 'interface-unknown'
  | 'interface-taken'
  | 'address-taken'
  | 'address-outside'
  | 'too-many';

export class ResourceConflict extends Error {
  readonly fault: ResourceFault;
  /** The name of the resource or the value that is in the way. */
  readonly by: string;

  constructor(fault: ResourceFault, by: string) {
    super(fault);
    this.fault = fault;
    this.by = by;
  }
}

/** The state of a lab stays small enough to be written as a whole with every change. */
const MOST_RESOURCES = 2_000;

/** Names differ regardless of case, like other names of the cloud agent. */
export function resourceKey({ type, location, group, name }: ResourcePlace): string {
  return [type, location, group, name].map((part) => part.toLowerCase()).join('/');
}

export function findResource(resources: Resources, place: ResourcePlace): Resource {
  const found = resources.get(resourceKey(place));
  if (found === undefined) throw new ResourceConflict('not-found', place.name);
  return found;
}

export function listResources(resources: Resources, place: Omit<ResourcePlace, 'name'>): Resource[] {
  const start = resourceKey({ ...place, name: '' });
  const found = [...resources].filter(([key]) => key.startsWith(start)).map(([, resource]) => resource);
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Creates a resource, or changes the one that has this version. Without `version`, there must be none. Throws
 * `ResourceConflict`.
 */
export function putResource(
  resources: Resources,
  draft: ResourceDraft,
  { version, now }: { version?: number | undefined; now: Instant },
): { resources: Resources; resource: Resource } {
  const key = resourceKey(draft);
  const former = resources.get(key);
  if (former === undefined && version !== undefined) throw new ResourceConflict('not-found', draft.name);
  if (former !== undefined) demandVersion(former, version);
  if (former === undefined && resources.size >= MOST_RESOURCES)
    throw new ResourceConflict('too-many', String(MOST_RESOURCES));
  // The first spelling stays.
  const { location, group, name } = former ?? draft;
  const resource = { ...draft, location, group, name, version: (former?.version ?? 0) + 1, changedAt: now };
  checkReferences(resources, resource);
  return { resources: new Map(resources).set(key, resource), resource };
}

/** Throws `ResourceConflict` if another resource uses it. */
export function deleteResource(resources: Resources, place: ResourcePlace, version?: number): Resources {
  const resource = findResource(resources, place);
  demandVersion(resource, version);
  const user = neighbours(resources, resource).find((each) => listReferences(each).includes(resourceKey(resource)));
  if (user !== undefined) throw new ResourceConflict('in-use', user.name);
  const left = new Map(resources);
  left.delete(resourceKey(place));
  return left;
}

function demandVersion(former: Resource, version: number | undefined): void {
  if (version === undefined) throw new ResourceConflict('version-needed', String(former.version));
  if (version !== former.version) throw new ResourceConflict('version-differs', String(former.version));
}

/** Lists the other resources of the same group; resources refer to each other only within one. */
function neighbours(resources: Resources, { location, group, type, name }: Resource): Resource[] {
  const own = resourceKey({ type, location, group, name });
  return RESOURCE_TYPES.flatMap((each) => listResources(resources, { type: each, location, group })).filter(
    (each) => resourceKey(each) !== own,
  );
}

function listReferences(resource: Resource): string[] {
  const { location, group } = resource;
  const makeKey = (type: ResourceType) => (name: string) => resourceKey({ type, location, group, name });
  switch (resource.type) {
    case 'VirtualNetwork':
      return [];
    case 'NetworkInterface':
      return [makeKey('VirtualNetwork')(resource.properties.virtualNetwork)];
    case 'VirtualMachine':
      return resource.properties.networkInterfaces.map(makeKey('NetworkInterface'));
  }
}

function checkReferences(resources: Resources, resource: Resource): void {
  const others = neighbours(resources, resource);
  switch (resource.type) {
    case 'VirtualNetwork':
      for (const each of others)
        if (each.type === 'NetworkInterface' && listReferences(each).includes(resourceKey(resource)))
          checkAddress(each.properties.ipAddress, resource.properties.addressPrefix);
      return;
    case 'NetworkInterface': {
      const { virtualNetwork, ipAddress } = resource.properties;
      const network = resources.get(listReferences(resource)[0] ?? '');
      if (network?.type !== 'VirtualNetwork') throw new ResourceConflict('network-unknown', virtualNetwork);
      checkAddress(ipAddress, network.properties.addressPrefix);
      const same = others.find(
        (each) =>
          each.type === 'NetworkInterface' &&
          ipAddress !== undefined &&
          each.properties.ipAddress === ipAddress &&
          listReferences(each)[0] === listReferences(resource)[0],
      );
      if (same !== undefined) throw new ResourceConflict('address-taken', same.name);
      return;
    }
    case 'VirtualMachine': {
      const wanted = listReferences(resource);
      for (const [index, key] of wanted.entries())
        if (!resources.has(key))
          throw new ResourceConflict('interface-unknown', resource.properties.networkInterfaces[index] ?? '');
      if (new Set(wanted).size < wanted.length) throw new ResourceConflict('interface-taken', resource.name);
      const user = others.find(
        (each) => each.type === 'VirtualMachine' && listReferences(each).some((key) => wanted.includes(key)),
      );
      if (user !== undefined) throw new ResourceConflict('interface-taken', user.name);
    }
  }
}

function checkAddress(address: string | undefined, prefix: string): void {
  if (address !== undefined && !isInPrefix(address, prefix)) throw new ResourceConflict('address-outside', prefix);
}

/** Returns whether an IPv4 address is in a prefix such as `10.0.0.0/24`. Source: RFC 4632 section 3.1. */
function isInPrefix(address: string, prefix: string): boolean {
  const [network = '', length = ''] = prefix.split('/');
  const [one, other] = [ipBytes(address), ipBytes(network)];
  if (one?.length !== 4 || other?.length !== 4) return false;
  const readNumber = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - Number(length));
  return Math.floor(readNumber(one) / size) === Math.floor(readNumber(other) / size);
}
