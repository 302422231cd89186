import type { Authority, AuthorityId } from '../../pki/model/authority.ts';
import type { AccessQuestion } from '../../pki/model/access.ts';
import type { CloudAgentState } from '../../pki/model/identity.ts';
import { decideAccess, listAccessRoles, listRights, suggestAssignment } from '../../pki/identities/roles.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { AccessAnswer, AccessView } from '../model/view.ts';
import { replaceAgentState, type Keeping } from './kept.ts';

/** Throws `authority.not-cloud-agent`. */
export function agentState({ name, cloudAgent }: Pick<Authority, 'name' | 'cloudAgent'>): CloudAgentState {
  if (cloudAgent === undefined) throw new ConsoleError('authority.not-cloud-agent', { authority: name });
  return cloudAgent.state;
}

/** Changes roles and assignments, for which no key is needed. Waits for work that replaces the whole state. */
export function changeRoles(
  { store }: Pick<Keeping, 'store'>,
  authorityId: AuthorityId,
  change: (state: CloudAgentState) => CloudAgentState,
): Promise<Authority> {
  return store.runInTurn(authorityId, () =>
    store.update(authorityId, (authority) => replaceAgentState(authority, change(agentState(authority)))),
  );
}

export function answerAccess(state: CloudAgentState, question: AccessQuestion): AccessAnswer {
  const decision = decideAccess(state, question);
  const suggestion = suggestAssignment(state, question, decision);
  return { identity: question.identity, ...decision, ...(suggestion && { suggestion }) };
}

export function accessView(state: CloudAgentState): AccessView {
  const { assignments, identities, roles } = state;
  return {
    roles: listAccessRoles(state).map((role) => ({
      ...role,
      builtIn: !roles.includes(role),
      assigned: assignments.filter((each) => each.role === role.name).length,
    })),
    assignments: [...assignments],
    rights: identities.map(({ name }) => ({ identity: name, rights: listRights(state, name) })),
  };
}
