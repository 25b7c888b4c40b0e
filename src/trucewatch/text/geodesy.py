"""Distances and bearings on a sphere (WGS 84 mean radius): good to 0.5 %, far finer than any reported place."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
# How far from its point a place of each precision may lie, in km: a settlement's outskirts, half of a district.
SPREAD_KM = {"exact": 1.0, "settlement": 4.0, "district": 20.0, "region": 60.0, "country": 300.0}


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points given in degrees, in km."""
    phi, other_phi = radians(lat), radians(other_lat)
    half = sin((other_phi - phi) / 2) ** 2 + cos(phi) * cos(other_phi) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def bearing_deg(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Initial bearing from the first point to the second, in degrees clockwise from north, 0 <= bearing < 360."""
    phi, other_phi, delta = radians(lat), radians(other_lat), radians(other_lon - lon)
    east = sin(delta) * cos(other_phi)
    north = cos(phi) * sin(other_phi) - sin(phi) * cos(other_phi) * cos(delta)
    return degrees(atan2(east, north)) % 360.0


def turn_deg(bearing: float, other: float) -> float:
    """Smallest angle between two bearings, 0 to 180 degrees."""
    return abs((bearing - other + 180.0) % 360.0 - 180.0)
