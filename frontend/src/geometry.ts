/** Circles and arcs on the ground, as GeoJSON rings; kilometres and degrees, good to a metre over a hundred kilometres. */
import type { Position } from "geojson";

const EARTH_KM = 6371.0088;
const RAD = Math.PI / 180;

/** The point at a bearing (degrees clockwise from north) and a distance. */
export function pointAt(lat: number, lon: number, bearing: number, km: number): Position {
  const angle = km / EARTH_KM;
  const [phi, theta] = [lat * RAD, bearing * RAD];
  const reached = Math.asin(Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(theta));
  const turn = Math.atan2(Math.sin(theta) * Math.sin(angle) * Math.cos(phi), Math.cos(angle) - Math.sin(phi) * Math.sin(reached));
  return [lon + turn / RAD, reached / RAD];
}

/** A closed ring around a point. */
export function circle(lat: number, lon: number, km: number, steps = 64): Position[] {
  const ring = Array.from({ length: steps }, (_, i) => pointAt(lat, lon, -(360 * i) / steps, km));
  return [...ring, ring[0]!];
}

/** Rings of an arc between two distances and two bearings; of a whole ring where no bearing is known. */
export function arc(lat: number, lon: number, near: number, far: number, from: number | null, to: number | null): Position[][] {
  if (from === null || to === null) {
    const outer = circle(lat, lon, far);
    return near > 0 ? [outer, circle(lat, lon, near).reverse()] : [outer];
  }
  const width = (((to - from) % 360) + 360) % 360 || 360;
  const steps = Math.max(6, Math.ceil(width / 5));
  const bearings = Array.from({ length: steps + 1 }, (_, i) => from + (width * i) / steps);
  const outer = bearings.map((bearing) => pointAt(lat, lon, bearing, far));
  const inner = near > 0 ? bearings.map((bearing) => pointAt(lat, lon, bearing, near)).reverse() : [[lon, lat]];
  return [[...outer, ...inner, outer[0]!]];
}
