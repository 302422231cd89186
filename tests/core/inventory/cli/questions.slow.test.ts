import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../../core/settings/store/store.ts';
import { certificateFiles } from '../../../support/fleet.ts';
import { testPorts } from '../../../support/ports.ts';
import { TestWorld } from '../../cli/test-world.ts';
import { jwt, kubeconfig, loginFile, Pki } from '../pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());

describe('after an import, a terminal and the JSON report ask', () => {
  /** Imports two cloud agents and clusters without login files. */
  async function importFleet(fqdns: readonly [string, string], clusters: readonly string[] = ['edge']) {
    const world = new TestWorld(testPorts());
    for (const [at, fqdn] of fqdns.entries()) {
      const ca = pki.ca(`/CN=cloud-agent-ca-${at}`).crt;
      world.put(
        `fleet/${at}/login.yaml`,
        loginFile({ name: `hv-${at}`, token: jwt({ iss: 'wssdagentsvc', jti: `${at}` }), ca, fqdn }),
      );
    }
    for (const [path, content] of Object.entries(await certificateFiles(...clusters.map((cluster) => ({ cluster })))))
      world.put(`fleet${path}`, content);
    world.store = await openStore(world.ports, '/data');
    return { world, notices: (await world.run('inventory', 'import', 'fleet')).notices };
  }

  test('on which of several cloud agents a cluster runs, until it is linked', async () => {
    const { world, notices } = await importFleet(['ca.lyon.example', 'ca.kyoto.example']);
    const agents = world.store?.clusters().filter(({ kind }) => kind === 'moc') ?? [];
    const [kyoto, lyon] = ['ca.kyoto.example', 'ca.lyon.example'].map(
      (name) => agents.find((one) => one.name === name)?.id ?? '',
    );
    const commands = [...notices.matchAll(/^ {2}(arcwarden inventory link .*)$/gmu)].map(
      ([, command]) => command ?? '',
    );
    expect(commands.map((command) => command.split(' ').at(-1))).toEqual([kyoto, lyon]);
    const [command = ''] = commands;
    expect(notices).toContain(
      'Which cloud agent does “edge” run on? Possible: ca.kyoto.example, ca.lyon.example. No file shows it',
    );
    const askAgain = async () => {
      expect((await world.run('inventory', 'forget', 'edge')).code).toBe(0);
      const report = await world.json<{ questions: { asks: string }[] }>(0, 'inventory', 'import', 'fleet');
      return report.questions.filter(({ asks }) => asks === 'deployment');
    };
    expect(await askAgain()).toMatchObject([{ cluster: 'edge', commands }]);
    expect((await world.run(...command.split(' ').slice(1))).code).toBe(0);
    expect(await askAgain()).toEqual([]);
  });

  test('with commands that still work after the cluster is renamed', async () => {
    const { world, notices } = await importFleet(['ca.lyon.example', 'ca.kyoto.example']);
    const commands = [...notices.matchAll(/^ {2}arcwarden (inventory (?:rename|link) .*)$/gmu)].map(
      ([, found]) => found,
    );
    const [rename = '', link = ''] = commands;
    expect((await world.run(...rename.replace('<NAME>', 'retail7').split(' '))).code).toBe(0);
    expect((await world.run(...link.split(' '))).code).toBe(0);
  });

  test('in JSON without commands if the admin has to choose a name or may reject a merge', async () => {
    const { world } = await importFleet(['ca.example', 'ca.example']);
    for (const name of ['edge', 'ca.example']) await world.run('inventory', 'forget', name);
    const { questions } = await world.json<{ questions: { asks: string; commands: string[] }[] }>(
      0,
      'inventory',
      'import',
      'fleet',
    );
    expect(questions.map(({ asks, commands }) => [asks, commands.length])).toEqual([
      ['name', 0],
      ['deployment', 2],
      ['same-agent', 0],
    ]);
  });

  test('at most 20 questions of each kind, and print the number of the others', async () => {
    const names = Array.from({ length: 22 }, (_, at) => `edge-${at}`);
    const { notices } = await importFleet(['ca.lyon.example', 'ca.kyoto.example'], names);
    const count = (start: string): number => notices.split('\n').filter((line) => line.startsWith(start)).length;
    expect([count('What is “'), count('Which cloud agent does “')]).toEqual([20, 20]);
    expect(notices).toContain('4 more questions about names and cloud agents of clusters.');
    expect(notices).toContain('  arcwarden inventory clusters\n');
  });

  test('whether two cloud agents with the same name are one, and the printed command merges them', async () => {
    const { world, notices } = await importFleet(['ca.example', 'ca.example']);
    const [, command = ''] = /^ {2}arcwarden (inventory merge .*)$/mu.exec(notices) ?? [];
    expect(notices).toContain('one cloud agent, for example before and after its CA was rotated?');
    const words = command.match(/"[^"]+"|\S+/gu) ?? [];
    expect((await world.run(...words.map((word) => word.replaceAll('"', '')))).code).toBe(0);
    expect(world.store?.clusters().filter(({ kind }) => kind === 'moc')).toHaveLength(1);
  });

  test.each([
    ['the one', false],
    ['the other', true],
  ])(
    'no longer whether two cloud agents with the same name are one after the admin denied it of %s',
    async (_, isReverse) => {
      const { world } = await importFleet(['ca.example', 'ca.example']);
      const [other, agent] = world.store?.clusters().filter(({ kind }) => kind === 'moc') ?? [];
      const importAgain = async () => {
        expect((await world.run('inventory', 'forget', agent?.id ?? '')).code).toBe(0);
        return (await world.run('inventory', 'import', 'fleet')).notices;
      };
      expect(await importAgain()).toContain('one cloud agent, for example before and after its CA was rotated?');
      const [one = '', another = ''] = isReverse ? [other?.id, agent?.id] : [agent?.id, other?.id];
      expect((await world.run('settings', 'set', `clusterFacts.${one}.distinctFrom`, another)).code).toBe(0);
      expect(await importAgain()).not.toContain('one cloud agent, for example before and after its CA was rotated?');
    },
  );

  test('whether kubeconfigs with the same name and address belong to one cluster, and the printed command denies it', async () => {
    const world = new TestWorld(testPorts());
    for (const [site, days] of [
      ['lyon', -400],
      ['kyoto', -30],
    ] as const) {
      const issuer = pki.issue({ subject: '/CN=kubernetes', days: [days, 3000], usage: 'ca' });
      const client = pki.issue({ subject: '/CN=edge-admin', issuer, days: [days, days + 365] });
      world.put(
        `fleet/${site}.yaml`,
        kubeconfig({ cluster: 'edge', server: 'https://10.4.0.9', ca: issuer.crt, client }),
      );
    }
    world.store = await openStore(world.ports, '/data');
    const { notices } = await world.run('inventory', 'import', 'fleet');
    expect(notices).toContain('Was “edge” rebuilt?');
    const [, command = ''] = /^ {2}arcwarden (inventory move .*) <NAME>$/mu.exec(notices) ?? [];
    expect((await world.run(...command.split(' '), 'edge-lyon')).code).toBe(0);
    expect(world.store?.clusters().map(({ name }) => name)).toEqual(['edge', 'edge-lyon']);
    expect((await world.run('inventory', 'import', 'fleet')).notices).not.toContain('rebuilt');
  });
});
