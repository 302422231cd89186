import type { ApprovalContext, KnownNode } from '../model/approval.ts';
import type { SubjectAltNames } from '../../shared/certificates/certificate.ts';
import { SUBJECT_ALT_NAME } from '../../formats/x509/writer.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import { nodeNameIn } from './request-rules.ts';
import { checkRequest, SERVING_APPROVAL, shortenList, SIGNERS, type AskedFor, type RuleDefinition } from './rule.ts';

export function listOtherNames({ email, uri, directory, registeredId, other }: SubjectAltNames): string[] {
  return [...email, ...uri, ...directory, ...registeredId, ...other.map(({ type }) => type)];
}

function nodeAsked({ request, kind }: AskedFor): string | undefined {
  return kind !== 'serving' || request === undefined ? undefined : nodeNameIn(request);
}

function findNode(name: string | undefined, { nodes }: ApprovalContext): KnownNode | undefined {
  return nodes.find((node) => node.name === name);
}

function checkOwn(
  kind: 'dns' | 'ip',
  listOwn: (node: KnownNode) => readonly string[],
  keyOf: (name: string) => string,
): RuleDefinition['check'] {
  return (asked, context) => {
    const node = findNode(nodeAsked(asked), context);
    if (node === undefined) return undefined;
    const own = new Set(listOwn(node).map(keyOf));
    const names = asked.request?.sans[kind] ?? [];
    const foreign = names.filter((name) => !own.has(keyOf(name)));
    const passed = foreign.length === 0;
    return { passed, params: { node: node.name, names: shortenList(passed ? names : foreign) } };
  };
}

export const CSR_SAN_RULES: readonly RuleDefinition[] = [
  {
    rule: 'sans-absent',
    citation: SIGNERS,
    check: checkRequest(['client'], ({ extensions, sans }) => ({
      passed: extensions.every(({ oid }) => oid !== SUBJECT_ALT_NAME),
      params: { names: shortenList([...sans.dns, ...sans.ip, ...listOtherNames(sans)]) },
    })),
  },
  {
    rule: 'sans-present',
    citation: SIGNERS,
    check: checkRequest(['serving'], ({ sans: { dns, ip } }) => ({ passed: dns.length + ip.length > 0 })),
  },
  /** API servers check no names of other kinds. */
  {
    rule: 'sans-kinds',
    citation: SERVING_APPROVAL,
    check: checkRequest(['serving'], ({ sans }) => {
      const others = listOtherNames(sans);
      return { passed: others.length === 0, params: { names: shortenList(others) } };
    }),
  },
  /** Requests from unknown nodes are left to an approver with knowledge of the node. */
  {
    rule: 'node-known',
    isApproversOnly: true,
    citation: SERVING_APPROVAL,
    check: (asked, context) => {
      const name = nodeAsked(asked);
      if (name === undefined) return undefined;
      return { passed: findNode(name, context) !== undefined, params: { node: name } };
    },
  },
  {
    rule: 'san-names',
    isApproversOnly: true,
    citation: SERVING_APPROVAL,
    check: checkOwn(
      'dns',
      ({ name, dnsNames }) => [name, ...dnsNames],
      (name) => name.toLowerCase(),
    ),
  },
  {
    rule: 'san-addresses',
    isApproversOnly: true,
    citation: SERVING_APPROVAL,
    check: checkOwn(
      'ip',
      ({ addresses }) => addresses,
      (address) => String(ipBytes(address) ?? address),
    ),
  },
];
