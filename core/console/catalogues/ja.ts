import type { Catalogue } from '../../shared/text/text.ts';
import audit from '../../audit/text/ja.json';
import authorities from '../../authorities/text/ja.json';
import cli from '../../cli/text/ja.json';
import console from '../../console/text/ja.json';
import expiry from '../../expiry/text/ja.json';
import forecast from '../../forecast/text/ja.json';
import inventory from '../../inventory/text/ja.json';
import knowledge from '../../knowledge/text/ja.json';
import maintenance from '../../maintenance/text/ja.json';
import notifications from '../../notifications/text/ja.json';
import pki from '../../pki/text/ja.json';
import plan from '../../plan/text/ja.json';
import repair from '../../repair/text/ja.json';
import revocation from '../../revocation/text/ja.json';
import runs from '../../runs/text/ja.json';
import sample from '../../sample/text/ja.json';
import settings from '../../settings/text/ja.json';
import shared from '../../shared/text/ja.json';
import store from '../../store/text/ja.json';
import update from '../../update/text/ja.json';

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
