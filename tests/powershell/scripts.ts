import { createHash } from 'node:crypto';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { FAILURES } from '../../core/knowledge/model/failures/failures.ts';
import { listRows } from '../../core/inventory/store/rows.ts';
import { documentText } from '../../core/formats/text/power-shell-file.ts';
import { taskXml, utf16 } from '../../core/maintenance/export/task-xml.ts';
import { registerScript } from '../../core/maintenance/export/register.ts';
import { runScript } from '../../core/maintenance/export/script.ts';
import { planScript } from '../../core/plan/export/script.ts';
import type { ClusterPlace } from '../../core/plan/model/deployment.ts';
import type { Plan } from '../../core/plan/model/plan.ts';
import type { PlanWording } from '../../core/plan/text/plan-text.ts';
import { repairPlan } from '../../core/repair/model/plan.ts';
import type { FailureId } from '../../core/knowledge/model/failure.ts';
import { planRepair } from '../../core/repair/service.ts';
import type { RepairSource } from '../../core/repair/model/request.ts';
import { recoveryScript, verifierScript } from '../../core/revocation/export/script.ts';
import { BUNDLE_FILES, SUMMED_FILES } from '../../core/revocation/model/bundle.ts';
import { workloadClusters } from '../../core/sample/fleet.ts';
import { simulateFleet } from '../../core/sample/history.ts';
import { DAY_MS, instant, instantFromMs, SECOND_MS, epochMs } from '../../core/shared/instant.ts';
import { translator } from '../../core/shared/text/text.ts';
import { updatePlan } from '../../core/update/model/plan.ts';
import { updateRequest } from '../../core/update/request.ts';
import { NOTHING_KNOWN } from '../../core/update/model/versions.ts';
import {
  ENGLISH as MAINTENANCE_ENGLISH,
  HOSTILE_NAMES,
  JAPANESE as MAINTENANCE_JAPANESE,
  samplePlan,
} from '../core/maintenance/export/plans.ts';
import { ENGLISH, JAPANESE } from '../core/plan/export/samples.ts';
import { AGENT, DEPOT, healthy, MANAGEMENT, NOW, NOW_MS } from '../core/repair/fleet-by-hand.ts';
import { buildInventory } from '../support/inventory-of-deployment.ts';
import { renameInPlan } from '../support/renamed-plan.ts';
import { makeBundleContent } from '../support/revocation-bundles.ts';

/* All PowerShell scripts that the product can write, for fleets like those of real users. */

/** A script as a file, with all files that it reads. */
export interface WrittenScript {
  /** The failure or feature, the fleet, and the language. */
  title: string;
  kind: 'plan' | 'maintenance' | 'registration' | 'recovery' | 'verification';
  text: string;
  /** Absent if the script does not run a plan. */
  plan?: Plan;
  names?: readonly string[];
  files?: Readonly<Record<string, string | Uint8Array>>;
  /** Default: `script.ps1`. */
  fileName?: string;
  /** A time at which the script has work to do, in seconds since 1970. */
  nowSeconds?: number;
}

export const FAILURE_IDS: readonly FailureId[] = FAILURES.map(({ id }) => id);

interface Fleet {
  title: string;
  source: RepairSource;
  wording: PlanWording;
}

function source(
  places: readonly ClusterPlace[],
  rows: RepairSource['rows'],
  more: Partial<RepairSource> = {},
): RepairSource {
  return { now: NOW, clusters: places, rows, facts: {}, classes: LIFETIME_CLASSES, ...more };
}

/** A second cluster with the same name in commands, but a different one on the screen. */
const TWIN: ClusterPlace = {
  ...DEPOT,
  id: 'twin' as ClusterPlace['id'],
  name: 'depot (63244336)',
  commandName: 'depot',
};

/** Creates a deployment that was off for so long that all its credentials have expired. */
function down(places: readonly ClusterPlace[]): RepairSource {
  const rows = healthy(DEPOT).map((row) => ({ ...row, notAfterMs: NOW_MS - DAY_MS }));
  const offSince = instantFromMs(NOW_MS - 100 * DAY_MS);
  return source(places, rows, { facts: Object.fromEntries(places.map(({ id }) => [id, { offSince }])) });
}

/** Returns the demo fleet as if its files had been imported. */
async function demo(): Promise<RepairSource> {
  const state = await simulateFleet({
    now: instant('2026-11-25T12:00:00Z'),
    seed: 'sample',
    clusters: workloadClusters(6),
    pause: () => Promise.resolve(),
  });
  const clusters = buildInventory(state);
  const rows = clusters.flatMap((cluster) => listRows(cluster));
  return { now: state.now, clusters, rows, facts: {}, classes: LIFETIME_CLASSES };
}

async function fleets(): Promise<Fleet[]> {
  const sample = await demo();
  const one = [AGENT, MANAGEMENT, DEPOT];
  return [
    { title: 'demo fleet', source: sample, wording: ENGLISH },
    { title: 'demo fleet, Japanese', source: sample, wording: JAPANESE },
    { title: 'one cluster', source: source(one, healthy(DEPOT)), wording: ENGLISH },
    { title: 'two clusters of one name', source: source([...one, TWIN], healthy(DEPOT)), wording: ENGLISH },
    { title: 'everything down', source: down(one), wording: ENGLISH },
    { title: 'nothing imported', source: source([], []), wording: ENGLISH },
  ];
}

/** Writes repair plans for these failures, in all fleets whose title matches `only`. */
export async function repairScripts(
  failures: readonly FailureId[] = FAILURE_IDS,
  only: RegExp = /./u,
): Promise<WrittenScript[]> {
  const chosen = (await fleets()).filter(({ title }) => only.test(title));
  return chosen.flatMap(({ title, source: from, wording }) =>
    failures.map((failure): WrittenScript => {
      const choice = { clusters: [], failures: [failure], texts: [], answers: {} };
      const { plan } = planRepair(from, choice);
      return { title: `${failure}, ${title}`, kind: 'plan', plan, text: planScript(plan, wording) };
    }),
  );
}

/** Writes plans for clusters whose names would end a string, a line or a document in some format. */
export function hostileScripts(failures: readonly FailureId[] = FAILURE_IDS): WrittenScript[] {
  return HOSTILE_NAMES.flatMap((name, at) =>
    failures.map((failure): WrittenScript => {
      const targets = [
        { name: 'ca-1.contoso.example', kind: 'host' as const, failures: [] },
        { name: 'clustergroup-management', kind: 'management' as const, failures: [] },
        { name: 'retail-east', kind: 'workload' as const, failures: [failure] },
      ];
      // The product never puts such a name into a command.
      const plan = renameInPlan(repairPlan({ now: NOW, targets }), 'retail-east', name);
      return {
        title: `${failure}, hostile name ${at + 1}`,
        kind: 'plan',
        plan,
        text: planScript(plan, ENGLISH),
        names: [name],
      };
    }),
  );
}

/** Writes plans for updates of hosts and clusters, with and without known versions. */
export function updateScripts(): WrittenScript[] {
  const known = {
    ...NOTHING_KNOWN,
    host: '1.0.14.10928',
    hostUpdates: ['1.0.16.10113', '1.0.17.10310'],
    clusters: [
      {
        name: DEPOT.name,
        kubernetesVersion: 'v1.21.9',
        updates: [
          { kubernetesVersion: 'v1.21.14', operatingSystem: {} },
          { kubernetesVersion: 'v1.22.11', operatingSystem: {} },
        ],
      },
    ],
  };
  const places = [AGENT, MANAGEMENT, DEPOT];
  const cases = { 'versions known': known, 'versions unknown': NOTHING_KNOWN };
  return Object.entries(cases).flatMap(([title, versions]) =>
    [ENGLISH, JAPANESE].map((wording): WrittenScript => {
      const from = { ...source(places, healthy(DEPOT)), minutes: {}, versions };
      const { plan } = updatePlan(updateRequest(from, { clusters: [], versions: new Map(), onlySystem: false }));
      return { title: `update, ${title}, ${wording.language}`, kind: 'plan', plan, text: planScript(plan, wording) };
    }),
  );
}

/** Writes the script of planned windows, for the start of each window, and the script that registers the task. */
export function maintenanceScripts(names: readonly string[] = ['retail-east', ...HOSTILE_NAMES]): WrittenScript[] {
  const windows = names.flatMap((name) => {
    const plan = samplePlan(name);
    const text = runScript(plan, name === names[0] ? MAINTENANCE_JAPANESE : MAINTENANCE_ENGLISH);
    return plan.windows.map(({ start }, at): WrittenScript => ({
      title: `window ${at + 1} of ${JSON.stringify(name)}`,
      kind: 'maintenance',
      text,
      names: [name],
      nowSeconds: epochMs(start) / SECOND_MS + 60,
    }));
  });
  const registrations = [MAINTENANCE_ENGLISH, MAINTENANCE_JAPANESE].map((wording): WrittenScript => {
    const files = {
      'arcwarden-maintenance.xml': utf16(taskXml(samplePlan('retail-east'), { isClustered: false }, wording)),
      'arcwarden-maintenance.ps1': '# stands for the script',
    };
    return {
      title: `registration, ${wording.language}`,
      kind: 'registration',
      text: registerScript(samplePlan('retail-east'), wording),
      files,
    };
  });
  return [...windows, ...registrations];
}

const TRANSLATORS = { en: translator('en'), ja: translator('ja') };

/** Returns a text as it appears in the JSON document of a script. */
function documentWord(text: string): string {
  return documentText([text]).slice('[\n  '.length, -'\n]'.length);
}

export async function bundleScripts(
  names: readonly string[] = ['retail-east', ...HOSTILE_NAMES],
): Promise<WrittenScript[]> {
  const content = await makeBundleContent();
  const files = { [BUNDLE_FILES.manifest]: content.manifest.text, [BUNDLE_FILES.undo]: 'undo: true\n' };
  const hashes = { manifest: sha256(content.manifest.text), undo: sha256('undo: true\n') };
  const recoveries = names.map((name): WrittenScript => {
    const target = { cluster: { name: 'retail-east' }, kubeconfig: '' };
    const usual = recoveryScript({ ...content, target }, hashes, TRANSLATORS);
    // The product never puts such a name into a script.
    const text = usual.replaceAll(documentWord('retail-east'), () => documentWord(name));
    return {
      title: `recovery of ${JSON.stringify(name)}`,
      kind: 'recovery',
      plan: content.openPlan,
      text,
      files,
      names: [name],
    };
  });
  return [...recoveries, verification()];
}

/** Writes the verifier of an unpacked bundle with the given changes to its files. */
export function verification(changes: Readonly<Record<string, string>> = {}): WrittenScript {
  const text = verifierScript(SUMMED_FILES, TRANSLATORS);
  const whole = SUMMED_FILES.map(
    (name) => [name, name === BUNDLE_FILES.verifier ? text : `content of ${name}\n`] as const,
  );
  const sums = whole.map(([name, content]) => `${sha256(content)}  ${name}\n`).join('');
  const others = whole.filter(([name]) => name !== BUNDLE_FILES.verifier);
  const files = { ...Object.fromEntries(others), [BUNDLE_FILES.sums]: sums, ...changes };
  return { title: 'verification', kind: 'verification', text, files, fileName: BUNDLE_FILES.verifier };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
