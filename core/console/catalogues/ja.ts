import type { Catalogue } from '../../shared/text/text.ts';
import audit from '../../audit/text/ja.ts';
import authorities from '../../authorities/text/ja.ts';
import cli from '../../cli/text/ja.ts';
import console from '../../console/text/ja.ts';
import expiry from '../../expiry/text/ja.ts';
import forecast from '../../forecast/text/ja.ts';
import inventory from '../../inventory/text/ja.ts';
import knowledge from '../../knowledge/text/ja.ts';
import maintenance from '../../maintenance/text/ja.ts';
import notifications from '../../notifications/text/ja.ts';
import pki from '../../pki/text/ja.ts';
import plan from '../../plan/text/ja.ts';
import repair from '../../repair/text/ja.ts';
import revocation from '../../revocation/text/ja.ts';
import runs from '../../runs/text/ja.ts';
import sample from '../../sample/text/ja.ts';
import settings from '../../settings/text/ja.ts';
import shared from '../../shared/text/ja.ts';
import store from '../../store/text/ja.ts';
import update from '../../update/text/ja.ts';

/** Japanese, of every feature. */
export const ja: Catalogue = {
  ...audit,
  ...authorities,
  ...cli,
  ...console,
  ...expiry,
  ...forecast,
  ...inventory,
  ...knowledge,
  ...maintenance,
  ...notifications,
  ...pki,
  ...plan,
  ...repair,
  ...revocation,
  ...runs,
  ...sample,
  ...settings,
  ...shared,
  ...store,
  ...update,
};
