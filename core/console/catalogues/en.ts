import type { Catalogue } from '../../shared/text/text.ts';
import audit from '../../audit/text/en.ts';
import authorities from '../../authorities/text/en.ts';
import cli from '../../cli/text/en.ts';
import console from '../../console/text/en.ts';
import expiry from '../../expiry/text/en.ts';
import forecast from '../../forecast/text/en.ts';
import inventory from '../../inventory/text/en.ts';
import knowledge from '../../knowledge/text/en.ts';
import maintenance from '../../maintenance/text/en.ts';
import notifications from '../../notifications/text/en.ts';
import pki from '../../pki/text/en.ts';
import plan from '../../plan/text/en.ts';
import repair from '../../repair/text/en.ts';
import revocation from '../../revocation/text/en.ts';
import runs from '../../runs/text/en.ts';
import sample from '../../sample/text/en.ts';
import settings from '../../settings/text/en.ts';
import shared from '../../shared/text/en.ts';
import store from '../../store/text/en.ts';
import update from '../../update/text/en.ts';

/** English, of every feature. */
export const en: Catalogue = {
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
