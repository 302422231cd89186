import forecast from './en/forecast.ts';

const english = { ...forecast } as const;
export default english;

type ForecastMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends ForecastMessages {}
}
