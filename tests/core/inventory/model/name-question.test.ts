import { describe, expect, test } from 'vitest';
import { sortNameQuestions, type NameQuestion } from '../../../../core/inventory/model/name-question.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';

const id = (text: string): ClusterId => text as ClusterId;

function question(clusterId: string, suggestion?: string): NameQuestion {
  return { asks: 'name', clusterId: id(clusterId), cluster: clusterId, evidence: 'folder', suggestion };
}

function listIds(questions: readonly NameQuestion[], clusters: Parameters<typeof sortNameQuestions>[1] = []) {
  const sorted = sortNameQuestions(questions, clusters);
  return Object.fromEntries(Object.entries(sorted).map(([kind, each]) => [kind, each.map((one) => one.clusterId)]));
}

describe('the names that can be accepted together', () => {
  test('are those that no other cluster would get', () => {
    const asked = [question('a', 'lyon'), question('b', 'edge'), question('c', 'edge'), question('d')];
    expect(listIds(asked)).toEqual({ likely: ['a'], shared: ['b', 'c'], unknown: ['d'] });
  });

  test('leave out a name that another cluster already has, also if it has it only in commands', () => {
    const clusters = [
      { id: id('x'), name: 'lyon' },
      { id: id('y'), name: 'edge 1a2b', commandName: 'edge' },
    ];
    expect(listIds([question('a', 'lyon'), question('b', 'edge')], clusters).shared).toEqual(['a', 'b']);
  });

  test('include the name under which the cluster itself is listed', () => {
    expect(listIds([question('a', 'lyon')], [{ id: id('a'), name: 'lyon' }]).likely).toEqual(['a']);
  });
});
