import { AU_PER_YEAR_KM_S, MAS_RADIANS } from "../../science/epoch";
import { RADIANS } from "../../science/sky/coordinates";
import type { Polygon } from "../../science/sky/sky-polygon";
import type { Box, Cone, SkyPosition } from "../../science/sky/sky-region";
import type { Bind } from "../star-filter";

export type SkyRegion = Cone | Box | Polygon;

/** PostgreSQL refuses a square that underflows, as that of the distance between a ra of 0 and one of 1e-200 degrees. */
const representable = (deg: number) => (Math.abs(deg) < 1e-12 ? 0 : deg);

/**
 * sin^2 of half the distance to the centre: it sorts as the distance does, and unlike the cosine keeps its digits where
 * that is small. `ra` and `dec` are expressions [deg].
 */
export function haversineSql(ra: string, dec: string, centre: SkyPosition, bind: Bind): string {
  const cosine = bind(Math.cos(centre.decDeg * RADIANS));
  return (
    `power(sin(radians(${dec} - ${bind(representable(centre.decDeg))}::float8) / 2), 2) + ` +
    `${cosine}::float8 * cos(radians(${dec})) * power(sin(radians(${ra} - ${bind(representable(centre.raDeg))}::float8) / 2), 2)`
  );
}

/** `propagate` of science/epoch.ts as a FROM item: p.ra and p.dec of `star s` at an epoch [Julian yr]. */
export function propagatedSql(epoch: number, bind: Bind): string {
  return `CROSS JOIN LATERAL (SELECT (${bind(epoch)}::float8 - s.ref_epoch) * ${MAS_RADIANS} AS scale) t
    CROSS JOIN LATERAL (SELECT coalesce(s.pmra, 0) * t.scale AS east, coalesce(s.pmdec, 0) * t.scale AS north,
      1 + greatest(coalesce(s.parallax, 0), 0) * coalesce(s.radial_velocity, 0) / ${AU_PER_YEAR_KM_S} * t.scale AS outward) m
    CROSS JOIN LATERAL (SELECT m.outward * cos(radians(s.dec)) - m.north * sin(radians(s.dec)) AS meridian,
      m.outward * sin(radians(s.dec)) + m.north * cos(radians(s.dec)) AS pole) v
    CROSS JOIN LATERAL (SELECT s.ra + degrees(atan2(m.east, v.meridian)) AS ra,
      degrees(atan2(v.pole, sqrt(v.meridian * v.meridian + m.east * m.east))) AS dec OFFSET 0) w
    CROSS JOIN LATERAL (SELECT w.ra - 360 * floor(w.ra / 360) AS ra, w.dec) p`;
}

function boxSql({ raMin, raMax, decMin, decMax }: Box, bind: Bind): string {
  const ra = `c.ra >= ${bind(raMin)}::float8 ${raMin <= raMax ? "AND" : "OR"} c.ra <= ${bind(raMax)}::float8`;
  return `c.dec BETWEEN ${bind(decMin)}::float8 AND ${bind(decMax)}::float8 AND (${ra})`;
}

/** PostgreSQL compares points to 1e-6 of their unit, here the arcsecond; a star half the sky away has no place on the plane. */
function polygonSql({ centre, outline }: Polygon, bind: Bind): string {
  const [sine, cosine] = [Math.sin(centre.decDeg * RADIANS), Math.cos(centre.decDeg * RADIANS)];
  const depth = `(nullif(1 - 2 * c.h, 0) * ${RADIANS / 3600})`;
  const ra = `radians(c.ra - ${bind(centre.raDeg)}::float8)`;
  const east = `cos(radians(c.dec)) * sin(${ra}) / ${depth}`;
  const north = `(${bind(cosine)}::float8 * sin(radians(c.dec)) - ${bind(sine)}::float8 * cos(radians(c.dec)) * cos(${ra})) / ${depth}`;
  const corners = `(${outline.map(([x, y]) => `(${x},${y})`).join(",")})`;
  return `c.h < 0.5 AND point(${east}, ${north}) <@ ${bind(corners)}::text::polygon`;
}

/** @returns a condition on c.ra, c.dec [deg] and the haversine c.h, which holds exactly within the region */
export function withinSql(region: SkyRegion, bind: Bind): string {
  if (region.shape === "box") return boxSql(region, bind);
  if (region.shape === "polygon") return polygonSql(region, bind);
  return `c.h <= ${bind(Math.sin((region.reachDeg * RADIANS) / 2) ** 2)}::float8`;
}
