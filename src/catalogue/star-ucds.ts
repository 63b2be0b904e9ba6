import type { StarColumn } from "./star";

/** Unified content descriptors (IVOA UCD1+), as in the Gaia archive. */
export const STAR_UCDS: { readonly [C in StarColumn]?: string } = {
  refEpoch: "meta.ref;time.epoch",
  ra: "pos.eq.ra;meta.main",
  dec: "pos.eq.dec;meta.main",
  raError: "stat.error;pos.eq.ra",
  decError: "stat.error;pos.eq.dec",
  parallax: "pos.parallax.trig",
  parallaxError: "stat.error;pos.parallax.trig",
  pmra: "pos.pm;pos.eq.ra",
  pmraError: "stat.error;pos.pm;pos.eq.ra",
  pmdec: "pos.pm;pos.eq.dec",
  pmdecError: "stat.error;pos.pm;pos.eq.dec",
  photGMeanMag: "phot.mag;em.opt",
  photBpMeanMag: "phot.mag;em.opt.B",
  photRpMeanMag: "phot.mag;em.opt.R",
  bpRp: "phot.color;em.opt.B;em.opt.R",
  radialVelocity: "spect.dopplerVeloc.opt",
  radialVelocityError: "stat.error;spect.dopplerVeloc.opt",
  teffGspphot: "phys.temperature.effective",
  loggGspphot: "phys.gravity",
  mhGspphot: "phys.abund.Z",
  distanceGspphot: "pos.distance;pos.eq",
  rMedGeo: "pos.distance;pos.eq",
  rMedPhotogeo: "pos.distance;pos.eq",
};
