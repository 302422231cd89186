import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../../core/settings/store/store.ts';
import { certificateFiles } from '../../../support/fleet.ts';
import { testPorts } from '../../../support/ports.ts';
import { TestWorld } from '../../cli/test-world.ts';
import { jwt, loginFile, Pki } from '../pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());

describe('after an import, a terminal and the JSON report ask', () => {
  /** Imports two cloud agents and a cluster without login files. */
  async function importFleet(fqdns: readonly [string, string]) {
    const world = new TestWorld(testPorts());
    for (const [at, fqdn] of fqdns.entries()) {
      const ca = pki.ca(`/CN=cloud-agent-ca-${at}`).crt;
      world.put(
        `fleet/${at}/login.yaml`,
        loginFile({ name: `hv-${at}`, token: jwt({ iss: 'wssdagentsvc', jti: `${at}` }), ca, fqdn }),
      );
    }
    for (const [path, content] of Object.entries(await certificateFiles({ cluster: 'edge' })))
      world.put(`fleet${path}`, content);
    world.store = await openStore(world.ports, '/data');
    return { world, notices: (await world.run('inventory', 'import', 'fleet')).notices };
  }

  test('on which of several cloud agents a cluster runs, until it is linked', async () => {
    const { world, notices } = await importFleet(['ca.lyon.example', 'ca.kyoto.example']);
    const command = 'arcwarden inventory link edge --deployment ca.kyoto.example';
    expect(notices).toContain('On which cloud agent does “edge” run: ca.kyoto.example, ca.lyon.example?');
    expect(notices).toContain(`  ${command}\n`);
    const askAgain = async () => {
      expect((await world.run('inventory', 'forget', 'edge')).code).toBe(0);
      const report = await world.json<{ questions: { asks: string }[] }>(0, 'inventory', 'import', 'fleet');
      return report.questions.filter(({ asks }) => asks === 'deployment');
    };
    const commands = [command, command.replace('kyoto', 'lyon')];
    expect(await askAgain()).toMatchObject([{ cluster: 'edge', commands }]);
    expect((await world.run(...command.split(' ').slice(1))).code).toBe(0);
    expect(await askAgain()).toEqual([]);
  });

  test('whether two cloud agents with the same name are one, and the printed command merges them', async () => {
    const { world, notices } = await importFleet(['ca.example', 'ca.example']);
    const [, command = ''] = /^ {2}arcwarden (inventory merge .*)$/mu.exec(notices) ?? [];
    expect(notices).toContain('one cloud agent whose CA was rotated?');
    const words = command.match(/"[^"]+"|\S+/gu) ?? [];
    expect((await world.run(...words.map((word) => word.replaceAll('"', '')))).code).toBe(0);
    expect(world.store?.clusters().filter(({ kind }) => kind === 'moc')).toHaveLength(1);
  });
});
