import { describe, expect, test } from 'vitest';
import { CHECK_IDS, CHECKS } from '../../../../core/knowledge/model/checks.ts';
import { CONTRADICTION_IDS, CONTRADICTIONS } from '../../../../core/knowledge/model/contradictions.ts';
import { ROLE_IDS } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { ELSEWHERE, ELSEWHERE_IDS } from '../../../../core/knowledge/model/other-causes.ts';
import { findFailure, FAILURES } from '../../../../core/knowledge/model/failures/failures.ts';
import { COMMAND_PLACEHOLDERS, placeholdersIn } from '../../../../core/knowledge/model/command-placeholders.ts';
import { TRIAGE, TRIAGE_FACT_IDS, TRIAGE_FACTS, TRIAGE_IDS } from '../../../../core/knowledge/model/triage.ts';
import { findBuild } from '../../../../core/knowledge/model/build.ts';
import type { Failure, RemedyStep } from '../../../../core/knowledge/model/failure.ts';
import { choosePhrase } from '../../../../core/repair/model/normalised-text.ts';
import { isMessageKey, LANGUAGES, translator } from '../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { knowledgeCitations, knowledgeKeys, knowledgeStatements } from '../../../support/knowledge.ts';

/** F01 to F36, as in the table of the project. */
const NUMBER_OF_FAILURES = 36;

function listStepCommands({ command, backup, undo }: RemedyStep): string[] {
  return [backup?.command, command, undo?.command].filter((each) => each !== undefined);
}

test('the catalogue contains every failure in the table exactly once, under its ID', () => {
  expect(FAILURES.map(({ id }) => id)).toEqual(
    Array.from({ length: NUMBER_OF_FAILURES }, (_, at) => `F${String(at + 1).padStart(2, '0')}`),
  );
  for (const failure of FAILURES) expect(findFailure(failure.id)).toBe(failure);
  expect(findFailure('F99')).toBeUndefined();
});

/** Returns the number of letters, where a Japanese letter counts as three. */
function weighLetters(letters: string): number {
  return [...letters].reduce((sum, letter) => sum + (letter > '\u3000' ? 3 : 1), 0);
}

describe.each(FAILURES)('$id', (failure: Failure) => {
  const { id, kind, texts, supports, lookAlikes, steps, dispute, builds, look } = failure;

  test('has signs with unique names and with weights between -1 and 1', () => {
    expect(texts.length).toBeGreaterThan(0);
    const signs = [...texts, ...supports];
    expect(new Set(signs.map((sign) => sign.id)).size).toBe(signs.length);
    for (const { weight } of signs) {
      expect(Math.abs(weight)).toBeLessThan(1);
      expect(weight).not.toBe(0);
    }
    for (const { phrases, gap } of texts) {
      expect(phrases.length).toBeGreaterThan(0);
      expect(gap ?? 1).toBeGreaterThan(0);
      // Shorter phrases occur by chance in any long text.
      expect(weighLetters(phrases.map(choosePhrase).join(''))).toBeGreaterThanOrEqual(9);
    }
    for (const sign of supports) if ('roles' in sign) for (const role of sign.roles) expect(ROLE_IDS).toContain(role);
  });

  test('lists only existing look-alikes, and each of them lists this failure in return', () => {
    for (const { id: other, apart, check } of lookAlikes) {
      const back = findFailure(other)?.lookAlikes.find((each) => each.id === id);
      expect(back, other).toEqual({ id, apart, check });
      expect(CHECKS).toHaveProperty([check]);
      expect(apart).toBe(`failure.apart.${[id, other].sort().join('-')}`);
    }
  });

  test('states where else to look unless certificates are certainly the cause', () => {
    expect(look !== undefined).toBe(kind !== 'certificate');
  });

  test('has steps with unique names, and refers only to existing steps and failures', () => {
    const ids = steps.map((step) => step.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const side of dispute?.sides ?? []) for (const step of side) expect(ids).toContain(step);
    if (dispute !== undefined) expect(dispute.sides.length).toBeGreaterThanOrEqual(2);
    for (const { continues } of steps)
      if (continues !== undefined) {
        expect(findFailure(continues)).toBeDefined();
        expect(continues).not.toBe(id);
      }
    for (const { check } of steps) if (check !== undefined) expect(CHECKS).toHaveProperty([check]);
  });

  test('has only known placeholders in its commands', () => {
    for (const command of steps.flatMap(listStepCommands))
      for (const name of placeholdersIn(command)) expect(COMMAND_PLACEHOLDERS).toHaveProperty([name]);
  });

  test('names its builds in a form that can be compared', () => {
    for (const end of [builds?.from, builds?.until]) if (end !== undefined) expect(findBuild(end)).toBeDefined();
  });
});

test('no step reboots a computer, and failures that a reboot would worsen warn against a reboot', () => {
  for (const { id, steps, warning } of FAILURES) {
    for (const command of steps.flatMap(listStepCommands))
      expect(command).not.toMatch(/restart-computer|reboot|shutdown|restart-vm/iu);
    const isKms = ['F07', 'F08', 'F09', 'F21'].includes(id);
    expect(warning?.text).toBe(isKms ? 'failure.warning.no-reboot' : undefined);
  }
});

test('repairs of several layers run in the order host, kubelet, cloud, load balancer, new kubeconfig', () => {
  const steps = findFailure('F22')?.steps.map(({ id }) => id);
  expect(steps).toEqual(['go-on-F04', 'host', 'kubelet', 'cloud', 'load-balancer', 'credential']);
});

test('cloud credentials are repaired first if sources disagree on the serving certificate', () => {
  const { dispute, steps } = findFailure('F19') ?? {};
  expect(dispute).toEqual({ contradiction: 'tls-internal-error', sides: [['cloud'], ['kubelet']] });
  expect(steps?.map(({ command }) => command).slice(0, 2)).toEqual([
    'Update-AksHciClusterCertificates -name <cluster> -fixCloudCredentials',
    'Update-AksHciClusterCertificates -name <cluster> -fixKubeletCredentials',
  ]);
});

test('checks, questions and contradictions are complete, each under its id', () => {
  expect(Object.keys(CHECKS)).toEqual([...CHECK_IDS]);
  for (const id of CHECK_IDS) expect(CHECKS[id].id).toBe(id);
  expect(TRIAGE.map(({ id }) => id)).toEqual([...TRIAGE_IDS]);
  expect(TRIAGE_FACTS.map(({ id }) => id)).toEqual([...TRIAGE_FACT_IDS]);
  expect(CONTRADICTIONS.map(({ id }) => id)).toEqual([...CONTRADICTION_IDS]);
  expect(ELSEWHERE.map(({ id }) => id)).toEqual([...ELSEWHERE_IDS]);
});

test('every contradiction has two different sides, each with its sources', () => {
  for (const { sides } of CONTRADICTIONS) {
    const [one, other] = sides;
    expect(one.text).not.toBe(other.text);
    for (const { citations } of sides) expect(citations.length).toBeGreaterThan(0);
  }
});

test('the command of every check has only known placeholders', () => {
  for (const id of CHECK_IDS)
    for (const name of placeholdersIn(CHECKS[id].command)) expect(COMMAND_PLACEHOLDERS).toHaveProperty([name]);
});

test('every statement and text exists in every language, and none is unused', () => {
  const keys = knowledgeKeys();
  const placeholders = Object.keys(COMMAND_PLACEHOLDERS).map((name) => `placeholder.${name.replaceAll('\\', '-')}`);
  for (const key of [...keys, ...placeholders])
    for (const language of LANGUAGES) expect(CATALOGUES[language], key).toHaveProperty([key]);
  for (const { text } of knowledgeStatements()) expect(isMessageKey(text), text).toBe(true);
  const used = new Set<string>([...keys, ...placeholders]);
  const own =
    /^(?:failure\.(?!evidence)|repair\.(?:step|only|expected|backup|undo|precondition)\.|check\.(?!command)|triage\.|cmdlet\.|contradiction\.|placeholder\.)/u;
  const left = Object.keys(CATALOGUES.en).filter((key) => own.test(key) && !used.has(key));
  expect(left).toEqual([]);
});

test('every text can be shown with all its values filled in', () => {
  for (const { text, params } of knowledgeStatements())
    for (const language of LANGUAGES)
      if (isMessageKey(text)) expect(translator(language)(text, params)).not.toMatch(/[{}]/u);
});

test('every citation names a work', () => {
  const citations = knowledgeCitations();
  expect(citations.length).toBeGreaterThan(400);
  for (const { work, certainty } of citations) {
    expect(work).not.toBe('');
    if (work === 'source.conclusion') expect(certainty).toBe('inferred');
    if (work.startsWith('Azure/aksArc issue')) expect(certainty).toBe('reported');
    if (work.startsWith('microsoft/')) expect(certainty).not.toBe('documented');
  }
});
