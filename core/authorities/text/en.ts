import authorities from './en/authorities.ts';
import authority from './en/authority.ts';
import cli from './en/cli.ts';
import create from './en/create.ts';
import identities from './en/identities.ts';
import keeping from './en/keeping.ts';
import requests from './en/requests.ts';

const english = { ...authorities, ...authority, ...cli, ...create, ...identities, ...keeping, ...requests } as const;
export default english;

type AuthorityMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends AuthorityMessages {}
}
