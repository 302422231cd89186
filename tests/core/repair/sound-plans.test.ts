import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import { checkCommand } from '../../../core/knowledge/model/cmdlets/command-check.ts';
import { placeholdersIn } from '../../../core/knowledge/model/command-placeholders.ts';
import { ROLE_IDS } from '../../../core/knowledge/model/credentials/credentials.ts';
import type { FailureId } from '../../../core/knowledge/model/failure.ts';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { listOpenValues, type Plan, type PlanStep } from '../../../core/plan/model/plan.ts';
import { parseOpenValue } from '../../../core/plan/model/value.ts';
import { fillPlan } from '../../../core/runs/model/run.ts';
import { exampleValues, findForeignStep, findRecordedDifference } from '../runs/plans.ts';
import {
  AGENT,
  credential,
  DEPOT,
  healthy,
  MANAGEMENT,
  NOW_MS,
  place,
  makePlan,
  makeRequest,
  type Situation,
  stepCommand,
  mergeRows,
} from './fleet-by-hand.ts';

const TWIN = place('depot (fb2b53bb)');
const PLACES = [AGENT, MANAGEMENT, DEPOT, TWIN];
const ROWS = healthy(DEPOT, TWIN);

interface State {
  rows: BoardRow[];
  failures: FailureId[];
  named: string[];
  offHours: number | undefined;
}

/** Any combination of expired credentials, stated failures, one or two clusters, and a downtime. */
const states: fc.Arbitrary<State> = fc.record({
  rows: fc
    .subarray(ROWS)
    .map((out) => mergeRows(ROWS, ...out.map((row) => ({ ...row, notBeforeMs: 0, notAfterMs: NOW_MS - 1000 })))),
  failures: fc.oneof(
    { weight: 3, arbitrary: fc.constant<FailureId[]>([]) },
    fc.subarray(
      FAILURES.map(({ id }) => id),
      { minLength: 1, maxLength: 4 },
    ),
  ),
  named: fc.subarray([DEPOT.id, TWIN.id] as string[], { minLength: 1 }),
  offHours: fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined }),
});

const makeSituation = ({ rows, failures, named, offHours }: State): Situation => ({
  ...{ places: PLACES, rows, failures, named },
  answers: offHours === undefined ? {} : { offHours },
});
const planFor = (state: State): Plan => makePlan(makeSituation(state));

/** Commands that may follow another step of the same cluster and need no other reason. */
const FOLLOWS =
  /-patchLoadBalancer|^Get-AksHciCredential|\.kube\\config|^New-Item|^kubectl --kubeconfig \(Get-ChildItem/u;

const stepMeaning = (step: PlanStep): string =>
  JSON.stringify([step.command === undefined ? step.title.text : stepCommand(step), step.target, step.cluster]);

function checkPlans(check: (plan: Plan, state: State) => void): void {
  fc.assert(
    fc.property(states, (state) => {
      check(planFor(state), state);
    }),
    { numRuns: 30 },
  );
}

describe('a plan for any expired credentials and any evidence', () => {
  test('changes nothing that is valid', () => {
    checkPlans(({ steps }, { rows, failures }) => {
      const out = new Set(rows.filter(({ notAfterMs = Infinity }) => notAfterMs < NOW_MS).map(({ id }) => id));
      if (out.size + failures.length === 0) expect(steps).toEqual([]);
      if (failures.length > 0) return;
      for (const step of steps) {
        const own = step.because.credentials;
        // The reason for a step is a credential or a failure, unless the step follows another step of the same cluster.
        expect(own.length + step.because.failures.length, stepMeaning(step)).toBeGreaterThanOrEqual(
          FOLLOWS.test(stepCommand(step)) ? 0 : 1,
        );
        expect(
          own.filter((id) => !out.has(id)),
          stepMeaning(step),
        ).toEqual([]);
      }
    });
  });

  test('uses a value only after the step that determines it', () => {
    const found: Record<string, RegExp> = {
      'control-plane-ip': /Get-VMNetworkAdapter/u,
      'worker-ip': /Get-VMNetworkAdapter/u,
      'kms-pod': /kube-system get pods$/u,
      pod: /kube-system get pods$/u,
      'renewal-pod': /kube-system get pods$/u,
      'webhook-pod': /kube-system get pods$/u,
      'kms-container-id': /crictl ps -a \| grep kms/u,
      'kube-vip-container-id': /grep 'kube-vip'/u,
      'tattoo-file': /ls \/etc\/kubernetes\/pki\/cert-tattoo/u,
      'revocation-name': /get renewrevocation/u,
    };
    checkPlans(({ steps }) => {
      for (const [at, step] of steps.entries())
        for (const name of listOpenValues(step)) {
          const pattern = found[parseOpenValue(name).placeholder ?? ''];
          if (pattern === undefined) continue;
          const before = steps.slice(0, at).filter((each) => pattern.test(stepCommand(each)));
          expect(
            before.map(({ cluster }) => cluster),
            `${name} in ${step.id}`,
          ).toSatisfy((clusters: (string | undefined)[]) =>
            clusters.some((each) => each === undefined || each === step.cluster || /Get-VM/u.test(pattern.source)),
          );
        }
    });
  });

  test('contains only steps of the catalogue, so that a stopped run can be resumed', () => {
    checkPlans((plan) => {
      expect(findForeignStep(plan)).toBeUndefined();
      expect(findForeignStep(fillPlan(plan, exampleValues(plan)))).toBeUndefined();
    });
  });

  test('equals the plan made again for its request, unless a step was removed or moved', () => {
    checkPlans((plan, state) => {
      const request = { kind: 'repair', request: makeRequest(makeSituation(state)) } as const;
      expect(findRecordedDifference(plan, request)).toBeUndefined();
      const filled = fillPlan(plan, exampleValues(plan));
      expect(findRecordedDifference(filled, request)).toBeUndefined();
      const [first, ...others] = plan.steps;
      if (first === undefined) return;
      expect(findRecordedDifference({ ...plan, steps: others }, request)).toEqual({ step: (others[0] ?? first).id });
      if (others.length === 0) return;
      expect(findRecordedDifference({ ...plan, steps: [...others, first] }, request)).toEqual({ step: others[0]?.id });
      expect(findRecordedDifference({ ...plan, warnings: [...plan.warnings, first.why] }, request)).toEqual({
        step: '',
      });
    });
  });

  test('contains only steps of the catalogue, for any expired role or failure and for one cluster or several', () => {
    const ended = ROLE_IDS.map((role) => [credential(AGENT, role, -3), credential(DEPOT, role, -3)]);
    for (const named of [[], [DEPOT.id], [DEPOT.id, TWIN.id]]) {
      for (const rows of ended) expect(findForeignStep(makePlan({ places: PLACES, rows, named }))).toBeUndefined();
      for (const { id } of FAILURES)
        expect(findForeignStep(makePlan({ places: PLACES, named, failures: [id] })), id).toBeUndefined();
    }
  });

  test('has no two steps with the same meaning, except for last attempts', () => {
    checkPlans(({ steps }) => {
      const once = steps.filter(
        ({ only = [] }) => !only.some(({ text }) => /still-|no-effect|not-production/u.test(text)),
      );
      const meanings = once.map(stepMeaning);
      expect(meanings.filter((each, at) => meanings.indexOf(each) !== at)).toEqual([]);
      const conditional = steps
        .filter(({ only }) => only !== undefined)
        .map((step) => `${stepMeaning(step)} ${JSON.stringify(step.only)}`);
      expect(new Set(conditional).size).toBe(conditional.length);
    });
  });

  test('contains only known names, and placeholders for all others', () => {
    checkPlans(({ steps }) => {
      for (const { command, check, undo } of steps)
        for (const text of [{ command }, check, undo].flatMap((each) =>
          each === undefined ? [] : stepCommand(each),
        )) {
          const name = / -name (\S+)/iu.exec(text)?.[1];
          if (name !== undefined && !text.startsWith('kill') && !/Module|ClusterGroup|Process|ImagePath/u.test(text))
            expect(name).toMatch(/^(?:depot|<cluster[a-z0-9-]*>|"KMSPlugin.*)$/u);
          expect(text).not.toContain('fb2b53bb)');
        }
    });
  });

  test('contains only commands without problems', () => {
    const seen = new Set<string>();
    checkPlans(({ steps }) => {
      for (const step of steps) seen.add(stepCommand(step));
    });
    const wrong = [...seen].flatMap((text) => {
      const gaps = placeholdersIn(text).length > 0 || /<[a-z\d-]+>/u.test(text);
      return checkCommand(text)
        .problems.filter(({ code, severity }) => severity === 'error' && !(gaps && code === 'placeholder'))
        .map(({ code }) => `${code} ${text}`);
    });
    expect(wrong).toEqual([]);
  });
});
