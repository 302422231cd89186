import { accessAnswerText, roleLines, scopeText } from '../../../core/authorities/text/access-text.ts';
import type { AccessAnswer, AuthorityTree } from '../../../core/authorities/model/view.ts';
import {
  accessActions,
  ANY_PROVIDERS,
  PROVIDER_TYPES,
  type AccessQuestion,
  type AccessScope,
  type ProviderType,
  type RoleAssignment,
} from '../../../core/pki/model/access.ts';
import { addTo } from '../../../core/shared/lists.ts';
import type { AuthorityContext } from '../context.ts';

type Change = 'assigned' | 'unassigned';

/** More types are only counted. */
const MOST_NAMED = 6;

/** Names that limit a right; empty for no limit. */
export type TypedPlace = Record<'location' | 'group' | 'resource', string>;

function listOptions<T extends string>(values: readonly T[]) {
  return values.map((value) => ({ value, text: value }));
}

/** Roles of identities, and the answers to what they may do. */
export class AuthorityRights {
  #context: AuthorityContext;
  readonly providerOptions = listOptions(PROVIDER_TYPES);
  #asked = $state.raw<{ tree: AuthorityTree; question: AccessQuestion; answer: AccessAnswer }>();

  constructor(context: AuthorityContext) {
    this.#context = context;
  }

  /** Returns the answer to this question, unless something has changed since it was asked. */
  findAnswer(tree: AuthorityTree, question: AccessQuestion): AccessAnswer | undefined {
    if (this.#asked?.tree !== tree) return undefined;
    return JSON.stringify(this.#asked.question) === JSON.stringify(question) ? this.#asked.answer : undefined;
  }

  async ask(tree: AuthorityTree, question: AccessQuestion): Promise<void> {
    const { api, work } = this.#context;
    const request = { authorityId: tree.id, ...question };
    const answer = await work.run({ key: 'access.asking' }, () => api.authority.decideAccess(request));
    if (answer !== undefined) this.#asked = { tree, question, answer };
  }

  async change(tree: AuthorityTree, change: Change, assignment: RoleAssignment): Promise<void> {
    const { api, work, tell } = this.#context;
    const call = change === 'assigned' ? api.authority.assignRole : api.authority.unassignRole;
    const { identity, role, scope } = assignment;
    const changed = await work.run({ key: 'access.changing', values: { identity } }, () =>
      call({ authorityId: tree.id, assignment }),
    );
    tell(changed, { key: `access.done.${change}`, values: { identity, role, scope: this.scopeText(scope) } });
  }

  /** The admin's own come first. */
  roleOptions({ access }: AuthorityTree) {
    return listOptions((access?.roles ?? []).map(({ name }) => name));
  }

  actionOptions(provider: ProviderType) {
    return listOptions(accessActions(provider));
  }

  /** The last one covers every type. */
  get typeOptions() {
    const every = this.#context.text.t('access.any-provider');
    return ANY_PROVIDERS.map((value) => ({ value, text: value === 'AnyProvider' ? every : value }));
  }

  scopeText(scope: AccessScope): string {
    return scopeText(scope, this.#context.text.t);
  }

  answerText(answer: AccessAnswer): string {
    return accessAnswerText(answer, this.#context.text.t);
  }

  describeRole({ access }: AuthorityTree, name: string): string {
    const role = access?.roles.find((each) => each.name === name);
    return role === undefined ? '' : roleLines(role, this.#context.text.t).join('; ');
  }

  /** Lists who may do what, types with the same actions together. */
  rightRows({ access }: AuthorityTree) {
    const { t } = this.#context.text;
    return (access?.rights ?? []).map(({ identity, rights }) => {
      const types = new Map<string, ProviderType[]>();
      for (const { provider, actions, limited } of rights) {
        const nameActions = (part: readonly string[]): string =>
          part.length === accessActions(provider).length ? t('access.all') : part.join(', ');
        const inPart = limited.length === 0 ? [] : [t('access.in-part', { actions: nameActions(limited) })];
        addTo(types, [...(actions.length === 0 ? [] : [nameActions(actions)]), ...inPart].join('; '), provider);
      }
      return { identity, rows: [...types].map(([actions, providers]) => ({ actions, ...this.#nameTypes(providers) })) };
    });
  }

  #nameTypes(types: readonly ProviderType[]): { types: string; all: string } {
    const { t } = this.#context.text;
    const all = types.join(', ');
    if (types.length === PROVIDER_TYPES.length) return { types: t('access.any-provider'), all };
    return { types: types.length > MOST_NAMED ? t('access.types', { count: types.length }) : all, all };
  }
}

/** Returns only the limits that were typed. */
export function trimPlace(place: TypedPlace): Partial<TypedPlace> {
  return Object.fromEntries(
    Object.entries(place).flatMap(([field, name]) => (name.trim() === '' ? [] : [[field, name.trim()]])),
  );
}
