import { describe, expect, test } from 'vitest';
import ICAL from 'ical.js';
import type { MaintenancePlan } from '../../../../core/maintenance/model/maintenance.ts';
import { DAY_MS } from '../../../../core/shared/instant.ts';
import { certificateFile } from '../../../support/fleet.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { AGENT, credential, DEPOT, NOW as HAND_NOW } from '../../repair/fleet-by-hand.ts';
import { makeClusters } from '../../repair/fleets.ts';
import { testPorts } from '../../../support/ports.ts';
import { TestWorld, type Outcome } from '../../cli/test-world.ts';

const LOGIN = (name: string, exp: string): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = Date.parse(exp) / 1_000;
  const claims = { iss: 'wssdagentsvc', sub: name, iat: seconds - 90 * 86_400, exp: seconds };
  const token = `${part({ alg: 'RS256' })}.${part(claims)}.AAAA`;
  return [
    `name: ${name}`,
    `token: ${token}`,
    'clienttype: ControlPlane',
    'cloudfqdn: ca-1.contoso.example',
    'cloudport: 55000',
    'cloudauthport: 65000',
    'location: MocLocation',
    '',
  ].join('\n');
};

/** Builds a world with two deployments, each with a login file; the second also has a login file of a cluster. */
function twoSites(): TestWorld {
  const on = new TestWorld(testPorts());
  for (const [site, name] of [
    ['lyon', 'kvactl-lyon'],
    ['kyoto', 'kvactl-kyoto'],
    ['kyoto', 'KMSPlugin-kyopos-moc-kms-plugin'],
  ] as const) {
    const text = LOGIN(name, '2027-01-04T09:00:00Z').replace('ca-1.contoso', `ca-1.${site}.contoso`);
    on.put(`sites/${site}-${name}.yaml`, text);
  }
  return on;
}

function world(): TestWorld {
  return new TestWorld(testPorts()).put(
    'cloudlogin.yaml',
    LOGIN('KMSPlugin-retail-east-moc-kms-plugin', '2027-01-04T09:00:00Z'),
  );
}

function plan(on: TestWorld, ...words: string[]): Promise<Outcome> {
  return on.run(...['expiry', 'plan', 'cloudlogin.yaml', '--now', '2026-11-24T12:00:00Z', '--zone', 'UTC'], ...words);
}

async function readPlan(on: TestWorld, ...words: string[]): Promise<MaintenancePlan> {
  const { out } = await plan(on, '--json', ...words);
  return JSON.parse(out) as MaintenancePlan;
}

describe('arcwarden expiry plan', () => {
  test('prints the number of windows, the next window and the commands to run', async () => {
    const { code, out, notices } = await plan(world());
    expect({ code, notices }).toEqual({ code: 0, notices: '' });
    expect(out).toContain('The next window is Sat 26 Dec 2026 22:00.');
    expect(out).toContain('22:00  Rotate the credentials of the hosts, ca-1.contoso.example');
    expect(out).toContain('Update-AksHciCertificates');
  });

  test('applies its options', async () => {
    const on = world();
    const rules = await readPlan(
      on,
      ...['--weekdays', 'mon,thu', '--hours', '01:00-03:00', '--lead', '3', '--horizon', '60'],
      ...['--blackout', '2026-12-31..2027-01-02', '--blackout', '2027-01-04'],
      ...['--minutes', 'rotate-certificates=45', '--no-updates'],
    );
    expect(rules.rules).toMatchObject({
      weekdays: ['mon', 'thu'],
      from: '01:00',
      to: '03:00',
      leadDays: 3,
      horizonDays: 60,
      blackouts: [
        { from: '2026-12-31', to: '2027-01-02' },
        { from: '2027-01-04', to: '2027-01-04' },
      ],
      withUpdates: false,
    });
    expect(rules.windows.map(({ start, done }) => [start, done])).toEqual([
      ['2026-12-28T01:00:00Z', '2026-12-28T01:45:00Z'],
    ]);
  });

  test('exits with 1 if a deadline cannot be met, and lists the changes that would help', async () => {
    const { code, out } = await plan(world(), '--blackout', '2026-11-25..2027-01-02');
    expect(code).toBe(1);
    expect(out).toContain('Later than your rules require (1)');
    expect(out).toContain('What would help: a lead time of 1 day, or a window in the blackout 2026-11-25 – 2027-01-02');
  });

  test('writes every file in a format that other programs can read', async () => {
    const on = world();
    const { code, notices } = await plan(
      on,
      ...['--ics', 'plan.ics', '--task-xml', 'task.xml', '--script', 'run.ps1'],
      ...['--register', 'register.ps1', '--markdown', 'ticket.md', '--account', 'CONTOSO\\aks'],
    );
    expect(code).toBe(0);
    expect(notices.match(/Wrote/gu)).toHaveLength(5);
    const calendar = new ICAL.Component(ICAL.parse(await on.text('plan.ics')) as unknown[]);
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(2);
    const xml = new TextDecoder('utf-16le').decode(await on.files.read('/folder/task.xml', 1e6));
    expect(xml).toContain('<UserId>CONTOSO\\aks</UserId>');
    expect(await on.text('run.ps1')).toContain('"name": "Update-AksHciCertificates"');
    expect(await on.text('register.ps1')).toContain('Register-ScheduledTask');
    expect(await on.text('ticket.md')).toContain('# Maintenance windows');
  });

  test('for several deployments, writes no file if the task file is refused, and --deployment limits every output', async () => {
    const on = twoSites();
    const run = (...words: string[]) =>
      on.run(...['expiry', 'plan', 'sites', '--now', '2026-11-24T12:00:00Z', '--zone', 'UTC'], ...words);
    const files = ['--ics', 'plan.ics', '--markdown', 'ticket.md', '--task-xml', 'task.xml'];
    const refused = await run(...files);
    expect(refused.code).toBe(2);
    expect(refused.notices).toContain('ca-1.kyoto.contoso.example, ca-1.lyon.contoso.example');
    await expect(on.text('plan.ics')).rejects.toThrow();
    await expect(on.text('ticket.md')).rejects.toThrow();
    const { code, out } = await run(...files, '--deployment', 'ca-1.lyon.contoso.example');
    expect(code).toBe(0);
    for (const text of [out, await on.text('ticket.md'), await on.text('plan.ics')]) {
      expect(text).toContain('lyon');
      expect(text).not.toContain('kyo');
    }
  });

  test('restores the files already written if one cannot be written', async () => {
    const on = world();
    on.put('plan.ics', 'last month');
    const replace = on.files.replace.bind(on.files);
    on.files.replace = (path, content) =>
      path.startsWith('/folder/full/')
        ? Promise.reject(new ConsoleError('file.not-writable', { path }))
        : replace(path, content);
    const before = on.files.paths();
    const { code } = await plan(on, '--ics', 'plan.ics', '--script', 'full/run.ps1');
    expect(code).toBe(2);
    expect(on.files.paths()).toEqual(before);
    expect(await on.text('plan.ics')).toBe('last month');
  });

  test('restores the other files, latest first, and reports the first error if one cannot be restored', async () => {
    const on = world();
    on.put('plan.ics', 'last month').put('run.ps1', 'last month');
    const replace = on.files.replace.bind(on.files);
    const restored: string[] = [];
    on.files.replace = (path, content) => {
      if (path === '/folder/full/ticket.md') return Promise.reject(new ConsoleError('file.not-writable', { path }));
      if (new TextDecoder().decode(content as Uint8Array) !== 'last month') return replace(path, content);
      restored.push(path);
      return path === '/folder/run.ps1'
        ? Promise.reject(new ConsoleError('file.not-readable', { path }))
        : replace(path, content);
    };
    const { code, notices } = await plan(
      on,
      ...['--ics', 'plan.ics', '--script', 'run.ps1', '--markdown', 'full/ticket.md'],
    );
    expect(code).toBe(2);
    expect(notices).toContain('full/ticket.md');
    expect(restored).toEqual(['/folder/run.ps1', '/folder/plan.ics']);
    expect(await on.text('plan.ics')).toBe('last month');
  });

  test('refuses a name that clusters of two deployments share, and lists both deployments', async () => {
    const on = twoSites();
    const sites = ['lyon', 'kyoto'].map((site) => ({
      agent: { ...AGENT, id: `agent-${site}` as ClusterId, name: `ca-1.${site}` },
      edge: { ...DEPOT, id: `edge-${site}` as ClusterId, name: 'edge' },
    }));
    const places = sites.flatMap(({ agent, edge }) => [agent, edge]);
    const clusters = makeClusters(
      places.map((place) => credential(place, place.kind === 'moc' ? 'mocctl' : 'csi-token', 20)),
      places,
    );
    const clusterFacts = Object.fromEntries(sites.map(({ agent, edge }) => [edge.id, { cloudAgent: agent.id }]));
    on.store = {
      ...memoryStore(),
      clusters: () => clusters,
      settings: () => ({ ...DEFAULT_SETTINGS, clusterFacts }),
      changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
      close: () => Promise.resolve(),
    };
    const run = (name: string) => on.run('expiry', 'plan', '--now', HAND_NOW, '--zone', 'UTC', '--deployment', name);
    const { code, notices } = await run('edge');
    expect(code).toBe(2);
    expect(notices).toContain('ca-1.lyon, ca-1.kyoto');
    expect((await run('edge-lyon')).out).not.toContain('kyoto');
  });

  test('requests the name that cmdlets use for a cluster if it is only guessed, and leaves tasks for that cluster to a person', async () => {
    const [, pem] = await certificateFile({ cluster: 'retail-west', leftMs: -40 * DAY_MS });
    const on = world().put('retail-west/apiserver.crt', pem);
    const question = 'Which name do the cmdlets use for retail-west?';
    expect((await plan(on, 'retail-west')).out).toContain(question);
    const { tasks } = JSON.parse((await plan(on, 'retail-west', '--json', '--script', 'run.ps1')).out) as {
      tasks: { target: { name: string }; needsPerson: boolean; question?: string }[];
    };
    expect(tasks.map(({ target, needsPerson }) => [target.name, needsPerson])).toContainEqual(['retail-west', true]);
    for (const { target, question: asked } of tasks)
      expect(asked ?? '').toContain(target.name === 'retail-west' ? question : '');
    // The deadline has passed, so the work is in no window.
    expect(await on.text('run.ps1')).not.toContain('retail-west');
  });

  test.each(['aks admin', 'CONTOSO\\a\\b', 'a@b@c', '', '\\aks', 'aks@', '.'.repeat(2).concat('\\aks')])(
    'refuses %j, which is no valid account, before writing anything',
    async (account) => {
      const on = world();
      const { code, notices } = await plan(on, '--account', account, '--script', 'run.ps1');
      expect(code).toBe(2);
      expect(notices).toContain('is not the name of an account');
      await expect(on.text('run.ps1')).rejects.toThrow();
    },
  );

  test.each([
    ...['CONTOSO\\aks', '.\\aks admin', 'aks@contoso.example', 'contoso.example\\aks$', 'aks', 'NT AUTHORITY\\SYSTEM'],
    'S-1-5-21-9-9-9-1201',
  ])('accepts the account %s, as Windows does', async (account) => {
    expect((await plan(world(), '--account', account, '--task-xml', 'task.xml')).code).toBe(0);
  });

  test('refuses a clustered task with an account that needs a password', async () => {
    const { code, notices } = await plan(
      world(),
      ...['--task-xml', 'task.xml', '--clustered', '--account', 'CONTOSO\\aks'],
    );
    expect(code).toBe(2);
    expect(notices).toContain('CONTOSO\\aks');
  });

  test.each([
    ['--zone', 'Berlin'],
    ['--weekdays', 'sat,weekend'],
    ['--hours', '22-04'],
    ['--hours', '22:00'],
    ['--blackout', '24.12.2026'],
    ['--lead', 'a week'],
    ['--lead', '91'],
    ['--horizon', '0'],
    ['--minutes', 'rotate=5'],
    ['--minutes', 'host-update=0'],
  ])('names the invalid option: %s %s', async (option, value) => {
    const { code, notices } = await plan(world(), option, value);
    expect(code).toBe(2);
    expect(notices).toContain(option);
    expect(notices).not.toMatch(/undefined|NaN/u);
  });
});
