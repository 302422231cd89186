import type english from './en.ts';
import authorities from './ja/authorities.ts';
import authority from './ja/authority.ts';
import cli from './ja/cli.ts';
import create from './ja/create.ts';
import identities from './ja/identities.ts';
import keeping from './ja/keeping.ts';
import requests from './ja/requests.ts';

export default {
  ...authorities,
  ...authority,
  ...cli,
  ...create,
  ...identities,
  ...keeping,
  ...requests,
} satisfies Record<keyof typeof english, string>;
