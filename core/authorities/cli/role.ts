import { agentState, accessView, answerAccess, changeRoles } from '../operations/roles.ts';
import { readRoleFile } from '../operations/role-file.ts';
import { accessAnswerText, roleLines, scopeText } from '../text/access-text.ts';
import { answerFacts, assignmentFacts, type AccessAnswer, type AccessRoleRow } from '../model/view.ts';
import {
  accessActions,
  ANY_PROVIDERS,
  PROVIDER_TYPES,
  SCOPE_FIELDS,
  type AccessScope,
  type RoleAssignment,
} from '../../pki/model/access.ts';
import type { CloudAgentState } from '../../pki/model/identity.ts';
import { identityNamed } from '../../pki/identities/cloud-agent.ts';
import { addRole, assignRole, decideForAll, removeRole, roleNamed, unassignRole } from '../../pki/identities/roles.ts';
import { changeAuthority, readAuthority, type Named } from './context.ts';
import { authorityRecord } from './records.ts';
import { citationText } from '../../shared/text/statement.ts';
import { badValue, choice, parseChoice, requirePath } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { ownCommand, shellWord } from '../../shared/verb/own-command.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

export function roleList(invocation: Invocation): Promise<ExitCode> {
  const { translate } = invocation;
  return readAuthority(invocation, async ({ authority }) => {
    const { roles, assignments } = accessView(agentState(authority));
    const table = tabulate(
      [
        translate('access.role'),
        '',
        { head: translate('access.assigned'), align: 'right' },
        translate('access.allows'),
      ],
      roles.map((role) => [
        role.name,
        translate(role.builtIn ? 'access.built-in' : 'access.own'),
        String(role.assigned),
        roleLines(role, translate).join('; '),
      ]),
    );
    const document = { authority: authorityRecord(authority), roles: roles.map(roleRecord), assignments };
    return answer(invocation, document, [table, ...assignmentsTable(invocation, assignments)].join('\n\n'));
  });
}

export function roleShow(invocation: Invocation): Promise<ExitCode> {
  const { translate, words } = invocation;
  return readAuthority(invocation, async ({ authority }) => {
    const state = agentState(authority);
    const { name } = roleNamed(state, words[1] ?? '');
    const view = accessView(state);
    const role = view.roles.find((each) => each.name === name) as AccessRoleRow;
    const assignments = view.assignments.filter((each) => each.role === name);
    const document = { authority: authorityRecord(authority), role: roleRecord(role), assignments };
    const text = [
      `${name} (${translate(role.builtIn ? 'access.built-in' : 'access.own')})`,
      ...roleLines(role, translate).map((line) => `  ${line}`),
      ...(role.citation === undefined ? [] : [`  ${citationText(role.citation, { translate })}`]),
    ];
    return answer(invocation, document, [text.join('\n'), ...assignmentsTable(invocation, assignments)].join('\n\n'));
  });
}

function roleRecord({ name, builtIn, assigned, permissions, citation = undefined }: AccessRoleRow) {
  return { name, builtIn, assigned, permissions, citation: citation ?? null };
}

function assignmentsTable({ translate }: Invocation, assignments: readonly RoleAssignment[]): string[] {
  if (assignments.length === 0) return [];
  const head = [translate('authorities.value.identity'), translate('access.role'), translate('access.applies')];
  const rows = assignments.map(({ identity, role, scope }) => [identity, role, scopeText(scope, translate)]);
  return [tabulate(head, rows)];
}

export async function roleAdd(invocation: Invocation): Promise<ExitCode> {
  const { note, ports, translate, words, world } = invocation;
  const path = requirePath(invocation, 'file');
  const { permission, findings } = await readRoleFile(ports.files, path);
  if (permission !== undefined)
    return changeState(
      invocation,
      (state) => addRole(state, { name: words[1] ?? '', permissions: [permission] }),
      'added',
    );
  note({ code: 'access-role.invalid' });
  if (invocation.line.json) world.json({ role: null, findings });
  else noticeFindings(invocation, findings);
  const problem = { path, count: findings.length };
  for (const key of ['problem.access-role.invalid', 'problem.access-role.invalid.remedy'] as const)
    world.notice(translate(key, problem));
  return EXIT.usage;
}

export function roleRemove(invocation: Invocation): Promise<ExitCode> {
  return changeState(invocation, (state) => removeRole(state, invocation.words[1] ?? ''), 'removed');
}

function changeState(
  invocation: Invocation,
  change: (state: CloudAgentState) => CloudAgentState,
  done: 'added' | 'removed',
): Promise<ExitCode> {
  const [, role = ''] = invocation.words;
  return changeAuthority(invocation, async (named) => {
    const authority = await changeRoles(named, named.authority.id, change);
    const text = invocation.translate(`cli.role.${done}`, { role });
    return answer(invocation, { authority: authorityRecord(authority), role }, text);
  });
}

export function roleAssign(invocation: Invocation): Promise<ExitCode> {
  return changeAssignment(invocation, assignRole, 'assigned');
}

export function roleUnassign(invocation: Invocation): Promise<ExitCode> {
  return changeAssignment(invocation, unassignRole, 'unassigned');
}

async function changeAssignment(
  invocation: Invocation,
  change: (state: CloudAgentState, assignment: RoleAssignment) => CloudAgentState,
  done: 'assigned' | 'unassigned',
): Promise<ExitCode> {
  const { note, translate, words } = invocation;
  const [, identity = '', role = ''] = words;
  const provider = choice(invocation, 'provider', ANY_PROVIDERS);
  const assignment = { identity, role, scope: { ...readScope(invocation), ...(provider && { provider }) } };
  note(assignmentFacts(assignment));
  return changeAuthority(invocation, async (named) => {
    const authority = await changeRoles(named, named.authority.id, (state) => change(state, assignment));
    const text = translate(`access.done.${done}`, { identity, role, scope: scopeText(assignment.scope, translate) });
    return answer(invocation, { authority: authorityRecord(authority), assignment }, text);
  });
}

/** Reads the limits besides the type. `--group` is a list elsewhere; an assignment is for one group. */
function readScope({ line }: Invocation): Omit<AccessScope, 'provider'> {
  const { location, group, resource } = line.values;
  const given = {
    location: location === undefined ? [] : [location],
    group: group ?? [],
    resource: [resource ?? []].flat(),
  };
  const wrong = Object.entries(given).find(([, names]) => names.length > 1 || names[0] === '');
  if (wrong !== undefined) throw badValue(`--${wrong[0]}`, wrong[1].join(', '), 'NAME');
  return Object.fromEntries(
    Object.entries(given).flatMap(([field, [name]]) => (name === undefined ? [] : [[field, name]])),
  );
}

export async function authorityMay(invocation: Invocation): Promise<ExitCode> {
  const { note, words } = invocation;
  const [action = '', type = ''] = words.slice(-2);
  const provider = parseChoice('PROVIDER', type, PROVIDER_TYPES);
  const question = {
    action: parseChoice('ACTION', action, accessActions(provider)),
    target: { provider, ...readScope(invocation) },
  };
  return readAuthority(invocation, async (named) => {
    const state = agentState(named.authority);
    const [, identity] = words.slice(0, -2);
    const one =
      identity === undefined
        ? undefined
        : answerAccess(state, { ...question, identity: identityNamed(state, identity).name });
    const answers: AccessAnswer[] = one ? [one] : decideForAll(state, question);
    note(
      one ? answerFacts(one) : { allowed: answers.flatMap((each) => (each.allowed ? each.identity : [])).join(', ') },
    );
    const document = {
      authority: authorityRecord(named.authority),
      ...question,
      answers: answers.map(({ by = null, suggestion = null, ...given }) => ({ ...given, by, suggestion })),
    };
    answer(invocation, document, one ? oneText(invocation, named, one) : allText(invocation, answers));
    return one?.allowed === false ? EXIT.attention : EXIT.fine;
  });
}

function oneText(invocation: Invocation, { authority }: Named, one: AccessAnswer): string {
  const { translate } = invocation;
  const lines = [accessAnswerText(one, translate)];
  if (one.reason === 'identity-revoked') lines.push(translate('access.remedy.revoked'));
  if (one.suggestion !== undefined) {
    const { identity, role, scope } = one.suggestion;
    const word = (text: string): string => shellWord(text, translate('cli.placeholder.name'));
    const limits = SCOPE_FIELDS.flatMap((field) =>
      scope[field] === undefined ? [] : [`--${field}`, word(scope[field])],
    );
    const command = ['authority', 'role', 'assign', word(authority.name), word(identity), word(role), ...limits];
    lines.push(
      translate('access.remedy', { role, scope: scopeText(scope, translate) }),
      `  ${ownCommand(invocation, command)}`,
    );
  }
  return lines.join('\n');
}

function allText({ translate }: Invocation, answers: readonly AccessAnswer[]): string {
  if (answers.length === 0) return translate('cli.identity.none');
  const rows = [...answers].sort((one, other) => Number(other.allowed) - Number(one.allowed));
  return tabulate(
    [translate('authorities.value.identity'), translate('column.why')],
    rows.map((each) => [each.identity, accessAnswerText(each, translate)]),
  );
}
