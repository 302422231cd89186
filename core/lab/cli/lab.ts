import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { ownCommand, shellWord } from '../../shared/verb/own-command.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { choice, numberUpTo } from '../../shared/verb/values.ts';
import { runMachine } from '../machines/run-machine.ts';
import { ETCD_CLIENT_ISSUERS, FASTEST_PACE, LAB_OUTAGES, type LabStatus } from '../model/lab.ts';
import { labReadme } from '../readme.ts';
import { LabOperator } from '../service.ts';

export async function labCreate(invocation: Invocation): Promise<ExitCode> {
  const { translate, world, line } = invocation;
  const folder = getFolder(invocation);
  const outage = choice(invocation, 'outage', LAB_OUTAGES);
  const etcdClientIssuer = choice(invocation, 'etcd-client-issuer', ETCD_CLIENT_ISSUERS) ?? 'etcd-ca';
  const range = { most: FASTEST_PACE, allowed: `1–${FASTEST_PACE}` };
  const pace = numberUpTo(invocation, 'pace', range) ?? 1;
  const onProgress = ({ made, total }: { made: number; total: number }): void =>
    world.progress?.(translate('cli.lab.progress', { made, total }));
  const request = { folder, pace, etcdClientIssuer, onProgress, ...(outage !== undefined && { outage }) };
  const status = await operator(invocation).create(request);
  world.progress?.('');
  answer(invocation, status, translate('cli.lab.created', { path: folder }));
  const command = ownCommand(invocation, ['lab', 'start', shellWord(folder, translate('cli.placeholder.folder'))]);
  if (!line.json) world.notice(translate('cli.lab.next', { command }));
  return EXIT.fine;
}

export function labStart(invocation: Invocation): Promise<ExitCode> {
  return tellStatus(invocation, operator(invocation).start(getFolder(invocation)));
}

export function labStop(invocation: Invocation): Promise<ExitCode> {
  return tellStatus(invocation, operator(invocation).stop(getFolder(invocation)));
}

/** Exit code 1 if a machine that is not off does not answer. */
export async function labStatus(invocation: Invocation): Promise<ExitCode> {
  const status = await operator(invocation).status(getFolder(invocation));
  await tellStatus(invocation, Promise.resolve(status));
  return status.machines.every(isWell) ? EXIT.fine : EXIT.attention;
}

export function labOff(invocation: Invocation): Promise<ExitCode> {
  return tellStatus(invocation, operator(invocation).switchOff(getFolder(invocation), invocation.words[1]));
}

export function labOn(invocation: Invocation): Promise<ExitCode> {
  return tellStatus(invocation, operator(invocation).switchOn(getFolder(invocation), invocation.words[1]));
}

export async function labRemove(invocation: Invocation): Promise<ExitCode> {
  const folder = getFolder(invocation);
  if (invocation.line.values.yes !== true) throw new UsageError('cli.usage.not-confirmed');
  await operator(invocation).remove(folder);
  return answer(invocation, { folder }, invocation.translate('cli.lab.removed', { path: folder }));
}

/** Runs one machine in this terminal, and prints its log. Exit code 1 if the machine is off. */
export async function labRun(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, words, world } = invocation;
  const [, name = ''] = words;
  const folder = getFolder(invocation);
  const { machines } = await operator(invocation).status(folder);
  const isOff = machines.some((machine) => machine.name === name && machine.state === 'off');
  const print = (text: string): void => (line.json ? world.notice(text) : world.out(`${text}\n`));
  if (!isOff) await runMachine(ports, { folder, name, signal: world.cancelling(), print });
  const state = isOff ? 'off' : 'ended';
  answer(invocation, { folder, machine: name, state }, `${name}: ${translate(`lab.state.${state}`)}`);
  return isOff ? EXIT.attention : EXIT.fine;
}

function operator({ ports, world }: Invocation): LabOperator {
  return new LabOperator({ ports, claim: world.claim, readme: labReadme });
}

function getFolder({ paths }: Invocation): string {
  return paths[0] ?? '';
}

async function tellStatus(invocation: Invocation, work: Promise<LabStatus>): Promise<ExitCode> {
  const { translate } = invocation;
  const status = await work;
  const rows = status.machines.flatMap(({ name, state, services }) =>
    services.map((service, index) => [
      index === 0 ? name : '',
      index === 0 ? translate(`lab.state.${state}`) : '',
      service.name,
      `${service.address}:${service.port}`,
      service.fault ?? translate('lab.answers'),
    ]),
  );
  const heads = (['machine', 'state', 'service', 'address', 'answer'] as const).map((name) =>
    translate(`lab.column.${name}`),
  );
  return answer(invocation, status, tabulate(heads, rows));
}

function isWell({ state, services }: LabStatus['machines'][number]): boolean {
  return state === 'off' || services.every(({ fault }) => fault === undefined);
}
