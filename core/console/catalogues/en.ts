import audit from '../../audit/text/en.json' with { type: 'json' };
import authorities from '../../authorities/text/en.json' with { type: 'json' };
import cli from '../../cli/text/en.json' with { type: 'json' };
import console from '../../console/text/en.json' with { type: 'json' };
import expiry from '../../expiry/text/en.json' with { type: 'json' };
import fleet from '../../fleet/text/en.json' with { type: 'json' };
import forecast from '../../forecast/text/en.json' with { type: 'json' };
import inventory from '../../inventory/text/en.json' with { type: 'json' };
import knowledge from '../../knowledge/text/en.json' with { type: 'json' };
import lab from '../../lab/text/en.json' with { type: 'json' };
import maintenance from '../../maintenance/text/en.json' with { type: 'json' };
import notifications from '../../notifications/text/en.json' with { type: 'json' };
import pki from '../../pki/text/en.json' with { type: 'json' };
import plan from '../../plan/text/en.json' with { type: 'json' };
import repair from '../../repair/text/en.json' with { type: 'json' };
import revocation from '../../revocation/text/en.json' with { type: 'json' };
import runs from '../../runs/text/en.json' with { type: 'json' };
import sample from '../../sample/text/en.json' with { type: 'json' };
import settings from '../../settings/text/en.json' with { type: 'json' };
import shared from '../../shared/text/en.json' with { type: 'json' };
import store from '../../store/text/en.json' with { type: 'json' };
import team from '../../team/text/en.json' with { type: 'json' };
import update from '../../update/text/en.json' with { type: 'json' };
import { flattenMessages } from '../../shared/text/message-tree.ts';

export const en = flattenMessages(
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

type English = typeof en;
declare module '../../shared/text/text.ts' {
  interface Messages extends English {}
}
