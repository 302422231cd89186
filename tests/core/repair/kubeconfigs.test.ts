import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../core/knowledge/model/cmdlets/command-check.ts';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { openValues, type PlanStep } from '../../../core/plan/model/plan.ts';
import { AGENT, DEPOT, MANAGEMENT, place, makePlan, stepCommand, YARD } from './fleet-by-hand.ts';

const FETCH = /^Get-AksHciCredential -name (\S+)(?: -configPath \(Join-Path \$HOME (\S+)\))?$/u;
const matchFetches = (steps: readonly PlanStep[]) => steps.flatMap((step) => FETCH.exec(stepCommand(step)) ?? []);

describe('the kubeconfigs of several clusters', () => {
  const places = [AGENT, MANAGEMENT, DEPOT, YARD];
  const plan = makePlan({ places, named: ['depot', 'yard'], failures: ['F01'] });
  const steps = plan.steps.filter(({ only }) => only === undefined);
  const folders = steps.flatMap((step) => /^New-Item .*\$HOME (\S+)\)$/u.exec(stepCommand(step))?.[1] ?? []);

  test('are each fetched into a separate folder, which is created immediately before', () => {
    expect(folders).toEqual(['kubeconfig-depot-20250402080000', 'kubeconfig-yard-20250402080000']);
    expect(matchFetches(steps)).toEqual(
      folders.flatMap((folder, at) => {
        const name = ['depot', 'yard'][at] ?? '';
        return [`Get-AksHciCredential -name ${name} -configPath (Join-Path $HOME ${folder})`, name, folder];
      }),
    );
    for (const folder of folders) {
      const [made = -1, used] = steps.flatMap((step, at) => (stepCommand(step).includes(folder) ? [at] : []));
      expect(used).toBe(made + 1);
    }
  });

  test('do not overwrite the kubeconfig of kubectl or its copies', () => {
    expect(steps.filter((step) => stepCommand(step).includes('.kube'))).toEqual([]);
  });

  test('are each used to check their own cluster, whatever the file is called', () => {
    for (const [at, name] of ['depot', 'yard'].entries()) {
      const file = `kubectl --kubeconfig (Get-ChildItem -LiteralPath (Join-Path $HOME ${folders[at] ?? ''}) -File).FullName get nodes`;
      const own = steps.filter(({ cluster }) => cluster === name);
      expect(own.flatMap(({ check }) => (check === undefined ? [] : [stepCommand(check)]))).toContain(file);
      expect(own.slice(own.findIndex((step) => FETCH.test(stepCommand(step)))).map(stepCommand)).not.toContain(
        'kubectl get nodes',
      );
      expect(own.map(stepCommand)).toContain(file);
    }
  });

  test('are fetched by commands that run without changes', () => {
    for (const step of steps.filter((each) => stepCommand(each).includes('$HOME')))
      expect(checkCommand(stepCommand(step)).problems, stepCommand(step)).toEqual([]);
  });

  test.each(FAILURES.map(({ id }) => id))(
    'are fetched into folders that are each created by only one step: %s',
    (id) => {
      const { steps: all } = makePlan({ places, named: ['depot', 'yard'], failures: [id] });
      const made = all.flatMap((step) => /^New-Item .*\$HOME (\S+)\)$/u.exec(stepCommand(step))?.[1] ?? []);
      expect(new Set(made).size).toBe(made.length);
    },
  );

  test('have different folders even if the names of the clusters lead to the same folder name', () => {
    const twins = [place('a.b'), place('a-b')];
    const plan = makePlan({ places: [AGENT, ...twins], named: ['a.b', 'a-b'], failures: ['F11'] });
    const own = plan.steps.flatMap((step) => /^New-Item .*\$HOME (\S+)\)$/u.exec(stepCommand(step))?.[1] ?? []);
    expect(new Set(own).size).toBe(2);
    expect(openValues(plan)).toEqual([]);
  });
});

test('the backup of kubectl’s kubeconfig has the name of the cluster whose kubeconfig replaces it', () => {
  const [backup, fetch] = makePlan({ named: ['depot'], failures: ['F11'] }).steps.map(stepCommand);
  expect(backup).toBe(
    'Copy-Item "$env:UserProfile\\.kube\\config" ("$env:UserProfile\\.kube\\config.before-" + \'depot\')',
  );
  expect(fetch).toBe('Get-AksHciCredential -name depot');
});
