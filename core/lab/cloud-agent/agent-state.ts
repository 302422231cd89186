import { z } from 'zod';
import { cloudAgentAssignment, cloudAgentIdentity, cloudAgentRole } from '../../authorities/store/schemas.ts';
import { instantField } from '../../shared/contract/schemas.ts';
import type { CloudAgentState } from '../../pki/model/identity.ts';
import type { FileFormat } from '../../store/durable-json-file.ts';
import { SCHEMA_VERSION } from '../../store/migrations.ts';
import type { Resource } from '../model/resources.ts';
import { RESOURCE_NAME, resourceProperties } from './resource-schemas.ts';

/** All that the cloud agent keeps, without keys. */
export interface AgentContent {
  agent: CloudAgentState;
  resources: readonly Resource[];
}

const port = z.int().min(1).max(65_535);
const place = { location: RESOURCE_NAME, group: RESOURCE_NAME, name: RESOURCE_NAME };
const resource = z.discriminatedUnion('type', [
  resourceShape('VirtualNetwork'),
  resourceShape('NetworkInterface'),
  resourceShape('VirtualMachine'),
]);

function resourceShape<T extends Resource['type']>(type: T) {
  return z.strictObject({
    type: z.literal(type),
    ...place,
    version: z.int().min(1),
    changedAt: instantField,
    properties: resourceProperties[type],
  });
}

const agentContent = z.object({
  agent: z.object({
    fqdn: z.string(),
    location: z.string(),
    port,
    authPort: port,
    identities: z.array(cloudAgentIdentity),
    roles: z.array(cloudAgentRole),
    assignments: z.array(cloudAgentAssignment),
  }),
  resources: z.array(resource),
});

export const AGENT_FORMAT: FileFormat<AgentContent> = {
  kind: 'lab-agent',
  decode: (content) => agentContent.safeParse(content).data,
  encode: (data) => ({ schema: SCHEMA_VERSION, ...agentContent.parse(data) }),
};

export function encodeAgentState(content: AgentContent): string {
  return JSON.stringify(AGENT_FORMAT.encode(content));
}
