import { epochMs, SECOND_MS } from '../../shared/instant.ts';
import { commandText, openValues, stepCase, type Plan, type PlanStep } from '../model/plan.ts';
import { listClaims } from '../model/claims.ts';
import { LONGEST_VALUE, valuePattern } from '../model/value.ts';
import { COMMAND_TEXTS, formatStrings, STATE_TEXTS, writeScript } from './power-shell.ts';
import { listBlocks, listCommands, scriptCommand } from './power-shell-command.ts';
import planCode from './power-shell/plan.ps1';
import {
  caseText,
  claimText,
  planClusters,
  planSentence,
  stepSources,
  stepTitle,
  type PlanWording,
} from '../text/plan-text.ts';
import { citationText } from '../../shared/text/statement.ts';
import type { Language } from '../../shared/text/text.ts';
import { formatInstant } from '../../shared/text/time.ts';

/** Messages, each with its parameters in the order of their .NET format positions. */
const SCRIPT_TEXTS = {
  ...COMMAND_TEXTS,
  ...STATE_TEXTS,
  begins: ['at', 'count', 'step', 'title'],
  'done-before': ['title'],
  sources: ['sources'],
  expected: ['expected'],
  check: ['command'],
  'check-left-out': ['command', 'names'],
  'check-failed': [],
  'ask-case': [],
  'not-the-case': ['title'],
  'case-stop': ['case', 'step'],
  person: ['title'],
  'person-confirm': [],
  'person-stop': ['title'],
  'confirm-none': [],
  'confirm-low': [],
  'confirm-disruptive': [],
  'confirm-dangerous': [],
  'dangerous-stop': ['title'],
  'choice-yes': [],
  'choice-no': [],
  'choice-stop': [],
  'choice-run': [],
  'choice-leave': [],
  'choice-done': [],
  'help-yes': [],
  'help-no': [],
  'help-stop': [],
  'help-run': [],
  'help-leave': [],
  'help-done': [],
  stopped: ['title'],
  failed: ['title', 'error'],
  'script-failed': ['error'],
  unknown: ['title', 'error'],
  errors: ['title', 'errors', 'step'],
  'ask-errors': ['errors'],
  'errors-checked': ['errors'],
  'step-done': ['title'],
  'go-on': ['step'],
  'look-again': ['title'],
  'missing-value': ['name'],
  'ask-value': ['name'],
  'bad-value': ['name', 'value'],
  'program-missing': ['program', 'step'],
  nobody: [],
  'unknown-step': ['step', 'steps'],
  'unknown-value': ['name', 'names'],
  'other-plan': [],
  'no-folder': ['folder'],
  'work-folder': ['folder'],
  'file-changed': ['file'],
  'no-kubeconfig': ['file'],
  'no-undo': [],
  unsure: ['title', 'step'],
  'left-out': ['steps'],
  'for-person': ['steps'],
  done: [],
  undone: [],
} as const satisfies Record<string, readonly string[]>;

interface ScriptOptions {
  /** Other languages that the user of the script may choose. By default, the language of Windows applies. */
  others?: readonly PlanWording[];
  /** Replaces the open value `cluster`, unless `-Cluster` names another cluster. */
  cluster?: string;
  /** Kubeconfig for kubectl commands that name none; `-Kubeconfig` overrides it. */
  kubeconfig?: string;
  /** The script starts only if each of these files beside it matches its hash. Commands run in their folder. */
  files?: readonly { name: string; sha256: string }[];
  /** Path below `%LOCALAPPDATA%\Arcwarden` for state and transcripts; by default, they are stored beside the script. */
  keptAs?: string;
}

/**
 * Writes any plan as a script for a host. The script asks before disruptive steps, checks the result of each step,
 * stops at the first failure, and can resume there.
 */
export function planScript(plan: Plan, wording: PlanWording, options: ScriptOptions = {}): string {
  const { others = [], cluster = '', kubeconfig = '', files = [], keptAs = '' } = options;
  const wordings = [wording, ...others];
  const blocks = listBlocks(listCommands(plan));
  const values = openValues(plan);
  const shown = listCommands(plan).map(commandText);
  const usesWorkFolder = shown.some((command) => /(?:^|\s)(?:\.\\|> [\w.-]+$)/u.test(command));
  const document = {
    /** Identifies the plan in the state file, so that the state of another plan is ignored. */
    plan: `${epochMs(plan.madeAt) / SECOND_MS} ${plan.steps.map(({ id }) => id).join(' ')}`,
    languages: wordings.map(({ language }) => language),
    constrained: wordings.map(({ translate }) => translate('steps.script.constrained')).join('\n'),
    claims: listClaims(plan).map((claim) => ({
      name: claim.key,
      words: makeByLanguage(wordings, (each) => claimText(claim, each)),
    })),
    workFolder: usesWorkFolder ? `plan-${epochMs(plan.madeAt) / SECOND_MS}` : '',
    values: values.map((name) => ({ name, longest: LONGEST_VALUE, ...valuePattern(name) })),
    cluster: values.includes('cluster') ? cluster : '',
    kubeconfig,
    files,
    keptAs,
    texts: makeByLanguage(wordings, ({ translate }) => formatStrings(SCRIPT_TEXTS, 'steps.script', translate)),
    steps: plan.steps.map((step) => scriptStep(step, blocks, wordings)),
    undo: plan.steps.flatMap((step) => undoStep(step, blocks, wordings) ?? []).reverse(),
  };
  // The product's modules require an elevated console. Source: `#Requires -RunAsAdministrator` in Moc and Kva.
  const needsAdministrator = shown.some((command) => /-(?:AksHci|Moc|Kva)|mocctl/iu.test(command));
  const head = wordings.flatMap((each) => {
    const { translate, language, zone } = each;
    return [
      [translate(`steps.title.${plan.kind}`), planClusters(plan, each)].filter((text) => text !== '').join(': '),
      translate('steps.made', { date: formatInstant(plan.madeAt, language, zone) }),
      ...plan.warnings.map((warning) => planSentence(warning, each)),
      translate('steps.script.usage', { elevated: needsAdministrator ? 'yes' : 'no' }),
      translate('steps.script.answers'),
      translate('steps.script.options'),
      translate('steps.script.resume'),
      translate('steps.script.policy'),
    ];
  });
  const code = needsAdministrator ? planCode : planCode.replace('#Requires -RunAsAdministrator', '');
  return writeScript(head, { code, document, blocks });
}

function makeByLanguage<T>(
  wordings: readonly PlanWording[],
  make: (wording: PlanWording) => T,
): Partial<Record<Language, T>> {
  return Object.fromEntries(wordings.map((wording) => [wording.language, make(wording)]));
}

/** Returns whether a person must perform the step. A script runs commands only on its own host and over SSH. */
function isPersons({
  command,
  target,
  needsPerson = false,
}: Pick<PlanStep, 'command' | 'target' | 'needsPerson'>): boolean {
  if (command === undefined || needsPerson) return true;
  if (target.kind === 'host') return false;
  const program = command.kind === 'program' ? command.program : '';
  return target.kind !== 'vm' || !['ssh', 'scp'].includes(program.replace(/\.exe$/iu, ''));
}

function scriptStep(step: PlanStep, blocks: ReadonlyMap<string, string>, wordings: readonly PlanWording[]) {
  const { id, risk, command, check, expected } = step;
  return {
    id,
    risk,
    words: makeByLanguage(wordings, (wording) => ({
      title: stepTitle(step, wording),
      case: caseText(step, wording),
      why: planSentence(step.why, wording),
      expected: expected === undefined ? '' : planSentence(expected, wording),
      check: check === undefined ? '' : planSentence(check.expected, wording),
      sources: stepSources(step, wording).join('; '),
    })),
    person: isPersons(step),
    case: stepCase(step),
    command: command === undefined ? null : scriptCommand(command, blocks),
    check:
      check === undefined
        ? null
        : {
            command: scriptCommand(check.command, blocks),
            prints: check.prints ?? [],
            satisfiedBy: check.satisfiedBy ?? [],
            deniedBy: check.deniedBy ?? [],
          },
  };
}

function undoStep(
  { id, title, target, cluster, only, undo }: PlanStep,
  blocks: ReadonlyMap<string, string>,
  wordings: readonly PlanWording[],
): ReturnType<typeof scriptStep> | undefined {
  if (undo?.command === undefined) return undefined;
  const { command, statement } = undo;
  return {
    id,
    risk: 'disruptive',
    words: makeByLanguage(wordings, (wording) => ({
      title: wording.translate('steps.script.undo', { title: stepTitle({ title, cluster, only }, wording) }),
      case: '',
      why: planSentence(statement, wording),
      expected: '',
      check: '',
      sources: statement.citations.map((citation) => citationText(citation, wording)).join('; '),
    })),
    person: isPersons({ command, target }),
    case: '',
    // A missing file is not harmless here: without the saved copy, the step cannot be undone.
    command: { ...scriptCommand(command, blocks), harmless: '' },
    check: null,
  };
}
