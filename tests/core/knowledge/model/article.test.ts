import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../../core/knowledge/model/cmdlets/cmdlets.ts';
import { FAILURES, findFailure } from '../../../../core/knowledge/model/failures/failures.ts';
import {
  commandsIn,
  listRoleCommands,
  listFailureContradictions,
  listContradictionFailures,
  listRoleFailures,
  KNOWLEDGE,
  knowledgeKey,
  mentionsIn,
  listCommandRoles,
  listFailureRoles,
  listCommandUses,
} from '../../../../core/knowledge/model/article.ts';

const KEYS = new Set(KNOWLEDGE.map(knowledgeKey));

describe('links between articles', () => {
  test('lead from a command to every step that contains it, and to no other step', () => {
    for (const { name } of COMMANDS) {
      for (const { failure, steps } of listCommandUses(name)) {
        for (const number of steps) {
          const step = findFailure(failure)?.steps[number - 1];
          const lines = [step?.command, step?.backup?.command, step?.undo?.command].join('\n');
          const isChecked = step?.check !== undefined;
          expect(isChecked || commandsIn(lines.replaceAll('\n', '; ')).includes(name)).toBe(true);
        }
      }
    }
    const places = listCommandUses('Update-AksHciClusterCertificates').map(({ failure }) => failure);
    expect(places).toContain('F01');
    expect(places).not.toContain('F04');
    expect(listCommandUses('Repair-MocLogin')).toContainEqual({ failure: 'F04', steps: [1] });
    expect(listCommandUses('New-AksHciCluster')).toEqual([]);
  });

  test('lead in both directions between credentials and failures, and between credentials and commands', () => {
    for (const failure of FAILURES)
      for (const role of listFailureRoles(failure)) expect(listRoleFailures(role)).toContain(failure.id);
    expect(listRoleFailures('kms-plugin-token')).toEqual(expect.arrayContaining(['F07', 'F08']));
    for (const name of listRoleCommands('mocctl')) expect(listCommandRoles(name)).toContain('mocctl');
    expect(listRoleCommands('mocctl')).toContain('Repair-MocLogin');
  });

  test('lead in both directions between contradictions and failures', () => {
    for (const failure of FAILURES)
      for (const id of listFailureContradictions(failure)) expect(listContradictionFailures(id)).toContain(failure.id);
    expect(listContradictionFailures('kms-on-workload')).toContain('F07');
  });

  test('lead only to existing articles', () => {
    for (const failure of FAILURES) {
      for (const id of listFailureRoles(failure)) expect(KEYS).toContain(`credential:${id}`);
      for (const id of listFailureContradictions(failure)) expect(KEYS).toContain(`contradiction:${id}`);
    }
    for (const { name } of COMMANDS)
      for (const { failure } of listCommandUses(name)) expect(KEYS).toContain(`failure:${failure}`);
  });
});

describe('links in a text', () => {
  const listLinks = (text: string) =>
    mentionsIn(text).flatMap(({ text: word, ref }) => (ref === undefined ? [] : [word]));

  test.each([
    ['If not, F04 or F14: no repair.', ['F04', 'F14']],
    ['KMS プラグイン（F07）です。', ['F07']],
    ['Update-AksHciCertificates を実行します。', ['Update-AksHciCertificates']],
    ['With New-AksHciCluster.', ['New-AksHciCluster']],
    ['F99, XF07, F071, -control-plane-, cert-tattoo and Some-Thing', []],
    ['', []],
  ])('of "%s" are %j', (text, expected) => {
    expect(listLinks(text)).toEqual(expected);
    expect(
      mentionsIn(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
