import { ConsoleError } from '../../shared/problem.ts';

/**
 * Spellings of an account that Windows resolves: `CONTOSO\name`, `.\name`, `contoso.example\name`,
 * `name@contoso.example`, a SID, or a bare name. Sources: LookupAccountName, remarks; Microsoft Learn, sAMAccountName,
 * for the excluded characters.
 */
const FORMS = [
  /^S-1-\d+(?:-\d+)+$/u,
  /^(?:\.|[\p{L}\p{N}][\p{L}\p{N} ._-]*)\\[^\s"/\\[\]:;|=,+*?<>@](?:[^"/\\[\]:;|=,+*?<>@]*[^\s"/\\[\]:;|=,+*?<>@])?$/u,
  /^[^\s"/\\[\]:;|=,+*?<>@]+(?:@[\p{L}\p{N}][\p{L}\p{N}.-]*)?$/u,
];

/** Throws `plan.account-invalid`. */
export function checkAccount(account: string): void {
  if (!FORMS.some((form) => form.test(account))) throw new ConsoleError('plan.account-invalid', { account });
}

/**
 * Returns whether the account may be a group managed service account, which needs no typed password. A SID does not
 * reveal whether it is one.
 */
export function mayBeManaged(account: string): boolean {
  return /\$(?:@|$)|^S-1-/u.test(account);
}
