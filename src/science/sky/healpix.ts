import { ang2pix_nest, pix2ang_nest } from "@hscmap/healpix";
import { RADIANS } from "./coordinates";

/** The HEALPix level that a Gaia source_id encodes: 201,326,592 pixels of 51.5 arcsec. */
export const SOURCE_ID_LEVEL = 12;
const PIXEL_SHIFT = 35n;
const COMPONENT_BITS = 7n;
/** Bits that number the sources of one pixel. */
export const RUNNING_NUMBER_BITS = 25;

/**
 * @param raDeg right ascension, ICRS [deg]
 * @param decDeg declination, ICRS [deg]
 * @param level HEALPix order, 0 to 24
 * @returns the nested pixel (Gorski et al. 2005, ApJ 622, 759)
 */
export function pixelAt(raDeg: number, decDeg: number, level = SOURCE_ID_LEVEL): number {
  return ang2pix_nest(2 ** level, (90 - decDeg) * RADIANS, raDeg * RADIANS);
}

/** @returns the centre of a nested pixel, ICRS [deg] */
export function pixelCentre(pixel: number, level = SOURCE_ID_LEVEL): { raDeg: number; decDeg: number } {
  const { theta, phi } = pix2ang_nest(2 ** level, pixel);
  return { raDeg: (((phi / RADIANS) % 360) + 360) % 360, decDeg: 90 - theta / RADIANS };
}

/** @returns the level-12 nested pixel that a Gaia source_id encodes: about where the source was first seen */
export function pixelOfSourceId(sourceId: bigint): number {
  return Number(sourceId >> PIXEL_SHIFT);
}

/** @returns the smallest and the largest source_id that encode a pixel from `first` to `last` */
export function sourceIdsOfPixels(first: number, last: number): { readonly lowest: bigint; readonly highest: bigint } {
  return { lowest: BigInt(first) << PIXEL_SHIFT, highest: (BigInt(last + 1) << PIXEL_SHIFT) - 1n };
}

/** @returns the last seven bits of a Gaia source_id: the component number */
export function componentOfSourceId(sourceId: bigint): number {
  return Number(sourceId & ((1n << COMPONENT_BITS) - 1n));
}

/**
 * Puts a source_id together as Gaia does: level-12 nested pixel in bits 36 to 63, then the processing centre's
 * code (0 here), a 25-bit running number and a 7-bit component number (Gaia DR3 documentation, 20.1.1, source_id).
 */
export function sourceIdOf(pixel: number, runningNumber: number, component: number): bigint {
  return (BigInt(pixel) << PIXEL_SHIFT) | (BigInt(runningNumber) << COMPONENT_BITS) | BigInt(component);
}
