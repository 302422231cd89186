import { flattenMessages } from '../../shared/text/message-tree.ts';
import type { Catalogue } from '../../shared/text/text.ts';
import audit from '../../audit/text/ja.json' with { type: 'json' };
import authorities from '../../authorities/text/ja.json' with { type: 'json' };
import cli from '../../cli/text/ja.json' with { type: 'json' };
import console from '../../console/text/ja.json' with { type: 'json' };
import expiry from '../../expiry/text/ja.json' with { type: 'json' };
import fleet from '../../fleet/text/ja.json' with { type: 'json' };
import forecast from '../../forecast/text/ja.json' with { type: 'json' };
import inventory from '../../inventory/text/ja.json' with { type: 'json' };
import knowledge from '../../knowledge/text/ja.json' with { type: 'json' };
import lab from '../../lab/text/ja.json' with { type: 'json' };
import maintenance from '../../maintenance/text/ja.json' with { type: 'json' };
import notifications from '../../notifications/text/ja.json' with { type: 'json' };
import pki from '../../pki/text/ja.json' with { type: 'json' };
import plan from '../../plan/text/ja.json' with { type: 'json' };
import repair from '../../repair/text/ja.json' with { type: 'json' };
import revocation from '../../revocation/text/ja.json' with { type: 'json' };
import runs from '../../runs/text/ja.json' with { type: 'json' };
import sample from '../../sample/text/ja.json' with { type: 'json' };
import settings from '../../settings/text/ja.json' with { type: 'json' };
import shared from '../../shared/text/ja.json' with { type: 'json' };
import store from '../../store/text/ja.json' with { type: 'json' };
import team from '../../team/text/ja.json' with { type: 'json' };
import update from '../../update/text/ja.json' with { type: 'json' };

export const ja: Catalogue = flattenMessages(
  audit,
  authorities,
  cli,
  console,
  expiry,
  fleet,
  forecast,
  inventory,
  knowledge,
  lab,
  maintenance,
  notifications,
  pki,
  plan,
  repair,
  revocation,
  runs,
  sample,
  settings,
  shared,
  store,
  team,
  update,
);
