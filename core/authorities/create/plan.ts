import type { Finding, Severity } from '../../shared/finding.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import {
  isMade,
  type CreationPlan,
  type CreationReason,
  type CreationRule,
  type CreationStep,
} from './creation-plan.ts';
import type { CreationSpec } from './creation-spec.ts';
import type { CreatePorts } from './found-files.ts';
import { listSteps, inspectExisting, type AuthorityTask, type LeafTask, type Survey } from './inspect-existing.ts';
import { readCreationSpec } from './specification/specification.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';

/** Above the size limit of a specification, so that a file beyond that limit is read and causes a finding. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Makes a plan, or none if the specification contains an error. Findings about the specification come first. */
export async function planFromFile(
  ports: CreatePorts,
  { spec: path, folder }: { spec: string; folder: string },
): Promise<{ plan?: CreationPlan; findings: Finding[] }> {
  const text = decodeText(await ports.files.read(path, MAX_BYTES))?.text ?? '';
  const { spec, findings } = readCreationSpec(text, path);
  if (spec === undefined) return { findings };
  const plan = await planCreation(ports, spec, folder);
  return { plan, findings: [...findings, ...plan.findings] };
}

export async function planCreation(ports: CreatePorts, spec: CreationSpec, folder: string): Promise<CreationPlan> {
  const survey = await inspectExisting(ports, spec, folder);
  const findings = planFindings(survey, ports.clock.now());
  return { spec, folder, steps: listSteps(survey), findings };
}

function planFindings(survey: Survey, now: Instant): Finding[] {
  const { authorities, leaves, serviceAccount } = survey;
  return [
    ...authorities.flatMap((authority) => authorityFindings(survey, authority, now)),
    ...[...authorities, ...leaves]
      .filter(({ isInterrupted, step }) => isInterrupted && step.action !== 'blocked')
      .map(({ step }) => finding('create.interrupted', 'notice', step)),
    ...leaves.flatMap(issuerFindings),
    ...serviceAccount.flatMap(({ step }) => serviceAccountFindings(step)),
    ...survey.findings,
  ];
}

function finding(
  rule: CreationRule,
  severity: Severity,
  { path }: Pick<CreationStep, 'path'>,
  params?: Record<string, string | number>,
): Finding {
  return { rule, severity, place: { path }, params };
}

function authorityFindings({ leaves, bootstrap }: Survey, authority: AuthorityTask, now: Instant): Finding[] {
  const { step, verdict, wish } = authority;
  const own = leaves.filter((leaf) => leaf.authority === authority);
  const made = own.filter((leaf) => isMade(leaf.step.action));
  if (step.action === 'blocked') return [explainBlock(step)];
  if (step.action === 'remake')
    return [
      finding('create.authority-remade', 'warning', step, {
        count: own.length + bootstrap.filter((each) => each.authority === authority).length,
        reason: step.reason === 'expired' ? 'expired' : 'differs',
      }),
    ];
  const unsigned = own.filter((leaf) => leaf.step.action === 'blocked');
  if (unsigned.length > 0) return [finding('create.authority-without-key', 'error', step, { count: unsigned.length })];
  const isOnlyTrusted = own.length === 0 && !wish.mayBeMade && verdict.canSign;
  return [
    ...(isOnlyTrusted ? [finding('create.authority-key-not-needed', 'warning', step)] : []),
    ...endFindings(authority, made, now),
  ];
}

const UNUSABLE: Partial<Record<CreationReason, string>> = {
  expired: 'expired',
  'not-yet-valid': 'notYetValid',
  'not-an-authority': 'notAnAuthority',
};

function explainBlock(step: CreationStep): Finding {
  const { reason, fields = [], files } = step;
  switch (reason) {
    case 'missing':
    case 'certificate-missing':
      return finding('create.authority-missing', 'error', step);
    case 'key-unreadable':
    case 'key-does-not-belong': {
      const [key = step.path] = files;
      const why = reason === 'key-unreadable' ? 'unreadable' : 'foreign';
      return finding('create.authority-key-unusable', 'error', { path: key }, { reason: why });
    }
    case 'does-not-match': {
      const one = fields.includes('subject') ? 'subject' : 'key';
      const which = fields.length > 1 ? 'both' : one;
      return finding('create.authority-differs', 'error', step, { fields: which });
    }
    default:
      return finding('create.authority-unusable', 'error', step, { reason: UNUSABLE[reason] ?? 'unreadable' });
  }
}

/** Says what etcd then needs: with kubeadm's options it refuses the certificate. */
function issuerFindings({ step, wish, authority }: LeafTask): Finding[] {
  const { issuer, otherIssuer } = PROFILES[wish.profile];
  if (otherIssuer === undefined || wish.issuer === issuer.value) return [];
  const found = finding('create.issuer-by-article', 'notice', step, { authority: authority.step.path });
  return [{ ...found, citation: otherIssuer.citations[0] }];
}

function endFindings({ step, verdict }: AuthorityTask, made: readonly LeafTask[], now: Instant): Finding[] {
  const notAfter = verdict.certificate?.facts.notAfter;
  if (notAfter === undefined) return [];
  const cut = made.filter(({ wish }) => epochMs(now) + wish.validityMs.value > epochMs(notAfter));
  if (cut.length === 0) return [];
  return [finding('create.authority-ends-first', 'warning', step, { notAfter, count: cut.length })];
}

function serviceAccountFindings(step: CreationStep): Finding[] {
  if (step.action === 'blocked') return [finding('create.service-account-key-unreadable', 'error', step)];
  if (step.reason === 'key-missing') return [finding('create.service-account-key-replaced', 'warning', step)];
  return [];
}
