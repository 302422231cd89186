import audit from '../../audit/text/en.json';
import authorities from '../../authorities/text/en.json';
import cli from '../../cli/text/en.json';
import console from '../../console/text/en.json';
import expiry from '../../expiry/text/en.json';
import forecast from '../../forecast/text/en.json';
import inventory from '../../inventory/text/en.json';
import knowledge from '../../knowledge/text/en.json';
import maintenance from '../../maintenance/text/en.json';
import notifications from '../../notifications/text/en.json';
import pki from '../../pki/text/en.json';
import plan from '../../plan/text/en.json';
import repair from '../../repair/text/en.json';
import revocation from '../../revocation/text/en.json';
import runs from '../../runs/text/en.json';
import sample from '../../sample/text/en.json';
import settings from '../../settings/text/en.json';
import shared from '../../shared/text/en.json';
import store from '../../store/text/en.json';
import update from '../../update/text/en.json';

/** English, of every feature. */
export const en = {
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

type English = typeof en;
declare module '../../shared/text/text.ts' {
  interface Messages extends English {}
}
