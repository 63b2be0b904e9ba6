/** One degree in radians. */
export const RADIANS = Math.PI / 180;

export type Vector = readonly [x: number, y: number, z: number];

/**
 * ICRS to Galactic: the rows are the Galactic axes in ICRS (ESA 1997, The Hipparcos and Tycho Catalogues, vol. 1,
 * eq. 1.5.11), towards the Galactic centre, the rotation and the north Galactic pole.
 */
const TO_GALACTIC: readonly [Vector, Vector, Vector] = [
  [-0.0548755604162154, -0.873437090234885, -0.4838350155487132],
  [0.4941094278755837, -0.4448296299600112, 0.746982244497219],
  [-0.8676661490190047, -0.1980763734312015, 0.4559837761750669],
];

/** @returns the scalar product */
export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** @returns the vector product */
export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** @returns the length; faster than Math.hypot, which guards against overflows that directions do not have */
export function norm(vector: Vector): number {
  return Math.sqrt(dot(vector, vector));
}

/** @returns the angle between two directions [rad], to the last digits from coincident to opposite (Vincenty 1975, as vectors) */
export function separation(a: Vector, b: Vector): number {
  return Math.atan2(norm(cross(a, b)), dot(a, b));
}

/** @returns the unit vector towards a longitude and latitude [deg] */
export function direction(longitudeDeg: number, latitudeDeg: number): Vector {
  const cosine = Math.cos(latitudeDeg * RADIANS);
  return [cosine * Math.cos(longitudeDeg * RADIANS), cosine * Math.sin(longitudeDeg * RADIANS), Math.sin(latitudeDeg * RADIANS)];
}

/** @returns longitude, 0 to 360, and latitude of a vector [deg] */
export function angles([x, y, z]: Vector): { longitudeDeg: number; latitudeDeg: number } {
  const longitudeDeg = Math.atan2(y, x) / RADIANS;
  return { longitudeDeg: longitudeDeg < 0 ? longitudeDeg + 360 : longitudeDeg, latitudeDeg: Math.atan2(z, Math.hypot(x, y)) / RADIANS };
}

/** Rotates a vector from ICRS into the Galactic frame. */
export function toGalactic(vector: Vector): Vector {
  return [dot(TO_GALACTIC[0], vector), dot(TO_GALACTIC[1], vector), dot(TO_GALACTIC[2], vector)];
}

/** Rotates a vector from the Galactic frame into ICRS. */
export function fromGalactic([x, y, z]: Vector): Vector {
  const [centre, rotation, pole] = TO_GALACTIC;
  const component = (axis: 0 | 1 | 2) => centre[axis] * x + rotation[axis] * y + pole[axis] * z;
  return [component(0), component(1), component(2)];
}
