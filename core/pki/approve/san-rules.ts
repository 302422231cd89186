import type { ApprovalContext, KnownNode } from '../model/approval.ts';
import type { SubjectAltNames } from '../../shared/certificates/certificate.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { nodeNameIn } from './request-rules.ts';
import { checkRequest, SERVING_APPROVAL, shown, SIGNERS, type AskedFor, type RuleDefinition } from './rule.ts';

const SAN_OID = '2.5.29.17';

function otherNames({ email, uri, directory, registeredId, other }: SubjectAltNames): string[] {
  return [...email, ...uri, ...directory, ...registeredId, ...other.map(({ type }) => type)];
}

/** One text for all spellings of an address. */
function addressKey(address: string): string {
  const bytes = ipBytes(address);
  return bytes === undefined ? address : encodeHex(bytes);
}

/** Named by a request for a serving certificate. */
function nodeAsked({ request, kind }: AskedFor): string | undefined {
  return kind !== 'serving' || request === undefined ? undefined : nodeNameIn(request);
}

function knownNode(name: string, { nodes }: ApprovalContext): KnownNode | undefined {
  return nodes.find((node) => node.name === name);
}

function known(asked: AskedFor, context: ApprovalContext): { node: KnownNode; sans: SubjectAltNames } | undefined {
  const name = nodeAsked(asked);
  const node = name === undefined ? undefined : knownNode(name, context);
  return node && asked.request && { node, sans: asked.request.sans };
}

export const CSR_SAN_RULES: readonly RuleDefinition[] = [
  {
    rule: 'sans-absent',
    citation: SIGNERS,
    check: checkRequest(['client'], ({ extensions, sans }) => ({
      passed: extensions.every(({ oid }) => oid !== SAN_OID),
      params: { names: shown([...sans.dns, ...sans.ip, ...otherNames(sans)]) },
    })),
  },
  {
    rule: 'sans-present',
    citation: SIGNERS,
    check: checkRequest(['serving'], ({ sans: { dns, ip } }) => ({ passed: dns.length + ip.length > 0 })),
  },
  /** No API server checks these kinds. */
  {
    rule: 'sans-kinds',
    citation: SERVING_APPROVAL,
    check: checkRequest(['serving'], ({ sans }) => {
      const others = otherNames(sans);
      return { passed: others.length === 0, params: { names: shown(others) } };
    }),
  },
  /** Names of an unknown node are left to somebody who knows it. */
  {
    rule: 'node-known',
    isApproversOnly: true,
    citation: SERVING_APPROVAL,
    check: (asked, context) => {
      const name = nodeAsked(asked);
      if (name === undefined) return undefined;
      return { passed: knownNode(name, context) !== undefined, params: { node: name } };
    },
  },
  {
    rule: 'san-names',
    isApproversOnly: true,
    citation: SERVING_APPROVAL,
    check: (asked, context) => {
      const { node, sans } = known(asked, context) ?? {};
      if (node === undefined || sans === undefined) return undefined;
      const own = new Set([node.name, ...node.dnsNames].map((name) => name.toLowerCase()));
      const foreign = sans.dns.filter((name) => !own.has(name.toLowerCase()));
      return {
        passed: foreign.length === 0,
        params: { node: node.name, names: shown(foreign.length === 0 ? sans.dns : foreign) },
      };
    },
  },
  {
    rule: 'san-addresses',
    isApproversOnly: true,
    citation: SERVING_APPROVAL,
    check: (asked, context) => {
      const { node, sans } = known(asked, context) ?? {};
      if (node === undefined || sans === undefined) return undefined;
      const own = new Set(node.addresses.map(addressKey));
      const foreign = sans.ip.filter((address) => !own.has(addressKey(address)));
      return {
        passed: foreign.length === 0,
        params: { node: node.name, names: shown(foreign.length === 0 ? sans.ip : foreign) },
      };
    },
  },
];
