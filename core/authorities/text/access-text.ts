import { SCOPE_FIELDS, type AccessScope, type Grant, type Role } from '../../pki/model/access.ts';
import { addTo } from '../../shared/lists.ts';
import type { Translate } from '../../shared/text/text.ts';
import type { AccessAnswer } from '../model/view.ts';

/** Formats a scope for a sentence: “everywhere”, or “for location MocLocation, group east”. */
export function scopeText(scope: AccessScope, translate: Translate): string {
  const parts = SCOPE_FIELDS.flatMap((field) => {
    const name = scope[field];
    return name === undefined || name === 'AnyProvider' ? [] : [translate(`access.scope.${field}`, { name })];
  });
  if (parts.length === 0) return translate('access.everywhere');
  return translate('access.scope', { parts: parts.join(translate('access.separator')) });
}

/** Formats the answer with its reason. */
export function accessAnswerText({ identity, reason, by }: AccessAnswer, translate: Translate): string {
  const values = { identity, role: by?.role ?? '', scope: by === undefined ? '' : scopeText(by.scope, translate) };
  return translate(`access.reason.${reason}`, values);
}

/** Formats everything that a role allows, such as “create, read: Node”, one line for each permission. */
export function roleLines({ permissions }: Pick<Role, 'permissions'>, translate: Translate): string[] {
  return permissions.map(({ actions, notActions }) => {
    const granted = grantsText(actions, translate);
    if (notActions.length === 0) return granted;
    return translate('access.except', { granted, excluded: grantsText(notActions, translate) });
  });
}

function grantsText(grants: readonly Grant[], translate: Translate): string {
  const operations = new Map<string, string[]>();
  for (const { operation, provider } of grants) addTo(operations, provider, operationText(operation, translate));
  const providers = new Map<string, string[]>();
  for (const [provider, words] of operations)
    addTo(providers, words.join(', '), provider === 'AnyProvider' ? translate('access.any-provider') : provider);
  return [...providers].map(([words, types]) => `${words}: ${types.join(', ')}`).join('; ');
}

function operationText(operation: Grant['operation'], translate: Translate): string {
  if (operation === 'all') return translate('access.all');
  return operation === 'write' ? 'create, update' : operation;
}
