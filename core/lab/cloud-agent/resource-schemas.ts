import { z } from 'zod';
import { ipBytes } from '../../shared/ip-address.ts';
import type { ResourceType } from '../model/resources.ts';

/** Letters, digits and hyphens, as in names of Kubernetes. */
export const RESOURCE_NAME = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/u);

const ADDRESS_BYTES = 4;
const address = z
  .string()
  .refine((text) => ipBytes(text)?.length === ADDRESS_BYTES, 'must be an IPv4 address')
  .meta({ format: 'ipv4' });
const prefix = z
  .string()
  .regex(/^[\d.]+\/(?:[89]|[12]\d|30)$/u, 'must be an IPv4 prefix such as 10.0.0.0/24, from /8 to /30')
  .refine((text) => ipBytes(text.split('/')[0] ?? '')?.length === ADDRESS_BYTES, 'must begin with an IPv4 address');

export const resourceProperties = {
  VirtualNetwork: z.strictObject({ addressPrefix: prefix }),
  NetworkInterface: z.strictObject({ virtualNetwork: RESOURCE_NAME, ipAddress: address.optional() }),
  VirtualMachine: z.strictObject({
    cpuCount: z.int().min(1).max(64),
    memoryMB: z.int().min(256).max(1_048_576),
    networkInterfaces: z.array(RESOURCE_NAME).max(16),
    powerState: z.enum(['Running', 'Off']),
  }),
} as const satisfies Record<ResourceType, z.ZodType>;
