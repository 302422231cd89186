import { DAY_MS, epochMs } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { AgentCalls } from './agent-calls.ts';
import { ServedFile, type MachineContext, type RunningMachine } from './machine.ts';
import { MocClient } from './moc-client.ts';
import { RestartSignals } from './restart-signals.ts';
import { UsedTool } from './used-tool.ts';

/**
 * Runs a node agent: it joins the cloud agent with its token when it starts, keeps its certificate valid, and serves with
 * it. Without a login it stays in the state Starting and does not listen. Source: Azure/aksArc issue 173.
 */
export async function runHost(context: MachineContext): Promise<RunningMachine> {
  const { ports, lab, description, machine, log } = context;
  const calls = new AgentCalls(ports, lab, description);
  const clients = description.clients
    .filter((each) => each.machine === machine.name)
    .map((client) => new MocClient({ client, calls, lab, log }));
  const [client] = clients;
  const [service] = machine.services;
  if (client === undefined || service === undefined) throw new Error(`${machine.name} has no node agent`);
  const served = new ServedFile(context, service, {
    asksForCertificate: true,
    read: async () => {
      const access = await calls.readAccess(client.client);
      if (access === undefined) throw new ConsoleError('lab.damaged', { path: lab.path(client.client.accessFile) });
      return access;
    },
    answer: async () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: machine.name, state: 'Running' }),
    }),
  });
  const signals = new RestartSignals(lab, clients, log);
  await signals.begin();
  await client.start();
  const [first] = description.machines.filter(({ kind }) => kind === 'host');
  // Somebody uses the tools of the first host once a day. A tool renews its certificate when it is used.
  const tools =
    first === machine
      ? description.clients
          .filter((each) => each.machine === undefined)
          .map((each) => new UsedTool(each, { calls, lab, log }))
      : [];
  const dayMs = DAY_MS / description.pace;
  let usedAt = -Infinity;
  return {
    tick: async (now) => {
      await signals.restart();
      await client.tick(now);
      if (epochMs(now) >= usedAt + dayMs) {
        usedAt = epochMs(now);
        for (const tool of tools) await tool.use(now);
      }
      if (client.isStarted) await served.open();
      else await served.close();
      await served.takeUpRenewal();
    },
    close: () => served.close(),
  };
}
