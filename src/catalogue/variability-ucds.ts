import type { VariabilityColumn } from "./variability";

/** Unified content descriptors (IVOA UCD1+); the parameters of a Fourier series have none of their own. */
export const VARIABILITY_UCDS: { readonly [C in VariabilityColumn]?: string } = {
  period: "time.period",
  periodError: "stat.error;time.period",
  epochs: "meta.number",
  meanMag: "phot.mag;stat.mean",
  amplitude: "src.var.amplitude",
  amplitudeError: "stat.error;src.var.amplitude",
  scatter: "stat.fit.residual;phot.mag",
};
